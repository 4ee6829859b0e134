//! `wendu eval speech`: how right the ears are on recordings with transcripts, and how fast. What
//! counts as an error is `speech::score`'s affair.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Instant,
};

use ::speech::{
    LanguageIdentifier, clip,
    ears::{Asked, Ears, Expecting, RATE_HZ, digits_of},
    score::{self, Errors, Pair},
};
use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;

use super::{
    super::{Shared, runtime, say, transcribe},
    published::read,
};

/// How right the ears are, and how fast.
#[derive(Debug, Args)]
#[command(
    after_help = "Figures: wer is the word error rate of the English rows and cer the character \
    error rate of the Chinese rows, both without rows of digits; digits_exact is the share of rows of \
    two digits or more of which every digit was heard, digit_exact that of single digits; rtf is the \
    time taken by the length of the sound. Each kind of row has its own figure too. A row's language \
    is given; where digits were said, digits were asked for; the names of the pack's services are \
    given as likely words, unless --without-prompt."
)]
pub struct Speech {
    /// Clips: {file, lang, text, kind?} a line, files beside it
    #[arg(long, value_name = "FILE")]
    clips: PathBuf,
    /// Narrow every clip to 8 kHz µ-law first, as a telephone does
    #[arg(long)]
    telephone: bool,
    /// Give no likely words
    #[arg(long)]
    without_prompt: bool,
    /// Print what came out wrong
    #[arg(long)]
    misses: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// One recording.
#[derive(Debug, Deserialize)]
struct Clip {
    file: PathBuf,
    lang: LanguageIdentifier,
    text: String,
    #[serde(default)]
    kind: String,
}

/// What was counted.
#[derive(Debug, Default)]
struct Counted {
    /// Errors of each measure, and of each kind of row.
    errors: BTreeMap<String, Errors>,
    /// Exact rows of digits, and all: of several digits, and of one.
    digits: [(usize, usize); 2],
    seconds: f64,
    took: f64,
}

impl Speech {
    pub(in crate::commands) fn run(self, shared: &Shared) -> anyhow::Result<()> {
        let clips: Vec<Clip> = read(&self.clips)?;
        if clips.is_empty() {
            bail!("there are no clips in {}", self.clips.display());
        }
        let prompts = if self.without_prompt {
            Vec::new()
        } else {
            transcribe::prompts(&transcribe::pack(shared)?)
        };
        let (ears, runtime) = (transcribe::ears(shared)?, runtime()?);
        let folder = self.clips.parent().unwrap_or(Path::new("."));
        let mut counted = Counted::default();
        for row in &clips {
            let path = folder.join(&row.file);
            let mut sound = clip::read(&path).with_context(|| path.display().to_string())?;
            if self.telephone {
                sound = clip::telephone(&sound);
            }
            let asked = Asked {
                languages: vec![row.lang.clone()],
                prompts: prompts.clone(),
                expecting: if digits_of(&row.text).is_some() {
                    Expecting::Digits
                } else {
                    Expecting::Anything
                },
            };
            let heard = counted.time(&ears, &runtime, sound, asked)?;
            if counted.row(row, &heard) > 0 && self.misses {
                say::line(&format!("{}: {} / {heard}", row.file.display(), row.text));
            }
        }
        counted.print(self.json);
        Ok(())
    }
}

impl Counted {
    fn time(
        &mut self,
        ears: &Ears,
        runtime: &tokio::runtime::Runtime,
        sound: Vec<f32>,
        asked: Asked,
    ) -> anyhow::Result<String> {
        self.seconds += sound.len() as f64 / f64::from(RATE_HZ);
        let start = Instant::now();
        let heard = runtime.block_on(ears.transcribe(sound, asked))?;
        self.took += start.elapsed().as_secs_f64();
        Ok(heard.text)
    }

    /// Counts a row, and returns its errors.
    fn row(&mut self, row: &Clip, heard: &str) -> usize {
        let pair = Pair { said: &row.text, heard };
        let chinese = row.lang.language.as_str() == "zh";
        let errors = if chinese { score::characters(&pair) } else { score::words(&pair) };
        let measure = if chinese { "cer" } else { "wer" };
        let mut add = |name: String| {
            let all = self.errors.entry(name).or_default();
            *all = all.and(errors);
        };
        add(format!("{measure} {}", row.kind));
        if let Some(exact) = score::digits_exact(&pair) {
            let single = digits_of(&row.text).is_some_and(|digits| digits.len() == 1);
            let (right, all) = &mut self.digits[usize::from(single)];
            *right += usize::from(exact);
            *all += 1;
        } else {
            add(measure.to_owned());
        }
        errors.errors
    }

    fn print(&self, json: bool) {
        let share = |(right, all): (usize, usize)| right as f64 / all.max(1) as f64;
        let mut figures: Vec<(String, f64)> =
            self.errors.iter().map(|(name, errors)| (name.clone(), errors.rate())).collect();
        figures.push(("digits_exact".to_owned(), share(self.digits[0])));
        figures.push(("digit_exact".to_owned(), share(self.digits[1])));
        figures.push(("rtf".to_owned(), self.took / self.seconds.max(f64::MIN_POSITIVE)));
        if json {
            let map: serde_json::Map<_, _> =
                figures.into_iter().map(|(name, value)| (name, value.into())).collect();
            return say::line(&serde_json::Value::Object(map).to_string());
        }
        for (name, value) in figures {
            say::line(&format!("{name:<60} {value:>8.4}"));
        }
    }
}
