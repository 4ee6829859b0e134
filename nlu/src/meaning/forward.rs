//! The network: pieces to a meaning. Each piece is looked at with its neighbours through windows of
//! two, three and five pieces; all are added up, and a small dense network makes the meaning of the
//! sum (Yang et al. 2019, arXiv:1907.04307; the layers are those of the package's numpy code).

use super::{ModelError, NUMBERS, matrix::Matrix, npz::Archive, table::Table};

/// The numbers that a window gives for each piece.
const CONV: usize = 256;
/// What is known of each piece in the end: itself and three windows.
const FEATURES: usize = NUMBERS + 3 * CONV;
/// The narrow layers of the dense network.
const NARROW: usize = 320;

/// The weights.
pub struct Network {
    table: Table,
    branches: Vec<Branch>,
    /// Over the three branches' inputs together.
    inner: Norm,
    outer: Norm,
    gather: Matrix,
    gather_bias: Vec<f32>,
    dense: [Matrix; 6],
    epsilon: f32,
}

/// One window's layers.
struct Branch {
    /// Pieces that it sees, and how many of them stand before the one it is about.
    pieces: usize,
    before: usize,
    project: Matrix,
    bias: Vec<f32>,
    first: (Matrix, Vec<f32>),
    second: (Matrix, Vec<f32>),
}

/// A layer normalisation (Ba et al. 2016).
struct Norm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl Network {
    /// Reads all weights.
    pub fn read(archive: &mut Archive<'_>) -> Result<Network, ModelError> {
        let table = Table::read(archive)?;
        let mut inner = Norm { gain: vec![], bias: vec![] };
        let mut branches = Vec::new();
        for (pieces, before) in [(2, 0), (3, 1), (5, 2)] {
            inner.gain.extend(archive.floats(&format!("ln_g{pieces}"), &[CONV])?);
            inner.bias.extend(archive.floats(&format!("ln_b{pieces}"), &[CONV])?);
            branches.push(Branch::read(archive, pieces, before)?);
        }
        Ok(Network {
            table,
            branches,
            inner,
            outer: Norm {
                gain: archive.floats("ln_g", &[FEATURES])?,
                bias: archive.floats("ln_b", &[FEATURES])?,
            },
            gather: matrix(archive, "cnn_W", FEATURES, NUMBERS)?,
            gather_bias: archive.floats("cnn_b", &[NUMBERS])?,
            dense: [
                matrix(archive, "d0", NUMBERS, NARROW)?,
                matrix(archive, "d1", NARROW, NARROW)?,
                matrix(archive, "p1", NUMBERS, NARROW)?,
                matrix(archive, "d2", NARROW, NUMBERS)?,
                matrix(archive, "p3", NARROW, NUMBERS)?,
                matrix(archive, "d3", NUMBERS, NUMBERS)?,
            ],
            epsilon: archive.floats("eps", &[])?[0],
        })
    }

    /// How many pieces it knows.
    pub fn pieces(&self) -> usize {
        self.table.rows()
    }

    /// The meaning of a row of pieces, each of a number below `pieces`.
    pub fn encode(&self, pieces: &[u32]) -> Box<[f32]> {
        let mut alone = vec![0.0; pieces.len() * NUMBERS];
        for (piece, row) in pieces.iter().zip(alone.chunks_exact_mut(NUMBERS)) {
            self.table.row(*piece, row);
        }
        let mut features = vec![0.0; pieces.len() * FEATURES];
        for (row, alone) in features.chunks_exact_mut(FEATURES).zip(alone.chunks_exact(NUMBERS)) {
            row[..NUMBERS].copy_from_slice(alone);
        }
        let inputs = self.inputs(&alone);
        for (branch, (at, input)) in self.branches.iter().zip(inputs.iter().enumerate()) {
            let seen = branch.look(input);
            let left = NUMBERS + at * CONV;
            for (row, seen) in features.chunks_exact_mut(FEATURES).zip(seen.chunks_exact(CONV)) {
                row[left..left + CONV].copy_from_slice(seen);
            }
        }
        self.outer.apply(&mut features, self.epsilon);
        self.dense(&self.gather(&features))
    }

    /// What each branch takes in: a projection of the pieces, normalised over all three together.
    fn inputs(&self, alone: &[f32]) -> Vec<Vec<f32>> {
        let many = alone.len() / NUMBERS;
        let wide = self.branches.len() * CONV;
        let mut together = vec![0.0; many * wide];
        for (at, branch) in self.branches.iter().enumerate() {
            let mut out = vec![0.0; many * CONV];
            branch.project.times(alone, NUMBERS, &mut out);
            for (row, out) in together.chunks_exact_mut(wide).zip(out.chunks_exact(CONV)) {
                for (to, (from, bias)) in
                    row[at * CONV..].iter_mut().zip(out.iter().zip(&branch.bias))
                {
                    *to = from + bias;
                }
            }
        }
        self.inner.apply(&mut together, self.epsilon);
        let part = |at: usize| {
            let rows = together.chunks_exact(wide);
            rows.flat_map(|row| &row[at * CONV..(at + 1) * CONV]).copied().collect()
        };
        (0..self.branches.len()).map(part).collect()
    }

    /// All pieces in one row. Adding up before the projection gives the same with less work.
    fn gather(&self, features: &[f32]) -> Vec<f32> {
        let many = (features.len() / FEATURES) as f32;
        let mut sum = vec![0.0; FEATURES];
        for row in features.chunks_exact(FEATURES) {
            sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
        }
        let mut mean = product(&self.gather, &sum);
        for (number, bias) in mean.iter_mut().zip(&self.gather_bias) {
            *number = (*number + many * bias) / many.sqrt();
        }
        mean
    }

    /// Two residual layers, and the length made 1.
    fn dense(&self, mean: &[f32]) -> Box<[f32]> {
        let [d0, d1, p1, d2, p3, d3] = &self.dense;
        let positive = |mut row: Vec<f32>| {
            row.iter_mut().for_each(|number| *number = number.max(0.0));
            row
        };
        let hidden = positive(product(d0, mean));
        let hidden = positive(sum(product(p1, mean), product(d1, &hidden)));
        let deeper = positive(product(d2, &hidden));
        let mut out = sum(product(p3, &hidden), product(d3, &deeper));
        out.iter_mut().for_each(|number| *number = number.tanh());
        let square: f32 = out.iter().map(|number| number * number).sum();
        let length = square.max(self.epsilon).sqrt();
        out.iter().map(|number| number / length).collect()
    }
}

impl Branch {
    fn read(archive: &mut Archive<'_>, pieces: usize, before: usize) -> Result<Branch, ModelError> {
        let high = pieces * CONV;
        Ok(Branch {
            pieces,
            before,
            project: matrix(archive, &format!("proj{pieces}"), NUMBERS, CONV)?,
            bias: archive.floats(&format!("proj_b{pieces}"), &[CONV])?,
            first: (
                matrix(archive, &format!("w1_{pieces}"), high, CONV)?,
                archive.floats(&format!("b1_{pieces}"), &[CONV])?,
            ),
            second: (
                matrix(archive, &format!("w2_{pieces}"), high, CONV)?,
                archive.floats(&format!("b2_{pieces}"), &[CONV])?,
            ),
        })
    }

    /// Twice through the window; what goes in is added to what comes out.
    fn look(&self, input: &[f32]) -> Vec<f32> {
        let seen = self.window(input, &self.first);
        self.window(&seen, &self.second)
    }

    fn window(&self, input: &[f32], (weights, bias): &(Matrix, Vec<f32>)) -> Vec<f32> {
        // With zeros at both ends, each window is one run of numbers, and they overlap.
        let mut padded = vec![0.0; input.len() + (self.pieces - 1) * CONV];
        padded[self.before * CONV..][..input.len()].copy_from_slice(input);
        let mut out = vec![0.0; input.len()];
        weights.times(&padded, CONV, &mut out);
        for (out, input) in out.chunks_exact_mut(CONV).zip(input.chunks_exact(CONV)) {
            for ((out, input), bias) in out.iter_mut().zip(input).zip(bias) {
                *out = (*out + bias).max(0.0) + input;
            }
        }
        out
    }
}

impl Norm {
    /// Makes each row's mean 0 and its variance 1, then stretches and shifts it.
    fn apply(&self, rows: &mut [f32], epsilon: f32) {
        let wide = self.gain.len();
        for row in rows.chunks_exact_mut(wide) {
            let mean = row.iter().sum::<f32>() / wide as f32;
            row.iter_mut().for_each(|number| *number -= mean);
            let variance = row.iter().map(|number| number * number).sum::<f32>() / wide as f32;
            let scale = (variance + epsilon).sqrt().recip();
            for (number, (gain, bias)) in row.iter_mut().zip(self.gain.iter().zip(&self.bias)) {
                *number = *number * scale * gain + bias;
            }
        }
    }
}

fn matrix(
    archive: &mut Archive<'_>,
    name: &str,
    height: usize,
    width: usize,
) -> Result<Matrix, ModelError> {
    let numbers = archive.floats(name, &[height, width])?;
    let fault = "is not in eight-bit steps";
    Matrix::pack(height, width, &numbers)
        .ok_or_else(|| ModelError::Array { name: name.to_owned(), fault })
}

fn product(matrix: &Matrix, row: &[f32]) -> Vec<f32> {
    let mut out = vec![0.0; matrix.width()];
    matrix.times(row, 0, &mut out);
    out
}

fn sum(mut a: Vec<f32>, b: Vec<f32>) -> Vec<f32> {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    a
}
