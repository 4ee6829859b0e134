//! What is said to the assistant itself: greetings, thanks, "what can you do", "say it again".

use nlu::{Facet, Intent};

use crate::{
    conversation::{Conversation, Outcome},
    reply::Reply,
    turn::Heard,
};

/// Says the last thing once more.
pub(crate) fn repeat(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    if heard.understanding.intent != Intent::Repeat {
        return None;
    }
    let last = conversation.last.as_deref().cloned();
    Some(Outcome::words(last.unwrap_or_else(|| heard.context.reply("nothing-to-repeat", &[]))))
}

/// Answers what is no question about a service.
pub(crate) fn answer(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let context = heard.context;
    let args = [("telephone", &*context.pack.telephone)];
    let reply = match heard.understanding.intent {
        Intent::Hello => with_start(heard, "hello"),
        Intent::Help => with_start(heard, "help"),
        Intent::Thanks => context.reply("thanks", &[]),
        Intent::Goodbye => context.reply("goodbye", &[]),
        Intent::Robot => context.reply("robot", &args),
        Intent::Neither => context.reply("clarify-neither", &args),
        _ if only_simpler(heard) && conversation.topic.is_none() => {
            context.reply("simpler-what", &[])
        }
        _ => return None,
    };
    Some(Outcome::words(reply))
}

fn only_simpler(heard: &Heard<'_>) -> bool {
    let understanding = heard.understanding;
    understanding.facets == [Facet::Simple]
        && nlu::tokens::content(&understanding.subject).is_empty()
}

/// A sentence, with the pack's first questions as suggestions.
fn with_start(heard: &Heard<'_>, phrase: &str) -> Reply {
    let mut reply = heard.context.reply(phrase, &[]);
    reply.suggestions = heard.context.start();
    reply
}
