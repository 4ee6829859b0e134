//! A small made-up city, and a caller who plays a call with it.

use super::super::{Ability, Call, City, Command, Happened, Setting, book};
use crate::leg::House;
use bot::{
    Answer, Choice, Citation, LanguageIdentifier, Line, Presence, Reply, Shelf, Speaker, Welcome,
    answer::{Found, NotFound},
    handoff::Reason,
    store::ConversationId,
};
use door::Stored;
use nlu::langid;
use std::sync::Arc;
use std::time::Duration;

fn choice(label: &str) -> Choice {
    Choice { label: label.into(), say: label.into() }
}

fn city(language: LanguageIdentifier, name: &str, services: [&str; 5]) -> City {
    let welcome = Welcome {
        languages: vec![langid!("zh"), langid!("en")],
        name: name.into(),
        banner: None,
        greeting: Reply::of(language.clone(), "-"),
        start: vec![choice(services[0])],
        telephone: "021-5550-0100".into(),
        person: "-".into(),
        language,
    };
    let shelf = |label: &str, services: &[&str]| Shelf {
        label: label.into(),
        services: services.iter().map(|service| choice(service)).collect(),
    };
    City { welcome, shelves: vec![shelf(services[1], &services), shelf(name, &services[..2])] }
}

pub fn setting() -> Setting {
    Setting {
        city: vec![
            city(langid!("zh"), "河口镇", ["护照", "身份证", "户口", "养老金", "借书证"]),
            city(
                langid!("en"),
                "Rivermouth",
                ["passport", "identity card", "household", "pension", "library card"],
            ),
        ],
        book: Arc::new(book()),
        ears: Ability::Present,
        transfers: Ability::Absent,
        recording: Ability::Absent,
        house: House::Open,
        caller: None,
    }
}

/// What the bot might say.
pub enum Says<'a> {
    Found(&'a str),
    /// From the page of this title.
    From(&'a str, &'a str),
    NotFound(&'a str),
    Choices(&'a [&'a str]),
    Person(&'a str),
}

/// A call under way, with its clock in hand.
pub struct Play {
    pub call: Call,
    pub at: Duration,
    /// All that was said since somebody looked.
    pub said: Vec<String>,
    pub commands: Vec<Command>,
    pub asked: Vec<(u32, String)>,
}

impl Play {
    pub fn new(setting: Setting) -> Play {
        let (said, commands, asked) = (vec![], vec![], vec![]);
        let mut play = Play { call: Call::new(setting), at: Duration::ZERO, said, commands, asked };
        play.happens(Happened::Answered);
        play
    }

    pub fn happens(&mut self, what: Happened) {
        for command in self.call.handle(what, self.at) {
            match &command {
                Command::Say { text, .. } => self.said.push(text.clone()),
                Command::Stop => self.said.push("…".into()),
                Command::Ask { number, message } => {
                    self.asked.push((*number, message.text.clone()));
                }
                _ => {}
            }
            self.commands.push(command);
        }
    }

    /// All that is to be said is said.
    pub fn listens(&mut self) -> String {
        self.at += Duration::from_secs(3);
        self.happens(Happened::Quiet);
        std::mem::take(&mut self.said).join(" | ")
    }

    pub fn says(&mut self, text: &str) {
        self.at += Duration::from_millis(1_500);
        self.happens(Happened::Began);
        self.happens(Happened::Spoke { text: text.into(), others: vec![] });
    }

    pub fn presses(&mut self, keys: &str) {
        for key in keys.chars() {
            self.at += Duration::from_millis(400);
            self.happens(Happened::Keyed(key));
        }
    }

    /// Nothing happens until the call itself does something.
    pub fn waits(&mut self) -> bool {
        let Some(deadline) = self.call.deadline() else { return false };
        self.at = self.at.max(deadline);
        self.happens(Happened::Time);
        true
    }

    /// The bot answers the last question.
    pub fn bot(&mut self, says: &Says<'_>, presence: Presence) {
        let (number, _) = self.asked.last().cloned().expect("something was asked");
        self.at += Duration::from_millis(30);
        let result = Ok(stored(self.call.language().clone(), says));
        self.happens(Happened::Told { number, result, presence });
    }

    pub fn has_hung_up(&self) -> bool {
        self.commands.contains(&Command::HangUp)
    }
}

fn citation(language: &LanguageIdentifier, title: &str) -> Citation {
    Citation {
        article: title.into(),
        line: format!("来源：{title}"),
        title: title.into(),
        url: None,
        checked: None,
        language: language.clone(),
    }
}

pub fn stored(language: LanguageIdentifier, says: &Says<'_>) -> Stored {
    let mut reply = Reply::of(language, "");
    let (mut answer, mut person) = (None, None);
    match says {
        Says::Found(text) | Says::From(_, text) => {
            if let Says::From(title, _) = says {
                reply.citations = vec![citation(&reply.language, title)];
            }
            reply.spoken = (*text).into();
            reply.suggestions = vec![choice("费用"), choice("时间")];
            answer = Some(Answer::Found(Found { article: "a".into(), facets: vec![] }));
        }
        Says::NotFound(text) => {
            reply.spoken = (*text).into();
            answer = Some(Answer::NotFound { reason: NotFound::Unknown });
        }
        Says::Choices(labels) => {
            reply.spoken = labels.join("，");
            reply.choices = labels.iter().map(|label| choice(label)).collect();
            answer = Some(Answer::Clarify { choices: vec![] });
        }
        Says::Person(text) => {
            reply.spoken = (*text).into();
            person = Some(Reason::Asked);
        }
    }
    reply.text = reply.spoken.clone();
    let at = jiff::Timestamp::UNIX_EPOCH;
    let line = Line { number: 1, at, speaker: Speaker::Bot, name: None, reply };
    let id = ConversationId("c".into());
    Stored { id, lines: vec![line], repeated: false, answer, person }
}
