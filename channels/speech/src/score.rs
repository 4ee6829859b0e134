//! How right transcripts are: error rates by the edit distance to what was said, over texts normalised
//! the same way. Where the sound comes from and what is printed is the asker's affair.
//!
//! **Normalised** means: as `nlu` folds texts to compare them (compatibility-composed, lower case,
//! traditional characters simplified); punctuation and symbols left out; for English an apostrophe
//! left out ("party's" is "partys"), a hyphen a space, and numbers up to ninety-nine as figures
//! ("seven" and "7" are one word; "twenty-one" is "21"); for Chinese the characters one by one
//! without spaces, digits as figures only in a row of digits. In a row of digits ("two two five",
//! "225", "幺幺九") nothing but the digits counts.

use crate::ears::digits_of;

/// What was said and what was heard of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair<'a> {
    /// What was said.
    pub said: &'a str,
    /// What was heard.
    pub heard: &'a str,
}

/// Errors among so many words or characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Errors {
    /// Words or characters put in, left out or changed.
    pub errors: usize,
    /// Words or characters that were said.
    pub of: usize,
}

impl Errors {
    /// The error rate; more than 1 is possible. 0 where nothing was said and nothing heard.
    pub fn rate(&self) -> f64 {
        self.errors as f64 / self.of.max(1) as f64
    }

    /// Those of two together.
    pub fn and(self, other: Errors) -> Errors {
        Errors { errors: self.errors + other.errors, of: self.of + other.of }
    }
}

/// Errors in the words of an English row. A row of digits counts by digits.
pub fn words(pair: &Pair) -> Errors {
    if let Some(said) = digits_of(pair.said) {
        return distance(&characters_of(&said), &characters_of(&digits_heard(pair.heard)));
    }
    distance(&words_of(pair.said), &words_of(pair.heard))
}

/// Errors in the characters of a Chinese row. A row of digits counts by digits.
pub fn characters(pair: &Pair) -> Errors {
    if let Some(said) = digits_of(pair.said) {
        return distance(&characters_of(&said), &characters_of(&digits_heard(pair.heard)));
    }
    distance(&characters_of(pair.said), &characters_of(pair.heard))
}

/// Whether a row of digits was heard exactly; none if `said` is no row of digits.
pub fn digits_exact(pair: &Pair) -> Option<bool> {
    digits_of(pair.said).map(|said| digits_of(pair.heard).is_some_and(|heard| said == heard))
}

/// The digits heard; of what is no row of digits, what is in it, so that other words count as errors.
fn digits_heard(heard: &str) -> String {
    digits_of(heard).unwrap_or_else(|| characters_of(heard).into_iter().collect())
}

fn characters_of(text: &str) -> Vec<char> {
    nlu::normal::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn words_of(text: &str) -> Vec<String> {
    let folded = nlu::normal::fold(text).replace('\'', "");
    let mut words: Vec<String> = Vec::new();
    let mut tens = false;
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let figure = figure(word);
        let one = figure.filter(|value| (1..10).contains(value));
        if let (true, Some(one), Some(last)) = (tens, one, words.last_mut()) {
            // "twenty" and "one" are one word.
            last.pop();
            last.push_str(&one.to_string());
            tens = false;
            continue;
        }
        tens = figure.is_some_and(|value| value >= 20)
            && !word.starts_with(|c: char| c.is_ascii_digit());
        words.push(figure.map_or_else(|| word.to_owned(), |value| value.to_string()));
    }
    words
}

/// The value of a number's word.
fn figure(word: &str) -> Option<u32> {
    // "o" and "oh" are words of their own outside rows of digits, and so is "hundred".
    if matches!(word, "o" | "oh" | "hundred" | "thousand") || !word.is_ascii() {
        return None;
    }
    digits_of(word).filter(|digits| digits.len() <= 2).and_then(|digits| digits.parse().ok())
}

/// Levenshtein's distance.
fn distance<T: PartialEq>(said: &[T], heard: &[T]) -> Errors {
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (at, one) in said.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (place, other) in heard.iter().enumerate() {
            let changed = diagonal + usize::from(one != other);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(row[place] + 1).min(diagonal + 1);
        }
    }
    Errors { errors: row[heard.len()], of: said.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pair<'a>(said: &'a str, heard: &'a str) -> Pair<'a> {
        Pair { said, heard }
    }

    #[test]
    fn spelling_is_no_error() {
        for (said, heard) in [
            ("Your party's first name.", "your partys FIRST name"),
            ("seven of clubs", "7 of clubs."),
            ("twenty-one days", "21 days"),
            ("open-source", "open source"),
        ] {
            assert_eq!(words(&pair(said, heard)).errors, 0, "{said} / {heard}");
        }
        assert_eq!(characters(&pair("换一首歌", "換一首歌。")).errors, 0);
        assert_eq!(
            digits_exact(&pair("two two five zero one seven", "2, 2, 5, 0, 1, 7.")),
            Some(true)
        );
        assert_eq!(digits_exact(&pair("two two five zero one seven", "22501")), Some(false));
        assert_eq!(digits_exact(&pair("the number is busy", "")), None);
    }

    #[test]
    fn errors_are_counted() {
        let heard = words(&pair("save the message to", "say this message"));
        assert_eq!(heard, Errors { errors: 3, of: 4 });
        assert_eq!(heard.and(Errors { errors: 0, of: 4 }).rate(), 0.375);
        assert_eq!(
            characters(&pair("各位观众晚上好", "各位观众玩笑好")),
            Errors { errors: 2, of: 7 }
        );
        assert_eq!(words(&pair("two two five", "two five five five")), Errors { errors: 2, of: 3 });
    }

    proptest! {
        #[test]
        fn a_text_is_no_error_of_itself_and_silence_is_all_errors(text in ".{0,60}") {
            for count in [words, characters] {
                let whole = count(&pair(&text, &text));
                prop_assert_eq!(whole.errors, 0);
                prop_assert_eq!(count(&pair(&text, "")), Errors { errors: whole.of, of: whole.of });
            }
        }
    }
}
