//! Where the examples' meanings lie: each label a cloud of the same shape around its own middle,
//! and all together one wide cloud. What is far from every label, for the place where it lies among
//! all texts, belongs to none: relative Mahalanobis distance (Ren et al., 2021). It is had in closed
//! form, without steps.

use pulp::Arch;
use serde::{Deserialize, Serialize};

/// The clouds, as far as distances need them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Gaussian {
    labels: usize,
    /// Per number of a meaning, its weight for each label: the linear discriminant.
    linear: Vec<f32>,
    bias: Vec<f32>,
    /// How the label's cloud and the wide one differ in shape, row by row.
    shape: Vec<f32>,
    /// The part of the difference that is linear, and the constant one.
    slope: Vec<f32>,
    constant: f32,
}

/// What a meaning's place says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// How much farther it is from the nearest label than from all texts: below 0 is inside.
    pub distance: f32,
    /// How much all labels together want it, on a logarithmic scale.
    pub energy: f32,
}

/// Each direction is widened by this share of the average spread: with few examples most
/// directions were never seen.
const WIDENED: f32 = 0.5;

impl Gaussian {
    /// Learns from meanings of the same length.
    pub fn train(meanings: &[&[f32]], targets: &[usize], labels: usize) -> Gaussian {
        let size = meanings.first().map_or(0, |meaning| meaning.len());
        let count = meanings.len().max(1) as f32;
        let mut members = vec![0.0f32; labels];
        let mut middles = vec![vec![0.0f32; size]; labels];
        let mut middle = vec![0.0f32; size];
        for (meaning, target) in meanings.iter().zip(targets) {
            members[*target] += 1.0;
            add(&mut middles[*target], meaning, 1.0);
            add(&mut middle, meaning, 1.0 / count);
        }
        for (sum, members) in middles.iter_mut().zip(&members) {
            sum.iter_mut().for_each(|number| *number /= members.max(1.0));
        }
        let (mut wide, mut narrow) = (Square::new(size), Square::new(size));
        Arch::new().dispatch(|| {
            for meaning in meanings {
                wide.add_outer(&difference(meaning, &middle), 1.0 / count);
            }
            narrow.numbers.copy_from_slice(&wide.numbers);
            for (own, members) in middles.iter().zip(&members) {
                narrow.add_outer(&difference(own, &middle), -members / count);
            }
        });
        let (wide, narrow) = (wide.inverse(), narrow.inverse());
        let mut gaussian = Gaussian {
            labels,
            linear: vec![0.0; size * labels],
            bias: vec![0.0; labels],
            shape: narrow.numbers.iter().zip(&wide.numbers).map(|(a, b)| a - b).collect(),
            slope: wide.times(&middle),
            constant: 0.0,
        };
        gaussian.constant = dot(&gaussian.slope, &middle);
        for (label, own) in middles.iter().enumerate() {
            let weights = narrow.times(own);
            gaussian.bias[label] = -0.5 * dot(&weights, own);
            for (number, weight) in weights.into_iter().enumerate() {
                gaussian.linear[number * labels + label] = weight;
            }
        }
        gaussian
    }

    /// Where a meaning lies.
    pub fn place(&self, meaning: &[f32]) -> Place {
        let mut scores = self.bias.clone();
        let mut turned = vec![0.0; self.slope.len()];
        let (labels, size) = (self.labels, self.slope.len());
        Arch::new().dispatch(|| {
            for (number, value) in meaning.iter().enumerate().take(size) {
                add(&mut scores, &self.linear[number * labels..][..labels], *value);
                add(&mut turned, &self.shape[number * size..][..size], *value);
            }
        });
        let best = scores.iter().copied().fold(f32::MIN, f32::max);
        let energy = best + scores.iter().map(|score| (score - best).exp()).sum::<f32>().ln();
        let shape = dot(&turned, meaning);
        let distance = shape - 2.0 * best + 2.0 * dot(&self.slope, meaning) - self.constant;
        Place { distance, energy }
    }
}

/// A symmetric matrix, row by row.
struct Square {
    size: usize,
    numbers: Vec<f32>,
}

impl Square {
    fn new(size: usize) -> Square {
        Square { size, numbers: vec![0.0; size * size] }
    }

    #[inline(always)]
    fn add_outer(&mut self, vector: &[f32], times: f32) {
        for (row, value) in self.numbers.chunks_exact_mut(self.size).zip(vector) {
            add(row, vector, value * times);
        }
    }

    fn times(&self, vector: &[f32]) -> Vec<f32> {
        self.numbers.chunks_exact(self.size.max(1)).map(|row| dot(row, vector)).collect()
    }

    /// The inverse of the widened matrix, by elimination in place. What is widened has no nought
    /// on its diagonal, so no rows are exchanged.
    fn inverse(mut self) -> Square {
        let size = self.size;
        let trace: f32 = (0..size).map(|i| self.numbers[i * size + i]).sum();
        let widened = (WIDENED * trace / size.max(1) as f32).max(1e-4);
        for i in 0..size {
            self.numbers[i * size + i] += widened;
        }
        let mut pivot = vec![0.0; size];
        Arch::new().dispatch(|| {
            for at in 0..size {
                let scale = 1.0 / self.numbers[at * size + at].max(1e-9);
                pivot.copy_from_slice(&self.numbers[at * size..][..size]);
                pivot.iter_mut().for_each(|number| *number *= scale);
                pivot[at] = scale;
                for (number, row) in self.numbers.chunks_exact_mut(size).enumerate() {
                    if number == at {
                        row.copy_from_slice(&pivot);
                        continue;
                    }
                    let factor = std::mem::take(&mut row[at]);
                    add(row, &pivot, -factor);
                }
            }
        });
        self
    }
}

fn difference(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

#[inline(always)]
fn add(to: &mut [f32], from: &[f32], times: f32) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += times * from;
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::{Gaussian, Square};

    #[test]
    fn an_inverse_undoes_the_widened_matrix() {
        let numbers = vec![2.0, 1.0, 1.0, 3.0];
        let inverse = Square { size: 2, numbers }.inverse();
        // Widened by half of the average: 1.25.
        let (a, b, d) = (3.25, 1.0, 4.25);
        let one = [inverse.numbers[0] * a + inverse.numbers[1] * b, inverse.numbers[1] * d];
        assert!((one[0] - 1.0).abs() < 1e-5, "{one:?}");
        assert!((inverse.numbers[0] * b + one[1]).abs() < 1e-5);
    }

    #[test]
    fn what_lies_between_the_clouds_is_far_from_each() {
        let meanings: [&[f32]; 6] = [
            &[1.0, 0.1, 0.0],
            &[1.0, -0.1, 0.0],
            &[1.0, 0.0, 0.1],
            &[0.0, 1.0, 0.1],
            &[0.1, 1.0, 0.0],
            &[-0.1, 1.0, 0.0],
        ];
        let gaussian = Gaussian::train(&meanings, &[0, 0, 0, 1, 1, 1], 2);
        let near = gaussian.place(&[1.0, 0.0, 0.0]).distance;
        assert!(near < gaussian.place(&[0.5, 0.5, 0.0]).distance);
        assert!(near < gaussian.place(&[0.0, 0.0, 1.0]).distance);
    }
}
