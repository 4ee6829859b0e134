//! `wendu eval intents`: how well the classifier tells labels apart and knows what has none, on
//! rows of a text and its label in JSON Lines files.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, bail};
use clap::Args;
use nlu::{
    classifier::{Classifier, Example, Validation},
    meaning::Encoder,
};
use serde_json::Value;

use super::{Shared, percentile, print};
use crate::models::Models;

/// Train the classifier on rows and judge it on others.
#[derive(Debug, Args)]
#[command(
    after_help = "A row is one JSON object a line: its text stands under `text`, `utterance`, \
    `query`, `question` or `sentence`, its label under the name given with --label. Rows of the two \
    files of outsiders need no label.\n\n\
    The border between inside and outside comes from --val and --oos-val; without them it is found \
    on the training rows, each judged by a classifier that had not seen it."
)]
pub struct Intents {
    /// Rows to learn from
    #[arg(long, value_name = "FILE")]
    train: PathBuf,
    /// Other rows with the same labels, to find the border
    #[arg(long, value_name = "FILE")]
    val: Option<PathBuf>,
    /// Rows that have none of the labels, to find the border
    #[arg(long, value_name = "FILE")]
    oos_val: Option<PathBuf>,
    /// Rows to be judged on
    #[arg(long, value_name = "FILE")]
    test: PathBuf,
    /// Rows that have none of the labels, to be judged on
    #[arg(long, value_name = "FILE")]
    oos_test: Option<PathBuf>,
    /// The name of the label in a row
    #[arg(long, default_value = "intent", value_name = "NAME")]
    label: String,
    /// The share of rows with a label that is to be kept, not taken for outsiders
    #[arg(long, default_value_t = 0.95, value_parser = share, value_name = "SHARE")]
    keep: f32,
    /// Go by words alone, as where the sentence encoder is not installed
    #[arg(long)]
    words_alone: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Where the text of a row may stand.
const TEXTS: [&str; 5] = ["text", "utterance", "query", "question", "sentence"];

impl Intents {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<()> {
        let encoder = if self.words_alone { None } else { encoder(shared)? };
        let train = read(&self.train, Some(&self.label))?;
        let test = read(&self.test, Some(&self.label))?;
        if train.is_empty() || test.is_empty() {
            bail!("there is nothing to learn from or nothing to judge; look at the files named");
        }
        let insiders = self.val.as_deref().map(|path| read(path, Some(&self.label))).transpose()?;
        let outsiders = self.oos_val.as_deref().map(|path| read(path, None)).transpose()?;
        let strangers = self.oos_test.as_deref().map(|path| read(path, None)).transpose()?;
        let start = Instant::now();
        let encoded = |rows: Vec<Example>| encoded(rows, encoder.as_ref());
        let validation = Validation {
            insiders: encoded(insiders.unwrap_or_default()),
            outsiders: encoded(outsiders.unwrap_or_default()),
        };
        let classifier = Classifier::train(&encoded(train), &validation, self.keep);
        let seconds = start.elapsed().as_secs_f64();
        let judged = judge(&classifier, encoder.as_ref(), &test);
        let strange = judge(&classifier, encoder.as_ref(), &strangers.unwrap_or_default());
        self.tell(&judged, &strange, seconds);
        Ok(())
    }

    fn tell(&self, judged: &[Judged], strange: &[Judged], seconds: f64) {
        let share = |of: &dyn Fn(&Judged) -> bool, all: &[Judged]| {
            all.iter().filter(|one| of(one)).count() as f64 / all.len() as f64
        };
        let mut times: Vec<f64> = judged.iter().chain(strange).map(|one| one.millis).collect();
        times.sort_by(f64::total_cmp);
        let mut figures = vec![
            ("n", judged.len() as f64),
            ("accuracy", share(&|one| one.is_right, judged)),
            ("in_scope", share(&|one| one.is_right && !one.is_outside, judged)),
            ("kept", share(&|one| !one.is_outside, judged)),
        ];
        if !strange.is_empty() {
            figures.extend([
                ("oos_n", strange.len() as f64),
                ("oos_recall", share(&|one| one.is_outside, strange)),
                ("auroc", auroc(judged, strange)),
            ]);
        }
        figures.extend([
            ("train_s", seconds),
            ("ms_p50", percentile(&times, 0.5)),
            ("ms_p99", percentile(&times, 0.99)),
        ]);
        print(&figures, self.json);
    }
}

/// How one row came out.
struct Judged {
    is_right: bool,
    is_outside: bool,
    outside: f32,
    millis: f64,
}

/// Judges rows, encoding included in the time.
fn judge(classifier: &Classifier, encoder: Option<&Encoder>, rows: &[Example]) -> Vec<Judged> {
    let judged = rows.iter().map(|row| {
        let start = Instant::now();
        let meaning = encoder.map(|encoder| encoder.encode(&row.text));
        let guess = classifier.guess(&row.text, meaning.as_ref());
        Judged {
            millis: start.elapsed().as_secs_f64() * 1e3,
            is_right: guess.labels.first().is_some_and(|best| best.0 == row.label),
            is_outside: guess.is_outside,
            outside: guess.outside,
        }
    });
    judged.collect()
}

/// The sentence encoder, if it is installed.
fn encoder(shared: &Shared) -> anyhow::Result<Option<Encoder>> {
    let home = Models::at(&shared.settings()?.models()).folder().join("meaning");
    if !home.is_dir() {
        return Ok(None);
    }
    let file = |name: &str| {
        let path = home.join(name);
        fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    Ok(Some(Encoder::load(&file("weights.npz")?, &file("sp.model")?)?))
}

fn encoded(mut rows: Vec<Example>, encoder: Option<&Encoder>) -> Vec<Example> {
    for row in &mut rows {
        row.meaning = encoder.map(|encoder| encoder.encode(&row.text));
    }
    rows
}

/// The chance that an outsider seems more of one than an insider does; a tie counts half.
fn auroc(insiders: &[Judged], outsiders: &[Judged]) -> f64 {
    let mut sum = 0.0;
    for outsider in outsiders {
        for insider in insiders {
            sum += match outsider.outside.total_cmp(&insider.outside) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
        }
    }
    sum / (insiders.len() * outsiders.len()) as f64
}

fn share(text: &str) -> Result<f32, String> {
    let share: f32 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    if share > 0.0 && share <= 1.0 { Ok(share) } else { Err("it lies between 0 and 1".into()) }
}

/// Reads rows; those of outsiders without a label.
fn read(path: &Path, label: Option<&str>) -> anyhow::Result<Vec<Example>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            row(line, label).with_context(|| format!("{}:{}", path.display(), number + 1))
        })
        .collect()
}

fn row(line: &str, label: Option<&str>) -> anyhow::Result<Example> {
    let row: Value = serde_json::from_str(line).context("this is no JSON object")?;
    let text = TEXTS.iter().find_map(|name| row.get(name)?.as_str());
    let text = text.with_context(|| format!("no text stands under {}", TEXTS.join(", ")))?;
    let label = match label.map(|name| (name, row.get(name))) {
        None => String::new(),
        Some((_, Some(Value::String(label)))) => label.clone(),
        Some((_, Some(label @ Value::Number(_)))) => label.to_string(),
        Some((name, _)) => bail!("there is no label `{name}`; --label says what it is called"),
    };
    Ok(Example { text: text.to_owned(), meaning: None, label })
}

#[cfg(test)]
mod tests {
    use super::{Judged, auroc, row};

    #[test]
    fn the_text_may_stand_under_several_names() {
        let found = row(r#"{"utterance": "hello", "domain": "chat"}"#, Some("domain"));
        assert!(found.is_ok_and(|row| row.text == "hello" && row.label == "chat"));
        assert!(row(r#"{"query": "hello"}"#, None).is_ok());
        let missing = row(r#"{"text": "hello"}"#, Some("intent")).expect_err("it has no label");
        assert!(missing.to_string().contains("--label"));
        assert!(row("[", None).is_err());
    }

    #[test]
    fn auroc_is_the_share_of_pairs_in_order() {
        let judged = |outside| Judged { is_right: true, is_outside: false, outside, millis: 0.0 };
        let pairs = auroc(&[judged(0.1), judged(0.5)], &[judged(0.5), judged(0.9)]);
        assert_eq!(pairs, 0.875);
    }
}
