//! `/desk/me`: one's own account: what one works as, and where one is logged in.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{Frame, Trouble, shown};
use crate::{Shared, audit::Did, session::AtWork, staff::Session};

#[derive(Template)]
#[template(path = "me.html")]
struct Page<'a> {
    frame: Frame<'a>,
    role: String,
    sessions: Vec<Session>,
}

pub(super) async fn page(State(shared): State<Arc<Shared>>, at_work: AtWork) -> Response {
    let frame = Frame::of(&shared, &at_work);
    let role = frame.say(&format!("role-{}", at_work.member.role.word()));
    match shared.rooms.register.sessions(at_work.member.clerk.id, &at_work.session).await {
        Ok(sessions) => shown(&Page { frame, role, sessions }),
        Err(error) => Trouble::from(error).page(&shared, &at_work.visit.language),
    }
}

/// What the form holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    token: String,
    /// The session to end.
    session: i64,
}

/// `POST /desk/me`: ends a session.
pub(super) async fn change(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Form(filled): Form<Filled>,
) -> Response {
    match ended(&shared, &at_work, filled).await {
        Ok(()) => Redirect::to("/desk/me").into_response(),
        Err(trouble) => trouble.page(&shared, &at_work.visit.language),
    }
}

async fn ended(shared: &Shared, at_work: &AtWork, filled: Filled) -> Result<(), Trouble> {
    if filled.token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    at_work.did(shared, Did::EndSession, "").await?;
    Ok(shared.rooms.register.end_session(at_work.member.clerk.id, filled.session).await?)
}
