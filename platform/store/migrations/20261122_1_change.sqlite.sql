-- table: change system
CREATE TABLE change (
    seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    subject BLOB NOT NULL,
    kind TEXT NOT NULL,
    tenant BLOB,
    at BIGINT NOT NULL
);
