//! The examples' meanings, to ask how near the nearest are.

use serde::{Deserialize, Serialize};

use crate::meaning::{Meaning, Meanings};

/// The examples' meanings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Neighbours(Meanings);

/// How many neighbours are asked.
const ASKED: usize = 5;

impl Neighbours {
    /// Keeps meanings.
    pub fn of(meanings: &[&[f32]]) -> Neighbours {
        let mut kept = Meanings::default();
        meanings.iter().for_each(|meaning| kept.push(&Meaning::of(meaning)));
        Neighbours(kept)
    }

    /// The mean likeness to the nearest examples.
    pub fn likeness(&self, meaning: &[f32]) -> f32 {
        let mut all = self.0.likeness(&Meaning::of(meaning));
        let asked = ASKED.min(all.len());
        if asked < all.len() {
            all.select_nth_unstable_by(asked, |a, b| b.total_cmp(a));
        }
        let near = &mut all[..asked];
        // One order of adding, whatever order they were found in.
        near.sort_unstable_by(f32::total_cmp);
        if near.is_empty() { 0.0 } else { near.iter().sum::<f32>() / asked as f32 }
    }
}

#[cfg(test)]
mod tests {
    use super::Neighbours;
    use crate::meaning::NUMBERS;

    #[test]
    fn the_nearest_count() {
        let meaning = |first: f32, second: f32| {
            let mut numbers = vec![0.0; NUMBERS];
            numbers[..2].copy_from_slice(&[first, second]);
            numbers
        };
        let (far, near) = (meaning(0.0, 1.0), meaning(0.6, 0.8));
        let kept = Neighbours::of(&[&far, &near, &near, &near, &near, &near]);
        assert!((kept.likeness(&near) - 1.0).abs() < 0.02);
        assert_eq!(Neighbours::of(&[]).likeness(&near), 0.0);
    }
}
