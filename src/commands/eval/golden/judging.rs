//! Asks golden questions, each in a new conversation, and judges what came out: right, the right page
//! but another side, or wrong, and what an editor can do about it.

use std::time::{Duration, Instant};

use bot::{Answer, Conversation, Event, Message, Mind, Turn, Via};

use super::Question;
use crate::commands::now;

/// How a question came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Outcome {
    /// What must come out did.
    Right,
    /// The right page, but another side of it.
    RightPage,
    /// Anything else.
    Wrong,
}

/// A question asked, and what came of it.
pub(in crate::commands) struct Asked<'a> {
    pub question: &'a Question,
    pub outcome: Outcome,
    pub took: Duration,
    turn: Turn,
}

/// Asks each of these questions in a new conversation.
pub(in crate::commands) fn ask_all<'a>(
    mind: &Mind,
    questions: &'a [Question],
) -> impl Iterator<Item = Asked<'a>> {
    questions.iter().map(move |question| {
        let message = Message::new(question.ask.as_ref(), question.via());
        let start = Instant::now();
        let mut conversation = Conversation::new(question.lang.clone());
        let turn = conversation.advance(Event::Said(message), mind, now());
        Asked { question, outcome: question.judge(&turn), took: start.elapsed(), turn }
    })
}

impl Asked<'_> {
    /// One line on what was expected, what came, and why.
    pub fn miss(&self) -> String {
        let why = self.turn.why.first().map_or(String::new(), |why| format!(", because {why}"));
        format!("{:?}: {}{why}", self.outcome, self.came_instead())
    }

    /// What was expected and what came.
    pub fn came_instead(&self) -> String {
        let question = self.question;
        let came = self.came();
        format!("{:?} expected {}, came {came}", question.ask.as_ref(), question.expected())
    }

    fn came(&self) -> String {
        match &self.turn.answer {
            Some(Answer::Found(found)) if found.facets.is_empty() => found.article.clone(),
            Some(Answer::Found(found)) => {
                format!("{} ({})", found.article, found.facets.join(", "))
            }
            Some(Answer::Clarify { choices }) => {
                format!("a question back: {}", choices.join(", "))
            }
            Some(Answer::NotFound { .. }) => "a no".to_owned(),
            Some(other) => format!("{other:?}"),
            None => "small talk".to_owned(),
        }
    }

    /// What an editor can do so that it comes out right.
    pub fn mend(&self) -> String {
        let question = self.question;
        match (question.service.first(), self.outcome) {
            _ if question.outside => {
                "Write one like it in intents.toml under [outside].".to_owned()
            }
            (Some(service), Outcome::RightPage) => format!(
                "See whether {service} says it under the heading of that side, or mend `facet`."
            ),
            (Some(service), _) => format!(
                "Write one like it in intents.toml under [{service}], or a name as people say it under `also`."
            ),
            (None, _) => {
                "Ask it with `wendu ask --why` to see what spoke for the answer.".to_owned()
            }
        }
    }
}

impl Question {
    /// How it comes to the bot.
    pub fn via(&self) -> Via {
        if self.spoken { Via::Spoken } else { Via::Typed }
    }

    /// What sort of question it is, for figures.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Question { outside: true, .. } => "outside",
            Question { person: true, .. } => "person",
            Question { ambiguous: true, .. } => "ambiguous",
            Question { spoken: true, .. } => "spoken",
            Question { hours: Some(_), .. } => "hours",
            _ => "plain",
        }
    }

    /// What must come out, in words.
    fn expected(&self) -> String {
        let services = self.service.join(" or ");
        match self {
            Question { outside: true, .. } => "a no".to_owned(),
            Question { person: true, .. } => "a person".to_owned(),
            Question { hours: Some(place), .. } => format!("the hours of {place}"),
            Question { ambiguous: true, .. } => format!("a question back: {services}"),
            Question { facet, .. } if facet.is_empty() => services,
            Question { facet, .. } => format!("{services} ({})", facet.join(", ")),
        }
    }

    fn judge(&self, turn: &Turn) -> Outcome {
        let right = |right: bool| if right { Outcome::Right } else { Outcome::Wrong };
        if self.person {
            return right(
                turn.actions.iter().any(|action| matches!(action, bot::Action::TellStaff(_))),
            );
        }
        match &turn.answer {
            Some(Answer::Found(found)) if self.hours.is_some() => {
                right(self.hours.as_ref() == Some(&found.article))
            }
            Some(Answer::Found(found)) if self.service.contains(&found.article) => {
                let told = self.facet.iter().all(|facet| found.facets.contains(facet));
                if told { Outcome::Right } else { Outcome::RightPage }
            }
            Some(Answer::Clarify { choices }) => {
                right(self.ambiguous && choices.iter().any(|choice| self.service.contains(choice)))
            }
            Some(Answer::NotFound { .. } | Answer::Refused { .. } | Answer::Safeguard { .. }) => {
                right(self.outside)
            }
            Some(Answer::Found(_)) => Outcome::Wrong,
            None => right(self.outside),
        }
    }
}
