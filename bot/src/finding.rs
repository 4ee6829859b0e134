//! Which article answers: a name said, the one spoken of, or the best that a search finds — if it
//! is good enough; else an honest question back, or an honest no.

use knowledge::{
    library::{Hit, Query},
    names::Mention,
};
use nlu::{Facet, tokens};

use crate::{
    answer::{Answer, Found, NotFound},
    asking_back,
    conversation::{Conversation, Outcome},
    elsewhere, going_on,
    message::Message,
    mind::Context,
    plain, several, siding, telling, thread,
    turn::{Heard, LONGEST},
    weighing::{self, Bounds, Verdict},
};

/// Passages that a search looks at before articles are weighed.
const DEPTH: usize = 40;
/// Further guesses of the ears that are searched.
const GUESSES: usize = 4;
/// Candidates kept for people who ask why.
const WHY: usize = 3;

/// Looks up what was asked.
pub(crate) fn look_up(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let (context, understanding) = (heard.context, heard.understanding);
    let facets = conversation.thread.sides(heard);
    let mentions = context.mind.library().names().mentions(&understanding.folded);
    if let Some(elsewhere) = elsewhere::another_place(heard, &mentions) {
        let args = [("name", context.city()), ("elsewhere", &*elsewhere)];
        let reply = context.reply("not-found-elsewhere", &args);
        let answer = Answer::NotFound { reason: NotFound::Elsewhere };
        return Some(Outcome::answered(answer, reply));
    }
    let silent = tokens::content(&understanding.subject).is_empty() || thread::only_a_person(heard);
    let outcome = match silent && mentions.is_empty() {
        true => go_on(conversation, heard, &facets),
        false => weighed(conversation, heard, &mentions, facets),
    };
    conversation.thread.hear(heard);
    Some(outcome)
}

/// Nothing published is close enough: who does know.
pub(crate) fn nothing(heard: &Heard<'_>) -> Outcome {
    let context = heard.context;
    let city = [("name", context.city()), ("telephone", &*context.pack.telephone)];
    let mut reply = match context.main_place().map(|place| context.place_name(place)) {
        Some(place) => context.reply("not-found", &[&city[..], &[("place", place)]].concat()),
        None => context.reply("not-found-call", &city),
    };
    reply.place = context.main_place().map(|place| telling::place_card(context, place));
    Outcome::answered(Answer::NotFound { reason: NotFound::Unknown }, reply)
}

/// Tells an article, or these sides of it, and makes it the topic.
pub(crate) fn tell(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    article: &str,
    facets: &[Facet],
) -> Outcome {
    let context = heard.context;
    let Some(article) = context.mind.library().article(article, context.now.date()) else {
        return nothing(heard);
    };
    if conversation.topic.as_ref() != Some(&article.id) {
        conversation.thread.begin(heard);
        conversation.topic = Some(article.id.clone());
    }
    conversation.place = None;
    match telling::article(context, article, facets, &heard.understanding.subject) {
        Some((mut reply, shown)) => {
            let page = context.mind.library().page(article, &context.language, context.now.date());
            conversation.thread.told = going_on::told(&reply, &page);
            // "More simply" is a wish about the answer, no side to be asked of another thing.
            if facets != [Facet::Simple] {
                conversation.thread.facets = facets.to_vec();
            }
            conversation.thread.pieces.clear();
            // A card just shown only pushes the answer out of sight, unless somebody asks where.
            if !facets.contains(&Facet::Where) {
                reply.place =
                    reply.place.filter(|card| conversation.card.as_ref() != Some(&card.id));
            }
            reply.understood = Some(telling::understood(context, article, facets));
            let shown = shown.iter().map(|facet| facet.name().to_owned()).collect();
            let found = Found { article: article.id.clone(), facets: shown };
            Outcome::answered(Answer::Found(found), reply)
        }
        None => {
            let title =
                context.pack.words(article, &context.language).map_or("", |(_, w)| &*w.title);
            let telephone = telling::telephone(context, article);
            let args = [("title", title), ("telephone", &*telephone)];
            let reply = context.reply("not-found-facet", &args);
            Outcome::answered(Answer::NotFound { reason: NotFound::Facet }, reply)
        }
    }
}

/// A choice taken by its name is asked what was asked before the choice was offered.
fn pending(conversation: &Conversation, article: &str, facets: Vec<Facet>) -> Vec<Facet> {
    let offered = conversation.offer.articles.iter().any(|offered| offered == article);
    if facets.is_empty() && offered { conversation.offer.facets.clone() } else { facets }
}

/// Nothing new was named: the topic goes on, if there is one.
fn go_on(conversation: &mut Conversation, heard: &Heard<'_>, facets: &[Facet]) -> Outcome {
    if let Some(topic) = conversation.topic.clone() {
        return tell(conversation, heard, &topic, facets);
    }
    about_what(heard)
}

/// Asks what it is about.
fn about_what(heard: &Heard<'_>) -> Outcome {
    let start = heard.context.start();
    let mut reply =
        heard.context.reply(if start.is_empty() { "about-what" } else { "which-service" }, &[]);
    reply.suggestions = start;
    Outcome::answered(Answer::Clarify { choices: vec![] }, reply)
}

/// The article that is meant most likely, if it is likely enough.
fn weighed(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    mentions: &[Mention],
    facets: Vec<Facet>,
) -> Outcome {
    let understanding = heard.understanding;
    let subject = &understanding.subject;
    let hits = search(heard.context, subject, heard.message);
    let candidates =
        weighing::candidates(heard.context, &hits, mentions, &understanding.folded, subject);
    let plain = || plain::judge(conversation, heard, &hits);
    // Of a page without names and examples the estimate says little, unless the page bears it out.
    let unproven = |article: &str| {
        plain::is_told(heard.context, article)
            && mentions.is_empty()
            && !candidates[0].is_borne_out()
    };
    let verdict = match weighing::judge(&candidates, Bounds::of(heard.message.via)) {
        Verdict::This(article) if unproven(&article) => plain().unwrap_or(Verdict::None),
        Verdict::This(article) => {
            several::which(heard, mentions, &candidates).unwrap_or(Verdict::This(article))
        }
        unsure => with_what_was_said(conversation, heard, &facets).or_else(plain).unwrap_or(unsure),
    };
    let outcome = match several::spoken_of(conversation, heard, verdict) {
        Verdict::This(article) => {
            let facets = asked_of(heard, &article, facets);
            let facets = pending(conversation, &article, facets);
            tell(conversation, heard, &article, &facets)
        }
        Verdict::TooLittle => about_what(heard),
        Verdict::OneOf(articles) => asking_back::offer(conversation, heard, articles, facets),
        Verdict::None if follows_up(conversation, heard) => go_on(conversation, heard, &facets),
        Verdict::None => nothing(heard),
    };
    outcome.because(candidates.iter().take(WHY).map(ToString::to_string).collect())
}

/// The sides asked for of an article, unless they were carried on from what was said before.
fn asked_of(heard: &Heard<'_>, article: &str, facets: Vec<Facet>) -> Vec<Facet> {
    let article = heard.context.mind.library().article(article, heard.context.now.date());
    match article.filter(|_| facets == heard.understanding.facets) {
        Some(article) => siding::sides(heard, article, facets),
        None => facets,
    }
}

/// A message that says too little is weighed once more together with what was said before it.
fn with_what_was_said(
    conversation: &Conversation,
    heard: &Heard<'_>,
    facets: &[Facet],
) -> Option<Verdict> {
    let said = &conversation.thread.said;
    if said.is_empty() || facets.is_empty() || !thread::leans(heard) {
        return None;
    }
    let together = format!("{said} {}", heard.understanding.subject);
    let hits = search(heard.context, &together, heard.message);
    let mentions = heard.context.mind.library().names().mentions(&together);
    let candidates = weighing::candidates(heard.context, &hits, &mentions, &together, &together);
    match weighing::judge(&candidates, Bounds::of(heard.message.via)) {
        Verdict::This(article) if thread::bears_on(heard, &article) => Some(Verdict::This(article)),
        _ => None,
    }
}

/// Whether a message points back: short, asking for a side, with a word like "it" or "呢".
fn follows_up(conversation: &Conversation, heard: &Heard<'_>) -> bool {
    let understanding = heard.understanding;
    let Some(topic) = &conversation.topic else { return false };
    let points = ["那", "它", "这", "呢", "还有", " it", "that", "this", "and "];
    !understanding.facets.is_empty()
        && tokens::content(&understanding.subject).len() <= 2
        && points.iter().any(|word| understanding.folded.contains(word))
        && thread::bears_on(heard, topic)
}

/// The passages from which articles are weighed.
pub(crate) fn search<'a>(context: &Context<'a>, text: &str, message: &Message) -> Vec<Hit<'a>> {
    let subject = |other: &String| {
        let other = &other[..other.floor_char_boundary(LONGEST)];
        nlu::asking::subject(&nlu::normal::fold(&nlu::personal::without_marks(other)))
    };
    let others: Vec<String> = message.others.iter().take(GUESSES).map(subject).collect();
    context.mind.library().search(&Query {
        text,
        others: &others,
        beside: "",
        via: message.via,
        language: &context.language,
        today: context.now.date(),
        limit: DEPTH,
        within: None,
    })
}
