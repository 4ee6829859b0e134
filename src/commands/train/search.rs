//! `wendu train search`: learns by which weights the fields of search are summed, from named passages
//! and questions, and judges them on passages that they never saw, beside the weights in the program.
//! Whether the learned ones win is for an engineer to judge; docs/decisions/0008 tells what came of it.

use std::{collections::BTreeSet, process::ExitCode};

use clap::Args;
use knowledge::index::{FIELDS, Field};

use super::regression::{Row, learn};
use crate::commands::{
    eval::retrieval::{Found, Retrieval},
    say,
};

/// Learn the weights of the fields from the rows that `wendu eval retrieval` measures on.
#[derive(Debug, Args)]
pub(super) struct Search {
    #[command(flatten)]
    on: Retrieval,
}

/// Passages looked at for each question; those further down are not brought back by other weights.
const DEPTH: usize = 200;
/// Wrong passages that each right one is compared with, best first.
const WRONG: usize = 20;
/// Parts into which right passages are cut: each is judged by weights that were learned without it.
const FOLDS: usize = 10;
/// Strength of the pull towards nought (L2).
const PULL: f64 = 1.0;

type Weights = [f32; FIELDS];

impl Search {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let found = self.on.found(DEPTH)?;
        let groups: BTreeSet<&str> = found.iter().map(|found| &*found.group).collect();
        let groups: Vec<&str> = groups.into_iter().collect();
        let fold = |found: &Found| groups.binary_search(&&*found.group).unwrap_or(0) % FOLDS;
        let mut of = [(); 3].map(|()| Vec::new());
        for held_out in 0..FOLDS {
            let others = found.iter().filter(|found| fold(found) != held_out);
            let learned = weights(&others.collect::<Vec<_>>());
            for found in found.iter().filter(|found| fold(found) == held_out) {
                let half = std::array::from_fn(|at| (learned[at] + found.weights[at]) / 2.0);
                for (ranks, weights) in of.iter_mut().zip([found.weights, half, learned]) {
                    ranks.push(rank(found, &weights));
                }
            }
        }
        say::line(&format!("{} questions about {} passages", found.len(), groups.len()));
        say::line("                 R@1     R@5  MRR@10   better   worse");
        for (name, ranks) in ["in the program", "half of each", "learned"].iter().zip(&of) {
            judged(name, ranks, &of[0]);
        }
        let learned = weights(&found.iter().collect::<Vec<_>>());
        for (field, weight) in Field::ALL.iter().zip(learned) {
            say::line(&format!("{:<14} {weight:>7.2}", field.name()));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The weights that put right passages before wrong ones, none below nought, scaled so that they
/// sum to what those in the program do.
fn weights(found: &[&Found]) -> Weights {
    let mut rows = Vec::new();
    for found in found {
        let Some((right, _)) = found.passages.iter().find(|(_, right)| *right) else { continue };
        let wrong = found.passages.iter().filter(|(_, right)| !right).take(WRONG);
        for (fields, _) in wrong {
            let more: Vec<f32> = right.iter().zip(fields).map(|(a, b)| a - b).collect();
            let less = more.iter().map(|more| -more).collect();
            rows.push(Row { signals: more, yes: true, counts: 1.0 });
            // Both ways round, so that there is no constant to learn.
            rows.push(Row { signals: less, yes: false, counts: 1.0 });
        }
    }
    let learned = learn(&rows.iter().collect::<Vec<_>>(), PULL);
    let weight = |at: usize| learned.weights.get(at).map_or(0.0, |weight| weight.max(0.0) as f32);
    let weights: Weights = std::array::from_fn(weight);
    let sum = |weights: &Weights| weights.iter().sum::<f32>();
    let wanted = found.first().map_or(1.0, |found| sum(&found.weights));
    weights.map(|weight| weight * wanted / sum(&weights).max(f32::EPSILON))
}

/// Where the first right passage comes by such weights.
fn rank(found: &Found, weights: &Weights) -> Option<usize> {
    let score = |fields: &Weights| fields.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>();
    let mut scored: Vec<(f32, bool)> =
        found.passages.iter().map(|(fields, right)| (score(fields), *right)).collect();
    // Stable: of two equal ones the first found stays first.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.iter().position(|(_, right)| *right)
}

/// One line: how good ranks are, and how often better or worse than others.
fn judged(name: &str, ranks: &[Option<usize>], others: &[Option<usize>]) {
    let n = ranks.len().max(1) as f64;
    let within = |depth: usize| {
        ranks.iter().filter(|rank| rank.is_some_and(|rank| rank < depth)).count() as f64 / n
    };
    let top = ranks.iter().flatten().filter(|rank| **rank < 10);
    let mrr = top.map(|rank| 1.0 / (rank + 1) as f64).sum::<f64>() / n;
    let place = |rank: &Option<usize>| rank.unwrap_or(usize::MAX);
    let better = ranks.iter().zip(others).filter(|(a, b)| place(a) < place(b)).count();
    let worse = ranks.iter().zip(others).filter(|(a, b)| place(a) > place(b)).count();
    say::line(&format!(
        "{name:<14} {:>6.3}  {:>6.3}  {mrr:>6.3}  {better:>7}  {worse:>6}",
        within(1),
        within(5)
    ));
}

#[cfg(test)]
mod tests {
    use super::{Found, rank, weights};

    #[test]
    fn the_field_that_tells_right_from_wrong_gets_the_weight() {
        let one = |words: f32| Found {
            group: "a".to_owned(),
            weights: [1.0; 6],
            passages: vec![
                ([words, 0.9, 0.0, 0.0, 0.0, 0.0], false),
                ([words + 0.3, 0.1, 0.0, 0.0, 0.0, 0.0], true),
            ],
        };
        let found = [one(0.1), one(0.3), one(0.5)];
        let learned = weights(&found.iter().collect::<Vec<_>>());
        assert!(learned[0] > 5.9 && learned[1] == 0.0, "{learned:?}");
        assert_eq!((rank(&found[0], &[1.0; 6]), rank(&found[0], &learned)), (Some(1), Some(0)));
    }
}
