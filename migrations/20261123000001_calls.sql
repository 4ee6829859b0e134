-- Telephone calls. Times are milliseconds since 1970-01-01 UTC. What was said stands in the
-- conversation whose address is ('phone', id).
CREATE TABLE calls (
    number   INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    story    TEXT    NOT NULL
) STRICT;

-- Wishes to be called back: a number, for staff.
CREATE TABLE call_backs (
    number    INTEGER PRIMARY KEY,
    call      TEXT    NOT NULL,
    telephone TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    state     TEXT    NOT NULL DEFAULT 'waiting'
) STRICT;

CREATE INDEX call_backs_by_state ON call_backs (state, at);
