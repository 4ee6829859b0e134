//! Logistic regression by Newton's method, for any number of signals: pulled towards nought (L2),
//! rows weighted. Signals are scaled to mean 0 and spread 1 while learning, and the weights scaled
//! back.

/// A row of signals, whether it is a yes, and how much it counts.
#[derive(Debug, Clone)]
pub struct Row {
    /// The signals.
    pub signals: Vec<f32>,
    /// What is to be learned.
    pub yes: bool,
    /// How much the row counts.
    pub counts: f64,
}

/// What was learned.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The constant.
    pub bias: f64,
    /// One weight a signal.
    pub weights: Vec<f64>,
}

impl Learned {
    /// The logarithm of the odds.
    pub fn sum(&self, signals: &[f32]) -> f64 {
        let sum: f64 = signals.iter().zip(&self.weights).map(|(x, w)| f64::from(*x) * w).sum();
        sum + self.bias
    }
}

/// Newton's steps; it settles in fewer than ten.
const STEPS: usize = 20;

/// Learns from rows, which must all be as long as the first.
pub fn learn(rows: &[&Row], pull: f64) -> Learned {
    let size = rows.first().map_or(0, |row| row.signals.len());
    let scales: Vec<(f64, f64)> = (0..size).map(|at| scale(rows, at)).collect();
    let scaled: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            let signals = row.signals.iter().zip(&scales);
            signals
                .map(|(x, (mean, spread))| (f64::from(*x) - mean) / spread)
                .chain([1.0])
                .collect()
        })
        .collect();
    let mut weights = vec![0.0; size + 1];
    for _ in 0..STEPS {
        let mut slope = vec![0.0; size + 1];
        let mut curve = vec![vec![0.0; size + 1]; size + 1];
        for (x, row) in scaled.iter().zip(rows) {
            let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let error = row.counts * (f64::from(u8::from(row.yes)) - chance);
            let bend = row.counts * chance * (1.0 - chance);
            for i in 0..=size {
                slope[i] += error * x[i];
                for (bent, other) in curve[i].iter_mut().zip(&x[..=i]) {
                    *bent += bend * x[i] * other;
                }
            }
        }
        for i in 0..=size {
            let (above, below) = curve.split_at_mut(i + 1);
            for (to, from) in above[i][i + 1..].iter_mut().zip(below) {
                *to = from[i];
            }
            // The constant is not pulled.
            if i < size {
                slope[i] -= pull * weights[i];
                curve[i][i] += pull;
            }
        }
        for (weight, change) in weights.iter_mut().zip(solve(curve, slope)) {
            *weight += change;
        }
    }
    let mut bias = weights.pop().unwrap_or_default();
    for (weight, (mean, spread)) in weights.iter_mut().zip(&scales) {
        *weight /= spread;
        bias -= *weight * mean;
    }
    Learned { bias, weights }
}

fn scale(rows: &[&Row], at: usize) -> (f64, f64) {
    let values = || rows.iter().map(|row| f64::from(row.signals[at]));
    let n = rows.len() as f64;
    let mean = values().sum::<f64>() / n;
    let spread = (values().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
    (mean, if spread > 1e-9 { spread } else { 1.0 })
}

/// Solves a system of linear equations by elimination; a row that says nothing gives nought.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        let largest =
            |a: &usize, b: &usize| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs());
        let pivot = (column..size).max_by(largest).unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < 1e-12 {
            continue;
        }
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
    let at = |i: usize| if matrix[i][i].abs() < 1e-12 { 0.0 } else { right[i] / matrix[i][i] };
    (0..size).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::{Row, learn};

    #[test]
    fn what_decides_gets_the_weight_and_what_says_nothing_gets_none() {
        let row = |x: f32, yes: bool| Row { signals: vec![x, 7.0], yes, counts: 1.0 };
        let rows =
            [(0.0, false), (0.1, false), (0.6, false), (0.5, true), (0.9, true), (1.0, true)]
                .map(|(x, yes)| row(x, yes));
        let learned = learn(&rows.iter().collect::<Vec<_>>(), 0.1);
        assert!(learned.weights[0] > 1.0 && learned.weights[1].abs() < 1e-9, "{learned:?}");
        assert!(learned.sum(&[1.0, 7.0]) > 0.0 && learned.sum(&[0.0, 7.0]) < 0.0);
    }
}
