//! `/desk`: who waits, which cases are mine, who is there.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use bot::{
    queue::Open,
    stage::{Change, Clerk},
    store::ConversationId,
};
use jiff::Timestamp;
use serde::Deserialize;
use site::secret::Secret;

use super::{Frame, Trouble, call_backs, shown};
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
    #[serde(default)]
    department: String,
    /// What was let go of a moment ago.
    #[serde(default)]
    gone: String,
}

impl Filter {
    fn admits(&self, frame: &Frame<'_>, open: &Open) -> bool {
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let subject = || frame.department(open).unwrap_or_default();
        is(&self.channel, &open.address.channel)
            && is(&self.language, open.language.language.as_str())
            && (self.department.is_empty() || self.department == subject())
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
    /// A case that its clerk may have again, and the form's key.
    gone: Option<String>,
    key: String,
    is_taking: bool,
    /// Who waits to be called back, in words.
    call_backs: Option<String>,
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
    /// Whom it was handed to.
    to: String,
    is_held: bool,
    /// Whether it has waited longer than was promised.
    is_late: bool,
}

impl Row {
    fn of(frame: &Frame<'_>, open: &Open) -> Row {
        let case = &open.case;
        let since = open.with.as_ref().map_or(case.since, |(_, taken)| *taken);
        Row {
            id: open.id.0.clone(),
            about: frame.about(&open.services),
            reason: frame.say(case.reason.word()),
            is_urgent: case.reason.is_urgent(),
            channel: frame.channel(&open.address.channel),
            language: frame.name_of(&open.language),
            since: frame.ago(&since),
            with: open.with.as_ref().map(|(clerk, _)| clerk.name.clone()).unwrap_or_default(),
            to: case.to.as_ref().map(|to| frame.to(to)).unwrap_or_default(),
            is_held: case.held,
            is_late: open.with.is_none() && frame.is_late(case.since),
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
    shown(&Page {
        gone: gone(&shared, &at_work, &filter.gone).await,
        key: Secret::fresh().as_str().to_owned(),
        call_backs: call_backs::waiting(&shared, &frame).await,
        is_taking: shared.rooms.board.is_taking(at_work.member.clerk.id),
        frame,
        board,
        filter,
        channels: ["web", "phone"],
        languages: ["zh", "en"],
    })
}

/// What this clerk let go of and may have again: nobody else has it, and its visitor has not gone on.
async fn gone(shared: &Shared, at_work: &AtWork, id: &str) -> Option<String> {
    let id = ConversationId(id.to_owned());
    let known = shared.rooms.casework.known(&id).await.ok()??;
    let again = Change::TookAgain(at_work.member.clerk.clone());
    let is_mine = known.stage.is_with(&at_work.member.clerk).is_ok();
    (!is_mine && known.stage.after(&again, Timestamp::UNIX_EPOCH).is_ok()).then_some(id.0)
}

/// What the form says: whether its clerk takes cases.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Presence {
    token: String,
    takes: String,
}

/// `POST /desk/presence`: away for a while, or there again.
pub(super) async fn presence(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Form(Presence { token, takes }): Form<Presence>,
) -> Response {
    if token != at_work.form_token() {
        return Trouble::OldForm.page(&shared, &at_work.visit.language);
    }
    shared.rooms.board.takes_cases(&at_work.member, takes == "yes");
    Redirect::to("/desk").into_response()
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
        let shown: Vec<Open> = queue
            .waiting()
            .filter(|open| filter.admits(&frame, open))
            .take(SHOWN)
            .cloned()
            .collect();
        let count = queue.waiting().filter(|open| filter.admits(&frame, open)).count();
        let taken: Vec<Open> = queue.taken().into_iter().cloned().collect();
        (shown, count, taken)
    });
    let (mine, others): (Vec<&Open>, Vec<&Open>) =
        taken.iter().partition(|open| open.with.as_ref().is_some_and(|(clerk, _)| clerk.id == me));
    let rows = |cases: &[&Open]| cases.iter().map(|open| Row::of(&frame, open)).collect();
    let named = |(clerk, takes): (Clerk, bool)| match takes {
        true => clerk.name,
        false => frame.say_with("is-away", "name", clerk.name),
    };
    let present: Vec<String> = board.present().into_iter().map(named).collect();
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
