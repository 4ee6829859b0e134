//! Plain pages: those that only their words speak for, without the names and examples by which
//! [`weighing`](crate::weighing) knows an article. Imported pages are like that. Whether one answers
//! is told by [`sureness`]; which one, by the search.

use knowledge::{
    library::Hit,
    pack::{Article, Kind},
};
use nlu::Via;

use crate::{
    asking_back,
    conversation::Conversation,
    finding,
    mind::Context,
    sureness::{self, Before, Estimate, Family},
    turn::Heard,
    weighing::Verdict,
};

/// The share of the best page's score from which another one is offered beside it.
const NEAR: f32 = 0.93;
/// How many of the best passages are asked whether they speak of another city.
const BEST: usize = 5;

/// What to tell of plain pages, best hit first: of a question by itself, else together with what was
/// said before it. Nothing if the best hit is no plain page in the reader's language: then it is not
/// theirs to answer.
pub(crate) fn judge(
    conversation: &Conversation,
    heard: &Heard<'_>,
    hits: &[Hit<'_>],
) -> Option<Verdict> {
    let context = heard.context;
    hits.first().filter(|hit| is_plain(context, hit))?;
    let (question, via) = (&heard.understanding.folded, heard.message.via);
    if !estimate(context, question, via).is_no() {
        return Some(best_of(context, hits));
    }
    let before = before(conversation);
    if before.is_empty() {
        return Some(Verdict::None);
    }
    // A new question is not to be answered by what the old one was about.
    if !nlu::leaning::points_back(question) && !nlu::leaning::what_about(question) {
        return Some(Verdict::None);
    }
    let together = format!("{} {question}", conversation.thread.said);
    let hits = finding::search(context, &together, heard.message);
    let first = hits.first().is_some_and(|hit| is_plain(context, hit));
    if first && !estimate(context, &together, via).is_no() {
        return Some(best_of(context, &hits));
    }
    let little = says_too_little(context, question, &before);
    Some(if little { Verdict::TooLittle } else { Verdict::None })
}

/// Whether one of the best plain passages found for a message has this name in it.
pub(crate) fn says(heard: &Heard<'_>, name: &str) -> bool {
    let hits = finding::search(heard.context, &heard.understanding.subject, heard.message);
    let best = hits.iter().take(BEST);
    let mut plain = best.filter(|hit| is_plain(heard.context, hit));
    plain.any(|hit| nlu::normal::fold(&hit.passage.searched()).contains(name))
}

/// Whether an article is a plain page in the reader's language.
pub(crate) fn is_told(context: &Context<'_>, id: &str) -> bool {
    let (pack, language) = (context.pack, &context.language);
    let told = |article: &Article| article.words.contains_key(language);
    pack.articles.get(id).is_some_and(|article| article.kind == Kind::Page && told(article))
        && pack.asked.of.get(id).is_none_or(Vec::is_empty)
}

fn is_plain(context: &Context<'_>, hit: &Hit<'_>) -> bool {
    is_told(context, &hit.passage.article)
}

fn estimate(context: &Context<'_>, folded: &str, via: Via) -> Estimate {
    let signals = support(context, folded);
    sureness::alone(Family::of(folded), via, &signals)
}

fn support(context: &Context<'_>, folded: &str) -> [f32; knowledge::support::SIGNALS] {
    context.mind.library().support(folded, &context.language, context.now.date()).signals
}

/// The best page, or those that come near it.
fn best_of(context: &Context<'_>, hits: &[Hit<'_>]) -> Verdict {
    let top = hits.first().map_or(0.0, |hit| hit.score);
    let mut near: Vec<String> = Vec::new();
    for hit in hits.iter().take_while(|hit| hit.score >= NEAR * top) {
        let article = &hit.passage.article;
        if is_plain(context, hit) && !near.contains(article) {
            near.push(article.clone());
        }
    }
    near.truncate(asking_back::MOST);
    match near.len() {
        0 => Verdict::None,
        1 => Verdict::This(near.remove(0)),
        _ => Verdict::OneOf(near),
    }
}

/// What was said so far, folded: by the visitor, and by the bot last.
fn before(conversation: &Conversation) -> Vec<String> {
    let said = Some(&conversation.thread.said).filter(|said| !said.is_empty());
    let told = said.and(conversation.last.as_ref()).map(|reply| nlu::normal::fold(&reply.text));
    said.cloned().into_iter().chain(told).collect()
}

/// Whether a question in a conversation most likely leaves out what it is about.
fn says_too_little(context: &Context<'_>, question: &str, before: &[String]) -> bool {
    let (visitor, bot) = (&before[..1], before.get(1).map(String::as_str));
    let visitor: Vec<&str> = visitor.iter().map(String::as_str).collect();
    let before = Before { visitor: &visitor, bot };
    let views = sureness::views(question, &before).map(|view| (support(context, &view), None));
    let estimate = sureness::in_conversation(&sureness::row(question, &before, &views));
    estimate.ask_back > 0.5 && estimate.ask_back > estimate.no
}
