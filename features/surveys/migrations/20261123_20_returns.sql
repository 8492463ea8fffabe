-- Answers that do not come through the page: a form that was sent back as a file, what somebody entered on behalf of a
-- municipality, and links for municipalities without an account.

-- What came back, before it is taken over. `entered_office` is the office of the person who uploaded or typed it; the office
-- that asks sees only what it entered itself, never a municipality's own file. `problems` holds the report in both languages.
-- table: form_return tenant
CREATE TABLE form_return (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('file', 'proxy', 'link')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'dropped')),
  answers TEXT NOT NULL CHECK (length(answers) <= 5000000),
  problems TEXT NOT NULL CHECK (length(problems) <= 200000),
  file_name TEXT NOT NULL CHECK (length(file_name) <= 300),
  stamp BIGINT,
  entered_at BIGINT NOT NULL,
  entered_by BLOB,
  entered_office BLOB,
  decided_at BIGINT,
  decided_by BLOB,
  confirmed TEXT NOT NULL CHECK (length(confirmed) <= 300)
);
CREATE INDEX form_return_tenant ON form_return (tenant, reply) WHERE state = 'waiting';
CREATE INDEX form_return_asker ON form_return (asker, round) WHERE via = 'proxy';

CREATE VIEW visible_form_return AS
SELECT f.id, f.reply, f.round, f.tenant, f.asker, f.via, f.state, f.answers, f.problems, f.file_name, f.stamp, f.entered_at,
  f.entered_office, f.decided_at, f.confirmed, (SELECT p.name FROM account p WHERE p.id = f.entered_by) AS entered_name,
  (SELECT o.name FROM organisation o WHERE o.id = f.entered_office) AS office_name, 'tenant' AS side, a.level
FROM access a JOIN form_return f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT f.id, f.reply, f.round, f.tenant, f.asker, f.via, f.state, f.answers, f.problems, f.file_name, f.stamp, f.entered_at,
  f.entered_office, f.decided_at, f.confirmed, (SELECT p.name FROM account p WHERE p.id = f.entered_by) AS entered_name,
  (SELECT o.name FROM organisation o WHERE o.id = f.entered_office) AS office_name, 'asker' AS side, a.level
FROM access a JOIN form_return f ON f.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND f.via = 'proxy' AND f.entered_office = f.asker;

-- A link that opens one municipality's form without an account. Only a keyed hash of its secret is kept. `window_at` and
-- `window_uses` count uploads of the last hour.
-- table: form_link tenant
CREATE TABLE form_link (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  recipient TEXT NOT NULL CHECK (length(recipient) <= 254),
  made_at BIGINT NOT NULL,
  made_by BLOB,
  ends BIGINT NOT NULL,
  revoked_at BIGINT,
  used_at BIGINT,
  window_at BIGINT NOT NULL,
  window_uses BIGINT NOT NULL
);
CREATE INDEX form_link_asker ON form_link (asker, round);
CREATE INDEX form_link_tenant ON form_link (tenant, reply);

CREATE VIEW visible_form_link AS
SELECT l.id, l.reply, l.round, l.tenant, l.recipient, l.made_at, l.ends, l.revoked_at, l.used_at, 'asker' AS side, a.level
FROM access a JOIN form_link l ON l.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT l.id, l.reply, l.round, l.tenant, l.recipient, l.made_at, l.ends, l.revoked_at, l.used_at, 'tenant' AS side, a.level
FROM access a JOIN form_link l ON l.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
