-- What the installation does by itself to stay safe.

-- One row per night: the node that puts it in makes the backup. No personal data: names of files, counts, what went wrong.
-- table: backup_run open
CREATE TABLE backup_run (
  night TEXT NOT NULL PRIMARY KEY CHECK (length(night) = 10),
  started BIGINT NOT NULL,
  finished BIGINT,
  place TEXT NOT NULL CHECK (length(place) <= 1000),
  copied_to TEXT NOT NULL CHECK (length(copied_to) <= 1000),
  bytes BIGINT NOT NULL CHECK (bytes >= 0),
  rows_written BIGINT NOT NULL CHECK (rows_written >= 0),
  files BIGINT NOT NULL CHECK (files >= 0),
  verified BIGINT,
  problem TEXT NOT NULL CHECK (length(problem) <= 2000)
);
CREATE INDEX backup_run_finished ON backup_run (finished);
CREATE INDEX backup_run_verified ON backup_run (verified);
