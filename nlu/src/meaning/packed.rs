//! Many meanings, packed: a quarter of the memory, and all of them compared with one at once. The
//! comparison is in whole numbers, so it comes out the same on every machine.

use pulp::{Arch, Simd, WithSimd};
use serde::{Deserialize, Serialize};

use super::{Meaning, NUMBERS};

/// Steps on either side of nought: of a packed number, and of a number of what is compared. Their
/// products, 512 of them, cannot overflow.
const FINE: f32 = 127.0;
const FINER: f32 = 4095.0;

/// Meanings in the order in which they were put in. A likeness differs from the exact one by less
/// than 0.005.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meanings {
    numbers: Vec<i8>,
    /// How large one step of each row is.
    steps: Vec<f32>,
}

impl Meanings {
    /// Puts one behind the others.
    pub fn push(&mut self, meaning: &Meaning) {
        let (step, numbers) = steps(meaning.as_slice(), FINE);
        self.steps.push(step);
        self.numbers.extend(numbers.map(|number| number as i8));
    }

    /// Puts one of another collection behind the others; its number there must be below `len`.
    pub fn push_from(&mut self, other: &Meanings, number: usize) {
        self.steps.push(other.steps[number]);
        self.numbers.extend(&other.numbers[number * NUMBERS..][..NUMBERS]);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How alike each of them is to one, in order.
    pub fn likeness(&self, meaning: &Meaning) -> Vec<f32> {
        let (step, numbers) = steps(meaning.as_slice(), FINER);
        let wanted: Vec<i16> = numbers.map(|number| number as i16).collect();
        let mut out = self.steps.clone();
        if let Some(wanted) = wanted.as_array() {
            Arch::new().dispatch(Comparison { rows: &self.numbers, wanted, out: &mut out });
        }
        out.iter_mut().for_each(|likeness| *likeness *= step);
        out
    }

    /// The bytes that [`Meanings::from_bytes`] takes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let steps = self.steps.iter().flat_map(|step| step.to_le_bytes());
        steps.chain(self.numbers.iter().map(|number| *number as u8)).collect()
    }

    /// Takes the bytes of so many meanings; none if they are not that.
    pub fn from_bytes(many: usize, bytes: &[u8]) -> Option<Meanings> {
        let (steps, numbers) = bytes.split_at_checked(many.checked_mul(4)?)?;
        let steps: Vec<f32> =
            steps.as_chunks().0.iter().map(|step| f32::from_le_bytes(*step)).collect();
        let right = numbers.len() == many.checked_mul(NUMBERS)?;
        let sound = right && steps.iter().all(|step| step.is_finite());
        sound.then(|| Meanings { numbers: numbers.iter().map(|n| *n as i8).collect(), steps })
    }
}

/// Numbers as whole multiples of a step, at most `most` of them either way.
fn steps(numbers: &[f32], most: f32) -> (f32, impl Iterator<Item = f32>) {
    let largest = numbers.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
    let step = if largest > 0.0 { largest / most } else { 1.0 };
    (step, numbers.iter().map(move |number| (number / step).round()))
}

struct Comparison<'a> {
    rows: &'a [i8],
    wanted: &'a [i16; NUMBERS],
    /// Each row's step; it is multiplied by the row's product.
    out: &'a mut [f32],
}

impl WithSimd for Comparison<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (row, out) in self.rows.as_chunks::<NUMBERS>().0.iter().zip(self.out) {
            let products = row.iter().zip(self.wanted).map(|(a, b)| i32::from(*a) * i32::from(*b));
            *out *= products.sum::<i32>() as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meanings() -> impl Strategy<Value = Vec<Meaning>> {
        let numbers = prop::collection::vec(-1.0_f32..1.0, NUMBERS);
        let meaning = numbers.prop_map(|numbers| {
            let length = numbers.iter().map(|n| n * n).sum::<f32>().sqrt().max(1e-6);
            Meaning(numbers.iter().map(|n| n / length).collect())
        });
        prop::collection::vec(meaning, 1..5)
    }

    proptest! {
        #[test]
        fn packed_meanings_are_as_alike_as_before(meanings in meanings()) {
            let mut packed = Meanings::default();
            meanings.iter().for_each(|meaning| packed.push(meaning));
            prop_assert_eq!(packed.len(), meanings.len());
            for (likeness, other) in packed.likeness(&meanings[0]).iter().zip(&meanings) {
                prop_assert!((likeness - meanings[0].likeness(other)).abs() < 0.005);
            }
            let again = Meanings::from_bytes(packed.len(), &packed.to_bytes());
            prop_assert_eq!(again.as_ref(), Some(&packed));
            let mut last = Meanings::default();
            last.push_from(&packed, packed.len() - 1);
            let all = packed.likeness(&meanings[0]);
            prop_assert_eq!(&last.likeness(&meanings[0])[..], &all[all.len() - 1..]);
        }

        #[test]
        fn no_bytes_make_it_panic(many in any::<usize>(), few in 0_usize..3, bytes in prop::collection::vec(any::<u8>(), 0..1100)) {
            for many in [many, few] {
                if let Some(meanings) = Meanings::from_bytes(many, &bytes) {
                    prop_assert_eq!(meanings.len(), many);
                }
            }
        }
    }
}
