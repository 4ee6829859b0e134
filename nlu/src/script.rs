//! Runs of characters: where Chinese begins and ends in a text, and where words do.

use regex::Regex;

/// What kind of characters a run holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Chinese characters.
    Han,
    /// Letters and digits that are written in words.
    Word,
}

/// Whether a character is Chinese.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '\u{3005}' | '\u{3007}')
}

/// The runs of a folded text, in order; what lies between them (spaces, signs) is left out.
/// An apostrophe inside a word belongs to it.
pub fn runs(text: &str) -> Vec<(Script, &str)> {
    let mut runs = Vec::new();
    let mut open: Option<(Script, usize)> = None;
    for (at, c) in text.char_indices() {
        let kind = if is_han(c) {
            Some(Script::Han)
        } else if c.is_alphanumeric() || (c == '\'' && matches!(open, Some((Script::Word, _)))) {
            Some(Script::Word)
        } else {
            None
        };
        if let Some((script, start)) = open
            && kind != Some(script)
        {
            runs.push((script, &text[start..at]));
            open = None;
        }
        if let (None, Some(script)) = (open, kind) {
            open = Some((script, at));
        }
    }
    if let Some((script, start)) = open {
        runs.push((script, &text[start..]));
    }
    runs
}

/// A pattern in which `\b` is where a word of letters and digits ends, as in "7pm开门", where a
/// Chinese character follows. (By itself a pattern takes that for part of the word.)
///
/// # Panics
/// For a pattern that is none: patterns are written by us and tested.
pub(crate) fn compile(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("patterns are tested")
}

/// Whether no English word goes on beyond either end of a part of a text. Chinese has no such
/// gaps: there every part stands alone.
pub fn stands_alone(text: &str, part: std::ops::Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let inside = &text[part.clone()];
    let joined = |a: Option<char>, b: Option<char>| letter(a) && letter(b);
    let before = joined(text[..part.start].chars().next_back(), inside.chars().next());
    let after = joined(inside.chars().next_back(), text[part.end..].chars().next());
    !before && !after
}

#[cfg(test)]
mod tests {
    use super::{Script::*, runs, stands_alone};

    #[test]
    fn mixed_text_falls_into_runs() {
        assert_eq!(
            runs("办个 residence permit, don't 要多久?"),
            [
                (Han, "办个"),
                (Word, "residence"),
                (Word, "permit"),
                (Word, "don't"),
                (Han, "要多久")
            ]
        );
        assert_eq!(runs(" ?! "), []);
    }

    #[test]
    fn words_end_where_letters_do() {
        assert!(stands_alone("my passport is", 3..11));
        assert!(!stands_alone("parishes", 0..5));
        assert!(stands_alone("办护照吗", 3..9));
    }
}
