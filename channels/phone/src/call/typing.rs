//! Real-time text as it is typed, put together to messages: a line ends one, and so does a pause.

use std::time::Duration;

/// After so long without a character, what was typed counts as said.
pub(crate) const PAUSE: Duration = Duration::from_secs(4);

/// Bytes of a message after which the rest is dropped: no question is as long, and a flood is none.
const LONGEST: usize = 8_000;

/// A line that is being typed.
#[derive(Debug, Default)]
pub(crate) struct Typing {
    line: String,
}

impl Typing {
    /// Takes characters as they come (T.140), and gives the messages that they end.
    pub(crate) fn take(&mut self, characters: &str) -> Vec<String> {
        let mut messages = Vec::new();
        for c in characters.chars() {
            match c {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => messages.extend(self.finish()),
                '\u{8}' | '\u{7f}' => {
                    self.line.pop();
                }
                // What was lost on the way can be seen to be missing.
                c if c.is_control() && c != '\t' => {}
                c if self.line.len() < LONGEST => self.line.push(c),
                _ => {}
            }
        }
        messages
    }

    /// Whether something stands there that is not ended.
    pub(crate) fn is_under_way(&self) -> bool {
        !self.line.trim().is_empty()
    }

    /// What stands there, as a message.
    pub(crate) fn finish(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_a_message_and_what_is_erased_is_gone() {
        let mut typing = Typing::default();
        assert!(typing.take("where is thx").is_empty());
        assert_eq!(typing.take("\u{8}e library?\r\n"), ["where is the library?"]);
        assert!(!typing.is_under_way());
        assert!(typing.take("护照").is_empty());
        assert_eq!(typing.finish().as_deref(), Some("护照"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_stays_bounded(texts in prop::collection::vec(any::<String>(), 0..20)) {
            let mut typing = Typing::default();
            for text in &texts {
                for message in typing.take(text) {
                    prop_assert!(!message.trim().is_empty());
                    prop_assert!(message.len() <= LONGEST + 4);
                }
            }
        }
    }
}
