-- 協力医療機関 of care facilities (OD-11): who is agreed with whom, for what, and when both confirmed it last. Once a year.

-- consults, visits, admits: the three requirements (advice at any hour, house calls, admission); NULL: not stated.
-- met_on: the last meeting or drill together. ended_on: the agreement is over; the row stays.
-- table: facility_partner open
CREATE TABLE facility_partner (
  id BLOB NOT NULL PRIMARY KEY,
  facility BLOB NOT NULL REFERENCES provider (id),
  institution BLOB NOT NULL REFERENCES provider (id),
  consults BIGINT CHECK (consults IN (0, 1)),
  visits BIGINT CHECK (visits IN (0, 1)),
  admits BIGINT CHECK (admits IN (0, 1)),
  since_on TEXT,
  met_on TEXT,
  confirmed_on TEXT,
  confirmed_by TEXT NOT NULL CHECK (length(confirmed_by) <= 200),
  note TEXT NOT NULL CHECK (length(note) <= 1000),
  ended_on TEXT,
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE UNIQUE INDEX facility_partner_now ON facility_partner (facility, institution) WHERE ended_on IS NULL;
CREATE INDEX facility_partner_institution ON facility_partner (institution);
