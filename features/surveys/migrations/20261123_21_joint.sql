-- Joint answers: several municipalities of a district answer one question with one text, each with its own differences.

-- The common text. Who started it stands in `lead_name` for the record; everything else is decided by the members.
-- table: joint_text tenant
CREATE TABLE joint_text (
  id BLOB NOT NULL PRIMARY KEY,
  round BLOB NOT NULL REFERENCES survey_round (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  lead BLOB NOT NULL,
  lead_name TEXT NOT NULL CHECK (length(lead_name) BETWEEN 1 AND 200),
  base TEXT NOT NULL CHECK (length(base) BETWEEN 1 AND 200000),
  version BIGINT NOT NULL CHECK (version > 0),
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_name TEXT NOT NULL CHECK (length(changed_name) <= 200)
);
CREATE INDEX joint_text_round ON joint_text (round, field);

-- One municipality in a joint text. `own` holds its differences by paragraph as JSON. `adopted_base` and `adopted_own` are the
-- versions it took into its answer.
-- table: joint_member tenant
CREATE TABLE joint_member (
  joint BLOB NOT NULL REFERENCES joint_text (id),
  tenant BLOB NOT NULL,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  sort BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('invited', 'joined', 'left')),
  own TEXT NOT NULL CHECK (length(own) <= 400000),
  own_version BIGINT NOT NULL,
  adopted_base BIGINT NOT NULL,
  adopted_own BIGINT NOT NULL,
  adopted_at BIGINT,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (joint, tenant)
);
CREATE INDEX joint_member_tenant ON joint_member (tenant, joint);

-- Through whom a joint text is seen: a row for each that is invited or inside; `inside` opens the others' differences.
-- table: joint_reader system
CREATE TABLE joint_reader (
  joint BLOB NOT NULL REFERENCES joint_text (id),
  subject BLOB NOT NULL,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  inside BIGINT NOT NULL CHECK (inside IN (0, 1)),
  PRIMARY KEY (joint, subject)
);
CREATE INDEX joint_reader_subject ON joint_reader (subject, joint);

-- Members and those who were invited see the common text; who left does not.
CREATE VIEW visible_joint_text AS
SELECT j.id, j.round, j.field, j.lead, j.lead_name, j.base, j.version, j.made_at, j.changed_at, j.changed_name, g.reply,
  g.subject AS tenant, a.level
FROM access a JOIN joint_reader g ON g.subject = a.subject JOIN joint_text j ON j.id = g.joint
WHERE a.account = viewer_account() AND a.until > viewer_now();

-- Each sees itself; the others' differences only from inside. `viewed_from` is the answer of the member that looks.
CREATE VIEW visible_joint_member AS
SELECT o.joint, o.tenant, o.reply, o.name, o.sort, o.state, o.own, o.own_version, o.adopted_base, o.adopted_own, o.adopted_at,
  g.reply AS viewed_from, CASE WHEN o.tenant = g.subject THEN a.level ELSE 1 END AS level
FROM access a JOIN joint_reader g ON g.subject = a.subject JOIN joint_member o ON o.joint = g.joint
WHERE a.account = viewer_account() AND a.until > viewer_now() AND (g.inside = 1 OR o.tenant = g.subject);
