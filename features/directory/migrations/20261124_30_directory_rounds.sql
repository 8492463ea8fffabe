-- Keeping records true, second part: who was spoken with, what became of each field, how the yearly question travels.

-- outcome: JSON {field: 'live' | 'accepted' | 'returned'}; a field without a word waits.
ALTER TABLE provider_update ADD COLUMN spoken_with TEXT NOT NULL DEFAULT '' CHECK (length(spoken_with) <= 100);
ALTER TABLE provider_update ADD COLUMN outcome TEXT NOT NULL DEFAULT '{}' CHECK (length(outcome) <= 4000);

DROP VIEW visible_provider_update;
CREATE VIEW visible_provider_update AS
SELECT u.id, u.provider, u.tenant, u.by_org, u.by_name, u.channel, u.spoken_with, u.fields, u.base, u.note, u.verified_on,
  u.state, u.outcome, u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, u.version, a.level
FROM access a JOIN provider_update u ON u.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT u.id, u.provider, u.tenant, u.by_org, u.by_name, u.channel, u.spoken_with, u.fields, u.base, u.note, u.verified_on,
  u.state, u.outcome, u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, u.version, 1
FROM access a JOIN provider_update u ON u.by_org = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = u.tenant AND b.until > viewer_now());

-- settled: what a publication said when somebody here last decided to keep the own value.
ALTER TABLE provider_field ADD COLUMN settled TEXT CHECK (length(settled) <= 2000);

-- what: 'record' asks for the whole record, 'partners' for the agreements of a care facility. families: groups of kinds
-- between spaces, '' for all. letter: the asker's own words. waves: times that mail went out; the second is the automatic one.
ALTER TABLE confirmation_round ADD COLUMN what TEXT NOT NULL DEFAULT 'record' CHECK (what IN ('record', 'partners'));
ALTER TABLE confirmation_round ADD COLUMN families TEXT NOT NULL DEFAULT '' CHECK (length(families) <= 200);
ALTER TABLE confirmation_round ADD COLUMN letter TEXT NOT NULL DEFAULT '' CHECK (length(letter) <= 2000);
ALTER TABLE confirmation_round ADD COLUMN waves BIGINT NOT NULL DEFAULT 0;

DROP VIEW visible_confirmation_round;
CREATE VIEW visible_confirmation_round AS
SELECT r.id, r.tenant, r.title, r.what, r.municipalities, r.families, r.letter, r.due_on, r.state, r.asked, r.waves,
  r.created_at, r.closed_at, r.version, a.level
FROM access a JOIN confirmation_round r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- token and code hold keyed hashes: the link and the short code are derived from the item's id with the installation's key.
-- kind: the group of kinds. mailed: the last wave that went out by mail.
ALTER TABLE confirmation_item ADD COLUMN what TEXT NOT NULL DEFAULT 'record' CHECK (what IN ('record', 'partners'));
ALTER TABLE confirmation_item ADD COLUMN code TEXT CHECK (length(code) <= 60);
ALTER TABLE confirmation_item ADD COLUMN due_on TEXT NOT NULL DEFAULT '' CHECK (length(due_on) <= 10);
ALTER TABLE confirmation_item ADD COLUMN mailed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE confirmation_item ADD COLUMN call_note TEXT NOT NULL DEFAULT '' CHECK (length(call_note) <= 200);
CREATE UNIQUE INDEX confirmation_item_code ON confirmation_item (code);
CREATE INDEX confirmation_item_provider ON confirmation_item (provider, state);

-- The asker sees the items of its rounds, the keeper of a record those of its record, without the way in.
DROP VIEW visible_confirmation_item;
CREATE VIEW visible_confirmation_item AS
SELECT i.id, i.round, i.tenant, i.provider, i.municipality, i.kind, i.what, i.due_on, i.state, i.chased, i.chased_on,
  i.mailed, i.call_note, i.answered_at, a.level, i.tenant AS seen_by
FROM access a JOIN confirmation_item i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT i.id, i.round, i.tenant, i.provider, i.municipality, i.kind, i.what, i.due_on, i.state, i.chased, i.chased_on,
  i.mailed, '', i.answered_at, 1, k.organisation
FROM access a JOIN provider_keeper k ON k.organisation = a.subject JOIN confirmation_item i ON i.provider = k.provider
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = i.tenant AND b.until > viewer_now());

-- Where the yearly question is sent when the office has no account. tenant: the municipality.
-- table: provider_contact tenant
CREATE TABLE provider_contact (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL UNIQUE REFERENCES provider (id),
  tenant BLOB NOT NULL,
  mail TEXT NOT NULL CHECK (length(mail) <= 200),
  saved_at BIGINT NOT NULL
);
CREATE INDEX provider_contact_tenant ON provider_contact (tenant);

CREATE VIEW visible_provider_contact AS
SELECT c.id, c.provider, c.tenant, c.mail, c.saved_at, a.level
FROM access a JOIN provider_contact c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- What a municipality decided about its records: days until a confirmation is old; who decides ('approver': approvers and
-- managers, 'editor': editors too); whether vacancies and new patients are shown at once.
-- table: upkeep_setting open clustered
CREATE TABLE upkeep_setting (
  municipality TEXT NOT NULL PRIMARY KEY CHECK (length(municipality) = 6),
  stale_days BIGINT NOT NULL CHECK (stale_days BETWEEN 30 AND 2000),
  decides TEXT NOT NULL CHECK (decides IN ('approver', 'editor')),
  at_once BIGINT NOT NULL CHECK (at_once IN (0, 1)),
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);
