//! What can be chosen by keys. Menus are made of what the dialogue offers, never written twice: the
//! same list is read aloud, chosen from by key, and by "the second".

use super::{Call, Command, Message, Note, Stage};
use bot::{Choice, LanguageIdentifier, Via};

/// Things of a menu that are read at once; with "more" that makes four.
const PAGE: usize = 3;

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) label: String,
    pub(super) act: Act,
}

/// What is done when it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// This is asked of the bot.
    Ask(String),
    /// A menu is read.
    Open(Level),
    /// Another language is spoken.
    Language(LanguageIdentifier),
    /// The next part of the answer.
    GoOn,
    /// A new question.
    Another,
    /// A person.
    Person,
    /// A call back.
    CallBack,
    /// The number that was read is right.
    Keep,
    /// Another number.
    OtherNumber,
    /// The end of the call.
    Leave,
}

/// A place among the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// The offices, from this one on.
    Offices(usize),
    /// An office's services, from this one on.
    Services { office: usize, from: usize },
}

impl Offer {
    pub(super) fn new(label: impl Into<String>, act: Act) -> Self {
        Self { label: label.into(), act }
    }

    /// Something to be asked of the bot.
    pub(super) fn ask(choice: &Choice) -> Self {
        Self::new(choice.label.clone(), Act::Ask(choice.say.clone()))
    }
}

impl Call {
    /// Offers what a call begins with: keys, and the other languages in their own words.
    pub(super) fn offer_keys_and_languages(&mut self) {
        let mut offers = vec![self.offer_menu()];
        self.say("keys-begin", &[("key", "1")]);
        let languages = self.setting.city.iter().map(|city| &city.welcome.language);
        let others = languages.filter(|other| **other != self.language);
        for other in others.cloned().collect::<Vec<_>>() {
            let key = (offers.len() + 1).to_string();
            let text = self.setting.book.say(&other, "language-key", &[("key", &key)]);
            offers.push(Offer::new(text.clone(), Act::Language(other.clone())));
            self.line_in(other, text);
        }
        self.offered = offers;
    }

    pub(super) fn offer_menu(&self) -> Offer {
        Offer::new(self.phrase("another-question", &[]), Act::Open(Level::Offices(0)))
    }

    pub(super) fn offer_go_on(&self) -> Offer {
        Offer::new(self.phrase("go-on", &[]), Act::GoOn)
    }

    pub(super) fn offer_another(&self) -> Offer {
        Offer::new(self.phrase("enough", &[]), Act::Another)
    }

    /// The services by keys.
    pub(super) fn open_menu(&mut self) {
        self.begin();
        self.menu_follows();
    }

    pub(super) fn menu_follows(&mut self) {
        let only = self.shelves() == 1;
        self.read(if only { Level::Services { office: 0, from: 0 } } else { Level::Offices(0) });
    }

    fn open(&mut self, level: Level) {
        self.begin();
        self.read(level);
    }

    /// Reads one page of a menu.
    fn read(&mut self, level: Level) {
        let shelves = self.here().shelves.clone();
        let (mut offers, from, rest): (Vec<Offer>, usize, usize) = match level {
            Level::Offices(from) => {
                self.say("by-office", &[]);
                let page = shelves.iter().enumerate().skip(from).take(PAGE);
                let offers = page.map(|(office, shelf)| {
                    let inside = Act::Open(Level::Services { office, from: 0 });
                    Offer::new(shelf.label.clone(), inside)
                });
                (offers.collect(), from, shelves.len())
            }
            Level::Services { office, from } => {
                let services = shelves.get(office).map_or(&[][..], |shelf| &shelf.services);
                let page = services.iter().skip(from).take(PAGE);
                (page.map(Offer::ask).collect(), from, services.len())
            }
        };
        // The first page comes again after the last.
        if rest > PAGE {
            let next = if from + PAGE < rest { from + PAGE } else { 0 };
            let next = match level {
                Level::Offices(_) => Level::Offices(next),
                Level::Services { office, .. } => Level::Services { office, from: next },
            };
            offers.push(Offer::new(self.phrase("more-of-them", &[]), Act::Open(next)));
        }
        self.stage = Stage::Menu(level);
        self.announce(offers);
    }

    /// One menu up; whether there was one.
    pub(super) fn up(&mut self) -> bool {
        match self.stage {
            Stage::Menu(Level::Services { .. }) if self.shelves() > 1 => {
                self.open(Level::Offices(0));
                true
            }
            _ => false,
        }
    }

    fn shelves(&self) -> usize {
        self.here().shelves.len()
    }

    fn here(&self) -> &super::City {
        let city = &self.setting.city;
        city.iter().find(|city| city.welcome.language == self.language).unwrap_or(&city[0])
    }

    /// A yes-or-no question of the call's own. Its keys are read to who uses keys.
    pub(super) fn question(&mut self, id: &str, offers: Vec<Offer>) {
        self.say(id, &[]);
        self.stage = Stage::Asking;
        match self.by_keys || self.silences > 0 || self.misses > 0 || !self.has_ears() {
            true => self.announce(offers),
            false => self.offered = offers,
        }
    }

    pub(super) fn has_ears(&self) -> bool {
        self.setting.ears == super::Ability::Present
    }

    /// Reads what can be chosen: how many there are, then each before its key.
    pub(super) fn announce(&mut self, offers: Vec<Offer>) {
        if offers.len() > 2 {
            self.say("how-many", &[("count", &offers.len().to_string())]);
        }
        for (at, offer) in offers.iter().enumerate() {
            let label = offer.label.trim_end_matches(['。', '.', '？', '?', '！', '!']);
            self.say("choice", &[("label", label), ("key", &(at + 1).to_string())]);
        }
        self.offered = offers;
    }

    /// Does what was chosen; whether there was such a choice.
    pub(super) fn choose(&mut self, place: usize) -> bool {
        let Some(offer) = self.offered.get(place).cloned() else { return false };
        match offer.act {
            Act::Ask(say) => {
                self.ask(Message::new(say, Via::Keyed));
            }
            Act::Open(level) => match level {
                Level::Offices(0) => self.open_menu(),
                level => self.open(level),
            },
            Act::Language(language) => {
                self.switch_to(&language);
            }
            Act::GoOn => self.next_part(),
            Act::Another => {
                self.begin();
                self.told.forget_rest();
                self.ask_what_else();
            }
            Act::Person => self.call_a_person(),
            Act::CallBack => self.take_a_number(),
            Act::Keep => {
                self.out.push(Command::Note(Note::CallBack));
                self.out.push(Command::KeepCallBack(self.number.clone()));
            }
            Act::OtherNumber => self.ask_for_a_number(),
            Act::Leave => self.leave(),
        }
        true
    }
}
