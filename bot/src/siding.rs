//! Which sides of an article a question asks for, when the article is known: what its words ask
//! for, and which parts of the page come near it. Two are told where they are about as likely. Ends
//! at the sides; how they are told is `telling`'s affair.

use knowledge::{
    library::Query,
    pack::{Article, Kind},
    passage::Passage,
};
use nlu::{Facet, asking};

use crate::turn::Heard;

/// What speaks for a side: the logarithm of its chance, its passage's likeness to the question, its
/// share of the words, that a usual phrase asks for it; and against the opening of the page, for
/// whoever says this much asks for something. Learned as a conditional logit from tuned golden
/// questions and rounded; on pages left out it tells .94 of the sides, .92 in English.
const CHANCE: f32 = 0.85;
const LIKENESS: f32 = 1.0;
const WORDS: f32 = 1.8;
const NAMED: f32 = 1.4;
const OPENING: f32 = -2.0;
/// Sides further behind the best are not told with it: odds of 5 to 2.
const BEHIND: f32 = 0.9;
/// The chance that a side has at least.
const LEAST: f32 = 1e-3;
/// Passages that are looked at.
const DEPTH: usize = 20;

/// The sides that a message asks for of an article; none if it only names it. `named` are those that
/// its words ask for by themselves.
pub(crate) fn sides(heard: &Heard<'_>, article: &Article, named: Vec<Facet>) -> Vec<Facet> {
    let context = heard.context;
    let folded = &heard.understanding.folded;
    let today = context.now.date();
    let page = context.mind.library().page(article, &context.language, today);
    let there = |facet: &Facet| page.iter().any(|passage| passage.facet == Some(*facet));
    let missing = !named.is_empty() && !named.iter().any(there);
    let settled = named.len() > 1 || missing || asking::is_short(folded);
    if article.kind != Kind::Service || settled {
        return named;
    }
    let mut sides = scored(heard, article, &page, &named);
    sides.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = sides.first().map_or(0.0, |(_, score)| *score);
    let near = sides.into_iter().take_while(|(_, score)| *score >= best - BEHIND).take(2);
    near.filter_map(|(facet, _)| facet).collect()
}

/// Every side of a page with how likely it is asked for; no side stands for the page's opening.
fn scored(
    heard: &Heard<'_>,
    article: &Article,
    page: &[&Passage],
    named: &[Facet],
) -> Vec<(Option<Facet>, f32)> {
    let context = heard.context;
    let library = context.mind.library();
    let folded = &heard.understanding.folded;
    let chances = asking::chances(folded, context.meaning(folded).as_ref());
    let likenesses = context.likenesses(folded);
    let query = Query {
        text: folded,
        others: &[],
        beside: "",
        via: heard.message.via,
        language: &context.language,
        today: context.now.date(),
        limit: DEPTH,
        within: Some(&article.id),
    };
    let hits = library.search(&query);
    let top = hits.first().map_or(1.0, |hit| hit.score.max(f32::EPSILON));
    let mut sides: Vec<(Option<Facet>, f32)> = Vec::new();
    for passage in page {
        let facet = passage.facet;
        let asked = chances.of(facet).max(LEAST).ln();
        let named = if facet.is_some_and(|facet| named.contains(&facet)) { NAMED } else { 0.0 };
        let opening = if facet.is_none() { OPENING } else { 0.0 };
        let place = likenesses.as_ref().zip(library.place_of(passage));
        let like = place.map_or(0.0, |(likenesses, place)| likenesses.passage(place));
        let hit = hits.iter().find(|hit| std::ptr::eq(hit.passage, *passage));
        let words = hit.map_or(0.0, |hit| hit.score / top);
        let score = CHANCE * asked + LIKENESS * like + WORDS * words + named + opening;
        match sides.iter_mut().find(|(known, _)| *known == facet) {
            Some((_, best)) => *best = best.max(score),
            None => sides.push((facet, score)),
        }
    }
    sides
}
