//! What a call leaves for the operator: its story, without words, and wishes to be called back. The
//! words stand in the conversation, as with every other door; here stands when, how surely and how
//! quickly. Where it is kept is the hall's affair.

use crate::call::Note;
use crate::leg::{About, End, House};
use bot::{LanguageIdentifier, store::StoreError};
use door::Pending;
use serde::{Deserialize, Serialize};

/// One call, from its first moment to its last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// The call's own name; the conversation's address has the same.
    pub call: String,
    /// By which trunk or door it came.
    pub line: String,
    /// Whether it was only told that the house is full.
    pub full: bool,
    /// How it ended; nothing while it lasts.
    pub end: Option<Ended>,
    /// The language spoken last.
    pub language: LanguageIdentifier,
    /// What happened, in order.
    pub moments: Vec<Moment>,
}

/// Who ended a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// The caller hung up.
    Caller,
    /// The assistant did, after goodbye.
    Assistant,
    /// The caller was handed to a person.
    Transferred,
    /// Nothing came any more.
    Lost,
    /// The line was shut.
    Line,
}

impl From<End> for Ended {
    fn from(end: End) -> Self {
        match end {
            End::Caller => Self::Caller,
            End::Us => Self::Assistant,
            End::Lost => Self::Lost,
            End::Line => Self::Line,
        }
    }
}

/// Something that happened on a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds after the call began.
    pub at_ms: u64,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The caller spoke, and the ears wrote it down.
    Heard {
        /// How long the speech was.
        sound_ms: u64,
        /// From the end of the turn to the text.
        text_after_ms: u64,
        /// How sure the ears were, 0 to 1.
        confidence: f32,
    },
    /// Speech came to nothing: it was none, or the ears had no room.
    Unheard,
    /// The bot was asked; its turn has this name of the message.
    Asked {
        /// The channel's own name of the message.
        message: String,
    },
    /// The first sound of an answer left.
    Answered {
        /// From the last sound of the caller's speech.
        after_ms: u64,
    },
    /// The caller spoke while something was being said, and it stopped.
    BargedIn,
    /// What the dialogue did by itself.
    Did(Note),
}

/// A wish to be called back. It holds a person's number: kept for staff, and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct CallBack {
    /// The call in which it was wished.
    pub call: String,
    /// The number.
    pub telephone: String,
    /// The language to speak.
    pub language: LanguageIdentifier,
}

/// Where stories and wishes are kept.
pub trait Ledger: Send + Sync {
    /// A call has begun, or goes on; a story kept before is replaced.
    fn keep<'a>(&'a self, story: &'a Story) -> Pending<'a, Result<(), StoreError>>;
    /// Somebody wants to be called back. When this is `Ok` it is on disk.
    fn call_back<'a>(&'a self, wish: &'a CallBack) -> Pending<'a, Result<(), StoreError>>;
}

impl Story {
    pub(crate) fn new(about: &About, language: LanguageIdentifier) -> Self {
        Self {
            call: about.id.clone(),
            line: about.line.clone(),
            full: about.house == House::Full,
            end: None,
            language,
            moments: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlu::langid;

    #[test]
    fn a_story_is_read_as_it_was_written() {
        let what = [
            What::Heard { sound_ms: 1_200, text_after_ms: 90, confidence: 0.75 },
            What::Asked { message: "1".into() },
            What::Answered { after_ms: 640 },
            What::Did(Note::Key('0')),
            What::Did(Note::Silence(2)),
        ];
        let story = Story {
            call: "c".into(),
            line: "trunk".into(),
            full: false,
            end: Some(Ended::Caller),
            language: langid!("zh"),
            moments: what.into_iter().map(|what| Moment { at_ms: 20, what }).collect(),
        };
        let text = serde_json::to_string(&story).expect("written");
        assert_eq!(serde_json::from_str::<Story>(&text).expect("read"), story);
    }
}
