-- Figures of the desk: how many calls, how many minutes. Kept up to date in the transaction that changes a consultation, and kept
-- when its texts are destroyed. Nothing here names a person.

-- Calls and minutes of one desk for one municipality in one month, by one way of counting (`dimension`: total, lane, channel,
-- caller, category, scene, result, met, and pairs such as caller_category). One call counts once in each dimension: under its
-- first category and its first scene.
-- table: consultation_count tenant
CREATE TABLE consultation_count (
  tenant BLOB NOT NULL,
  month TEXT NOT NULL CHECK (length(month) = 7),
  dimension TEXT NOT NULL CHECK (length(dimension) <= 20),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  value TEXT NOT NULL CHECK (length(value) <= 60),
  calls BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  PRIMARY KEY (tenant, dimension, month, municipality, value)
);

CREATE VIEW visible_consultation_count AS
SELECT c.tenant, c.month, c.dimension, c.municipality, c.value, c.calls, c.minutes, a.level
FROM access a JOIN consultation_count c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- As what a consultation was counted last, so that a change takes itself off first. `facts`: month, town and codes between bars.
-- table: consultation_counted tenant
CREATE TABLE consultation_counted (
  consultation BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  facts TEXT NOT NULL CHECK (length(facts) <= 400)
);

CREATE VIEW visible_consultation_counted AS
SELECT f.consultation, f.tenant, f.facts, c.side, c.level
FROM visible_consultation c JOIN consultation_counted f ON f.consultation = c.id;

-- How the columns and words of a desk's old workbook are read. `body` is JSON: columns by field, words by code.
-- table: old_mapping tenant
CREATE TABLE old_mapping (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  body TEXT NOT NULL CHECK (length(body) <= 60000),
  version BIGINT NOT NULL CHECK (version > 0),
  changed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX old_mapping_name ON old_mapping (tenant, name);

CREATE VIEW visible_old_mapping AS
SELECT m.id, m.tenant, m.name, m.body, m.version, m.changed_at, a.level
FROM access a JOIN old_mapping m ON m.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A workbook that was read: what it says, waiting for a yes. `body` is JSON: figures and refused rows, no texts of the cells.
-- table: old_file tenant
CREATE TABLE old_file (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  mapping BLOB REFERENCES old_mapping (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  body TEXT NOT NULL CHECK (length(body) <= 4000000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  read_at BIGINT NOT NULL,
  applied_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX old_file_desk ON old_file (tenant, read_at);

CREATE VIEW visible_old_file AS
SELECT f.id, f.tenant, f.mapping, f.name, f.body, f.by_name, f.read_at, f.applied_at, f.version, a.level
FROM access a JOIN old_file f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- Figures of years before this program, from a workbook; a later workbook replaces the months it names.
-- table: old_count tenant
CREATE TABLE old_count (
  tenant BLOB NOT NULL,
  month TEXT NOT NULL CHECK (length(month) = 7),
  dimension TEXT NOT NULL CHECK (length(dimension) <= 20),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  value TEXT NOT NULL CHECK (length(value) <= 60),
  calls BIGINT NOT NULL CHECK (calls >= 0),
  minutes BIGINT NOT NULL CHECK (minutes >= 0),
  file BLOB NOT NULL REFERENCES old_file (id),
  PRIMARY KEY (tenant, dimension, month, municipality, value)
);

CREATE VIEW visible_old_count AS
SELECT c.tenant, c.month, c.dimension, c.municipality, c.value, c.calls, c.minutes, c.file, a.level
FROM access a JOIN old_count c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
