//! Normalising: `clean` makes outside text safe to show, `fold` makes two spellings of the same
//! words equal. Neither looks at meaning.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Marks that one letter may carry; more is decoration meant to break lines ("zalgo").
const MARKS: usize = 2;

/// The text without control, bidirectional and invisible characters and without stacked marks.
/// Line breaks stay; `\r\n` and tabs become `\n` and a space.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            c if c.is_control() || is_hidden(c) || marks > MARKS => {}
            c => out.push(c),
        }
    }
    out
}

/// The form in which texts are compared: cleaned, compatibility-composed (full-width becomes
/// half-width), lower case, traditional characters simplified, white space single.
pub fn fold(text: &str) -> String {
    let composed: String = clean(text).nfkc().collect::<String>().to_lowercase();
    let simple = simplified(&composed);
    let mut out = String::with_capacity(simple.len());
    for c in simple.chars() {
        match c {
            '\u{2018}' | '\u{2019}' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text with its traditional characters simplified, and nothing else changed.
pub fn simplified(text: &str) -> String {
    fast2s::convert(text)
}

/// Characters that show nothing or turn the direction of what follows.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{clean, fold};

    fn check(text: &str, folded: &str) {
        assert_eq!(fold(text), folded);
    }

    #[test]
    fn spellings_of_the_same_words_are_equal() {
        check("居住證", "居住证");
        check("ＩＤ　ｃａｒｄ", "id card");
        check("  Don’t\tknow \r\n", "don't know");
        check("醫\u{200B}保", "医保");
    }

    #[test]
    fn what_turns_or_hides_text_is_taken_out() {
        assert_eq!(clean("a\u{202E}b\u{0}c\nd"), "abc\nd");
        assert_eq!(clean("e\u{301}\u{302}\u{303}\u{304}").chars().count(), 3);
    }

    proptest! {
        #[test]
        fn folding_is_total_and_settles(text in "\\PC{0,60}|.{0,60}") {
            let once = fold(&text);
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' '));
            let _ = fold(&once);
        }
    }
}
