//! What a visitor hears who waits for a person: what happens now, the place in the queue, how long it
//! will take if that can be said honestly, and what else can be done meanwhile.

use jiff::Timestamp;
use nlu::{Intent, LanguageIdentifier};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{Conversation, Outcome},
    mind::{Context, Mind},
    reply::{Choice, Reply},
    stage::{Change, Clerk, Ending, Stage, To},
    turn::Heard,
};

/// The desk where staff answer, as it is at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Desk {
    /// There is none: people are reached by telephone and at the counter.
    #[default]
    None,
    /// Nobody is at it.
    Away,
    /// Somebody is at it.
    There {
        /// How many stand before this visitor.
        ahead: u32,
        /// How long it will take, in minutes; nothing where too little is known.
        minutes: Option<u32>,
    },
}

impl Desk {
    pub(crate) fn is_none(&self) -> bool {
        *self == Desk::None
    }
}

/// Whoever waits is told so, also when they ask again.
pub(crate) fn place(context: &Context<'_>, ahead: u32, minutes: Option<u32>) -> String {
    let place = match ahead {
        0 => context.say("place-next", &[]),
        1 => context.say("place-one", &[]),
        more => context.say("place-many", &[("ahead", &more.to_string())]),
    };
    let time = minutes.map(|minutes| match minutes {
        0 | 1 => context.say("wait-minute", &[]),
        more => context.say("wait-minutes", &[("minutes", &more.to_string())]),
    });
    [place].into_iter().chain(time).collect::<Vec<_>>().join(&context.say("sentence-join", &[]))
}

impl Mind {
    /// The place of whoever waits, in a sentence.
    pub fn wait(&self, language: &LanguageIdentifier, desk: Desk) -> Option<String> {
        let context = Context::new(self, language, Timestamp::UNIX_EPOCH);
        match desk {
            Desk::None => None,
            Desk::Away => Some(context.say("wait-away", &[])),
            Desk::There { ahead, minutes } => Some(place(&context, ahead, minutes)),
        }
    }

    /// That a clerk is writing.
    pub fn writing(&self, language: &LanguageIdentifier, clerk: &Clerk) -> String {
        let context = Context::new(self, language, Timestamp::UNIX_EPOCH);
        context.say("staff-writes", &[("name", &clerk.name)])
    }
}

/// Asked for a person where there is a desk with somebody at it.
pub(crate) fn begun(context: &Context<'_>, ahead: u32, minutes: Option<u32>) -> Reply {
    let telephone = &*context.pack.telephone;
    let lines = [
        context.say("waiting", &[]),
        place(context, ahead, minutes),
        context.say("waiting-meanwhile", &[("telephone", telephone)]),
    ];
    with_way_out(context, Reply::of(context.language.clone(), lines.join("\n")))
}

/// The wait can be given up by choosing.
pub(crate) fn with_way_out(context: &Context<'_>, mut reply: Reply) -> Reply {
    reply.suggestions = vec![way_out(context)];
    reply
}

/// The choice that gives up the wait.
pub(crate) fn way_out(context: &Context<'_>) -> Choice {
    let say = context.say("give-up", &[]);
    Choice { label: say.clone(), say }
}

/// Whoever waits may give up the place, in any words that stop something.
pub(crate) fn give_up(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let waits = matches!(conversation.stage, Stage::Waiting(_));
    let stops = matches!(heard.understanding.intent, Intent::Stop);
    (waits && stops).then(|| {
        let reply = heard.context.reply("gave-up", &[]);
        Outcome { change: Some(Change::GaveUp), ..Outcome::words(reply) }
    })
}

/// Whoever was helped may say how it was.
pub(crate) fn rate(conversation: &mut Conversation, heard: &Heard<'_>) -> Option<Outcome> {
    let Stage::Closed(..) = conversation.stage else { return None };
    let said = heard.understanding.folded.trim();
    let rating = said.parse::<u8>().ok().filter(|rating| (1..=5).contains(rating))?;
    let reply = heard.context.reply("rated", &[]);
    Some(Outcome { change: Some(Change::Rated(rating)), ..Outcome::words(reply) })
}

/// A sentence in which a clerk is named.
pub(crate) fn told(context: &Context<'_>, id: &str, clerk: &Clerk) -> Reply {
    context.reply(id, &[("name", &clerk.name)])
}

/// A clerk has come.
pub(crate) fn taken(context: &Context<'_>, clerk: &Clerk) -> Reply {
    told(context, "staff-took", clerk)
}

/// The clerk cannot go on; somebody else will.
pub(crate) fn put_back(context: &Context<'_>, clerk: &Clerk) -> Reply {
    with_way_out(context, told(context, "staff-put-back", clerk))
}

/// Somebody who knows more of it will answer.
pub(crate) fn handed_on(context: &Context<'_>, clerk: &Clerk, to: &To) -> Reply {
    let reply = match to {
        To::Clerk(other) => {
            context.reply("staff-handed-on", &[("name", &clerk.name), ("other", &other.name)])
        }
        To::Department(id) => match context.pack.departments.get(id) {
            Some(department) => {
                let other = context.pack.say(&department.name, &context.language);
                context.reply("staff-handed-on", &[("name", &clerk.name), ("other", other)])
            }
            None => told(context, "staff-put-back", clerk),
        },
    };
    with_way_out(context, reply)
}

/// The clerk has closed the case: one question remains.
pub(crate) fn closed(context: &Context<'_>, clerk: &Clerk, ending: Ending) -> Reply {
    let mut reply = context.reply("staff-closed", &[("name", &clerk.name)]);
    if ending != Ending::Left {
        reply.choices = (1..=5)
            .map(|rating: u8| Choice {
                label: context.say(&format!("rating-{rating}"), &[]),
                say: rating.to_string(),
            })
            .collect();
    }
    reply
}
