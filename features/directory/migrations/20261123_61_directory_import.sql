-- Editions of publications on their way in: staged, looked at, accepted, undone.

-- number: greater than directory_state.current while staged. counts: JSON by file. slot is 1 while an edition is open: at most one is.
-- table: directory_edition open
CREATE TABLE directory_edition (
  number BIGINT NOT NULL PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  files TEXT NOT NULL CHECK (length(files) <= 20000),
  state TEXT NOT NULL CHECK (state IN ('staging', 'ready', 'accepted', 'applied', 'discarded', 'undone')),
  rows_read BIGINT NOT NULL,
  added BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  vanished BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  suspicious BIGINT NOT NULL,
  outside BIGINT NOT NULL,
  report TEXT NOT NULL CHECK (length(report) <= 200000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 200),
  created_at BIGINT NOT NULL,
  touched_at BIGINT NOT NULL,
  accepted_at BIGINT,
  undone_at BIGINT,
  slot BIGINT UNIQUE CHECK (slot = 1),
  version BIGINT NOT NULL CHECK (version > 0)
);

-- What a staged edition would do, row by row; rows that change nothing are only counted. Added rows lie in the tables
-- themselves under the edition's number. payload: the new row, before: what it replaces, both JSON.
-- table: edition_row open clustered
CREATE TABLE edition_row (
  edition BIGINT NOT NULL REFERENCES directory_edition (number),
  seq BIGINT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('added', 'changed', 'vanished', 'suspicious', 'refused')),
  file TEXT NOT NULL CHECK (length(file) <= 200),
  line BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  municipality TEXT NOT NULL CHECK (length(municipality) <= 6),
  name TEXT NOT NULL CHECK (length(name) <= 300),
  reason TEXT NOT NULL CHECK (length(reason) <= 1000),
  service BLOB,
  provider BLOB,
  payload TEXT NOT NULL CHECK (length(payload) <= 40000),
  before TEXT NOT NULL CHECK (length(before) <= 40000),
  applied BIGINT NOT NULL CHECK (applied IN (0, 1)),
  PRIMARY KEY (edition, seq)
);
CREATE INDEX edition_row_outcome ON edition_row (edition, outcome, seq);

-- Two records that may be one office, for a person to decide.
-- table: provider_pair open clustered
CREATE TABLE provider_pair (
  first BLOB NOT NULL REFERENCES provider (id),
  second BLOB NOT NULL REFERENCES provider (id),
  edition BIGINT NOT NULL,
  why TEXT NOT NULL CHECK (length(why) <= 40),
  state TEXT NOT NULL CHECK (state IN ('open', 'same', 'different')),
  decided_at BIGINT,
  decided_by TEXT NOT NULL CHECK (length(decided_by) <= 200),
  PRIMARY KEY (first, second)
);
CREATE INDEX provider_pair_state ON provider_pair (state, edition);

-- How the columns of somebody's own table are to be read: JSON {field: column}.
-- table: column_mapping open
CREATE TABLE column_mapping (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  columns TEXT NOT NULL CHECK (length(columns) <= 8000),
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);

-- Points of towns (大字・町丁目), to place what comes without coordinates.
-- table: town_point open clustered
CREATE TABLE town_point (
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  town TEXT NOT NULL CHECK (length(town) BETWEEN 1 AND 100),
  town_key TEXT NOT NULL CHECK (length(town_key) <= 200),
  lat DOUBLE PRECISION NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (municipality, town)
);
