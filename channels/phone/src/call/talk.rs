//! The flow of talk: greeting, what the caller says and types, what is said back, and again.

use super::wishes::{self, Wish};
use super::{Ability, Call, Command, Note, Pace, Stage, Waiting, typing};
use crate::leg::House;
use bot::{LanguageIdentifier, Message, Via, Welcome};
use std::time::Duration;

/// A pause after a key, so that what follows is not drowned by its tone.
const AFTER_KEY: Duration = Duration::from_millis(500);
/// A pause between sentences for those who want it slower.
const BREATH: Duration = Duration::from_millis(500);
/// Who speaks on within this time of an answer's beginning has not said all of the question.
const SPOKE_ON: Duration = Duration::from_millis(1_200);

impl Call {
    /// Who is speaking, that it is a machine, and what can be done.
    pub(super) fn greet(&mut self) {
        if self.setting.house == House::Full {
            return self.tell_that_the_house_is_full();
        }
        self.begin();
        let welcome = self.welcome().clone();
        self.say("hello", &[("name", &welcome.name)]);
        if let Some(banner) = &welcome.banner {
            self.line(banner.clone());
        }
        if self.setting.recording == Ability::Present {
            self.say("recorded", &[]);
        }
        self.ask_for_a_question();
        self.offer_keys_and_languages();
        self.say("person-key", &[]);
        self.stage = Stage::Listening;
    }

    fn ask_for_a_question(&mut self) {
        let ears = self.setting.ears == Ability::Present;
        self.say(if ears { "ask" } else { "ask-by-keys" }, &[]);
        if self.has_text {
            let text = self.phrase("ask-in-text", &[]);
            self.out.push(Command::Type(format!("{text}\n")));
        }
    }

    /// The caller surely speaks: silence at once. Who speaks before the answer has come, or when it
    /// has hardly begun, is still asking.
    pub(super) fn began(&mut self) {
        self.hears = true;
        self.silence_ends = None;
        let hardly_begun = |(_, at): &(String, Duration)| self.now.saturating_sub(*at) < SPOKE_ON;
        self.unfinished = match &self.waiting {
            Some(waiting) => Some(waiting.text.clone()),
            None => self.asked.take().filter(hardly_begun).map(|(text, _)| text),
        };
        if self.is_talking {
            self.was_cut = true;
            self.stop();
        }
    }

    /// What the caller said.
    pub(super) fn spoke(&mut self, text: &str, others: Vec<String>) {
        self.hears = false;
        let unfinished = self.unfinished.take();
        if text.trim().is_empty() {
            return self.was_nothing();
        }
        self.by_keys = false;
        self.silences = 0;
        let text = match unfinished {
            Some(begun) if wishes::is_question(text) => {
                self.waiting = None;
                self.held = None;
                format!("{begun} {text}")
            }
            _ => text.to_owned(),
        };
        self.heard(Message { others, ..Message::new(text, Via::Spoken) });
        if let Some((result, presence)) = self.held.take() {
            self.answer(result, presence);
        }
    }

    /// It was a cough or a noise: what was being said goes on.
    fn was_nothing(&mut self) {
        if let Some((result, presence)) = self.held.take() {
            self.answer(result, presence);
        } else if std::mem::take(&mut self.was_cut) {
            self.again();
        } else if self.waiting.is_none() {
            self.wait_for_the_caller();
        }
    }

    pub(super) fn unheard(&mut self) {
        self.hears = false;
        self.held = None;
        self.miss(None);
    }

    /// Characters as they are typed.
    pub(super) fn typed(&mut self, characters: &str) {
        let messages = self.typing.take(characters);
        self.typing_ends = self.typing.is_under_way().then(|| self.now + typing::PAUSE);
        self.silence_ends = None;
        for message in messages {
            self.typed_message(message);
        }
        if self.typing_ends.is_none() && self.waiting.is_none() && !self.is_talking {
            self.wait_for_the_caller();
        }
    }

    pub(super) fn typed_message(&mut self, text: String) {
        self.by_keys = false;
        self.silences = 0;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            // One character that stands on a key is that key.
            (Some(key), None) if key.is_ascii_digit() || key == '*' || key == '#' => {
                self.keyed(key)
            }
            _ => self.heard(Message::new(text, Via::Typed)),
        }
    }

    /// Something was said, however it came.
    fn heard(&mut self, message: Message) {
        let was_cut = std::mem::take(&mut self.was_cut);
        if self.stage == Stage::Number && self.number_said(&message.text) {
            return;
        }
        match wishes::of(&message.text) {
            Some(wish) if self.fulfil(&wish, was_cut) => {
                self.out.push(Command::Note(Note::Wish(name(&wish).to_owned())));
            }
            _ => self.ask(message),
        }
    }

    /// Does what was wished of the call; says so where it is the bot's affair after all.
    fn fulfil(&mut self, wish: &Wish, was_cut: bool) -> bool {
        match wish {
            Wish::Repeat => self.again(),
            Wish::Slower => self.change_pace(Pace::Slow),
            Wish::Faster => self.change_pace(Pace::Usual),
            Wish::Louder => {
                self.out.push(Command::Louder);
                self.say_before_it_again("louder-now");
            }
            Wish::GoOn if self.told.has_more() => self.next_part(),
            Wish::GoOn if was_cut => self.again(),
            Wish::Wait => self.hold(),
            Wish::Stop => {
                self.begin();
                self.say("stopped", &[]);
                self.stage = Stage::Listening;
            }
            Wish::Goodbye => self.leave(),
            Wish::Yes | Wish::No if self.stage == Stage::Asking => {
                let place = usize::from(*wish == Wish::No);
                return self.choose(place);
            }
            // "Anything else?" "No."
            Wish::No if self.stage == Stage::Listening && self.told.was_told() => self.leave(),
            Wish::Choose(place) if matches!(self.stage, Stage::Menu(_) | Stage::Asking) => {
                return self.choose(*place);
            }
            Wish::Keys => self.open_menu(),
            Wish::WhichKeys => self.say_alone("help-keys"),
            Wish::Language(language) => return self.switch_to(language),
            Wish::Thinking => self.let_think(),
            _ => return false,
        }
        true
    }

    /// Asks the bot.
    pub(super) fn ask(&mut self, message: Message) {
        self.stop();
        self.questions += 1;
        let number = self.questions;
        self.waiting = Some(Waiting { number, text: message.text.clone() });
        self.silence_ends = Some(self.now + super::silence::A_MOMENT);
        self.out.push(Command::Ask { number, message });
    }

    /// All that was to be said has been said.
    pub(super) fn quiet(&mut self) {
        self.is_talking = false;
        self.was_cut = false;
        match self.stage {
            _ if self.hears || self.waiting.is_some() => {}
            Stage::Transferring => self.out.push(Command::Transfer),
            _ => self.wait_for_the_caller(),
        }
    }

    /// Says what was said last once more.
    pub(super) fn again(&mut self) {
        let lines = std::mem::take(&mut self.last);
        self.begin();
        for (language, text) in lines {
            self.line_in(language, text);
        }
        if self.last.is_empty() {
            self.ask_for_a_question();
        }
    }

    fn say_before_it_again(&mut self, id: &str) {
        let lines = std::mem::take(&mut self.last);
        self.begin();
        self.say(id, &[]);
        // What is said again is not said with the sentence that comes before it.
        self.last.clear();
        for (language, text) in lines {
            self.line_in(language, text);
        }
    }

    /// Slower or at the usual pace, and the part that was told in smaller ones.
    pub(super) fn change_pace(&mut self, pace: Pace) {
        self.pace = pace;
        let id = if pace == Pace::Slow { "slower-now" } else { "usual-now" };
        if self.told.cut_anew(pace) {
            self.begin();
            self.say(id, &[]);
            self.part_follows();
        } else {
            self.say_before_it_again(id);
        }
    }

    fn hold(&mut self) {
        self.say_alone("hold");
        self.stage = Stage::Holding;
    }

    /// The caller looks for words: nothing is said, and nobody is hurried.
    fn let_think(&mut self) {
        self.silence_ends = Some(self.now + super::silence::THINKING);
    }

    /// Speaks another language from now on, where the city speaks it.
    pub(super) fn switch_to(&mut self, language: &LanguageIdentifier) -> bool {
        let known = self.setting.city.iter().map(|city| &city.welcome.language);
        let known = known.into_iter().find(|known| known.language == language.language).cloned();
        let Some(language) = known else { return false };
        self.language = language;
        self.say_alone("language-now");
        self.stage = Stage::Listening;
        true
    }

    /// The language after this one.
    pub(super) fn next_language(&self) -> LanguageIdentifier {
        let city = &self.setting.city;
        let at = city.iter().position(|city| city.welcome.language == self.language);
        let next = at.map_or(0, |at| (at + 1) % city.len());
        city[next].welcome.language.clone()
    }

    pub(super) fn leave(&mut self) {
        self.say_alone("goodbye");
        self.stage = Stage::Leaving;
    }

    // --- saying ------------------------------------------------------------------------------

    /// Something new is going to be said: what was being said is dropped.
    pub(super) fn begin(&mut self) {
        self.stop();
        self.last.clear();
        self.offered.clear();
        self.silence_ends = None;
        if self.by_keys {
            self.out.push(Command::Rest(AFTER_KEY));
        }
    }

    pub(super) fn stop(&mut self) {
        if std::mem::take(&mut self.is_talking) {
            self.out.push(Command::Stop);
        }
    }

    /// One sentence by itself.
    pub(super) fn say_alone(&mut self, id: &str) {
        self.begin();
        self.say(id, &[]);
    }

    /// A sentence of the call's own, in the caller's language.
    pub(super) fn say(&mut self, id: &str, args: &[(&str, &str)]) {
        let text = self.phrase(id, args);
        if self.has_text {
            self.out.push(Command::Type(format!("{text}\n")));
        }
        self.line(text);
    }

    pub(super) fn phrase(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.setting.book.say(&self.language, id, args)
    }

    /// Says this, and remembers it as what was said.
    pub(super) fn line(&mut self, text: String) {
        self.line_in(self.language.clone(), text);
    }

    pub(super) fn line_in(&mut self, language: LanguageIdentifier, text: String) {
        if text.trim().is_empty() {
            return;
        }
        let pace = self.pace;
        self.out.push(Command::Say { text: text.clone(), language: language.clone(), pace });
        if pace == Pace::Slow {
            self.out.push(Command::Rest(BREATH));
        }
        self.last.push((language, text));
        self.is_talking = true;
        self.silence_ends = None;
    }

    pub(super) fn welcome(&self) -> &Welcome {
        let city = &self.setting.city;
        let here = city.iter().find(|city| city.welcome.language == self.language);
        &here.unwrap_or(&city[0]).welcome
    }
}

/// A wish's name in the call's story.
fn name(wish: &Wish) -> &'static str {
    match wish {
        Wish::Repeat => "repeat",
        Wish::Slower => "slower",
        Wish::Faster => "faster",
        Wish::Louder => "louder",
        Wish::GoOn => "go-on",
        Wish::Wait => "wait",
        Wish::Stop => "stop",
        Wish::Goodbye => "goodbye",
        Wish::Yes => "yes",
        Wish::No => "no",
        Wish::Choose(_) => "choose",
        Wish::Keys | Wish::WhichKeys => "keys",
        Wish::Language(_) => "language",
        Wish::Thinking => "thinking",
    }
}
