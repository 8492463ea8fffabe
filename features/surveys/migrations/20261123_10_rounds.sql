-- Survey rounds: the prefecture asks, municipalities answer, approve, submit; afterwards the answers are checked and published.
-- `tenant` is the organisation whose text it is, `asker` the office that asks. No foreign keys to organisations: answers outlive
-- offices that merge.

-- One round. Dates are ISO days in Japan; an empty text means that none is set.
-- table: survey_round tenant
CREATE TABLE survey_round (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  title_en TEXT NOT NULL CHECK (length(title_en) <= 500),
  fiscal_year BIGINT NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  based_on BLOB REFERENCES survey (id),
  catalogue TEXT NOT NULL CHECK (length(catalogue) <= 1000000),
  letter_to TEXT NOT NULL CHECK (length(letter_to) <= 500),
  letter_number TEXT NOT NULL CHECK (length(letter_number) <= 100),
  letter_date TEXT NOT NULL CHECK (length(letter_date) <= 10),
  letter_body TEXT NOT NULL CHECK (length(letter_body) <= 10000),
  contact TEXT NOT NULL CHECK (length(contact) <= 1000),
  due TEXT NOT NULL CHECK (length(due) <= 10),
  default_range TEXT NOT NULL CHECK (default_range IN ('public', 'meeting', 'offices')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'checking', 'published')),
  check_due TEXT NOT NULL CHECK (length(check_due) <= 10),
  survey BLOB REFERENCES survey (id),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  created_at BIGINT NOT NULL,
  sent_at BIGINT,
  closed_at BIGINT,
  published_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX survey_round_tenant ON survey_round (tenant);

-- Who may read a round: the office that asks, and after sending each municipality that is asked.
-- table: round_reader system
CREATE TABLE round_reader (
  round BLOB NOT NULL REFERENCES survey_round (id),
  subject BLOB NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('asker', 'tenant')),
  PRIMARY KEY (round, subject)
);
CREATE INDEX round_reader_subject ON round_reader (subject, round);

-- A desk that acts for several municipalities sees a round once per municipality: `side` and `reader` say through whom.
CREATE VIEW visible_survey_round AS
SELECT r.id, r.tenant, r.slug, r.title, r.title_en, r.fiscal_year, r.based_on, r.catalogue, r.letter_to, r.letter_number,
  r.letter_date, r.letter_body, r.contact, r.due, r.default_range, r.state, r.check_due, r.survey, r.fictional, r.created_at,
  r.sent_at, r.closed_at, r.published_at, r.version, g.side, g.subject AS reader,
  CASE WHEN g.side = 'asker' THEN a.level ELSE 1 END AS level
FROM access a JOIN round_reader g ON g.subject = a.subject JOIN survey_round r ON r.id = g.round
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- One municipality in a round: where its answer stands and since when. No text of the answer is here.
-- table: round_reply tenant
CREATE TABLE round_reply (
  id BLOB NOT NULL PRIMARY KEY,
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  sort BIGINT NOT NULL,
  due TEXT NOT NULL CHECK (length(due) <= 10),
  state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'submitted', 'returned', 'accepted', 'published')),
  opened_at BIGINT,
  started_at BIGINT,
  changed_at BIGINT,
  submitted_at BIGINT,
  late BIGINT NOT NULL CHECK (late IN (0, 1)),
  reminded_at BIGINT,
  reminders BIGINT NOT NULL,
  versions BIGINT NOT NULL,
  current BLOB,
  check_state TEXT NOT NULL CHECK (check_state IN ('none', 'asked', 'change', 'agreed')),
  check_at BIGINT,
  check_version BLOB,
  check_note TEXT NOT NULL CHECK (length(check_note) <= 2000),
  version BIGINT NOT NULL CHECK (version > 0),
  UNIQUE (round, tenant)
);
CREATE INDEX round_reply_tenant ON round_reply (tenant, round);
CREATE INDEX round_reply_asker ON round_reply (asker, round);

CREATE VIEW visible_round_reply AS
SELECT p.id, p.round, p.tenant, p.asker, p.municipality, p.name, p.sort, p.due, p.state, p.opened_at, p.started_at, p.changed_at,
  p.submitted_at, p.late, p.reminded_at, p.reminders, p.versions, p.current, p.check_state, p.check_at, p.check_version,
  p.check_note, p.version, 'tenant' AS side, a.level
FROM access a JOIN round_reply p ON p.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND p.opened_at IS NOT NULL
UNION ALL
SELECT p.id, p.round, p.tenant, p.asker, p.municipality, p.name, p.sort, p.due, p.state, p.opened_at, p.started_at, p.changed_at,
  p.submitted_at, p.late, p.reminded_at, p.reminders, p.versions, p.current, p.check_state, p.check_at, p.check_version,
  p.check_note, p.version, 'asker' AS side, a.level
FROM access a JOIN round_reply p ON p.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- The working text of one field. Only the municipality and who acts for it ever read this table.
-- `saved_office` is the organisation of the writer; `channel` says how the text came.
-- table: round_field tenant
CREATE TABLE round_field (
  reply BLOB NOT NULL REFERENCES round_reply (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  tenant BLOB NOT NULL,
  value TEXT NOT NULL CHECK (length(value) <= 200000),
  answer_range TEXT NOT NULL CHECK (answer_range IN ('public', 'meeting', 'offices')),
  channel TEXT NOT NULL CHECK (channel IN ('screen', 'file', 'proxy', 'joint', 'proposal')),
  saved_at BIGINT NOT NULL,
  saved_by BLOB,
  saved_office BLOB,
  audited_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (reply, field)
);
CREATE INDEX round_field_tenant ON round_field (tenant, reply);

CREATE VIEW visible_round_field AS
SELECT f.reply, f.field, f.tenant, f.value, f.answer_range, f.channel, f.saved_at, f.saved_by, f.saved_office, f.version,
  (SELECT p.name FROM account p WHERE p.id = f.saved_by) AS saved_name, a.level
FROM access a JOIN round_field f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- A text that met another one in the same field: kept until somebody has decided what becomes of it.
-- table: round_aside tenant
CREATE TABLE round_aside (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  tenant BLOB NOT NULL,
  value TEXT NOT NULL CHECK (length(value) <= 200000),
  saved_at BIGINT NOT NULL,
  saved_by BLOB,
  resolved_at BIGINT
);
CREATE INDEX round_aside_reply ON round_aside (tenant, reply) WHERE resolved_at IS NULL;

CREATE VIEW visible_round_aside AS
SELECT s.id, s.reply, s.field, s.tenant, s.value, s.saved_at, s.saved_by, s.resolved_at,
  (SELECT p.name FROM account p WHERE p.id = s.saved_by) AS saved_name, a.level
FROM access a JOIN round_aside s ON s.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- The whole answer as it was sent for approval; never changed afterwards. Seen by the office that asks from submission on, by the
-- other municipalities of the round once it is laid before all of them (shared_at).
-- table: round_version tenant
CREATE TABLE round_version (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  answers TEXT NOT NULL CHECK (length(answers) <= 5000000),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'submitted', 'returned', 'accepted', 'published')),
  made_at BIGINT NOT NULL,
  made_by BLOB,
  made_office BLOB,
  approval TEXT NOT NULL CHECK (approval IN ('none', 'renkei', 'outside')),
  approved_at BIGINT,
  approved_by BLOB,
  document_number TEXT NOT NULL CHECK (length(document_number) <= 100),
  decided_on TEXT NOT NULL CHECK (length(decided_on) <= 10),
  decider_post TEXT NOT NULL CHECK (length(decider_post) <= 100),
  submitted_at BIGINT,
  late BIGINT NOT NULL CHECK (late IN (0, 1)),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  decided_at BIGINT,
  shared_at BIGINT,
  UNIQUE (reply, number)
);
CREATE INDEX round_version_tenant ON round_version (tenant, reply);
CREATE INDEX round_version_asker ON round_version (asker, round) WHERE submitted_at IS NOT NULL;
CREATE INDEX round_version_shared ON round_version (round) WHERE shared_at IS NOT NULL;

CREATE VIEW visible_round_version AS
SELECT v.id, v.reply, v.round, v.tenant, v.asker, v.number, v.answers, v.state, v.made_at, v.approval, v.approved_at,
  v.document_number, v.decided_on, v.decider_post, v.submitted_at, v.late, v.note, v.decided_at, v.shared_at,
  (SELECT p.name FROM account p WHERE p.id = v.made_by) AS made_name,
  (SELECT p.name FROM account p WHERE p.id = v.approved_by) AS approved_name, 'tenant' AS side, a.level
FROM access a JOIN round_version v ON v.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT v.id, v.reply, v.round, v.tenant, v.asker, v.number, v.answers, v.state, v.made_at, v.approval, v.approved_at,
  v.document_number, v.decided_on, v.decider_post, v.submitted_at, v.late, v.note, v.decided_at, v.shared_at,
  NULL AS made_name, NULL AS approved_name, 'asker' AS side, a.level
FROM access a JOIN round_version v ON v.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND v.submitted_at IS NOT NULL
UNION ALL
SELECT v.id, v.reply, v.round, v.tenant, v.asker, v.number, v.answers, v.state, v.made_at, v.approval, v.approved_at,
  '' AS document_number, '' AS decided_on, '' AS decider_post, v.submitted_at, v.late, '' AS note, v.decided_at, v.shared_at,
  NULL AS made_name, NULL AS approved_name, 'fellow' AS side, 1 AS level
FROM access a JOIN round_reader g ON g.subject = a.subject JOIN round_version v ON v.round = g.round
WHERE a.account = viewer_account() AND a.until > viewer_now() AND v.shared_at IS NOT NULL AND g.side = 'tenant'
  AND v.tenant <> g.subject;

-- Files beside an answer. The office that asks sees them from submission on; they are never published.
-- table: round_file tenant
CREATE TABLE round_file (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  field TEXT NOT NULL CHECK (length(field) <= 40),
  file BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  mime TEXT NOT NULL CHECK (length(mime) <= 100),
  size BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by BLOB,
  submitted_at BIGINT,
  removed_at BIGINT
);
CREATE INDEX round_file_reply ON round_file (tenant, reply) WHERE removed_at IS NULL;

CREATE VIEW visible_round_file AS
SELECT f.id, f.reply, f.tenant, f.asker, f.field, f.file, f.name, f.mime, f.size, f.added_at, f.submitted_at, f.removed_at,
  (SELECT p.name FROM account p WHERE p.id = f.added_by) AS added_name, 'tenant' AS side, a.level
FROM access a JOIN round_file f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT f.id, f.reply, f.tenant, f.asker, f.field, f.file, f.name, f.mime, f.size, f.added_at, f.submitted_at, f.removed_at,
  NULL AS added_name, 'asker' AS side, a.level
FROM access a JOIN round_file f ON f.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND f.submitted_at IS NOT NULL;
