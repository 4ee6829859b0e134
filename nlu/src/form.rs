//! The form of a question, whatever it is about: does it lean on something said before, does it name
//! a thing or only "the actor", is it a whole sentence? Each trait is a number, 0..=1, from which the
//! bot learns when to ask back. English; in other scripts the traits stay near nought.

use std::collections::BTreeSet;

/// How many traits there are.
pub const TRAITS: usize = 24;

/// What each trait is called, in order.
pub const NAMES: [&str; TRAITS] = [
    "length",
    "short",
    "wh-first",
    "wh-inside",
    "how-to",
    "yes-no",
    "opener",
    "question-mark",
    "person-pronoun",
    "it",
    "me",
    "you",
    "demonstrative",
    "dangling",
    "bare-demonstrative",
    "the",
    "the-unknown",
    "capitals",
    "new-capitals",
    "small-start",
    "digit",
    "possessive",
    "and",
    "new",
];

const WH: &[&str] = &["what", "who", "which", "how", "when", "where", "why", "whose", "whom"];
const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should",
    "shall", "may", "might", "has", "have", "had", "am", "isn't", "aren't", "don't", "doesn't",
    "didn't", "can't", "won't",
];
const PEOPLE: &[&str] =
    &["he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs"];
const ME: &[&str] = &["i", "me", "my", "mine", "i'm", "i've", "i'd", "we", "us", "our"];
const OPENERS: &[&str] = &[
    "and", "but", "so", "ok", "okay", "also", "then", "or", "well", "yes", "no", "thanks", "thank",
    "hi", "hello", "oh",
];
const DEMONSTRATIVES: &[&str] = &["this", "that", "these", "those"];
/// Words after "this" that are no noun.
const NO_NOUN: &[&str] = &["i", "you", "we", "it", "the", "a"];
/// Words after "the" that need nothing said before.
const ALWAYS_KNOWN: &[&str] = &[
    "first",
    "second",
    "third",
    "next",
    "last",
    "following",
    "same",
    "other",
    "best",
    "most",
    "main",
    "only",
    "way",
    "ways",
    "case",
    "rest",
    "more",
    "many",
    "number",
    "time",
    "world",
    "end",
    "name",
    "types",
    "type",
    "difference",
];

/// The traits of a question as written, after what was said before in the conversation.
pub fn form(question: &str, before: &str) -> [f32; TRAITS] {
    let words = words(&question.to_lowercase());
    let is =
        |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let any = |list: &[&str]| (0..words.len()).any(|at| is(at, list));
    let said: BTreeSet<String> =
        self::words(&before.to_lowercase()).iter().map(|word| stem(word)).collect();
    let new = |at: usize| words.get(at).is_some_and(|word| !said.contains(&stem(word)));
    let (mut demonstrative, mut dangling, mut the, mut the_unknown) = (0, 0, 0, 0);
    let mut bare = false;
    for at in 0..words.len() {
        let noun = at + 1 < words.len()
            && ![AUXILIARIES, PEOPLE, NO_NOUN].iter().any(|list| is(at + 1, list));
        if is(at, DEMONSTRATIVES) {
            demonstrative += usize::from(noun);
            dangling += usize::from(noun && new(at + 1));
            bare |= at + 1 == words.len() || is(at + 1, AUXILIARIES);
        }
        if words[at] == "the" && at + 1 < words.len() {
            the += 1;
            the_unknown += usize::from(new(at + 1) && !is(at + 1, ALWAYS_KNOWN));
        }
    }
    let capitals = capitals(question);
    let new_capitals = capitals.iter().filter(|word| !said.contains(&stem(&word.to_lowercase())));
    let long = |at: &usize| words[*at].chars().count() > 3 && !is(*at, WH) && !is(*at, AUXILIARIES);
    let content: Vec<usize> = (0..words.len()).filter(long).collect();
    let share_new = match content.len() {
        0 => 0.5,
        n => content.iter().filter(|at| new(**at)).count() as f32 / n as f32,
    };
    let wh_first = is(0, WH);
    let how_to = is(0, &["how"]) && is(1, &["to", "do", "can"]);
    let people = (0..words.len()).filter(|at| is(*at, PEOPLE)).count();
    let lower = question.to_lowercase().replace('’', "'");
    [
        ((words.len() as f32).ln_1p() / 4.0).min(1.0),
        yes(words.len() <= 4),
        yes(wh_first),
        yes(any(WH) && !wh_first),
        yes(how_to),
        yes(is(0, AUXILIARIES)),
        yes(is(0, OPENERS)),
        yes(question.trim_end().ends_with(['?', '？'])),
        up_to(people, 2),
        yes(any(&["it", "its"])),
        yes(any(ME)),
        yes(any(&["you", "your"])),
        up_to(demonstrative, 2),
        up_to(dangling, 2),
        yes(bare),
        up_to(the, 3),
        up_to(the_unknown, 2),
        up_to(capitals.len(), 3),
        up_to(new_capitals.count(), 2),
        yes(question.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)),
        yes(question.chars().any(|c| c.is_numeric())),
        yes(lower
            .split_whitespace()
            .any(|word| word.trim_end_matches(['?', ',', '.']).ends_with("'s"))),
        yes(words.iter().skip(1).any(|word| word == "and")),
        share_new,
    ]
}

fn yes(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn up_to(count: usize, most: usize) -> f32 {
    count.min(most) as f32 / most as f32
}

/// The words of a text in small letters, apostrophes kept.
fn words(text: &str) -> Vec<String> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '\'' || c == '’';
    let words = text.split(|c| !letters(c)).filter(|word| !word.is_empty());
    words.map(|word| word.replace('’', "'")).collect()
}

/// Enough of a stem to tell whether a thing was spoken of.
fn stem(word: &str) -> String {
    word.trim_end_matches("'s").trim_end_matches('s').to_owned()
}

/// Words with a capital that do not begin the text: names, most likely.
fn capitals(text: &str) -> Vec<String> {
    let mut all = words(text);
    if !all.is_empty() {
        all.remove(0);
    }
    all.retain(|word| {
        word.starts_with(|c: char| c.is_uppercase())
            && !["I", "I'm", "I've", "I'd"].contains(&word.as_str())
    });
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn has(question: &str, before: &str, name: &str) -> f32 {
        form(question, before)
            [NAMES.iter().position(|known| *known == name).expect("a trait's name")]
    }

    #[test]
    fn a_thing_never_spoken_of_dangles() {
        assert!(has("What is the origin of this breed?", "", "dangling") > 0.0);
        assert_eq!(
            has("What is the origin of this breed?", "Which breeds are there?", "dangling"),
            0.0
        );
        assert!(has("When was the actor born?", "", "the-unknown") > 0.0);
        assert_eq!(has("When was the actor born?", "An actor, surely.", "the-unknown"), 0.0);
    }

    #[test]
    fn questions_differ_in_form() {
        assert_eq!(has("Does it help?", "", "yes-no"), 1.0);
        assert_eq!(has("Does it help?", "", "it"), 1.0);
        assert_eq!(has("who is Ada Lovelace", "", "capitals"), 2.0 / 3.0);
        assert_eq!(has("And for my son?", "", "opener"), 1.0);
    }

    proptest! {
        #[test]
        fn traits_are_shares(question in "\\PC{0,60}", before in "\\PC{0,60}") {
            prop_assert!(form(&question, &before).iter().all(|t| (0.0..=1.0).contains(t)));
        }
    }
}
