//! What the model is told before it hears: words that are likely, and how they are written.
//!
//! The model takes a prompt for what was said before, and goes on in its manner: with simplified
//! characters, with digits as figures, with names as they are spelled there. A prompt costs time for
//! each of its tokens, so it is short.

use super::{Asked, Expecting, PROMPT_CHARACTERS};
use crate::LanguageIdentifier;

/// What stands before the transcript in a language.
pub fn prompt(asked: &Asked, language: &LanguageIdentifier) -> String {
    let code = language.language.as_str();
    let words: String = asked
        .prompts
        .iter()
        .find(|(spoken, _)| spoken.language == language.language)
        .map_or("", |(_, words)| words)
        .chars()
        .take(PROMPT_CHARACTERS)
        .collect();
    let manner = manner(code, asked.expecting);
    match (words.is_empty(), manner.is_empty()) {
        (true, _) => manner.to_owned(),
        (_, true) => words,
        _ => format!("{words} {manner}"),
    }
}

/// How what is expected is written.
fn manner(language: &str, expecting: Expecting) -> &'static str {
    match (language, expecting) {
        ("zh", Expecting::Anything) => "以下是普通话的句子。",
        ("zh", Expecting::YesNo) => "是。不是。对。好的。不用了。",
        ("zh", Expecting::Choice) => "第一个。第二个。第三个。都不是。",
        ("zh", Expecting::Digits) => "以下是普通话的句子。",
        ("zh", Expecting::Date) => "3月5日。下周一。2024年11月2日。",
        ("en", Expecting::YesNo) => "Yes. No. Yes, please. No, thanks.",
        ("en", Expecting::Choice) => "The first one. The second one. The third. None of them.",
        ("en", Expecting::Date) => "5 March. Next Monday. 2 November 2024.",
        _ => "",
    }
}
