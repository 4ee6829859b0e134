//! Messages that cannot be worked with: no words, too many, or a language nobody here speaks.

use crate::{
    answer::{Answer, Refused},
    conversation::{Conversation, Outcome},
    turn::Heard,
};

/// Says what is the matter and what to do.
pub(crate) fn what_cannot_be_read(_: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let understanding = heard.understanding;
    let nothing = !understanding.folded.chars().any(char::is_alphanumeric);
    let (reason, phrase) = if heard.too_long {
        (Refused::TooLong, "refused-too-long")
    } else if nothing {
        (Refused::Empty, "refused-empty")
    } else if understanding.foreign {
        (Refused::Language, "refused-language")
    } else {
        return None;
    };
    // An identity number and no words: there is something to ask back.
    if nothing && understanding.personal {
        let mut reply = heard.context.reply("which-service", &[]);
        reply.suggestions = heard.context.start();
        return Some(Outcome::answered(Answer::Clarify { choices: vec![] }, reply));
    }
    let telephone = &heard.context.pack.telephone;
    let reply = heard.context.reply(phrase, &[("telephone", telephone)]);
    Some(Outcome::answered(Answer::Refused { reason }, reply))
}
