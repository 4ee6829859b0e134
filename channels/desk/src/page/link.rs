//! `/desk/link/…`: a one-time link, by which a member of staff chooses a password.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use site::secret::Secret;

use super::{Frame, Trouble, shown};
use crate::{
    Shared,
    audit::Did,
    session::Visit,
    staff::{self, Unfit},
};

#[derive(Template)]
#[template(path = "link.html")]
struct Page<'a> {
    frame: Frame<'a>,
    name: String,
    login: String,
    shortest: usize,
    problem: Option<String>,
}

/// What is filled in.
#[derive(Deserialize)]
pub(super) struct Filled {
    password: String,
    again: String,
}

pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Path(secret): Path<String>,
) -> Response {
    match whose(&shared, &secret).await {
        Ok(member) => form(&shared, &visit, member, None),
        Err(trouble) => trouble.page(&shared, &visit.language),
    }
}

pub(super) async fn choose(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Path(secret): Path<String>,
    Form(filled): Form<Filled>,
) -> Response {
    let member = match whose(&shared, &secret).await {
        Ok(member) => member,
        Err(trouble) => return trouble.page(&shared, &visit.language),
    };
    let problem = match staff::fit(&filled.password, &member.login) {
        Err(Unfit::Short) => Some("password-short"),
        Err(Unfit::Long) => Some("password-long"),
        Err(Unfit::Plain) => Some("password-plain"),
        Ok(()) if filled.password != filled.again => Some("password-differs"),
        Ok(()) => None,
    };
    if problem.is_some() {
        return form(&shared, &visit, member, problem);
    }
    match set(&shared, &secret, &member.login, filled.password).await {
        Ok(()) => Redirect::to("/desk/login").into_response(),
        Err(trouble) => trouble.page(&shared, &visit.language),
    }
}

async fn set(shared: &Shared, secret: &str, login: &str, password: String) -> Result<(), Trouble> {
    let digest = Secret::parse(secret).ok_or(Trouble::Missing)?.digest();
    let hash = staff::hashed(password).await?;
    shared.rooms.audit.did(login, Did::Password, "").await?;
    match shared.rooms.register.choose_password(&digest, hash).await? {
        true => Ok(()),
        false => Err(Trouble::Missing),
    }
}

async fn whose(shared: &Shared, secret: &str) -> Result<staff::Member, Trouble> {
    let digest = Secret::parse(secret).ok_or(Trouble::Missing)?.digest();
    shared.rooms.register.by_link(&digest).await?.ok_or(Trouble::Missing)
}

fn form(shared: &Shared, visit: &Visit, member: staff::Member, problem: Option<&str>) -> Response {
    let frame = Frame::outside(shared, &visit.language);
    let shortest = staff::SHORTEST;
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let problem = problem.map(|id| frame.say_with(id, "letters", shortest));
    let (name, login) = (member.clerk.name, member.login);
    (status, shown(&Page { frame, name, login, shortest, problem })).into_response()
}
