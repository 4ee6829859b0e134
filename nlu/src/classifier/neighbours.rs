//! The examples' meanings, to ask how near the nearest are.

use pulp::Arch;
use serde::{Deserialize, Serialize};

/// Meanings in eight bits, one after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Neighbours {
    size: usize,
    numbers: Vec<i8>,
    /// Per meaning, what one step is worth.
    steps: Vec<f32>,
}

/// How many neighbours are asked.
const ASKED: usize = 5;

impl Neighbours {
    /// Keeps meanings of the same length.
    pub fn of(meanings: &[&[f32]]) -> Neighbours {
        let size = meanings.first().map_or(0, |meaning| meaning.len());
        let mut kept = Neighbours { size, numbers: vec![], steps: vec![] };
        for meaning in meanings {
            let step = narrow(meaning, &mut kept.numbers);
            kept.steps.push(step);
        }
        kept
    }

    /// The mean likeness to the nearest examples.
    pub fn likeness(&self, meaning: &[f32]) -> f32 {
        let mut asked = Vec::new();
        let step = narrow(meaning, &mut asked);
        let mut best = [f32::MIN; ASKED];
        Arch::new().dispatch(|| {
            let others = self.numbers.chunks_exact(self.size.max(1)).zip(&self.steps);
            for (other, other_step) in others {
                let likeness = dot(&asked, other) as f32 * step * other_step;
                if likeness > best[ASKED - 1] {
                    best[ASKED - 1] = likeness;
                    best.sort_unstable_by(|a, b| b.total_cmp(a));
                }
            }
        });
        let near = &best[..ASKED.min(self.steps.len())];
        if near.is_empty() { 0.0 } else { near.iter().sum::<f32>() / near.len() as f32 }
    }
}

#[inline(always)]
fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// Appends the numbers in eight bits and tells what one step is worth.
fn narrow(meaning: &[f32], to: &mut Vec<i8>) -> f32 {
    let step = meaning.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs())) / 127.0;
    to.extend(meaning.iter().map(|number| (number / step).round() as i8));
    step
}

#[cfg(test)]
mod tests {
    use super::Neighbours;

    #[test]
    fn the_nearest_count() {
        let far: &[f32] = &[0.0, 1.0];
        let near: &[f32] = &[0.6, 0.8];
        let kept = Neighbours::of(&[far, near, near, near, near, near]);
        assert!((kept.likeness(near) - 1.0).abs() < 0.02);
        assert_eq!(Neighbours::of(&[]).likeness(near), 0.0);
    }
}
