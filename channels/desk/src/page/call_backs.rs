//! `/desk/call-backs`: who waits to be called back. A number is shown whole to whoever calls it.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use serde::Deserialize;

use super::{Frame, Trouble, shown};
use crate::{
    Shared,
    audit::Did,
    call_backs::{CallBack, Outcome},
    session::AtWork,
};

/// Digits of a number that are shown to everybody.
const SHOWN: usize = 3;

#[derive(Template)]
#[template(path = "call_backs.html")]
struct Page<'a> {
    frame: Frame<'a>,
    rows: Vec<Row>,
    outcomes: [(&'static str, String); 3],
}

/// A promise in the list.
struct Row {
    number: i64,
    /// Masked, unless it is being called by whoever looks.
    telephone: String,
    language: String,
    since: String,
    is_late: bool,
    conversation: Option<String>,
    with: Option<String>,
    is_mine: bool,
    tries: String,
}

impl Row {
    fn of(frame: &Frame<'_>, me: i64, kept: CallBack) -> Row {
        let is_mine = kept.with.as_ref().is_some_and(|(clerk, _)| *clerk == me);
        let tries = match (kept.tries, kept.last_try) {
            (0, _) | (_, None) => frame.say("not-tried"),
            (tries, Some(last)) => frame.say_both("tried", tries, &frame.ago(&last)),
        };
        Row {
            number: kept.number,
            telephone: if is_mine { kept.telephone } else { masked(&kept.telephone) },
            language: kept.language.as_ref().map(|it| frame.name_of(it)).unwrap_or_default(),
            since: frame.ago(&kept.at),
            is_late: frame.is_due(kept.at),
            conversation: kept.conversation.map(|id| id.0),
            with: kept.with.map(|(_, name)| name),
            is_mine,
            tries,
        }
    }
}

/// A number of which only the last digits are seen.
fn masked(telephone: &str) -> String {
    let digits: Vec<char> = telephone.chars().filter(char::is_ascii_digit).collect();
    let shown = digits.len().saturating_sub(SHOWN);
    let hidden = |at: usize, digit: char| if at < shown { '•' } else { digit };
    digits.into_iter().enumerate().map(|(at, digit)| hidden(at, digit)).collect()
}

pub(super) async fn page(State(shared): State<Arc<Shared>>, at_work: AtWork) -> Response {
    let frame = Frame::of(&shared, &at_work);
    let me = at_work.member.clerk.id;
    match shared.rooms.call_backs.promised().await {
        Ok(all) => {
            let rows = all.into_iter().map(|kept| Row::of(&frame, me, kept)).collect();
            let outcome = |one: Outcome| (one.word(), frame.say(&format!("call-{}", one.word())));
            shown(&Page { rows, outcomes: Outcome::ALL.map(outcome), frame })
        }
        Err(error) => Trouble::from(error).page(&shared, &at_work.visit.language),
    }
}

/// What the form holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    token: String,
    /// `take`, `let-go`, or what came of the call.
    does: String,
}

/// `POST /desk/call-backs/{number}`.
pub(super) async fn change(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(number): Path<i64>,
    Form(filled): Form<Filled>,
) -> Response {
    match changed(&shared, &at_work, number, filled).await {
        Ok(()) => Redirect::to(&format!("/desk/call-backs#call-{number}")).into_response(),
        Err(trouble) => trouble.page(&shared, &at_work.visit.language),
    }
}

async fn changed(
    shared: &Shared,
    at_work: &AtWork,
    number: i64,
    filled: Filled,
) -> Result<(), Trouble> {
    if filled.token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    let (kept, me) = (&shared.rooms.call_backs, at_work.member.clerk.id);
    let before = find(shared, number).await?.ok_or(Trouble::NotWaiting)?;
    let is_mine = before.with.as_ref().is_some_and(|(clerk, _)| *clerk == me);
    match &*filled.does {
        "take" => {
            at_work.did(shared, Did::TakeCall, &number.to_string()).await?;
            kept.take(number, me).await?;
            // A colleague may have been quicker.
            let after = find(shared, number).await?.and_then(|kept| kept.with);
            after.filter(|(clerk, _)| *clerk == me).map(drop).ok_or(Trouble::Taken)
        }
        _ if !is_mine => Err(Trouble::NotYours),
        "let-go" => {
            at_work.did(shared, Did::NoteCall, &number.to_string()).await?;
            Ok(kept.let_go(number, me).await?)
        }
        word => {
            let outcome = Outcome::parse(word).ok_or(Trouble::Missing)?;
            at_work.did(shared, Did::NoteCall, &number.to_string()).await?;
            Ok(kept.tried(number, me, outcome).await?)
        }
    }
}

async fn find(shared: &Shared, number: i64) -> Result<Option<CallBack>, Trouble> {
    let all = shared.rooms.call_backs.promised().await?;
    Ok(all.into_iter().find(|kept| kept.number == number))
}

/// How many wait, in words, for the queue; nothing where nobody does.
pub(super) async fn waiting(shared: &Shared, frame: &Frame<'_>) -> Option<String> {
    let all = shared.rooms.call_backs.promised().await.ok()?;
    let late = all.iter().filter(|kept| frame.is_due(kept.at)).count();
    match (all.len(), late) {
        (0, _) => None,
        (count, 0) => Some(frame.say_with("call-backs-count", "count", count)),
        (count, late) => Some(frame.say_both("call-backs-late", count, &late.to_string())),
    }
}

impl Frame<'_> {
    /// Whether a promise of then should have been kept by now, in hours of work.
    fn is_due(&self, at: jiff::Timestamp) -> bool {
        let hours = self.settings().call_back_within_hours;
        self.worked_since(at) > SignedDuration::from_hours(hours.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_digits_are_seen() {
        assert_eq!(masked("13800138000"), "••••••••000");
        assert_eq!(masked("021-5550 0100"), "••••••••100");
        assert_eq!(masked("12"), "12");
        assert_eq!(masked(""), "");
    }
}
