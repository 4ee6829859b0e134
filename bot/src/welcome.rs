//! What a visitor sees before saying anything: who this is, that it is a machine, and how to reach
//! a person. It is made from the pack, so that doors need not know packs.

use nlu::LanguageIdentifier;

use crate::reply::{Choice, Reply};

/// The entrance, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Welcome {
    /// The language everything here is written in.
    pub language: LanguageIdentifier,
    /// All the languages the pack speaks, first is the fallback.
    pub languages: Vec<LanguageIdentifier>,
    /// The city's, district's or hospital's name.
    pub name: String,
    /// A sentence for every page, e.g. that this is a demonstration.
    pub banner: Option<String>,
    /// The first words: that this is an automatic assistant, and what it does.
    pub greeting: Reply,
    /// Questions to start with.
    pub start: Vec<Choice>,
    /// Where a person answers, as written.
    pub telephone: String,
    /// When and where a person can be reached, in a sentence or two.
    pub person: String,
}
