//! Weighing what a search found: is the best article good enough, is it clearly the best, or does
//! it take a question back? A search score only ranks; whether anything found is *about* the
//! question is told by how much of the question's content stands on the page and in its names.

use std::fmt;

use knowledge::library::Hit;
use nlu::{script::is_han, tokens};

use crate::{asking_back, mind::Context};

/// Articles weighed.
const WEIGHED: usize = 8;
/// Share of the content that an article must account for to be offered, and to be told.
const OFFERED: f32 = 0.45;
const TOLD: f32 = 0.6;
/// How near to the best another one must come to be offered beside it.
const NEAR: f32 = 0.9;

/// One article, weighed.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub article: String,
    /// Its best passage's score, over the best of all.
    pub score: f32,
    /// How much of the content stands on its page, 0..=1.
    pub coverage: f32,
    /// How much of the content stands in its names, 0..=1.
    pub named: f32,
    /// The fields of its best passage, for people who ask why.
    fields: [f32; 4],
}

impl Candidate {
    /// How well it fits, 0..=1.
    pub fn worth(&self) -> f32 {
        0.35 * self.score + 0.4 * self.coverage + 0.25 * self.named
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [words, pairs, grams, parent] = self.fields;
        write!(
            f,
            "{}: worth {:.2} = score {:.2} (words {words:.2}, pairs {pairs:.2}, grams {grams:.2}, \
             parent {parent:.2}), coverage {:.2}, named {:.2}",
            self.article,
            self.worth(),
            self.score,
            self.coverage,
            self.named,
        )
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

/// Weighs the articles of the best passages, best first.
pub(crate) fn candidates(context: &Context<'_>, hits: &[Hit<'_>], subject: &str) -> Vec<Candidate> {
    let best = hits.first().map_or(1.0, |hit| hit.score);
    let content = tokens::content(subject);
    let mut candidates: Vec<Candidate> = Vec::new();
    for hit in hits {
        let article = &hit.passage.article;
        if candidates.len() == WEIGHED {
            break;
        }
        if candidates.iter().any(|known| known.article == *article) {
            continue;
        }
        candidates.push(Candidate {
            article: article.clone(),
            score: hit.score / best,
            coverage: context.mind.library().coverage(article, &hit.passage.language, subject),
            named: named(context, article, &content),
            fields: hit.fields,
        });
    }
    candidates.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    candidates
}

/// Decides. Few words may mean several things; many that mostly fit one page mean that page.
pub(crate) fn judge(candidates: &[Candidate], subject: &str) -> Verdict {
    let Some(best) = candidates.first() else { return Verdict::None };
    if best.coverage < OFFERED {
        return Verdict::None;
    }
    let near: Vec<&Candidate> =
        candidates.iter().filter(|other| other.worth() >= NEAR * best.worth() && other.coverage >= OFFERED).collect();
    let short = tokens::content(subject).len() <= 2;
    let several = near.len() > 1 && (short || best.coverage < TOLD);
    if several {
        let offered = near.iter().take(asking_back::MOST).map(|each| each.article.clone());
        return Verdict::OneOf(offered.collect());
    }
    if best.coverage >= TOLD || best.named >= TOLD {
        Verdict::This(best.article.clone())
    } else {
        Verdict::None
    }
}

/// The share of the content words that stand in an article's names.
fn named(context: &Context<'_>, article: &str, content: &[String]) -> f32 {
    let Some(article) = context.pack.articles.get(article) else { return 0.0 };
    if content.is_empty() {
        return 0.0;
    }
    let names = article.words.values().flat_map(|words| words.also.iter().chain([&words.title]));
    let folded = names.map(|name| nlu::normal::fold(name)).collect::<Vec<_>>().join("\n");
    let stems = tokens::words(&folded);
    let there = content.iter().filter(|word| {
        if word.chars().all(is_han) { folded.contains(word.as_str()) } else { stems.contains(word) }
    });
    there.count() as f32 / content.len() as f32
}
