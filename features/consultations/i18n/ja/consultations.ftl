consultations-title = 相談
