//! Text -> Understanding: what was meant, in which language, about which side of a thing.
//! Pure: no I/O, no clock, no randomness, and it knows nobody else in the house.

pub mod advice;
pub mod amount;
pub mod asking;
pub mod classifier;
pub mod danger;
pub mod entity;
pub mod facet;
pub mod feeling;
pub mod form;
pub mod intent;
pub mod language;
mod layer;
pub mod leaning;
pub mod meaning;
pub mod normal;
pub mod personal;
pub mod place_names;
pub mod script;
pub mod sounds;
pub mod tokens;
pub mod understanding;
pub mod via;
pub mod when;

pub use danger::Danger;
pub use entity::Entity;
pub use facet::Facet;
pub use intent::Intent;
pub use meaning::{Encoder, Meaning, ModelError};
pub use understanding::{Understanding, understand, understand_with};
pub use unic_langid::{LanguageIdentifier, langid};
pub use via::Via;
