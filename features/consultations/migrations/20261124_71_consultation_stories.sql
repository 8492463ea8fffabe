-- Solved cases as stories without a person: situation, who and what together, result. Written anew by the desk, read by a second
-- person before anybody else sees it; never public. `consultation` is known to the desk alone.
-- table: story tenant
CREATE TABLE story (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  consultation BLOB REFERENCES consultation (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'asked', 'shared', 'withdrawn')),
  reach TEXT NOT NULL CHECK (reach IN ('desk', 'area')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  situation TEXT NOT NULL CHECK (length(situation) BETWEEN 1 AND 4000),
  together TEXT NOT NULL CHECK (length(together) BETWEEN 1 AND 4000),
  outcome TEXT NOT NULL CHECK (length(outcome) BETWEEN 1 AND 4000),
  category_mask BIGINT NOT NULL,
  scene_mask BIGINT NOT NULL,
  treatment_mask BIGINT NOT NULL,
  folded TEXT NOT NULL,
  written_by BLOB,
  written_name TEXT NOT NULL CHECK (length(written_name) <= 400),
  checked_by BLOB,
  checked_name TEXT NOT NULL CHECK (length(checked_name) <= 400),
  checked_at BIGINT,
  reason TEXT NOT NULL CHECK (length(reason) <= 1000),
  fictional BIGINT NOT NULL CHECK (fictional IN (0, 1)),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK ((state = 'shared') <= (checked_by IS NOT NULL)),
  CHECK (checked_by IS NULL OR written_by IS NULL OR checked_by <> written_by)
);
CREATE INDEX story_desk ON story (tenant, state, changed_at);
CREATE INDEX story_shared ON story (reach, changed_at) WHERE state = 'shared';
CREATE UNIQUE INDEX story_case ON story (consultation) WHERE consultation IS NOT NULL AND state <> 'withdrawn';

-- The desk's own; and to everybody who works in an office of the area, without the way back to the case, what is shared.
CREATE VIEW visible_story AS
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
  AND NOT EXISTS (SELECT 1 FROM access a WHERE a.account = viewer_account() AND a.subject = s.tenant AND a.until > viewer_now());

-- Which issue of the programme was proposed from which consultation; the desk alone reads it.
-- table: consultation_issue tenant
CREATE TABLE consultation_issue (
  consultation BLOB NOT NULL REFERENCES consultation (id),
  entry BLOB NOT NULL,
  tenant BLOB NOT NULL,
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  at BIGINT NOT NULL,
  by_account BLOB,
  PRIMARY KEY (consultation, entry)
);
CREATE INDEX consultation_issue_entry ON consultation_issue (tenant, entry, at);

CREATE VIEW visible_consultation_issue AS
SELECT i.consultation, i.entry, i.tenant, i.title, i.at, i.by_account, a.level
FROM access a JOIN consultation_issue i ON i.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
