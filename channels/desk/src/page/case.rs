//! `/desk/cases/{id}`: one conversation, with what a clerk should know at a glance.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use bot::{
    Line, Speaker,
    queue::Open,
    stage::Ending,
    store::{ConversationId, StoreError},
};
use site::secret::Secret;

use super::{Frame, Trouble, shown};
use crate::{Shared, session::AtWork};

/// Who has it, as the page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hands {
    Nobodys,
    Mine,
    Anothers,
    Over,
}

#[derive(Template)]
#[template(path = "case.html")]
struct Page<'a> {
    frame: Frame<'a>,
    id: String,
    open: Option<Open>,
    hands: Hands,
    lines: Vec<Said>,
    last: u64,
    /// Names what the form says, so that pressing twice is once.
    key: String,
    endings: [(&'static str, String); 4],
}

/// A line, ready to be shown.
#[derive(Template)]
#[template(path = "line.html")]
pub(super) struct Said {
    pub(super) number: u64,
    pub(super) speaker: &'static str,
    language: String,
    who: String,
    at: String,
    pub(super) text: String,
    sources: Vec<String>,
    source: String,
}

impl Said {
    pub(super) fn of(frame: &Frame<'_>, line: &Line) -> Said {
        let (speaker, who) = match line.speaker {
            Speaker::Visitor => ("visitor", frame.say("visitor")),
            Speaker::Bot => ("bot", frame.say("assistant")),
            Speaker::Staff => ("staff", line.name.clone().unwrap_or_default()),
        };
        Said {
            number: line.number,
            speaker,
            who,
            language: line.reply.language.to_string(),
            at: frame.time(line.at),
            text: line.reply.text.clone(),
            sources: line.reply.citations.iter().map(|citation| citation.line.clone()).collect(),
            source: frame.say("sources"),
        }
    }

    /// As it is announced.
    pub(super) fn announcement(&self) -> String {
        format!("{}: {}", self.who, self.text)
    }
}

/// How a case can end, by the word in the form.
pub(super) fn ending(word: &str) -> Option<Ending> {
    Some(match word {
        "solved" => Ending::Solved,
        "elsewhere" => Ending::Elsewhere,
        "unsolved" => Ending::Unsolved,
        "left" => Ending::Left,
        _ => return None,
    })
}

pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(id): Path<String>,
) -> Response {
    let id = ConversationId(id);
    let lines = match lines(&shared, &id, 0).await {
        Ok(lines) if lines.is_empty() => {
            return Trouble::Missing.page(&shared, &at_work.visit.language);
        }
        Ok(lines) => lines,
        Err(_) => return Trouble::NotKept.page(&shared, &at_work.visit.language),
    };
    let frame = Frame::of(&shared, &at_work);
    let open = shared.rooms.board.case(&id);
    let me = at_work.member.clerk.id;
    let hands = match open.as_ref().map(|open| open.with.as_ref()) {
        None => Hands::Over,
        Some(None) => Hands::Nobodys,
        Some(Some((clerk, _))) if clerk.id == me => Hands::Mine,
        Some(Some(_)) => Hands::Anothers,
    };
    let ending = |word: &'static str| (word, frame.say(&format!("ending-{word}")));
    let page = Page {
        id: id.0,
        open,
        hands,
        last: lines.last().map_or(0, |line| line.number),
        lines: lines.iter().map(|line| Said::of(&frame, line)).collect(),
        key: Secret::fresh().as_str().to_owned(),
        endings: ["solved", "elsewhere", "unsolved", "left"].map(ending),
        frame,
    };
    shown(&page)
}

/// The lines after this one.
pub(super) async fn lines(
    shared: &Shared,
    id: &ConversationId,
    after: u64,
) -> Result<Vec<Line>, StoreError> {
    let lines = shared.rooms.archive.lines(id, after).await;
    lines.inspect_err(|error| tracing::error!(%error, "a conversation cannot be read"))
}
