//! One turn as a record: advances the conversation and numbers its lines. No I/O but the random
//! name of a new conversation.

use bot::{
    Action, Conversation, Event, LanguageIdentifier, Line, Mind, Reply, Speaker, Turn,
    answer::{Answer, Safeguard},
    conversation::Moment,
    stage::{Clerk, Misstep},
    store::{ConversationId, Opened, Record, StoreError},
};
use door::{Inbound, Rejected};
use jiff::Timestamp;

/// Makes the record of a turn, and tells how its answer is counted.
pub(super) fn make(
    inbound: Inbound,
    opened: Option<Opened>,
    mind: &Mind,
    moment: Moment,
) -> Result<(Record, &'static str), Rejected> {
    let now = moment.now;
    let Inbound { address, message_id, event } = inbound;
    let mut lines = Lines { next: 1, at: now, all: Vec::new() };
    let (id, mut conversation, greeting) = match opened {
        Some(Opened { id, conversation, last_line }) => {
            lines.next = last_line + 1;
            (id, conversation, None)
        }
        None if matches!(event, Event::Staff { .. }) => {
            return Err(Misstep::NotWaiting.into());
        }
        None => {
            let (conversation, greeting) = greeted(&event, mind, now);
            (new_id()?, conversation, greeting)
        }
    };
    greeting
        .iter()
        .flat_map(Turn::replies)
        .for_each(|reply| lines.push(Speaker::Bot, reply.clone()));
    conversation.admits(&event)?;
    // Visitors see their own words as they said them; the turn, for operators, holds them masked.
    let said = match &event {
        Event::Said(message) => Some(nlu::normal::clean(&message.text)),
        Event::Started { .. } | Event::Staff { .. } => None,
    };
    let mut turn = conversation.advance(event, mind, moment);
    if let Some(said) = said {
        let language = turn.understanding.as_ref().and_then(|u| u.language.clone());
        let language = language.unwrap_or_else(|| conversation.language.clone());
        lines.push(Speaker::Visitor, Reply::of(language, said));
    }
    for action in &turn.actions {
        match action {
            Action::Say(reply) => lines.push(Speaker::Bot, (**reply).clone()),
            Action::Relay { clerk, reply } => lines.relay(clerk, (**reply).clone()),
            Action::TellStaff(_) | Action::Case(_) => {}
        }
    }
    let status = status(&turn);
    if let Some(greeting) = greeting {
        turn.actions.splice(0..0, greeting.actions);
    }
    let lines = lines.all;
    Ok((Record { id, address, message_id, at: now, conversation, turn, lines }, status))
}

/// A conversation that nobody has heard yet, begun by an event: what is kept as its first turn.
pub(crate) fn begin(event: Event, mind: &Mind, now: Timestamp) -> (Conversation, Turn) {
    let (mut conversation, greeting) = greeted(&event, mind, now);
    let mut turn = conversation.advance(event, mind, now);
    turn.actions.splice(0..0, greeting.into_iter().flat_map(|greeting| greeting.actions));
    (conversation, turn)
}

/// A new conversation. Whoever speaks first is greeted first: that this is an automatic assistant.
fn greeted(event: &Event, mind: &Mind, now: Timestamp) -> (Conversation, Option<Turn>) {
    let language = language(event, mind);
    let mut conversation = Conversation::new(language.clone());
    let greeting = matches!(event, Event::Said(_))
        .then(|| conversation.advance(Event::Started { language }, mind, now));
    (conversation, greeting)
}

/// Lines, as they get their numbers.
struct Lines {
    next: u64,
    at: Timestamp,
    all: Vec<Line>,
}

impl Lines {
    fn push(&mut self, speaker: Speaker, reply: Reply) {
        self.all.push(Line { number: self.next, at: self.at, speaker, name: None, reply });
        self.next += 1;
    }

    fn relay(&mut self, clerk: &Clerk, reply: Reply) {
        self.push(Speaker::Staff, reply);
        if let Some(line) = self.all.last_mut() {
            line.name = Some(clerk.name.clone());
        }
    }
}

/// The language in which a new conversation is greeted.
fn language(event: &Event, mind: &Mind) -> LanguageIdentifier {
    let spoken = match event {
        Event::Started { language } => Some(language.clone()),
        Event::Said(message) => nlu::understand(&message.text).language,
        Event::Staff { .. } => None,
    };
    let ours = &mind.library().pack().languages;
    let fallback = || ours.first().cloned().unwrap_or(nlu::langid!("en"));
    spoken.unwrap_or_else(fallback)
}

/// 128 random bits, as 32 hexadecimal digits.
fn new_id() -> Result<ConversationId, StoreError> {
    let (high, low) = getrandom::u64()
        .and_then(|high| Ok((high, getrandom::u64()?)))
        .map_err(|error| StoreError::Failed(format!("no random numbers: {error}")))?;
    Ok(ConversationId(format!("{high:016x}{low:016x}")))
}

/// How a turn's answer is counted.
fn status(turn: &Turn) -> &'static str {
    match &turn.answer {
        Some(Answer::Found(_)) => "found",
        Some(Answer::Clarify { .. }) => "clarify",
        Some(Answer::NotFound { .. }) => "not-found",
        Some(Answer::Refused { .. }) => "refused",
        Some(Answer::Safeguard { reason: Safeguard::Danger { .. } }) => "danger",
        Some(Answer::Safeguard { .. }) => "safeguard",
        None => "none",
    }
}
