//! `wendu eval golden`: a pack's golden questions, each asked in a new conversation, and whether
//! what should come out did.

mod form;
mod judging;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Context;
use bot::LanguageIdentifier;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use toml::Spanned;

use super::{percentile, print};
use crate::commands::{Shared, say};

pub(in crate::commands) use form::findings;
pub(in crate::commands) use judging::{Outcome, ask_all};

/// The file in a pack.
pub(in crate::commands) const GOLDEN: &str = "golden.toml";

/// The pack's golden questions, asked and judged.
#[derive(Debug, Args)]
pub struct Golden {
    /// Which half: what may be tuned on, or what was held back
    #[arg(long, value_enum, default_value_t = Half::HeldBack)]
    half: Half,
    /// Only questions in this language
    #[arg(long)]
    language: Option<LanguageIdentifier>,
    /// Show each question that did not come out right
    #[arg(long)]
    misses: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::commands) enum Half {
    /// Questions never used for tuning
    HeldBack,
    /// The others
    Tune,
    /// Both
    All,
}

/// A golden question and what must come out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::commands) struct Question {
    pub ask: Spanned<String>,
    pub lang: LanguageIdentifier,
    /// Any of these is right.
    #[serde(default)]
    pub service: Vec<String>,
    /// All of these must be told.
    #[serde(default)]
    facet: Vec<String>,
    /// Nothing here answers it.
    #[serde(default)]
    pub outside: bool,
    /// It takes a question back.
    #[serde(default)]
    pub ambiguous: bool,
    /// It is in spoken style, with slips.
    #[serde(default)]
    spoken: bool,
    /// It asks for a person.
    #[serde(default)]
    pub person: bool,
    /// It asks for the hours of this place.
    pub hours: Option<String>,
    /// It is never tuned on.
    #[serde(default)]
    pub held_back: bool,
    /// Where it stands in the file.
    #[serde(skip)]
    pub line: usize,
}

impl Golden {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<()> {
        let questions = questions(&shared.settings()?.pack, self.half)?;
        let mind = shared.mind()?;
        let wanted = |q: &Question| self.language.as_ref().is_none_or(|tag| *tag == q.lang);
        let questions: Vec<Question> = questions.into_iter().filter(wanted).collect();
        let mut kinds: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
        let mut times = Vec::new();
        for asked in ask_all(&mind, &questions) {
            times.push(asked.took.as_secs_f64() * 1e3);
            let kind = kinds.entry(asked.question.kind()).or_default();
            kind.0 += 1.0;
            kind.1 += f64::from(u8::from(asked.outcome == Outcome::Right));
            kind.2 += f64::from(u8::from(asked.outcome != Outcome::Wrong));
            if self.misses && asked.outcome != Outcome::Right {
                say::line(&asked.miss());
            }
        }
        let sum = kinds.values().fold((0.0, 0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        times.sort_by(f64::total_cmp);
        let mut figures =
            vec![("n", sum.0), ("right", sum.1 / sum.0), ("right_page", sum.2 / sum.0)];
        figures.extend(kinds.iter().map(|(kind, (n, right, _))| (*kind, right / n)));
        figures.extend([("p50_ms", percentile(&times, 0.5)), ("p99_ms", percentile(&times, 0.99))]);
        print(&figures, self.json);
        Ok(())
    }
}

/// The golden questions of a pack.
pub(in crate::commands) fn questions(pack: &Path, half: Half) -> anyhow::Result<Vec<Question>> {
    #[derive(Deserialize)]
    struct File {
        question: Vec<Question>,
    }
    let path = pack.join(GOLDEN);
    let text = fs::read_to_string(&path).with_context(|| {
        format!("{} cannot be read; docs/PACK.md tells what goes in it", path.display())
    })?;
    let mut file: File =
        toml::from_str(&text).with_context(|| format!("{} is broken", path.display()))?;
    file.question.retain(|question| match half {
        Half::HeldBack => question.held_back,
        Half::Tune => !question.held_back,
        Half::All => true,
    });
    for question in &mut file.question {
        question.line = form::line(&text, question.ask.span().start);
    }
    Ok(file.question)
}
