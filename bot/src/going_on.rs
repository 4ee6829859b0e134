//! Moving within what was said: once more, slower, on, and back.

use knowledge::{pack::Article, passage::Passage};
use nlu::Intent;

use crate::{
    answer::{Answer, Found},
    conversation::{Conversation, Outcome},
    finding,
    reply::Reply,
    telling,
    turn::Heard,
};

/// Letters of a passage by which it is known again in what was told.
const KNOWN_BY: usize = 40;

/// Takes wishes about the answer itself.
pub(crate) fn take(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    match heard.understanding.intent {
        Intent::Repeat => Some(repeat(conversation, heard)),
        Intent::Slower => Some(slower(conversation, heard)),
        Intent::GoOn => Some(go_on(conversation, heard)),
        Intent::Back => Some(back(conversation, heard)),
        _ => None,
    }
}

/// Says the last thing once more.
fn repeat(conversation: &Conversation, heard: &Heard<'_>) -> Outcome {
    let last = conversation.last.as_deref().cloned();
    Outcome::words(last.unwrap_or_else(|| heard.context.reply("nothing-to-repeat", &[])))
}

/// Says the last thing a line at a time; "go on" brings the next.
fn slower(conversation: &mut Conversation, heard: &Heard<'_>) -> Outcome {
    let Some(last) = conversation.last.as_deref().cloned() else {
        return repeat(conversation, heard);
    };
    let mut pieces = pieces(&last.text);
    if pieces.len() < 2 {
        return Outcome::words(last);
    }
    conversation.thread.pieces = pieces.split_off(1);
    Outcome::words(piece(heard, &last, &pieces[0], "slower"))
}

/// The lines of an answer; a heading stays with what it heads, a long paragraph is told by its
/// sentences.
fn pieces(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let [only] = lines[..] {
        return only.split_inclusive(['。', '！', '？']).map(str::to_owned).collect();
    }
    let mut pieces: Vec<String> = Vec::new();
    let item =
        |line: &str| line.starts_with("• ") || line.starts_with(|c: char| c.is_ascii_digit());
    for (at, line) in lines.iter().enumerate() {
        let headed = at > 0 && item(line) && !item(lines[at - 1]);
        match pieces.last_mut() {
            Some(last) if headed => {
                last.push('\n');
                last.push_str(line);
            }
            _ => pieces.push((*line).to_owned()),
        }
    }
    pieces
}

/// A piece of an answer, with the answer's source.
fn piece(heard: &Heard<'_>, whole: &Reply, piece: &str, phrase: &str) -> Reply {
    let more = heard.context.say(phrase, &[]);
    let spoken = piece.replace("• ", "");
    let mut reply = Reply::of(whole.language.clone(), format!("{piece}\n{more}"));
    reply.spoken = format!("{spoken} {more}");
    reply.citations.clone_from(&whole.citations);
    reply.understood.clone_from(&whole.understood);
    reply
}

/// What comes next: the next piece, the rest of the page, or that this was all.
fn go_on(conversation: &mut Conversation, heard: &Heard<'_>) -> Outcome {
    let context = heard.context;
    if let Some(last) = conversation.last.as_deref()
        && !conversation.thread.pieces.is_empty()
    {
        let next = conversation.thread.pieces.remove(0);
        let over = conversation.thread.pieces.is_empty();
        return Outcome::words(piece(
            heard,
            last,
            &next,
            if over { "go-on-last" } else { "go-on-more" },
        ));
    }
    let today = context.now.date();
    let library = context.mind.library();
    let topic = conversation.topic.as_ref().and_then(|id| library.article(id, today));
    let Some(article) = topic else {
        let mut reply = context.reply("nothing-to-go-on", &[]);
        reply.suggestions = context.start();
        return Outcome::words(reply);
    };
    let page = library.page(article, &context.language, today);
    let next = conversation.thread.told.map_or(0, |told| told + 1);
    match page.get(next) {
        Some(passage) => {
            conversation.thread.told = Some(next);
            tell(heard, article, passage)
        }
        None => {
            let title =
                context.pack.words(article, &context.language).map_or("", |(_, w)| &*w.title);
            let telephone = telling::telephone(context, article);
            let args = [("title", title), ("telephone", &*telephone)];
            Outcome::words(context.reply("go-on-all", &args))
        }
    }
}

/// Where on its page the last passage of an answer stands.
pub(crate) fn told(reply: &Reply, page: &[&Passage]) -> Option<usize> {
    let begins = |passage: &Passage| passage.text.trim().chars().take(KNOWN_BY).collect::<String>();
    page.iter().rposition(|passage| reply.text.contains(&begins(passage)))
}

fn tell(heard: &Heard<'_>, article: &Article, passage: &Passage) -> Outcome {
    let Some(reply) = telling::passages(heard.context, article, &[passage]) else {
        return finding::nothing(heard);
    };
    let facets = passage.facet.iter().map(|facet| facet.name().to_owned()).collect();
    Outcome::answered(Answer::Found(Found { article: article.id.clone(), facets }), reply)
}

/// Back to what was spoken of before: from a place or another question to the topic, from the
/// topic to the one before it.
fn back(conversation: &mut Conversation, heard: &Heard<'_>) -> Outcome {
    let context = heard.context;
    let today = context.now.date();
    let aside = conversation.place.is_some() || !conversation.offer.articles.is_empty();
    let topic = conversation.topic.clone();
    let article = |id: &&String| context.mind.library().article(id, today).is_some();
    let mut spoken_of = conversation.services.iter().rev().filter(article);
    let before = spoken_of.find(|id| aside || Some(*id) != topic.as_ref()).cloned();
    match before {
        Some(id) => {
            let facets = if aside { conversation.thread.facets.clone() } else { vec![] };
            finding::tell(conversation, heard, &id, &facets)
        }
        None => Outcome::words(context.reply("nothing-before", &[])),
    }
}
