-- Proposed segments that an office has put away: they are not proposed to it again until it takes that back. Which proposal is
-- meant is said by a checksum of its words, so that it stays away when the answer moves it, and comes back when the words change.
-- table: segment_dismissal tenant
CREATE TABLE segment_dismissal (
  id BLOB NOT NULL PRIMARY KEY,
  tenant BLOB NOT NULL,
  answer BLOB NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
  words TEXT NOT NULL CHECK (length(words) = 64),
  dismissed_at BIGINT NOT NULL,
  dismissed_by BLOB,
  UNIQUE (tenant, answer, words)
);
CREATE INDEX segment_dismissal_answer ON segment_dismissal (answer);

CREATE VIEW visible_segment_dismissal AS
SELECT d.id, d.tenant, d.answer, d.words, d.dismissed_at,
  (SELECT p.name FROM account p WHERE p.id = d.dismissed_by) AS dismissed_name, a.level
FROM access a JOIN segment_dismissal d ON d.tenant = a.subject
WHERE a.account = viewer_account() AND a.until > viewer_now();
