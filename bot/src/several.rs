//! A general word for several things, "my card", "the permit": which of them is meant is asked, and
//! known once one of them was spoken of.

use knowledge::names::Mention;

use crate::{
    asking_back,
    conversation::Conversation,
    turn::Heard,
    weighing::{Candidate, Verdict},
};

/// The chance from which one of several things that share a general word is asked about.
const SEVERAL: f32 = 0.1;
/// How much of the question must stand on its page, beside what stands on the best one's.
const AS_MUCH: f32 = 0.9;

/// A general word for several things ("I lost my card") does not say which, however likely the best:
/// those that are likely at all and of whom as much was said are asked about.
pub(crate) fn which(
    heard: &Heard<'_>,
    mentions: &[Mention],
    candidates: &[Candidate],
) -> Option<Verdict> {
    let names = heard.context.mind.library().names();
    let bare = names.bare(&heard.understanding.folded);
    // Where more of what was said stands on the best one's page, it was said which one is meant.
    let as_much = |one: &&Candidate| one.share() >= candidates[0].share() * AS_MUCH;
    let likely = candidates.iter().filter(|one| one.chance >= SEVERAL).filter(as_much);
    let several: Vec<String> = likely
        .map(|candidate| candidate.article.clone())
        .filter(|article| bare.contains(article.as_str()))
        .take(asking_back::MOST)
        .collect();
    if !mentions.is_empty() || several.len() < 2 || !several.contains(&candidates[0].article) {
        return None;
    }
    Some(Verdict::OneOf(several))
}

/// Of several things for which a general word was said, the one of which was just spoken.
pub(crate) fn spoken_of(
    conversation: &Conversation,
    heard: &Heard<'_>,
    verdict: Verdict,
) -> Verdict {
    let Verdict::OneOf(several) = &verdict else { return verdict };
    let names = heard.context.mind.library().names();
    let bare = names.bare(&heard.understanding.folded);
    let topic = conversation.topic.as_ref().filter(|topic| several.contains(topic));
    match topic.filter(|topic| bare.contains(topic.as_str())) {
        Some(topic) => Verdict::This(topic.clone()),
        None => verdict,
    }
}
