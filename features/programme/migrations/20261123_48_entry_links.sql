-- What people decided about two entries: related, merged into one, or split from one. Kept by the organisation that decided;
-- "not the same after all" is written beside the decision and erases nothing.

-- `moved` lists the ids of the quotes that went from `entry` to `other` and `named` the municipalities that `other` got with
-- them, so that undoing gives both back.
-- table: entry_link tenant
CREATE TABLE entry_link (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  entry BLOB NOT NULL REFERENCES entry (id),
  other BLOB NOT NULL REFERENCES entry (id),
  kind TEXT NOT NULL CHECK (kind IN ('related', 'merged', 'split')),
  moved TEXT NOT NULL CHECK (length(moved) <= 200000),
  named TEXT NOT NULL CHECK (length(named) <= 20000),
  made_at BIGINT NOT NULL,
  made_by BLOB,
  undone_at BIGINT,
  undone_by BLOB
);
CREATE INDEX entry_link_entry ON entry_link (entry);
CREATE INDEX entry_link_other ON entry_link (other);
CREATE INDEX entry_link_tenant ON entry_link (tenant);

CREATE VIEW visible_entry_link AS
SELECT l.id, l.tenant, l.entry, l.other, l.kind, l.moved, l.named, l.made_at, l.made_by, l.undone_at, a.level
FROM access a JOIN entry_link l ON l.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
