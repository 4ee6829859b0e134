//! What the city publishes: the pack that editors keep, and the library that is searched.
//! It finds and renders published wording; what is said with it is the bot's affair.

mod alike;
pub mod fact;
mod guessing;
pub mod hours;
pub mod import;
pub mod index;
pub mod library;
pub mod names;
pub mod pack;
pub mod passage;
pub mod render;
mod sentences;
pub mod shelf;
pub mod support;
mod synonyms;

pub use library::{Hit, Library, Query};
pub use sentences::Likenesses;
pub use shelf::{OpenError, Progress};
