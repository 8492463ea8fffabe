-- Signed-in browsers. The token itself is only in the browser's cookie; here lies its SHA-256.
-- table: session system
CREATE TABLE session (
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
    second_factor BIGINT NOT NULL CHECK (second_factor IN (0, 1)),
    confirmed_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL CHECK (length(agent) <= 200)
);
CREATE INDEX session_account ON session (account, seen_at);
CREATE INDEX session_expires ON session (expires_at);
