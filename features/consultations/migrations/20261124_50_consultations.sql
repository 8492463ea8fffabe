-- Consultations: what a desk was asked, for which municipality, and what became of it.

-- One consultation. `tenant` is the desk that took it; `municipality` the controller for which it was taken ('' only while it
-- is a draft). `receiver`: the organisation that accepted a hand-over and works on it now; it reads and writes this record.
-- Texts (what was asked and answered, names, numbers, the pseudonym, the town) are sealed in `texts`; `caller_hash` and
-- `person_hash` are keyed hashes, equal only within one desk. Sets are codes between spaces, most important first, and a mask of
-- their bits (data/codes.tsv) for filters. `day` is the day of `received_at` in Japan. `draft`: typed, not yet saved by hand;
-- no figure counts it. `batch`: the import it came from. `disposed_at`: texts and hashes were destroyed, the figures stay.
-- table: consultation tenant
CREATE TABLE consultation (
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
  category_mask BIGINT NOT NULL,
  scenes TEXT NOT NULL CHECK (length(scenes) <= 100),
  scene_mask BIGINT NOT NULL,
  treatments TEXT NOT NULL CHECK (length(treatments) <= 400),
  treatment_mask BIGINT NOT NULL,
  responses TEXT NOT NULL CHECK (length(responses) <= 200),
  response_mask BIGINT NOT NULL,
  urgency TEXT NOT NULL CHECK (length(urgency) <= 20),
  legal_basis TEXT NOT NULL CHECK (length(legal_basis) <= 20),
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'waiting', 'handed_over', 'closed')),
  result TEXT NOT NULL CHECK (length(result) <= 20),
  need_met TEXT NOT NULL CHECK (need_met IN ('', 'yes', 'partly', 'no', 'unknown')),
  area_issue BIGINT NOT NULL CHECK (area_issue IN (0, 1)),
  texts BLOB NOT NULL CHECK (length(texts) <= 200000),
  received_at BIGINT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  follow_up_on TEXT CHECK (length(follow_up_on) = 10),
  saved_at BIGINT,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  reopened BIGINT NOT NULL CHECK (reopened >= 0),
  taken_by BLOB,
  held_by BLOB,
  receiver BLOB,
  origin TEXT NOT NULL CHECK (origin IN ('intake', 'paper', 'import', 'callback', 'demo')),
  batch BLOB,
  disposed_at BIGINT,
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK (state = 'draft' OR (municipality <> '' AND saved_at IS NOT NULL)),
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE INDEX consultation_desk ON consultation (tenant, received_at, id);
CREATE INDEX consultation_town ON consultation (tenant, municipality, received_at, id);
CREATE INDEX consultation_category ON consultation (tenant, category, received_at, id);
CREATE INDEX consultation_taker ON consultation (tenant, taken_by, received_at, id);
CREATE INDEX consultation_working ON consultation (tenant, state, received_at, id) WHERE state <> 'closed';
CREATE INDEX consultation_follow ON consultation (tenant, follow_up_on) WHERE follow_up_on IS NOT NULL AND state <> 'closed';
CREATE INDEX consultation_caller ON consultation (tenant, caller_hash, received_at) WHERE caller_hash IS NOT NULL;
CREATE INDEX consultation_person ON consultation (tenant, person_hash, received_at) WHERE person_hash IS NOT NULL;
CREATE INDEX consultation_receiver ON consultation (receiver, received_at, id) WHERE receiver IS NOT NULL;

-- The desk's own people (side 'desk') and those of the organisation that accepted a hand-over (side 'receiver'). Nobody else: a
-- municipality reads figures, which live in tables of their own. The tests stand on the row's side, so that a list walks its
-- index and stops at the first page.
CREATE VIEW visible_consultation AS
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
    WHERE a.account = viewer_account() AND a.subject = c.receiver AND a.until > viewer_now()));

-- What happened to a consultation: taken, changed, closed, reopened, handed over, … `detail` holds codes only; what people
-- wrote is sealed in `note`.
-- table: consultation_event tenant
CREATE TABLE consultation_event (
  id BLOB NOT NULL PRIMARY KEY,
  consultation BLOB NOT NULL REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  at BIGINT NOT NULL,
  account BLOB,
  organisation BLOB,
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 40),
  detail TEXT NOT NULL CHECK (length(detail) <= 2000),
  note BLOB CHECK (length(note) <= 50000),
  version BIGINT NOT NULL
);
CREATE INDEX consultation_event_of ON consultation_event (consultation, at, id);

CREATE VIEW visible_consultation_event AS
SELECT e.id, e.consultation, e.tenant, e.at, e.account, e.organisation, e.what, e.detail, e.note, e.version,
  COALESCE((SELECT p.name FROM account p WHERE p.id = e.account), '') AS name, c.side, c.level
FROM visible_consultation c JOIN consultation_event e ON e.consultation = c.id;

-- Which provider was named to the caller. `provider` is the directory's id, `name` as it was called then.
-- table: consultation_referral tenant
CREATE TABLE consultation_referral (
  id BLOB NOT NULL PRIMARY KEY,
  consultation BLOB NOT NULL REFERENCES consultation (id),
  tenant BLOB NOT NULL,
  provider BLOB,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (length(kind) <= 20),
  answer TEXT NOT NULL CHECK (answer IN ('', 'accepted', 'declined', 'waiting')),
  at BIGINT NOT NULL,
  by_account BLOB,
  undone_at BIGINT,
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX consultation_referral_of ON consultation_referral (consultation, at, id);
CREATE INDEX consultation_referral_provider ON consultation_referral (tenant, provider, at) WHERE undone_at IS NULL;

CREATE VIEW visible_consultation_referral AS
SELECT r.id, r.consultation, r.tenant, r.provider, r.name, r.kind, r.answer, r.at, r.by_account, r.undone_at, r.version,
  c.municipality, c.side, c.level
FROM visible_consultation c JOIN consultation_referral r ON r.consultation = c.id;

-- A need that nothing in the area met: which service, where (a town, no house number), why. Read by the desk that met it.
-- table: unmet_need tenant
CREATE TABLE unmet_need (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  consultation BLOB REFERENCES consultation (id),
  municipality TEXT NOT NULL CHECK (length(municipality) = 6),
  place TEXT NOT NULL CHECK (length(place) <= 100),
  service TEXT NOT NULL CHECK (length(service) BETWEEN 1 AND 20),
  why TEXT NOT NULL CHECK (length(why) BETWEEN 1 AND 20),
  at BIGINT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  by_account BLOB,
  undone_at BIGINT,
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  version BIGINT NOT NULL CHECK (version > 0)
);
CREATE INDEX unmet_need_desk ON unmet_need (tenant, at, id);
CREATE INDEX unmet_need_of ON unmet_need (consultation) WHERE consultation IS NOT NULL;

CREATE VIEW visible_unmet_need AS
SELECT n.id, n.tenant, n.consultation, n.municipality, n.place, n.service, n.why, n.at, n.day, n.by_account, n.undone_at,
  n.fictional, n.version, a.level
FROM access a JOIN unmet_need n ON n.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
