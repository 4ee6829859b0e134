-- The bot's memory. Times are milliseconds since 1970-01-01 UTC. JSON is compact.
-- Once landed, this file is never edited: expand, move, contract.

-- Everything between one visitor and the service.
CREATE TABLE conversations (
    number          INTEGER PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    address_channel TEXT    NOT NULL,
    address_key     TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    last_line       INTEGER NOT NULL,
    started_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    UNIQUE (address_channel, address_key)
) STRICT;

-- One event and all that came of it: `turn` for staff, `lines` for readers. Lines stand with their
-- turn because they are written once, together, and read in order.
CREATE TABLE turns (
    number       INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    message_id   TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    first_line   INTEGER NOT NULL,
    last_line    INTEGER NOT NULL,
    turn         TEXT    NOT NULL,
    lines        TEXT    NOT NULL,
    UNIQUE (conversation, message_id),
    UNIQUE (conversation, first_line)
) STRICT;

-- What is still to be delivered: one action of a turn.
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY,
    turn   INTEGER NOT NULL REFERENCES turns (number),
    action INTEGER NOT NULL
) STRICT;

-- Wishes for a person.
CREATE TABLE handoffs (
    number       INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    turn         INTEGER NOT NULL REFERENCES turns (number),
    reason       TEXT    NOT NULL,
    language     TEXT    NOT NULL,
    services     TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    state        TEXT    NOT NULL DEFAULT 'waiting'
) STRICT;

CREATE INDEX handoffs_by_state ON handoffs (state, at);

-- In a backup: when, by which program and beside which pack it was made; the newest row counts.
CREATE TABLE backup (
    made_at INTEGER NOT NULL,
    program TEXT    NOT NULL,
    pack    TEXT    NOT NULL
) STRICT;
