//! Weighing what was found: which article is meant, and is it good enough to be told? Search
//! scores only rank; whether anything is *about* the question is told by how much of the question
//! stands on the page, in its names, and was said by name. A logistic regression makes one
//! estimate of all (docs/decisions/0004-weighing.md): the chance that this article is the one.

use std::fmt;

use jiff::Timestamp;
use knowledge::{
    index::{FIELDS, Field},
    library::{Evidence, Hit},
    names::{Mention, Named},
    pack::Article,
};
use nlu::{LanguageIdentifier, script::is_han, tokens};

use crate::{
    asking_back, finding,
    message::Message,
    mind::{Context, Mind},
};

/// Articles weighed.
const WEIGHED: usize = 8;
/// The chance at which an article is told, and at which it is still offered beside others.
const TOLD: f32 = 0.4;
const OFFERED: f32 = 0.2;
/// The share of what was said that a name must be to settle it.
const CALLED: f32 = 0.75;
/// How near to the best another one must come to be offered beside it.
const NEAR: f32 = 0.6;

/// One article, weighed.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The article's ID.
    pub article: String,
    /// The chance that it is meant, 0..=1.
    pub chance: f32,
    /// What speaks for it; [`NAMES`] says what each is.
    pub signals: [f32; SIGNALS],
    /// The fields of its best passage, for people who ask why.
    fields: [f32; FIELDS],
}

/// How many signals are weighed.
pub const SIGNALS: usize = 7;
/// What each signal is called, in order: its best passage's score over the best of all; by how much
/// it leads; how much of the question stands on its page, absolutely and as a share; the share that
/// stands in its names; the share that is one of its names; whether only it was called by name.
pub const NAMES: [&str; SIGNALS] =
    ["score", "lead", "evidence", "share", "named", "called", "alone"];
/// Learned by `wendu train weighing`; docs/decisions/0004-weighing.md tells from what.
const WEIGHTS: [f32; SIGNALS] = [2.447, 3.144, 3.804, -0.306, 5.886, -0.607, 0.855];
const BIAS: f32 = -6.689;

impl Candidate {
    fn new(article: &str, signals: [f32; SIGNALS], fields: [f32; FIELDS]) -> Candidate {
        let sum: f32 = signals.iter().zip(WEIGHTS).map(|(signal, weight)| signal * weight).sum();
        let [.., called, alone] = signals;
        // A name and hardly anything else is no matter of chance.
        let certain = alone > 0.0 && called >= CALLED;
        let chance = if certain { 1.0 } else { 1.0 / (1.0 + (-(sum + BIAS)).exp()) };
        Candidate { article: article.to_owned(), chance, signals, fields }
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: chance {:.2};", self.article, self.chance)?;
        for (name, signal) in NAMES.iter().zip(self.signals) {
            write!(f, " {name} {signal:.2}")?;
        }
        f.write_str(";")?;
        for (field, part) in Field::ALL.iter().zip(self.fields) {
            write!(f, " {} {part:.2}", field.name())?;
        }
        Ok(())
    }
}

/// What the weighing came to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    /// This article.
    This(String),
    /// One of these.
    OneOf(Vec<String>),
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

/// Weighs the articles of the best passages and those called by name, likeliest first.
pub(crate) fn candidates(
    context: &Context<'_>,
    hits: &[Hit<'_>],
    mentions: &[Mention],
    folded: &str,
    subject: &str,
) -> Vec<Candidate> {
    let content = tokens::content(subject);
    let mut best: Vec<(&str, Option<&Hit<'_>>)> = Vec::new();
    for hit in hits {
        let article = hit.passage.article.as_str();
        if best.len() < WEIGHED && !best.iter().any(|(known, _)| *known == article) {
            best.push((article, Some(hit)));
        }
    }
    for article in mentions.iter().flat_map(articles) {
        let shown = context.mind.library().article(article, context.now.date()).is_some();
        if shown && !best.iter().any(|(known, _)| known == article) {
            best.push((article, hits.iter().find(|hit| hit.passage.article == *article)));
        }
    }
    let score = |hit: Option<&Hit<'_>>| hit.map_or(0.0, |hit| hit.score);
    let top = best.iter().map(|(_, hit)| score(*hit)).fold(f32::EPSILON, f32::max);
    let said: usize = content.iter().map(|word| word.chars().count()).sum();
    let mut candidates: Vec<Candidate> = best
        .iter()
        .map(|(article, hit)| {
            let language = hit.map_or(&context.language, |hit| &hit.passage.language);
            let evidence: Evidence = context.mind.library().evidence(article, language, subject);
            let others = best.iter().filter(|(other, _)| other != article);
            let rival = others.map(|(_, hit)| score(*hit)).fold(0.0, f32::max);
            let (called, alone) = called(mentions, article, folded, said);
            let signals = [
                score(*hit) / top,
                (score(*hit) - rival) / top,
                (evidence.there / 10.0).min(2.0),
                evidence.share(),
                named(context, article, &content),
                called,
                alone,
            ];
            Candidate::new(article, signals, hit.map_or([0.0; FIELDS], |hit| hit.fields))
        })
        .collect();
    candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    candidates
}

/// Decides. Of several that are about as likely, the visitor chooses.
pub(crate) fn judge(candidates: &[Candidate]) -> Verdict {
    let Some(best) = candidates.first() else { return Verdict::None };
    if best.chance == 1.0 {
        return Verdict::This(best.article.clone());
    }
    let near = |other: &&Candidate| other.chance >= OFFERED && other.chance >= NEAR * best.chance;
    let near: Vec<&Candidate> = candidates.iter().filter(near).collect();
    if near.len() > 1 {
        let offered = near.iter().take(asking_back::MOST).map(|each| each.article.clone());
        Verdict::OneOf(offered.collect())
    } else if best.chance >= TOLD {
        Verdict::This(best.article.clone())
    } else {
        Verdict::None
    }
}

fn articles(mention: &Mention) -> impl Iterator<Item = &String> {
    mention.named.iter().filter_map(|named| match named {
        Named::Article(id) => Some(id),
        Named::Place(_) => None,
    })
}

/// Whether an article was called by a name: how much of what was said that name is, and whether
/// the name is nobody else's and no other article was called.
fn called(mentions: &[Mention], article: &str, folded: &str, said: usize) -> (f32, f32) {
    let own = mentions.iter().filter(|mention| articles(mention).any(|id| id == article));
    let longest = own.clone().map(|mention| folded[mention.span.clone()].chars().count()).max();
    let alone = own.clone().any(|mention| articles(mention).count() == 1)
        && mentions.iter().flat_map(articles).all(|id| id == article);
    let share = longest.map_or(0.0, |length| length as f32 / said.max(length) as f32);
    (share, if alone { 1.0 } else { 0.0 })
}

/// The share of the content words that stand in an article's names.
fn named(context: &Context<'_>, article: &str, content: &[String]) -> f32 {
    let Some(article) = context.pack.articles.get(article) else { return 0.0 };
    let beyond = beyond_names(article, content).len();
    (content.len() - beyond) as f32 / content.len().max(1) as f32
}

/// The content words that do not stand in an article's names.
pub(crate) fn beyond_names<'a>(article: &Article, content: &'a [String]) -> Vec<&'a String> {
    let names = article.words.values().flat_map(|words| words.also.iter().chain([&words.title]));
    let folded = names.map(|name| nlu::normal::fold(name)).collect::<Vec<_>>().join("\n");
    let stems = tokens::words(&folded);
    let known = |word: &String| {
        if word.chars().all(is_han) { folded.contains(word.as_str()) } else { stems.contains(word) }
    };
    content.iter().filter(|word| !known(word)).collect()
}
