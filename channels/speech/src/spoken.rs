//! Any text as people say it: numbers in words, each kind in its own way, letters spelled, signs
//! gone. Most replies come with their facts in words already; what is left of digits and signs in
//! names, addresses and prose is dealt with here. How words sound is `phonemes`' affair.

mod letters;
mod near;
mod numbers;
mod say;
mod signs;

use knowledge::fact::Tongue;
use nlu::{LanguageIdentifier, script::is_han};

use near::Near;

/// The text as it is said, a sentence after another. Digits in a sentence are said in that
/// sentence's language, and in `language` where it does not show.
pub fn spoken(text: &str, language: &LanguageIdentifier) -> String {
    let usual = match Tongue::of(language) {
        Tongue::Chinese => Tongue::Chinese,
        Tongue::English | Tongue::Other => Tongue::English,
    };
    let text = signs::plain(text);
    let mut out = String::new();
    for sentence in sentences(&text) {
        let tongue = tongue_of(sentence, usual);
        signs::append(&mut out, &said(sentence, tongue), tongue);
    }
    out
}

/// One sentence in words.
fn said(sentence: &str, tongue: Tongue) -> String {
    let mut words = String::new();
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        let near = Near { before: &sentence[..at], rest: &sentence[at..], tongue };
        let found = numbers::say(&near).or_else(|| letters::say(&near));
        let (part, used) = found.unwrap_or_else(|| (signs::say(&near, c), c.len_utf8()));
        signs::join(&mut words, &part);
        at += used;
    }
    // What the rules left: digits of other scripts, long numbers inside words.
    let left = words.contains(|c: char| c.is_ascii_digit());
    if left { words.chars().map(|c| say::digit_alone(c, tongue)).collect() } else { words }
}

/// Cut after what ends a sentence. A full stop before a number or a
/// small letter is an abbreviation's: No. 5.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let end = at + c.len_utf8();
        let after = text[end..].trim_start().chars().next();
        let ends = match c {
            '。' | '！' | '？' | '；' | '\n' => true,
            '.' | '!' | '?' => {
                next.is_some_and(char::is_whitespace)
                    && !after.is_some_and(|c| c.is_ascii_digit() || c.is_ascii_lowercase())
            }
            _ => false,
        };
        if ends {
            out.push(&text[start..end]);
            start = end;
        }
    }
    out.push(&text[start..]);
    out
}

/// What a sentence is in: one script alone shows it, else it is the text's.
fn tongue_of(sentence: &str, usual: Tongue) -> Tongue {
    let han = sentence.contains(is_han);
    let words = sentence.split(|c: char| !c.is_ascii_alphabetic());
    let words =
        words.filter(|w| w.len() > 2 && w.contains(|c: char| c.is_ascii_lowercase())).count();
    match (han, words) {
        (true, 0) => Tongue::Chinese,
        (false, 2..) => Tongue::English,
        _ => usual,
    }
}

#[cfg(test)]
mod tests;
