//! `/desk/login`: coming in and going out.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use site::{cookies, secret::Secret};

use super::{Frame, Trouble, is_ours, shown};
use crate::{
    Shared,
    audit::Did,
    session::{AtWork, SESSION, Visit},
    staff::{self, Right},
};

/// How long one stays logged in without coming back, in days.
const DAYS: u32 = 1;

#[derive(Template)]
#[template(path = "login.html")]
struct Page<'a> {
    frame: Frame<'a>,
    login: String,
    to: String,
    problem: Option<String>,
}

/// Where to go after it.
#[derive(Default, Deserialize)]
pub(super) struct To {
    to: Option<String>,
}

/// What is filled in.
#[derive(Deserialize)]
pub(super) struct Filled {
    login: String,
    password: String,
    #[serde(default)]
    to: String,
}

pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Query(To { to }): Query<To>,
) -> Response {
    let frame = Frame::outside(&shared, &visit.language);
    shown(&Page { frame, login: String::new(), to: to.unwrap_or_default(), problem: None })
}

pub(super) async fn log_in(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Form(filled): Form<Filled>,
) -> Response {
    let refused = |status: StatusCode, id: &str| {
        let frame = Frame::outside(&shared, &visit.language);
        let problem = Some(frame.say(id));
        let page = Page { frame, login: filled.login.clone(), to: filled.to.clone(), problem };
        (status, shown(&page)).into_response()
    };
    let login = filled.login.trim();
    if !shared.logins.allow(login, visit.from) {
        return refused(StatusCode::TOO_MANY_REQUESTS, "login-too-often");
    }
    let member = match shared.rooms.register.by_login(login).await {
        Ok(member) => member.filter(|member| member.is_active),
        Err(error) => return Trouble::from(error).page(&shared, &visit.language),
    };
    let hash = member.as_ref().and_then(|member| member.password.clone());
    let right = staff::is_right(filled.password.clone(), hash).await;
    let audit = &shared.rooms.audit;
    let Some(member) = member.as_ref().filter(|_| right) else {
        // Of nobody's name nothing is written down: it may be a password, typed too early.
        if let Some(member) = member
            && let Err(error) = audit.did(&member.login, Did::Refused, "").await
        {
            return Trouble::from(error).page(&shared, &visit.language);
        }
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "login-wrong");
    };
    // A session of its own each time: one that somebody planted before is worth nothing.
    let secret = Secret::fresh();
    let came = async {
        audit.did(&member.login, Did::LogIn, "").await?;
        shared.rooms.register.log_in(member.clerk.id, &secret.digest()).await
    };
    if let Err(error) = came.await {
        return Trouble::from(error).page(&shared, &visit.language);
    }
    if member.role.may(Right::Cases) {
        shared.rooms.board.open();
    }
    let cookie = cookies::write(SESSION, secret.as_str(), DAYS, visit.transport);
    let to = if is_ours(&filled.to) { &*filled.to } else { member.role.home() };
    ([("set-cookie", cookie)], Redirect::to(to)).into_response()
}

/// The token that every form carries.
#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    pub(super) token: String,
}

pub(super) async fn log_out(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Form(Token { token }): Form<Token>,
) -> Response {
    if token != at_work.form_token() {
        return Trouble::OldForm.page(&shared, &at_work.visit.language);
    }
    let went = async {
        at_work.did(&shared, Did::LogOut, "").await?;
        shared.rooms.register.log_out(&at_work.session).await
    };
    if let Err(error) = went.await {
        return Trouble::from(error).page(&shared, &at_work.visit.language);
    }
    let cookie = cookies::write(SESSION, "", 0, at_work.visit.transport);
    ([("set-cookie", cookie)], Redirect::to("/desk/login")).into_response()
}
