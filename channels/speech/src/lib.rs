//! Ears and a voice, for doors by which people speak and listen. What was heard is text when it
//! leaves here, and what is said comes as text; what either means is decided elsewhere.

pub mod clip;
pub mod ears;
pub mod listening;
mod phonemes;
pub mod score;
pub mod sound;
pub mod spoken;
pub mod voice;

pub use nlu::{LanguageIdentifier, langid};

use serde::{Deserialize, Serialize};

/// What the log leaves out, as a `tracing` directive: the dictionary of English sounds would log the
/// words that are said.
pub const LOG_FILTER: &str = "misaki_rs=off";

/// What an operator sets about hearing and speaking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpeechSettings {
    /// The ears.
    pub ears: ears::EarsSettings,
    /// The voice.
    pub voice: voice::VoiceSettings,
}
