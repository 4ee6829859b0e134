//! What is published on a question, for somebody who answers in the city's name: the same judgement as
//! for a visitor, with nothing said before.

use jiff::Timestamp;
use nlu::LanguageIdentifier;

use crate::{
    answer::Answer,
    conversation::Conversation,
    message::{Event, Message},
    mind::Mind,
    reply::Reply,
};

impl Mind {
    /// The answer, or what it might be where that is not sure. Nothing where nothing is published.
    pub fn published(
        &self,
        question: &str,
        language: &LanguageIdentifier,
        now: Timestamp,
    ) -> Vec<Reply> {
        let ask = |question: &str| {
            let mut conversation = Conversation::new(language.clone());
            let event = Event::Said(Message::typed(question));
            let turn = conversation.advance(event, self, now);
            let reply = turn.replies().next().cloned();
            (turn.answer, reply)
        };
        let found = |(answer, reply): (Option<Answer>, Option<Reply>)| {
            reply.filter(|_| matches!(answer, Some(Answer::Found(_))))
        };
        match ask(question) {
            (Some(Answer::Clarify { .. }), Some(reply)) => {
                reply.choices.iter().filter_map(|choice| found(ask(&choice.label))).collect()
            }
            asked => found(asked).into_iter().collect(),
        }
    }
}
