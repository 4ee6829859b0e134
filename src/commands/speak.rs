//! `wendu say`: a text as the telephone line would say it, into a sound file.

use std::{path::PathBuf, process::ExitCode};

use bot::LanguageIdentifier;
use clap::Args;
use speech::{
    sound,
    spoken::spoken,
    voice::{Pace, RATE_HZ, sentences},
};

use super::{Shared, runtime, say};
use crate::app::open_voice;

/// Say a text as it is said on the telephone, into a sound file.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu say \"护照工本费120元。\" -o fee.wav\n  \
    wendu say \"Call 119.\" --slow -o call.wav\n  \
    wendu say --words \"021-5550-0100\"          how it is said, in words, and no sound")]
pub struct Say {
    /// What is to be said
    text: String,
    /// The file to write: WAV, 16 kHz, one channel
    #[arg(short, long, value_name = "FILE", required_unless_present = "words")]
    output: Option<PathBuf>,
    /// The language [default: as the text is written]
    #[arg(long)]
    language: Option<LanguageIdentifier>,
    /// As for those who asked for it slower
    #[arg(long)]
    slow: bool,
    /// As on a narrow telephone line: 8 kHz
    #[arg(long)]
    narrow: bool,
    /// Print how numbers and marks are said, and make no sound
    #[arg(long)]
    words: bool,
}

impl Say {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let written = || nlu::understand(&self.text).language;
        let language = self.language.clone().or_else(written).unwrap_or(nlu::langid!("en"));
        let sentences = sentences(&self.text, &language);
        if self.words {
            for sentence in &sentences {
                say::line(&spoken(sentence.text(), &language));
            }
            return Ok(ExitCode::SUCCESS);
        }
        let settings = shared.settings()?;
        let voice = open_voice(&settings);
        let pace = if self.slow { Pace::Slow } else { Pace::Usual };
        let runtime = runtime()?;
        let mut all = Vec::new();
        for sentence in &sentences {
            all.extend_from_slice(&runtime.block_on(voice.say(sentence, pace))?);
        }
        let (sound, rate) = match self.narrow {
            true => (sound::narrow(&all), RATE_HZ / 2),
            false => (all, RATE_HZ),
        };
        let Some(file) = self.output else { return Ok(ExitCode::SUCCESS) };
        sound::write_wav(&file, &sound, rate)?;
        let seconds = sound.len() as f64 / f64::from(rate);
        say::line(&format!("{}: {seconds:.1} s", file.display()));
        Ok(ExitCode::SUCCESS)
    }
}
