-- Who is who, how they prove it, and where they belong.

-- One human being. The name is kept as typed; sign-in name and address are folded, so that two that look alike are one.
-- table: account system
CREATE TABLE account (
  id BLOB NOT NULL PRIMARY KEY,
  sign_in TEXT NOT NULL UNIQUE CHECK (length(sign_in) BETWEEN 3 AND 60),
  email TEXT UNIQUE CHECK (length(email) <= 200),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  lang TEXT NOT NULL CHECK (lang IN ('ja', 'en')),
  state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  created BIGINT NOT NULL,
  closed BIGINT,
  last_sign_in BIGINT
);

-- stands_alone: long enough to be used without a second factor.
-- table: account_password system
CREATE TABLE account_password (
  account BLOB NOT NULL PRIMARY KEY REFERENCES account (id),
  hash TEXT NOT NULL CHECK (length(hash) <= 300),
  stands_alone BIGINT NOT NULL CHECK (stands_alone IN (0, 1)),
  changed BIGINT NOT NULL
);

-- The secret is sealed by the installation's key. last_step: a code opens once.
-- table: totp system
CREATE TABLE totp (
  account BLOB NOT NULL PRIMARY KEY REFERENCES account (id),
  sealed BLOB NOT NULL,
  last_step BIGINT NOT NULL,
  created BIGINT NOT NULL
);

-- Keyed hashes. issued_by is set when the office's manager gave a single replacement code.
-- table: recovery_code system
CREATE TABLE recovery_code (
  account BLOB NOT NULL REFERENCES account (id),
  hash BLOB NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used BIGINT,
  issued_by BLOB REFERENCES account (id),
  PRIMARY KEY (account, hash)
);

-- A printed sheet of numbered one-time codes; at most one is in force for an account.
-- table: code_sheet system
CREATE TABLE code_sheet (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  issued_by BLOB NOT NULL REFERENCES account (id),
  issued BIGINT NOT NULL,
  voided BIGINT
);
CREATE UNIQUE INDEX code_sheet_in_force ON code_sheet (account) WHERE voided IS NULL;

-- table: sheet_code system
CREATE TABLE sheet_code (
  sheet BLOB NOT NULL REFERENCES code_sheet (id),
  number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 100),
  hash BLOB NOT NULL,
  used BIGINT,
  PRIMARY KEY (sheet, number)
);

-- Wrong attempts. The key names an account or holds a keyed hash of a name or address.
-- table: sign_in_attempt system
CREATE TABLE sign_in_attempt (
  counted TEXT NOT NULL PRIMARY KEY CHECK (length(counted) <= 100),
  failures BIGINT NOT NULL,
  last BIGINT NOT NULL,
  until BIGINT NOT NULL
);

-- Between the password and the second factor.
-- table: sign_in_step system
CREATE TABLE sign_in_step (
  hash BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  next TEXT NOT NULL CHECK (length(next) <= 500),
  expires BIGINT NOT NULL
);
CREATE INDEX sign_in_step_expires ON sign_in_step (expires);

-- table: membership tenant
CREATE TABLE membership (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  organisation BLOB NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL CHECK (role IN ('member', 'editor', 'approver', 'manager', 'administrator')),
  profession TEXT NOT NULL CHECK (length(profession) BETWEEN 1 AND 40),
  starts BIGINT NOT NULL,
  ends BIGINT,
  ended_by BLOB REFERENCES account (id)
);
CREATE INDEX membership_account ON membership (account);
CREATE INDEX membership_organisation ON membership (organisation, ends);
CREATE UNIQUE INDEX membership_once ON membership (account, organisation) WHERE ends IS NULL;

-- The people of an office are seen by those who manage it; acting for a town does not show the town's people.
CREATE VIEW visible_membership AS
SELECT m.id, m.account, m.organisation, m.role, m.profession, m.starts, m.ends, a.level,
  p.name, p.sign_in, p.email, p.last_sign_in, p.fictional,
  (SELECT COUNT(*) FROM totp t WHERE t.account = m.account) AS totp_count,
  (SELECT COUNT(*) FROM code_sheet s JOIN sheet_code c ON c.sheet = s.id
    WHERE s.account = m.account AND s.voided IS NULL AND c.used IS NULL) AS sheet_left
FROM access a JOIN membership m ON m.organisation = a.subject JOIN account p ON p.id = m.account
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3;

-- role 'administrator' with invited_by NULL is the code of a first administrator.
-- table: invitation tenant
CREATE TABLE invitation (
  id BLOB NOT NULL PRIMARY KEY,
  organisation BLOB NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL CHECK (role IN ('member', 'editor', 'approver', 'manager', 'administrator')),
  hash BLOB NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'print', 'setup')),
  label TEXT NOT NULL CHECK (length(label) <= 200),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'revoked')),
  invited_by BLOB REFERENCES account (id),
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  accepted_by BLOB REFERENCES account (id),
  closed BIGINT
);
CREATE INDEX invitation_organisation ON invitation (organisation, created);

CREATE VIEW visible_invitation AS
SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.invited_by, i.created, i.expires, i.accepted_by, i.closed, a.level
FROM access a JOIN invitation i ON i.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3;

-- table: account_review tenant
CREATE TABLE account_review (
  id BLOB NOT NULL PRIMARY KEY,
  organisation BLOB NOT NULL REFERENCES organisation (id),
  quarter TEXT NOT NULL CHECK (length(quarter) <= 10),
  members BIGINT NOT NULL,
  reviewed_by BLOB NOT NULL REFERENCES account (id),
  reviewed BIGINT NOT NULL,
  UNIQUE (organisation, quarter)
);

CREATE VIEW visible_account_review AS
SELECT r.id, r.organisation, r.quarter, r.members, r.reviewed_by, r.reviewed, a.level
FROM access a JOIN account_review r ON r.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3;

-- Who can be played in a demo, with one click.
-- table: cast_member system
CREATE TABLE cast_member (
  cast_key TEXT NOT NULL PRIMARY KEY CHECK (length(cast_key) BETWEEN 1 AND 60),
  account BLOB NOT NULL REFERENCES account (id),
  cast_group TEXT NOT NULL CHECK (length(cast_group) <= 60),
  title_ja TEXT NOT NULL CHECK (length(title_ja) <= 200),
  title_en TEXT NOT NULL CHECK (length(title_en) <= 200),
  name_en TEXT NOT NULL CHECK (length(name_en) <= 200),
  story_ja TEXT NOT NULL CHECK (length(story_ja) <= 2000),
  story_en TEXT NOT NULL CHECK (length(story_en) <= 2000),
  sort BIGINT NOT NULL
);
