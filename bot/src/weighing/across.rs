//! The weights for articles that say nothing in the reader's language. Hardly a word of the question
//! stands on such a page, so meaning and names have to carry what words carry elsewhere. Learned by
//! `wendu train across` (docs/decisions/0011-across-languages.md tells from what).

use super::Weights;

/// With the sentence encoder.
pub(super) const LEARNED: Weights = (
    [
        4.125, -3.368, 1.043, 2.384, 5.343, 13.893, 1.069, 3.067, -1.159, 6.789, -0.931, 0.776,
        1.213, 8.028, 0.521,
    ],
    -11.602,
);
/// Without it: names, and words that both languages share.
pub(super) const LEARNED_ALONE: Weights = (
    [
        1.339, -2.023, 3.498, -0.074, 0.381, 0.990, 0.076, 9.492, 1.472, 2.785, 0.072, 0.087,
        1.417, 0.000, 0.000,
    ],
    -3.012,
);
