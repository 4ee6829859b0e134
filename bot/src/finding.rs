//! Which article answers: a name said, the one spoken of, or the best that a search finds — if it
//! is good enough; else an honest question back, or an honest no.

use knowledge::{
    library::{Hit, Query},
    names::{Mention, Named},
};
use nlu::{Facet, tokens};

use crate::{
    answer::{Answer, Found, NotFound},
    asking_back,
    conversation::{Conversation, Outcome},
    reply::Choice,
    telling,
    turn::Heard,
    weighing::{self, Verdict},
};

/// Passages that a search looks at before articles are weighed.
const DEPTH: usize = 40;

/// Looks up what was asked.
pub(crate) fn look_up(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let (context, understanding) = (heard.context, heard.understanding);
    let facets = understanding.facets.clone();
    let mentions = context.mind.library().names().mentions(&understanding.folded);
    if let Some(elsewhere) = another_place(heard, &mentions) {
        let args = [("name", context.city()), ("elsewhere", &*elsewhere)];
        let reply = context.reply("not-found-elsewhere", &args);
        let answer = Answer::NotFound { reason: NotFound::Elsewhere };
        return Some(Outcome::answered(answer, reply));
    }
    if let Some(outcome) = by_name(conversation, heard, &mentions, &facets) {
        return Some(outcome);
    }
    if tokens::content(&understanding.subject).is_empty() {
        return Some(go_on(conversation, heard, &facets));
    }
    by_search(conversation, heard, &facets)
}

/// Nothing published is close enough: who does know.
pub(crate) fn nothing(heard: &Heard<'_>) -> Outcome {
    let context = heard.context;
    let place = context.main_place().map_or("", |place| context.place_name(place));
    let args = [("name", context.city()), ("telephone", &*context.pack.telephone), ("place", place)];
    let mut reply = context.reply("not-found", &args);
    reply.place = context.main_place().map(|place| telling::place_card(context, place));
    Outcome::answered(Answer::NotFound { reason: NotFound::Unknown }, reply)
}

/// Tells an article, or these sides of it, and makes it the topic.
pub(crate) fn tell(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    article: &str,
    facets: &[Facet],
    why: Vec<String>,
) -> Outcome {
    let context = heard.context;
    let Some(article) = context.mind.library().article(article, context.now.date()) else {
        return nothing(heard);
    };
    conversation.topic = Some(article.id.clone());
    conversation.place = None;
    let shown: Vec<&str> = facets.iter().map(|facet| facet.name()).collect();
    match telling::article(context, article, facets, &heard.understanding.folded) {
        Some(reply) => {
            let facets = shown.into_iter().map(str::to_owned).collect();
            let found = Found { article: article.id.clone(), facets, why };
            Outcome::answered(Answer::Found(found), reply)
        }
        None => {
            let title = context.pack.words(article, &context.language).map_or("", |(_, w)| &*w.title);
            let telephone = telling::telephone(context, article);
            let args = [("title", title), ("telephone", &*telephone)];
            let reply = context.reply("not-found-facet", &args);
            Outcome::answered(Answer::NotFound { reason: NotFound::Facet }, reply)
        }
    }
}

/// The name of a city that is not this one, unless it is a part of something published here.
fn another_place(heard: &Heard<'_>, mentions: &[Mention]) -> Option<String> {
    let pack = heard.context.pack;
    let fold = |names: &[String]| names.iter().map(|name| nlu::normal::fold(name)).collect::<Vec<_>>();
    let (here, more) = (fold(&pack.names), fold(&pack.elsewhere));
    let folded = &heard.understanding.folded;
    let name = nlu::place_names::elsewhere(folded, &here, &more)?.to_owned();
    // "I moved here from Beijing" is about here.
    let from = ["从", "来自", "from "].iter().any(|from| folded.contains(&format!("{from}{name}")));
    let published = mentions.iter().any(|mention| folded[mention.span.clone()].contains(&name));
    (!published && !from).then(|| shown_name(heard, &name))
}

/// A folded English name as it is written.
fn shown_name(heard: &Heard<'_>, folded: &str) -> String {
    let text = &heard.understanding.folded;
    debug_assert!(text.contains(folded));
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |c| c.to_uppercase().collect::<String>() + letters.as_str())
    };
    folded.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// An article called by its name.
fn by_name(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    mentions: &[Mention],
    facets: &[Facet],
) -> Option<Outcome> {
    let context = heard.context;
    let mut named: Vec<(&Mention, &str)> = Vec::new();
    for mention in mentions {
        for each in &mention.named {
            if let Named::Article(id) = each
                && context.mind.library().article(id, context.now.date()).is_some()
                && !named.iter().any(|(_, known)| known == id)
            {
                named.push((mention, id));
            }
        }
    }
    let facets = pending(conversation, &named, facets);
    match named.as_slice() {
        [] => None,
        [(_, only)] => Some(tell(conversation, heard, only, &facets, vec![format!("named: {only}")])),
        [(first, _), rest @ ..] if rest.iter().all(|(mention, _)| mention.span == first.span) => {
            let articles = named.iter().take(asking_back::MOST).map(|(_, id)| (*id).to_owned());
            Some(asking_back::offer(conversation, heard, articles.collect(), facets))
        }
        _ => {
            // Several names: the one that the whole sentence fits best.
            let hits = search(heard, &heard.understanding.subject);
            let best = hits.iter().find_map(|hit| {
                named.iter().find(|(_, id)| *id == hit.passage.article).map(|(_, id)| *id)
            });
            let best = best.unwrap_or(named[0].1).to_owned();
            let why = vec![format!("named with others: {best}")];
            Some(tell(conversation, heard, &best, &facets, why))
        }
    }
}

/// A choice taken by its name is asked what was asked before the choice was offered.
fn pending(conversation: &Conversation, named: &[(&Mention, &str)], facets: &[Facet]) -> Vec<Facet> {
    let offered = |id: &str| conversation.offer.articles.iter().any(|offered| offered == id);
    if facets.is_empty() && named.iter().any(|(_, id)| offered(id)) {
        conversation.offer.facets.clone()
    } else {
        facets.to_vec()
    }
}

/// Nothing new was named: the topic goes on, if there is one.
fn go_on(conversation: &mut Conversation, heard: &Heard<'_>, facets: &[Facet]) -> Outcome {
    if let Some(topic) = conversation.topic.clone() {
        return tell(conversation, heard, &topic, facets, vec!["the topic goes on".to_owned()]);
    }
    let context = heard.context;
    let mut reply = context.reply("which-service", &[]);
    reply.suggestions = context
        .pack
        .start
        .iter()
        .map(|text| context.pack.say(text, &context.language).to_owned())
        .map(|say| Choice { label: say.clone(), say })
        .collect();
    Outcome::answered(Answer::Clarify { choices: vec![] }, reply)
}

/// The best that a search finds, if it is good enough.
fn by_search(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    facets: &[Facet],
) -> Option<Outcome> {
    let subject = &heard.understanding.subject;
    let hits = search(heard, subject);
    let candidates = weighing::candidates(heard.context, &hits, subject);
    let why = candidates.iter().take(3).map(ToString::to_string).collect();
    match weighing::judge(&candidates, subject) {
        Verdict::This(article) => Some(tell(conversation, heard, &article, facets, why)),
        Verdict::OneOf(articles) => {
            Some(asking_back::offer(conversation, heard, articles, facets.to_vec()))
        }
        Verdict::None => None,
    }
}

fn search<'a>(heard: &Heard<'a>, text: &str) -> Vec<Hit<'a>> {
    heard.context.mind.library().search(&Query {
        text,
        language: &heard.context.language,
        today: heard.context.now.date(),
        limit: DEPTH,
    })
}
