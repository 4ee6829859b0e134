//! The call's own sentences. What the city publishes, and what the bot says, comes with the answers.

use bot::{LanguageIdentifier, phrasebook::Phrasebook};
use nlu::langid;

const FILES: &[(LanguageIdentifier, &str)] = &[
    (langid!("en"), include_str!("../../phrases/en.ftl")),
    (langid!("zh"), include_str!("../../phrases/zh.ftl")),
];

/// All sentences, in all languages.
pub(crate) fn book() -> Phrasebook {
    Phrasebook::of(FILES)
}

/// The sentences that hold nothing of one call, so that they can be made into sound beforehand.
pub(crate) const FIXED: &[&str] = &[
    "ask",
    "ask-by-keys",
    "ask-in-text",
    "person-key",
    "language-now",
    "help-keys",
    "more",
    "anything-else",
    "moment",
    "listening",
    "which",
    "by-office",
    "no-such-key",
    "slower-now",
    "usual-now",
    "louder-now",
    "hold",
    "still-holding",
    "stopped",
    "missed-keys",
    "silent-keys",
    "still-here",
    "person-offer",
    "call-back-offer",
    "failed",
    "busy",
    "transferring",
    "not-reached",
    "number-ask",
    "number-ask-aloud",
    "number-short",
    "number-kept",
    "goodbye",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fixed_sentence_needs_nothing_filled_in() {
        let book = book();
        for (language, _) in FILES {
            for id in FIXED {
                let said = book.say(language, id, &[]);
                assert!(!said.contains('{') && !said.contains('$'), "{language} {id}: {said}");
            }
        }
    }
}
