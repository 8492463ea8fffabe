-- A code on a paper leads it home: `target` is a word of the room that made the paper and its id, `tenant` the office to which the
-- paper comes back. The code itself says nothing about anybody.
-- table: inbox_code tenant
CREATE TABLE inbox_code (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 10),
  target TEXT NOT NULL CHECK (length(target) BETWEEN 3 AND 200),
  made_at BIGINT NOT NULL,
  UNIQUE (tenant, target)
);
CREATE VIEW visible_inbox_code AS
SELECT c.id, c.tenant, c.code, c.target, c.made_at, a.level
FROM access a JOIN inbox_code c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A file as it came from the scanner. A refused one keeps the reason and the page, and no content.
-- table: inbox_scan tenant
CREATE TABLE inbox_scan (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 300),
  via TEXT NOT NULL CHECK (via IN ('hand', 'folder')),
  bytes BIGINT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  blob BLOB,
  state TEXT NOT NULL CHECK (state IN ('reading', 'read', 'refused')),
  problem TEXT NOT NULL CHECK (length(problem) <= 40),
  problem_page BIGINT NOT NULL,
  pages BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL,
  arrived_by BLOB
);
CREATE INDEX inbox_scan_tenant ON inbox_scan (tenant, arrived_at);
CREATE VIEW visible_inbox_scan AS
SELECT s.id, s.tenant, s.name, s.via, s.bytes, s.hash, s.blob, s.state, s.problem, s.problem_page, s.pages, s.arrived_at,
  s.arrived_by, a.level
FROM access a JOIN inbox_scan s ON s.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- Pages that belong together. `code` is what was read but belongs to no paper of this office; `dispose_at` is when its pictures are
-- destroyed.
-- table: inbox_paper tenant
CREATE TABLE inbox_paper (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  scan BLOB NOT NULL REFERENCES inbox_scan (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'filed', 'aside', 'gone')),
  target TEXT CHECK (length(target) BETWEEN 3 AND 200),
  how TEXT NOT NULL CHECK (how IN ('', 'qr', 'typed', 'chosen')),
  code TEXT NOT NULL CHECK (length(code) <= 10),
  arrived_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BLOB,
  dispose_at BIGINT,
  version BIGINT NOT NULL,
  CHECK ((state = 'filed') = (target IS NOT NULL))
);
CREATE INDEX inbox_paper_waiting ON inbox_paper (tenant, arrived_at) WHERE state = 'waiting';
CREATE INDEX inbox_paper_target ON inbox_paper (tenant, target) WHERE target IS NOT NULL;
CREATE INDEX inbox_paper_dispose ON inbox_paper (dispose_at) WHERE dispose_at IS NOT NULL;
CREATE INDEX inbox_paper_scan ON inbox_paper (scan);
CREATE VIEW visible_inbox_paper AS
SELECT p.id, p.tenant, p.scan, p.state, p.target, p.how, p.code, p.arrived_at, p.decided_at, p.decided_by, p.dispose_at, p.version,
  a.level
FROM access a JOIN inbox_paper p ON p.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A page as a picture, straightened; `turn` is what a person turned it by afterwards, in degrees clockwise.
-- table: inbox_page tenant
CREATE TABLE inbox_page (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  paper BLOB NOT NULL REFERENCES inbox_paper (id),
  place BIGINT NOT NULL,
  number BIGINT NOT NULL,
  blob BLOB,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  turn BIGINT NOT NULL CHECK (turn IN (0, 90, 180, 270)),
  reading TEXT NOT NULL CHECK (reading IN ('code', 'blank', 'none'))
);
CREATE INDEX inbox_page_paper ON inbox_page (paper, place);
CREATE VIEW visible_inbox_page AS
SELECT g.id, g.tenant, g.paper, g.place, g.number, g.blob, g.width, g.height, g.turn, g.reading, a.level
FROM access a JOIN inbox_page g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- What became of a paper, step by step.
-- table: inbox_history tenant
CREATE TABLE inbox_history (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  paper BLOB NOT NULL REFERENCES inbox_paper (id),
  what TEXT NOT NULL CHECK (what IN ('arrived', 'filed', 'back', 'aside', 'turned', 'split', 'merged', 'gone')),
  page BIGINT NOT NULL,
  target TEXT,
  at BIGINT NOT NULL,
  by_account BLOB
);
CREATE INDEX inbox_history_paper ON inbox_history (paper, at);
CREATE VIEW visible_inbox_history AS
SELECT h.id, h.tenant, h.paper, h.what, h.page, h.target, h.at, h.by_account, a.level
FROM access a JOIN inbox_history h ON h.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
