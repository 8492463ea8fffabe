-- From an issue to what became of it: countermeasures, comments, files, hand-offs, drafts, duties, closed years, copies for
-- requests of disclosure. `tenant` is the organisation whose record it is; no foreign keys to organisations, because records
-- outlive offices that merge.

-- A countermeasure of one office on an entry in one fiscal year. `reach` as in entry. `frozen_at` is set when the year is
-- closed: from then on the row changes only together with a version that says why.
-- table: measure tenant
CREATE TABLE measure (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  fiscal_year BIGINT NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  plan TEXT NOT NULL CHECK (length(plan) BETWEEN 2 AND 60000),
  due_on TEXT CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'evaluated', 'stopped')),
  rating TEXT CHECK (rating IN ('A', 'B', 'C', 'D')),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  copied_from BLOB,
  entered_by BLOB,
  frozen_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CHECK ((state = 'evaluated') <= (rating IS NOT NULL))
);
CREATE INDEX measure_entry ON measure (entry, fiscal_year);
CREATE INDEX measure_tenant ON measure (tenant, fiscal_year, state);
CREATE UNIQUE INDEX measure_copied ON measure (copied_from, fiscal_year) WHERE copied_from IS NOT NULL;

-- One's own always; those of others as far as their range and the entry's own allow.
CREATE VIEW visible_measure AS
SELECT m.id, m.entry, m.tenant, m.fiscal_year, m.plan, m.due_on, m.state, m.rating, m.reach, m.copied_from, m.entered_by,
  m.frozen_at, m.version, m.created_at, m.updated_at, a.level
FROM access a JOIN measure m ON m.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT m.id, m.entry, m.tenant, m.fiscal_year, m.plan, m.due_on, m.state, m.rating, m.reach, m.copied_from, m.entered_by,
  m.frozen_at, m.version, m.created_at, m.updated_at, 1 AS level
FROM visible_entry e JOIN measure m ON m.entry = e.id
WHERE m.reach <> 'internal'
  AND NOT EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = m.tenant AND a.until > viewer_now())
  AND (m.reach = 'public'
    OR (e.inside = 1 AND (m.reach = 'participants'
      OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = e.tenant AND a.until > viewer_now())
      OR EXISTS (SELECT 1 FROM visible_entry_municipality n JOIN access a ON a.subject = n.organisation
        WHERE n.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now()))));

-- Every saved text of a countermeasure; after the year was closed each carries the reason of the correction.
-- table: measure_version tenant
CREATE TABLE measure_version (
  measure BLOB NOT NULL REFERENCES measure (id),
  version BIGINT NOT NULL CHECK (version > 0),
  tenant BLOB NOT NULL,
  plan TEXT NOT NULL CHECK (length(plan) BETWEEN 2 AND 60000),
  state TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) <= 2000),
  after_close BIGINT NOT NULL CHECK (after_close IN (0, 1)),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (measure, version),
  CHECK (after_close = 0 OR length(reason) > 0)
);
CREATE INDEX measure_version_tenant ON measure_version (tenant, measure);

CREATE VIEW visible_measure_version AS
SELECT v.measure, v.version, v.tenant, v.plan, v.state, v.reason, v.after_close, v.by_name, v.saved_at, a.level
FROM access a JOIN measure_version v ON v.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- Comments are born internal; the office that wrote one may widen its range.
-- table: entry_comment tenant
CREATE TABLE entry_comment (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  withdrawn_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0),
  at BIGINT NOT NULL
);
CREATE INDEX entry_comment_entry ON entry_comment (entry, at);
CREATE INDEX entry_comment_tenant ON entry_comment (tenant, entry);

CREATE VIEW visible_entry_comment AS
SELECT c.id, c.entry, c.tenant, c.body, c.reach, c.by_name, c.withdrawn_at, c.version, c.at, a.level
FROM access a JOIN entry_comment c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT c.id, c.entry, c.tenant, c.body, c.reach, c.by_name, c.withdrawn_at, c.version, c.at, 1 AS level
FROM visible_entry e JOIN entry_comment c ON c.entry = e.id
WHERE c.reach <> 'internal' AND c.withdrawn_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = c.tenant AND a.until > viewer_now())
  AND (c.reach = 'public'
    OR (e.inside = 1 AND (c.reach = 'participants'
      OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = e.tenant AND a.until > viewer_now())
      OR EXISTS (SELECT 1 FROM visible_entry_municipality n JOIN access a ON a.subject = n.organisation
        WHERE n.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now()))));

-- Files beside an entry: for the office that put them there.
-- table: entry_file tenant
CREATE TABLE entry_file (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  stored BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  mime TEXT NOT NULL CHECK (length(mime) BETWEEN 1 AND 100),
  size BIGINT NOT NULL CHECK (size >= 0),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  at BIGINT NOT NULL
);
CREATE INDEX entry_file_tenant ON entry_file (tenant, entry);

CREATE VIEW visible_entry_file AS
SELECT f.id, f.entry, f.tenant, f.stored, f.name, f.mime, f.size, f.by_name, f.at, a.level
FROM access a JOIN entry_file f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- An issue handed to another council or body, or one question to a professional. `receiver` answers in Renkei; without one
-- it goes on paper and the sender types the answer in.
-- table: handoff tenant
CREATE TABLE handoff (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('issue', 'question')),
  tenant BLOB NOT NULL,
  sender_name TEXT NOT NULL CHECK (length(sender_name) BETWEEN 1 AND 300),
  receiver BLOB,
  council BLOB,
  receiver_name TEXT NOT NULL CHECK (length(receiver_name) BETWEEN 1 AND 300),
  entry BLOB REFERENCES entry (id),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('sent', 'accepted', 'answered', 'returned', 'closed')),
  code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 6 AND 12),
  sent_at BIGINT NOT NULL,
  moved_on TEXT NOT NULL CHECK (length(moved_on) = 10),
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX handoff_tenant ON handoff (tenant, state, due_on);
CREATE INDEX handoff_receiver ON handoff (receiver, state, due_on);
CREATE INDEX handoff_entry ON handoff (entry);

-- Both sides see it, nobody else. `sends` and `receives` tell on which side the viewer stands; `level` is the higher of both.
CREATE VIEW visible_handoff AS
SELECT h.id, h.kind, h.tenant, h.sender_name, h.receiver, h.council, h.receiver_name, h.entry, h.title, h.body, h.due_on,
  h.state, h.code, h.sent_at, h.moved_on, h.version, h.level, h.sends, h.receives
FROM (SELECT o.id, o.kind, o.tenant, o.sender_name, o.receiver, o.council, o.receiver_name, o.entry, o.title, o.body,
    o.due_on, o.state, o.code, o.sent_at, o.moved_on, o.version,
    COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
      AND (a.subject = o.tenant OR a.subject = o.receiver)), 0) AS level,
    COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
      AND a.subject = o.tenant), 0) AS sends,
    COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
      AND a.subject = o.receiver), 0) AS receives
  FROM handoff o
  WHERE o.id IN (SELECT x.id FROM access a JOIN handoff x ON x.tenant = a.subject
      WHERE a.account = viewer_account() AND a.until > viewer_now())
    OR o.id IN (SELECT y.id FROM access a JOIN handoff y ON y.receiver = a.subject
      WHERE a.account = viewer_account() AND a.until > viewer_now())) h;

-- What happened to it, for both sides.
-- table: handoff_step tenant
CREATE TABLE handoff_step (
  id BLOB NOT NULL PRIMARY KEY,
  handoff BLOB NOT NULL REFERENCES handoff (id),
  tenant BLOB NOT NULL,
  receiver BLOB,
  step TEXT NOT NULL CHECK (length(step) BETWEEN 1 AND 20),
  body TEXT NOT NULL CHECK (length(body) <= 5000),
  due_on TEXT CHECK (length(due_on) = 10),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  behalf TEXT NOT NULL CHECK (length(behalf) <= 300),
  happened_on TEXT NOT NULL CHECK (length(happened_on) = 10),
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (handoff, version)
);

CREATE VIEW visible_handoff_step AS
SELECT s.id, s.handoff, s.tenant, s.receiver, s.step, s.body, s.due_on, s.by_name, s.behalf, s.happened_on, s.version, s.at
FROM visible_handoff h JOIN handoff_step s ON s.handoff = h.id;

-- A new issue on its way through the five questions.
-- table: issue_draft tenant
CREATE TABLE issue_draft (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  answers TEXT NOT NULL CHECK (length(answers) <= 40000),
  step BIGINT NOT NULL CHECK (step BETWEEN 1 AND 6),
  entry BLOB,
  version BIGINT NOT NULL CHECK (version > 0),
  saved_at BIGINT NOT NULL
);
CREATE INDEX issue_draft_tenant ON issue_draft (tenant, saved_at) WHERE entry IS NULL;

CREATE VIEW visible_issue_draft AS
SELECT d.id, d.tenant, d.by_name, d.answers, d.step, d.entry, d.version, d.saved_at, a.level
FROM access a JOIN issue_draft d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A duty of the office's own, or a fixed one moved to another month (`key` names it).
-- table: duty tenant
CREATE TABLE duty (
  tenant BLOB NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
  month BIGINT NOT NULL CHECK (month BETWEEN 1 AND 12),
  title TEXT NOT NULL CHECK (length(title) <= 200),
  version BIGINT NOT NULL CHECK (version > 0),
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, key)
);

CREATE VIEW visible_duty AS
SELECT d.tenant, d.key, d.month, d.title, d.version, d.saved_at, a.level
FROM access a JOIN duty d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- table: duty_done tenant
CREATE TABLE duty_done (
  tenant BLOB NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
  fiscal_year BIGINT NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  done_on TEXT NOT NULL CHECK (length(done_on) = 10),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  PRIMARY KEY (tenant, key, fiscal_year)
);

CREATE VIEW visible_duty_done AS
SELECT d.tenant, d.key, d.fiscal_year, d.done_on, d.by_name, a.level
FROM access a JOIN duty_done d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- 引継ぎノート: every saved text of the note of a duty; the highest version is the one that holds.
-- table: duty_note tenant
CREATE TABLE duty_note (
  tenant BLOB NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
  version BIGINT NOT NULL CHECK (version > 0),
  body TEXT NOT NULL CHECK (length(body) <= 20000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, key, version)
);

CREATE VIEW visible_duty_note AS
SELECT n.tenant, n.key, n.version, n.body, n.by_name, n.saved_at, a.level
FROM access a JOIN duty_note n ON n.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A fiscal year that an office has closed.
-- table: year_close tenant
CREATE TABLE year_close (
  tenant BLOB NOT NULL,
  fiscal_year BIGINT NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  measures BIGINT NOT NULL,
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  closed_at BIGINT NOT NULL,
  PRIMARY KEY (tenant, fiscal_year)
);

CREATE VIEW visible_year_close AS
SELECT y.tenant, y.fiscal_year, y.measures, y.by_name, y.closed_at, a.level
FROM access a JOIN year_close y ON y.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- How long an office keeps a kind of record, by its own rules.
-- table: retention tenant
CREATE TABLE retention (
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  years BIGINT NOT NULL CHECK (years BETWEEN 1 AND 100),
  basis TEXT NOT NULL CHECK (length(basis) <= 200),
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (tenant, kind)
);

CREATE VIEW visible_retention AS
SELECT r.tenant, r.kind, r.years, r.basis, r.version, a.level
FROM access a JOIN retention r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A copy for a request of disclosure. `body` is the copy itself: what was blacked out is not in it any more.
-- table: disclosure tenant
CREATE TABLE disclosure (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  measure BLOB NOT NULL,
  measure_version BIGINT NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  number TEXT NOT NULL CHECK (length(number) <= 100),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 100000),
  hidden BIGINT NOT NULL CHECK (hidden >= 0),
  reason TEXT NOT NULL CHECK (length(reason) <= 2000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  at BIGINT NOT NULL
);
CREATE INDEX disclosure_tenant ON disclosure (tenant, at);

CREATE VIEW visible_disclosure AS
SELECT d.id, d.tenant, d.measure, d.measure_version, d.title, d.number, d.body, d.hidden, d.reason, d.by_name, d.at, a.level
FROM access a JOIN disclosure d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
