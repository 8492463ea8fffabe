-- What the store itself keeps. Features never write these tables except through the store's functions.

-- table: meta system clustered
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);

-- Who may see what; the views of guarded tables join it from this side.
-- table: access system clustered
CREATE TABLE access (
    account BLOB NOT NULL,
    subject BLOB NOT NULL,
    level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
    until BIGINT NOT NULL,
    via TEXT NOT NULL,
    PRIMARY KEY (account, subject)
);
CREATE INDEX access_subject ON access (subject, account);

-- table: audit_chain system
CREATE TABLE audit_chain (
    chain BLOB NOT NULL PRIMARY KEY,
    node TEXT NOT NULL,
    started BIGINT NOT NULL,
    seal BLOB NOT NULL,
    hash BLOB NOT NULL
);

-- table: audit_event system clustered
CREATE TABLE audit_event (
    chain BLOB NOT NULL REFERENCES audit_chain (chain),
    position BIGINT NOT NULL CHECK (position > 0),
    at BIGINT NOT NULL,
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
);
CREATE INDEX audit_event_at ON audit_event (at);
CREATE INDEX audit_event_row ON audit_event (row_id, at) WHERE row_id IS NOT NULL;
CREATE INDEX audit_event_subject ON audit_event (subject, at) WHERE subject IS NOT NULL;

-- table: audit_seal system clustered
CREATE TABLE audit_seal (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    heads TEXT NOT NULL,
    hash BLOB NOT NULL
);

-- table: job system
CREATE TABLE job (
    job_key TEXT NOT NULL PRIMARY KEY CHECK (length(job_key) <= 200),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    attempts BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    lease BLOB,
    lease_until BIGINT,
    error TEXT,
    created BIGINT NOT NULL,
    finished BIGINT
);
CREATE INDEX job_due ON job (state, run_at);

-- table: stored_blob system
CREATE TABLE stored_blob (
    id BLOB NOT NULL PRIMARY KEY,
    wrapped_key BLOB NOT NULL,
    size BIGINT NOT NULL,
    hash BLOB NOT NULL,
    created BIGINT NOT NULL
);
