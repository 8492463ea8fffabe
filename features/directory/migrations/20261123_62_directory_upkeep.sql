-- Keeping records true: offices and desks propose, an approver sees the difference; the yearly round of confirmation.

-- A proposed change. tenant: the municipality that approves; by_org: who entered it, NULL when it came through a link on
-- paper or by mail. fields: JSON {field: new value}; base: JSON {field: value that was shown}.
-- table: provider_update tenant
CREATE TABLE provider_update (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  tenant BLOB NOT NULL,
  by_org BLOB,
  by_name TEXT NOT NULL CHECK (length(by_name) <= 200),
  channel TEXT NOT NULL CHECK (channel IN ('own', 'phone', 'fax', 'paper', 'link')),
  fields TEXT NOT NULL CHECK (length(fields) <= 40000),
  base TEXT NOT NULL CHECK (length(base) <= 40000),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  verified_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'withdrawn')),
  round_item BLOB,
  created_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by TEXT NOT NULL CHECK (length(decided_by) <= 200),
  reason TEXT NOT NULL CHECK (length(reason) <= 1000),
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX provider_update_tenant ON provider_update (tenant, state, created_at);
CREATE INDEX provider_update_by ON provider_update (by_org, state, created_at);
CREATE INDEX provider_update_provider ON provider_update (provider, state);

-- Seen by the municipality that decides and by the office or desk that entered it.
CREATE VIEW visible_provider_update AS
SELECT u.id, u.provider, u.tenant, u.by_org, u.by_name, u.channel, u.fields, u.base, u.note, u.verified_on, u.state,
  u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, u.version, a.level
FROM access a JOIN provider_update u ON u.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT u.id, u.provider, u.tenant, u.by_org, u.by_name, u.channel, u.fields, u.base, u.note, u.verified_on, u.state,
  u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, u.version, 1
FROM access a JOIN provider_update u ON u.by_org = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = u.tenant AND b.until > viewer_now());

-- Whose account may keep which provider's record.
-- table: provider_keeper open clustered
CREATE TABLE provider_keeper (
  provider BLOB NOT NULL REFERENCES provider (id),
  organisation BLOB NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (provider, organisation)
);
CREATE INDEX provider_keeper_organisation ON provider_keeper (organisation);

-- A yearly round: who is asked to confirm, until when. tenant: the municipality or desk that asks.
-- table: confirmation_round tenant
CREATE TABLE confirmation_round (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  municipalities TEXT NOT NULL CHECK (length(municipalities) BETWEEN 6 AND 400),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  asked BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX confirmation_round_tenant ON confirmation_round (tenant, created_at);

CREATE VIEW visible_confirmation_round AS
SELECT r.id, r.tenant, r.title, r.municipalities, r.due_on, r.state, r.asked, r.created_at, r.closed_at, r.version, a.level
FROM access a JOIN confirmation_round r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- One provider in a round. token: opens the page of this record for the one who holds the link or the paper.
-- table: confirmation_item tenant
CREATE TABLE confirmation_item (
  id BLOB NOT NULL PRIMARY KEY,
  round BLOB NOT NULL REFERENCES confirmation_round (id),
  tenant BLOB NOT NULL,
  provider BLOB NOT NULL REFERENCES provider (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  token TEXT NOT NULL UNIQUE CHECK (length(token) BETWEEN 20 AND 60),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'confirmed', 'unreachable')),
  chased BIGINT NOT NULL,
  chased_on TEXT,
  answered_at BIGINT,
  UNIQUE (round, provider)
);
CREATE INDEX confirmation_item_state ON confirmation_item (round, state, municipality);

CREATE VIEW visible_confirmation_item AS
SELECT i.id, i.round, i.tenant, i.provider, i.municipality, i.kind, i.token, i.state, i.chased, i.chased_on, i.answered_at,
  a.level
FROM access a JOIN confirmation_item i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
