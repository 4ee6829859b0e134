//! When nothing comes: other words first, then keys, then a person; after that the call waits, and
//! says now and then that it does. Nobody is hung up on.

use super::{Call, Command, Note, Pace, Stage};
use std::time::Duration;

/// The bot answers within this time, or the caller hears that it thinks.
pub(super) const A_MOMENT: Duration = Duration::from_millis(2_500);
/// How long somebody who is looking for words is left alone.
pub(super) const THINKING: Duration = Duration::from_secs(12);

const SILENCE: Duration = Duration::from_secs(6);
const SLOW_SILENCE: Duration = Duration::from_secs(10);
/// "Wait" holds for two minutes, and then once more.
const HOLD: Duration = Duration::from_secs(120);
/// Between two digits of a number.
const BETWEEN_DIGITS: Duration = Duration::from_secs(5);
/// After goodbye: who has something more to say can say it.
const AFTER_GOODBYE: Duration = Duration::from_secs(5);
/// When a person was offered and nothing came.
const STILL_HERE: Duration = Duration::from_secs(60);

impl Call {
    /// From now on the caller is waited for.
    pub(super) fn wait_for_the_caller(&mut self) {
        let silence = match (&self.stage, self.pace) {
            (Stage::Holding, _) => HOLD,
            (Stage::Leaving, _) => AFTER_GOODBYE,
            (Stage::Number, _) if !self.number.is_empty() => BETWEEN_DIGITS,
            _ if self.silences >= 3 => STILL_HERE,
            (_, Pace::Slow) => SLOW_SILENCE,
            (_, Pace::Usual) => SILENCE,
        };
        self.silence_ends = (self.stage != Stage::Transferring).then(|| self.now + silence);
    }

    /// A deadline has come.
    pub(super) fn time(&mut self) {
        if self.typing_ends.is_some_and(|ends| ends <= self.now) {
            self.typing_ends = None;
            if let Some(message) = self.typing.finish() {
                self.typed_message(message);
            }
        }
        if self.silence_ends.is_some_and(|ends| ends <= self.now) {
            self.silence_ends = None;
            self.silent();
        }
    }

    fn silent(&mut self) {
        match self.stage {
            // Also while an answer is waited for: who keys a number is not told to be patient.
            Stage::Number if !self.number.is_empty() => self.number_ends(),
            _ if self.waiting.is_some() => self.say("moment", &[]),
            Stage::Leaving => self.out.push(Command::HangUp),
            Stage::Holding => {
                self.say_alone("still-holding");
                self.stage = Stage::Holding;
            }
            _ => self.nothing_came(),
        }
    }

    fn nothing_came(&mut self) {
        self.silences = self.silences.saturating_add(1);
        self.out.push(Command::Note(Note::Silence(self.silences)));
        if self.is_full() {
            return self.leave();
        }
        let offered = self.offered.clone();
        let stage = self.stage.clone();
        match self.silences {
            1 if stage == Stage::Listening && self.has_ears() => {
                let example = self.example();
                self.begin();
                self.say("silent-first", &[("example", &example)]);
                self.offered = offered;
            }
            1 => self.again(),
            2 if offered.is_empty() || stage == Stage::Listening => {
                self.begin();
                self.say("silent-keys", &[]);
                self.menu_follows();
            }
            2 => {
                self.begin();
                self.announce(offered);
            }
            3 => {
                self.begin();
                self.offer_a_person();
            }
            _ => {
                self.begin();
                self.say("still-here", &[]);
                self.say("person-key", &[]);
                self.offered = offered;
            }
        }
    }
}
