//! A classifier that is trained on examples and knows when a text is none of its labels. A pack's
//! examples teach it which article a question is about; any other rows of text and label will do.
//!
//! A linear support vector machine over words, characters and, where there is a model, the meaning
//! says which label; several signals, weighed on examples that it had not seen, say whether any.
//! What is then done with the guess is decided elsewhere. Training is a pure function of the
//! examples: the same ones give the same classifier.

mod core;
mod features;
mod gaussian;
mod logistic;
mod neighbours;
mod order;
mod outside;
mod svm;

use serde::{Deserialize, Serialize};

use self::core::{Core, Prepared};
use crate::meaning::Meaning;
use outside::Meter;

/// A text and what it is an example of.
#[derive(Debug, Clone)]
pub struct Example {
    /// As people write or say it.
    pub text: String,
    /// What it means, if there is a model: for all examples or for none.
    pub meaning: Option<Meaning>,
    /// Its label.
    pub label: String,
}

/// What was kept aside to find the border between inside and outside. Without it the examples
/// themselves are used, each judged by a classifier that had not seen it.
#[derive(Debug, Clone, Default)]
pub struct Validation {
    /// Texts that have one of the labels.
    pub insiders: Vec<Example>,
    /// Texts that have none; their label is not looked at.
    pub outsiders: Vec<Example>,
}

/// A trained classifier. It can be kept: it serialises whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classifier {
    labels: Vec<String>,
    core: Core,
    meter: Meter,
}

/// What a text seems to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess<'a> {
    /// Every label with its chance, best first. All chances and `outside` sum to 1.
    pub labels: Vec<(&'a str, f32)>,
    /// The chance that it has none of the labels, if outsiders were as frequent as insiders.
    pub outside: f32,
    /// Whether it is to be taken for an outsider, at the stated rate of insiders kept.
    pub is_outside: bool,
}

impl Classifier {
    /// Learns from examples, so that of texts which do have one of the labels the share `keep`
    /// is not taken for outsiders. Takes about a second for a thousand examples of a hundred labels.
    pub fn train(examples: &[Example], validation: &Validation, keep: f32) -> Classifier {
        let mut labels: Vec<String> = examples.iter().map(|one| one.label.clone()).collect();
        labels.sort_unstable();
        labels.dedup();
        let with_meaning = examples.iter().all(|one| one.meaning.is_some());
        let prepare = |one: &Example| {
            let meaning = one.meaning.as_ref().filter(|_| with_meaning);
            let target = labels.binary_search(&one.label).unwrap_or(usize::MAX);
            Prepared::of(&one.text, meaning, target)
        };
        let rows: Vec<Prepared> = examples.iter().map(prepare).collect();
        let insiders: Vec<Prepared> = validation.insiders.iter().map(prepare).collect();
        let outsiders: Vec<Prepared> = validation.outsiders.iter().map(prepare).collect();
        let core = Core::train(&rows.iter().collect::<Vec<_>>(), labels.len());
        let meter = Meter::calibrate(&core, &rows, labels.len(), (&insiders, &outsiders), keep);
        Classifier { labels, core, meter }
    }

    /// Whether it was trained with meanings, and so needs one for every text.
    pub fn needs_meaning(&self) -> bool {
        self.core.needs_meaning()
    }

    /// What a text seems to be. Without the meaning that it [needs](Self::needs_meaning), it
    /// guesses by the words alone, and takes more for outsiders than it should.
    pub fn guess(&self, text: &str, meaning: Option<&Meaning>) -> Guess<'_> {
        let meaning = meaning.filter(|_| self.needs_meaning());
        let judged = self.core.judge(&Prepared::of(text, meaning, usize::MAX));
        let outside = self.meter.outside(&judged.signals);
        let inside = self.meter.shares(&judged.scores);
        let labels = self.labels.iter().map(String::as_str);
        let mut labels: Vec<_> =
            labels.zip(inside.into_iter().map(|share| share * (1.0 - outside))).collect();
        labels.sort_by(|a, b| b.1.total_cmp(&a.1));
        Guess { is_outside: self.meter.is_outside(outside), labels, outside }
    }
}

#[cfg(test)]
mod tests;
