//! When and why a person is needed, and what that person should know at a glance. Where there is no
//! desk, the wish is kept and the visitor is told where a person is.

use knowledge::{fact::Mouth, hours::State};
use nlu::{Intent, LanguageIdentifier};
use serde::{Deserialize, Serialize};

use crate::{
    answer::{Answer, NotFound, Safeguard},
    conversation::{Conversation, Outcome},
    mind::Context,
    reply::Reply,
    stage::Stage,
    telling,
    turn::Heard,
    waiting::{self, Desk},
};

/// A wish for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handoff {
    /// Why.
    pub reason: Reason,
    /// The visitor's language.
    pub language: LanguageIdentifier,
    /// What the conversation was about: IDs of services, latest last.
    pub services: Vec<String>,
    /// How many questions found no answer.
    pub unanswered: u32,
}

/// Why a person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The visitor asked for one.
    Asked,
    /// The visitor complains.
    Complaint,
    /// Somebody is in danger.
    Danger,
    /// Somebody no longer knows what to do.
    Distress,
    /// The visitor is angry.
    Anger,
    /// Questions in a row found no answer.
    Unanswered,
    /// The pack says that a person sees to it.
    Marked,
}

impl Reason {
    /// The phrase that names it.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Asked => "reason-asked",
            Reason::Complaint => "reason-complaint",
            Reason::Danger => "reason-danger",
            Reason::Distress => "reason-distress",
            Reason::Anger => "reason-anger",
            Reason::Unanswered => "reason-unanswered",
            Reason::Marked => "reason-marked",
        }
    }

    /// Whether it comes before the others that wait.
    pub fn is_urgent(self) -> bool {
        matches!(self, Reason::Danger | Reason::Distress)
    }
}

/// A person can be asked for from every state.
pub(crate) fn when_a_person_is_asked_for(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
) -> Option<Outcome> {
    let reply = the_way_to_one(conversation, heard.context);
    match heard.understanding.intent {
        Intent::Person => Some(told(conversation, reply, Reason::Asked)),
        Intent::Complaint => Some(told(conversation, heard_out(heard, reply), Reason::Complaint)),
        _ => None,
    }
}

/// Questions in a row without an answer, before a person is asked.
const IN_VAIN: u32 = 2;

/// What leads to a person who was not asked for: despair, anger, two questions in a row in vain, what
/// the pack marks. Only where there is a desk: elsewhere the reply says already where a person is.
pub(crate) fn unasked(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
    mut outcome: Outcome,
) -> Outcome {
    count(conversation, &outcome);
    let context = heard.context;
    let is_seen_to = conversation.stage.open().is_some()
        || outcome.handoff.is_some()
        || outcome.change.is_some()
        || context.desk == Desk::None;
    let Some(reason) = why(conversation, &outcome, context).filter(|_| !is_seen_to) else {
        return outcome;
    };
    conversation.in_vain = 0;
    outcome.handoff = Some(handoff(conversation, reason));
    let because = match reason {
        Reason::Distress => "because-distress",
        Reason::Marked => "because-marked",
        _ => "because-unanswered",
    };
    outcome.reply.add_line(&context.say(because, &[]));
    match context.desk {
        Desk::There { ahead, minutes } => {
            outcome.reply.add_line(&waiting::place(context, ahead, minutes));
        }
        _ => outcome.reply.add_line(&context.say("away-kept", &[])),
    }
    outcome.reply.suggestions.push(waiting::way_out(context));
    outcome
}

/// Counts what was asked in vain, in a row.
fn count(conversation: &mut Conversation, outcome: &Outcome) {
    match &outcome.answer {
        Some(
            Answer::NotFound { reason: NotFound::Unknown }
            | Answer::Safeguard { reason: Safeguard::Insult },
        ) => conversation.in_vain += 1,
        Some(_) => conversation.in_vain = 0,
        None => {}
    }
}

fn why(conversation: &Conversation, outcome: &Outcome, context: &Context<'_>) -> Option<Reason> {
    let in_vain = conversation.in_vain >= IN_VAIN;
    match outcome.answer.as_ref()? {
        Answer::Safeguard { reason: Safeguard::Despair } => Some(Reason::Distress),
        Answer::Safeguard { reason: Safeguard::Insult } if in_vain => Some(Reason::Anger),
        Answer::NotFound { .. } if in_vain => Some(Reason::Unanswered),
        Answer::Found(found) => {
            let is_marked = context.pack.articles.get(&found.article).is_some_and(|it| it.person);
            let is_new = !conversation.services.contains(&found.article);
            (is_marked && is_new).then_some(Reason::Marked)
        }
        _ => None,
    }
}

/// A reply, and the wish that is kept with it.
fn told(conversation: &Conversation, reply: Reply, reason: Reason) -> Outcome {
    let handoff = Some(handoff(conversation, reason));
    Outcome { handoff, ..Outcome::words(reply) }
}

fn handoff(conversation: &Conversation, reason: Reason) -> Handoff {
    Handoff {
        reason,
        language: conversation.language.clone(),
        services: conversation.services.clone(),
        unanswered: conversation.unanswered,
    }
}

/// A complaint is taken as one, before it is said who hears it.
fn heard_out(heard: &Heard<'_>, person: Reply) -> Reply {
    let first = heard.context.say("complaint", &[]);
    let text = format!("{first}\n{}", person.text);
    Reply { spoken: format!("{first}\n{}", person.spoken), text, ..person }
}

/// By the desk, where there is one; else by telephone and at the counter.
fn the_way_to_one(conversation: &Conversation, context: &Context<'_>) -> Reply {
    match context.desk {
        Desk::None => where_a_person_is(context, "person-kept"),
        Desk::Away => waiting::with_way_out(context, where_a_person_is(context, "away-kept")),
        Desk::There { ahead, minutes } => match conversation.stage {
            Stage::Waiting(_) => {
                let text = context.say("still-waiting", &[]);
                let text = format!("{text}\n{}", waiting::place(context, ahead, minutes));
                waiting::with_way_out(context, Reply::of(context.language.clone(), text))
            }
            _ => waiting::begun(context, ahead, minutes),
        },
    }
}

/// The telephone, the place, its hours, and whether somebody is there now.
fn where_a_person_is(context: &Context<'_>, kept: &str) -> Reply {
    let pack = context.pack;
    let Some(place) = context.main_place() else {
        let text = [
            context.say("person-short", &[("telephone", &pack.telephone)]),
            context.say(kept, &[]),
        ];
        return Reply::of(context.language.clone(), text.join("\n"));
    };
    let address = place.address.as_ref().map_or("", |text| pack.say(text, &context.language));
    let told = |mouth| {
        let args = [
            ("telephone", &*pack.telephone),
            ("place", context.place_name(place)),
            ("address", address),
        ];
        let mut lines = vec![context.say("person", &args)];
        lines.push(context.say("person-hours", &[("hours", &context.usual_hours(place, mouth))]));
        match place.state(pack, &context.now) {
            State::Open { .. } | State::Always => lines.push(context.say("person-now-open", &[])),
            State::ClosedNow { opens, .. } => {
                lines.push(context.say("person-now-closed", &[]));
                lines.extend(opens.map(|opens| context.opens(&opens)));
            }
            State::Unknown => {}
        }
        lines.push(context.say(kept, &[]));
        lines.join("\n")
    };
    let mut reply = Reply::of(context.language.clone(), told(Mouth::Page));
    reply.spoken = told(Mouth::Speech);
    reply.place = Some(telling::place_card(context, place));
    reply
}
