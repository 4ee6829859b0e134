//! `/desk`: who waits, which cases are mine, who is there.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use bot::queue::Open;
use serde::Deserialize;

use super::{Frame, shown};
use crate::{Shared, session::AtWork};

/// Rows that are shown; who waits behind them is counted.
const SHOWN: usize = 100;

/// Which of those who wait are shown.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    language: String,
}

impl Filter {
    fn admits(&self, open: &Open) -> bool {
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        is(&self.channel, &open.address.channel)
            && is(&self.language, open.language.language.as_str())
    }
}

#[derive(Template)]
#[template(path = "queue.html")]
struct Page<'a> {
    frame: Frame<'a>,
    board: BoardPart<'a>,
    filter: Filter,
    channels: [&'static str; 2],
    languages: [&'static str; 2],
}

#[derive(Template)]
#[template(path = "board.html")]
struct BoardPart<'a> {
    frame: Frame<'a>,
    waiting: Vec<Row>,
    /// How many wait, and how many of them are not shown.
    count: usize,
    more: usize,
    mine: Vec<Row>,
    others: Vec<Row>,
    present: String,
}

/// A case in a list.
struct Row {
    id: String,
    about: String,
    reason: String,
    is_urgent: bool,
    channel: String,
    language: String,
    since: String,
    with: String,
}

impl Row {
    fn of(frame: &Frame<'_>, open: &Open) -> Row {
        let since = open.with.as_ref().map_or(open.since, |(_, taken)| *taken);
        Row {
            id: open.id.0.clone(),
            about: frame.about(&open.services),
            reason: frame.say(open.reason.word()),
            is_urgent: open.reason.is_urgent(),
            channel: frame.channel(&open.address.channel),
            language: frame.name_of(&open.language),
            since: frame.ago(&since),
            with: open.with.as_ref().map(|(clerk, _)| clerk.name.clone()).unwrap_or_default(),
        }
    }
}

pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Query(filter): Query<Filter>,
) -> Response {
    let board = part(&shared, &at_work, &filter);
    let frame = Frame::of(&shared, &at_work);
    let page = Page { frame, board, filter, channels: ["web", "phone"], languages: ["zh", "en"] };
    shown(&page)
}

/// The part that changes, for the script.
pub(super) async fn board(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Query(filter): Query<Filter>,
) -> Response {
    shown(&part(&shared, &at_work, &filter))
}

fn part<'a>(shared: &'a Shared, at_work: &AtWork, filter: &Filter) -> BoardPart<'a> {
    let frame = Frame::of(shared, at_work);
    let me = at_work.member.clerk.id;
    let board = &shared.rooms.board;
    let (shown, count, taken) = board.read(|queue| {
        let shown: Vec<Open> =
            queue.waiting().filter(|open| filter.admits(open)).take(SHOWN).cloned().collect();
        let count = queue.waiting().filter(|open| filter.admits(open)).count();
        let taken: Vec<Open> = queue.taken().into_iter().cloned().collect();
        (shown, count, taken)
    });
    let (mine, others): (Vec<&Open>, Vec<&Open>) =
        taken.iter().partition(|open| open.with.as_ref().is_some_and(|(clerk, _)| clerk.id == me));
    let rows = |cases: &[&Open]| cases.iter().map(|open| Row::of(&frame, open)).collect();
    let present: Vec<String> = board.present().into_iter().map(|clerk| clerk.name).collect();
    BoardPart {
        waiting: shown.iter().map(|open| Row::of(&frame, open)).collect(),
        count,
        more: count - shown.len(),
        mine: rows(&mine),
        others: rows(&others),
        present: present.join(&frame.say("and-also")),
        frame,
    }
}
