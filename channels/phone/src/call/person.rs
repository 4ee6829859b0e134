//! The way to a person: handed over where that is set up and somebody is there, else the number, the
//! hours, and a call back.

use super::menu::{Act, Offer};
use super::{Ability, Call, Command, Message, Note, Stage};
use crate::leg::{House, Transfer};
use bot::{Presence, Reply, Via};

/// Digits of the shortest and the longest telephone number (ITU-T E.164 has 15).
const SHORTEST: usize = 5;
const LONGEST: usize = 15;

impl Call {
    /// The caller wants a person: the bot is told, so that it is kept, and answers where one is.
    pub(super) fn call_a_person(&mut self) {
        let word = self.phrase("word-person", &[]);
        self.ask(Message::new(word, Via::Keyed));
    }

    /// The bot has kept the wish, and says when and where a person is.
    pub(super) fn person(&mut self, reply: &Reply, presence: Presence) {
        if self.setting.transfers == Ability::Present && presence != Presence::Away {
            self.out.push(Command::Note(Note::Transfer));
            self.say_alone("transferring");
            self.stage = Stage::Transferring;
            return;
        }
        self.begin();
        self.line(reply.spoken.clone());
        self.offer_call_back();
    }

    /// How the transfer goes.
    pub(super) fn transfer(&mut self, how: &Transfer) {
        if let Transfer::Failed(_) | Transfer::NotAllowed = how {
            self.out.push(Command::Note(Note::NotReached));
            let telephone = self.welcome().telephone.clone();
            self.say_alone("not-reached");
            self.say("person-at", &[("telephone", &telephone)]);
            self.offer_call_back();
        }
    }

    /// Offers a person to somebody who did not ask for one.
    pub(super) fn offer_a_person(&mut self) {
        let person = Offer::new(self.phrase("to-a-person", &[]), Act::Person);
        let another = self.offer_another();
        self.question("person-offer", vec![person, another]);
    }

    fn offer_call_back(&mut self) {
        let call_back = Offer::new(self.phrase("call-back", &[]), Act::CallBack);
        let otherwise = match self.is_full() {
            true => Offer::new(self.phrase("goodbye", &[]), Act::Leave),
            false => self.offer_another(),
        };
        self.question("call-back-offer", vec![call_back, otherwise]);
    }

    pub(super) fn is_full(&self) -> bool {
        self.setting.house == House::Full
    }

    /// There is no room for this call: what else can be done, and a call back.
    pub(super) fn tell_that_the_house_is_full(&mut self) {
        self.begin();
        let welcome = self.welcome().clone();
        self.say("hello", &[("name", &welcome.name)]);
        self.say("full", &[("telephone", &welcome.telephone)]);
        self.offer_call_back();
    }

    /// The number to call back: the one that the call comes from, or another.
    pub(super) fn take_a_number(&mut self) {
        let digits = self.setting.caller.as_deref().map(digits).unwrap_or_default();
        if !(SHORTEST..=LONGEST).contains(&digits.len()) {
            return self.ask_for_a_number();
        }
        let spoken = self.spelled(&digits);
        self.number = digits;
        self.begin();
        let yes = Offer::new(self.phrase("number-yes", &[]), Act::Keep);
        let other = Offer::new(self.phrase("number-other", &[]), Act::OtherNumber);
        self.say("number-known", &[("number", &spoken)]);
        self.stage = Stage::Asking;
        self.announce(vec![yes, other]);
    }

    pub(super) fn ask_for_a_number(&mut self) {
        self.number.clear();
        let aloud = self.has_ears() && !self.is_full();
        self.say_alone(if aloud { "number-ask-aloud" } else { "number-ask" });
        self.stage = Stage::Number;
    }

    /// A key while a number is keyed; whether it belongs to the number. A 0 by itself is the wish
    /// for a person, as everywhere.
    pub(super) fn number_keyed(&mut self, key: char) -> bool {
        match key {
            '0'..='9' if self.number.len() < LONGEST => {
                self.number.push(key);
                self.wait_for_the_caller();
                true
            }
            '0'..='9' => true,
            '#' => {
                self.number_ends();
                true
            }
            '*' if !self.number.is_empty() => {
                self.ask_for_a_number();
                true
            }
            _ => false,
        }
    }

    /// Words while a number is expected; whether there was a number in them.
    pub(super) fn number_said(&mut self, text: &str) -> bool {
        let said = digits(text);
        if said.len() < SHORTEST {
            return false;
        }
        self.number = said;
        self.number_ends();
        true
    }

    /// The number is complete: it is read back, twice.
    pub(super) fn number_ends(&mut self) {
        if self.number == "0" {
            self.number.clear();
            self.stage = Stage::Listening;
            return self.call_a_person();
        }
        if !(SHORTEST..=LONGEST).contains(&self.number.len()) {
            self.say_alone("number-short");
            self.number.clear();
            self.say("number-ask", &[]);
            self.stage = Stage::Number;
            return;
        }
        let spoken = self.spelled(&self.number);
        self.begin();
        let right = Offer::new(self.phrase("number-right", &[]), Act::Keep);
        let again = Offer::new(self.phrase("number-again", &[]), Act::OtherNumber);
        self.say("number-read", &[("number", &spoken)]);
        self.stage = Stage::Asking;
        self.announce(vec![right, again]);
    }

    pub(super) fn call_back_kept(&mut self, kept: bool) {
        self.number.clear();
        if kept {
            self.say_alone("number-kept");
        } else {
            let telephone = self.welcome().telephone.clone();
            self.begin();
            self.say("number-not-kept", &[("telephone", &telephone)]);
        }
        match self.is_full() {
            true => {
                self.say("goodbye", &[]);
                self.stage = Stage::Leaving;
            }
            false => self.ask_what_else(),
        }
    }

    /// A number as it is read back: in pairs, digit by digit, a Chinese 1 as yāo.
    fn spelled(&self, digits: &str) -> String {
        let chinese = self.language.language.as_str() == "zh";
        let pairs: Vec<String> = digits
            .as_bytes()
            .chunks(2)
            .map(|pair| {
                let said = pair.iter().map(|digit| {
                    let place = usize::from(digit.saturating_sub(b'0')).min(9);
                    if chinese { CHINESE[place] } else { ENGLISH[place] }
                });
                said.collect::<Vec<_>>().join(if chinese { "" } else { " " })
            })
            .collect();
        pairs.join(if chinese { "，" } else { ", " })
    }
}

const CHINESE: [&str; 10] = ["零", "幺", "二", "三", "四", "五", "六", "七", "八", "九"];
const ENGLISH: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The digits of a number as the line or the caller gives it; a number of another country keeps its
/// country code without the plus sign.
fn digits(number: &str) -> String {
    let user = number.split('@').next().unwrap_or_default();
    let user = user.rsplit(':').next().unwrap_or_default();
    nlu::normal::fold(user).chars().filter(char::is_ascii_digit).take(LONGEST).collect()
}
