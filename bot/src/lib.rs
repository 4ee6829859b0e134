//! Judgement: what is said next, and why. No I/O, no clock, no randomness: `Conversation::advance`
//! is a function of a conversation, an event, a mind and a moment, and it answers with actions,
//! as data.

pub mod answer;
mod asking_back;
pub mod by_ear;
mod calendar;
pub mod conversation;
mod elsewhere;
mod exact;
mod finding;
mod going_on;
pub mod handoff;
pub mod message;
pub mod mind;
mod opening;
pub mod phrasebook;
mod plain;
mod published;
pub mod queue;
mod refusing;
pub mod reply;
pub mod routing;
mod safeguards;
mod several;
mod siding;
mod small_talk;
mod staffed;
pub mod stage;
pub mod store;
pub mod sureness;
mod telling;
pub mod thread;
pub mod turn;
mod waiting;
pub mod weighing;
pub mod welcome;

pub use answer::Answer;
pub use by_ear::{Presence, Shelf};
pub use conversation::Conversation;
pub use handoff::Handoff;
pub use message::{Event, Message, StaffDoes, Via};
pub use mind::Mind;
pub use nlu::LanguageIdentifier;
pub use reply::{Choice, Citation, Line, PlaceCard, Reply, Ruby, Speaker};
pub use stage::Stage;
pub use turn::{Action, Turn};
pub use waiting::Desk;
pub use welcome::Welcome;
