//! What an operator sets about the voice.

use serde::{Deserialize, Serialize};

/// How the assistant speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceSettings {
    /// The voice for Chinese: a file in `voice` of the models folder, without its `.bin`.
    pub zh: String,
    /// The voice for English.
    pub en: String,
    /// Processor threads with which a sentence is made that somebody waits for.
    pub threads: usize,
    /// Whether what is known beforehand is made into sound while nobody calls.
    pub ahead: bool,
    /// The most disk that sentences made before may take, in MiB.
    pub cache_mib: u32,
}

impl Default for VoiceSettings {
    fn default() -> Self {
        Self {
            zh: "zm_yunxi".into(),
            en: "af_heart".into(),
            threads: 2,
            ahead: true,
            cache_mib: 1024,
        }
    }
}
