//! Asking back, and taking the answer to it: "the second", "2", "第二个", or a name.

use nlu::{Facet, Intent};

use crate::{
    answer::Answer,
    conversation::{Conversation, Offer, Outcome},
    finding,
    reply::Choice,
    turn::Heard,
};

/// How many things one can choose from and still keep in mind.
pub(crate) const MOST: usize = 3;

/// Offers articles by their titles.
pub(crate) fn offer(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    articles: Vec<String>,
    facets: Vec<Facet>,
) -> Outcome {
    let context = heard.context;
    let mut reply = context.reply("clarify", &[]);
    reply.choices = articles
        .iter()
        .filter_map(|id| context.pack.articles.get(id))
        .filter_map(|article| context.pack.words(article, &context.language))
        .map(|(_, words)| Choice { label: words.title.clone(), say: words.title.clone() })
        .collect();
    let join = context.say("list-join", &[]);
    let titles: Vec<_> = reply.choices.iter().map(|choice| choice.label.as_str()).collect();
    reply.spoken = format!("{} {}", reply.text, titles.join(&join));
    conversation.offer = Offer { articles: articles.clone(), facets };
    Outcome::answered(Answer::Clarify { choices: articles }, reply)
}

/// Takes a choice by its place. A choice said by its name is found like any name.
pub(crate) fn take_the_choice(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
) -> Option<Outcome> {
    let Intent::Choose(place) = heard.understanding.intent else { return None };
    let Some(article) = conversation.offer.articles.get(place).cloned() else {
        // A number may also be an answer to nothing at all.
        let reply = heard.context.reply("choice-none", &[]);
        return Some(Outcome::words(reply));
    };
    let facets = conversation.offer.facets.clone();
    Some(finding::tell(conversation, heard, &article, &facets))
}
