//! A conversation: everything between one visitor and the service, and how it moves on.

use std::borrow::Cow;

use jiff::Timestamp;
use nlu::{Facet, LanguageIdentifier, Understanding, danger::Kind, entity, normal, personal};
use serde::{Deserialize, Serialize};

use crate::{
    answer::Answer,
    handoff::Handoff,
    message::{Event, Message},
    mind::{Context, Mind},
    reply::Reply,
    small_talk,
    stage::{Change, Stage},
    thread::Thread,
    turn::{self, Action, Turn},
    waiting::Desk,
};

/// What is remembered from turn to turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The language last spoken.
    pub language: LanguageIdentifier,
    /// The service or page last spoken of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The place last spoken of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The place whose card was last shown; it is not shown again at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The articles last offered, in order, and what was asked of them.
    #[serde(default, skip_serializing_if = "Offer::is_empty")]
    pub offer: Offer,
    /// What was last said, for those who want to hear it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Box<Reply>>,
    /// Services spoken of, latest last, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// How many questions found no answer.
    #[serde(default)]
    pub unanswered: u32,
    /// How many of them in a row, up to now.
    #[serde(default)]
    pub in_vain: u32,
    /// Whether it was said that personal data is not needed here.
    #[serde(default)]
    pub told_personal: bool,
    /// What a message may leave out.
    #[serde(default, skip_serializing_if = "Thread::is_empty")]
    pub thread: Thread,
    /// The danger last spoken of, until something else is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger: Option<Kind>,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Stage::is_assisting")]
    pub stage: Stage,
}

/// When an event happens, and how the desk is then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub now: Timestamp,
    /// The desk.
    pub desk: Desk,
}

impl From<Timestamp> for Moment {
    fn from(now: Timestamp) -> Moment {
        Moment { now, desk: Desk::None }
    }
}

/// A question back that waits for its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// IDs of the articles offered.
    pub articles: Vec<String>,
    /// What was asked before asking back.
    pub facets: Vec<Facet>,
}

impl Offer {
    fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }
}

/// What a step decided.
pub(crate) struct Outcome {
    pub answer: Option<Answer>,
    pub reply: Reply,
    pub handoff: Option<Handoff>,
    /// What else changes who holds the conversation.
    pub change: Option<Change>,
    pub why: Vec<String>,
}

impl Outcome {
    /// The bot's own words, with nothing looked up.
    pub fn words(reply: Reply) -> Outcome {
        Outcome { answer: None, reply, handoff: None, change: None, why: vec![] }
    }

    /// Nothing: somebody else answers.
    pub fn silent(context: &Context<'_>) -> Outcome {
        Outcome::words(Reply::of(context.language.clone(), ""))
    }

    /// What was looked up, and how it is told.
    pub fn answered(answer: Answer, reply: Reply) -> Outcome {
        Outcome { answer: Some(answer), reply, handoff: None, change: None, why: vec![] }
    }

    /// The same, with what spoke for it.
    pub fn because(self, why: Vec<String>) -> Outcome {
        Outcome { why, ..self }
    }
}

impl Conversation {
    /// One in which nothing was said yet.
    pub fn new(language: LanguageIdentifier) -> Conversation {
        Conversation {
            language,
            topic: None,
            place: None,
            card: None,
            offer: Offer::default(),
            last: None,
            services: Vec::new(),
            unanswered: 0,
            in_vain: 0,
            told_personal: false,
            thread: Thread::default(),
            danger: None,
            stage: Stage::Assisting,
        }
    }

    /// Takes one event and says what is to be done. Pure: the same conversation, event, mind and
    /// moment give the same turn. It cannot fail. Personal data is masked before anything else, so
    /// that the turn holds none and can still be replayed.
    pub fn advance(&mut self, event: Event, mind: &Mind, moment: impl Into<Moment>) -> Turn {
        let moment = moment.into();
        match event {
            Event::Started { language } => {
                let context = Context::new(mind, &language, moment.now);
                self.language = context.language.clone();
                let outcome = Outcome::words(context.greeting());
                self.close(Event::Started { language }, None, outcome, mind, moment)
            }
            Event::Said(message) => {
                let message = message.masked(mind.public());
                let (understanding, outcome) = self.consider(&message, mind, moment);
                self.close(Event::Said(message), Some(understanding), outcome, mind, moment)
            }
            Event::Staff { clerk, does } => self.staff(clerk, does, mind, moment),
        }
    }

    fn consider(
        &mut self,
        message: &Message,
        mind: &Mind,
        Moment { now, desk }: Moment,
    ) -> (Understanding, Outcome) {
        // Past this length nobody asks a question, and understanding costs grow with it.
        let text =
            message.text.get(..message.text.floor_char_boundary(turn::LONGEST)).unwrap_or("");
        let mut understanding =
            Context::new(mind, &self.language, now).understand(&question(text, mind));
        if let Some(language) = &understanding.language {
            self.language = Context::new(mind, language, now).language;
        }
        let context = Context::new(mind, &self.language, now).with_desk(desk);
        entity::insert(&mut understanding.entities, context.named(&understanding.folded));
        let too_long = text.len() < message.text.len();
        let mut outcome = turn::take(self, &understanding, message, too_long, &context);
        let may_tell = self.danger.is_none() && !outcome.reply.text.is_empty();
        if understanding.personal && !self.told_personal && may_tell {
            self.told_personal = true;
            outcome.reply.add_line(&context.say("personal-not-needed", &[]));
        }
        (understanding, outcome)
    }

    /// Puts the turn together and remembers what later turns need.
    fn close(
        &mut self,
        event: Event,
        understanding: Option<Understanding>,
        outcome: Outcome,
        mind: &Mind,
        moment: Moment,
    ) -> Turn {
        if let Some(place) = &outcome.reply.place {
            self.card = Some(place.id.clone());
        }
        match &outcome.answer {
            Some(Answer::Found(found)) => {
                self.services.retain(|service| *service != found.article);
                self.services.push(found.article.clone());
                self.offer = Offer::default();
            }
            Some(Answer::Clarify { .. } | Answer::Safeguard { .. }) | None => {}
            Some(Answer::NotFound { .. } | Answer::Refused { .. }) => {
                self.unanswered += 1;
                self.offer = Offer::default();
            }
        }
        // "Say it again" after "take your time" means the answer before it.
        let passing = understanding.as_ref().is_some_and(|u| small_talk::is_passing(u.intent));
        let says = !outcome.reply.text.is_empty();
        if says && (!passing || outcome.answer.is_some() || self.last.is_none()) {
            self.last = Some(Box::new(outcome.reply.clone()));
        }
        let Outcome { answer, reply, handoff, change, why } = outcome;
        let mut actions = Vec::new();
        if says {
            actions.push(Action::Say(Box::new(reply)));
        }
        let desk = if handoff.is_some() { moment.desk } else { Desk::None };
        match (handoff, moment.desk) {
            // Nobody will take it here: it is kept, and the visitor was told where a person is.
            (Some(handoff), Desk::None) => actions.push(Action::TellStaff(handoff)),
            (Some(handoff), _) => {
                actions.extend(self.moves_on(Change::Wished(handoff), moment.now))
            }
            (None, _) => {}
        }
        actions.extend(change.and_then(|change| self.moves_on(change, moment.now)));
        // Whoever goes on has left behind what a clerk let go of.
        if let Stage::GivenBack(..) | Stage::Closed(..) = self.stage {
            self.stage = Stage::Assisting;
        }
        let pack = mind.library().fingerprint().to_owned();
        Turn { event, understanding, answer, why, pack, desk, actions }
    }
}

/// A masked message without the words that introduce a mark, if what is left still names something
/// published: "my ID is …" is no question about IDs when another is asked.
fn question<'a>(masked: &'a str, mind: &Mind) -> Cow<'a, str> {
    if !personal::is_marked(masked) {
        return masked.into();
    }
    let bare = personal::without_labels(masked);
    let left = normal::fold(&personal::without_marks(&bare));
    let names = mind.library().names().mentions(&left);
    if names.is_empty() { masked.into() } else { bare.into() }
}
