//! Layers that tell the kinds of danger from "none", the last class.

use super::Kind;
use crate::layer::{self, Input};

/// The kinds, and "none" as the last class.
pub(super) const CLASSES: usize = Kind::ALL.len() + 1;
/// The last class.
pub(super) const NONE: usize = CLASSES - 1;
/// Log odds beyond which nothing is surer.
const SUREST: f32 = 10.0;

/// What a layer says of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judgement {
    /// Log odds of danger against none.
    pub danger: f32,
    /// The share of each kind, adding up to 1.
    pub kinds: [f32; Kind::ALL.len()],
}

pub(super) type Layer = layer::Layer<CLASSES>;

impl Layer {
    /// What the layer says of inputs.
    pub(super) fn judge(&self, inputs: &[Input]) -> Judgement {
        let chances = self.chances(inputs);
        let danger: f32 = chances[..NONE].iter().sum();
        let odds = (danger.max(1e-9) / chances[NONE].max(1e-9)).ln();
        let kinds = std::array::from_fn(|kind| chances[kind] / danger.max(1e-9));
        Judgement { danger: odds.clamp(-SUREST, SUREST), kinds }
    }
}

/// Features weighed so that a text's own length (Euclid's) is 1, whatever its length in words.
pub fn of_features(features: &[u32]) -> Vec<Input> {
    let strength = 1.0 / (features.len().max(1) as f32).sqrt();
    features.iter().map(|feature| (*feature, strength)).collect()
}
