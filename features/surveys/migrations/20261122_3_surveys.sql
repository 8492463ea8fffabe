-- Surveys of municipalities: questions, who answered, and what they wrote.

-- A survey's own facts are no secret; pages list only published ones.
-- Numbers of responses, questions and answers are kept here so that lists never count.
-- table: survey open
CREATE TABLE survey (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  title_en TEXT NOT NULL CHECK (length(title_en) <= 500),
  label TEXT NOT NULL CHECK (length(label) <= 100),
  fiscal_year BIGINT NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  fiscal_year_inferred BIGINT NOT NULL CHECK (fiscal_year_inferred IN (0, 1)),
  source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 2000),
  source_en TEXT NOT NULL CHECK (length(source_en) <= 2000),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  note_en TEXT NOT NULL CHECK (length(note_en) <= 2000),
  licence TEXT NOT NULL CHECK (length(licence) <= 500),
  licence_en TEXT NOT NULL CHECK (length(licence_en) <= 500),
  trailing_link TEXT NOT NULL CHECK (length(trailing_link) <= 2000),
  responses BIGINT NOT NULL CHECK (responses >= 0),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  published_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  CHECK ((state = 'published') = (published_at IS NOT NULL))
);

-- table: question open
CREATE TABLE question (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL REFERENCES survey (id),
  sort BIGINT NOT NULL,
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 20),
  anchor TEXT NOT NULL CHECK (length(anchor) BETWEEN 1 AND 20),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  body_en TEXT NOT NULL CHECK (length(body_en) <= 2000),
  short TEXT NOT NULL CHECK (length(short) BETWEEN 1 AND 60),
  short_en TEXT NOT NULL CHECK (length(short_en) <= 100),
  UNIQUE (survey, sort),
  UNIQUE (survey, anchor),
  UNIQUE (survey, field)
);

-- Who answered, under the name of that day. `tenant` is the municipality as an organisation, `asker` the office that
-- asked or imported: no foreign key, because answers outlive offices that merge.
-- table: response tenant
CREATE TABLE response (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL REFERENCES survey (id),
  sort BIGINT NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  tenant BLOB NOT NULL,
  asker BLOB,
  published_at BIGINT,
  UNIQUE (survey, sort),
  UNIQUE (survey, municipality)
);
CREATE INDEX response_tenant ON response (tenant, survey) WHERE published_at IS NULL;
CREATE INDEX response_asker ON response (asker, survey) WHERE published_at IS NULL;

-- Published to everybody; before that, to the municipality that wrote it and to the office that asked.
CREATE VIEW visible_response AS
SELECT r.id, r.survey, r.sort, r.municipality, r.name, r.tenant, r.asker, r.published_at
FROM response r WHERE r.published_at IS NOT NULL
UNION ALL
SELECT r.id, r.survey, r.sort, r.municipality, r.name, r.tenant, r.asker, r.published_at
FROM access a JOIN response r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND r.published_at IS NULL
UNION ALL
SELECT r.id, r.survey, r.sort, r.municipality, r.name, r.tenant, r.asker, r.published_at
FROM access a JOIN response r ON r.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND r.published_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = r.tenant AND b.until > viewer_now());

-- One text per question and municipality, as typed; paragraphs are its lines. An empty body means that nothing was
-- written there; no row means that the question was not answered at all.
-- table: answer tenant
CREATE TABLE answer (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL REFERENCES survey (id),
  question BLOB NOT NULL REFERENCES question (id),
  sort BIGINT NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  tenant BLOB NOT NULL,
  asker BLOB,
  body TEXT NOT NULL CHECK (length(body) <= 200000),
  state TEXT NOT NULL CHECK (state IN ('imported', 'published')),
  published_at BIGINT,
  CHECK ((state = 'published') = (published_at IS NOT NULL)),
  UNIQUE (question, sort)
);
CREATE INDEX answer_row ON answer (survey, sort);
CREATE INDEX answer_tenant ON answer (tenant, survey) WHERE published_at IS NULL;
CREATE INDEX answer_asker ON answer (asker, survey) WHERE published_at IS NULL;

CREATE VIEW visible_answer AS
SELECT w.id, w.survey, w.question, w.sort, w.municipality, w.tenant, w.asker, w.body, w.state, w.published_at
FROM answer w WHERE w.published_at IS NOT NULL
UNION ALL
SELECT w.id, w.survey, w.question, w.sort, w.municipality, w.tenant, w.asker, w.body, w.state, w.published_at
FROM access a JOIN answer w ON w.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND w.published_at IS NULL
UNION ALL
SELECT w.id, w.survey, w.question, w.sort, w.municipality, w.tenant, w.asker, w.body, w.state, w.published_at
FROM access a JOIN answer w ON w.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND w.published_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = w.tenant AND b.until > viewer_now());

-- One uploaded file. It stays after publication as the record of where the answers came from.
-- table: import_batch tenant
CREATE TABLE import_batch (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL UNIQUE REFERENCES survey (id),
  tenant BLOB NOT NULL,
  file_name TEXT NOT NULL CHECK (length(file_name) <= 300),
  format TEXT NOT NULL CHECK (format IN ('json', 'csv', 'xlsx')),
  encoding TEXT NOT NULL CHECK (length(encoding) <= 40),
  responses BIGINT NOT NULL,
  questions BIGINT NOT NULL,
  written BIGINT NOT NULL,
  blank BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  published_at BIGINT
);
CREATE INDEX import_batch_tenant ON import_batch (tenant);

CREATE VIEW visible_import_batch AS
SELECT i.id, i.survey, i.tenant, i.file_name, i.format, i.encoding, i.responses, i.questions, i.written, i.blank,
  i.imported_at, i.published_at, a.level
FROM access a JOIN import_batch i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
