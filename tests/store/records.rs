//! Records to save.

use bot::{
    Action, Conversation, Event, Line, Message, Reply, Speaker, Turn,
    handoff::{Handoff, Reason},
    store::{Address, ConversationId, Record},
};
use jiff::Timestamp;
use nlu::langid;

pub fn address(key: &str) -> Address {
    Address { channel: "test".into(), key: key.into() }
}

fn line(number: u64, speaker: Speaker, reply: Reply) -> Line {
    Line { number, at: Timestamp::UNIX_EPOCH, speaker, name: None, reply }
}

/// A conversation's first turn: one line.
pub fn greeting(key: &str) -> Record {
    let hello = Reply::of(langid!("en"), "Hello. I am an automatic assistant.");
    Record {
        id: ConversationId(format!("conversation-{key}")),
        address: address(key),
        message_id: "start".into(),
        at: Timestamp::UNIX_EPOCH,
        conversation: Conversation::new(langid!("en")),
        turn: Turn {
            desk: bot::Desk::None,
            event: Event::Started { language: langid!("en") },
            understanding: None,
            answer: None,
            why: vec![],
            pack: String::new(),
            actions: vec![Action::Say(Box::new(hello.clone()))],
        },
        lines: vec![line(1, Speaker::Bot, hello)],
    }
}

/// The next turn: what was said, and an answer.
pub fn said(before: &Record, message_id: &str, text: &str) -> Record {
    let last = before.lines.last().expect("lines").number;
    let answer = Reply::of(langid!("en"), format!("An answer to: {text}"));
    Record {
        message_id: message_id.into(),
        conversation: Conversation::new(langid!("zh")),
        turn: Turn {
            desk: bot::Desk::None,
            event: Event::Said(Message::typed(text)),
            understanding: None,
            answer: None,
            why: vec![],
            pack: String::new(),
            actions: vec![Action::Say(Box::new(answer.clone()))],
        },
        lines: vec![
            line(last + 1, Speaker::Visitor, Reply::of(langid!("en"), text)),
            line(last + 2, Speaker::Bot, answer),
        ],
        ..before.clone()
    }
}

/// The next turn: somebody wishes for a person.
pub fn wish(before: &Record, message_id: &str) -> Record {
    let mut record = said(before, message_id, "I want to talk to a person");
    let wish = Handoff {
        reason: Reason::Asked,
        language: langid!("en"),
        services: vec!["passport".into()],
        unanswered: 0,
    };
    record.turn.actions.insert(0, Action::TellStaff(wish));
    record
}
