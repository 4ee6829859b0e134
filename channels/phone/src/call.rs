//! What is said on one call: a dialogue as a state machine without I/O. What happened and when goes
//! in; what is to be said, typed, asked of the bot or done with the line comes out, as data. Sound
//! ends before this and begins after it; answers are the bot's.
//!
//! Every state has keys and words, 0 leads to a person from each, and none ends a call that the
//! caller has not ended.

mod answers;
mod keys;
mod menu;
mod parts;
mod person;
mod phrases;
mod silence;
mod talk;
mod typing;
mod wishes;

#[cfg(test)]
mod tests;

use crate::leg::{House, Transfer};
use answers::Told;
use bot::{LanguageIdentifier, Message, Presence, Shelf, Welcome, phrasebook::Phrasebook};
use door::{Rejected, Stored};
use menu::Offer;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use typing::Typing;

pub(crate) use phrases::{FIXED, book};

/// What a call knows of the city, in one language.
#[derive(Clone, Debug)]
pub struct City {
    /// Who answers here, and what one could ask.
    pub welcome: Welcome,
    /// The services by their offices.
    pub shelves: Vec<Shelf>,
}

/// What is the same from the call's beginning to its end.
#[derive(Clone)]
pub struct Setting {
    /// The city in each of its languages, its first language first. Never empty.
    pub city: Vec<City>,
    /// The call's own sentences.
    pub book: Arc<Phrasebook>,
    /// Whether speech is understood.
    pub ears: Ability,
    /// Whether callers can be handed to a person.
    pub transfers: Ability,
    /// Whether the call is recorded.
    pub recording: Ability,
    /// Whether there was room for the call.
    pub house: House,
    /// The number that the call comes from, where it is known.
    pub caller: Option<String>,
}

/// Whether something can be done on this call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// It can.
    Present,
    /// It cannot.
    Absent,
}

/// What happens on a call, as the dialogue sees it.
#[derive(Debug)]
pub enum Happened {
    /// The call begins.
    Answered,
    /// The caller surely speaks.
    Began,
    /// What the caller said, as the ears wrote it down; empty where it was no speech.
    Spoke {
        /// The words.
        text: String,
        /// What else it may have been.
        others: Vec<String>,
    },
    /// Speech could not be written down: the ears are full or failed.
    Unheard,
    /// A key was pressed.
    Keyed(char),
    /// Characters were typed.
    Typed(String),
    /// All that was to be said has been said.
    Quiet,
    /// The bot's answer to a question.
    Told {
        /// Which question.
        number: u32,
        /// The turn that came of it.
        result: Result<Stored, Rejected>,
        /// Whether a person can be reached now.
        presence: Presence,
    },
    /// How far a transfer got.
    Transfer(Transfer),
    /// Whether typed text now reaches the caller.
    Text(Ability),
    /// Whether the wish to be called back was kept.
    CallBackKept(bool),
    /// The moment of [`Call::deadline`] has come.
    Time,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Say this after what waits to be said.
    Say {
        /// The words, in their spoken form.
        text: String,
        /// Their language.
        language: LanguageIdentifier,
        /// How.
        pace: Pace,
    },
    /// Be silent for so long, after what waits to be said.
    Rest(Duration),
    /// Be silent at once, and forget what waits to be said.
    Stop,
    /// Make everything louder from now on.
    Louder,
    /// Type this to the caller.
    Type(String),
    /// Ask the bot.
    Ask {
        /// The number that the answer carries.
        number: u32,
        /// The question.
        message: Message,
    },
    /// Hand the caller to a person.
    Transfer,
    /// Keep the wish to be called back at this number.
    KeepCallBack(String),
    /// Put into the call's story what was not asked of the bot.
    Note(Note),
    /// End the call.
    HangUp,
}

/// How fast something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pace {
    /// As people usually speak.
    #[default]
    Usual,
    /// Slower, with pauses.
    Slow,
}

/// What the call did by itself, for its story. It holds nothing that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// A key was pressed; digits of a number are not told apart.
    Key(char),
    /// A wish about the call itself.
    Wish(String),
    /// Nothing came from the caller, for the how-manieth time in a row.
    Silence(u8),
    /// What was said was not understood or not found, for the how-manieth time in a row.
    Miss(u8),
    /// The caller was to be handed to a person.
    Transfer,
    /// The caller could not be handed to a person.
    NotReached,
    /// The caller wants to be called back.
    CallBack,
}

/// What is expected of the caller now, so that the ears can listen for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expecting {
    /// A question.
    Anything,
    /// Yes or no.
    YesNo,
    /// One of what was offered.
    Choice,
    /// A number.
    Digits,
}

/// Where the dialogue stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// A question is awaited.
    Listening,
    /// An answer is told; between its parts it is asked whether to go on.
    Telling,
    /// The bot asked back, and waits for one of its choices.
    Choosing,
    /// A menu was read.
    Menu(menu::Level),
    /// The caller wants a moment.
    Holding,
    /// A yes or no of the call's own is awaited.
    Asking,
    /// A telephone number is being said or keyed.
    Number,
    /// The caller is being handed to a person.
    Transferring,
    /// It was said goodbye.
    Leaving,
}

/// A question that the bot is thinking about.
#[derive(Debug)]
struct Waiting {
    number: u32,
    text: String,
}

/// One call's dialogue.
pub struct Call {
    setting: Setting,
    language: LanguageIdentifier,
    stage: Stage,
    pace: Pace,
    now: Duration,
    /// When something must be done though nothing happens.
    silence_ends: Option<Duration>,
    typing_ends: Option<Duration>,
    /// Something is being said.
    is_talking: bool,
    /// The caller is speaking, and what will be known soon.
    hears: bool,
    /// What was being said was cut off by the caller.
    was_cut: bool,
    /// The caller's last input was a key.
    by_keys: bool,
    has_text: bool,
    /// What can be chosen by keys now, the first by 1.
    offered: Vec<Offer>,
    /// What was said last, to be said again.
    last: Vec<(LanguageIdentifier, String)>,
    told: Told,
    waiting: Option<Waiting>,
    /// The last question said aloud, and when its answer began to be told.
    asked: Option<(String, Duration)>,
    /// The question that the caller goes on with.
    unfinished: Option<String>,
    /// An answer that came while the caller was speaking.
    held: Option<(Result<Stored, Rejected>, Presence)>,
    questions: u32,
    misses: u8,
    silences: u8,
    typing: Typing,
    /// The number that is being keyed, or waits to be confirmed.
    number: String,
    out: Vec<Command>,
}

impl Call {
    /// A call that has not been answered yet.
    ///
    /// # Panics
    /// Where the city has no language; a pack has one.
    #[must_use]
    pub fn new(setting: Setting) -> Self {
        let language = setting.city[0].welcome.language.clone();
        Self {
            setting,
            language,
            stage: Stage::Listening,
            pace: Pace::Usual,
            now: Duration::ZERO,
            silence_ends: None,
            typing_ends: None,
            is_talking: false,
            hears: false,
            was_cut: false,
            by_keys: false,
            has_text: false,
            offered: Vec::new(),
            last: Vec::new(),
            told: Told::default(),
            waiting: None,
            asked: None,
            unfinished: None,
            held: None,
            questions: 0,
            misses: 0,
            silences: 0,
            typing: Typing::default(),
            number: String::new(),
            out: Vec::new(),
        }
    }

    /// Takes what happened, `at` so long after the call began, and says what is to be done, in order.
    pub fn handle(&mut self, what: Happened, at: Duration) -> Vec<Command> {
        self.now = at;
        match what {
            Happened::Answered => self.greet(),
            Happened::Began => self.began(),
            Happened::Spoke { text, others } => self.spoke(&text, others),
            Happened::Unheard => self.unheard(),
            Happened::Keyed(key) => self.keyed(key),
            Happened::Typed(characters) => self.typed(&characters),
            Happened::Quiet => self.quiet(),
            Happened::Told { number, result, presence } => self.answered(number, result, presence),
            Happened::Transfer(how) => self.transfer(&how),
            Happened::Text(ability) => self.has_text = ability == Ability::Present,
            Happened::CallBackKept(kept) => self.call_back_kept(kept),
            Happened::Time => self.time(),
        }
        std::mem::take(&mut self.out)
    }

    /// When [`Happened::Time`] is due.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.silence_ends.into_iter().chain(self.typing_ends).min()
    }

    /// What the caller is expected to say now.
    #[must_use]
    pub fn expecting(&self) -> Expecting {
        match self.stage {
            Stage::Number => Expecting::Digits,
            Stage::Asking => Expecting::YesNo,
            Stage::Choosing | Stage::Menu(_) => Expecting::Choice,
            _ => Expecting::Anything,
        }
    }

    /// The language that is spoken now.
    #[must_use]
    pub fn language(&self) -> &LanguageIdentifier {
        &self.language
    }

    /// How fast the caller wants it.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }
}

/// The sentences that a city's calls begin with and come back to, by language, so that their sound
/// can be made beforehand.
#[must_use]
pub fn known_beforehand(book: &Phrasebook, city: &[City]) -> Vec<(LanguageIdentifier, String)> {
    let mut all = Vec::new();
    for City { welcome, shelves } in city {
        let language = &welcome.language;
        let mut say = |id: &str, args: &[(&str, &str)]| {
            all.push((language.clone(), book.say(language, id, args)));
        };
        say("hello", &[("name", &welcome.name)]);
        FIXED.iter().for_each(|id| say(id, &[]));
        say("full", &[("telephone", &welcome.telephone)]);
        for key in 1..=4 {
            say("keys-begin", &[("key", &key.to_string())]);
            say("language-key", &[("key", &key.to_string())]);
        }
        for service in shelves.iter().flat_map(|shelf| &shelf.services) {
            say("about", &[("title", &service.label)]);
        }
        all.extend(welcome.banner.iter().map(|banner| (language.clone(), banner.clone())));
    }
    all
}
