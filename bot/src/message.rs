//! What is heard: one thing said by a visitor, and how it came.
//! Wire formats end in the doors; understanding begins in `nlu`.

use nlu::LanguageIdentifier;
use serde::{Deserialize, Serialize};

/// One thing said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The words, exactly as they came; `nlu` cleans its own copy.
    pub text: String,
    /// How they came, so that typed text is not treated as misheard.
    pub via: Via,
}

/// How a message was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// Written on a keyboard or chosen from what was shown.
    Typed,
}

/// What reaches a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Somebody came in; they read the language named.
    Started {
        /// The language of the page or line they came by.
        language: LanguageIdentifier,
    },
    /// Somebody said something.
    Said(Message),
}
