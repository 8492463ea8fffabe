consultations-title = Consultations
