//! Logistic regression over a handful of numbers: from several signals to one chance.

use serde::{Deserialize, Serialize};

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Observation<const N: usize> {
    /// What was seen.
    pub signals: [f32; N],
    /// Whether it was so.
    pub holds: bool,
    /// How much it counts.
    pub weight: f64,
}

/// A chance as a function of signals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Logistic {
    means: Vec<f64>,
    spreads: Vec<f64>,
    weights: Vec<f64>,
    bias: f64,
}

/// Strength of the pull towards nought (L2), per weight and unit of observed weight.
const PULL: f64 = 0.002;
/// Newton's steps; it settles in fewer than ten.
const STEPS: usize = 25;
/// No step of a weight is longer, so that observations that part wholly do not run away.
const STRIDE: f64 = 4.0;

impl Logistic {
    /// Learns by Newton's method on standardised signals.
    pub fn train<const N: usize>(seen: &[Observation<N>]) -> Logistic {
        let total: f64 = seen.iter().map(|one| one.weight).sum::<f64>().max(f64::MIN_POSITIVE);
        let mean = |of: &dyn Fn(&Observation<N>) -> f64| {
            seen.iter().map(|one| one.weight * of(one)).sum::<f64>() / total
        };
        let means: Vec<f64> = (0..N).map(|i| mean(&|one| f64::from(one.signals[i]))).collect();
        let spreads = (0..N)
            .map(|i| mean(&|one| (f64::from(one.signals[i]) - means[i]).powi(2)).sqrt().max(1e-6));
        let spreads = spreads.collect();
        let mut learnt = Logistic { means, spreads, weights: vec![0.0; N], bias: 0.0 };
        for _ in 0..STEPS {
            learnt.step(seen, PULL * total);
        }
        learnt
    }

    /// The chance, 0..=1.
    pub fn chance(&self, signals: &[f32]) -> f32 {
        chance(self.sum(&self.standard(signals))) as f32
    }

    fn standard(&self, signals: &[f32]) -> Vec<f64> {
        let scales = self.means.iter().zip(&self.spreads);
        signals
            .iter()
            .zip(scales)
            .map(|(x, (mean, spread))| (f64::from(*x) - mean) / spread)
            .collect()
    }

    fn sum(&self, row: &[f64]) -> f64 {
        row.iter().zip(&self.weights).map(|(x, weight)| x * weight).sum::<f64>() + self.bias
    }

    fn step<const N: usize>(&mut self, seen: &[Observation<N>], pull: f64) {
        let size = N + 1;
        let mut slope = vec![0.0; size];
        let mut curve = vec![vec![0.0; size]; size];
        for one in seen {
            let mut row = self.standard(&one.signals);
            let chance = chance(self.sum(&row));
            row.push(1.0);
            for i in 0..size {
                slope[i] += one.weight * (f64::from(u8::from(one.holds)) - chance) * row[i];
                for j in 0..size {
                    curve[i][j] += one.weight * chance * (1.0 - chance) * row[i] * row[j];
                }
            }
        }
        for i in 0..size {
            let pull = if i < N { pull } else { pull * 1e-3 };
            slope[i] -= pull * if i < N { self.weights[i] } else { self.bias };
            curve[i][i] += pull + 1e-9;
        }
        let step = solve(curve, slope);
        for (weight, step) in self.weights.iter_mut().chain([&mut self.bias]).zip(step) {
            *weight += step.clamp(-STRIDE, STRIDE);
        }
    }
}

fn chance(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

/// Solves a symmetric, positive system by elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        let above = matrix[column].clone();
        for row in 0..size {
            if row != column {
                let factor = matrix[row][column] / above[column];
                for (value, over) in matrix[row].iter_mut().zip(&above) {
                    *value -= factor * over;
                }
                right[row] -= factor * right[column];
            }
        }
    }
    (0..size).map(|i| right[i] / matrix[i][i]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Logistic, Observation};

    #[test]
    fn what_decides_gets_the_weight() {
        let seen = [(0.1, 0.5), (0.2, 0.4), (0.6, 0.5), (0.5, 0.5), (0.8, 0.4), (0.9, 0.6)];
        let seen = seen.iter().enumerate().map(|(i, (decides, not))| Observation {
            signals: [*decides, *not],
            holds: i > 2,
            weight: 1.0,
        });
        let learnt = Logistic::train(&seen.collect::<Vec<_>>());
        assert!(learnt.chance(&[0.9, 0.5]) > 0.9);
        assert!(learnt.chance(&[0.1, 0.5]) < 0.1);
    }

    #[test]
    fn nothing_seen_is_an_even_chance() {
        assert_eq!(Logistic::train::<2>(&[]).chance(&[3.0, -3.0]), 0.5);
    }
}
