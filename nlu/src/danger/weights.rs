//! What is weighed of a text, and how the judges are joined to one number. `wendu train danger` finds
//! the weights on sentences that the judges had not been taught.

use super::{
    Certainty,
    signs::{Sign, Signs},
};

/// How many numbers are weighed.
pub const NUMBERS: usize = 10;

/// Their names.
pub const NAMES: [&str; NUMBERS] = [
    "clear",
    "by sound, or a hint",
    "a hint by sound",
    "now",
    "asked",
    "past",
    "harmless",
    "nothing",
    "words",
    "meaning",
];

/// The numbers of a text: its signs, the log odds by its words, and by its meaning if that is known.
pub(super) fn numbers(signs: &Signs, words: f32, meaning: Option<f32>) -> [f32; NUMBERS] {
    let yes = |yes: bool| if yes { 1.0 } else { 0.0 };
    let sign = signs.strongest();
    [
        yes(sign == Sign::Clear),
        yes(sign == Sign::ClearBySound || sign == Sign::Hint),
        yes(sign == Sign::HintBySound),
        yes(signs.now),
        yes(signs.asked),
        yes(signs.past),
        yes(signs.harmless),
        yes(sign == Sign::None),
        words,
        meaning.unwrap_or_default(),
    ]
}

/// How the numbers are joined, and from where danger is told.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Joined {
    /// What each number counts.
    pub weights: [f32; NUMBERS],
    /// The constant.
    pub bias: f32,
    /// Log odds from which danger is sure.
    pub sure: f32,
    /// Log odds from which it may be.
    pub perhaps: f32,
}

impl Joined {
    /// The log odds that it is danger.
    pub fn odds(&self, numbers: &[f32; NUMBERS]) -> f32 {
        self.bias + numbers.iter().zip(self.weights).map(|(x, w)| x * w).sum::<f32>()
    }

    /// How sure danger of such odds is.
    pub fn certainty(&self, odds: f32) -> Option<Certainty> {
        match odds {
            odds if odds >= self.sure => Some(Certainty::Sure),
            odds if odds >= self.perhaps => Some(Certainty::Perhaps),
            _ => None,
        }
    }
}
