//! Weighing what was found: which article is meant, and is it good enough to be told? Search
//! scores only rank; whether anything is *about* the question is told by how much of the question
//! stands on the page, in its names, was said by name, and by what the pack's examples make of it.
//! A logistic regression makes one estimate of all (docs/decisions/0004-weighing.md): the chance
//! that this article is the one. Which signals there are is `signals`' affair.

mod across;
mod signals;

use std::fmt;

use jiff::Timestamp;
use knowledge::{library::Hit, names::Mention, pack::Article};
use nlu::{LanguageIdentifier, Via, script::is_han};

use crate::{
    asking_back, finding,
    message::Message,
    mind::{Context, Mind},
};
pub use signals::{NAMES, SIGNALS};

/// The weights of the signals, and the constant.
pub type Weights = ([f32; SIGNALS], f32);
/// Learned by `wendu train weighing`; docs/decisions/0004-weighing.md tells from what.
const LEARNED: Weights = (
    [
        2.034, 0.253, -0.543, 2.142, 3.068, 0.343, 0.669, 3.302, -0.354, 3.251, 0.928, -0.612,
        1.559, 0.996, 1.776,
    ],
    -8.160,
);
/// The same without the sentence encoder: what is guessed then says less.
const LEARNED_ALONE: Weights = (
    [
        1.166, 1.527, -0.025, 1.944, 3.541, 0.107, 0.568, 1.392, 0.753, 3.661, 1.915, 0.103, 1.297,
        0.000, 0.000,
    ],
    -7.207,
);

/// At which chances what is done. Chosen by `wendu train weighing` at the rates it states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// An article is told from this chance on.
    pub told: f32,
    /// It is offered beside others from this chance on,
    pub offered: f32,
    /// and if it comes this near to the best.
    pub near: f32,
}

/// Typed words are what was meant.
const TYPED: Bounds = Bounds { told: 0.4, offered: 0.2, near: 0.85 };
/// Spoken ones ramble, and some were misheard.
const SPOKEN: Bounds = Bounds { told: 0.4, offered: 0.2, near: 0.85 };
/// The chance from which articles are compared with each other.
const WORTH: f32 = 0.05;
/// From when an article without names or examples is borne out by its page: the chance, and the share
/// of the question that stands there.
const LIKELY: f32 = 0.9;
const HALF: f32 = 0.5;
/// The share of what was said that a name must be to settle it.
const CALLED: f32 = 0.95;

impl Bounds {
    /// Those for words that came this way.
    pub fn of(via: Via) -> Bounds {
        match via {
            Via::Typed | Via::Keyed => TYPED,
            Via::Spoken => SPOKEN,
        }
    }
}

/// One article, weighed.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The article's ID.
    pub article: String,
    /// The chance that it is meant, 0..=1.
    pub chance: f32,
    /// What speaks for it; [`NAMES`] says what each is.
    pub signals: [f32; SIGNALS],
    /// Whether it says nothing in the reader's language.
    pub across: bool,
    /// The fields of its best passage, for people who ask why.
    fields: Vec<f32>,
}

impl Candidate {
    /// The same by other weights.
    pub fn by(&self, (weights, bias): &Weights) -> Candidate {
        let sum: f32 =
            self.signals.iter().zip(weights).map(|(signal, weight)| signal * weight).sum();
        // A name and hardly anything else is no matter of chance.
        let certain = self.signals[signals::ALONE] > 0.0 && self.signals[signals::CALLED] >= CALLED;
        let chance = if certain { 1.0 } else { 1.0 / (1.0 + (-(sum + bias)).exp()) };
        Candidate { chance, ..self.clone() }
    }
}

impl Candidate {
    /// How much of what was said stands on its page, 0..=1.
    pub(crate) fn share(&self) -> f32 {
        self.signals[signals::SHARE]
    }

    /// Whether it is very likely, and much of what was said stands on its page.
    pub(crate) fn is_borne_out(&self) -> bool {
        self.chance >= LIKELY && self.share() >= HALF
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: chance {:.2};", self.article, self.chance)?;
        for (name, signal) in NAMES.iter().zip(self.signals) {
            write!(f, " {name} {signal:.2}")?;
        }
        write!(f, ";")?;
        for (field, score) in knowledge::index::Field::ALL.iter().zip(&self.fields) {
            write!(f, " {} {score:.2}", field.name())?;
        }
        Ok(())
    }
}

/// What the weighing came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// This article.
    This(String),
    /// One of these.
    OneOf(Vec<String>),
    /// It leaves out what it is about.
    TooLittle,
    /// Nothing.
    None,
}

/// Weighs what a message without a conversation could mean, likeliest first. For training and for
/// people who ask why; a turn does the same.
pub fn weigh(
    mind: &Mind,
    message: &Message,
    language: &LanguageIdentifier,
    now: Timestamp,
) -> Vec<Candidate> {
    let context = Context::new(mind, language, now);
    let understanding = context.understand(&message.text);
    let mentions = mind.library().names().mentions(&understanding.folded);
    let hits = finding::search(&context, &understanding.subject, message);
    candidates(&context, &hits, &mentions, &understanding.folded, &understanding.subject)
}

/// Weighs the articles of the best passages, those called by name and those guessed, likeliest
/// first.
pub(crate) fn candidates(
    context: &Context<'_>,
    hits: &[Hit<'_>],
    mentions: &[Mention],
    folded: &str,
    subject: &str,
) -> Vec<Candidate> {
    let with_meaning = context.mind.library().encoder().is_some();
    let (weights, across) = if with_meaning {
        (&LEARNED, &across::LEARNED)
    } else {
        (&LEARNED_ALONE, &across::LEARNED_ALONE)
    };
    let mut candidates: Vec<Candidate> = signals::of(context, hits, mentions, folded, subject)
        .into_iter()
        .map(|candidate| candidate.by(if candidate.across { across } else { weights }))
        .collect();
    candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    once(context, candidates)
}

/// What is published twice is weighed once: the likelier of near-equal articles.
fn once(context: &Context<'_>, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let library = context.mind.library();
    let article = |candidate: &Candidate| context.pack.articles.get(&candidate.article);
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let same = |better: &Candidate| {
            let both = article(better).zip(article(&candidate));
            both.is_some_and(|(one, other)| library.is_same(one, other, &context.language))
        };
        // What is never told need not be compared.
        if candidate.chance < WORTH || !kept.iter().any(same) {
            kept.push(candidate);
        }
    }
    kept
}

/// Decides. Of several that are about as likely, the visitor chooses.
pub fn judge(candidates: &[Candidate], bounds: Bounds) -> Verdict {
    let Some(best) = candidates.first() else { return Verdict::None };
    if best.chance == 1.0 {
        return Verdict::This(best.article.clone());
    }
    let near = |other: &&Candidate| {
        other.chance >= bounds.offered && other.chance >= bounds.near * best.chance
    };
    let near: Vec<&Candidate> = candidates.iter().filter(near).collect();
    if near.len() > 1 {
        let offered = near.iter().take(asking_back::MOST).map(|each| each.article.clone());
        Verdict::OneOf(offered.collect())
    } else if best.chance >= bounds.told {
        Verdict::This(best.article.clone())
    } else {
        Verdict::None
    }
}

/// The content words that do not stand in an article's names.
pub(crate) fn beyond_names<'a>(
    context: &Context<'_>,
    article: &Article,
    content: &'a [String],
) -> Vec<&'a String> {
    let called = context.mind.called(article);
    let known = |word: &String| match word.chars().all(is_han) {
        true => called.folded.contains(word.as_str()),
        false => called.stems.contains(word),
    };
    content.iter().filter(|word| !known(word)).collect()
}
