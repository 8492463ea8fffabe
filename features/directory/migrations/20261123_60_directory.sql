-- Every provider of the area and of its neighbours, what each offers, and who confirmed it when.

-- What kinds of service there are. National codes change: a kind is valid from and until a day.
-- words: everyday words for the search, separated by spaces. tone and shape: colour and form of the pin, never colour alone.
-- table: service_kind open
CREATE TABLE service_kind (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 20),
  family TEXT NOT NULL CHECK (length(family) BETWEEN 1 AND 20),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 150),
  short_ja TEXT NOT NULL CHECK (length(short_ja) BETWEEN 1 AND 40),
  plain_ja TEXT NOT NULL CHECK (length(plain_ja) <= 200),
  plain_en TEXT NOT NULL CHECK (length(plain_en) <= 300),
  words TEXT NOT NULL CHECK (length(words) <= 500),
  billing_code TEXT NOT NULL CHECK (length(billing_code) <= 4),
  tone TEXT NOT NULL CHECK (length(tone) BETWEEN 1 AND 20),
  shape TEXT NOT NULL CHECK (length(shape) BETWEEN 1 AND 20),
  valid_from TEXT,
  valid_until TEXT,
  sort BIGINT NOT NULL
);

-- Which editions are accepted: rows with a greater edition are staged and invisible. Accepting moves this one number.
-- table: directory_state open
CREATE TABLE directory_state (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  current BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  CHECK (reserved >= current)
);
INSERT INTO directory_state (id, current, reserved) VALUES (1, 0, 0);

-- An organisation at a place. edition 0: entered here. kinds: codes of its services, between spaces, for lists.
-- name_key, address_key: folded for matching. lat, lon: placed on the map; stated_*: what the source says when that is wrong.
-- absent_since: the newest edition of its source no longer names it; that is a reason to ask, not a closure.
-- table: provider open
CREATE TABLE provider (
  id BLOB NOT NULL PRIMARY KEY,
  edition BIGINT NOT NULL CHECK (edition >= 0),
  status TEXT NOT NULL CHECK (status IN ('open', 'suspended', 'closed', 'moved', 'merged')),
  status_on TEXT,
  successor BLOB,
  in_area BIGINT NOT NULL CHECK (in_area IN (0, 1)),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kana TEXT NOT NULL CHECK (length(kana) <= 300),
  name_en TEXT NOT NULL CHECK (length(name_en) <= 300),
  name_key TEXT NOT NULL CHECK (length(name_key) <= 300),
  postal TEXT NOT NULL CHECK (length(postal) <= 8),
  address TEXT NOT NULL CHECK (length(address) <= 300),
  building TEXT NOT NULL CHECK (length(building) <= 200),
  address_key TEXT NOT NULL CHECK (length(address_key) <= 400),
  lat DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
  lon DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
  precision_code TEXT NOT NULL CHECK (precision_code IN ('exact', 'town', 'municipality', 'none')),
  stated_lat DOUBLE PRECISION,
  stated_lon DOUBLE PRECISION,
  phone TEXT NOT NULL CHECK (length(phone) <= 40),
  fax TEXT NOT NULL CHECK (length(fax) <= 40),
  url TEXT NOT NULL CHECK (length(url) <= 500),
  corporation TEXT NOT NULL CHECK (length(corporation) <= 200),
  corporation_number TEXT NOT NULL CHECK (length(corporation_number) <= 13),
  kinds TEXT NOT NULL CHECK (length(kinds) <= 400),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  source_date TEXT,
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  absent_since TEXT,
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK ((lat IS NULL) = (lon IS NULL)),
  CHECK ((lat IS NULL) = (precision_code = 'none'))
);
CREATE INDEX provider_town ON provider (municipality, status, name);
CREATE INDEX provider_address_key ON provider (address_key);
CREATE INDEX provider_name_key ON provider (name_key);
CREATE INDEX provider_edition ON provider (edition) WHERE edition > 0;

-- The accepted ones. Readers use this view, importers the table.
CREATE VIEW public_provider AS
SELECT id, edition, status, status_on, successor, in_area, municipality, name, kana, name_en, name_key, postal, address,
  building, address_key, lat, lon, precision_code, stated_lat, stated_lon, phone, fax, url, corporation, corporation_number,
  kinds, note, source, source_date, verified_on, verified_by, absent_since, fictional, updated_at, version
FROM provider WHERE edition <= (SELECT current FROM directory_state WHERE id = 1);

-- One service of a provider. dataset: which publication keeps this row up to date ('' = entered here); number: its key there.
-- days: digits 1 (Monday) to 7 (Sunday) and 8 (holidays), NULL when not stated. hours: JSON [[day, opens, closes], …] in
-- minutes after midnight. official: the row as published, JSON; fingerprint: of that row.
-- table: provider_service open
CREATE TABLE provider_service (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  edition BIGINT NOT NULL CHECK (edition >= 0),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  number TEXT NOT NULL CHECK (length(number) <= 40),
  capacity BIGINT CHECK (capacity BETWEEN 1 AND 100000),
  days TEXT CHECK (length(days) <= 8),
  hours TEXT CHECK (length(hours) <= 4000),
  hours_note TEXT NOT NULL CHECK (length(hours_note) <= 2000),
  departments TEXT NOT NULL CHECK (length(departments) <= 2000),
  beds TEXT CHECK (length(beds) <= 1000),
  dataset TEXT NOT NULL CHECK (length(dataset) <= 40),
  dataset_key TEXT NOT NULL CHECK (length(dataset_key) <= 120),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 64),
  official TEXT NOT NULL CHECK (length(official) <= 20000),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  source_date TEXT,
  absent_since TEXT,
  ended_on TEXT,
  UNIQUE (dataset, dataset_key)
);
CREATE INDEX provider_service_provider ON provider_service (provider);
CREATE INDEX provider_service_kind ON provider_service (kind, provider);
CREATE INDEX provider_service_edition ON provider_service (edition) WHERE edition > 0;

CREATE VIEW public_provider_service AS
SELECT id, provider, edition, kind, number, capacity, days, hours, hours_note, departments, beds, dataset, dataset_key,
  fingerprint, official, source, source_date, absent_since, ended_on
FROM provider_service WHERE edition <= (SELECT current FROM directory_state WHERE id = 1);

-- Official numbers: scheme 'kaigo' (事業所番号), 'navii' (医療情報ネット), 'hoken' (保険医療機関番号).
-- table: provider_identifier open clustered
CREATE TABLE provider_identifier (
  scheme TEXT NOT NULL CHECK (length(scheme) BETWEEN 1 AND 20),
  value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 40),
  provider BLOB NOT NULL REFERENCES provider (id),
  edition BIGINT NOT NULL,
  PRIMARY KEY (scheme, value)
);
CREATE INDEX provider_identifier_provider ON provider_identifier (provider);

-- Other names: of former days, in other files, short.
-- table: provider_alias open clustered
CREATE TABLE provider_alias (
  provider BLOB NOT NULL REFERENCES provider (id),
  alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (kind IN ('former', 'source', 'short')),
  until_on TEXT,
  PRIMARY KEY (provider, alias)
);

-- Dated facts: notifications to the bureau (届出), classes, beds by function. class: what; value: the figure, if there is one.
-- table: provider_fact open
CREATE TABLE provider_fact (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  edition BIGINT NOT NULL,
  scheme TEXT NOT NULL CHECK (length(scheme) BETWEEN 1 AND 20),
  class TEXT NOT NULL CHECK (length(class) BETWEEN 1 AND 200),
  number TEXT NOT NULL CHECK (length(number) <= 60),
  value TEXT NOT NULL CHECK (length(value) <= 500),
  from_on TEXT,
  until_on TEXT,
  source TEXT NOT NULL CHECK (length(source) <= 200),
  source_date TEXT,
  UNIQUE (provider, scheme, class, number, value)
);
CREATE INDEX provider_fact_edition ON provider_fact (edition) WHERE edition > 0;

CREATE VIEW public_provider_fact AS
SELECT id, provider, edition, scheme, class, number, value, from_on, until_on, source, source_date
FROM provider_fact WHERE edition <= (SELECT current FROM directory_state WHERE id = 1);

-- What happened to a provider: created, changed, closed, moved, merged, confirmed.
-- table: provider_history open
CREATE TABLE provider_history (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  at BIGINT NOT NULL,
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 40),
  on_day TEXT,
  note TEXT NOT NULL CHECK (length(note) <= 1000),
  fields TEXT NOT NULL CHECK (length(fields) <= 20000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 200)
);
CREATE INDEX provider_history_provider ON provider_history (provider, at);

-- Fields that somebody here entered or confirmed. entered = 1: imports leave the field alone and keep what the
-- publication says in official. verified_on and verified_by are about the world, updated_at about this row.
-- table: provider_field open clustered
CREATE TABLE provider_field (
  provider BLOB NOT NULL REFERENCES provider (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  value TEXT NOT NULL CHECK (length(value) <= 2000),
  entered BIGINT NOT NULL CHECK (entered IN (0, 1)),
  official TEXT CHECK (length(official) <= 2000),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (provider, field)
);

-- What a provider can do, as it says itself; public. NULL: not stated. visit_area: codes of municipalities, between spaces;
-- visit_note: the area in words (町丁). new_patients: 'yes', 'no', 'ask'. vacancy with its day.
-- table: provider_care open
CREATE TABLE provider_care (
  provider BLOB NOT NULL PRIMARY KEY REFERENCES provider (id),
  house_call BIGINT CHECK (house_call IN (0, 1)),
  home_visit BIGINT CHECK (home_visit IN (0, 1)),
  visit_area TEXT NOT NULL CHECK (length(visit_area) <= 400),
  visit_note TEXT NOT NULL CHECK (length(visit_note) <= 1000),
  day_and_night BIGINT CHECK (day_and_night IN (0, 1)),
  end_of_life BIGINT CHECK (end_of_life IN (0, 1)),
  new_patients TEXT CHECK (new_patients IN ('yes', 'no', 'ask')),
  new_patients_on TEXT,
  vacancy BIGINT CHECK (vacancy BETWEEN 0 AND 10000),
  vacancy_on TEXT,
  languages TEXT NOT NULL CHECK (length(languages) <= 200),
  wheelchair BIGINT CHECK (wheelchair IN (0, 1)),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  updated_at BIGINT NOT NULL
);

-- What only professionals see: treatments accepted (codes between spaces), conditions, the direct line, the window of a
-- hospital for other institutions. tenant: the organisation that keeps it.
-- table: provider_professional tenant
CREATE TABLE provider_professional (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL UNIQUE REFERENCES provider (id),
  tenant BLOB NOT NULL,
  treatments TEXT NOT NULL CHECK (length(treatments) <= 500),
  conditions TEXT NOT NULL CHECK (length(conditions) <= 2000),
  direct_phone TEXT NOT NULL CHECK (length(direct_phone) <= 40),
  direct_fax TEXT NOT NULL CHECK (length(direct_fax) <= 40),
  liaison_name TEXT NOT NULL CHECK (length(liaison_name) <= 200),
  liaison_hours TEXT NOT NULL CHECK (length(liaison_hours) <= 500),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  updated_at BIGINT NOT NULL
);
CREATE INDEX provider_professional_tenant ON provider_professional (tenant);

-- Everybody who belongs to an organisation of the programme is a professional here; changing asks for access to the keeper.
CREATE VIEW visible_provider_professional AS
SELECT p.id, p.provider, p.tenant, p.treatments, p.conditions, p.direct_phone, p.direct_fax, p.liaison_name, p.liaison_hours,
  p.source, p.verified_on, p.verified_by, p.updated_at,
  COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.subject = p.tenant
    AND a.until > viewer_now()), 1) AS level
FROM provider_professional p
WHERE EXISTS (SELECT 1 FROM access b WHERE b.account = viewer_account() AND b.until > viewer_now());
