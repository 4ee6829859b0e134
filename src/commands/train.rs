//! `wendu train`: what the program learned, learned again from named data, so that its weights are
//! no mystery. It prints; an engineer puts the numbers where they belong.

mod regression;
mod sureness;

use std::process::ExitCode;

use bot::Message;
use bot::weighing::{NAMES, SIGNALS, weigh};
use clap::{Args, Subcommand};

use super::{
    Shared,
    eval::golden::{Half, questions},
    now, say,
};

/// Learn weights again from named data.
#[derive(Debug, Args)]
pub struct Train {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The weights by which an article's chance is estimated, from a pack's golden questions
    Weighing,
    /// The weights by which it is estimated whether anything published answers a question
    Sureness(sureness::Sureness),
}

/// Strength of the pull towards nought (L2), per weight.
const PULL: f64 = 0.1;
/// Newton's steps; it settles in fewer than ten.
const STEPS: usize = 50;
/// The signals and the constant.
const SIZE: usize = SIGNALS + 1;

impl Train {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        match self.what {
            What::Weighing => weighing(shared),
            What::Sureness(sureness) => sureness.run(shared),
        }
    }
}

fn weighing(shared: &Shared) -> anyhow::Result<ExitCode> {
    let mind = shared.mind()?;
    let mut rows: Vec<([f64; SIZE], f64)> = Vec::new();
    for question in questions(&shared.settings()?.pack, Half::Tune)? {
        if question.person || question.hours.is_some() {
            continue;
        }
        let message = Message::new(&question.ask, question.via());
        for candidate in weigh(&mind, &message, &question.lang, now()) {
            let mut row = [1.0; SIZE];
            for (to, from) in row.iter_mut().zip(candidate.signals) {
                *to = f64::from(from);
            }
            let right = question.service.contains(&candidate.article);
            rows.push((row, f64::from(u8::from(right))));
        }
    }
    let weights = fit(&rows);
    say::line(&format!("{} candidates", rows.len()));
    for (name, weight) in NAMES.iter().chain([&"bias"]).zip(weights) {
        say::line(&format!("{name:<10} {weight:>8.3}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Logistic regression by Newton's method; the last weight is the constant and is not pulled.
fn fit(rows: &[([f64; SIZE], f64)]) -> [f64; SIZE] {
    let mut weights = [0.0; SIZE];
    for _ in 0..STEPS {
        let mut slope = [0.0; SIZE];
        let mut curve = [[0.0; SIZE]; SIZE];
        for (row, right) in rows {
            let sum: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            for i in 0..SIZE {
                slope[i] += (right - chance) * row[i];
                for j in 0..SIZE {
                    curve[i][j] += chance * (1.0 - chance) * row[i] * row[j];
                }
            }
        }
        for i in 0..SIGNALS {
            slope[i] -= PULL * weights[i];
            curve[i][i] += PULL;
        }
        let step = solve(curve, slope);
        for (weight, change) in weights.iter_mut().zip(step) {
            *weight += change;
        }
    }
    weights
}

/// Solves a system of linear equations by elimination; a row that says nothing gives nought.
fn solve(mut matrix: [[f64; SIZE]; SIZE], mut right: [f64; SIZE]) -> [f64; SIZE] {
    for column in 0..SIZE {
        let largest =
            |a: &usize, b: &usize| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs());
        let pivot = (column..SIZE).max_by(largest).unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < 1e-12 {
            continue;
        }
        for row in 0..SIZE {
            if row != column {
                let factor = matrix[row][column] / matrix[column][column];
                let above = matrix[column];
                for (value, over) in matrix[row].iter_mut().zip(above) {
                    *value -= factor * over;
                }
                right[row] -= factor * right[column];
            }
        }
    }
    std::array::from_fn(|i| if matrix[i][i].abs() < 1e-12 { 0.0 } else { right[i] / matrix[i][i] })
}

#[cfg(test)]
mod tests {
    use super::{SIZE, fit};

    #[test]
    fn what_decides_gets_the_weight() {
        let row = |x: f64, right: f64| {
            let mut row = [0.0; SIZE];
            row[0] = x;
            row[SIZE - 1] = 1.0;
            (row, right)
        };
        let rows = [
            row(0.0, 0.0),
            row(0.1, 0.0),
            row(0.6, 0.0),
            row(0.5, 1.0),
            row(0.9, 1.0),
            row(1.0, 1.0),
        ];
        let weights = fit(&rows);
        assert!(weights[0] > 2.0 && weights[SIZE - 1] < 0.0, "{weights:?}");
    }
}
