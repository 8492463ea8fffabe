index access_subject: CREATE INDEX access_subject ON access (subject, account)
index answer_asker: CREATE INDEX answer_asker ON answer (asker, survey) WHERE published_at IS NULL
index answer_row: CREATE INDEX answer_row ON answer (survey, sort)
index answer_tenant: CREATE INDEX answer_tenant ON answer (tenant, survey) WHERE published_at IS NULL
index audit_event_at: CREATE INDEX audit_event_at ON audit_event (at)
index audit_event_row: CREATE INDEX audit_event_row ON audit_event (row_id, at) WHERE row_id IS NOT NULL
index audit_event_subject: CREATE INDEX audit_event_subject ON audit_event (subject, at) WHERE subject IS NOT NULL
index backup_run_finished: CREATE INDEX backup_run_finished ON backup_run (finished)
index backup_run_verified: CREATE INDEX backup_run_verified ON backup_run (verified)
index callback_keep: CREATE INDEX callback_keep ON callback_request (keep_until) WHERE keep_until IS NOT NULL
index callback_open: CREATE INDEX callback_open ON callback_request (tenant, done_at, promised_by)
index callback_sender: CREATE INDEX callback_sender ON callback_request (sender, received_at) WHERE sender IS NOT NULL
index code_sheet_in_force: CREATE UNIQUE INDEX code_sheet_in_force ON code_sheet (account) WHERE voided IS NULL
index confirmation_item_code: CREATE UNIQUE INDEX confirmation_item_code ON confirmation_item (code)
index confirmation_item_provider: CREATE INDEX confirmation_item_provider ON confirmation_item (provider, state)
index confirmation_item_state: CREATE INDEX confirmation_item_state ON confirmation_item (round, state, municipality)
index confirmation_round_tenant: CREATE INDEX confirmation_round_tenant ON confirmation_round (tenant, created_at)
index consultation_absence_tenant: CREATE INDEX consultation_absence_tenant ON consultation_absence (tenant, last_on)
index consultation_agreement_tenant: CREATE INDEX consultation_agreement_tenant ON consultation_agreement (tenant, municipality)
index consultation_agreement_town: CREATE INDEX consultation_agreement_town ON consultation_agreement (town, tenant)
index consultation_caller: CREATE INDEX consultation_caller ON consultation (tenant, caller_hash, received_at) WHERE caller_hash IS NOT NULL
index consultation_category: CREATE INDEX consultation_category ON consultation (tenant, category, received_at, id)
index consultation_desk: CREATE INDEX consultation_desk ON consultation (tenant, received_at, id)
index consultation_disposal_tenant: CREATE INDEX consultation_disposal_tenant ON consultation_disposal (tenant, kind, before_on)
index consultation_event_of: CREATE INDEX consultation_event_of ON consultation_event (consultation, at, id)
index consultation_follow: CREATE INDEX consultation_follow ON consultation (tenant, follow_up_on) WHERE follow_up_on IS NOT NULL AND state <> 'closed'
index consultation_handover_of: CREATE INDEX consultation_handover_of ON consultation_handover (consultation, sent_at)
index consultation_handover_receiver: CREATE INDEX consultation_handover_receiver ON consultation_handover (receiver, state, due_on) WHERE receiver IS NOT NULL
index consultation_handover_step_of: CREATE INDEX consultation_handover_step_of ON consultation_handover_step (handover, at, id)
index consultation_handover_tenant: CREATE INDEX consultation_handover_tenant ON consultation_handover (tenant, state, due_on)
index consultation_hold_tenant: CREATE INDEX consultation_hold_tenant ON consultation_hold (tenant)
index consultation_issue_entry: CREATE INDEX consultation_issue_entry ON consultation_issue (tenant, entry, at)
index consultation_mark_scan: CREATE INDEX consultation_mark_scan ON consultation_mark (tenant, received_at, m0, m1, m2, m3, m4, m5, m6, m7, consultation)
index consultation_person: CREATE INDEX consultation_person ON consultation (tenant, person_hash, received_at) WHERE person_hash IS NOT NULL
index consultation_receiver: CREATE INDEX consultation_receiver ON consultation (receiver, received_at, id) WHERE receiver IS NOT NULL
index consultation_referral_of: CREATE INDEX consultation_referral_of ON consultation_referral (consultation, at, id)
index consultation_referral_provider: CREATE INDEX consultation_referral_provider ON consultation_referral (tenant, provider, at) WHERE undone_at IS NULL
index consultation_taker: CREATE INDEX consultation_taker ON consultation (tenant, taken_by, received_at, id)
index consultation_town: CREATE INDEX consultation_town ON consultation (tenant, municipality, received_at, id)
index consultation_working: CREATE INDEX consultation_working ON consultation (tenant, state, received_at, id) WHERE state <> 'closed'
index contact_owner: CREATE INDEX contact_owner ON contact (owner)
index council_municipality_town: CREATE INDEX council_municipality_town ON council_municipality (municipality)
index disclosure_tenant: CREATE INDEX disclosure_tenant ON disclosure (tenant, at)
index edition_row_outcome: CREATE INDEX edition_row_outcome ON edition_row (edition, outcome, seq)
index entry_board: CREATE INDEX entry_board ON entry (kind, status, updated_at, id)
index entry_comment_entry: CREATE INDEX entry_comment_entry ON entry_comment (entry, at)
index entry_comment_tenant: CREATE INDEX entry_comment_tenant ON entry_comment (tenant, entry)
index entry_file_tenant: CREATE INDEX entry_file_tenant ON entry_file (tenant, entry)
index entry_history_entry: CREATE INDEX entry_history_entry ON entry_history (entry, at)
index entry_history_organisation: CREATE INDEX entry_history_organisation ON entry_history (organisation, entry)
index entry_history_tenant: CREATE INDEX entry_history_tenant ON entry_history (tenant, entry)
index entry_latest: CREATE INDEX entry_latest ON entry (updated_at, id)
index entry_link_entry: CREATE INDEX entry_link_entry ON entry_link (entry)
index entry_link_other: CREATE INDEX entry_link_other ON entry_link (other)
index entry_link_tenant: CREATE INDEX entry_link_tenant ON entry_link (tenant)
index entry_open_board: CREATE INDEX entry_open_board ON entry (kind, status, updated_at, id) WHERE open = 1
index entry_open_id: CREATE INDEX entry_open_id ON entry (id) WHERE open = 1
index entry_open_latest: CREATE INDEX entry_open_latest ON entry (updated_at, id) WHERE open = 1
index entry_owner: CREATE INDEX entry_owner ON entry (tenant, updated_at, id)
index entry_waits: CREATE INDEX entry_waits ON entry (updated_at, id) WHERE waits = 1
index facility_partner_institution: CREATE INDEX facility_partner_institution ON facility_partner (institution)
index facility_partner_now: CREATE UNIQUE INDEX facility_partner_now ON facility_partner (facility, institution) WHERE ended_on IS NULL
index form_link_asker: CREATE INDEX form_link_asker ON form_link (asker, round)
index form_link_tenant: CREATE INDEX form_link_tenant ON form_link (tenant, reply)
index form_return_asker: CREATE INDEX form_return_asker ON form_return (asker, round) WHERE via = 'proxy'
index form_return_tenant: CREATE INDEX form_return_tenant ON form_return (tenant, reply) WHERE state = 'waiting'
index handoff_entry: CREATE INDEX handoff_entry ON handoff (entry)
index handoff_receiver: CREATE INDEX handoff_receiver ON handoff (receiver, state, due_on)
index handoff_tenant: CREATE INDEX handoff_tenant ON handoff (tenant, state, due_on)
index import_batch_tenant: CREATE INDEX import_batch_tenant ON import_batch (tenant)
index inbox_history_paper: CREATE INDEX inbox_history_paper ON inbox_history (paper, at)
index inbox_page_paper: CREATE INDEX inbox_page_paper ON inbox_page (paper, place)
index inbox_paper_dispose: CREATE INDEX inbox_paper_dispose ON inbox_paper (dispose_at) WHERE dispose_at IS NOT NULL
index inbox_paper_scan: CREATE INDEX inbox_paper_scan ON inbox_paper (scan)
index inbox_paper_target: CREATE INDEX inbox_paper_target ON inbox_paper (tenant, target) WHERE target IS NOT NULL
index inbox_paper_waiting: CREATE INDEX inbox_paper_waiting ON inbox_paper (tenant, arrived_at) WHERE state = 'waiting'
index inbox_scan_tenant: CREATE INDEX inbox_scan_tenant ON inbox_scan (tenant, arrived_at)
index invitation_organisation: CREATE INDEX invitation_organisation ON invitation (organisation, created)
index issue_draft_tenant: CREATE INDEX issue_draft_tenant ON issue_draft (tenant, saved_at) WHERE entry IS NULL
index job_due: CREATE INDEX job_due ON job (state, run_at)
index joint_member_tenant: CREATE INDEX joint_member_tenant ON joint_member (tenant, joint)
index joint_reader_subject: CREATE INDEX joint_reader_subject ON joint_reader (subject, joint)
index joint_text_round: CREATE INDEX joint_text_round ON joint_text (round, field)
index mail_written: CREATE INDEX mail_written ON mail (written_at)
index measure_copied: CREATE UNIQUE INDEX measure_copied ON measure (copied_from, fiscal_year) WHERE copied_from IS NOT NULL
index measure_entry: CREATE INDEX measure_entry ON measure (entry, fiscal_year)
index measure_tenant: CREATE INDEX measure_tenant ON measure (tenant, fiscal_year, state)
index measure_version_tenant: CREATE INDEX measure_version_tenant ON measure_version (tenant, measure)
index membership_account: CREATE INDEX membership_account ON membership (account)
index membership_once: CREATE UNIQUE INDEX membership_once ON membership (account, organisation) WHERE ends IS NULL
index membership_organisation: CREATE INDEX membership_organisation ON membership (organisation, ends)
index old_file_desk: CREATE INDEX old_file_desk ON old_file (tenant, read_at)
index old_mapping_name: CREATE UNIQUE INDEX old_mapping_name ON old_mapping (tenant, name)
index organisation_municipality: CREATE UNIQUE INDEX organisation_municipality ON organisation (municipality) WHERE kind = 'municipality'
index print_edition_last: CREATE INDEX print_edition_last ON print_edition (kind, scope, lang, finished_at)
index print_edition_order: CREATE INDEX print_edition_order ON print_edition (ordered_at)
index provider_address_key: CREATE INDEX provider_address_key ON provider (address_key)
index provider_contact_tenant: CREATE INDEX provider_contact_tenant ON provider_contact (tenant)
index provider_edition: CREATE INDEX provider_edition ON provider (edition) WHERE edition > 0
index provider_fact_edition: CREATE INDEX provider_fact_edition ON provider_fact (edition) WHERE edition > 0
index provider_history_provider: CREATE INDEX provider_history_provider ON provider_history (provider, at)
index provider_identifier_provider: CREATE INDEX provider_identifier_provider ON provider_identifier (provider)
index provider_keeper_organisation: CREATE INDEX provider_keeper_organisation ON provider_keeper (organisation)
index provider_name_key: CREATE INDEX provider_name_key ON provider (name_key)
index provider_pair_state: CREATE INDEX provider_pair_state ON provider_pair (state, edition)
index provider_professional_tenant: CREATE INDEX provider_professional_tenant ON provider_professional (tenant)
index provider_service_edition: CREATE INDEX provider_service_edition ON provider_service (edition) WHERE edition > 0
index provider_service_kind: CREATE INDEX provider_service_kind ON provider_service (kind, provider)
index provider_service_provider: CREATE INDEX provider_service_provider ON provider_service (provider)
index provider_successor: CREATE INDEX provider_successor ON provider (successor) WHERE successor IS NOT NULL
index provider_town: CREATE INDEX provider_town ON provider (municipality, status, name)
index provider_update_by: CREATE INDEX provider_update_by ON provider_update (by_org, state, created_at)
index provider_update_provider: CREATE INDEX provider_update_provider ON provider_update (provider, state)
index provider_update_tenant: CREATE INDEX provider_update_tenant ON provider_update (tenant, state, created_at)
index response_asker: CREATE INDEX response_asker ON response (asker, survey) WHERE published_at IS NULL
index response_tenant: CREATE INDEX response_tenant ON response (tenant, survey) WHERE published_at IS NULL
index round_aside_reply: CREATE INDEX round_aside_reply ON round_aside (tenant, reply) WHERE resolved_at IS NULL
index round_field_tenant: CREATE INDEX round_field_tenant ON round_field (tenant, reply)
index round_file_reply: CREATE INDEX round_file_reply ON round_file (tenant, reply) WHERE removed_at IS NULL
index round_reader_subject: CREATE INDEX round_reader_subject ON round_reader (subject, round)
index round_reply_asker: CREATE INDEX round_reply_asker ON round_reply (asker, round)
index round_reply_tenant: CREATE INDEX round_reply_tenant ON round_reply (tenant, round)
index round_version_asker: CREATE INDEX round_version_asker ON round_version (asker, round) WHERE submitted_at IS NOT NULL
index round_version_shared: CREATE INDEX round_version_shared ON round_version (round) WHERE shared_at IS NOT NULL
index round_version_tenant: CREATE INDEX round_version_tenant ON round_version (tenant, reply)
index segment_dismissal_answer: CREATE INDEX segment_dismissal_answer ON segment_dismissal (answer)
index session_account: CREATE INDEX session_account ON session (account, seen_at)
index session_expires: CREATE INDEX session_expires ON session (expires_at)
index sign_in_step_expires: CREATE INDEX sign_in_step_expires ON sign_in_step (expires)
index source_entry: CREATE INDEX source_entry ON source (entry, sort, id)
index source_record: CREATE INDEX source_record ON source (record)
index story_case: CREATE UNIQUE INDEX story_case ON story (consultation) WHERE consultation IS NOT NULL AND state <> 'withdrawn'
index story_desk: CREATE INDEX story_desk ON story (tenant, state, changed_at)
index story_shared: CREATE INDEX story_shared ON story (reach, changed_at) WHERE state = 'shared'
index survey_round_tenant: CREATE INDEX survey_round_tenant ON survey_round (tenant)
index unmet_need_desk: CREATE INDEX unmet_need_desk ON unmet_need (tenant, at, id)
index unmet_need_of: CREATE INDEX unmet_need_of ON unmet_need (consultation) WHERE consultation IS NOT NULL
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
table callback_request: CREATE TABLE callback_request (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  texts BLOB NOT NULL CHECK (length(texts) <= 8000),
  hours TEXT NOT NULL CHECK (hours IN ('any', 'morning', 'afternoon', 'late')),
  channel TEXT NOT NULL CHECK (channel IN ('web', 'paper')),
  sender BLOB,
  received_at INTEGER NOT NULL,
  promised_by INTEGER NOT NULL,
  escalated_at INTEGER,
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'reached', 'not_reached', 'passed_on')),
  done_at INTEGER,
  done_by BLOB,
  done_name TEXT NOT NULL CHECK (length(done_name) <= 400),
  keep_until TEXT CHECK (length(keep_until) = 10),
  consultation BLOB REFERENCES consultation (id),
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((done_at IS NULL) = (outcome = ''))
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
table column_mapping: CREATE TABLE column_mapping (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  columns TEXT NOT NULL CHECK (length(columns) <= 8000),
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table confirmation_item: CREATE TABLE confirmation_item (
  id BLOB NOT NULL PRIMARY KEY,
  round BLOB NOT NULL REFERENCES confirmation_round (id),
  tenant BLOB NOT NULL,
  provider BLOB NOT NULL REFERENCES provider (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  token TEXT NOT NULL UNIQUE CHECK (length(token) BETWEEN 20 AND 60),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'confirmed', 'unreachable')),
  chased INTEGER NOT NULL,
  chased_on TEXT,
  answered_at INTEGER, what TEXT NOT NULL DEFAULT 'record' CHECK (what IN ('record', 'partners')), code TEXT CHECK (length(code) <= 60), due_on TEXT NOT NULL DEFAULT '' CHECK (length(due_on) <= 10), mailed INTEGER NOT NULL DEFAULT 0, call_note TEXT NOT NULL DEFAULT '' CHECK (length(call_note) <= 200),
  UNIQUE (round, provider)
) STRICT
table confirmation_round: CREATE TABLE confirmation_round (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  municipalities TEXT NOT NULL CHECK (length(municipalities) BETWEEN 6 AND 400),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  asked INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0)
, what TEXT NOT NULL DEFAULT 'record' CHECK (what IN ('record', 'partners')), families TEXT NOT NULL DEFAULT '' CHECK (length(families) <= 200), letter TEXT NOT NULL DEFAULT '' CHECK (length(letter) <= 2000), waves INTEGER NOT NULL DEFAULT 0) STRICT
table consultation: CREATE TABLE consultation (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) IN (0, 6)),
  lane TEXT NOT NULL CHECK (lane IN ('professional', 'resident')),
  channel TEXT NOT NULL CHECK (length(channel) <= 20),
  caller TEXT NOT NULL CHECK (length(caller) <= 20),
  caller_provider BLOB,
  caller_hash BLOB,
  person_hash BLOB,
  age_band TEXT NOT NULL CHECK (length(age_band) <= 20),
  care_level TEXT NOT NULL CHECK (length(care_level) <= 20),
  living TEXT NOT NULL CHECK (length(living) <= 20),
  category TEXT NOT NULL CHECK (length(category) <= 20),
  categories TEXT NOT NULL CHECK (length(categories) <= 400),
  category_mask INTEGER NOT NULL,
  scenes TEXT NOT NULL CHECK (length(scenes) <= 100),
  scene_mask INTEGER NOT NULL,
  treatments TEXT NOT NULL CHECK (length(treatments) <= 400),
  treatment_mask INTEGER NOT NULL,
  responses TEXT NOT NULL CHECK (length(responses) <= 200),
  response_mask INTEGER NOT NULL,
  urgency TEXT NOT NULL CHECK (length(urgency) <= 20),
  legal_basis TEXT NOT NULL CHECK (length(legal_basis) <= 20),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'waiting', 'handed_over', 'closed')),
  result TEXT NOT NULL CHECK (length(result) <= 20),
  need_met TEXT NOT NULL CHECK (need_met IN ('', 'yes', 'partly', 'no', 'unknown')),
  area_issue INTEGER NOT NULL CHECK (area_issue IN (0, 1)),
  texts BLOB NOT NULL CHECK (length(texts) <= 200000),
  received_at INTEGER NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  follow_up_on TEXT CHECK (length(follow_up_on) = 10),
  saved_at INTEGER,
  changed_at INTEGER NOT NULL,
  closed_at INTEGER,
  reopened INTEGER NOT NULL CHECK (reopened >= 0),
  taken_by BLOB,
  held_by BLOB,
  receiver BLOB,
  origin TEXT NOT NULL CHECK (origin IN ('intake', 'paper', 'import', 'callback', 'demo')),
  batch BLOB,
  disposed_at INTEGER,
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK (state = 'draft' OR (municipality <> '' AND saved_at IS NOT NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT
table consultation_absence: CREATE TABLE consultation_absence (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  account BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  first_on TEXT NOT NULL CHECK (length(first_on) = 10),
  last_on TEXT NOT NULL CHECK (length(last_on) = 10),
  CHECK (first_on <= last_on)
) STRICT
table consultation_agreement: CREATE TABLE consultation_agreement (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  town BLOB NOT NULL,
  desk_name TEXT NOT NULL CHECK (length(desk_name) BETWEEN 1 AND 300),
  town_name TEXT NOT NULL CHECK (length(town_name) BETWEEN 1 AND 300),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  first_on TEXT NOT NULL CHECK (length(first_on) = 10),
  last_on TEXT NOT NULL CHECK (length(last_on) = 10),
  desk_by TEXT NOT NULL CHECK (length(desk_by) <= 400),
  desk_at INTEGER,
  town_by TEXT NOT NULL CHECK (length(town_by) <= 400),
  town_at INTEGER,
  ended_by TEXT NOT NULL CHECK (length(ended_by) <= 400),
  ended_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK (first_on <= last_on),
  CHECK ((desk_at IS NULL) = (length(desk_by) = 0)),
  CHECK ((town_at IS NULL) = (length(town_by) = 0)),
  CHECK ((ended_at IS NULL) = (length(ended_by) = 0))
) STRICT
table consultation_count: CREATE TABLE consultation_count (
  tenant BLOB NOT NULL,
  month TEXT NOT NULL CHECK (length(month) = 7),
  dimension TEXT NOT NULL CHECK (length(dimension) <= 20),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  value TEXT NOT NULL CHECK (length(value) <= 60),
  calls INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  PRIMARY KEY (tenant, dimension, month, municipality, value)
) STRICT
table consultation_counted: CREATE TABLE consultation_counted (
  consultation BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  facts TEXT NOT NULL CHECK (length(facts) <= 400)
) STRICT
table consultation_deputies: CREATE TABLE consultation_deputies (
  tenant BLOB NOT NULL PRIMARY KEY,
  list TEXT NOT NULL CHECK (length(list) BETWEEN 2 AND 4000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table consultation_disposal: CREATE TABLE consultation_disposal (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  before_on TEXT NOT NULL CHECK (length(before_on) = 10),
  years INTEGER NOT NULL,
  basis TEXT NOT NULL CHECK (length(basis) <= 200),
  records INTEGER NOT NULL CHECK (records >= 0),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'done')),
  proposed_at INTEGER NOT NULL,
  decided_by TEXT NOT NULL CHECK (length(decided_by) <= 400),
  decided_at INTEGER,
  destroyed INTEGER NOT NULL CHECK (destroyed >= 0),
  done_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table consultation_event: CREATE TABLE consultation_event (
  id BLOB NOT NULL PRIMARY KEY,
  consultation BLOB NOT NULL REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  at INTEGER NOT NULL,
  account BLOB,
  organisation BLOB,
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 40),
  detail TEXT NOT NULL CHECK (length(detail) <= 2000),
  note BLOB CHECK (length(note) <= 50000),
  version INTEGER NOT NULL
) STRICT
table consultation_handover: CREATE TABLE consultation_handover (
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
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  basis TEXT NOT NULL CHECK (length(basis) <= 20),
  texts BLOB NOT NULL CHECK (length(texts) <= 50000),
  due_on TEXT NOT NULL CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('sent', 'accepted', 'declined', 'reported', 'closed')),
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'yes', 'partly', 'no', 'unknown')),
  code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 6 AND 12),
  sent_at INTEGER NOT NULL,
  seen_at INTEGER,
  moved_on TEXT NOT NULL CHECK (length(moved_on) = 10),
  escalations INTEGER NOT NULL CHECK (escalations >= 0),
  deputy BLOB,
  deputy_name TEXT NOT NULL CHECK (length(deputy_name) <= 200),
  deputy_of BLOB,
  escalated_on TEXT CHECK (length(escalated_on) = 10),
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK (whole = 0 OR length(basis) > 0)
) STRICT
table consultation_handover_step: CREATE TABLE consultation_handover_step (
  id BLOB NOT NULL PRIMARY KEY,
  handover BLOB NOT NULL REFERENCES consultation_handover (id),
  tenant BLOB NOT NULL,
  step TEXT NOT NULL CHECK (length(step) BETWEEN 1 AND 20),
  note BLOB CHECK (length(note) <= 30000),
  due_on TEXT CHECK (length(due_on) = 10),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  behalf TEXT NOT NULL CHECK (length(behalf) <= 300),
  happened_on TEXT NOT NULL CHECK (length(happened_on) = 10),
  version INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT
table consultation_hold: CREATE TABLE consultation_hold (
  consultation BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('dispute', 'disclosure', 'abuse', 'ongoing')),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  at INTEGER NOT NULL
) STRICT
table consultation_issue: CREATE TABLE consultation_issue (
  consultation BLOB NOT NULL REFERENCES consultation (id),
  entry BLOB NOT NULL,
  tenant BLOB NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  at INTEGER NOT NULL,
  by_account BLOB,
  PRIMARY KEY (consultation, entry)
) STRICT
table consultation_mark: CREATE TABLE consultation_mark (
  consultation BLOB NOT NULL PRIMARY KEY REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  m0 INTEGER NOT NULL,
  m1 INTEGER NOT NULL,
  m2 INTEGER NOT NULL,
  m3 INTEGER NOT NULL,
  m4 INTEGER NOT NULL,
  m5 INTEGER NOT NULL,
  m6 INTEGER NOT NULL,
  m7 INTEGER NOT NULL
) STRICT
table consultation_referral: CREATE TABLE consultation_referral (
  id BLOB NOT NULL PRIMARY KEY,
  consultation BLOB NOT NULL REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  provider BLOB,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  answer TEXT NOT NULL CHECK (answer IN ('', 'accepted', 'declined', 'waiting')),
  at INTEGER NOT NULL,
  by_account BLOB,
  undone_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table consultation_retention: CREATE TABLE consultation_retention (
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  years INTEGER NOT NULL CHECK (years BETWEEN 1 AND 30),
  basis TEXT NOT NULL CHECK (length(basis) BETWEEN 1 AND 200),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (tenant, kind)
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
table directory_edition: CREATE TABLE directory_edition (
  number INTEGER NOT NULL PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  files TEXT NOT NULL CHECK (length(files) <= 20000),
  state TEXT NOT NULL CHECK (state IN ('staging', 'ready', 'accepted', 'applied', 'discarded', 'undone')),
  rows_read INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  vanished INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  suspicious INTEGER NOT NULL,
  outside INTEGER NOT NULL,
  report TEXT NOT NULL CHECK (length(report) <= 200000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 200),
  created_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  accepted_at INTEGER,
  undone_at INTEGER,
  slot INTEGER UNIQUE CHECK (slot = 1),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table directory_state: CREATE TABLE directory_state (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  current INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  CHECK (reserved >= current)
) STRICT
table disclosure: CREATE TABLE disclosure (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  measure BLOB NOT NULL,
  measure_version INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  number TEXT NOT NULL CHECK (length(number) <= 100),
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 100000),
  hidden INTEGER NOT NULL CHECK (hidden >= 0),
  reason TEXT NOT NULL CHECK (length(reason) <= 2000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  at INTEGER NOT NULL
) STRICT
table district: CREATE TABLE district (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 100),
  tone TEXT NOT NULL CHECK (tone IN ('sea', 'hill')),
  sort INTEGER NOT NULL
) STRICT
table duty: CREATE TABLE duty (
  tenant BLOB NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
  month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  title TEXT NOT NULL CHECK (length(title) <= 200),
  version INTEGER NOT NULL CHECK (version > 0),
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key)
) STRICT
table duty_done: CREATE TABLE duty_done (
  tenant BLOB NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
  fiscal_year INTEGER NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  done_on TEXT NOT NULL CHECK (length(done_on) = 10),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  PRIMARY KEY (tenant, key, fiscal_year)
) STRICT
table duty_note: CREATE TABLE duty_note (
  tenant BLOB NOT NULL,
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 40),
  version INTEGER NOT NULL CHECK (version > 0),
  body TEXT NOT NULL CHECK (length(body) <= 20000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, key, version)
) STRICT
table edition_row: CREATE TABLE edition_row (
  edition INTEGER NOT NULL REFERENCES directory_edition (number),
  seq INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('added', 'changed', 'vanished', 'suspicious', 'refused')),
  file TEXT NOT NULL CHECK (length(file) <= 200),
  line INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  municipality TEXT NOT NULL CHECK (length(municipality) <= 6),
  name TEXT NOT NULL CHECK (length(name) <= 300),
  reason TEXT NOT NULL CHECK (length(reason) <= 1000),
  service BLOB,
  provider BLOB,
  payload TEXT NOT NULL CHECK (length(payload) <= 40000),
  before TEXT NOT NULL CHECK (length(before) <= 40000),
  applied INTEGER NOT NULL CHECK (applied IN (0, 1)),
  PRIMARY KEY (edition, seq)
) STRICT, WITHOUT ROWID
table entry: CREATE TABLE entry (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('initiative', 'issue', 'request', 'strength')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL CHECK (length(body) <= 20000),
  status TEXT NOT NULL CHECK (length(status) BETWEEN 1 AND 20),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
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
table entry_comment: CREATE TABLE entry_comment (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  withdrawn_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0),
  at INTEGER NOT NULL
) STRICT
table entry_file: CREATE TABLE entry_file (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  stored BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  mime TEXT NOT NULL CHECK (length(mime) BETWEEN 1 AND 100),
  size INTEGER NOT NULL CHECK (size >= 0),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  at INTEGER NOT NULL
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
table entry_link: CREATE TABLE entry_link (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  entry BLOB NOT NULL REFERENCES entry (id),
  other BLOB NOT NULL REFERENCES entry (id),
  kind TEXT NOT NULL CHECK (kind IN ('related', 'merged', 'split')),
  moved TEXT NOT NULL CHECK (length(moved) <= 200000),
  named TEXT NOT NULL CHECK (length(named) <= 20000),
  made_at INTEGER NOT NULL,
  made_by BLOB,
  undone_at INTEGER,
  undone_by BLOB
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
table facility_partner: CREATE TABLE facility_partner (
  id BLOB NOT NULL PRIMARY KEY,
  facility BLOB NOT NULL REFERENCES provider (id),
  institution BLOB NOT NULL REFERENCES provider (id),
  consults INTEGER CHECK (consults IN (0, 1)),
  visits INTEGER CHECK (visits IN (0, 1)),
  admits INTEGER CHECK (admits IN (0, 1)),
  since_on TEXT,
  met_on TEXT,
  confirmed_on TEXT,
  confirmed_by TEXT NOT NULL CHECK (length(confirmed_by) <= 200),
  note TEXT NOT NULL CHECK (length(note) <= 1000),
  ended_on TEXT,
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table form_link: CREATE TABLE form_link (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  recipient TEXT NOT NULL CHECK (length(recipient) <= 254),
  made_at INTEGER NOT NULL,
  made_by BLOB,
  ends INTEGER NOT NULL,
  revoked_at INTEGER,
  used_at INTEGER,
  window_at INTEGER NOT NULL,
  window_uses INTEGER NOT NULL
) STRICT
table form_return: CREATE TABLE form_return (
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
  stamp INTEGER,
  entered_at INTEGER NOT NULL,
  entered_by BLOB,
  entered_office BLOB,
  decided_at INTEGER,
  decided_by BLOB,
  confirmed TEXT NOT NULL CHECK (length(confirmed) <= 300)
) STRICT
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
table handoff: CREATE TABLE handoff (
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
  sent_at INTEGER NOT NULL,
  moved_on TEXT NOT NULL CHECK (length(moved_on) = 10),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table handoff_step: CREATE TABLE handoff_step (
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
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (handoff, version)
) STRICT
table hospital_window: CREATE TABLE hospital_window (
  municipality TEXT NOT NULL PRIMARY KEY CHECK (length(municipality) = 6),
  window_name TEXT CHECK (length(window_name) <= 200),
  phone TEXT CHECK (length(phone) <= 40),
  fax TEXT CHECK (length(fax) <= 40),
  hours TEXT CHECK (length(hours) <= 500),
  answers TEXT CHECK (length(answers) <= 1000),
  to_whom TEXT CHECK (length(to_whom) <= 1000),
  how TEXT CHECK (length(how) <= 1000),
  outside TEXT CHECK (length(outside) <= 1000),
  verified_on TEXT,
  verified_by TEXT CHECK (length(verified_by) <= 200),
  draft TEXT CHECK (length(draft) <= 20000),
  draft_by TEXT CHECK (length(draft_by) <= 200),
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((draft IS NULL) = (draft_by IS NULL))
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
table inbox_code: CREATE TABLE inbox_code (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 10),
  target TEXT NOT NULL CHECK (length(target) BETWEEN 3 AND 200),
  made_at INTEGER NOT NULL,
  UNIQUE (tenant, target)
) STRICT
table inbox_history: CREATE TABLE inbox_history (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  paper BLOB NOT NULL REFERENCES inbox_paper (id),
  what TEXT NOT NULL CHECK (what IN ('arrived', 'filed', 'back', 'aside', 'turned', 'split', 'merged', 'gone')),
  page INTEGER NOT NULL,
  target TEXT,
  at INTEGER NOT NULL,
  by_account BLOB
) STRICT
table inbox_page: CREATE TABLE inbox_page (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  paper BLOB NOT NULL REFERENCES inbox_paper (id),
  place INTEGER NOT NULL,
  number INTEGER NOT NULL,
  blob BLOB,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  turn INTEGER NOT NULL CHECK (turn IN (0, 90, 180, 270)),
  reading TEXT NOT NULL CHECK (reading IN ('code', 'blank', 'none'))
) STRICT
table inbox_paper: CREATE TABLE inbox_paper (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  scan BLOB NOT NULL REFERENCES inbox_scan (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'filed', 'aside', 'gone')),
  target TEXT CHECK (length(target) BETWEEN 3 AND 200),
  how TEXT NOT NULL CHECK (how IN ('', 'qr', 'typed', 'chosen')),
  code TEXT NOT NULL CHECK (length(code) <= 10),
  arrived_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by BLOB,
  dispose_at INTEGER,
  version INTEGER NOT NULL,
  CHECK ((state = 'filed') = (target IS NOT NULL))
) STRICT
table inbox_scan: CREATE TABLE inbox_scan (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) <= 300),
  via TEXT NOT NULL CHECK (via IN ('hand', 'folder')),
  bytes INTEGER NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  blob BLOB,
  state TEXT NOT NULL CHECK (state IN ('reading', 'read', 'refused')),
  problem TEXT NOT NULL CHECK (length(problem) <= 40),
  problem_page INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  arrived_at INTEGER NOT NULL,
  arrived_by BLOB
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
table issue_draft: CREATE TABLE issue_draft (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  answers TEXT NOT NULL CHECK (length(answers) <= 40000),
  step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 6),
  entry BLOB,
  version INTEGER NOT NULL CHECK (version > 0),
  saved_at INTEGER NOT NULL
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
table joint_member: CREATE TABLE joint_member (
  joint BLOB NOT NULL REFERENCES joint_text (id),
  tenant BLOB NOT NULL,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  sort INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('invited', 'joined', 'left')),
  own TEXT NOT NULL CHECK (length(own) <= 400000),
  own_version INTEGER NOT NULL,
  adopted_base INTEGER NOT NULL,
  adopted_own INTEGER NOT NULL,
  adopted_at INTEGER,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (joint, tenant)
) STRICT
table joint_reader: CREATE TABLE joint_reader (
  joint BLOB NOT NULL REFERENCES joint_text (id),
  subject BLOB NOT NULL,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  inside INTEGER NOT NULL CHECK (inside IN (0, 1)),
  PRIMARY KEY (joint, subject)
) STRICT
table joint_text: CREATE TABLE joint_text (
  id BLOB NOT NULL PRIMARY KEY,
  round BLOB NOT NULL REFERENCES survey_round (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  lead BLOB NOT NULL,
  lead_name TEXT NOT NULL CHECK (length(lead_name) BETWEEN 1 AND 200),
  base TEXT NOT NULL CHECK (length(base) BETWEEN 1 AND 200000),
  version INTEGER NOT NULL CHECK (version > 0),
  made_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_name TEXT NOT NULL CHECK (length(changed_name) <= 200)
) STRICT
table mail: CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL CHECK (length(recipient) <= 320),
    subject TEXT NOT NULL CHECK (length(subject) <= 300),
    body TEXT NOT NULL CHECK (length(body) <= 20000),
    written_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT
table measure: CREATE TABLE measure (
  id BLOB NOT NULL PRIMARY KEY,
  entry BLOB NOT NULL REFERENCES entry (id),
  tenant BLOB NOT NULL,
  fiscal_year INTEGER NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  plan TEXT NOT NULL CHECK (length(plan) BETWEEN 2 AND 60000),
  due_on TEXT CHECK (length(due_on) = 10),
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'evaluated', 'stopped')),
  rating TEXT CHECK (rating IN ('A', 'B', 'C', 'D')),
  reach TEXT NOT NULL CHECK (reach IN ('internal', 'municipalities', 'participants', 'public')),
  copied_from BLOB,
  entered_by BLOB,
  frozen_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((state = 'evaluated') <= (rating IS NOT NULL))
) STRICT
table measure_version: CREATE TABLE measure_version (
  measure BLOB NOT NULL REFERENCES measure (id),
  version INTEGER NOT NULL CHECK (version > 0),
  tenant BLOB NOT NULL,
  plan TEXT NOT NULL CHECK (length(plan) BETWEEN 2 AND 60000),
  state TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) <= 2000),
  after_close INTEGER NOT NULL CHECK (after_close IN (0, 1)),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (measure, version),
  CHECK (after_close = 0 OR length(reason) > 0)
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
table old_count: CREATE TABLE old_count (
  tenant BLOB NOT NULL,
  month TEXT NOT NULL CHECK (length(month) = 7),
  dimension TEXT NOT NULL CHECK (length(dimension) <= 20),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  value TEXT NOT NULL CHECK (length(value) <= 60),
  calls INTEGER NOT NULL CHECK (calls >= 0),
  minutes INTEGER NOT NULL CHECK (minutes >= 0),
  file BLOB NOT NULL REFERENCES old_file (id),
  PRIMARY KEY (tenant, dimension, month, municipality, value)
) STRICT
table old_file: CREATE TABLE old_file (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  mapping BLOB REFERENCES old_mapping (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  body TEXT NOT NULL CHECK (length(body) <= 4000000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  read_at INTEGER NOT NULL,
  applied_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table old_mapping: CREATE TABLE old_mapping (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  body TEXT NOT NULL CHECK (length(body) <= 60000),
  version INTEGER NOT NULL CHECK (version > 0),
  changed_at INTEGER NOT NULL
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
table print_edition: CREATE TABLE print_edition (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('guide', 'medical', 'care')),
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 40),
  lang TEXT NOT NULL CHECK (lang IN ('ja', 'en')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'making', 'done', 'failed')),
  publisher TEXT NOT NULL CHECK (length(publisher) <= 200),
  ordered_by TEXT NOT NULL CHECK (length(ordered_by) <= 200),
  ordered_at INTEGER NOT NULL,
  finished_at INTEGER,
  pages INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  file BLOB,
  providers INTEGER NOT NULL DEFAULT 0,
  missing TEXT NOT NULL DEFAULT '' CHECK (length(missing) <= 100000),
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  millis INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '' CHECK (length(error) <= 2000),
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((state = 'done') = (file IS NOT NULL))
) STRICT
table print_snapshot: CREATE TABLE print_snapshot (
  edition BLOB NOT NULL PRIMARY KEY REFERENCES print_edition (id),
  body TEXT NOT NULL CHECK (length(body) <= 50000000)
) STRICT, WITHOUT ROWID
table programme_state: CREATE TABLE programme_state (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  public_version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT
table provider: CREATE TABLE provider (
  id BLOB NOT NULL PRIMARY KEY,
  edition INTEGER NOT NULL CHECK (edition >= 0),
  status TEXT NOT NULL CHECK (status IN ('open', 'suspended', 'closed', 'moved', 'merged')),
  status_on TEXT,
  successor BLOB,
  in_area INTEGER NOT NULL CHECK (in_area IN (0, 1)),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kana TEXT NOT NULL CHECK (length(kana) <= 300),
  name_en TEXT NOT NULL CHECK (length(name_en) <= 300),
  name_key TEXT NOT NULL CHECK (length(name_key) <= 300),
  postal TEXT NOT NULL CHECK (length(postal) <= 8),
  address TEXT NOT NULL CHECK (length(address) <= 300),
  building TEXT NOT NULL CHECK (length(building) <= 200),
  address_key TEXT NOT NULL CHECK (length(address_key) <= 400),
  lat REAL  CHECK (lat BETWEEN -90 AND 90),
  lon REAL  CHECK (lon BETWEEN -180 AND 180),
  precision_code TEXT NOT NULL CHECK (precision_code IN ('exact', 'town', 'municipality', 'none')),
  stated_lat REAL ,
  stated_lon REAL ,
  phone TEXT NOT NULL CHECK (length(phone) <= 40),
  fax TEXT NOT NULL CHECK (length(fax) <= 40),
  url TEXT NOT NULL CHECK (length(url) <= 500),
  corporation TEXT NOT NULL CHECK (length(corporation) <= 200),
  corporation_number TEXT NOT NULL CHECK (length(corporation_number) <= 13),
  kinds TEXT NOT NULL CHECK (length(kinds) <= 400),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  source_date TEXT,
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  absent_since TEXT,
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((lat IS NULL) = (lon IS NULL)),
  CHECK ((lat IS NULL) = (precision_code = 'none'))
) STRICT
table provider_alias: CREATE TABLE provider_alias (
  provider BLOB NOT NULL REFERENCES provider (id),
  alias TEXT NOT NULL CHECK (length(alias) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (kind IN ('former', 'source', 'short')),
  until_on TEXT,
  PRIMARY KEY (provider, alias)
) STRICT, WITHOUT ROWID
table provider_care: CREATE TABLE provider_care (
  provider BLOB NOT NULL PRIMARY KEY REFERENCES provider (id),
  house_call INTEGER CHECK (house_call IN (0, 1)),
  home_visit INTEGER CHECK (home_visit IN (0, 1)),
  visit_area TEXT NOT NULL CHECK (length(visit_area) <= 400),
  visit_note TEXT NOT NULL CHECK (length(visit_note) <= 1000),
  day_and_night INTEGER CHECK (day_and_night IN (0, 1)),
  end_of_life INTEGER CHECK (end_of_life IN (0, 1)),
  new_patients TEXT CHECK (new_patients IN ('yes', 'no', 'ask')),
  new_patients_on TEXT,
  vacancy INTEGER CHECK (vacancy BETWEEN 0 AND 10000),
  vacancy_on TEXT,
  languages TEXT NOT NULL CHECK (length(languages) <= 200),
  wheelchair INTEGER CHECK (wheelchair IN (0, 1)),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  updated_at INTEGER NOT NULL
) STRICT
table provider_contact: CREATE TABLE provider_contact (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL UNIQUE REFERENCES provider (id),
  tenant BLOB NOT NULL,
  mail TEXT NOT NULL CHECK (length(mail) <= 200),
  saved_at INTEGER NOT NULL
) STRICT
table provider_fact: CREATE TABLE provider_fact (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  edition INTEGER NOT NULL,
  scheme TEXT NOT NULL CHECK (length(scheme) BETWEEN 1 AND 20),
  class TEXT NOT NULL CHECK (length(class) BETWEEN 1 AND 200),
  number TEXT NOT NULL CHECK (length(number) <= 60),
  value TEXT NOT NULL CHECK (length(value) <= 500),
  from_on TEXT,
  until_on TEXT,
  source TEXT NOT NULL CHECK (length(source) <= 200),
  source_date TEXT,
  UNIQUE (provider, scheme, class, number, value)
) STRICT
table provider_field: CREATE TABLE provider_field (
  provider BLOB NOT NULL REFERENCES provider (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  value TEXT NOT NULL CHECK (length(value) <= 2000),
  entered INTEGER NOT NULL CHECK (entered IN (0, 1)),
  official TEXT CHECK (length(official) <= 2000),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  updated_at INTEGER NOT NULL, settled TEXT CHECK (length(settled) <= 2000),
  PRIMARY KEY (provider, field)
) STRICT, WITHOUT ROWID
table provider_history: CREATE TABLE provider_history (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  at INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 40),
  on_day TEXT,
  note TEXT NOT NULL CHECK (length(note) <= 1000),
  fields TEXT NOT NULL CHECK (length(fields) <= 20000),
  by_name TEXT NOT NULL CHECK (length(by_name) <= 200)
) STRICT
table provider_identifier: CREATE TABLE provider_identifier (
  scheme TEXT NOT NULL CHECK (length(scheme) BETWEEN 1 AND 20),
  value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 40),
  provider BLOB NOT NULL REFERENCES provider (id),
  edition INTEGER NOT NULL,
  PRIMARY KEY (scheme, value)
) STRICT, WITHOUT ROWID
table provider_keeper: CREATE TABLE provider_keeper (
  provider BLOB NOT NULL REFERENCES provider (id),
  organisation BLOB NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (provider, organisation)
) STRICT, WITHOUT ROWID
table provider_pair: CREATE TABLE provider_pair (
  first BLOB NOT NULL REFERENCES provider (id),
  second BLOB NOT NULL REFERENCES provider (id),
  edition INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (length(why) <= 40),
  state TEXT NOT NULL CHECK (state IN ('open', 'same', 'different')),
  decided_at INTEGER,
  decided_by TEXT NOT NULL CHECK (length(decided_by) <= 200),
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID
table provider_professional: CREATE TABLE provider_professional (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL UNIQUE REFERENCES provider (id),
  tenant BLOB NOT NULL,
  treatments TEXT NOT NULL CHECK (length(treatments) <= 500),
  conditions TEXT NOT NULL CHECK (length(conditions) <= 2000),
  direct_phone TEXT NOT NULL CHECK (length(direct_phone) <= 40),
  direct_fax TEXT NOT NULL CHECK (length(direct_fax) <= 40),
  liaison_name TEXT NOT NULL CHECK (length(liaison_name) <= 200),
  liaison_hours TEXT NOT NULL CHECK (length(liaison_hours) <= 500),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  verified_on TEXT,
  verified_by TEXT NOT NULL CHECK (length(verified_by) <= 200),
  updated_at INTEGER NOT NULL
) STRICT
table provider_service: CREATE TABLE provider_service (
  id BLOB NOT NULL PRIMARY KEY,
  provider BLOB NOT NULL REFERENCES provider (id),
  edition INTEGER NOT NULL CHECK (edition >= 0),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 20),
  number TEXT NOT NULL CHECK (length(number) <= 40),
  capacity INTEGER CHECK (capacity BETWEEN 1 AND 100000),
  days TEXT CHECK (length(days) <= 8),
  hours TEXT CHECK (length(hours) <= 4000),
  hours_note TEXT NOT NULL CHECK (length(hours_note) <= 2000),
  departments TEXT NOT NULL CHECK (length(departments) <= 2000),
  beds TEXT CHECK (length(beds) <= 1000),
  dataset TEXT NOT NULL CHECK (length(dataset) <= 40),
  dataset_key TEXT NOT NULL CHECK (length(dataset_key) <= 120),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) <= 64),
  official TEXT NOT NULL CHECK (length(official) <= 20000),
  source TEXT NOT NULL CHECK (length(source) <= 200),
  source_date TEXT,
  absent_since TEXT,
  ended_on TEXT,
  UNIQUE (dataset, dataset_key)
) STRICT
table provider_update: CREATE TABLE provider_update (
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
  created_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by TEXT NOT NULL CHECK (length(decided_by) <= 200),
  reason TEXT NOT NULL CHECK (length(reason) <= 1000),
  version INTEGER NOT NULL CHECK (version > 0)
, spoken_with TEXT NOT NULL DEFAULT '' CHECK (length(spoken_with) <= 100), outcome TEXT NOT NULL DEFAULT '{}' CHECK (length(outcome) <= 4000)) STRICT
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
table retention: CREATE TABLE retention (
  tenant BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  years INTEGER NOT NULL CHECK (years BETWEEN 1 AND 100),
  basis TEXT NOT NULL CHECK (length(basis) <= 200),
  version INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (tenant, kind)
) STRICT
table round_aside: CREATE TABLE round_aside (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  tenant BLOB NOT NULL,
  value TEXT NOT NULL CHECK (length(value) <= 200000),
  saved_at INTEGER NOT NULL,
  saved_by BLOB,
  resolved_at INTEGER
) STRICT
table round_field: CREATE TABLE round_field (
  reply BLOB NOT NULL REFERENCES round_reply (id),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  tenant BLOB NOT NULL,
  value TEXT NOT NULL CHECK (length(value) <= 200000),
  answer_range TEXT NOT NULL CHECK (answer_range IN ('public', 'meeting', 'offices')),
  channel TEXT NOT NULL CHECK (channel IN ('screen', 'file', 'proxy', 'joint', 'proposal')),
  saved_at INTEGER NOT NULL,
  saved_by BLOB,
  saved_office BLOB,
  audited_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  PRIMARY KEY (reply, field)
) STRICT
table round_file: CREATE TABLE round_file (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  field TEXT NOT NULL CHECK (length(field) <= 40),
  file BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  mime TEXT NOT NULL CHECK (length(mime) <= 100),
  size INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  added_by BLOB,
  submitted_at INTEGER,
  removed_at INTEGER
) STRICT
table round_reader: CREATE TABLE round_reader (
  round BLOB NOT NULL REFERENCES survey_round (id),
  subject BLOB NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('asker', 'tenant')),
  PRIMARY KEY (round, subject)
) STRICT
table round_reply: CREATE TABLE round_reply (
  id BLOB NOT NULL PRIMARY KEY,
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  sort INTEGER NOT NULL,
  due TEXT NOT NULL CHECK (length(due) <= 10),
  state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'submitted', 'returned', 'accepted', 'published')),
  opened_at INTEGER,
  started_at INTEGER,
  changed_at INTEGER,
  submitted_at INTEGER,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  reminded_at INTEGER,
  reminders INTEGER NOT NULL,
  versions INTEGER NOT NULL,
  current BLOB,
  check_state TEXT NOT NULL CHECK (check_state IN ('none', 'asked', 'change', 'agreed')),
  check_at INTEGER,
  check_version BLOB,
  check_note TEXT NOT NULL CHECK (length(check_note) <= 2000),
  version INTEGER NOT NULL CHECK (version > 0),
  UNIQUE (round, tenant)
) STRICT
table round_version: CREATE TABLE round_version (
  id BLOB NOT NULL PRIMARY KEY,
  reply BLOB NOT NULL REFERENCES round_reply (id),
  round BLOB NOT NULL REFERENCES survey_round (id),
  tenant BLOB NOT NULL,
  asker BLOB NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  answers TEXT NOT NULL CHECK (length(answers) <= 5000000),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'submitted', 'returned', 'accepted', 'published')),
  made_at INTEGER NOT NULL,
  made_by BLOB,
  made_office BLOB,
  approval TEXT NOT NULL CHECK (approval IN ('none', 'renkei', 'outside')),
  approved_at INTEGER,
  approved_by BLOB,
  document_number TEXT NOT NULL CHECK (length(document_number) <= 100),
  decided_on TEXT NOT NULL CHECK (length(decided_on) <= 10),
  decider_post TEXT NOT NULL CHECK (length(decider_post) <= 100),
  submitted_at INTEGER,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  note TEXT NOT NULL CHECK (length(note) <= 2000),
  decided_at INTEGER,
  shared_at INTEGER,
  UNIQUE (reply, number)
) STRICT
table saved_view: CREATE TABLE saved_view (
  id BLOB NOT NULL PRIMARY KEY,
  account BLOB NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 1000),
  saved_at INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT
table segment_dismissal: CREATE TABLE segment_dismissal (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  answer BLOB NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
  words TEXT NOT NULL CHECK (length(words) = 64),
  dismissed_at INTEGER NOT NULL,
  dismissed_by BLOB,
  UNIQUE (tenant, answer, words)
) STRICT
table service_kind: CREATE TABLE service_kind (
  code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 20),
  family TEXT NOT NULL CHECK (length(family) BETWEEN 1 AND 20),
  name_ja TEXT NOT NULL CHECK (length(name_ja) BETWEEN 1 AND 100),
  name_en TEXT NOT NULL CHECK (length(name_en) BETWEEN 1 AND 150),
  short_ja TEXT NOT NULL CHECK (length(short_ja) BETWEEN 1 AND 40),
  plain_ja TEXT NOT NULL CHECK (length(plain_ja) <= 200),
  plain_en TEXT NOT NULL CHECK (length(plain_en) <= 300),
  words TEXT NOT NULL CHECK (length(words) <= 500),
  billing_code TEXT NOT NULL CHECK (length(billing_code) <= 4),
  tone TEXT NOT NULL CHECK (length(tone) BETWEEN 1 AND 20),
  shape TEXT NOT NULL CHECK (length(shape) BETWEEN 1 AND 20),
  valid_from TEXT,
  valid_until TEXT,
  sort INTEGER NOT NULL
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
table story: CREATE TABLE story (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  consultation BLOB REFERENCES consultation (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'asked', 'shared', 'withdrawn')),
  reach TEXT NOT NULL CHECK (reach IN ('desk', 'area')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  situation TEXT NOT NULL CHECK (length(situation) BETWEEN 1 AND 4000),
  together TEXT NOT NULL CHECK (length(together) BETWEEN 1 AND 4000),
  outcome TEXT NOT NULL CHECK (length(outcome) BETWEEN 1 AND 4000),
  category_mask INTEGER NOT NULL,
  scene_mask INTEGER NOT NULL,
  treatment_mask INTEGER NOT NULL,
  folded TEXT NOT NULL,
  written_by BLOB,
  written_name TEXT NOT NULL CHECK (length(written_name) <= 400),
  checked_by BLOB,
  checked_name TEXT NOT NULL CHECK (length(checked_name) <= 400),
  checked_at INTEGER,
  reason TEXT NOT NULL CHECK (length(reason) <= 1000),
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((state = 'shared') <= (checked_by IS NOT NULL)),
  CHECK (checked_by IS NULL OR written_by IS NULL OR checked_by <> written_by)
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
table survey_round: CREATE TABLE survey_round (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  slug TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 80),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  title_en TEXT NOT NULL CHECK (length(title_en) <= 500),
  fiscal_year INTEGER NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
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
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  closed_at INTEGER,
  published_at INTEGER,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table totp: CREATE TABLE totp (
  account BLOB NOT NULL PRIMARY KEY REFERENCES account (id),
  sealed BLOB NOT NULL,
  last_step INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT
table town_point: CREATE TABLE town_point (
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  town TEXT NOT NULL CHECK (length(town) BETWEEN 1 AND 100),
  town_key TEXT NOT NULL CHECK (length(town_key) <= 200),
  lat REAL  NOT NULL,
  lon REAL  NOT NULL,
  PRIMARY KEY (municipality, town)
) STRICT, WITHOUT ROWID
table unmet_need: CREATE TABLE unmet_need (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  consultation BLOB REFERENCES consultation (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  place TEXT NOT NULL CHECK (length(place) <= 100),
  service TEXT NOT NULL CHECK (length(service) BETWEEN 1 AND 20),
  why TEXT NOT NULL CHECK (length(why) BETWEEN 1 AND 20),
  at INTEGER NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  by_account BLOB,
  undone_at INTEGER,
  fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT
table upkeep_setting: CREATE TABLE upkeep_setting (
  municipality TEXT NOT NULL PRIMARY KEY CHECK (length(municipality) = 6),
  stale_days INTEGER NOT NULL CHECK (stale_days BETWEEN 30 AND 2000),
  decides TEXT NOT NULL CHECK (decides IN ('approver', 'editor')),
  at_once INTEGER NOT NULL CHECK (at_once IN (0, 1)),
  saved_at INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT, WITHOUT ROWID
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
table year_close: CREATE TABLE year_close (
  tenant BLOB NOT NULL,
  fiscal_year INTEGER NOT NULL CHECK (fiscal_year BETWEEN 1947 AND 2200),
  measures INTEGER NOT NULL,
  by_name TEXT NOT NULL CHECK (length(by_name) <= 400),
  closed_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, fiscal_year)
) STRICT
view public_provider: CREATE VIEW public_provider AS
SELECT id, edition, status, status_on, successor, in_area, municipality, name, kana, name_en, name_key, postal, address,
  building, address_key, lat, lon, precision_code, stated_lat, stated_lon, phone, fax, url, corporation, corporation_number,
  kinds, note, source, source_date, verified_on, verified_by, absent_since, fictional, updated_at, version
FROM provider WHERE edition <= (SELECT current FROM directory_state WHERE id = 1)
view public_provider_fact: CREATE VIEW public_provider_fact AS
SELECT id, provider, edition, scheme, class, number, value, from_on, until_on, source, source_date
FROM provider_fact WHERE edition <= (SELECT current FROM directory_state WHERE id = 1)
view public_provider_service: CREATE VIEW public_provider_service AS
SELECT id, provider, edition, kind, number, capacity, days, hours, hours_note, departments, beds, dataset, dataset_key,
  fingerprint, official, source, source_date, absent_since, ended_on
FROM provider_service WHERE edition <= (SELECT current FROM directory_state WHERE id = 1)
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
view visible_callback_request: CREATE VIEW visible_callback_request AS
SELECT c.id, c.tenant, c.municipality, c.texts, c.hours, c.channel, c.received_at, c.promised_by, c.escalated_at, c.outcome,
  c.done_at, c.done_by, c.done_name, c.keep_until, c.consultation, c.fictional, c.version, a.level
FROM access a JOIN callback_request c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_confirmation_item: CREATE VIEW visible_confirmation_item AS
SELECT i.id, i.round, i.tenant, i.provider, i.municipality, i.kind, i.what, i.due_on, i.state, i.chased, i.chased_on,
  i.mailed, i.call_note, i.answered_at, a.level, i.tenant AS seen_by
FROM access a JOIN confirmation_item i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT i.id, i.round, i.tenant, i.provider, i.municipality, i.kind, i.what, i.due_on, i.state, i.chased, i.chased_on,
  i.mailed, '', i.answered_at, 1, k.organisation
FROM access a JOIN provider_keeper k ON k.organisation = a.subject JOIN confirmation_item i ON i.provider = k.provider
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = i.tenant AND b.until > viewer_now())
view visible_confirmation_round: CREATE VIEW visible_confirmation_round AS
SELECT r.id, r.tenant, r.title, r.what, r.municipalities, r.families, r.letter, r.due_on, r.state, r.asked, r.waves,
  r.created_at, r.closed_at, r.version, a.level
FROM access a JOIN confirmation_round r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_consultation: CREATE VIEW visible_consultation AS
SELECT c.id, c.tenant, c.municipality, c.lane, c.channel, c.caller, c.caller_provider, c.caller_hash, c.person_hash, c.age_band,
  c.care_level, c.living, c.category, c.categories, c.category_mask, c.scenes, c.scene_mask, c.treatments, c.treatment_mask,
  c.responses, c.response_mask, c.urgency, c.legal_basis, c.minutes, c.state, c.result, c.need_met, c.area_issue, c.texts,
  c.received_at, c.day, c.follow_up_on, c.saved_at, c.changed_at, c.closed_at, c.reopened, c.taken_by, c.held_by, c.receiver,
  c.origin, c.batch, c.disposed_at, c.fictional, c.version,
  COALESCE((SELECT p.name FROM account p WHERE p.id = c.taken_by), '') AS taken_name,
  COALESCE((SELECT p.name FROM account p WHERE p.id = c.held_by), '') AS held_name,
  COALESCE((SELECT o.name FROM organisation o WHERE o.id = c.receiver), '') AS receiver_name,
  CASE WHEN EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = c.tenant AND a.until > viewer_now())
    THEN 'desk' ELSE 'receiver' END AS side,
  (SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND (a.subject = c.tenant OR a.subject = c.receiver)) AS level
FROM consultation c
WHERE EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = c.tenant AND a.until > viewer_now())
  OR (c.receiver IS NOT NULL AND EXISTS (SELECT 1 FROM access a
    WHERE a.account = viewer_account() AND a.subject = c.receiver AND a.until > viewer_now()))
view visible_consultation_absence: CREATE VIEW visible_consultation_absence AS
SELECT b.id, b.tenant, b.account, b.name, b.first_on, b.last_on, a.level
FROM access a JOIN consultation_absence b ON b.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_consultation_agreement: CREATE VIEW visible_consultation_agreement AS
SELECT g.id, g.tenant, g.town, g.desk_name, g.town_name, g.municipality, g.first_on, g.last_on, g.desk_by, g.desk_at, g.town_by,
  g.town_at, g.ended_by, g.ended_at, g.version, 'desk' AS side, a.level
FROM access a JOIN consultation_agreement g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
UNION ALL
SELECT g.id, g.tenant, g.town, g.desk_name, g.town_name, g.municipality, g.first_on, g.last_on, g.desk_by, g.desk_at, g.town_by,
  g.town_at, g.ended_by, g.ended_at, g.version, 'town' AS side, a.level
FROM access a JOIN consultation_agreement g ON g.town = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_consultation_count: CREATE VIEW visible_consultation_count AS
SELECT c.tenant, c.month, c.dimension, c.municipality, c.value, c.calls, c.minutes, a.level
FROM access a JOIN consultation_count c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_consultation_counted: CREATE VIEW visible_consultation_counted AS
SELECT f.consultation, f.tenant, f.facts, c.side, c.level
FROM visible_consultation c JOIN consultation_counted f ON f.consultation = c.id
view visible_consultation_deputies: CREATE VIEW visible_consultation_deputies AS
SELECT d.tenant, d.list, d.by_name, d.saved_at, d.version, a.level
FROM access a JOIN consultation_deputies d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_consultation_disposal: CREATE VIEW visible_consultation_disposal AS
SELECT d.id, d.tenant, d.kind, d.before_on, d.years, d.basis, d.records, d.state, d.proposed_at, d.decided_by, d.decided_at,
  d.destroyed, d.done_at, d.version, a.level
FROM access a JOIN consultation_disposal d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_consultation_event: CREATE VIEW visible_consultation_event AS
SELECT e.id, e.consultation, e.tenant, e.at, e.account, e.organisation, e.what, e.detail, e.note, e.version,
  COALESCE((SELECT p.name FROM account p WHERE p.id = e.account), '') AS name, c.side, c.level
FROM visible_consultation c JOIN consultation_event e ON e.consultation = c.id
view visible_consultation_handover: CREATE VIEW visible_consultation_handover AS
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
      WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership')) h
view visible_consultation_handover_step: CREATE VIEW visible_consultation_handover_step AS
SELECT s.id, s.handover, s.tenant, s.step, s.note, s.due_on, s.by_name, s.behalf, s.happened_on, s.version, s.at
FROM visible_consultation_handover h JOIN consultation_handover_step s ON s.handover = h.id
view visible_consultation_hold: CREATE VIEW visible_consultation_hold AS
SELECT k.consultation, k.tenant, k.reason, k.by_name, k.at, a.level
FROM access a JOIN consultation_hold k ON k.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_consultation_issue: CREATE VIEW visible_consultation_issue AS
SELECT i.consultation, i.entry, i.tenant, i.title, i.at, i.by_account, a.level
FROM access a JOIN consultation_issue i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_consultation_mark: CREATE VIEW visible_consultation_mark AS
SELECT k.consultation, k.tenant, k.received_at, k.m0, k.m1, k.m2, k.m3, k.m4, k.m5, k.m6, k.m7
FROM access a JOIN consultation_mark k ON k.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_consultation_referral: CREATE VIEW visible_consultation_referral AS
SELECT r.id, r.consultation, r.tenant, r.provider, r.name, r.kind, r.answer, r.at, r.by_account, r.undone_at, r.version,
  c.municipality, c.side, c.level
FROM visible_consultation c JOIN consultation_referral r ON r.consultation = c.id
view visible_consultation_retention: CREATE VIEW visible_consultation_retention AS
SELECT r.tenant, r.kind, r.years, r.basis, r.by_name, r.saved_at, r.version, a.level
FROM access a JOIN consultation_retention r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.via = 'membership'
view visible_disclosure: CREATE VIEW visible_disclosure AS
SELECT d.id, d.tenant, d.measure, d.measure_version, d.title, d.number, d.body, d.hidden, d.reason, d.by_name, d.at, a.level
FROM access a JOIN disclosure d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_duty: CREATE VIEW visible_duty AS
SELECT d.tenant, d.key, d.month, d.title, d.version, d.saved_at, a.level
FROM access a JOIN duty d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_duty_done: CREATE VIEW visible_duty_done AS
SELECT d.tenant, d.key, d.fiscal_year, d.done_on, d.by_name, a.level
FROM access a JOIN duty_done d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_duty_note: CREATE VIEW visible_duty_note AS
SELECT n.tenant, n.key, n.version, n.body, n.by_name, n.saved_at, a.level
FROM access a JOIN duty_note n ON n.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_entry: CREATE VIEW visible_entry AS
SELECT e.id, e.tenant, e.kind, e.title, e.body, e.status, e.reach, e.open, e.waits, e.fiscal_year, e.items, e.item_mask, e.scenes,
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
view visible_entry_comment: CREATE VIEW visible_entry_comment AS
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
        WHERE n.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now()))))
view visible_entry_file: CREATE VIEW visible_entry_file AS
SELECT f.id, f.entry, f.tenant, f.stored, f.name, f.mime, f.size, f.by_name, f.at, a.level
FROM access a JOIN entry_file f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_entry_history: CREATE VIEW visible_entry_history AS
SELECT h.id, h.entry, h.tenant, h.organisation, h.account, h.action, h.detail, h.version, h.at
FROM access a JOIN entry_history h ON h.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT h.id, h.entry, h.tenant, h.organisation, h.account, h.action, h.detail, h.version, h.at
FROM access a JOIN entry_history h ON h.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = h.tenant AND b.until > viewer_now())
view visible_entry_link: CREATE VIEW visible_entry_link AS
SELECT l.id, l.tenant, l.entry, l.other, l.kind, l.moved, l.named, l.made_at, l.made_by, l.undone_at, a.level
FROM access a JOIN entry_link l ON l.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_entry_municipality: CREATE VIEW visible_entry_municipality AS
SELECT m.entry, m.municipality, m.tenant, m.organisation, m.sort, m.wording, m.status, m.approved_at, m.approved_name,
  m.withdrawn_on, m.version, e.inside,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = m.organisation AND a.until > viewer_now()), 1) AS level
FROM visible_entry e JOIN entry_municipality m ON m.entry = e.id
WHERE (m.approved_at IS NOT NULL AND m.withdrawn_on IS NULL) OR e.inside = 1
view visible_entry_participant: CREATE VIEW visible_entry_participant AS
SELECT p.entry, p.organisation FROM visible_entry e JOIN entry_participant p ON p.entry = e.id WHERE e.inside = 1
view visible_form_link: CREATE VIEW visible_form_link AS
SELECT l.id, l.reply, l.round, l.tenant, l.recipient, l.made_at, l.ends, l.revoked_at, l.used_at, 'asker' AS side, a.level
FROM access a JOIN form_link l ON l.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT l.id, l.reply, l.round, l.tenant, l.recipient, l.made_at, l.ends, l.revoked_at, l.used_at, 'tenant' AS side, a.level
FROM access a JOIN form_link l ON l.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_form_return: CREATE VIEW visible_form_return AS
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
WHERE a.account = viewer_account() AND a.until > viewer_now() AND f.via = 'proxy' AND f.entered_office = f.asker
view visible_goal: CREATE VIEW visible_goal AS
SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at,
  COALESCE((SELECT MAX(a.level) FROM access a
    WHERE a.account = viewer_account() AND a.subject = g.tenant AND a.until > viewer_now()), 1) AS level
FROM goal g WHERE g.published_at IS NOT NULL
UNION ALL
SELECT g.id, g.tenant, g.part, g.body, g.fictional, g.published_at, g.version, g.saved_at, a.level
FROM access a JOIN goal g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND g.published_at IS NULL
view visible_handoff: CREATE VIEW visible_handoff AS
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
      WHERE a.account = viewer_account() AND a.until > viewer_now())) h
view visible_handoff_step: CREATE VIEW visible_handoff_step AS
SELECT s.id, s.handoff, s.tenant, s.receiver, s.step, s.body, s.due_on, s.by_name, s.behalf, s.happened_on, s.version, s.at
FROM visible_handoff h JOIN handoff_step s ON s.handoff = h.id
view visible_import_batch: CREATE VIEW visible_import_batch AS
SELECT i.id, i.survey, i.tenant, i.file_name, i.format, i.encoding, i.responses, i.questions, i.written, i.blank,
  i.imported_at, i.published_at, a.level
FROM access a JOIN import_batch i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_inbox_code: CREATE VIEW visible_inbox_code AS
SELECT c.id, c.tenant, c.code, c.target, c.made_at, a.level
FROM access a JOIN inbox_code c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_inbox_history: CREATE VIEW visible_inbox_history AS
SELECT h.id, h.tenant, h.paper, h.what, h.page, h.target, h.at, h.by_account, a.level
FROM access a JOIN inbox_history h ON h.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_inbox_page: CREATE VIEW visible_inbox_page AS
SELECT g.id, g.tenant, g.paper, g.place, g.number, g.blob, g.width, g.height, g.turn, g.reading, a.level
FROM access a JOIN inbox_page g ON g.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_inbox_paper: CREATE VIEW visible_inbox_paper AS
SELECT p.id, p.tenant, p.scan, p.state, p.target, p.how, p.code, p.arrived_at, p.decided_at, p.decided_by, p.dispose_at, p.version,
  a.level
FROM access a JOIN inbox_paper p ON p.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_inbox_scan: CREATE VIEW visible_inbox_scan AS
SELECT s.id, s.tenant, s.name, s.via, s.bytes, s.hash, s.blob, s.state, s.problem, s.problem_page, s.pages, s.arrived_at,
  s.arrived_by, a.level
FROM access a JOIN inbox_scan s ON s.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_invitation: CREATE VIEW visible_invitation AS
SELECT i.id, i.organisation, i.role, i.channel, i.label, i.state, i.invited_by, i.created, i.expires, i.accepted_by, i.closed, a.level
FROM access a JOIN invitation i ON i.organisation = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3
view visible_issue_draft: CREATE VIEW visible_issue_draft AS
SELECT d.id, d.tenant, d.by_name, d.answers, d.step, d.entry, d.version, d.saved_at, a.level
FROM access a JOIN issue_draft d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_joint_member: CREATE VIEW visible_joint_member AS
SELECT o.joint, o.tenant, o.reply, o.name, o.sort, o.state, o.own, o.own_version, o.adopted_base, o.adopted_own, o.adopted_at,
  g.reply AS viewed_from, CASE WHEN o.tenant = g.subject THEN a.level ELSE 1 END AS level
FROM access a JOIN joint_reader g ON g.subject = a.subject JOIN joint_member o ON o.joint = g.joint
WHERE a.account = viewer_account() AND a.until > viewer_now() AND (g.inside = 1 OR o.tenant = g.subject)
view visible_joint_text: CREATE VIEW visible_joint_text AS
SELECT j.id, j.round, j.field, j.lead, j.lead_name, j.base, j.version, j.made_at, j.changed_at, j.changed_name, g.reply,
  g.subject AS tenant, a.level
FROM access a JOIN joint_reader g ON g.subject = a.subject JOIN joint_text j ON j.id = g.joint
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_measure: CREATE VIEW visible_measure AS
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
        WHERE n.entry = e.id AND a.account = viewer_account() AND a.until > viewer_now()))))
view visible_measure_version: CREATE VIEW visible_measure_version AS
SELECT v.measure, v.version, v.tenant, v.plan, v.state, v.reason, v.after_close, v.by_name, v.saved_at, a.level
FROM access a JOIN measure_version v ON v.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_membership: CREATE VIEW visible_membership AS
SELECT m.id, m.account, m.organisation, m.role, m.profession, m.starts, m.ends, a.level,
  p.name, p.sign_in, p.email, p.last_sign_in, p.fictional,
  (SELECT COUNT(*) FROM totp t WHERE t.account = m.account) AS totp_count,
  (SELECT COUNT(*) FROM code_sheet s JOIN sheet_code c ON c.sheet = s.id
    WHERE s.account = m.account AND s.voided IS NULL AND c.used IS NULL) AS sheet_left
FROM access a JOIN membership m ON m.organisation = a.subject JOIN account p ON p.id = m.account
WHERE a.account = viewer_account() AND a.until > viewer_now() AND a.level >= 3
view visible_old_count: CREATE VIEW visible_old_count AS
SELECT c.tenant, c.month, c.dimension, c.municipality, c.value, c.calls, c.minutes, c.file, a.level
FROM access a JOIN old_count c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_old_file: CREATE VIEW visible_old_file AS
SELECT f.id, f.tenant, f.mapping, f.name, f.body, f.by_name, f.read_at, f.applied_at, f.version, a.level
FROM access a JOIN old_file f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_old_mapping: CREATE VIEW visible_old_mapping AS
SELECT m.id, m.tenant, m.name, m.body, m.version, m.changed_at, a.level
FROM access a JOIN old_mapping m ON m.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_provider_contact: CREATE VIEW visible_provider_contact AS
SELECT c.id, c.provider, c.tenant, c.mail, c.saved_at, a.level
FROM access a JOIN provider_contact c ON c.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_provider_professional: CREATE VIEW visible_provider_professional AS
SELECT p.id, p.provider, p.tenant, p.treatments, p.conditions, p.direct_phone, p.direct_fax, p.liaison_name, p.liaison_hours,
  p.source, p.verified_on, p.verified_by, p.updated_at,
  COALESCE((SELECT MAX(a.level) FROM access a WHERE a.account = viewer_account() AND a.subject = p.tenant
    AND a.until > viewer_now()), 1) AS level
FROM provider_professional p
WHERE EXISTS (SELECT 1 FROM access b WHERE b.account = viewer_account() AND b.until > viewer_now())
view visible_provider_update: CREATE VIEW visible_provider_update AS
SELECT u.id, u.provider, u.tenant, u.by_org, u.by_name, u.channel, u.spoken_with, u.fields, u.base, u.note, u.verified_on,
  u.state, u.outcome, u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, u.version, a.level
FROM access a JOIN provider_update u ON u.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT u.id, u.provider, u.tenant, u.by_org, u.by_name, u.channel, u.spoken_with, u.fields, u.base, u.note, u.verified_on,
  u.state, u.outcome, u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, u.version, 1
FROM access a JOIN provider_update u ON u.by_org = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
  AND NOT EXISTS (SELECT 1 FROM access b WHERE b.account = a.account AND b.subject = u.tenant AND b.until > viewer_now())
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
view visible_retention: CREATE VIEW visible_retention AS
SELECT r.tenant, r.kind, r.years, r.basis, r.version, a.level
FROM access a JOIN retention r ON r.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_round_aside: CREATE VIEW visible_round_aside AS
SELECT s.id, s.reply, s.field, s.tenant, s.value, s.saved_at, s.saved_by, s.resolved_at,
  (SELECT p.name FROM account p WHERE p.id = s.saved_by) AS saved_name, a.level
FROM access a JOIN round_aside s ON s.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_round_field: CREATE VIEW visible_round_field AS
SELECT f.reply, f.field, f.tenant, f.value, f.answer_range, f.channel, f.saved_at, f.saved_by, f.saved_office, f.version,
  (SELECT p.name FROM account p WHERE p.id = f.saved_by) AS saved_name, a.level
FROM access a JOIN round_field f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_round_file: CREATE VIEW visible_round_file AS
SELECT f.id, f.reply, f.tenant, f.asker, f.field, f.file, f.name, f.mime, f.size, f.added_at, f.submitted_at, f.removed_at,
  (SELECT p.name FROM account p WHERE p.id = f.added_by) AS added_name, 'tenant' AS side, a.level
FROM access a JOIN round_file f ON f.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT f.id, f.reply, f.tenant, f.asker, f.field, f.file, f.name, f.mime, f.size, f.added_at, f.submitted_at, f.removed_at,
  NULL AS added_name, 'asker' AS side, a.level
FROM access a JOIN round_file f ON f.asker = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now() AND f.submitted_at IS NOT NULL
view visible_round_reply: CREATE VIEW visible_round_reply AS
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
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_round_version: CREATE VIEW visible_round_version AS
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
  AND v.tenant <> g.subject
view visible_saved_view: CREATE VIEW visible_saved_view AS
SELECT v.id, v.account, v.name, v.address, v.saved_at FROM saved_view v WHERE v.account = viewer_account()
view visible_segment_dismissal: CREATE VIEW visible_segment_dismissal AS
SELECT d.id, d.tenant, d.answer, d.words, d.dismissed_at,
  (SELECT p.name FROM account p WHERE p.id = d.dismissed_by) AS dismissed_name, a.level
FROM access a JOIN segment_dismissal d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_source: CREATE VIEW visible_source AS
SELECT s.id, s.entry, s.tenant, s.organisation, s.kind, s.record, s.record_version, s.survey, s.municipality, s.question,
  s.paragraph, s.starts, s.ends, s.quote, s.published, s.sort, s.added_at, e.level
FROM visible_entry e JOIN source s ON s.entry = e.id
WHERE (s.published = 1 AND (e.inside = 1 OR s.municipality = '' OR e.approved LIKE '%' || s.municipality || '%'))
  OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND a.subject = s.tenant)
  OR EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now()
    AND a.subject = s.organisation)
view visible_story: CREATE VIEW visible_story AS
SELECT s.id, s.tenant, s.consultation, s.state, s.reach, s.title, s.situation, s.together, s.outcome, s.category_mask,
  s.scene_mask, s.treatment_mask, s.folded, s.written_by, s.written_name, s.checked_by, s.checked_name, s.checked_at, s.reason,
  s.fictional, s.created_at, s.changed_at, s.version, a.level, 1 AS own
FROM access a JOIN story s ON s.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
UNION ALL
SELECT s.id, s.tenant, NULL AS consultation, s.state, s.reach, s.title, s.situation, s.together, s.outcome, s.category_mask,
  s.scene_mask, s.treatment_mask, s.folded, NULL AS written_by, '' AS written_name, NULL AS checked_by, '' AS checked_name,
  s.checked_at, '' AS reason, s.fictional, s.created_at, s.changed_at, s.version, 1 AS level, 0 AS own
FROM story s
WHERE s.state = 'shared' AND s.reach = 'area'
  AND EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.until > viewer_now())
  AND NOT EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = s.tenant AND a.until > viewer_now())
view visible_survey_round: CREATE VIEW visible_survey_round AS
SELECT r.id, r.tenant, r.slug, r.title, r.title_en, r.fiscal_year, r.based_on, r.catalogue, r.letter_to, r.letter_number,
  r.letter_date, r.letter_body, r.contact, r.due, r.default_range, r.state, r.check_due, r.survey, r.fictional, r.created_at,
  r.sent_at, r.closed_at, r.published_at, r.version, g.side, g.subject AS reader,
  CASE WHEN g.side = 'asker' THEN a.level ELSE 1 END AS level
FROM access a JOIN round_reader g ON g.subject = a.subject JOIN survey_round r ON r.id = g.round
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_unmet_need: CREATE VIEW visible_unmet_need AS
SELECT n.id, n.tenant, n.consultation, n.municipality, n.place, n.service, n.why, n.at, n.day, n.by_account, n.undone_at,
  n.fictional, n.version, a.level
FROM access a JOIN unmet_need n ON n.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
view visible_year_close: CREATE VIEW visible_year_close AS
SELECT y.tenant, y.fiscal_year, y.measures, y.by_name, y.closed_at, a.level
FROM access a JOIN year_close y ON y.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now()
