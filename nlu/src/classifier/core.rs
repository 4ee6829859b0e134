//! What is learned from one set of examples, and what it says of a text: how much each label suits,
//! and the signals by which outsiders are told. Weighing these is `outside`'s affair.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    features::{self, Vocabulary},
    gaussian::Gaussian,
    neighbours::Neighbours,
    svm::{Row, Svm, Training},
};
use crate::meaning::{self, Meaning};

/// A text, cut and counted once for all trainings.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    counts: BTreeMap<u64, u32>,
    meaning: Vec<f32>,
    /// The number of its label.
    pub target: usize,
}

impl Prepared {
    pub fn of(text: &str, meaning: Option<&Meaning>, target: usize) -> Prepared {
        let meaning = meaning.map(|meaning| meaning.as_slice().to_vec()).unwrap_or_default();
        Prepared { counts: features::count(text), meaning, target }
    }
}

/// How many signals there are.
pub(super) const SIGNALS: usize = 7;

/// What is found out about a text.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// How much each label suits.
    pub scores: Vec<f32>,
    /// The best score, its lead, the energy of all scores, the share of known features, relative
    /// distance and energy of the meaning, likeness to the nearest examples.
    pub signals: [f32; SIGNALS],
}

/// Everything that is learned from examples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Core {
    vocabulary: Vocabulary,
    svm: Svm,
    places: Option<Places>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Places {
    clouds: Gaussian,
    neighbours: Neighbours,
}

/// Chosen on CLINC150's validation rows (docs/decisions/0007-intents.md); more passes fit the
/// examples closer and others worse.
const TRAINING: Training = Training { cost: 0.5, dense: 2.0, passes: 6 };
/// How sharply the scores' energy looks at the best of them.
const SHARP: f32 = 4.0;

impl Core {
    pub fn train(rows: &[&Prepared], labels: usize) -> Core {
        let vocabulary = Vocabulary::learn(rows.iter().map(|row| &row.counts));
        let cuts: Vec<_> = rows.iter().map(|row| vocabulary.cut(&row.counts)).collect();
        let both = cuts.iter().zip(rows);
        let inputs: Vec<_> =
            both.map(|(cut, row)| Row { sparse: &cut.features, dense: &row.meaning }).collect();
        let targets: Vec<usize> = rows.iter().map(|row| row.target).collect();
        let svm = Svm::train(&inputs, &targets, (labels, vocabulary.len()), TRAINING);
        let meanings: Vec<&[f32]> = rows.iter().map(|row| row.meaning.as_slice()).collect();
        let places = meanings.first().is_some_and(|first| !first.is_empty()).then(|| Places {
            clouds: Gaussian::train(&meanings, &targets, labels),
            neighbours: Neighbours::of(&meanings),
        });
        Core { vocabulary, svm, places }
    }

    pub fn needs_meaning(&self) -> bool {
        self.places.is_some()
    }

    pub fn judge(&self, text: &Prepared) -> Judged {
        let cut = self.vocabulary.cut(&text.counts);
        let scores = self.svm.scores(Row { sparse: &cut.features, dense: &text.meaning });
        let mut signals = [0.0; SIGNALS];
        let (mut best, mut second) = (-2.0f32, -2.0f32);
        for score in &scores {
            second = second.max(best.min(*score));
            best = best.max(*score);
        }
        let sum = scores.iter().map(|score| (SHARP * (score - best)).exp()).sum::<f32>();
        signals[..4].copy_from_slice(&[
            best,
            best - second,
            best + sum.max(1.0).ln() / SHARP,
            cut.known,
        ]);
        if let Some(places) = &self.places {
            let unknown = [0.0; meaning::NUMBERS];
            let meaning = if text.meaning.is_empty() { &unknown } else { &text.meaning[..] };
            let place = places.clouds.place(meaning);
            signals[4..].copy_from_slice(&[
                place.distance,
                place.energy,
                places.neighbours.likeness(meaning),
            ]);
        }
        Judged { scores, signals }
    }
}
