//! Promises to call somebody back. Staff dial; who does, and what came of it, is kept by the hall, so
//! that nobody is forgotten and nobody is called by two.

use bot::{LanguageIdentifier, store::ConversationId};
use jiff::Timestamp;

use crate::staff::Pending;

/// Somebody who waits to be called back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallBack {
    /// Its number.
    pub number: i64,
    /// What is dialled.
    pub telephone: String,
    /// The caller's language, where it is one that is known.
    pub language: Option<LanguageIdentifier>,
    /// When it was promised.
    pub at: Timestamp,
    /// What was said in the call.
    pub conversation: Option<ConversationId>,
    /// Who calls them now: number and name.
    pub with: Option<(i64, String)>,
    /// How often nobody answered.
    pub tries: u32,
    /// When that last was.
    pub last_try: Option<Timestamp>,
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They were reached.
    Reached,
    /// Nobody answered: they wait on.
    NoAnswer,
    /// The number was somebody else's.
    Wrong,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Outcome; 3] = [Outcome::Reached, Outcome::NoAnswer, Outcome::Wrong];

    /// As it is kept and as forms say it.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Reached => "reached",
            Outcome::NoAnswer => "no-answer",
            Outcome::Wrong => "wrong",
        }
    }

    /// What becomes of the promise.
    pub fn state(self) -> &'static str {
        match self {
            Outcome::Reached => "done",
            Outcome::NoAnswer => "waiting",
            Outcome::Wrong => "wrong",
        }
    }

    /// From its word.
    pub fn parse(word: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// Where promises are kept. What is done twice, or by somebody whose it is not, changes nothing.
pub trait CallBacks: Send + Sync {
    /// Who waits, the longest first.
    fn promised(&self) -> Pending<'_, Vec<CallBack>>;
    /// This member of staff calls them now, unless somebody else does.
    fn take(&self, number: i64, by: i64) -> Pending<'_, ()>;
    /// They do not call after all.
    fn let_go(&self, number: i64, by: i64) -> Pending<'_, ()>;
    /// What came of their call.
    fn tried(&self, number: i64, by: i64, outcome: Outcome) -> Pending<'_, ()>;
}
