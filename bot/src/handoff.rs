//! When and why a person is needed, and what that person should know at a glance.
//! Until there is a desk, the wish is kept and the visitor is told where a person is.

use knowledge::{fact::Mouth, hours::State};
use nlu::{Intent, LanguageIdentifier};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{Conversation, Outcome},
    mind::Context,
    reply::Reply,
    telling,
    turn::Heard,
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
}

/// A person can be asked for from every state.
pub(crate) fn when_a_person_is_asked_for(
    conversation: &mut Conversation,
    heard: &Heard<'_>,
) -> Option<Outcome> {
    (heard.understanding.intent == Intent::Person).then(|| Outcome {
        answer: None,
        why: vec![],
        reply: where_a_person_is(heard.context),
        handoff: Some(Handoff {
            reason: Reason::Asked,
            language: conversation.language.clone(),
            services: conversation.services.clone(),
            unanswered: conversation.unanswered,
        }),
    })
}

/// The telephone, the place, its hours, and whether somebody is there now.
fn where_a_person_is(context: &Context<'_>) -> Reply {
    let pack = context.pack;
    let Some(place) = context.main_place() else {
        let text = [
            context.say("person-short", &[("telephone", &pack.telephone)]),
            context.say("person-kept", &[]),
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
        lines.push(context.say("person-kept", &[]));
        lines.join("\n")
    };
    let mut reply = Reply::of(context.language.clone(), told(Mouth::Page));
    reply.spoken = told(Mouth::Speech);
    reply.place = Some(telling::place_card(context, place));
    reply
}
