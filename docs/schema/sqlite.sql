index access_subject: CREATE INDEX access_subject ON access (subject, account)
index answer_asker: CREATE INDEX answer_asker ON answer (asker, survey) WHERE published_at IS NULL
index answer_row: CREATE INDEX answer_row ON answer (survey, sort)
index answer_tenant: CREATE INDEX answer_tenant ON answer (tenant, survey) WHERE published_at IS NULL
index audit_event_at: CREATE INDEX audit_event_at ON audit_event (at)
index audit_event_row: CREATE INDEX audit_event_row ON audit_event (row_id, at) WHERE row_id IS NOT NULL
index audit_event_subject: CREATE INDEX audit_event_subject ON audit_event (subject, at) WHERE subject IS NOT NULL
index backup_run_finished: CREATE INDEX backup_run_finished ON backup_run (finished)
index backup_run_verified: CREATE INDEX backup_run_verified ON backup_run (verified)
index code_sheet_in_force: CREATE UNIQUE INDEX code_sheet_in_force ON code_sheet (account) WHERE voided IS NULL
index contact_owner: CREATE INDEX contact_owner ON contact (owner)
index council_municipality_town: CREATE INDEX council_municipality_town ON council_municipality (municipality)
index entry_board: CREATE INDEX entry_board ON entry (kind, status, updated_at, id)
index entry_history_entry: CREATE INDEX entry_history_entry ON entry_history (entry, at)
index entry_history_organisation: CREATE INDEX entry_history_organisation ON entry_history (organisation, entry)
index entry_history_tenant: CREATE INDEX entry_history_tenant ON entry_history (tenant, entry)
index entry_latest: CREATE INDEX entry_latest ON entry (updated_at, id)
index entry_municipality_waits: CREATE INDEX entry_municipality_waits ON entry_municipality (organisation, entry) WHERE approved_at IS NULL
index entry_open_board: CREATE INDEX entry_open_board ON entry (kind, status, updated_at, id) WHERE open = 1
index entry_open_id: CREATE INDEX entry_open_id ON entry (id) WHERE open = 1
index entry_open_latest: CREATE INDEX entry_open_latest ON entry (updated_at, id) WHERE open = 1
index entry_owner: CREATE INDEX entry_owner ON entry (tenant, updated_at, id)
index import_batch_tenant: CREATE INDEX import_batch_tenant ON import_batch (tenant)
index invitation_organisation: CREATE INDEX invitation_organisation ON invitation (organisation, created)
index job_due: CREATE INDEX job_due ON job (state, run_at)
index mail_written: CREATE INDEX mail_written ON mail (written_at)
index membership_account: CREATE INDEX membership_account ON membership (account)
index membership_once: CREATE UNIQUE INDEX membership_once ON membership (account, organisation) WHERE ends IS NULL
index membership_organisation: CREATE INDEX membership_organisation ON membership (organisation, ends)
index organisation_municipality: CREATE UNIQUE INDEX organisation_municipality ON organisation (municipality) WHERE kind = 'municipality'
index response_asker: CREATE INDEX response_asker ON response (asker, survey) WHERE published_at IS NULL
index response_tenant: CREATE INDEX response_tenant ON response (tenant, survey) WHERE published_at IS NULL
index session_account: CREATE INDEX session_account ON session (account, seen_at)
index session_expires: CREATE INDEX session_expires ON session (expires_at)
index sign_in_step_expires: CREATE INDEX sign_in_step_expires ON sign_in_step (expires)
index source_entry: CREATE INDEX source_entry ON source (entry, sort, id)
index source_record: CREATE INDEX source_record ON source (record)
table access: CREATE TABLE access (
    account BLOB NOT NULL,
    subject BLOB NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    until INTEGER NOT NULL,
    via TEXT NOT NULL,
    PRIMARY KEY (account, subject)
) STRICT, WITHOUT ROWID
table account: CREATE TABLE account (
  id BLOB NOT NULL PRIMARY KEY,
  sign_in TEXT NOT NULL UNIQUE CHECK (length(sign_in) BETWEEN 3 AND 60),
  email TEXT UNIQUE CHECK (length(email) <= 200),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  lang TEXT NOT NULL CHECK (lang IN ('ja', 'en')),
  state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  created INTEGER NOT NULL,
  closed INTEGER,
  last_sign_in INTEGER
) STRICT
table account_password: CREATE TABLE account_password (
  account BLOB NOT NULL PRIMARY KEY REFERENCES account (id),
  hash TEXT NOT NULL CHECK (length(hash) <= 300),
  stands_alone INTEGER NOT NULL CHECK (stands_alone IN (0, 1)),
  changed INTEGER NOT NULL
) STRICT
table account_review: CREATE TABLE account_review (
  id BLOB NOT NULL PRIMARY KEY,
  organisation BLOB NOT NULL REFERENCES organisation (id),
  quarter TEXT NOT NULL CHECK (length(quarter) <= 10),
  members INTEGER NOT NULL,
  reviewed_by BLOB NOT NULL REFERENCES account (id),
  reviewed INTEGER NOT NULL,
  UNIQUE (organisation, quarter)
) STRICT
table acting_for: CREATE TABLE acting_for (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  municipality_org BLOB NOT NULL REFERENCES organisation (id),
  PRIMARY KEY (organisation, municipality_org)
) STRICT
table answer: CREATE TABLE answer (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL REFERENCES survey (id),
  question BLOB NOT NULL REFERENCES question (id),
  sort INTEGER NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  tenant BLOB NOT NULL,
  asker BLOB,
  body TEXT NOT NULL CHECK (length(body) <= 200000),
  state TEXT NOT NULL CHECK (state IN ('imported', 'published')),
  published_at INTEGER,
  CHECK ((state = 'published') = (published_at IS NOT NULL)),
  UNIQUE (question, sort)
) STRICT
table area: CREATE TABLE area (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 40),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 40)
) STRICT
table audit_chain: CREATE TABLE audit_chain (
    chain BLOB NOT NULL PRIMARY KEY,
    node TEXT NOT NULL,
    started INTEGER NOT NULL,
    seal BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT
table audit_event: CREATE TABLE audit_event (
    chain BLOB NOT NULL REFERENCES audit_chain (chain),
    position INTEGER NOT NULL CHECK (position > 0),
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    account BLOB,
    acting_for BLOB,
    organisation BLOB,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    row_id BLOB,
    subject BLOB,
    fields TEXT NOT NULL,
    purpose TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
    hash BLOB NOT NULL,
    PRIMARY KEY (chain, position)
) STRICT, WITHOUT ROWID
table audit_seal: CREATE TABLE audit_seal (
    number INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    heads TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID
table backup_run: CREATE TABLE backup_run (
  night TEXT NOT NULL PRIMARY KEY CHECK (length(night) = 10),
  started INTEGER NOT NULL,
  finished INTEGER,
  place TEXT NOT NULL CHECK (length(place) <= 1000),
  copied_to TEXT NOT NULL CHECK (length(copied_to) <= 1000),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  rows_written INTEGER NOT NULL CHECK (rows_written >= 0),
  files INTEGER NOT NULL CHECK (files >= 0),
  verified INTEGER,
  problem TEXT NOT NULL CHECK (length(problem) <= 2000)
) STRICT
table cast_member: CREATE TABLE cast_member (
  cast_key TEXT NOT NULL PRIMARY KEY CHECK (length(cast_key) BETWEEN 1 AND 60),
  account BLOB NOT NULL REFERENCES account (id),
  cast_group TEXT NOT NULL CHECK (length(cast_group) <= 60),
  title_ja TEXT NOT NULL CHECK (length(title_ja) <= 200),
  title_en TEXT NOT NULL CHECK (length(title_en) <= 200),
  name_en TEXT NOT NULL CHECK (length(name_en) <= 200),
  story_ja TEXT NOT NULL CHECK (length(story_ja) <= 2000),
  story_en TEXT NOT NULL CHECK (length(story_en) <= 2000),
  sort INTEGER NOT NULL
) STRICT
table change: CREATE TABLE change (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    subject BLOB NOT NULL,
    kind TEXT NOT NULL,
    tenant BLOB,
    at INTEGER NOT NULL
) STRICT
table closed_day: CREATE TABLE closed_day (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  day TEXT NOT NULL CHECK (length(day) = 10),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  PRIMARY KEY (organisation, day)
) STRICT
table code_sheet: CREATE TABLE code_sheet (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  issued_by BLOB NOT NULL REFERENCES account (id),
  issued INTEGER NOT NULL,
  voided INTEGER
) STRICT
table contact: CREATE TABLE contact (
  id BLOB NOT NULL PRIMARY KEY,
  municipality TEXT NOT NULL REFERENCES municipality (code),
  audience TEXT NOT NULL CHECK (audience IN ('resident', 'professional')),
  owner BLOB NOT NULL REFERENCES organisation (id),
  window_ja TEXT CHECK (length(window_ja) <= 200),
  window_en TEXT CHECK (length(window_en) <= 200),
  phone TEXT CHECK (length(phone) <= 40),
  fax TEXT CHECK (length(fax) <= 40),
  days TEXT CHECK (length(days) <= 7),
  opens INTEGER CHECK (opens BETWEEN 0 AND 1439),
  closes INTEGER CHECK (closes BETWEEN 1 AND 1440),
  hours_note_ja TEXT CHECK (length(hours_note_ja) <= 500),
  hours_note_en TEXT CHECK (length(hours_note_en) <= 500),
  outside_ja TEXT CHECK (length(outside_ja) <= 1000),
  outside_en TEXT CHECK (length(outside_en) <= 1000),
  url TEXT CHECK (length(url) <= 500),
  verified_on TEXT,
  verified_by BLOB REFERENCES organisation (id),
  entered_by BLOB REFERENCES organisation (id),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((opens IS NULL) = (closes IS NULL)),
  CHECK (opens IS NULL OR (opens < closes AND days IS NOT NULL)),
  UNIQUE (municipality, audience)
) STRICT
table council: CREATE TABLE council (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 200),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  sort INTEGER NOT NULL
) STRICT
table council_municipality: CREATE TABLE council_municipality (
  council BLOB NOT NULL REFERENCES council (id),
  municipality TEXT NOT NULL REFERENCES municipality (code),
  PRIMARY KEY (council, municipality)
) STRICT
table district: CREATE TABLE district (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  tone TEXT NOT NULL CHECK (tone IN ('sea', 'hill')),
  sort INTEGER NOT NULL
) STRICT
table entry: CREATE TABLE entry (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('initiative', 'issue', 'request', 'strength')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL CHECK (length(body) <= 20000),
  status TEXT NOT NULL CHECK (length(status) BETWEEN 1 AND 20),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  fiscal_year INTEGER CHECK (fiscal_year BETWEEN 1947 AND 2200),
  items TEXT NOT NULL CHECK (length(items) <= 8),
  item_mask INTEGER NOT NULL CHECK (item_mask BETWEEN 0 AND 255),
  scenes TEXT NOT NULL CHECK (length(scenes) <= 100),
  scene_mask INTEGER NOT NULL CHECK (scene_mask BETWEEN 0 AND 31),
  tags TEXT NOT NULL CHECK (length(tags) <= 500),
  refs TEXT NOT NULL CHECK (length(refs) <= 500),
  municipalities TEXT NOT NULL CHECK (length(municipalities) <= 20000),
  approved TEXT NOT NULL CHECK (length(approved) <= 20000),
  districts TEXT NOT NULL CHECK (length(districts) <= 2000),
  open_districts TEXT NOT NULL CHECK (length(open_districts) <= 2000),
  goal TEXT CHECK (goal IN ('daily', 'transition', 'acute', 'endoflife', 'common')),
  folded TEXT NOT NULL CHECK (length(folded) <= 60000),
  sources INTEGER NOT NULL CHECK (sources >= 0),
  origin TEXT NOT NULL CHECK (length(origin) BETWEEN 1 AND 20),
  needs_rewrite INTEGER NOT NULL CHECK (needs_rewrite IN (0, 1)),
  rewritten_by BLOB,
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  seed TEXT UNIQUE CHECK (length(seed) BETWEEN 1 AND 100),
  withdrawn_at INTEGER,
  withdrawn_reason TEXT CHECK (length(withdrawn_reason) <= 2000),
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT
table entry_history: CREATE TABLE entry_history (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  organisation BLOB,
  account BLOB,
  action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
  detail TEXT NOT NULL CHECK (length(detail) <= 30000),
  version INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT
table entry_municipality: CREATE TABLE entry_municipality (
  entry BLOB NOT NULL REFERENCES entry (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  tenant BLOB NOT NULL,
  organisation BLOB,
  sort INTEGER NOT NULL,
  wording TEXT NOT NULL CHECK (length(wording) <= 5000),
  status TEXT CHECK (length(status) <= 20),
  approved_at INTEGER,
  approved_by BLOB,
  approved_name TEXT NOT NULL CHECK (length(approved_name) <= 300),
  withdrawn_on TEXT CHECK (length(withdrawn_on) = 10),
  version INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (entry, municipality)
) STRICT
table entry_participant: CREATE TABLE entry_participant (
  entry BLOB NOT NULL REFERENCES entry (id),
  organisation BLOB NOT NULL,
  PRIMARY KEY (entry, organisation)
) STRICT
table entry_reader: CREATE TABLE entry_reader (
  entry BLOB NOT NULL REFERENCES entry (id),
  organisation BLOB NOT NULL,
  PRIMARY KEY (entry, organisation)
) STRICT, WITHOUT ROWID
table goal: CREATE TABLE goal (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('vision', 'daily', 'transition', 'acute', 'endoflife', 'common')),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  published_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0),
  saved_at INTEGER NOT NULL,
  UNIQUE (tenant, part)
) STRICT
table import_batch: CREATE TABLE import_batch (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL UNIQUE REFERENCES survey (id),
  tenant BLOB NOT NULL,
  file_name TEXT NOT NULL CHECK (length(file_name) <= 300),
  format TEXT NOT NULL CHECK (format IN ('json', 'csv', 'xlsx')),
  encoding TEXT NOT NULL CHECK (length(encoding) <= 40),
  responses INTEGER NOT NULL,
  questions INTEGER NOT NULL,
  written INTEGER NOT NULL,
  blank INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  published_at INTEGER
) STRICT
table invitation: CREATE TABLE invitation (
  id BLOB NOT NULL PRIMARY KEY,
  organisation BLOB NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL CHECK (role IN ('member', 'editor', 'approver', 'manager', 'administrator')),
  hash BLOB NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'print', 'setup')),
  label TEXT NOT NULL CHECK (length(label) <= 200),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'revoked')),
  invited_by BLOB REFERENCES account (id),
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  accepted_by BLOB REFERENCES account (id),
  closed INTEGER
) STRICT
table job: CREATE TABLE job (
    job_key TEXT NOT NULL PRIMARY KEY CHECK (length(job_key) <= 200),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    attempts INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    lease BLOB,
    lease_until INTEGER,
    error TEXT,
    created INTEGER NOT NULL,
    finished INTEGER
) STRICT
table mail: CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL CHECK (length(recipient) <= 320),
    subject TEXT NOT NULL CHECK (length(subject) <= 300),
    body TEXT NOT NULL CHECK (length(body) <= 20000),
    written_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT
table membership: CREATE TABLE membership (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  organisation BLOB NOT NULL REFERENCES organisation (id),
  role TEXT NOT NULL CHECK (role IN ('member', 'editor', 'approver', 'manager', 'administrator')),
  profession TEXT NOT NULL CHECK (length(profession) BETWEEN 1 AND 40),
  starts INTEGER NOT NULL,
  ends INTEGER,
  ended_by BLOB REFERENCES account (id)
) STRICT
table meta: CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
table migration: CREATE TABLE migration (feature TEXT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, applied INTEGER NOT NULL, PRIMARY KEY (feature, name)) STRICT
table municipality: CREATE TABLE municipality (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 6),
  insurer TEXT NOT NULL CHECK (length(insurer) = 6),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_kana TEXT NOT NULL CHECK (length(name_kana) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  district TEXT REFERENCES district (code),
  prefecture TEXT NOT NULL CHECK (length(prefecture) BETWEEN 1 AND 40),
  in_area INTEGER NOT NULL CHECK (in_area IN (0, 1)),
  sort INTEGER NOT NULL,
  insurer_verified INTEGER NOT NULL CHECK (insurer_verified IN (0, 1)),
  note TEXT CHECK (length(note) <= 500),
  CHECK (in_area = 0 OR district IS NOT NULL)
) STRICT
table organisation: CREATE TABLE organisation (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  short_name TEXT NOT NULL CHECK (length(short_name) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 200),
  regime TEXT NOT NULL CHECK (regime IN ('private', 'administrative', 'public_hospital', 'processor')),
  municipality TEXT REFERENCES municipality (code),
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified_on TEXT,
  verified INTEGER NOT NULL CHECK (verified IN (0, 1))
) STRICT
table organisation_alias: CREATE TABLE organisation_alias (
  alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
  organisation BLOB NOT NULL REFERENCES organisation (id),
  scope_district TEXT REFERENCES district (code),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  PRIMARY KEY (alias, organisation)
) STRICT
table programme_state: CREATE TABLE programme_state (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  public_version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT
table question: CREATE TABLE question (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL REFERENCES survey (id),
  sort INTEGER NOT NULL,
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 20),
  anchor TEXT NOT NULL CHECK (length(anchor) BETWEEN 1 AND 20),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  body_en TEXT NOT NULL CHECK (length(body_en) <= 2000),
  short TEXT NOT NULL CHECK (length(short) BETWEEN 1 AND 60),
  short_en TEXT NOT NULL CHECK (length(short_en) <= 100),
  UNIQUE (survey, sort),
  UNIQUE (survey, anchor),
  UNIQUE (survey, field)
) STRICT
table recovery_code: CREATE TABLE recovery_code (
  account BLOB NOT NULL REFERENCES account (id),
  hash BLOB NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER,
  issued_by BLOB REFERENCES account (id),
  PRIMARY KEY (account, hash)
) STRICT
table response: CREATE TABLE response (
  id BLOB NOT NULL PRIMARY KEY,
  survey BLOB NOT NULL REFERENCES survey (id),
  sort INTEGER NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  tenant BLOB NOT NULL,
  asker BLOB,
  published_at INTEGER,
  UNIQUE (survey, sort),
  UNIQUE (survey, municipality)
) STRICT
table saved_view: CREATE TABLE saved_view (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 1000),
  saved_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT
table session: CREATE TABLE session (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    account BLOB NOT NULL,
    name TEXT NOT NULL,
    organisation BLOB NOT NULL,
    organisation_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    profession TEXT NOT NULL,
    acting_for BLOB,
    acting_for_name TEXT,
    second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
    confirmed_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL CHECK (length(agent) <= 200)
) STRICT
table sheet_code: CREATE TABLE sheet_code (
  sheet BLOB NOT NULL REFERENCES code_sheet (id),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 100),
  hash BLOB NOT NULL,
  used INTEGER,
  PRIMARY KEY (sheet, number)
) STRICT
table sign_in_attempt: CREATE TABLE sign_in_attempt (
  counted TEXT NOT NULL PRIMARY KEY CHECK (length(counted) <= 100),
  failures INTEGER NOT NULL,
  last INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT
table sign_in_step: CREATE TABLE sign_in_step (
  hash BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  next TEXT NOT NULL CHECK (length(next) <= 500),
  expires INTEGER NOT NULL
) STRICT
table source: CREATE TABLE source (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  organisation BLOB,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  record BLOB NOT NULL,
  record_version INTEGER NOT NULL,
  survey TEXT NOT NULL CHECK (length(survey) <= 80),
  municipality TEXT NOT NULL CHECK (length(municipality) <= 6),
  question TEXT NOT NULL CHECK (length(question) <= 20),
  paragraph INTEGER NOT NULL CHECK (paragraph >= 0),
  starts INTEGER NOT NULL CHECK (starts >= 0),
  ends INTEGER NOT NULL CHECK (ends >= starts),
  quote TEXT NOT NULL CHECK (length(quote) BETWEEN 1 AND 20000),
  published INTEGER NOT NULL CHECK (published IN (0, 1)),
  sort INTEGER NOT NULL,
  added_at INTEGER NOT NULL
) STRICT
table stored_blob: CREATE TABLE stored_blob (
    id BLOB NOT NULL PRIMARY KEY,
    wrapped_key BLOB NOT NULL,
    size INTEGER NOT NULL,
    hash BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT
table survey: CREATE TABLE survey (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  title_en TEXT NOT NULL CHECK (length(title_en) <= 500),
  label TEXT NOT NULL CHECK (length(label) <= 100),
  fiscal_year INTEGER NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  fiscal_year_inferred INTEGER NOT NULL CHECK (fiscal_year_inferred IN (0, 1)),
  source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 2000),
  source_en TEXT NOT NULL CHECK (length(source_en) <= 2000),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  note_en TEXT NOT NULL CHECK (length(note_en) <= 2000),
  licence TEXT NOT NULL CHECK (length(licence) <= 500),
  licence_en TEXT NOT NULL CHECK (length(licence_en) <= 500),
  trailing_link TEXT NOT NULL CHECK (length(trailing_link) <= 2000),
  responses INTEGER NOT NULL CHECK (responses >= 0),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  published_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
  CHECK ((state = 'published') = (published_at IS NOT NULL))
) STRICT
table totp: CREATE TABLE totp (
  account BLOB NOT NULL PRIMARY KEY REFERENCES account (id),
  sealed BLOB NOT NULL,
  last_step INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT
table urgent_number: CREATE TABLE urgent_number (
  number TEXT NOT NULL PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 40),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  when_ja TEXT NOT NULL CHECK (length(when_ja) BETWEEN 1 AND 200),
  when_en TEXT NOT NULL CHECK (length(when_en) BETWEEN 1 AND 200),
  scope TEXT NOT NULL CHECK (length(scope) <= 200),
  source TEXT NOT NULL CHECK (length(source) <= 500),
  verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
  sort INTEGER NOT NULL
) STRICT
view visible_account_review: CREATE VIEW visible_account_review AS
SELECT r.id, r.organisation, r.quarter, r.members, r.reviewed_by, r.reviewed, a.level
FROM access a JOIN account_review r ON r.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3
view visible_answer: CREATE VIEW visible_answer AS
SELECT w.id, w.survey, w.question, w.sort, w.municipality, w.tenant, w.asker, w.body, w.state, w.published_at
FROM answer w WHERE w.published_at IS NOT NULL
UNION ALL
SELECT w.id, w.survey, w.question, w.sort, w.municipality, w.tenant, w.asker, w.body, w.state, w.published_at
FROM access a JOIN answer w ON w.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND w.published_at IS NULL
UNION ALL
SELECT w.id, w.survey, w.question, w.sort, w.municipality, w.tenant, w.asker, w.body, w.state, w.published_at
FROM access a JOIN answer w ON w.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND w.published_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = w.tenant AND b.until > viewer_now())
view visible_entry: CREATE VIEW visible_entry AS
SELECT e.id, e.tenant, e.kind, e.title, e.body, e.status, e.reach, e.open, e.fiscal_year, e.items, e.item_mask, e.scenes,
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
    WHERE r.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now())
view visible_entry_history: CREATE VIEW visible_entry_history AS
SELECT h.id, h.entry, h.tenant, h.organisation, h.account, h.action, h.detail, h.version, h.at
FROM access a JOIN entry_history h ON h.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT h.id, h.entry, h.tenant, h.organisation, h.account, h.action, h.detail, h.version, h.at
FROM access a JOIN entry_history h ON h.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = h.tenant AND b.until > viewer_now())
view visible_entry_municipality: CREATE VIEW visible_entry_municipality AS
SELECT m.entry, m.municipality, m.tenant, m.organisation, m.sort, m.wording, m.status, m.approved_at, m.approved_name,
  m.withdrawn_on, m.version, e.inside,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = m.organisation AND a.until > viewer_now()), 1) AS level
FROM visible_entry e JOIN entry_municipality m ON m.entry = e.id
WHERE (m.approved_at IS NOT NULL AND m.withdrawn_on IS NULL) OR e.inside = 1
view visible_entry_participant: CREATE VIEW visible_entry_participant AS
SELECT p.entry, p.organisation FROM visible_entry e JOIN entry_participant p ON p.entry = e.id WHERE e.inside = 1
view visible_goal: CREATE VIEW visible_goal AS
SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = g.tenant AND a.until > viewer_now()), 1) AS level
FROM goal g WHERE g.published_at IS NOT NULL
UNION ALL
SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at, a.level
FROM access a JOIN goal g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND g.published_at IS NULL
view visible_import_batch: CREATE VIEW visible_import_batch AS
SELECT i.id, i.survey, i.tenant, i.file_name, i.format, i.encoding, i.responses, i.questions, i.written, i.blank,
  i.imported_at, i.published_at, a.level
FROM access a JOIN import_batch i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_invitation: CREATE VIEW visible_invitation AS
SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.invited_by, i.created, i.expires, i.accepted_by, i.closed, a.level
FROM access a JOIN invitation i ON i.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3
view visible_membership: CREATE VIEW visible_membership AS
SELECT m.id, m.account, m.organisation, m.role, m.profession, m.starts, m.ends, a.level,
  p.name, p.sign_in, p.email, p.last_sign_in, p.fictional,
  (SELECT COUNT(*) FROM totp t WHERE t.account = m.account) AS totp_count,
  (SELECT COUNT(*) FROM code_sheet s JOIN sheet_code c ON c.sheet = s.id
    WHERE s.account = m.account AND s.voided IS NULL AND c.used IS NULL) AS sheet_left
FROM access a JOIN membership m ON m.organisation = a.subject JOIN account p ON p.id = m.account
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3
view visible_response: CREATE VIEW visible_response AS
SELECT r.id, r.survey, r.sort, r.municipality, r.name, r.tenant, r.asker, r.published_at
FROM response r WHERE r.published_at IS NOT NULL
UNION ALL
SELECT r.id, r.survey, r.sort, r.municipality, r.name, r.tenant, r.asker, r.published_at
FROM access a JOIN response r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND r.published_at IS NULL
UNION ALL
SELECT r.id, r.survey, r.sort, r.municipality, r.name, r.tenant, r.asker, r.published_at
FROM access a JOIN response r ON r.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND r.published_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = r.tenant AND b.until > viewer_now())
view visible_saved_view: CREATE VIEW visible_saved_view AS
SELECT v.id, v.account, v.name, v.address, v.saved_at FROM saved_view v WHERE v.account = viewer_account()
view visible_source: CREATE VIEW visible_source AS
SELECT s.id, s.entry, s.tenant, s.organisation, s.kind, s.record, s.record_version, s.survey, s.municipality, s.question,
  s.paragraph, s.starts, s.ends, s.quote, s.published, s.sort, s.added_at, e.level
FROM visible_entry e JOIN source s ON s.entry = e.id
WHERE (s.published = 1 AND (e.inside = 1 OR s.municipality = '' OR e.approved LIKE '%' || s.municipality || '%'))
  OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND a.subject = s.tenant)
  OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND a.subject = s.organisation)
