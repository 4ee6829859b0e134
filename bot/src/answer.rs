//! What came of a question. Every way of not answering has a name, and its own humane sentence in
//! the phrasebook.

use nlu::{advice::Advice, danger::Kind};
use serde::{Deserialize, Serialize};

/// The outcome of looking something up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "status")]
pub enum Answer {
    /// The city says something about it.
    Found(Found),
    /// It could be one of these.
    Clarify {
        /// IDs of services or articles, two or three.
        choices: Vec<String>,
    },
    /// The city publishes nothing about it.
    NotFound {
        /// Which honest sentence to say.
        reason: NotFound,
    },
    /// Something came before any answer.
    Safeguard {
        /// What it was.
        reason: Safeguard,
    },
    /// The message itself could not be worked with.
    Refused {
        /// Which honest sentence to say.
        reason: Refused,
    },
}

/// Where the answer stands. It cannot be made without an article to cite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The article that answers, e.g. a service's ID.
    pub article: String,
    /// The facets shown; empty when it was the whole page or free text.
    pub facets: Vec<String>,
}

/// Why nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotFound {
    /// Nothing published is close enough.
    Unknown,
    /// It is about another city.
    Elsewhere,
    /// The service is known, but nothing is published about this side of it.
    Facet,
}

/// What comes before any answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "safeguard")]
pub enum Safeguard {
    /// Somebody needs help at this moment.
    Danger {
        /// Which help.
        kind: Kind,
    },
    /// Somebody no longer knows what to do.
    Despair,
    /// An insult, and nothing asked.
    Insult,
    /// Only a professional may say.
    Advice {
        /// Which one.
        kind: Advice,
    },
}

/// Why a message was not worked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// There are no words in it.
    Empty,
    /// There are more words than a question has.
    TooLong,
    /// Neither of the pack's languages.
    Language,
}
