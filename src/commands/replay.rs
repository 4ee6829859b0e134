//! `wendu replay`: a kept conversation, run again. With the same pack and program every turn comes
//! out the same; with another, what differs is shown. It prints what people said: to this terminal
//! and nowhere else.

use std::process::ExitCode;

use bot::{
    Conversation, Event, Mind, Turn, answer::Answer, conversation::Moment, store::ConversationId,
};
use clap::Args;
use serde::Serialize;

use super::{Shared, runtime, say};
use crate::{
    store::kept::{self, Kept},
    switchboard,
};

/// Run a kept conversation again and show what differs. Exit status 0: all the same; 1: it differs.
#[derive(Debug, Args)]
pub struct Replay {
    /// The conversation's name
    conversation: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// One turn, then and now.
#[derive(Debug, Serialize)]
struct Compared {
    number: usize,
    at: jiff::Timestamp,
    said: Option<String>,
    identical: bool,
    /// Whether the pack is another than then; nothing for turns kept before packs were noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_pack: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<Difference>,
}

/// What differs.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Difference {
    what: &'static str,
    then: String,
    now: String,
}

impl Replay {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        let folder = shared.settings()?.data;
        let id = ConversationId(self.conversation.clone());
        let kept = runtime()?.block_on(kept::turns(&folder, &id))?;
        let turns = again(&kept, &shared.mind()?);
        let identical = turns.iter().all(|turn| turn.identical);
        if self.json {
            let all = serde_json::json!({ "identical": identical, "turns": turns });
            say::line(&serde_json::to_string_pretty(&all)?);
        } else {
            turns.iter().for_each(tell);
            say::line(if identical {
                "All turns came out the same."
            } else {
                "Some turns differ."
            });
        }
        Ok(if identical { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Takes the kept events once more, at the moments at which they came.
fn again(kept: &[Kept], mind: &Mind) -> Vec<Compared> {
    let mut conversation: Option<Conversation> = None;
    let mut compared = Vec::new();
    for (number, Kept { at, turn: then }) in (1..).zip(kept) {
        let now = match conversation.as_mut() {
            Some(conversation) => {
                let moment = Moment { now: *at, desk: then.desk };
                conversation.advance(then.event.clone(), mind, moment)
            }
            None => {
                let (begun, turn) = switchboard::begin(then.event.clone(), mind, *at);
                conversation = Some(begun);
                turn
            }
        };
        compared.push(compare(number, *at, then, &now));
    }
    compared
}

fn compare(number: usize, at: jiff::Timestamp, then: &Turn, now: &Turn) -> Compared {
    let said = match &then.event {
        Event::Said(message) => Some(message.text.clone()),
        Event::Started { .. } | Event::Staff { .. } => None,
    };
    let mut differences = Vec::new();
    let mut differ = |what, then: String, now: String| {
        if then != now {
            differences.push(Difference { what, then, now });
        }
    };
    differ("answer", answer(then), answer(now));
    differ("text", text(then), text(now));
    if answer(then) == answer(now) && text(then) == text(now) {
        differ("actions", format!("{:?}", then.actions), format!("{:?}", now.actions));
        differ(
            "understanding",
            format!("{:?}", then.understanding),
            format!("{:?}", now.understanding),
        );
    }
    let other_pack = (!then.pack.is_empty()).then(|| then.pack != now.pack);
    Compared { number, at, said, identical: differences.is_empty(), other_pack, differences }
}

/// What was found, in a line.
fn answer(turn: &Turn) -> String {
    match &turn.answer {
        Some(Answer::Found(found)) => format!("{} {}", found.article, found.facets.join(" ")),
        other => format!("{other:?}"),
    }
}

fn text(turn: &Turn) -> String {
    turn.replies().map(|reply| reply.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

fn tell(turn: &Compared) {
    let said = turn.said.as_deref().unwrap_or("(came in)");
    let same = if turn.identical { "the same" } else { "differs" };
    let pack = if turn.other_pack == Some(true) { ", another pack" } else { "" };
    say::line(&format!("{}. {} {said}: {same}{pack}", turn.number, turn.at));
    for Difference { what, then, now } in &turn.differences {
        say::line(&format!("   {what}"));
        then.lines().for_each(|line| say::line(&format!("   - {line}")));
        now.lines().for_each(|line| say::line(&format!("   + {line}")));
    }
}
