-- The area as dated facts: who is where, who answers the telephone, who sits in which council.

-- The area itself: one row.
-- table: area open
CREATE TABLE area (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 40),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 40)
);

-- table: district open
CREATE TABLE district (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  tone TEXT NOT NULL CHECK (tone IN ('sea', 'hill')),
  sort BIGINT NOT NULL
);

-- table: municipality open
CREATE TABLE municipality (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
  insurer TEXT NOT NULL CHECK (length(insurer) = 6),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_kana TEXT NOT NULL CHECK (length(name_kana) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  district TEXT REFERENCES district (code),
  prefecture TEXT NOT NULL CHECK (length(prefecture) BETWEEN 1 AND 40),
  in_area BIGINT NOT NULL CHECK (in_area IN (0, 1)),
  sort BIGINT NOT NULL,
  insurer_verified BIGINT NOT NULL CHECK (insurer_verified IN (0, 1)),
  note TEXT CHECK (length(note) <= 500),
  CHECK (in_area = 0 OR district IS NOT NULL)
);

-- table: organisation open
CREATE TABLE organisation (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  short_name TEXT NOT NULL CHECK (length(short_name) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 200),
  regime TEXT NOT NULL CHECK (regime IN ('private', 'administrative', 'public_hospital', 'processor')),
  municipality TEXT REFERENCES municipality (code),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified_on TEXT,
  verified BIGINT NOT NULL CHECK (verified IN (0, 1))
);
-- A municipality is one organisation.
CREATE UNIQUE INDEX organisation_municipality ON organisation (municipality) WHERE kind = 'municipality';

-- Whom an organisation may act for (the delegation of the programme). Declared, not derived.
-- table: acting_for open
CREATE TABLE acting_for (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  municipality_org BLOB NOT NULL REFERENCES organisation (id),
  PRIMARY KEY (organisation, municipality_org)
);

-- table: organisation_alias open
CREATE TABLE organisation_alias (
  alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
  organisation BLOB NOT NULL REFERENCES organisation (id),
  scope_district TEXT REFERENCES district (code),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
  PRIMARY KEY (alias, organisation)
);

-- table: council open
CREATE TABLE council (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 200),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
  sort BIGINT NOT NULL
);

-- table: council_municipality open
CREATE TABLE council_municipality (
  council BLOB NOT NULL REFERENCES council (id),
  municipality TEXT NOT NULL REFERENCES municipality (code),
  PRIMARY KEY (council, municipality)
);
CREATE INDEX council_municipality_town ON council_municipality (municipality);

-- One window per municipality and kind of reader. NULL means that nobody has registered the value.
-- Times of day are minutes after midnight, Japanese time; days are the digits 1 (Monday) to 7 (Sunday).
-- table: contact open
CREATE TABLE contact (
  id BLOB NOT NULL PRIMARY KEY,
  municipality TEXT NOT NULL REFERENCES municipality (code),
  audience TEXT NOT NULL CHECK (audience IN ('resident', 'professional')),
  owner BLOB NOT NULL REFERENCES organisation (id),
  window_ja TEXT CHECK (length(window_ja) <= 200),
  window_en TEXT CHECK (length(window_en) <= 200),
  phone TEXT CHECK (length(phone) <= 40),
  fax TEXT CHECK (length(fax) <= 40),
  days TEXT CHECK (length(days) <= 7),
  opens BIGINT CHECK (opens BETWEEN 0 AND 1439),
  closes BIGINT CHECK (closes BETWEEN 1 AND 1440),
  hours_note_ja TEXT CHECK (length(hours_note_ja) <= 500),
  hours_note_en TEXT CHECK (length(hours_note_en) <= 500),
  outside_ja TEXT CHECK (length(outside_ja) <= 1000),
  outside_en TEXT CHECK (length(outside_en) <= 1000),
  url TEXT CHECK (length(url) <= 500),
  verified_on TEXT,
  verified_by BLOB REFERENCES organisation (id),
  entered_by BLOB REFERENCES organisation (id),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK ((opens IS NULL) = (closes IS NULL)),
  CHECK (opens IS NULL OR (opens < closes AND days IS NOT NULL)),
  UNIQUE (municipality, audience)
);
CREATE INDEX contact_owner ON contact (owner);

-- Numbers that help at any hour, whichever municipality one lives in.
-- table: urgent_number open
CREATE TABLE urgent_number (
  number TEXT NOT NULL PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 40),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  when_ja TEXT NOT NULL CHECK (length(when_ja) BETWEEN 1 AND 200),
  when_en TEXT NOT NULL CHECK (length(when_en) BETWEEN 1 AND 200),
  scope TEXT NOT NULL CHECK (length(scope) <= 200),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
  sort BIGINT NOT NULL
);

-- An organisation's own closed days, besides weekends and national holidays.
-- table: closed_day open
CREATE TABLE closed_day (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  day TEXT NOT NULL CHECK (length(day) = 10),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  PRIMARY KEY (organisation, day)
);
