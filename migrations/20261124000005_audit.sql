-- Who did what: read, took, answered, revealed, changed. Only ever added to. Times are milliseconds since
-- 1970-01-01 UTC.

-- `hash` is the SHA-256 of the row before, and of this one (src/store/trail.rs): a row that is changed or
-- taken out breaks the chain. `subject` is a conversation, a log-in name or a number, never what was said.
CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    by      TEXT    NOT NULL,
    did     TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    hash    BLOB    NOT NULL
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;

CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit trail is only added to'); END;
