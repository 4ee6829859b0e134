//! One turn: event, understanding, answer and actions, kept together so that staff can see why;
//! and the steps by which it is taken, as a visible list.

use nlu::Understanding;
use serde::{Deserialize, Serialize};

use crate::{
    answer::Answer,
    conversation::{Conversation, Outcome},
    handoff::{self, Handoff},
    message::{Event, Message},
    mind::Context,
    reply::Reply,
    stage::{Change, Clerk, Stage},
    waiting::{self, Desk},
    {asking_back, exact, finding, going_on, opening, refusing, safeguards, small_talk},
};

/// Bytes of a message that are read; more than a question has.
pub(crate) const LONGEST: usize = 4_000;

/// What one event led to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// What happened.
    pub event: Event,
    /// What was understood of it; nothing for events without words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub understanding: Option<Understanding>,
    /// What was found, when something was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What spoke for the answer and what else was weighed, likeliest first; for `--why` and staff.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// The fingerprint of the pack from which it was made; empty in turns kept before it was noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pack: String,
    /// What was known of the desk, where that was said.
    #[serde(default, skip_serializing_if = "Desk::is_none")]
    pub desk: Desk,
    /// What is to be done, in order.
    pub actions: Vec<Action>,
}

/// What the bot wants done. It never does anything itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Say this to the visitor.
    Say(Box<Reply>),
    /// Somebody wishes for a person: keep it for staff.
    TellStaff(Handoff),
    /// A clerk says this to the visitor.
    Relay {
        /// Who.
        clerk: Clerk,
        /// What.
        reply: Box<Reply>,
    },
    /// The case moved on: keep it for staff.
    Case(Change),
}

impl Turn {
    /// What the visitor hears from the bot in this turn.
    pub fn replies(&self) -> impl Iterator<Item = &Reply> {
        self.actions.iter().filter_map(|action| match action {
            Action::Say(reply) => Some(&**reply),
            Action::TellStaff(_) | Action::Relay { .. } | Action::Case(_) => None,
        })
    }
}

/// What a step may look at.
pub(crate) struct Heard<'a> {
    pub understanding: &'a Understanding,
    /// How it came, and what else may have been heard.
    pub message: &'a Message,
    pub too_long: bool,
    pub context: &'a Context<'a>,
}

type Step = fn(&mut Conversation, &Heard<'_>) -> Option<Outcome>;

/// The steps, in order; the first that has something to say ends the turn.
const STEPS: &[Step] = &[
    safeguards::danger,
    refusing::what_cannot_be_read,
    waiting::rate,
    waiting::give_up,
    handoff::when_a_person_is_asked_for,
    going_on::take,
    asking_back::take_the_choice,
    safeguards::feeling,
    safeguards::advice,
    small_talk::answer,
    opening::hours,
    finding::look_up,
];

/// Takes the steps. The last one always has something to say.
pub(crate) fn take(
    conversation: &mut Conversation,
    understanding: &Understanding,
    message: &Message,
    too_long: bool,
    context: &Context<'_>,
) -> Outcome {
    let heard = Heard { understanding, message, too_long, context };
    if let Stage::WithStaff(..) = conversation.stage {
        return safeguards::danger(conversation, &heard)
            .unwrap_or_else(|| Outcome::silent(context));
    }
    let taken = STEPS.iter().find_map(|step| step(conversation, &heard));
    let outcome = taken.unwrap_or_else(|| finding::nothing(&heard));
    let outcome = exact::checked(outcome, &heard);
    let outcome = safeguards::beside(conversation, &heard, outcome);
    handoff::unasked(conversation, &heard, outcome)
}
