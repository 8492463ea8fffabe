-- Residents who ask to be called back. Name, number and their words are sealed; `sender` is a keyed hash of the browser's address,
-- for the limit per hour, and is taken off when the request is done. `promised_by`: when the desk said it would have called.
-- table: callback_request tenant
CREATE TABLE callback_request (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  texts BLOB NOT NULL CHECK (length(texts) <= 8000),
  hours TEXT NOT NULL CHECK (hours IN ('any', 'morning', 'afternoon', 'late')),
  channel TEXT NOT NULL CHECK (channel IN ('web', 'paper')),
  sender BLOB,
  received_at BIGINT NOT NULL,
  promised_by BIGINT NOT NULL,
  escalated_at BIGINT,
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'reached', 'not_reached', 'passed_on')),
  done_at BIGINT,
  done_by BLOB,
  done_name TEXT NOT NULL CHECK (length(done_name) <= 400),
  keep_until TEXT CHECK (length(keep_until) = 10),
  consultation BLOB REFERENCES consultation (id),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK ((done_at IS NULL) = (outcome = ''))
);
CREATE INDEX callback_open ON callback_request (tenant, done_at, promised_by);
CREATE INDEX callback_sender ON callback_request (sender, received_at) WHERE sender IS NOT NULL;
CREATE INDEX callback_keep ON callback_request (keep_until) WHERE keep_until IS NOT NULL;

CREATE VIEW visible_callback_request AS
SELECT c.id, c.tenant, c.municipality, c.texts, c.hours, c.channel, c.received_at, c.promised_by, c.escalated_at, c.outcome,
  c.done_at, c.done_by, c.done_name, c.keep_until, c.consultation, c.fictional, c.version, a.level
FROM access a JOIN callback_request c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
