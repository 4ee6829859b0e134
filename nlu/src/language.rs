//! Which language a message is in, among those the pack speaks. Short and mixed text included:
//! "办个 residence permit 要多久" is Chinese, "how do I get a 居住证" is English.

use unic_langid::{LanguageIdentifier, langid};

use crate::script::{Script, is_han, runs};

/// The language of a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Chinese or English, by its script.
    Language(LanguageIdentifier),
    /// Digits, signs or nothing: no language can be told.
    Unclear,
    /// Another script than those.
    Foreign,
}

/// Tells the language by script: one Chinese character weighs as much as one word.
pub fn of(folded: &str) -> Heard {
    let mut han = 0usize;
    let mut latin = 0usize;
    let mut foreign = 0usize;
    for (script, run) in runs(folded) {
        match script {
            Script::Han => han += run.chars().count(),
            Script::Word if run.chars().all(|c| c.is_ascii_digit()) => {}
            Script::Word if run.chars().any(is_other_script) => foreign += run.chars().count(),
            Script::Word => latin += 1,
        }
    }
    // Japanese mixes Han with kana: any kana beside Han makes it foreign.
    if foreign > 0 && foreign >= latin + if foreign > han / 4 { 0 } else { han } {
        Heard::Foreign
    } else if han > 0 && han >= latin {
        Heard::Language(langid!("zh"))
    } else if latin > 0 {
        Heard::Language(langid!("en"))
    } else {
        Heard::Unclear
    }
}

/// Letters beyond Latin ones and Chinese.
fn is_other_script(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) && c > '\u{024F}' && !('\u{1E00}'..='\u{1EFF}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let heard = match of(&crate::normal::fold(text)) {
            Heard::Language(language) => language.to_string(),
            Heard::Unclear => "unclear".into(),
            Heard::Foreign => "foreign".into(),
        };
        assert_eq!(heard, expected, "{text}");
    }

    #[test]
    fn short_and_mixed_text_is_told() {
        check("医保", "zh");
        check("办个 residence permit 要多久", "zh");
        check("how do I get a 居住证", "en");
        check("hi", "en");
        check("ＩＤ　card", "en");
        check("12345", "unclear");
        check("👍", "unclear");
        check("Где получить паспорт?", "foreign");
        check("パスポートはどこですか", "foreign");
        check("여권은 어디서", "foreign");
    }
}
