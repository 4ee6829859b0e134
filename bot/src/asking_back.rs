//! Asking back, and taking the answer to it: "the second", "2", "第二个", "the insurance one",
//! "both", "neither". A reply that is a new question leaves the offer.

use nlu::{Facet, Intent, script::is_han, tokens};

use crate::{
    answer::{Answer, Found},
    conversation::{Conversation, Offer, Outcome},
    finding,
    reply::Choice,
    turn::Heard,
};

/// How many things one can choose from and still keep in mind.
pub(crate) const MOST: usize = 3;

/// Offers articles by their titles; a single one is asked about by its title.
pub(crate) fn offer(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    articles: Vec<String>,
    facets: Vec<Facet>,
) -> Outcome {
    let context = heard.context;
    let choices: Vec<Choice> = articles
        .iter()
        .filter_map(|id| context.pack.articles.get(id))
        .filter_map(|article| context.pack.words(article, &context.language))
        .map(|(_, words)| Choice { label: words.title.clone(), say: words.title.clone() })
        .collect();
    let mut reply = match &choices[..] {
        [only] => context.reply("clarify-one", &[("title", &only.label)]),
        _ => context.reply("clarify", &[]),
    };
    let join = context.say("list-join", &[]);
    let titles: Vec<_> = choices.iter().map(|choice| choice.label.as_str()).collect();
    if titles.len() > 1 {
        reply.spoken = format!("{} {}", reply.text, titles.join(&join));
    }
    reply.choices = choices;
    conversation.offer = Offer { articles: articles.clone(), facets };
    Outcome::answered(Answer::Clarify { choices: articles }, reply)
}

/// Takes a choice by its place or by a part of its name. A choice said by its whole name is found
/// like any name.
pub(crate) fn take_the_choice(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
) -> Option<Outcome> {
    let offered = conversation.offer.articles.clone();
    let place = match (heard.understanding.intent, offered.len()) {
        (Intent::Choose(_) | Intent::ChooseLast | Intent::ChooseAll, 0) => {
            // A number may also be an answer to nothing at all.
            return Some(Outcome::words(heard.context.reply("choice-none", &[])));
        }
        (_, 0) => return None,
        (Intent::Choose(place), _) => place,
        (Intent::ChooseLast, count) => count - 1,
        (Intent::ChooseAll, _) => return Some(all(conversation, heard, &offered)),
        (Intent::Yes, 1) => 0,
        (Intent::Neither | Intent::No, _) => {
            conversation.offer = Offer::default();
            let args = [("telephone", &*heard.context.pack.telephone)];
            return Some(Outcome::words(heard.context.reply("clarify-neither", &args)));
        }
        (Intent::Yes | Intent::GoOn, _) => return Some(again(conversation, heard)),
        (Intent::Ask | Intent::Correction, _) => pointed_at(heard, &offered)?,
        _ => return None,
    };
    match offered.get(place) {
        Some(article) => {
            let own = heard.understanding.facets.clone();
            let facets = if own.is_empty() { conversation.offer.facets.clone() } else { own };
            Some(finding::tell(conversation, heard, article, &facets))
        }
        // "The fourth" of three.
        None => Some(again(conversation, heard)),
    }
}

/// Asks once more: what was said does not tell which.
fn again(conversation: &mut Conversation, heard: &Heard<'_>) -> Outcome {
    let Offer { articles, facets } = conversation.offer.clone();
    offer(conversation, heard, articles, facets)
}

/// The only one of those offered whose names have all the words by which it is pointed at.
fn pointed_at(heard: &Heard<'_>, offered: &[String]) -> Option<usize> {
    // What is asked of it may stand beside: "医保的那个多少钱".
    let subject = heard.understanding.subject.trim_end_matches(['?', '？', ' ']);
    let words = tokens::content(nlu::leaning::pointed_at(subject)?);
    if words.is_empty() {
        return None;
    }
    let fits = |id: &String| {
        let Some(article) = heard.context.pack.articles.get(id) else { return false };
        let names = article.words.values().flat_map(|w| w.also.iter().chain([&w.title]));
        let names = names.map(|name| nlu::normal::fold(name)).collect::<Vec<_>>().join("\n");
        let stems = tokens::words(&names);
        words.iter().all(|word| match word.chars().all(is_han) {
            true => names.contains(word.as_str()),
            false => stems.contains(word),
        })
    };
    let mut fitting = offered.iter().enumerate().filter(|(_, id)| fits(id)).map(|(at, _)| at);
    let first = fitting.next();
    first.filter(|_| fitting.next().is_none())
}

/// Tells all that was offered, one after the other, each with its source.
fn all(conversation: &mut Conversation, heard: &Heard<'_>, offered: &[String]) -> Outcome {
    let facets = conversation.offer.facets.clone();
    let mut told = offered.iter().map(|id| finding::tell(conversation, heard, id, &facets));
    let mut first = told.next().unwrap_or_else(|| finding::nothing(heard));
    for next in told.collect::<Vec<_>>() {
        let Outcome { answer, reply, .. } = next;
        first.reply.text = format!("{}\n\n{}", first.reply.text, reply.text);
        first.reply.spoken = format!("{} {}", first.reply.spoken, reply.spoken);
        first.reply.citations.extend(reply.citations);
        if !matches!(first.answer, Some(Answer::Found(Found { .. }))) {
            first.answer = answer;
        }
    }
    first.reply.understood = None;
    first.reply.place = None;
    first
}
