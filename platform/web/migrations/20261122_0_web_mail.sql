-- Mail on its way out, and what was sent. Bodies carry no personal data; the address is needed to deliver.
-- table: mail system
CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL CHECK (length(recipient) <= 320),
    subject TEXT NOT NULL CHECK (length(subject) <= 300),
    body TEXT NOT NULL CHECK (length(body) <= 20000),
    written_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX mail_written ON mail (written_at);
