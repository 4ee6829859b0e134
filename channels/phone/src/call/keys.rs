//! The keys of a telephone: the same everywhere, beside what is offered at the moment.

use super::{Call, Command, Note, Pace, Stage};

impl Call {
    /// A key was pressed: the sound stops, and what the key means is done.
    pub(super) fn keyed(&mut self, key: char) {
        self.by_keys = true;
        self.silences = 0;
        self.stop();
        self.unfinished = None;
        if self.stage == Stage::Number && self.number_keyed(key) {
            return self.out.push(Command::Note(Note::Key('·')));
        }
        self.out.push(Command::Note(Note::Key(key)));
        match key {
            '0' => self.call_a_person(),
            '*' if self.up() => {}
            '*' => self.again(),
            '#' if self.told.has_more() => self.next_part(),
            '#' => self.again(),
            '1'..='4' if self.choose(key as usize - '1' as usize) => {}
            '5' => self.open_menu(),
            '7' => self.change_pace(match self.pace {
                Pace::Usual => Pace::Slow,
                Pace::Slow => Pace::Usual,
            }),
            '8' => {
                let next = self.next_language();
                self.switch_to(&next);
            }
            '9' => self.leave(),
            _ => self.wrong_key(),
        }
    }

    /// Says what can be chosen, or what the keys do where nothing is offered.
    fn wrong_key(&mut self) {
        let offered = self.offered.clone();
        let stage = self.stage.clone();
        self.say_alone("no-such-key");
        if offered.is_empty() {
            self.say("help-keys", &[]);
        } else {
            self.announce(offered);
        }
        self.stage = stage;
    }
}
