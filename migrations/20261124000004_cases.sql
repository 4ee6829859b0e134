-- What clerks can see to, what they note for each other, and sentences they use again and again. Times
-- are milliseconds since 1970-01-01 UTC.

-- JSON: {"languages": [...], "departments": [...], "capacity": n}; what is missing is not limited.
ALTER TABLE staff ADD COLUMN skills TEXT NOT NULL DEFAULT '{}';

-- What staff note about a conversation. No visitor sees it.
CREATE TABLE case_notes (
    number       INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    staff        INTEGER NOT NULL REFERENCES staff (number),
    at           INTEGER NOT NULL,
    text         TEXT    NOT NULL
) STRICT;

CREATE INDEX case_notes_by_conversation ON case_notes (conversation, number);

-- Replies ready to be sent, by language. Placeholders such as {city} are filled in at the desk.
CREATE TABLE ready_replies (
    number   INTEGER PRIMARY KEY,
    language TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    text     TEXT    NOT NULL
) STRICT;

-- A wish to be called back: 'waiting', 'taken' while a clerk is calling, then 'done' or 'wrong' (the
-- number was not theirs). Every try is kept.
ALTER TABLE call_backs ADD COLUMN clerk INTEGER;

CREATE TABLE call_back_tries (
    number    INTEGER PRIMARY KEY,
    call_back INTEGER NOT NULL REFERENCES call_backs (number),
    staff     INTEGER NOT NULL REFERENCES staff (number),
    at        INTEGER NOT NULL,
    outcome   TEXT    NOT NULL
) STRICT;

CREATE INDEX call_back_tries_by_call_back ON call_back_tries (call_back, number);
