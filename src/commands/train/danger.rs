//! `wendu train danger`: learns how danger is told, from the examples beside the code and from that
//! half of nlu/danger.toml which may be tuned on; how the judges are joined, and from where danger
//! counts as sure, comes from sentences that the judges had not been taught. Writes the weights, and
//! beside them from what they were learned.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Args;
use nlu::danger::{
    Kind, examples,
    learned::{LEARNED, Learned, fingerprint},
    training::{self, LeftOut, PARTS, Prepared, Source},
    weights::{Joined, NAMES},
};

use super::regression::{Row, learn};
use crate::commands::{
    Shared,
    eval::{danger::Message, danger::messages, golden::Half, published::encoder},
    now, say,
};

/// Learn how danger is told.
#[derive(Debug, Args)]
pub struct Danger {
    /// The messages; only the half that may be tuned on is learned
    #[arg(long, value_name = "FILE", default_value = "nlu/danger.toml")]
    set: PathBuf,
    /// Where `learned.bin` and `learned.txt` are written
    #[arg(long, value_name = "FOLDER", default_value = "nlu/src/danger")]
    to: PathBuf,
    /// Write nothing: only learn the words again and compare them with what this program carries
    #[arg(long)]
    check: bool,
}

/// Strength of the pull towards nought (L2).
const PULL: f64 = 1.0;
/// How much an example counts when the judges are joined, and how much a measured message: these are
/// more like what is said.
const COUNTS: (f64, f64) = (0.3, 3.0);
/// The share of harmless messages that may be alarmed in vain, by words alone and with the meaning.
/// Words alone would miss too much if they were to alarm as seldom.
const ALARMED: [f64; 2] = [0.02, 0.01];
/// The share of harmless messages that may have the numbers beside their answer in vain.
const BESIDE: f64 = 0.04;

/// Log odds of which it is told what a threshold there would give.
const LIMITS: [f32; 6] = [-2.0, -1.0, 0.0, 0.5, 1.0, 2.0];

impl Danger {
    pub(super) fn run(&self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let text = fs::read_to_string(&self.set)
            .with_context(|| format!("{} cannot be read", self.set.display()))?;
        let rows = rows(&messages(&self.set, Half::Tune)?);
        if self.check {
            return Ok(check(&training::learn(&training::prepare(rows, None)).words_in_bytes()));
        }
        let Some(encoder) = encoder(&shared.settings()?.models())? else {
            bail!("this needs the sentence encoder; `wendu models` fetches it");
        };
        let prepared = training::prepare(rows, Some(&encoder));
        let (learned, told) = learned(&prepared, fingerprint(&text));
        let bytes = learned.to_bytes();
        write(&self.to.join("learned.bin"), &bytes)?;
        let head = format!(
            "Written by `wendu train danger` on {}.\n{} sentences: the examples in examples/, and the half \
             of {} that may be tuned on.\nTheir fingerprint is {:016x}; learned.bin has {} bytes.\n\n",
            now().strftime("%-d %B %Y"),
            prepared.len(),
            self.set.display(),
            learned.from,
            bytes.len(),
        );
        write(&self.to.join("learned.txt"), format!("{head}{told}").as_bytes())?;
        say::line(told.trim_end());
        Ok(ExitCode::SUCCESS)
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

fn rows(messages: &[Message]) -> Vec<training::Row> {
    let examples = examples::all().into_iter();
    let examples =
        examples.map(|(kind, text)| training::Row { kind, text, source: Source::Example });
    let measured = messages.iter().map(|message| training::Row {
        kind: message.danger,
        text: message.say.clone(),
        source: Source::Measured,
    });
    examples.chain(measured).collect()
}

/// Compares words learned again with those that this program carries. Machines round differently in
/// the last digit, which may carry a weight over to the next step.
fn check(again: &[u8]) -> ExitCode {
    let carried = LEARNED.layers.words_in_bytes();
    let apart = |(a, b): (&u8, &u8)| (i16::from(*a as i8) - i16::from(*b as i8)).abs() > 1;
    // Before the weights stand the scale and the constants, as wider numbers.
    let skip = (1 + 1 + Kind::ALL.len()) * 4;
    let weights = again.iter().zip(&carried).skip(skip);
    let differ = weights.filter(|pair| apart(*pair)).count();
    if again.len() == carried.len() && differ == 0 {
        say::line("what this program carries is what the examples teach");
        return ExitCode::SUCCESS;
    }
    say::line(&format!("{differ} weights differ: say `wendu train danger` and build again"));
    ExitCode::FAILURE
}

/// Learns, and says how well it went on sentences left out.
fn learned(prepared: &[Prepared], from: u64) -> (Learned, String) {
    let left_out = training::left_out(prepared);
    let mut told = format!(
        "Each measured message judged by what was learned without its part of {PARTS}, and without what \
         is much like it:\n"
    );
    let [alone, with_meaning] =
        [("words alone", 0), ("with the sentence encoder", 1)].map(|(name, at)| {
            let joined = joined(&left_out, at);
            tell(&mut told, name, at, &joined, &left_out);
            joined
        });
    (Learned { layers: training::learn(prepared), alone, with_meaning, from }, told)
}

/// How the judges are best joined: `at` 0 by words alone, 1 with the meaning.
fn joined(left_out: &[LeftOut], at: usize) -> Joined {
    let row = |one: &LeftOut| Row {
        signals: one.numbers[at].to_vec(),
        yes: one.kind.is_some(),
        counts: if one.source == Source::Measured { COUNTS.1 } else { COUNTS.0 },
    };
    let rows: Vec<Row> = left_out.iter().map(row).collect();
    let learned = learn(&rows.iter().collect::<Vec<_>>(), PULL);
    let weight = |at: usize| learned.weights.get(at).map_or(0.0, |weight| *weight as f32);
    let mut joined = Joined {
        weights: std::array::from_fn(weight),
        bias: learned.bias as f32,
        ..Joined::default()
    };
    let harmless = |one: &&LeftOut| one.source == Source::Measured && one.kind.is_none();
    let mut odds: Vec<f32> =
        left_out.iter().filter(harmless).map(|one| joined.odds(&one.numbers[at])).collect();
    odds.sort_by(|a, b| b.total_cmp(a));
    // Midway between the last that may be told and the first that may not: nearer to this one,
    // golden questions of the demo city that may be tuned on were alarmed.
    let limit = |share: f64| {
        let most = (odds.len() as f64 * share) as usize;
        let near = |at: usize| odds.get(at).copied().unwrap_or_default();
        let last = near(most.saturating_sub(1));
        f32::midpoint(last, near(most))
    };
    (joined.sure, joined.perhaps) = (limit(ALARMED[at]), limit(ALARMED[at] + BESIDE));
    joined
}

fn tell(told: &mut String, name: &str, at: usize, joined: &Joined, left_out: &[LeftOut]) {
    let measured = || left_out.iter().filter(|one| one.source == Source::Measured);
    let share = |of: &dyn Fn(&LeftOut) -> bool, danger: bool| {
        let all = measured().filter(|one| one.kind.is_some() == danger);
        let (yes, no): (Vec<_>, Vec<_>) = all.partition(|one| of(one));
        yes.len() as f64 / (yes.len() + no.len()).max(1) as f64
    };
    let from = |limit: f32| move |one: &LeftOut| joined.odds(&one.numbers[at]) >= limit;
    let right = |one: &LeftOut| one.kind == Some(one.kinds[at]);
    let _ = writeln!(
        told,
        "{name}: of {} in danger told {:.3}, number first {:.3}, right kind {:.3}; of {} harmless alarmed \
         {:.3}, number beside {:.3}",
        measured().filter(|one| one.kind.is_some()).count(),
        share(&from(joined.perhaps), true),
        share(&from(joined.sure), true),
        share(&right, true),
        measured().filter(|one| one.kind.is_none()).count(),
        share(&from(joined.sure), false),
        share(&from(joined.perhaps), false) - share(&from(joined.sure), false),
    );
    for limit in LIMITS {
        let (danger, harmless) = (share(&from(limit), true), share(&from(limit), false));
        let _ = writeln!(
            told,
            "  from {limit:>4.1} on: {danger:.3} of danger, {harmless:.3} of harmless"
        );
    }
    for (name, weight) in NAMES.iter().zip(joined.weights) {
        let _ = writeln!(told, "  {name:<20} {weight:>7.3}");
    }
    let Joined { bias, sure, perhaps, .. } = joined;
    let _ = writeln!(told, "  constant {bias:.3}; sure from {sure:.3}, perhaps from {perhaps:.3}");
}
