//! The language of a text, told from its script when nobody says it.

use nlu::{LanguageIdentifier, langid};

/// The language whose script most letters are of; English, if none is clear.
pub(super) fn of(text: &str) -> LanguageIdentifier {
    let mut letters = 0_usize;
    let mut counts = [0_usize; 8];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let script = match c {
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' => 0,
            '\u{3040}'..='\u{30ff}' => 1,
            '\u{ac00}'..='\u{d7a3}' => 2,
            '\u{0400}'..='\u{04ff}' => 3,
            '\u{0600}'..='\u{06ff}' => 4,
            '\u{0e00}'..='\u{0e7f}' => 5,
            '\u{0370}'..='\u{03ff}' => 6,
            _ => 7,
        };
        counts[script] += 1;
    }
    let share = |count: usize, percent: usize| count * 100 >= letters.max(1) * percent;
    match counts {
        // Japanese writes Han and kana together.
        [han, kana, ..] if share(kana, 10) && kana * 8 > han => langid!("ja"),
        // A Han character says as much as a word of letters.
        [han, ..] if share(han, 20) => langid!("zh"),
        [_, _, hangul, ..] if share(hangul, 30) => langid!("ko"),
        [_, _, _, cyrillic, ..] if share(cyrillic, 30) => langid!("ru"),
        [_, _, _, _, arabic, ..] if share(arabic, 30) => langid!("ar"),
        [_, _, _, _, _, thai, ..] if share(thai, 30) => langid!("th"),
        [_, _, _, _, _, _, greek, _] if share(greek, 30) => langid!("el"),
        _ => langid!("en"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_from_its_script() {
        for (text, expected) in [
            ("居住证怎么办", "zh"),
            ("使用 Word 2016 打开申请表", "zh"),
            ("How do I get 居 a permit?", "en"),
            ("在留カードの申請について", "ja"),
            ("거주증 신청", "ko"),
            ("Вид на жительство", "ru"),
            ("12345", "en"),
        ] {
            assert_eq!(of(text).to_string(), expected, "{text}");
        }
    }
}
