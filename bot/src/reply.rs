//! What is said: a reply that suffices as plain text, and what richer channels add to it.
//! How it looks is each door's own affair.

use jiff::{Timestamp, civil::Date};
use nlu::LanguageIdentifier;
use serde::{Deserialize, Serialize};

/// One thing the bot says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The language the reply is written in.
    pub language: LanguageIdentifier,
    /// Plain text, complete by itself. Lines end in `\n`; list items start with `• ` or `1. `.
    pub text: String,
    /// The same for the ear: no symbols, numbers in words, no web addresses.
    pub spoken: String,
    /// Where the words come from; never empty when the answer was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// What the question was taken to be, so that its asker can see why this is the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub understood: Option<String>,
    /// Two or three things to choose from, when the bot asked back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What one might ask next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Choice>,
    /// The place that does it, when that helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceCard>,
}

/// Where an answer was published and when somebody last checked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The article's ID in the pack.
    pub article: String,
    /// One line in the reader's language, without the address: "Source: …, checked on …".
    pub line: String,
    /// The article's title, as published.
    pub title: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When somebody last compared it with its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Date>,
    /// The language of the source, which may not be the reader's.
    pub language: LanguageIdentifier,
}

/// Something that can be said by choosing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is shown.
    pub label: String,
    /// What is said when it is chosen.
    pub say: String,
}

/// A place, ready to be shown in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCard {
    /// The place's ID in the pack.
    pub id: String,
    /// Its name, in parts, so that a rare character can carry its reading.
    pub name: Vec<Ruby>,
    /// Street address.
    pub address: String,
    /// Telephone number, as written.
    pub telephone: Option<String>,
    /// Opening hours, one line each.
    pub hours: Vec<String>,
    /// Whether it is open at the moment of the reply, and until or from when.
    pub now: String,
    /// How to get there.
    pub way: Option<String>,
    /// Help on the spot, in words.
    pub help: Vec<String>,
}

/// A run of text, with its reading where the characters are rare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruby {
    /// The characters.
    pub text: String,
    /// How they are read, e.g. pinyin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// A resident or caller.
    Visitor,
    /// The automatic assistant.
    Bot,
    /// A person of the city's.
    Staff,
}

/// One numbered line of a conversation, as its reader sees it. Numbers start at 1 and have no gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its place in the conversation.
    pub number: u64,
    /// When it was stored.
    pub at: Timestamp,
    /// Who said it.
    pub speaker: Speaker,
    /// What visitors call the member of staff who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What was said; a visitor's line has text and language only.
    #[serde(flatten)]
    pub reply: Reply,
}

impl Reply {
    /// A reply of words alone, spoken as written.
    pub fn of(language: LanguageIdentifier, text: impl Into<String>) -> Self {
        let text = text.into();
        Reply {
            language,
            spoken: text.clone(),
            text,
            citations: vec![],
            understood: None,
            choices: vec![],
            suggestions: vec![],
            place: None,
        }
    }

    /// Says one thing more.
    pub(crate) fn add_line(&mut self, line: &str) {
        self.text = format!("{}\n{line}", self.text);
        self.spoken = format!("{} {line}", self.spoken);
    }
}
