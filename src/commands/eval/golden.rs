//! `wendu eval golden`: a pack's golden questions, each asked in a new conversation, and whether
//! what should come out did.

mod form;

use std::{collections::BTreeMap, fs, path::Path, time::Instant};

use anyhow::Context;
use bot::{Answer, Conversation, Event, LanguageIdentifier, Message, Mind, Turn, Via};
use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::{percentile, print};
use crate::commands::{Shared, now, say};

pub(in crate::commands) use form::findings;

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
    pub ask: String,
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
    held_back: bool,
}

/// How a question came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    /// The right page, but another side of it.
    RightPage,
    Wrong,
}

impl Golden {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<()> {
        let questions = questions(&shared.settings()?.pack, self.half)?;
        let mind = shared.mind()?;
        let mut kinds: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
        let mut times = Vec::new();
        let wanted =
            |q: &&Question| self.language.as_ref().is_none_or(|language| *language == q.lang);
        for question in questions.iter().filter(wanted) {
            let start = Instant::now();
            let turn = ask(&mind, question);
            times.push(start.elapsed().as_secs_f64() * 1e3);
            let outcome = question.judge(&turn);
            let kind = kinds.entry(question.kind()).or_default();
            kind.0 += 1.0;
            kind.1 += f64::from(u8::from(outcome == Outcome::Right));
            kind.2 += f64::from(u8::from(outcome != Outcome::Wrong));
            if self.misses && outcome != Outcome::Right {
                say::line(&miss(question, outcome, &turn));
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
    let path = pack.join("golden.toml");
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
    Ok(file.question)
}

/// One line on a question that did not come out right: what was expected, what came, and why.
fn miss(question: &Question, outcome: Outcome, turn: &Turn) -> String {
    let came = match &turn.answer {
        Some(Answer::Found(found)) => format!("{} ({})", found.article, found.facets.join(", ")),
        Some(Answer::Clarify { choices }) => format!("a question back: {}", choices.join(", ")),
        Some(Answer::NotFound { reason }) => format!("not found ({reason:?})"),
        Some(other) => format!("{other:?}"),
        None => "small talk".to_owned(),
    };
    let why = turn.why.first().map_or(String::new(), |why| format!(", because {why}"));
    format!("{outcome:?}: {:?} expected {}, came {came}{why}", question.ask, question.expected())
}

fn ask(mind: &Mind, question: &Question) -> Turn {
    let message = Message::new(&question.ask, question.via());
    Conversation::new(question.lang.clone()).advance(Event::Said(message), mind, now())
}

impl Question {
    /// How it comes to the bot.
    pub fn via(&self) -> Via {
        if self.spoken { Via::Spoken } else { Via::Typed }
    }

    fn kind(&self) -> &'static str {
        match self {
            Question { outside: true, .. } => "outside",
            Question { person: true, .. } => "person",
            Question { ambiguous: true, .. } => "ambiguous",
            Question { spoken: true, .. } => "spoken",
            Question { hours: Some(_), .. } => "hours",
            _ => "plain",
        }
    }

    /// What must come out, in words.
    fn expected(&self) -> String {
        let services = self.service.join(" or ");
        match self {
            Question { outside: true, .. } => "a no".to_owned(),
            Question { person: true, .. } => "a person".to_owned(),
            Question { hours: Some(place), .. } => format!("the hours of {place}"),
            Question { ambiguous: true, .. } => format!("a question back: {services}"),
            Question { facet, .. } if facet.is_empty() => services,
            Question { facet, .. } => format!("{services} ({})", facet.join(", ")),
        }
    }

    fn judge(&self, turn: &Turn) -> Outcome {
        let right = |right: bool| if right { Outcome::Right } else { Outcome::Wrong };
        if self.person {
            return right(
                turn.actions.iter().any(|action| matches!(action, bot::Action::TellStaff(_))),
            );
        }
        match &turn.answer {
            Some(Answer::Found(found)) if self.hours.is_some() => {
                right(self.hours.as_ref() == Some(&found.article))
            }
            Some(Answer::Found(found)) if self.service.contains(&found.article) => {
                let told = self.facet.iter().all(|facet| found.facets.contains(facet));
                if told { Outcome::Right } else { Outcome::RightPage }
            }
            Some(Answer::Clarify { choices }) => {
                right(self.ambiguous && choices.iter().any(|choice| self.service.contains(choice)))
            }
            Some(Answer::NotFound { .. } | Answer::Refused { .. } | Answer::Safeguard { .. }) => {
                right(self.outside)
            }
            Some(Answer::Found(_)) => Outcome::Wrong,
            None => right(self.outside),
        }
    }
}
