-- What was printed: the guide and the maps, each edition with what stood in it.

-- kind: the booklet, the map of medical institutions, the map of care. scope: 'area', a district or a municipality.
-- file: the PDF among the encrypted files. missing: names with characters that no font has, one a line.
-- added, changed, gone: against the edition before of the same kind, scope and language. millis: how long the making took.
-- table: print_edition open
CREATE TABLE print_edition (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('guide', 'medical', 'care')),
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 40),
  lang TEXT NOT NULL CHECK (lang IN ('ja', 'en')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'making', 'done', 'failed')),
  publisher TEXT NOT NULL CHECK (length(publisher) <= 200),
  ordered_by TEXT NOT NULL CHECK (length(ordered_by) <= 200),
  ordered_at BIGINT NOT NULL,
  finished_at BIGINT,
  pages BIGINT NOT NULL DEFAULT 0,
  bytes BIGINT NOT NULL DEFAULT 0,
  file BLOB,
  providers BIGINT NOT NULL DEFAULT 0,
  missing TEXT NOT NULL DEFAULT '' CHECK (length(missing) <= 100000),
  added BIGINT NOT NULL DEFAULT 0,
  changed BIGINT NOT NULL DEFAULT 0,
  gone BIGINT NOT NULL DEFAULT 0,
  millis BIGINT NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '' CHECK (length(error) <= 2000),
  version BIGINT NOT NULL CHECK (version > 0),
  CHECK ((state = 'done') = (file IS NOT NULL))
);
CREATE INDEX print_edition_last ON print_edition (kind, scope, lang, finished_at);
CREATE INDEX print_edition_order ON print_edition (ordered_at);

-- What stood in an edition, as JSON, so that the next one can say what changed.
-- table: print_snapshot open clustered
CREATE TABLE print_snapshot (
  edition BLOB NOT NULL PRIMARY KEY REFERENCES print_edition (id),
  body TEXT NOT NULL CHECK (length(body) <= 50000000)
);
