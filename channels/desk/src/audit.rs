//! What staff do is written down: who read, took, answered, revealed, changed. Kept by the hall.

use crate::staff::Pending;

/// What somebody did that leaves no turn of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Came in.
    LogIn,
    /// Was refused: the password was wrong.
    Refused,
    /// Went out.
    LogOut,
    /// Chose a password.
    Password,
    /// Ended a session of theirs.
    EndSession,
    /// Opened a conversation.
    Read,
    /// Looked at what was masked.
    Reveal,
    /// Noted something about a conversation.
    Note,
    /// Worded a ready reply.
    KeepReady,
    /// Dropped one.
    DropReady,
    /// Took a promise to call back, and saw the number.
    TakeCall,
    /// Let go of it, or noted what came of it.
    NoteCall,
}

impl Did {
    /// As it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Did::LogIn => "log-in",
            Did::Refused => "refused",
            Did::LogOut => "log-out",
            Did::Password => "password",
            Did::EndSession => "end-session",
            Did::Read => "read",
            Did::Reveal => "reveal",
            Did::Note => "note",
            Did::KeepReady => "keep-ready",
            Did::DropReady => "drop-ready",
            Did::TakeCall => "take-call",
            Did::NoteCall => "note-call",
        }
    }
}

/// Where it is kept. What a clerk does in a conversation is kept with its turn.
pub trait Audit: Send + Sync {
    /// Writes down that somebody, by log-in name, did something to something.
    fn did<'a>(&'a self, by: &'a str, did: Did, subject: &'a str) -> Pending<'a, ()>;
}
