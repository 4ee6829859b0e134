//! Requests of ours within a call, each in a task of its own: an answer may take half a minute, and
//! the call goes on meanwhile. What came of them comes back as an [`Outcome`].

use super::super::headers::{self, SDP};
use super::super::timer::Agreement;
use rsipstack::dialog::dialog::TransactionHandle;
use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::sip::{Header, Response, StatusCode};
use tokio::sync::mpsc;

/// What came of a request.
pub(super) enum Outcome {
    /// Of a REFER: the status, or none where no answer came.
    Referred(Option<u16>),
    /// Of a refresh.
    Refreshed(Answer),
}

/// How the other side answered a refresh.
pub(super) struct Answer {
    /// None where no answer came.
    pub(super) status: Option<u16>,
    /// Its `Session-Expires`.
    pub(super) session_expires: Option<String>,
    /// Its `Min-SE`, with a 422.
    pub(super) min_se: Option<u32>,
    /// Its description, where ours was sent.
    pub(super) body: Vec<u8>,
}

/// Answers a request of the other side. One that is gone needs no answer.
pub(super) async fn reply(handle: TransactionHandle, status: u16) {
    let _ = handle.reply(StatusCode::from(status)).await;
}

/// Answers with headers and a body.
pub(super) async fn respond(
    handle: TransactionHandle,
    status: u16,
    headers: Vec<Header>,
    body: Option<String>,
) {
    let body = body.map(String::into_bytes);
    let _ = handle.respond(StatusCode::from(status), Some(headers), body).await;
}

/// Asks the other side to call `target` instead of us.
pub(super) fn refer(
    dialog: &InviteDialog,
    target: String,
    outcomes: mpsc::UnboundedSender<Outcome>,
) {
    let dialog = dialog.clone();
    tokio::spawn(async move {
        let answer = dialog.refer(target, None, None).await.ok().flatten();
        let status = answer.map(|answer| answer.status_code.code());
        let _ = outcomes.send(Outcome::Referred(status));
    });
}

/// Refreshes the session: by UPDATE, or by a re-INVITE with the description that holds.
pub(super) fn refresh(
    dialog: &InviteDialog,
    agreement: Agreement,
    min_se: u32,
    description: Option<String>,
    outcomes: mpsc::UnboundedSender<Outcome>,
) {
    let dialog = dialog.clone();
    let mut headers = headers::of_refresh(agreement, min_se);
    tokio::spawn(async move {
        let answer = match description {
            None => dialog.update(Some(headers), None).await,
            Some(description) => {
                headers.push(Header::ContentType(SDP.to_owned().into()));
                dialog.reinvite(Some(headers), Some(description.into_bytes())).await
            }
        };
        let _ = outcomes.send(Outcome::Refreshed(read(answer.ok().flatten())));
    });
}

fn read(answer: Option<Response>) -> Answer {
    let value = |name| answer.as_ref().and_then(|answer| headers::value(answer, name));
    Answer {
        session_expires: value("Session-Expires").map(str::to_owned),
        min_se: value("Min-SE").and_then(|value| value.parse().ok()),
        status: answer.as_ref().map(|answer| answer.status_code.code()),
        body: answer.map(|answer| answer.body).unwrap_or_default(),
    }
}
