-- Hand-overs, deputies, agreements with municipalities, search marks, retention.

-- A consultation handed to another office, or proposed to a hospital for joint handling. `tenant` is the desk that hands over;
-- `receiver` answers in Renkei, without one it goes on paper and the desk types the answer in. What is handed over (`texts`) is
-- sealed and does not change afterwards: the receiver sees exactly this, and the record itself only when `whole` was agreed on
-- (`basis` says on what ground). `reasons` are codes of data/joint.tsv. `deputy` was named when nobody answered in time;
-- `escalations` counts how often.
-- table: consultation_handover tenant
CREATE TABLE consultation_handover (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('handover', 'joint')),
  tenant BLOB NOT NULL,
  sender_name TEXT NOT NULL CHECK (length(sender_name) BETWEEN 1 AND 300),
  receiver BLOB,
  receiver_name TEXT NOT NULL CHECK (length(receiver_name) BETWEEN 1 AND 300),
  receiver_fax TEXT NOT NULL CHECK (length(receiver_fax) <= 40),
  consultation BLOB NOT NULL REFERENCES consultation (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  category TEXT NOT NULL CHECK (length(category) <= 20),
  reasons TEXT NOT NULL CHECK (length(reasons) <= 200),
  whole BIGINT NOT NULL CHECK (whole IN (0, 1)),
  basis TEXT NOT NULL CHECK (length(basis) <= 20),
  texts BLOB NOT NULL CHECK (length(texts) <= 50000),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('sent', 'accepted', 'declined', 'reported', 'closed')),
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'yes', 'partly', 'no', 'unknown')),
  code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 6 AND 12),
  sent_at BIGINT NOT NULL,
  seen_at BIGINT,
  moved_on TEXT NOT NULL CHECK (length(moved_on) = 10),
  escalations BIGINT NOT NULL CHECK (escalations >= 0),
  deputy BLOB,
  deputy_name TEXT NOT NULL CHECK (length(deputy_name) <= 200),
  deputy_of BLOB,
  escalated_on TEXT CHECK (length(escalated_on) = 10),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK (whole = 0 OR length(basis) > 0)
);
CREATE INDEX consultation_handover_tenant ON consultation_handover (tenant, state, due_on);
CREATE INDEX consultation_handover_receiver ON consultation_handover (receiver, state, due_on) WHERE receiver IS NOT NULL;
CREATE INDEX consultation_handover_of ON consultation_handover (consultation, sent_at);

-- Both sides see it, nobody else; the receiver without the way to the record. `sends` and `receives` tell on which side the
-- viewer stands: the receiver's side counts only for its own people, not for a desk that is declared to act for a town.
CREATE VIEW visible_consultation_handover AS
SELECT h.id, h.kind, h.tenant, h.sender_name, h.receiver, h.receiver_name, h.receiver_fax,
  CASE WHEN h.sends > 0 OR h.whole = 1 THEN h.consultation END AS consultation,
  h.municipality, h.category, h.reasons, h.whole, h.basis, h.texts, h.due_on, h.state, h.outcome, h.code, h.sent_at, h.seen_at,
  h.moved_on, h.escalations, h.deputy, h.deputy_name, h.deputy_of, h.escalated_on, h.fictional, h.version, h.sends, h.receives,
  CASE WHEN h.sends > h.receives THEN h.sends ELSE h.receives END AS level
FROM (SELECT o.id, o.kind, o.tenant, o.sender_name, o.receiver, o.receiver_name, o.receiver_fax, o.consultation, o.municipality,
    o.category, o.reasons, o.whole, o.basis, o.texts, o.due_on, o.state, o.outcome, o.code, o.sent_at, o.seen_at, o.moved_on,
    o.escalations, o.deputy, o.deputy_name, o.deputy_of, o.escalated_on, o.fictional, o.version,
    COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
      AND a.subject = o.tenant AND a.via = 'membership'), 0) AS sends,
    COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
      AND a.subject = o.receiver AND a.via = 'membership'), 0) AS receives
  FROM consultation_handover o
  WHERE o.id IN (SELECT x.id FROM access a JOIN consultation_handover x ON x.tenant = a.subject
      WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership')
    OR o.id IN (SELECT y.id FROM access a JOIN consultation_handover y ON y.receiver = a.subject
      WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership')) h;

-- What happened to it, for both sides. `note` is sealed. `behalf`: who answered on paper, when the desk typed it in.
-- table: consultation_handover_step tenant
CREATE TABLE consultation_handover_step (
  id BLOB NOT NULL PRIMARY KEY,
  handover BLOB NOT NULL REFERENCES consultation_handover (id),
  tenant BLOB NOT NULL,
  step TEXT NOT NULL CHECK (length(step) BETWEEN 1 AND 20),
  note BLOB CHECK (length(note) <= 30000),
  due_on TEXT CHECK (length(due_on) = 10),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  behalf TEXT NOT NULL CHECK (length(behalf) <= 300),
  happened_on TEXT NOT NULL CHECK (length(happened_on) = 10),
  version BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX consultation_handover_step_of ON consultation_handover_step (handover, at, id);

CREATE VIEW visible_consultation_handover_step AS
SELECT s.id, s.handover, s.tenant, s.step, s.note, s.due_on, s.by_name, s.behalf, s.happened_on, s.version, s.at
FROM visible_consultation_handover h JOIN consultation_handover_step s ON s.handover = h.id;

-- Who takes over when nobody answers: names in their order, as JSON.
-- table: consultation_deputies tenant
CREATE TABLE consultation_deputies (
  tenant BLOB NOT NULL PRIMARY KEY,
  list TEXT NOT NULL CHECK (length(list) BETWEEN 2 AND 4000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0)
);

CREATE VIEW visible_consultation_deputies AS
SELECT d.tenant, d.list, d.by_name, d.saved_at, d.version, a.level
FROM access a JOIN consultation_deputies d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';

-- Days on which somebody is away, first and last included.
-- table: consultation_absence tenant
CREATE TABLE consultation_absence (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  account BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  first_on TEXT NOT NULL CHECK (length(first_on) = 10),
  last_on TEXT NOT NULL CHECK (length(last_on) = 10),
  CHECK (first_on <= last_on)
);
CREATE INDEX consultation_absence_tenant ON consultation_absence (tenant, last_on);

CREATE VIEW visible_consultation_absence AS
SELECT b.id, b.tenant, b.account, b.name, b.first_on, b.last_on, a.level
FROM access a JOIN consultation_absence b ON b.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';

-- A desk and a municipality agree that anonymised cases of the municipality are shown to it. In force only while both have
-- approved, between its days.
-- table: consultation_agreement tenant
CREATE TABLE consultation_agreement (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  town BLOB NOT NULL,
  desk_name TEXT NOT NULL CHECK (length(desk_name) BETWEEN 1 AND 300),
  town_name TEXT NOT NULL CHECK (length(town_name) BETWEEN 1 AND 300),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  first_on TEXT NOT NULL CHECK (length(first_on) = 10),
  last_on TEXT NOT NULL CHECK (length(last_on) = 10),
  desk_by TEXT NOT NULL CHECK (length(desk_by) <= 400),
  desk_at BIGINT,
  town_by TEXT NOT NULL CHECK (length(town_by) <= 400),
  town_at BIGINT,
  ended_by TEXT NOT NULL CHECK (length(ended_by) <= 400),
  ended_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK (first_on <= last_on),
  CHECK ((desk_at IS NULL) = (length(desk_by) = 0)),
  CHECK ((town_at IS NULL) = (length(town_by) = 0)),
  CHECK ((ended_at IS NULL) = (length(ended_by) = 0))
);
CREATE INDEX consultation_agreement_tenant ON consultation_agreement (tenant, municipality);
CREATE INDEX consultation_agreement_town ON consultation_agreement (town, tenant);

-- Only the two sides' own people: a desk that acts for a town does not approve in its name.
CREATE VIEW visible_consultation_agreement AS
SELECT g.id, g.tenant, g.town, g.desk_name, g.town_name, g.municipality, g.first_on, g.last_on, g.desk_by, g.desk_at, g.town_by,
  g.town_at, g.ended_by, g.ended_at, g.version, 'desk' AS side, a.level
FROM access a JOIN consultation_agreement g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
UNION ALL
SELECT g.id, g.tenant, g.town, g.desk_name, g.town_name, g.municipality, g.first_on, g.last_on, g.desk_by, g.desk_at, g.town_by,
  g.town_at, g.ended_by, g.ended_at, g.version, 'town' AS side, a.level
FROM access a JOIN consultation_agreement g ON g.town = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';

-- Search marks: a keyed Bloom filter over the pairs of characters of a record's texts, 512 bits. The texts stay sealed; a mark
-- only says where it is worth opening them.
-- table: consultation_mark tenant
CREATE TABLE consultation_mark (
  consultation BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  received_at BIGINT NOT NULL,
  m0 BIGINT NOT NULL,
  m1 BIGINT NOT NULL,
  m2 BIGINT NOT NULL,
  m3 BIGINT NOT NULL,
  m4 BIGINT NOT NULL,
  m5 BIGINT NOT NULL,
  m6 BIGINT NOT NULL,
  m7 BIGINT NOT NULL
);
CREATE INDEX consultation_mark_scan ON consultation_mark (tenant, received_at, m0, m1, m2, m3, m4, m5, m6, m7, consultation);

CREATE VIEW visible_consultation_mark AS
SELECT k.consultation, k.tenant, k.received_at, k.m0, k.m1, k.m2, k.m3, k.m4, k.m5, k.m6, k.m7
FROM access a JOIN consultation_mark k ON k.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';

-- How long a desk keeps the texts of a kind of record, and why.
-- table: consultation_retention tenant
CREATE TABLE consultation_retention (
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  years BIGINT NOT NULL CHECK (years BETWEEN 1 AND 30),
  basis TEXT NOT NULL CHECK (length(basis) BETWEEN 1 AND 200),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  PRIMARY KEY (tenant, kind)
);

CREATE VIEW visible_consultation_retention AS
SELECT r.tenant, r.kind, r.years, r.basis, r.by_name, r.saved_at, r.version, a.level
FROM access a JOIN consultation_retention r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';

-- A proposal to destroy the texts of records of a kind closed before a day, and what became of it: the certificate.
-- table: consultation_disposal tenant
CREATE TABLE consultation_disposal (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  before_on TEXT NOT NULL CHECK (length(before_on) = 10),
  years BIGINT NOT NULL,
  basis TEXT NOT NULL CHECK (length(basis) <= 200),
  records BIGINT NOT NULL CHECK (records >= 0),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'done')),
  proposed_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL CHECK (length(decided_by) <= 400),
  decided_at BIGINT,
  destroyed BIGINT NOT NULL CHECK (destroyed >= 0),
  done_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX consultation_disposal_tenant ON consultation_disposal (tenant, kind, before_on);

CREATE VIEW visible_consultation_disposal AS
SELECT d.id, d.tenant, d.kind, d.before_on, d.years, d.basis, d.records, d.state, d.proposed_at, d.decided_by, d.decided_at,
  d.destroyed, d.done_at, d.version, a.level
FROM access a JOIN consultation_disposal d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';

-- Records that are kept although their time is over, with the reason as a code.
-- table: consultation_hold tenant
CREATE TABLE consultation_hold (
  consultation BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('dispute', 'disclosure', 'abuse', 'ongoing')),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  at BIGINT NOT NULL
);
CREATE INDEX consultation_hold_tenant ON consultation_hold (tenant);

CREATE VIEW visible_consultation_hold AS
SELECT k.consultation, k.tenant, k.reason, k.by_name, k.at, a.level
FROM access a JOIN consultation_hold k ON k.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership';
