//! What every door shares: how a message comes in, how a reply goes out, and how a reply is told
//! in plain text. A door turns its own wire into these types and knows nothing of other doors.

pub mod plain;

use std::{future::Future, pin::Pin};

use bot::{
    Answer, Event, LanguageIdentifier, Line, Presence, Reply, Shelf, Welcome,
    handoff::Reason,
    store::{Address, ConversationId, Parcel},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// A future as trait objects give it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One event on its way in.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// Who it is from.
    pub address: Address,
    /// The channel's own name of it. The same name twice is one turn.
    pub message_id: String,
    /// What happened.
    pub event: Event,
}

/// A turn that is on disk.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The conversation it belongs to.
    pub id: ConversationId,
    /// Its lines: what was said and what was answered.
    pub lines: Vec<Line>,
    /// Whether this very message had been taken before.
    pub repeated: bool,
    /// What came of the question; nothing where none was asked, or the message was taken before.
    pub answer: Option<Answer>,
    /// Why a person is wanted, where this turn says so.
    pub person: Option<Reason>,
}

/// Why a message was not taken. Nothing of it was kept; saying it again is safe.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Rejected {
    /// More is waiting than can be answered in time.
    #[error("too many messages are waiting")]
    Busy,
    /// The service is stopping.
    #[error("the service is stopping")]
    Closing,
    /// A clerk may not do this: somebody else has the conversation, or nobody waits in it.
    #[error(transparent)]
    Misstep(#[from] bot::stage::Misstep),
    /// It could not be put on disk.
    #[error("the turn could not be kept: {0}")]
    NotKept(#[from] bot::store::StoreError),
}

/// Where doors put what they hear. Returns when the turn is safely on disk.
pub trait Inbox: Send + Sync {
    /// Takes one event and gives the turn that came of it.
    fn put(&self, inbound: Inbound) -> Pending<'_, Result<Stored, Rejected>>;
}

/// What stands at the entrance, before anything was said.
pub trait Lobby: Send + Sync {
    /// The welcome in a language, or in the pack's first language if it does not have that one.
    fn welcome(&self, language: &LanguageIdentifier) -> Welcome;
    /// Why the service cannot answer yet; `Ok` when it can.
    fn ready(&self) -> Result<(), String>;
    /// Every service by its office, to be chosen from without words.
    fn directory(&self, language: &LanguageIdentifier) -> Vec<Shelf>;
    /// Every published answer as it will be spoken.
    fn aloud(&self) -> Vec<(LanguageIdentifier, String)>;
    /// What pages are called, in a row of so many characters at most, for ears that should know these
    /// names.
    fn vocabulary(&self, language: &LanguageIdentifier, most: usize) -> String;
    /// An article's title, where it is published in this language.
    fn title(&self, article: &str, language: &LanguageIdentifier) -> Option<String>;
    /// What time it is.
    fn now(&self) -> Timestamp;
    /// The city's time zone.
    fn time_zone(&self) -> TimeZone;
    /// The departments, by ID and name.
    fn departments(&self, language: &LanguageIdentifier) -> Vec<(String, String)>;
    /// The department whose subject an article is.
    fn department(&self, article: &str) -> Option<String>;
    /// What the city publishes on a question, ready to be said by somebody else: likeliest first.
    fn published(&self, question: &str, language: &LanguageIdentifier) -> Vec<Reply>;
    /// How long staff have worked between two moments: in the hours of the place where a person is.
    fn worked(&self, from: Timestamp, to: Timestamp) -> SignedDuration;
    /// A text with marks in place of numbers, addresses and the like that are somebody's own.
    fn masked(&self, text: &str) -> String;
    /// The visitor is writing.
    fn writes(&self, id: &ConversationId);
    /// How it stands with a person, in a sentence: the place in the queue of whoever waits in this
    /// conversation, or that a clerk is writing.
    fn wait(&self, id: &ConversationId, language: &LanguageIdentifier) -> Option<String>;
    /// Whether a person can be reached now.
    fn presence(&self) -> Presence;
}

/// Why a parcel was not delivered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Undelivered {
    /// It may work later.
    #[error("not now: {0}")]
    Later(String),
    /// It never will.
    #[error("never: {0}")]
    Never(String),
}

/// The way out through a door.
pub trait Channel: Send + Sync {
    /// The name that this door's addresses carry.
    fn name(&self) -> &'static str;
    /// Brings a parcel to its address.
    fn deliver<'a>(&'a self, parcel: &'a Parcel) -> Pending<'a, Result<(), Undelivered>>;
}
