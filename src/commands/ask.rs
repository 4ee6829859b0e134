//! `wendu ask`: the same bot in the terminal. Nothing said here is kept.

use std::process::ExitCode;

use anyhow::Context;
use bot::{
    Conversation, Event, LanguageIdentifier, Message, Mind, Reply, Turn, Via, answer::Answer,
};
use clap::{Args, ValueEnum};

use super::{Shared, now, say};

/// Answer a question in the terminal, or hold a conversation there.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    wendu ask \"How much is a passport?\"\n  \
    wendu ask --why 护照多少钱\n  \
    wendu ask                             a conversation, line by line")]
pub struct Ask {
    /// The question; without one, a conversation is held line by line
    question: Vec<String>,
    /// Print the whole turn as JSON
    #[arg(long)]
    json: bool,
    /// Show how the answer was found
    #[arg(long)]
    why: bool,
    /// The language to be greeted in, e.g. en [default: the pack's first]
    #[arg(long)]
    language: Option<LanguageIdentifier>,
    /// How the question came: spoken words may be misheard
    #[arg(long, value_enum, default_value_t = Came::Typed)]
    via: Came,
}

/// How a question came.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::commands) enum Came {
    /// From a keyboard
    Typed,
    /// By voice, written down by the ears
    Spoken,
    /// By the keys of a telephone
    Keyed,
}

impl From<Came> for Via {
    fn from(came: Came) -> Via {
        match came {
            Came::Typed => Via::Typed,
            Came::Spoken => Via::Spoken,
            Came::Keyed => Via::Keyed,
        }
    }
}

impl Ask {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let mind = shared.mind()?;
        let first = mind.library().pack().languages.first().cloned();
        let language = self.language.clone().or(first).context("the pack has no language")?;
        let mut conversation = Conversation::new(language.clone());
        let started = conversation.advance(Event::Started { language }, &mind, now());
        if !self.question.is_empty() {
            let turn = self.said(&mut conversation, &mind, self.question.join(" "));
            return self.tell(&turn);
        }
        self.tell(&started)?;
        let mut choices = choices(&started);
        while let Some(line) = say::prompt("\n> ")? {
            let chosen =
                line.trim().parse::<usize>().ok().and_then(|n| choices.get(n.wrapping_sub(1)));
            let turn = self.said(&mut conversation, &mind, chosen.cloned().unwrap_or(line));
            choices = self::choices(&turn);
            self.tell(&turn)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn said(&self, conversation: &mut Conversation, mind: &Mind, text: String) -> Turn {
        conversation.advance(Event::Said(Message::new(text, self.via.into())), mind, now())
    }

    fn tell(&self, turn: &Turn) -> anyhow::Result<ExitCode> {
        if self.json {
            say::line(&serde_json::to_string_pretty(turn)?);
            return Ok(ExitCode::SUCCESS);
        }
        let replies: Vec<_> = turn.replies().map(door::plain::text).collect();
        say::line(&replies.join("\n\n"));
        if self.why {
            say::line("");
            for line in why(turn) {
                say::line(&format!("  why: {line}"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What the numbers shown in the terminal stand for.
fn choices(turn: &Turn) -> Vec<String> {
    let said =
        |reply: &Reply| reply.choices.iter().map(|choice| choice.say.clone()).collect::<Vec<_>>();
    turn.replies().flat_map(said).collect()
}

/// How the answer was found, or why there is none.
fn why(turn: &Turn) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(understood) = &turn.understanding {
        lines.push(format!(
            "understood {:?}, facets {:?}, subject {:?}",
            understood.intent, understood.facets, understood.subject
        ));
    }
    match &turn.answer {
        Some(Answer::Found(found)) => lines.push(format!("found {}", found.article)),
        Some(Answer::Clarify { choices }) => lines.push(format!("could be {}", choices.join(", "))),
        Some(Answer::NotFound { reason }) => lines.push(format!("not found: {reason:?}")),
        Some(Answer::Safeguard { reason }) => lines.push(format!("safeguard: {reason:?}")),
        Some(Answer::Refused { reason }) => lines.push(format!("refused: {reason:?}")),
        None => {}
    }
    lines.extend(turn.why.iter().cloned());
    lines
}
