//! `wendu eval danger`: messages from people in danger and from people who are not, and whether the
//! number comes first for the one and never for the other.

use std::{collections::BTreeMap, fs, path::PathBuf, time::Instant};

use anyhow::Context;
use clap::Args;
use nlu::danger::{Certainty, Danger as Found, Kind, danger, warm};
use serde::Deserialize;

use super::{golden::Half, percentile, say};

/// Messages from people in danger, and from people who are not.
#[derive(Debug, Args)]
pub struct Danger {
    /// The set
    #[arg(long, value_name = "FILE", default_value = "nlu/danger.toml")]
    set: PathBuf,
    /// Which half: what may be tuned on, or what was held back
    #[arg(long, value_enum, default_value_t = Half::HeldBack)]
    half: Half,
    /// Show each message that did not come out right (of the half that may be tuned on)
    #[arg(long)]
    misses: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Deserialize)]
struct File {
    message: Vec<Message>,
}

/// A message and what it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    say: String,
    lang: String,
    /// Safe, if there is none.
    danger: Option<Kind>,
    style: String,
    #[serde(default)]
    held_back: bool,
}

/// How messages of one sort came out.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    danger: f64,
    told: f64,
    first: f64,
    kind: f64,
    safe: f64,
    alarmed: f64,
    beside: f64,
}

impl Danger {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let text = fs::read_to_string(&self.set)
            .with_context(|| format!("{} cannot be read", self.set.display()))?;
        let mut file: File =
            toml::from_str(&text).with_context(|| format!("{} is broken", self.set.display()))?;
        file.message.retain(|message| match self.half {
            Half::HeldBack => message.held_back,
            Half::Tune => !message.held_back,
            Half::All => true,
        });
        warm();
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        let mut times = Vec::new();
        for message in &file.message {
            let start = Instant::now();
            let found = danger(&nlu::normal::fold(&message.say));
            times.push(start.elapsed().as_secs_f64() * 1e3);
            for sort in ["", &*message.lang, &*message.style] {
                tallies.entry(sort.to_owned()).or_default().count(message, found);
            }
            let wrong = match message.danger {
                Some(kind) => {
                    found.is_none_or(|f| f.certainty == Certainty::Perhaps || f.kind != kind)
                }
                None => found.is_some(),
            };
            // What is held back is never shown, so that nobody tunes on it.
            if self.misses && wrong && !message.held_back {
                say::line(&format!("{:?} heard as {found:?}: {}", message.danger, message.say));
            }
        }
        times.sort_by(f64::total_cmp);
        self.print(&tallies, percentile(&times, 0.5));
        Ok(())
    }

    fn print(&self, tallies: &BTreeMap<String, Tally>, p50: f64) {
        let all = tallies.get("").copied().unwrap_or_default();
        if !self.json {
            say::line(&format!(
                "{:<10} {:>7} {:>7} {:>7} {:>13} {:>10} {:>7} {:>7}",
                "", "danger", "recall", "first", "right_kind", "safe", "alarms", "beside"
            ));
            for (sort, tally) in tallies {
                let sort = if sort.is_empty() { "all" } else { sort };
                let [recall, first, kind, alarms, beside] = tally.shares();
                say::line(&format!(
                    "{sort:<10} {:>7} {recall:>7.4} {first:>7.4} {kind:>13.4} {:>10} {alarms:>7.4} {beside:>7.4}",
                    tally.danger, tally.safe
                ));
            }
            say::line(&format!("ms_p50 {p50:.4}"));
            return;
        }
        let object = |tally: Tally| {
            let [recall, first, kind, alarms, beside] = tally.shares();
            serde_json::json!({
                "danger": tally.danger, "safe": tally.safe, "recall": recall,
                "recall_first": first, "right_kind": kind, "false_alarms": alarms,
                "beside_safe": beside,
            })
        };
        let mut json = object(all);
        json["ms_p50"] = p50.into();
        for (sort, tally) in tallies.iter().filter(|(sort, _)| !sort.is_empty()) {
            json[sort] = object(*tally);
        }
        say::line(&json.to_string());
    }
}

impl Tally {
    fn count(&mut self, message: &Message, found: Option<Found>) {
        let yes = |yes: bool| f64::from(u8::from(yes));
        let sure = found.is_some_and(|found| found.certainty == Certainty::Sure);
        match message.danger {
            Some(kind) => {
                self.danger += 1.0;
                self.told += yes(found.is_some());
                self.first += yes(sure);
                self.kind += yes(found.is_some_and(|found| found.kind == kind));
            }
            None => {
                self.safe += 1.0;
                self.alarmed += yes(sure);
                self.beside += yes(found.is_some() && !sure);
            }
        }
    }

    /// Of danger: told a number at all, told it before anything else, of those told the right kind.
    /// Of safe: alarmed in vain, told the numbers beside the answer.
    fn shares(&self) -> [f64; 5] {
        [
            self.told / self.danger,
            self.first / self.danger,
            self.kind / self.told,
            self.alarmed / self.safe,
            self.beside / self.safe,
        ]
    }
}
