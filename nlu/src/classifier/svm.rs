//! A linear support vector machine, one label against all others, for sparse and dense features
//! side by side. Trained by dual coordinate descent (Hsieh et al., ICML 2008) with the squared
//! hinge, all labels in one pass: weights lie feature by feature, so that each step runs along
//! the labels. Nothing here is random: the order of the steps is fixed.

use pulp::Arch;
use serde::{Deserialize, Serialize};

use super::{features::Sparse, order};

/// One example, or a text to be judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Features by number.
    pub sparse: &'a Sparse,
    /// Numbers that every row has.
    pub dense: &'a [f32],
}

/// How it is trained.
#[derive(Debug, Clone, Copy)]
pub(super) struct Training {
    /// What a wrong example costs (C).
    pub cost: f32,
    /// The dense numbers are multiplied by this.
    pub dense: f32,
    /// Passes over all examples.
    pub passes: usize,
}

/// Weights of every feature for every label, in eight bits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Svm {
    labels: usize,
    /// The sparse features; their weights are followed by that of the constant and the dense ones.
    sparse: usize,
    /// Per feature, what one step of its weights is worth.
    steps: Vec<f32>,
    /// Feature by feature, a weight a label.
    weights: Vec<i8>,
}

/// Labels are worked on in groups, so that the compiler can do a group at once.
const LANES: usize = 8;
/// An example that moved no weight by more than this is passed over next time.
const STILL: f32 = 0.01;
/// How often it is passed over at most before it is looked at again.
const REST: u8 = 3;

impl Svm {
    /// Learns which label each row has. `sparse` is the number of sparse features.
    pub fn train(
        rows: &[Row<'_>],
        targets: &[usize],
        (labels, sparse): (usize, usize),
        training: Training,
    ) -> Svm {
        let dense = rows.first().map_or(0, |row| row.dense.len());
        let stride = labels.next_multiple_of(LANES);
        let mut descent = Descent {
            rows,
            targets,
            stride,
            sparse,
            training,
            weights: vec![0.0; (sparse + 1 + dense) * stride],
            duals: vec![0.0; rows.len() * stride],
            rest: vec![0; rows.len()],
        };
        for pass in 0..training.passes {
            let order = order::shuffled(rows.len(), pass as u64);
            Arch::new().dispatch(|| descent.pass(&order));
        }
        let weights = &mut descent.weights;
        // Whoever asks does not multiply again.
        for weight in &mut weights[(sparse + 1) * stride..] {
            *weight *= training.dense;
        }
        Svm::narrow(weights, labels, stride, sparse)
    }

    fn narrow(weights: &[f32], labels: usize, stride: usize, sparse: usize) -> Svm {
        let mut svm = Svm { labels, sparse, steps: vec![], weights: vec![] };
        for row in weights.chunks_exact(stride.max(1)) {
            let row = &row[..labels];
            let step = row.iter().fold(0.0f32, |most, weight| most.max(weight.abs())) / 127.0;
            svm.steps.push(step);
            let whole = |weight: &f32| if step > 0.0 { (weight / step).round() as i8 } else { 0 };
            svm.weights.extend(row.iter().map(whole));
        }
        svm
    }

    /// How much each label suits: above 0 on its side of the border.
    pub fn scores(&self, row: Row<'_>) -> Vec<f32> {
        let mut scores = vec![0.0; self.labels];
        let mut add = |feature: usize, value: f32| {
            let Some(step) = self.steps.get(feature) else { return };
            let weights = &self.weights[feature * self.labels..][..self.labels];
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += value * step * f32::from(*weight);
            }
        };
        add(self.sparse, 1.0);
        for (feature, value) in row.sparse {
            add(*feature as usize, *value);
        }
        for (number, value) in row.dense.iter().enumerate() {
            add(self.sparse + 1 + number, *value);
        }
        scores
    }
}

/// The state of a training.
struct Descent<'a> {
    rows: &'a [Row<'a>],
    targets: &'a [usize],
    stride: usize,
    sparse: usize,
    training: Training,
    weights: Vec<f32>,
    /// How much each example holds each label's border, example by example.
    duals: Vec<f32>,
    rest: Vec<u8>,
}

impl Descent<'_> {
    #[inline(always)]
    fn pass(&mut self, order: &[usize]) {
        let mut sums = vec![0.0f32; self.stride];
        for &at in order {
            if self.rest[at] & 0x0f > 0 {
                self.rest[at] -= 1;
                continue;
            }
            self.sum(at, &mut sums);
            let moved = self.turn(at, &mut sums);
            if moved > 0.0 {
                self.apply(at, &sums);
            }
            // The upper half remembers how long it rested last.
            let last = self.rest[at] >> 4;
            let next = if moved < STILL { (last + 1).min(REST) } else { 0 };
            self.rest[at] = next << 4 | next;
        }
    }

    #[inline(always)]
    fn sum(&self, at: usize, sums: &mut [f32]) {
        let stride = self.stride;
        let row = self.rows[at];
        sums.copy_from_slice(&self.weights[self.sparse * stride..][..stride]);
        for (feature, value) in row.sparse {
            add(sums, &self.weights[*feature as usize * stride..][..stride], *value);
        }
        let dense = &self.weights[(self.sparse + 1) * stride..];
        for (weights, value) in dense.chunks_exact(stride).zip(row.dense) {
            add(sums, weights, value * self.training.dense);
        }
    }

    /// Turns each label's sum into the step that its dual takes; the largest step is returned.
    #[inline(always)]
    fn turn(&mut self, at: usize, sums: &mut [f32]) -> f32 {
        let row = self.rows[at];
        let squares = row.sparse.iter().map(|(_, value)| value * value).sum::<f32>();
        let dense = row.dense.iter().map(|value| value * value).sum::<f32>();
        let scale = self.training.dense * self.training.dense;
        let soft = 0.5 / self.training.cost;
        let curve = squares + dense * scale + 1.0 + soft;
        let duals = &mut self.duals[at * self.stride..][..self.stride];
        let mut most = 0.0f32;
        for (label, (sum, dual)) in sums.iter_mut().zip(duals).enumerate() {
            let side = if label == self.targets[at] { 1.0 } else { -1.0 };
            let slope = side * *sum - 1.0 + soft * *dual;
            let next = (*dual - slope / curve).max(0.0);
            let step = next - *dual;
            *dual = next;
            most = most.max(step.abs());
            *sum = step * side;
        }
        most
    }

    #[inline(always)]
    fn apply(&mut self, at: usize, steps: &[f32]) {
        let stride = self.stride;
        let row = self.rows[at];
        add(&mut self.weights[self.sparse * stride..][..stride], steps, 1.0);
        for (feature, value) in row.sparse {
            add(&mut self.weights[*feature as usize * stride..][..stride], steps, *value);
        }
        let dense = &mut self.weights[(self.sparse + 1) * stride..];
        for (weights, value) in dense.chunks_exact_mut(stride).zip(row.dense) {
            add(weights, steps, value * self.training.dense);
        }
    }
}

#[inline(always)]
fn add(to: &mut [f32], from: &[f32], times: f32) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += times * from;
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Svm, Training};

    #[test]
    fn each_side_of_a_border_is_told() {
        let sparse = [vec![(0, 1.0)], vec![(1, 1.0)], vec![(2, 1.0)]];
        let rows: Vec<Row<'_>> = sparse.iter().map(|s| Row { sparse: s, dense: &[0.5] }).collect();
        let training = Training { cost: 1.0, dense: 1.5, passes: 20 };
        let svm = Svm::train(&rows, &[0, 1, 2], (3, 3), training);
        for (label, row) in rows.iter().enumerate() {
            let scores = svm.scores(*row);
            for (other, score) in scores.iter().enumerate() {
                assert_eq!(*score > 0.0, other == label, "{scores:?}");
            }
        }
    }
}
