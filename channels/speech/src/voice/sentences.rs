//! A text cut into sentences, each short enough that its sound is soon made.

use crate::LanguageIdentifier;

/// Where a sentence is cut at a comma, if it goes on: what takes a voice about seven seconds. A wide
/// letter is a syllable and counts for three.
const LONG: usize = 110;
/// The same for the first, for which somebody waits in silence: about three seconds.
const FIRST: usize = 45;
/// Where it is cut whatever stands there.
const LONGEST: usize = 330;

/// One sentence to be said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sentence {
    text: String,
    language: LanguageIdentifier,
}

impl Sentence {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language it is said in; words of another may stand in it.
    #[must_use]
    pub fn language(&self) -> &LanguageIdentifier {
        &self.language
    }
}

/// The sentences of a text, in order; none is without a letter or digit.
#[must_use]
pub fn sentences(text: &str, language: &LanguageIdentifier) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut sentence = String::new();
    let mut length = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if !(c.is_whitespace() && sentence.is_empty()) {
            sentence.push(if c.is_whitespace() { ' ' } else { c });
            length += width(c);
        }
        let long = if out.is_empty() { FIRST } else { LONG };
        let closed = next.is_some_and(|next| "”’」』）)".contains(next));
        let ends = c == '\n'
            || (!closed && (ends_sentence(c, next) || (length >= long && is_comma(c, next))))
            || (length >= LONGEST && (c.is_whitespace() || width(c) > 1));
        if ends {
            finish(&mut sentence, language, &mut out);
            length = 0;
        }
    }
    finish(&mut sentence, language, &mut out);
    out
}

fn finish(sentence: &mut String, language: &LanguageIdentifier, out: &mut Vec<Sentence>) {
    let text = std::mem::take(sentence);
    if text.chars().any(char::is_alphanumeric) {
        out.push(Sentence { text: text.trim().to_owned(), language: language.clone() });
    }
}

fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' | '；' | '…' => true,
        '.' | '!' | '?' | ';' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn is_comma(c: char, next: Option<char>) -> bool {
    matches!(c, '，' | '、' | '：')
        || (matches!(c, ',' | ':') && next.is_none_or(char::is_whitespace))
}

fn width(c: char) -> usize {
    if c >= '\u{2e80}' { 3 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlu::langid;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        sentences(text, &langid!("zh")).iter().map(|s| s.text().to_owned()).collect()
    }

    #[test]
    fn a_text_is_cut_where_people_breathe() {
        assert_eq!(cut("请带身份证。要多少钱？120元"), ["请带身份证。", "要多少钱？", "120元"]);
        assert_eq!(
            cut("It costs 12.50 yuan. Pay by card."),
            ["It costs 12.50 yuan.", "Pay by card."]
        );
        assert_eq!(cut("他说：“可以。”然后走了。"), ["他说：“可以。”然后走了。"]);
        assert!(cut("。 … \n").is_empty());
        let long = "请带身份证原件和复印件，".repeat(12);
        assert!(cut(&long).len() > 2);
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_none_is_too_long(text in "(\\PC|[，。,. \\n]){0,600}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let cut = cut(&text);
            prop_assert_eq!(cut.iter().map(|s| letters(s)).collect::<String>(), letters(&text));
            for sentence in cut {
                prop_assert!(sentence.chars().any(char::is_alphanumeric));
            }
        }
    }
}
