//! One turn as a record: advances the conversation and numbers its lines. No I/O but the random
//! name of a new conversation.

use bot::{
    Conversation, Event, LanguageIdentifier, Line, Mind, Reply, Speaker, Turn,
    answer::{Answer, Safeguard},
    store::{ConversationId, Opened, Record, StoreError},
};
use door::Inbound;
use jiff::Timestamp;

/// Makes the record of a turn, and tells how its answer is counted.
pub(super) fn make(
    inbound: Inbound,
    opened: Option<Opened>,
    mind: &Mind,
    now: Timestamp,
) -> Result<(Record, &'static str), StoreError> {
    let Inbound { address, message_id, event } = inbound;
    let mut lines = Lines { next: 1, at: now, all: Vec::new() };
    let (id, mut conversation, greeting) = match opened {
        Some(Opened { id, conversation, last_line }) => {
            lines.next = last_line + 1;
            (id, conversation, None)
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
    // Visitors see their own words as they said them; the turn, for operators, holds them masked.
    let said = match &event {
        Event::Said(message) => Some(nlu::normal::clean(&message.text)),
        Event::Started { .. } => None,
    };
    let mut turn = conversation.advance(event, mind, now);
    if let Some(said) = said {
        let language = turn.understanding.as_ref().and_then(|u| u.language.clone());
        let language = language.unwrap_or_else(|| conversation.language.clone());
        lines.push(Speaker::Visitor, Reply::of(language, said));
    }
    turn.replies().for_each(|reply| lines.push(Speaker::Bot, reply.clone()));
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
        self.all.push(Line { number: self.next, at: self.at, speaker, reply });
        self.next += 1;
    }
}

/// The language in which a new conversation is greeted.
fn language(event: &Event, mind: &Mind) -> LanguageIdentifier {
    let spoken = match event {
        Event::Started { language } => Some(language.clone()),
        Event::Said(message) => nlu::understand(&message.text).language,
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
