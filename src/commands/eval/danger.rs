//! `wendu eval danger`: messages from people in danger and from people who are not, and whether the
//! number comes first for the one and never for the other.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Context;
use clap::Args;
use knowledge::pack::Numbers;
use nlu::{
    Encoder, Meaning,
    danger::{Certainty, Danger as Found, Kind, danger, warm},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Shared,
    golden::{Half, questions},
    percentile,
    published::encoder,
    say,
};

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
pub struct Message {
    /// What is said.
    pub say: String,
    lang: String,
    /// Nothing if it is harmless.
    pub danger: Option<Kind>,
    style: String,
    #[serde(default)]
    held_back: bool,
}

/// The messages of one half.
pub fn messages(set: &Path, half: Half) -> anyhow::Result<Vec<Message>> {
    let text =
        fs::read_to_string(set).with_context(|| format!("{} cannot be read", set.display()))?;
    let mut file: File =
        toml::from_str(&text).with_context(|| format!("{} is broken", set.display()))?;
    file.message.retain(|message| match half {
        Half::HeldBack => message.held_back,
        Half::Tune => !message.held_back,
        Half::All => true,
    });
    Ok(file.message)
}

/// How messages of one sort came out.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    danger: f64,
    told: f64,
    first: f64,
    kind: f64,
    number: f64,
    safe: f64,
    alarmed: f64,
    beside: f64,
}

/// How all messages came out, by language and style; the empty name is all of them. Beside them the
/// pack's golden questions that it answers: none of them is danger.
struct Judged {
    tallies: BTreeMap<String, Tally>,
    golden: Tally,
    p50: f64,
}

impl Danger {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<()> {
        let messages = messages(&self.set, self.half)?;
        let settings = shared.settings()?;
        let golden: Vec<String> = questions(&settings.pack, self.half)?
            .into_iter()
            .filter(|one| !one.outside)
            .map(|one| one.ask.into_inner())
            .collect();
        let encoder = encoder(&settings.models())?;
        warm();
        let alone = self.judge(&messages, &golden, None);
        let with = encoder.as_ref().map(|encoder| self.judge(&messages, &golden, Some(encoder)));
        if self.json {
            let mut json = with.as_ref().unwrap_or(&alone).json();
            json["encoder"] = with.is_some().into();
            json["words_alone"] = alone.json();
            say::line(&json.to_string());
            return Ok(());
        }
        say::line("words alone");
        alone.print();
        if let Some(with) = with {
            say::line("with the sentence encoder");
            with.print();
        }
        Ok(())
    }

    fn judge(&self, messages: &[Message], golden: &[String], encoder: Option<&Encoder>) -> Judged {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        let mut times = Vec::new();
        let means = |folded: &str| -> Option<Meaning> { Some(encoder?.encode(folded)) };
        for message in messages {
            let start = Instant::now();
            let found = danger(&nlu::normal::fold(&message.say), &means);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            for sort in ["", &*message.lang, &*message.style] {
                tallies.entry(sort.to_owned()).or_default().count(message.danger, found);
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
        let mut of_golden = Tally::default();
        for ask in golden {
            let found = danger(&nlu::normal::fold(ask), &means);
            of_golden.count(None, found);
            if let (true, Half::Tune, Some(found)) = (self.misses, self.half, found) {
                say::line(&format!("golden heard as {found:?}: {ask}"));
            }
        }
        times.sort_by(f64::total_cmp);
        Judged { tallies, golden: of_golden, p50: percentile(&times, 0.5) }
    }
}

impl Judged {
    fn json(&self) -> Value {
        let mut json = self.tallies.get("").map_or_else(|| json!({}), Tally::json);
        json["ms_p50"] = self.p50.into();
        json["golden"] = self.golden.safe.into();
        json["golden_alarms"] = self.golden.alarmed.into();
        json["golden_beside"] = self.golden.beside.into();
        for (sort, tally) in self.tallies.iter().filter(|(sort, _)| !sort.is_empty()) {
            json[sort] = tally.json();
        }
        json
    }

    fn print(&self) {
        let names = Tally::default().shares().map(|(name, _)| format!("{name:>12}")).concat();
        say::line(&format!("{:<10} {:>7}{names} {:>6}", "", "danger", "safe"));
        for (sort, tally) in &self.tallies {
            let sort = if sort.is_empty() { "all" } else { sort };
            let shares = tally.shares().map(|(_, share)| format!("{share:>12.4}")).concat();
            say::line(&format!("{sort:<10} {:>7}{shares} {:>6}", tally.danger, tally.safe));
        }
        let Tally { safe, alarmed, beside, .. } = self.golden;
        say::line(&format!("of {safe} golden questions alarmed {alarmed}, beside {beside}"));
        say::line(&format!("ms_p50 {:.4}", self.p50));
    }
}

impl Tally {
    fn count(&mut self, danger: Option<Kind>, found: Option<Found>) {
        let yes = |yes: bool| f64::from(u8::from(yes));
        let sure = found.is_some_and(|found| found.certainty == Certainty::Sure);
        let numbers = Numbers::default();
        match danger {
            Some(kind) => {
                let right = |found: Found| numbers.first(found.kind) == numbers.first(kind);
                self.danger += 1.0;
                self.told += yes(found.is_some());
                self.first += yes(sure);
                self.kind += yes(found.is_some_and(|found| found.kind == kind));
                self.number += yes(found.is_some_and(right));
            }
            None => {
                self.safe += 1.0;
                self.alarmed += yes(sure);
                self.beside += yes(found.is_some() && !sure);
            }
        }
    }

    /// Of danger: told a number at all, told it before anything else; of those told, the right kind,
    /// and the right number. Of safe: alarmed in vain, told the numbers beside the answer.
    fn shares(&self) -> [(&'static str, f64); 6] {
        [
            ("recall", self.told / self.danger),
            ("recall_first", self.first / self.danger),
            ("right_kind", self.kind / self.told),
            ("right_number", self.number / self.told),
            ("false_alarms", self.alarmed / self.safe),
            ("beside_safe", self.beside / self.safe),
        ]
    }

    fn json(&self) -> Value {
        let mut json = json!({ "danger": self.danger, "safe": self.safe });
        for (name, share) in self.shares() {
            json[name] = share.into();
        }
        json
    }
}
