//! What is asked of the index: a question, what else it may have been, what is known beside it; cut
//! into tokens, and which field counts how much for a question of this form.

use std::collections::BTreeMap;

use nlu::{
    Via,
    script::{Script, is_han, runs},
    sounds, tokens,
};

use super::{FIELDS, Field};

/// A question and what stands beside it; folded text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The question.
    pub text: &'a str,
    /// What else it may have been: further guesses of the ears, likeliest first.
    pub others: &'a [String],
    /// The asker's situation.
    pub beside: &'a str,
    /// What was said before: earlier questions and answers.
    pub earlier: &'a str,
    /// How the words came.
    pub via: Via,
}

/// What the sound of a typed word counts that no passage knows.
pub(super) const UNKNOWN: f32 = 1.0;

/// Tokens and how much each counts, in their order.
pub type Bag = Vec<(String, f32)>;

/// How much the parts of a question count: each is scaled by its own best passage, since a
/// situation of five sentences would drown a question of five words.
const QUESTION: f32 = 1.5;
const BESIDE: f32 = 1.0;
const EARLIER: f32 = 2.0;

impl Asked<'_> {
    /// The parts that say anything, cut for one field, and how much each counts.
    pub fn parts(&self, field: Field) -> Vec<(Bag, f32)> {
        let guesses: Vec<&str> =
            [self.text].into_iter().chain(self.others.iter().map(String::as_str)).collect();
        let parts = [
            (bag(field, &guesses), QUESTION),
            (bag(field, &[self.beside]), BESIDE),
            (bag(field, &[self.earlier]), EARLIER),
        ];
        parts.into_iter().filter(|(bag, _)| !bag.is_empty()).collect()
    }

    /// The sounds of the question's words in letters whose stems nobody knows.
    pub fn unknown(&self, known: impl Fn(&str) -> bool) -> Bag {
        let words = runs(self.text).into_iter().filter(|(script, _)| *script == Script::Word);
        let unknown =
            words.filter(|(_, word)| tokens::stem(word).is_some_and(|stem| !known(&stem)));
        let unknown: Vec<&str> = unknown.map(|(_, word)| word).collect();
        bag(Field::Sounds, &[&unknown.join(" ")])
    }

    /// How much each of [`Field::ALL`] counts, as it stands in the program. Sounds of typed words count
    /// only where nobody knows the words.
    pub fn weights(&self) -> [f32; FIELDS] {
        let mut weights = self.form().weights();
        let sounds = &mut weights[Field::Sounds as usize];
        *sounds = if *sounds > 0.0 { *sounds } else { UNKNOWN };
        weights
    }

    /// The form that decides what counts.
    pub fn form(&self) -> Form {
        match (self.text.chars().any(is_han), self.via) {
            (true, Via::Spoken) => Form::ChineseSpoken,
            (true, Via::Typed | Via::Keyed) => Form::Chinese,
            (false, Via::Spoken) => Form::EnglishSpoken,
            (false, Via::Typed | Via::Keyed) => Form::English,
        }
    }
}

/// What a token weighs in all guesses together: the most that any of them gives it. The second
/// guess counts half, the third a third.
fn bag(field: Field, guesses: &[&str]) -> Bag {
    let mut bag: BTreeMap<String, f32> = BTreeMap::new();
    for (place, guess) in guesses.iter().enumerate() {
        let mut counts: BTreeMap<String, f32> = BTreeMap::new();
        for token in cut(field, guess) {
            *counts.entry(token).or_default() += 1.0 / (place + 1) as f32;
        }
        for (token, weight) in counts {
            let known = bag.entry(token).or_default();
            *known = known.max(weight);
        }
    }
    bag.into_iter().collect()
}

/// Cuts folded text for a field; index and query alike.
pub fn cut(field: Field, folded: &str) -> Vec<String> {
    match field {
        Field::Words | Field::Parent => tokens::words(folded),
        Field::Pairs => tokens::pairs(folded),
        Field::Loose => tokens::loose(folded),
        Field::Grams => tokens::grams(folded),
        Field::Sounds => sounds::tokens(folded),
    }
}

/// The form of a question: its script, and whether it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Written Chinese, or Chinese with English words in it.
    Chinese,
    /// The same by voice.
    ChineseSpoken,
    /// Written in letters.
    English,
    /// The same by voice.
    EnglishSpoken,
}

impl Form {
    /// The weight of each of [`Field::ALL`]; docs/decisions/0008 tells how they were chosen.
    pub fn weights(self) -> [f32; FIELDS] {
        match self {
            Form::Chinese => [1.0, 1.0, 0.5, 0.0, 0.0, 2.0],
            Form::ChineseSpoken => [1.0, 1.0, 1.0, 0.0, 2.0, 3.0],
            Form::English => [3.0, 2.0, 1.0, 2.0, 0.0, 1.0],
            Form::EnglishSpoken => [3.0, 2.0, 1.0, 3.0, 1.0, 1.0],
        }
    }

    /// The fields of an article by which its passages are known, and how much each counts.
    pub fn parent(self) -> &'static [(Field, f32)] {
        match self {
            Form::Chinese => &[(Field::Pairs, 1.0)],
            Form::ChineseSpoken => &[(Field::Pairs, 1.0), (Field::Sounds, 1.0)],
            Form::English => &[(Field::Words, 1.0)],
            Form::EnglishSpoken => &[(Field::Words, 1.0), (Field::Sounds, 0.5)],
        }
    }

    /// The same form, as if it had been heard.
    pub fn spoken(self) -> Form {
        match self {
            Form::Chinese | Form::ChineseSpoken => Form::ChineseSpoken,
            Form::English | Form::EnglishSpoken => Form::EnglishSpoken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Field};

    #[test]
    fn guesses_make_one_question() {
        let others = ["lost passport card".to_owned()];
        let asked = Asked { text: "lost passport", others: &others, ..Asked::default() };
        let parts = asked.parts(Field::Words);
        let (bag, _) = &parts[0];
        let words: Vec<_> = bag.iter().map(|(word, weight)| (word.as_str(), *weight)).collect();
        assert_eq!(words, [("card", 0.5), ("lost", 1.0), ("passport", 1.0)]);
        assert_eq!(parts.len(), 1);
    }
}
