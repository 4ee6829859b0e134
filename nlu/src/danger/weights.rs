//! How much each judge counts, and where the thresholds lie. Set by hand to round numbers near those
//! of a logistic regression over the half of nlu/danger.toml that may be tuned on and ordinary
//! questions. That half was read by then, and some examples reword its rows, so that figures on it
//! flatter; only the held-back half judges.

use super::signs::{Sign, Signs};

/// The numbers that are weighed.
const SIZE: usize = 8;
/// What each of them counts.
const WEIGHTS: [f32; SIZE] = [3.2, 2.2, 0.0, 0.3, -0.8, -0.2, -0.2, 1.8];
/// The constant.
const BIAS: f32 = -2.0;

/// Log odds from which danger is sure.
pub(super) const SURE: f32 = -0.8;
/// Log odds from which it may be.
pub(super) const PERHAPS: f32 = -2.2;

/// The log odds that it is danger.
pub(super) fn odds(signs: &Signs, learned: f32) -> f32 {
    let yes = |yes: bool| if yes { 1.0 } else { 0.0 };
    let sign = signs.strongest();
    let numbers: [f32; SIZE] = [
        yes(sign == Sign::Clear),
        yes(sign == Sign::ClearBySound || sign == Sign::Hint),
        yes(sign == Sign::HintBySound),
        yes(signs.now),
        yes(signs.asked),
        yes(signs.past),
        yes(signs.harmless),
        learned,
    ];
    BIAS + numbers.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum::<f32>()
}
