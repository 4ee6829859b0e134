//! Whether a text is an outsider: the signals weighed into one chance, and the border between
//! inside and outside put where the stated share of insiders is kept. Both are found on texts that
//! the judging classifier had not seen: in turn a fifth of the examples is kept aside, and with
//! them every example of a fifth of the labels, which are outsiders then.

use serde::{Deserialize, Serialize};

use super::{
    core::{Core, Judged, Prepared, SIGNALS},
    logistic::{Logistic, Observation},
    order,
};

/// Weighs signals into chances.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Meter {
    weighing: Logistic,
    /// The chance above which a text is taken for an outsider.
    border: f32,
    /// How sharply the best label's score stands out in its chance.
    sharpness: f32,
}

/// Into how many parts examples and labels fall.
const PARTS: usize = 5;
/// With fewer labels none can be spared.
const LABELS: usize = 4;
/// Sharpnesses that are tried.
const SHARPNESSES: [f32; 12] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0];

/// Texts judged by classifiers that had not seen them.
#[derive(Default)]
struct Unseen {
    insiders: Vec<(Judged, usize)>,
    strangers: Vec<Judged>,
    outsiders: Vec<Judged>,
}

impl Meter {
    /// Finds weights and border. `whole` is the classifier that learned from all `rows`.
    pub fn calibrate(
        whole: &Core,
        rows: &[Prepared],
        labels: usize,
        (insiders, outsiders): (&[Prepared], &[Prepared]),
        keep: f32,
    ) -> Meter {
        let mut unseen = Unseen::default();
        for part in 0..PARTS {
            unseen.add(rows, labels, outsiders, part);
        }
        let weighing = Logistic::train(&unseen.observations());
        let mut meter = Meter { weighing, border: 1.0, sharpness: sharpness(&unseen.insiders) };
        let seen = |judged: &Judged| meter.outside(&judged.signals);
        let mut chances: Vec<f32> = if insiders.is_empty() {
            unseen.insiders.iter().map(|(judged, _)| seen(judged)).collect()
        } else {
            insiders.iter().map(|text| seen(&whole.judge(text))).collect()
        };
        chances.sort_unstable_by(f32::total_cmp);
        let kept = (chances.len() as f32 * keep.clamp(0.0, 1.0)).ceil() as usize;
        meter.border = chances.get(kept.saturating_sub(1)).copied().unwrap_or(1.0);
        meter
    }

    /// The chance of being an outsider.
    pub fn outside(&self, signals: &[f32; SIGNALS]) -> f32 {
        self.weighing.chance(signals)
    }

    /// Whether a chance is beyond the border.
    pub fn is_outside(&self, chance: f32) -> bool {
        chance > self.border
    }

    /// The chance of each label among all labels.
    pub fn shares(&self, scores: &[f32]) -> Vec<f32> {
        shares(scores, self.sharpness)
    }
}

impl Unseen {
    fn add(&mut self, rows: &[Prepared], labels: usize, outsiders: &[Prepared], part: usize) {
        let spared = |label: usize| labels >= LABELS && places(labels, 1)[label] % PARTS == part;
        let spared: Vec<bool> = (0..labels).map(spared).collect();
        let aside = places(rows.len(), 2);
        let is_aside = |at: usize| aside[at] % PARTS == part;
        let learnt: Vec<&Prepared> = rows
            .iter()
            .enumerate()
            .filter(|(at, row)| !is_aside(*at) && !spared[row.target])
            .map(|(_, row)| row)
            .collect();
        if learnt.is_empty() {
            return;
        }
        let core = Core::train(&learnt, labels);
        let mut there = vec![false; labels];
        learnt.iter().for_each(|row| there[row.target] = true);
        for (_, row) in rows.iter().enumerate().filter(|(at, _)| is_aside(*at)) {
            let judged = core.judge(row);
            if there[row.target] {
                self.insiders.push((judged, row.target));
            } else {
                self.strangers.push(judged);
            }
        }
        self.outsiders.extend(outsiders.iter().map(|text| core.judge(text)));
    }

    /// Insiders count as much as all others together; where there are real outsiders, they count
    /// as much as the strangers.
    fn observations(&self) -> Vec<Observation<SIGNALS>> {
        let kinds = [self.strangers.len(), self.outsiders.len()].iter().filter(|n| **n > 0).count();
        let weight = |of: usize, share: usize| 1.0 / (of.max(1) * share.max(1)) as f64;
        let one =
            |judged: &Judged, holds, weight| Observation { signals: judged.signals, holds, weight };
        let insiders = weight(self.insiders.len(), 1);
        let strangers = weight(self.strangers.len(), kinds);
        let outsiders = weight(self.outsiders.len(), kinds);
        let mut all = Vec::new();
        all.extend(self.insiders.iter().map(|(judged, _)| one(judged, false, insiders)));
        all.extend(self.strangers.iter().map(|judged| one(judged, true, strangers)));
        all.extend(self.outsiders.iter().map(|judged| one(judged, true, outsiders)));
        all
    }
}

/// The place of each of `count` things in an order that looks random.
fn places(count: usize, seed: u64) -> Vec<usize> {
    let mut places = vec![0; count];
    for (place, at) in order::shuffled(count, seed).into_iter().enumerate() {
        places[at] = place;
    }
    places
}

/// The sharpness under which the right labels were the least surprising.
fn sharpness(insiders: &[(Judged, usize)]) -> f32 {
    let surprise = |sharpness: f32| -> f32 {
        let share = |(judged, target): &(Judged, usize)| shares(&judged.scores, sharpness)[*target];
        insiders.iter().map(|one| -share(one).max(1e-6).ln()).sum()
    };
    let tried = SHARPNESSES.map(|sharpness| (sharpness, surprise(sharpness)));
    tried.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(1.0, |best| best.0)
}

fn shares(scores: &[f32], sharpness: f32) -> Vec<f32> {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut shares: Vec<f32> =
        scores.iter().map(|score| ((score - best) * sharpness).exp()).collect();
    let sum: f32 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum.max(f32::MIN_POSITIVE));
    shares
}
