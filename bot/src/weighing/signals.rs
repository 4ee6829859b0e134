//! What speaks for an article: numbers from search, from the page's words, from names, and from
//! the guess that the pack's examples taught. What they are worth is learned; see `weighing`.

use knowledge::{
    library::{Evidence, Hit, OUTSIDE},
    names::{Mention, Named},
};
use nlu::{LanguageIdentifier, tokens};

use super::{Candidate, beyond_names};
use crate::mind::Context;

/// Articles that search brings.
const FOUND: usize = 8;
/// Articles that the guess brings.
const GUESSED: usize = 4;
/// Articles that meaning brings, of those that say nothing in the reader's language.
const ACROSS: usize = 4;

/// How many signals are weighed.
pub const SIGNALS: usize = 15;
/// What each signal is called, in order: its best passage's score over the best of all; by how much
/// it leads; how much of the question stands on its page, absolutely and as a share; the share that
/// stands in its names; the share that is one of its names; whether only it was called by name; the
/// share of the guess that is this article's, by how much that leads, and how decided the guess is;
/// the chance that the question is about nothing here; how much it is like the examples that are,
/// and by how much the guess is ahead of that; how near its meaning comes to a sentence or name of
/// the article, and by how much that leads.
pub const NAMES: [&str; SIGNALS] = [
    "score",
    "lead",
    "evidence",
    "share",
    "named",
    "called",
    "alone",
    "guess",
    "guess-lead",
    "guess-odds",
    "outside",
    "elsewhere",
    "ahead",
    "like",
    "like-lead",
];
/// Where "share", "called" and "alone" stand.
pub(super) const SHARE: usize = 3;
pub(super) const CALLED: usize = 5;
pub(super) const ALONE: usize = 6;

/// All articles that may be meant, with what speaks for each.
pub(super) fn of(
    context: &Context<'_>,
    hits: &[Hit<'_>],
    mentions: &[Mention],
    folded: &str,
    subject: &str,
) -> Vec<Candidate> {
    let library = context.mind.library();
    let content = tokens::content(subject);
    let meaning = context.meaning(folded);
    let guess = library.guess(folded, meaning.as_ref());
    let inside = (1.0 - guess.outside).max(1e-6);
    let guessed = |id: &str| {
        let of = |(label, chance): &(&str, f32)| (*label == id).then_some(*chance / inside);
        guess.labels.iter().find_map(of).unwrap_or(0.0)
    };
    let elsewhere = guessed(OUTSIDE);
    let odds = |share: f32| (share.max(1e-3).ln() + 6.9) / 6.9;
    let likenesses = context.likenesses(folded);
    let like = |id: &str| likenesses.as_ref().map_or(0.0, |all| library.likeness(all, id));
    let across = likenesses.as_ref().map_or(vec![], |likenesses| {
        library.in_other_languages(likenesses, &context.language, context.now.date(), ACROSS)
    });
    let across = across.iter().map(|(article, _)| &*article.id);
    let guessed_best = guess.labels.iter().map(|(id, _)| *id).take(GUESSED);
    let best = gathered(context, hits, mentions, guessed_best.chain(across));
    let score = |hit: Option<&Hit<'_>>| hit.map_or(0.0, |hit| hit.score);
    let top = best.iter().map(|(_, hit)| score(*hit)).fold(f32::EPSILON, f32::max);
    let said: usize = content.iter().map(|word| word.chars().count()).sum();
    let weighed = best.iter().map(|(article, hit)| {
        let language = told_in(context, article);
        let evidence: Evidence = library.evidence(article, language, subject);
        let others = || best.iter().filter(|(other, _)| other != article);
        let rival = others().map(|(_, hit)| score(*hit)).fold(0.0, f32::max);
        let rival_guess = others().map(|(other, _)| guessed(other)).fold(0.0, f32::max);
        let own = guessed(article);
        let (called, alone) = called(mentions, article, folded, said);
        let signals = [
            score(*hit) / top,
            (score(*hit) - rival) / top,
            (evidence.there / 10.0).min(2.0),
            evidence.share(),
            named(context, article, &content),
            called,
            alone,
            own,
            own - rival_guess,
            odds(own),
            guess.outside,
            odds(elsewhere),
            odds(own) - odds(elsewhere),
            like(article),
            like(article) - others().map(|(other, _)| like(other)).fold(0.0, f32::max),
        ];
        let fields = hit.map_or(vec![], |hit| hit.fields.to_vec());
        let across = *language != context.language;
        Candidate { article: (*article).to_owned(), chance: 0.0, signals, across, fields }
    });
    weighed.collect()
}

/// The language in which an article is told to the reader: theirs, if it has it.
fn told_in<'a>(context: &'a Context<'_>, article: &str) -> &'a LanguageIdentifier {
    let article = context.pack.articles.get(article);
    let words = article.and_then(|article| context.pack.words(article, &context.language));
    words.map_or(&context.language, |(language, _)| language)
}

/// The articles that search found, that were called by name, and the others given, each once.
fn gathered<'a, 'h>(
    context: &Context<'_>,
    hits: &'a [Hit<'h>],
    mentions: &'a [Mention],
    others: impl Iterator<Item = &'a str>,
) -> Vec<(&'a str, Option<&'a Hit<'h>>)> {
    let mut best: Vec<(&str, Option<&Hit<'h>>)> = Vec::new();
    for hit in hits {
        let article = hit.passage.article.as_str();
        if best.len() < FOUND && !best.iter().any(|(known, _)| *known == article) {
            best.push((article, Some(hit)));
        }
    }
    let called = mentions.iter().flat_map(articles).map(String::as_str);
    for article in called.chain(others) {
        let shown = context.mind.library().article(article, context.now.date()).is_some();
        if shown && !best.iter().any(|(known, _)| *known == article) {
            best.push((article, hits.iter().find(|hit| hit.passage.article == *article)));
        }
    }
    best
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
    let beyond = beyond_names(context, article, content).len();
    (content.len() - beyond) as f32 / content.len().max(1) as f32
}
