//! What a clerk does with a case: takes it, speaks, gives it back, closes it.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use bot::{Event, StaffDoes, queue::Open, store::ConversationId};
use door::Inbound;
use serde::Deserialize;
use site::secret::Secret;

use super::{Trouble, case};
use crate::{
    Shared,
    session::{AtWork, wants_page},
};

/// Letters of an answer: more than anybody reads at once.
const LONGEST: usize = 4_000;

/// How often the next is tried where colleagues are quicker.
const TRIES: usize = 20;

/// What a form of a case holds.
#[derive(Default, Deserialize)]
pub(super) struct Filled {
    #[serde(default)]
    token: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    ending: String,
}

/// `POST /desk/cases/{id}/{what}`.
pub(super) async fn one(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path((id, what)): Path<(String, String)>,
    headers: HeaderMap,
    Form(filled): Form<Filled>,
) -> Response {
    let is_page = wants_page(&headers);
    let id = ConversationId(id);
    match act(&shared, &at_work, &id, &what, filled).await {
        Ok(()) if !is_page => StatusCode::NO_CONTENT.into_response(),
        Ok(()) if what == "take" || what == "say" => {
            Redirect::to(&format!("/desk/cases/{}#text", id.0)).into_response()
        }
        Ok(()) => Redirect::to("/desk").into_response(),
        Err(trouble) if is_page => trouble.page(&shared, &at_work.visit.language),
        Err(trouble) => trouble.words(&shared, &at_work.visit.language),
    }
}

/// `POST /desk/next`: takes whoever is next. A colleague may be quicker; then it is the one after.
pub(super) async fn next(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Form(filled): Form<Filled>,
) -> Response {
    let language = &at_work.visit.language;
    if filled.token != at_work.form_token() {
        return Trouble::OldForm.page(&shared, language);
    }
    for _ in 0..TRIES {
        let first = shared.rooms.board.read(|queue| queue.waiting().next().cloned());
        let Some(open) = first else { return Trouble::Nobody.page(&shared, language) };
        let key = Secret::fresh();
        match put(&shared, &at_work, &open, key.as_str(), StaffDoes::Takes).await {
            Ok(()) => {
                return Redirect::to(&format!("/desk/cases/{}#text", open.id.0)).into_response();
            }
            Err(Trouble::Taken | Trouble::NotWaiting) => {}
            Err(trouble) => return trouble.page(&shared, language),
        }
    }
    Trouble::Taken.page(&shared, language)
}

async fn act(
    shared: &Shared,
    at_work: &AtWork,
    id: &ConversationId,
    what: &str,
    filled: Filled,
) -> Result<(), Trouble> {
    if filled.token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    let does = match what {
        "take" => StaffDoes::Takes,
        "say" if filled.text.trim().is_empty() => return Err(Trouble::Empty),
        "say" if filled.text.chars().count() > LONGEST => return Err(Trouble::TooLong),
        "say" => StaffDoes::Says(filled.text),
        "give-back" => StaffDoes::GivesBack,
        "put-back" => StaffDoes::PutsBack,
        "close" => StaffDoes::Closes(case::ending(&filled.ending).ok_or(Trouble::Empty)?),
        _ => return Err(Trouble::Missing),
    };
    let open = shared.rooms.board.case(id).ok_or(Trouble::NotWaiting)?;
    put(shared, at_work, &open, &filled.key, does).await
}

async fn put(
    shared: &Shared,
    at_work: &AtWork,
    open: &Open,
    key: &str,
    does: StaffDoes,
) -> Result<(), Trouble> {
    let inbound = Inbound {
        address: open.address.clone(),
        message_id: format!("desk:{}:{}:{key}", at_work.member.clerk.id, word(&does)),
        event: Event::Staff { clerk: at_work.member.clerk.clone(), does },
    };
    shared.rooms.inbox.put(inbound).await?;
    Ok(())
}

/// One page's forms share a key; each of them is another message, and a colleague's another still.
fn word(does: &StaffDoes) -> &'static str {
    match does {
        StaffDoes::Takes => "take",
        StaffDoes::Says(_) => "say",
        StaffDoes::PutsBack => "put-back",
        StaffDoes::GivesBack => "give-back",
        StaffDoes::Closes(_) => "close",
    }
}
