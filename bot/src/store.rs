//! The bot's memory as the rest of the house sees it. `Archive` reads, `Store` also writes;
//! only the switchboard holds a `Store`. What lies behind (SQLite) is the hall's affair.

use std::{fmt, future::Future, pin::Pin};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::Conversation,
    reply::Line,
    turn::{Action, Turn},
};

/// A conversation's public name: 128 random bits, as 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConversationId(pub String);

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A channel and the key by which someone is reached there. A web visitor's key is the SHA-256 of
/// their secret token, so that a copy of the database opens no conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The channel's name, e.g. `web`.
    pub channel: String,
    /// The channel's own key.
    pub key: String,
}

/// A conversation as it was last saved.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its name.
    pub id: ConversationId,
    /// Its state.
    pub conversation: Conversation,
    /// The number of its last line.
    pub last_line: u64,
}

/// One turn, ready to be kept whole or not at all.
#[derive(Debug, Clone)]
pub struct Record {
    /// The conversation's name.
    pub id: ConversationId,
    /// Where its visitor is reached.
    pub address: Address,
    /// The channel's own name of the message; a second one of the same name is not kept.
    pub message_id: String,
    /// When the turn was taken.
    pub at: Timestamp,
    /// The state after the turn.
    pub conversation: Conversation,
    /// The event, what was understood and what was answered.
    pub turn: Turn,
    /// What readers see of it, numbered.
    pub lines: Vec<Line>,
}

/// Something to be delivered, kept until it is.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Its number in the outbox.
    pub number: i64,
    /// The conversation it belongs to.
    pub id: ConversationId,
    /// Where it goes.
    pub address: Address,
    /// What is to be done there.
    pub action: Action,
}

/// Why memory failed. Carries no message text.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The disk is full; nothing of the turn was kept.
    #[error("the disk is full")]
    Full,
    /// The database said something else; nothing of the turn was kept.
    #[error("the database failed: {0}")]
    Failed(String),
}

/// A future as trait objects give it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Reading. Every door gets this.
pub trait Archive: Send + Sync {
    /// The conversation held with this address, if there is one.
    fn find<'a>(&'a self, address: &'a Address) -> Pending<'a, Option<ConversationId>>;
    /// Its lines after the numbered one, in order.
    fn lines<'a>(&'a self, id: &'a ConversationId, after: u64) -> Pending<'a, Vec<Line>>;
}

/// Writing. Only the switchboard and the courier get this.
pub trait Store: Archive {
    /// The conversation held with this address, as last saved.
    fn open<'a>(&'a self, address: &'a Address) -> Pending<'a, Option<Opened>>;
    /// The lines of the turn that a message of this name made, if it was taken before.
    fn seen<'a>(
        &'a self,
        id: &'a ConversationId,
        message_id: &'a str,
    ) -> Pending<'a, Option<Vec<Line>>>;
    /// Keeps a turn: state, lines and outgoing actions in one transaction. When this returns `Ok`
    /// the turn is on disk. Returns the parcels it put in the outbox.
    fn save(&self, record: Record) -> Pending<'_, Vec<Parcel>>;
    /// Everything in the outbox, oldest first.
    fn undelivered(&self) -> Pending<'_, Vec<Parcel>>;
    /// Takes delivered parcels out of the outbox.
    fn delivered<'a>(&'a self, numbers: &'a [i64]) -> Pending<'a, ()>;
}
