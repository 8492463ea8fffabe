-- The programme: what is done, what is hard, what is asked for and what goes well, each with the sentences it came from.

-- One initiative, issue, request or strength. `tenant` is the organisation whose entry it is.
-- `open` is kept by the program: everybody may see the entry, because its owner published it and a named municipality
-- (or, where none is named, the owner) approved this very text. Lists never count and never join: municipalities,
-- approved municipalities, whether one still has to approve (`waits`), districts, items, scenes and the folded text stand on the row.
-- No foreign keys to organisation: entries outlive offices that merge.
-- table: entry tenant
CREATE TABLE entry (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('initiative', 'issue', 'request', 'strength')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL CHECK (length(body) <= 20000),
  status TEXT NOT NULL CHECK (length(status) BETWEEN 1 AND 20),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  open BIGINT NOT NULL CHECK (open IN (0, 1)),
  waits BIGINT NOT NULL CHECK (waits IN (0, 1)),
  fiscal_year BIGINT CHECK (fiscal_year BETWEEN 1947 AND 2200),
  items TEXT NOT NULL CHECK (length(items) <= 8),
  item_mask BIGINT NOT NULL CHECK (item_mask BETWEEN 0 AND 255),
  scenes TEXT NOT NULL CHECK (length(scenes) <= 100),
  scene_mask BIGINT NOT NULL CHECK (scene_mask BETWEEN 0 AND 31),
  tags TEXT NOT NULL CHECK (length(tags) <= 500),
  refs TEXT NOT NULL CHECK (length(refs) <= 500),
  municipalities TEXT NOT NULL CHECK (length(municipalities) <= 20000),
  approved TEXT NOT NULL CHECK (length(approved) <= 20000),
  districts TEXT NOT NULL CHECK (length(districts) <= 2000),
  open_districts TEXT NOT NULL CHECK (length(open_districts) <= 2000),
  goal TEXT CHECK (goal IN ('daily', 'transition', 'acute', 'endoflife', 'common')),
  folded TEXT NOT NULL CHECK (length(folded) <= 60000),
  sources BIGINT NOT NULL CHECK (sources >= 0),
  origin TEXT NOT NULL CHECK (length(origin) BETWEEN 1 AND 20),
  needs_rewrite BIGINT NOT NULL CHECK (needs_rewrite IN (0, 1)),
  rewritten_by BLOB,
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  seed TEXT UNIQUE CHECK (length(seed) BETWEEN 1 AND 100),
  withdrawn_at BIGINT,
  withdrawn_reason TEXT CHECK (length(withdrawn_reason) <= 2000),
  version BIGINT NOT NULL CHECK (version > 0),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX entry_board ON entry (kind, status, updated_at, id);
CREATE INDEX entry_latest ON entry (updated_at, id);
CREATE INDEX entry_owner ON entry (tenant, updated_at, id);
CREATE INDEX entry_open_board ON entry (kind, status, updated_at, id) WHERE open = 1;
CREATE INDEX entry_open_latest ON entry (updated_at, id) WHERE open = 1;
CREATE INDEX entry_waits ON entry (updated_at, id) WHERE waits = 1;
CREATE INDEX entry_open_id ON entry (id) WHERE open = 1;

-- Who reads an entry besides its owner: the named municipalities and the organisations added as participants.
-- The rows exist only while the range allows it.
-- table: entry_reader system clustered
CREATE TABLE entry_reader (
  entry BLOB NOT NULL REFERENCES entry (id),
  organisation BLOB NOT NULL,
  PRIMARY KEY (entry, organisation)
);

-- Organisations invited to take part. They read the entry once its range is 参加する関係者 or wider.
-- table: entry_participant tenant
CREATE TABLE entry_participant (
  entry BLOB NOT NULL REFERENCES entry (id),
  organisation BLOB NOT NULL,
  PRIMARY KEY (entry, organisation)
);

-- Open entries to everybody; the rest to the owner's people, and to the readers of its range. `inside` tells whether this
-- viewer sees it for another reason than that it is public; `level` is that of the owner's people. The test stands on the
-- entry's side, so that a board walks its index and stops at the first page: see docs/features/programme.md.
CREATE VIEW visible_entry AS
SELECT e.id, e.tenant, e.kind, e.title, e.body, e.status, e.reach, e.open, e.waits, e.fiscal_year, e.items, e.item_mask, e.scenes,
  e.scene_mask, e.tags, e.refs, e.municipalities, e.approved, e.districts, e.open_districts, e.goal, e.folded, e.sources, e.origin,
  e.needs_rewrite, e.rewritten_by, e.fictional, e.withdrawn_at, e.withdrawn_reason, e.version, e.created_at, e.updated_at,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = e.tenant AND a.until > viewer_now()), 1) AS level,
  CAST(CASE WHEN EXISTS (SELECT 1 FROM access a
      WHERE a.account = viewer_account() AND a.subject = e.tenant AND a.until > viewer_now())
    OR EXISTS (SELECT 1 FROM entry_reader r JOIN access a ON a.subject = r.organisation
      WHERE r.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now())
    THEN 1 ELSE 0 END AS BIGINT) AS inside
FROM entry e
WHERE e.open = 1
  OR EXISTS (SELECT 1 FROM access a
    WHERE a.account = viewer_account() AND a.subject = e.tenant AND a.until > viewer_now())
  OR EXISTS (SELECT 1 FROM entry_reader r JOIN access a ON a.subject = r.organisation
    WHERE r.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now());

CREATE VIEW visible_entry_participant AS
SELECT p.entry, p.organisation FROM visible_entry e JOIN entry_participant p ON p.entry = e.id WHERE e.inside = 1;

-- A municipality named by an entry: its own words and state, its approval of the public text, and when it stepped back.
-- table: entry_municipality tenant
CREATE TABLE entry_municipality (
  entry BLOB NOT NULL REFERENCES entry (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  tenant BLOB NOT NULL,
  organisation BLOB,
  sort BIGINT NOT NULL,
  wording TEXT NOT NULL CHECK (length(wording) <= 5000),
  status TEXT CHECK (length(status) <= 20),
  approved_at BIGINT,
  approved_by BLOB,
  approved_name TEXT NOT NULL CHECK (length(approved_name) <= 300),
  withdrawn_on TEXT CHECK (length(withdrawn_on) = 10),
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (entry, municipality)
);

-- Of an open entry the public sees the municipalities that approved it; who is inside sees all. `level` is that of the
-- municipality's own people: they write its words and approve for it.
CREATE VIEW visible_entry_municipality AS
SELECT m.entry, m.municipality, m.tenant, m.organisation, m.sort, m.wording, m.status, m.approved_at, m.approved_name,
  m.withdrawn_on, m.version, e.inside,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = m.organisation AND a.until > viewer_now()), 1) AS level
FROM visible_entry e JOIN entry_municipality m ON m.entry = e.id
WHERE (m.approved_at IS NOT NULL AND m.withdrawn_on IS NULL) OR e.inside = 1;

-- A stretch of a text from which an entry was taken. `published` follows the cited record: the room that owns it says so.
-- Offsets count Unicode code points inside the zero-based paragraph (line) of the record.
-- table: source tenant
CREATE TABLE source (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  organisation BLOB,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  record BLOB NOT NULL,
  record_version BIGINT NOT NULL,
  survey TEXT NOT NULL CHECK (length(survey) <= 80),
  municipality TEXT NOT NULL CHECK (length(municipality) <= 6),
  question TEXT NOT NULL CHECK (length(question) <= 20),
  paragraph BIGINT NOT NULL CHECK (paragraph >= 0),
  starts BIGINT NOT NULL CHECK (starts >= 0),
  ends BIGINT NOT NULL CHECK (ends >= starts),
  quote TEXT NOT NULL CHECK (length(quote) BETWEEN 1 AND 20000),
  published BIGINT NOT NULL CHECK (published IN (0, 1)),
  sort BIGINT NOT NULL,
  added_at BIGINT NOT NULL
);
CREATE INDEX source_entry ON source (entry, sort, id);
CREATE INDEX source_record ON source (record);

-- A quote of a published text is seen by whoever sees the entry, the public only of municipalities that approved; a quote of
-- an unpublished text by the entry's owner and by the municipality that wrote it.
CREATE VIEW visible_source AS
SELECT s.id, s.entry, s.tenant, s.organisation, s.kind, s.record, s.record_version, s.survey, s.municipality, s.question,
  s.paragraph, s.starts, s.ends, s.quote, s.published, s.sort, s.added_at, e.level
FROM visible_entry e JOIN source s ON s.entry = e.id
WHERE (s.published = 1 AND (e.inside = 1 OR s.municipality = '' OR e.approved LIKE '%' || s.municipality || '%'))
  OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND a.subject = s.tenant)
  OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND a.subject = s.organisation);

-- What was done to an entry, by whom and for whom. Internal: to the owner's people, and to the municipality that did it.
-- table: entry_history tenant
CREATE TABLE entry_history (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  organisation BLOB,
  account BLOB,
  action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
  detail TEXT NOT NULL CHECK (length(detail) <= 30000),
  version BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX entry_history_entry ON entry_history (entry, at);
CREATE INDEX entry_history_tenant ON entry_history (tenant, entry);
CREATE INDEX entry_history_organisation ON entry_history (organisation, entry);

CREATE VIEW visible_entry_history AS
SELECT h.id, h.entry, h.tenant, h.organisation, h.account, h.action, h.detail, h.version, h.at
FROM access a JOIN entry_history h ON h.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT h.id, h.entry, h.tenant, h.organisation, h.account, h.action, h.detail, h.version, h.at
FROM access a JOIN entry_history h ON h.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = h.tenant AND b.until > viewer_now());

-- めざすべき姿: an organisation's vision and its goals, one per scene and one for what belongs to no scene.
-- table: goal tenant
CREATE TABLE goal (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('vision', 'daily', 'transition', 'acute', 'endoflife', 'common')),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  published_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0),
  saved_at BIGINT NOT NULL,
  UNIQUE (tenant, part)
);

CREATE VIEW visible_goal AS
SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = g.tenant AND a.until > viewer_now()), 1) AS level
FROM goal g WHERE g.published_at IS NOT NULL
UNION ALL
SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at, a.level
FROM access a JOIN goal g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND g.published_at IS NULL;

-- A view of the board under a name of one's own: nothing but its address.
-- table: saved_view tenant
CREATE TABLE saved_view (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 1000),
  saved_at BIGINT NOT NULL,
  UNIQUE (account, name)
);

CREATE VIEW visible_saved_view AS
SELECT v.id, v.account, v.name, v.address, v.saved_at FROM saved_view v WHERE v.account = viewer_account();

-- Moves with every change of what the public sees: the mark of /programme.json.
-- table: programme_state open
CREATE TABLE programme_state (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  public_version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
INSERT INTO programme_state (id, public_version, changed_at) VALUES (1, 1, 0);
