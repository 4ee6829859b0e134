//! What is said to the assistant itself: greetings, thanks, "what can you do", "take your time".

use nlu::{Facet, Intent};

use crate::{
    conversation::{Conversation, Offer, Outcome},
    finding,
    reply::Reply,
    turn::Heard,
};

/// Whether such a message leaves what was said last to be said again or gone on with.
pub(crate) fn is_passing(intent: Intent) -> bool {
    use Intent::{Forget, Goodbye, Hello, Help, No, Robot, Stop, Thanks, Wait, Yes};
    matches!(intent, Hello | Thanks | Goodbye | Help | Wait | Yes | No | Robot | Stop | Forget)
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
        Intent::Wait => context.reply("take-your-time", &[]),
        Intent::Yes => context.reply("well", &[]),
        Intent::No => context.reply("no-then", &args),
        Intent::Wrong => {
            conversation.offer = Offer::default();
            context.reply("wrong", &args)
        }
        Intent::Stop => {
            conversation.offer = Offer::default();
            conversation.thread.pieces.clear();
            context.reply("stopped", &[])
        }
        Intent::Forget => context.reply("forget", &args),
        Intent::Simpler => return Some(simpler(conversation, heard)),
        Intent::Neither => context.reply("clarify-neither", &args),
        _ if only_simpler(heard) => return Some(simpler(conversation, heard)),
        _ => return None,
    };
    Some(Outcome::words(reply))
}

/// The topic in a few short words, as published; nothing is simplified by the bot itself.
fn simpler(conversation: &mut Conversation, heard: &Heard<'_>) -> Outcome {
    match conversation.topic.clone() {
        Some(topic) => finding::tell(conversation, heard, &topic, &[Facet::Simple]),
        None => Outcome::words(heard.context.reply("simpler-what", &[])),
    }
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
