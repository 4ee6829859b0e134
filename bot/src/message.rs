//! What is heard: one thing said by a visitor, and how it came.
//! Wire formats end in the doors; understanding begins in `nlu`.

pub use nlu::Via;

use nlu::{
    LanguageIdentifier,
    personal::{self, Public},
};
use serde::{Deserialize, Serialize};

use crate::stage::{Clerk, Ending, To};

/// One thing said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The words as they came; in a turn that is kept, with marks in place of personal data.
    pub text: String,
    /// How they came, so that typed text is not treated as misheard.
    pub via: Via,
    /// What else the ears may have heard, likeliest first; searched together with the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

impl Message {
    /// Words that came one way, with no further guesses.
    pub fn new(text: impl Into<String>, via: Via) -> Message {
        Message { text: text.into(), via, others: vec![] }
    }

    /// The same with marks in place of personal data.
    pub(crate) fn masked(self, public: &Public) -> Message {
        let others = self.others.iter().map(|other| personal::mask(other, public)).collect();
        Message { text: personal::mask(&self.text, public), others, ..self }
    }

    /// Words from a keyboard, or chosen from what was shown.
    pub fn typed(text: impl Into<String>) -> Message {
        Message::new(text, Via::Typed)
    }
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
    /// A clerk did something.
    Staff {
        /// Who.
        clerk: Clerk,
        /// What.
        does: StaffDoes,
    },
}

/// What a clerk does in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffDoes {
    /// Takes it.
    Takes,
    /// Takes what they let go of a moment ago.
    TakesAgain,
    /// Says this to the visitor.
    Says(String),
    /// Says this, and asks for a yes or a no.
    Asks(String),
    /// Puts it aside until something is known.
    Holds,
    /// Goes on with it.
    GoesOn,
    /// Lets others take it.
    PutsBack,
    /// Hands it to somebody.
    HandsOn(To),
    /// Gives it back to the bot.
    GivesBack,
    /// Closes it.
    Closes(Ending),
}

impl StaffDoes {
    /// One word for it, the same whatever is said.
    pub fn word(&self) -> &'static str {
        match self {
            StaffDoes::Takes => "take",
            StaffDoes::TakesAgain => "take-again",
            StaffDoes::Says(_) | StaffDoes::Asks(_) => "say",
            StaffDoes::Holds => "hold",
            StaffDoes::GoesOn => "go-on",
            StaffDoes::PutsBack => "put-back",
            StaffDoes::HandsOn(_) => "hand-on",
            StaffDoes::GivesBack => "give-back",
            StaffDoes::Closes(_) => "close",
        }
    }
}
