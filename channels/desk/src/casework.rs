//! What staff keep about conversations beside what was said: notes for each other, and replies that are
//! ready to be sent. Kept by the hall.

use bot::{
    LanguageIdentifier, Stage,
    store::{Address, ConversationId},
};
use jiff::Timestamp;

use crate::staff::Pending;

/// A conversation, whether or not its case is open.
#[derive(Debug, Clone)]
pub struct Known {
    /// Where its visitor is reached.
    pub address: Address,
    /// Who holds it.
    pub stage: Stage,
}

/// What somebody noted about a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

/// A reply that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Its number; nothing before it is kept.
    pub number: Option<i64>,
    /// Its language.
    pub language: LanguageIdentifier,
    /// What staff call it.
    pub title: String,
    /// What is sent. `{city}`, `{telephone}` and `{me}` are filled in at the desk.
    pub text: String,
}

/// Where it is kept.
pub trait Casework: Send + Sync {
    /// A conversation by its name.
    fn known<'a>(&'a self, id: &'a ConversationId) -> Pending<'a, Option<Known>>;
    /// What was noted about it, oldest first.
    fn notes<'a>(&'a self, id: &'a ConversationId) -> Pending<'a, Vec<Note>>;
    /// Keeps a note of this member of staff's.
    fn note<'a>(&'a self, id: &'a ConversationId, by: i64, text: String) -> Pending<'a, ()>;
    /// All ready replies, by language and title.
    fn ready(&self) -> Pending<'_, Vec<Ready>>;
    /// Keeps a ready reply, a new one or another wording.
    fn keep_ready(&self, ready: Ready) -> Pending<'_, ()>;
    /// Drops a ready reply.
    fn drop_ready(&self, number: i64) -> Pending<'_, ()>;
}
