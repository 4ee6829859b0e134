//! The thread of a conversation: what a message that leaves things out leans on. "And the
//! passport?" asks of the passport what was asked before; "for my son?" asks it for somebody else.

use knowledge::library::OUTSIDE;
use nlu::{Facet, tokens};
use serde::{Deserialize, Serialize};

use crate::turn::Heard;

/// Characters of what was said that are remembered.
const REMEMBERED: usize = 160;
/// Content words that a message may have and still lean on what was said before.
const FEW: usize = 3;
/// The share of what a message says that stands on a page it is about.
const THERE: f32 = 0.4;
/// The chance of being about nothing published from which a message does not lean on what was said.
const ELSEWHERE: f32 = 0.4;

/// What later messages may leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thread {
    /// The sides last asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Whom it is for, as it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What was said about it so far, latest last.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// Where on the topic's page the last passage told stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<usize>,
    /// What is left of an answer that is told piece by piece.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<String>,
}

impl Thread {
    /// Whether there is nothing to lean on.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Thread::default()
    }

    /// The sides that a message asks for: its own, or those asked before where it leaves them out.
    pub(crate) fn sides(&self, heard: &Heard<'_>) -> Vec<Facet> {
        let understanding = heard.understanding;
        let own = understanding.facets.clone();
        let opens = nlu::leaning::what_about(&understanding.folded);
        let corrects = understanding.intent == nlu::Intent::Correction;
        // In "how about the passport" the "how" asks for nothing.
        let silent = own.is_empty() || (opens && own == [Facet::How]);
        let mut sides = if silent && (opens || corrects) { self.facets.clone() } else { own };
        if only_a_person(heard) && understanding.facets.is_empty() && !sides.contains(&Facet::Who) {
            sides.push(Facet::Who);
        }
        sides
    }

    /// Remembers what was said and whom it is for.
    pub(crate) fn hear(&mut self, heard: &Heard<'_>) {
        let understanding = heard.understanding;
        if let Some(person) = nlu::leaning::person(&understanding.folded) {
            self.person = Some(understanding.folded[person].to_owned());
        }
        if !tokens::content(&understanding.subject).is_empty() {
            self.said = format!("{} {}", self.said, understanding.subject).trim().to_owned();
            let letters = self.said.chars().count();
            self.said = self.said.chars().skip(letters.saturating_sub(REMEMBERED)).collect();
        }
    }

    /// Begins anew: another thing is spoken of. Whom it is for stays.
    pub(crate) fn begin(&mut self, heard: &Heard<'_>) {
        self.said.clear();
        self.pieces.clear();
        self.hear(heard);
    }
}

/// Whether a message says little by itself and may lean on what was said before.
pub(crate) fn leans(heard: &Heard<'_>) -> bool {
    let understanding = heard.understanding;
    tokens::content(&understanding.subject).len() <= FEW
        || nlu::leaning::points_back(&understanding.folded)
}

/// Whether a message may be about an article of which was spoken, though it does not name it: what it
/// says stands on that page, or it points back and is not like what the city does not answer. "Who
/// wrote Hamlet?" after a question about passports is no question about passports.
pub(crate) fn bears_on(heard: &Heard<'_>, article: &str) -> bool {
    let (context, understanding) = (heard.context, heard.understanding);
    let library = context.mind.library();
    let evidence = library.evidence(article, &context.language, &understanding.subject);
    if evidence.asked > 0.0 && evidence.share() >= THERE {
        return true;
    }
    let folded = &understanding.folded;
    let guess = library.guess(folded, context.meaning(folded).as_ref());
    let elsewhere = guess.labels.iter().find(|(label, _)| *label == OUTSIDE);
    (nlu::leaning::points_back(folded) || nlu::leaning::what_about(folded))
        && elsewhere.is_none_or(|(_, chance)| *chance < ELSEWHERE)
}

/// Whether it names nobody and nothing but whom it is for: "for my son?", "那我儿子呢".
pub(crate) fn only_a_person(heard: &Heard<'_>) -> bool {
    let folded = &heard.understanding.folded;
    nlu::leaning::person(folded).is_some_and(|person| {
        let mut rest = heard.understanding.folded.clone();
        rest.replace_range(person, " ");
        tokens::content(&nlu::asking::subject(&rest)).is_empty()
    })
}
