-- The desk: who works there, and what became of wishes for a person. Times are milliseconds since
-- 1970-01-01 UTC.

-- A wish for a person: 'kept' where there is no desk; 'waiting', 'taken', then 'closed', 'given-back'
-- or 'given-up' where there is one.
ALTER TABLE handoffs ADD COLUMN clerk INTEGER;
ALTER TABLE handoffs ADD COLUMN taken_at INTEGER;
ALTER TABLE handoffs ADD COLUMN ended_at INTEGER;
ALTER TABLE handoffs ADD COLUMN ending TEXT;
ALTER TABLE handoffs ADD COLUMN rating INTEGER;

-- Wishes from before there was a desk: visitors were told where a person is.
UPDATE handoffs SET state = 'kept' WHERE state = 'waiting';

CREATE INDEX handoffs_by_conversation ON handoffs (conversation, number);

-- Members of staff. `password` is an Argon2id hash in PHC form.
CREATE TABLE staff (
    number     INTEGER PRIMARY KEY,
    login      TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    role       TEXT    NOT NULL,
    state      TEXT    NOT NULL DEFAULT 'active',
    password   TEXT,
    created_at INTEGER NOT NULL
) STRICT;

-- Who is logged in. `token` is the SHA-256 of the cookie, so that a copy of the database opens no desk.
CREATE TABLE staff_sessions (
    token      TEXT    PRIMARY KEY,
    staff      INTEGER NOT NULL REFERENCES staff (number),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;

-- One-time links by which a member of staff chooses a password. `token` as above.
CREATE TABLE staff_links (
    token      TEXT    PRIMARY KEY,
    staff      INTEGER NOT NULL REFERENCES staff (number),
    expires_at INTEGER NOT NULL
) STRICT;
