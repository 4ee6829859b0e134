//! How sure is it that what is published answers a question? Logistic regressions over signals of
//! the passages ([`knowledge::support`]), of a conversation and of the question's form
//! ([`nlu::form`]) estimate it; `wendu train sureness` learns their weights, and
//! docs/decisions/0009-sureness.md tells from what. What is then said is decided in `finding`.

mod weights;

use knowledge::support::{MEANT, SIGNALS};
use nlu::{
    Via,
    form::{TRAITS, form},
    script::is_han,
};

/// The chances of what could become of a question, each 0..=1 by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// That a passage answers it.
    pub answer: f32,
    /// That it does not say enough to be answered. Nought for a question without a conversation.
    pub ask_back: f32,
    /// That nothing published answers it.
    pub no: f32,
    /// From which [`Estimate::no`] on the answer is no.
    limit: f32,
}

impl Estimate {
    /// Whether nothing published is close enough. The limit comes from training: about five of a
    /// hundred answerable questions are refused.
    pub fn is_no(&self) -> bool {
        self.no >= self.limit
    }
}

/// Which weights a text is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Words between gaps.
    English,
    /// Characters without gaps.
    Chinese,
}

impl Family {
    /// The family of a folded text.
    pub fn of(folded: &str) -> Family {
        if folded.chars().any(is_han) { Family::Chinese } else { Family::English }
    }
}

/// One logistic regression.
#[derive(Debug)]
pub(crate) struct Regression {
    bias: f32,
    weights: &'static [f32],
}

impl Regression {
    fn chance(&self, row: &[f32]) -> f32 {
        debug_assert_eq!(row.len(), self.weights.len());
        let sum: f32 = row.iter().zip(self.weights).map(|(signal, weight)| signal * weight).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }
}

/// Judges a question by itself. Of spoken words some were misheard, so less is asked of them.
pub fn alone(family: Family, via: Via, signals: &[f32; SIGNALS]) -> Estimate {
    let (answer, limits) = match family {
        Family::English => {
            (&weights::ENGLISH, (weights::ENGLISH_LIMIT, weights::ENGLISH_SPOKEN_LIMIT))
        }
        Family::Chinese => {
            (&weights::CHINESE, (weights::CHINESE_LIMIT, weights::CHINESE_SPOKEN_LIMIT))
        }
    };
    let limit = match via {
        Via::Typed | Via::Keyed => limits.0,
        Via::Spoken => limits.1,
    };
    let answer = answer.chance(signals);
    Estimate { answer, ask_back: 0.0, no: 1.0 - answer, limit }
}

/// What was said before a question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before<'a> {
    /// What the visitor said, in order.
    pub visitor: &'a [&'a str],
    /// What the bot said last.
    pub bot: Option<&'a str>,
}

/// The ways in which a question is looked up in a conversation: by itself, after the visitor's last
/// message, after the bot's, and after all of the visitor's.
pub const VIEWS: usize = 4;

/// The texts of the views. Where nothing was said before they are all the same, so that the length
/// of a conversation is no signal.
pub fn views(question: &str, before: &Before<'_>) -> [String; VIEWS] {
    let after = |said: &[&str]| [said, &[question]].concat().join("\n");
    let last = before.visitor.last();
    [
        question.to_owned(),
        after(last.map(std::slice::from_ref).unwrap_or_default()),
        after(before.bot.as_slice()),
        after(before.visitor),
    ]
}

/// One view's signals, and what meaning adds where the model is installed.
pub type View = ([f32; SIGNALS], Option<[f32; MEANT]>);

/// The signals of a question in a conversation, in one row: those of all views with meaning where
/// every view has it, then the question's form.
pub fn row(question: &str, before: &Before<'_>, views: &[View; VIEWS]) -> Vec<f32> {
    let mut row: Vec<f32> = Vec::with_capacity(VIEWS * (SIGNALS + MEANT) + TRAITS);
    let meaning = views.iter().all(|(_, meant)| meant.is_some());
    for (signals, meant) in views {
        row.extend(signals);
        if meaning {
            row.extend(meant.iter().flatten());
        }
    }
    let said: Vec<&str> = before.visitor.iter().copied().chain(before.bot).collect();
    row.extend(form(question, &said.join("\n")));
    row
}

/// Judges a question in a conversation by its [`row`]. Learned from English conversations.
pub fn in_conversation(row: &[f32]) -> Estimate {
    let meaning = row.len() > VIEWS * SIGNALS + TRAITS;
    let (no, ask_back) = if meaning {
        (&weights::NO_MEANT, &weights::ASK_BACK_MEANT)
    } else {
        (&weights::NO, &weights::ASK_BACK)
    };
    let (no, ask_back) = (no.chance(row), ask_back.chance(row));
    Estimate { answer: (1.0 - no) * (1.0 - ask_back), ask_back, no, limit: 0.5 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_first_question_looks_the_same_from_all_sides() {
        let views = views("And for my son?", &Before::default());
        assert!(views.iter().all(|view| view == "And for my son?"));
    }

    #[test]
    fn a_question_whose_words_stand_nowhere_gets_a_no() {
        let mut nothing = [0.0; SIGNALS];
        (nothing[0], nothing[1], nothing[17], nothing[23]) = (1.0, 1.0, 1.0, 1.0);
        for family in [Family::English, Family::Chinese] {
            assert!(alone(family, Via::Typed, &nothing).is_no());
        }
    }

    proptest! {
        #[test]
        fn chances_are_shares(signals in prop::array::uniform25(0.0f32..2.0), text in "\\PC{0,40}") {
            for family in [Family::English, Family::Chinese] {
                let estimate = alone(family, Via::Typed, &signals);
                prop_assert!((0.0..=1.0).contains(&estimate.answer));
                prop_assert!((0.0..=1.0).contains(&estimate.no));
            }
            for meant in [None, Some([0.5; MEANT])] {
                let before = Before { visitor: &[&text], bot: Some(&text) };
                let estimate = in_conversation(&row(&text, &before, &[(signals, meant); VIEWS]));
                prop_assert!((0.0..=1.0).contains(&estimate.answer));
                prop_assert!((0.0..=1.0).contains(&estimate.ask_back));
            }
        }
    }
}
