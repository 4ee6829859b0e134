//! `/desk/replies`: sentences that staff use again and again. Whoever answers for the desk words them,
//! and everybody uses them.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use bot::LanguageIdentifier;
use serde::Deserialize;

use super::{Frame, Trouble, does, shown};
use crate::{Shared, audit::Did, casework::Ready, session::AtWork, staff::Right, words};

/// Letters of a title.
const TITLE: usize = 80;

/// A ready reply, with its placeholders filled in.
pub(super) struct Filled {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) language: String,
}

/// The ready replies in a language, as this member of staff would send them.
pub(super) async fn filled(
    shared: &Shared,
    frame: &Frame<'_>,
    language: &LanguageIdentifier,
) -> Result<Vec<Filled>, Trouble> {
    let welcome = shared.rooms.lobby.welcome(language);
    let me = frame.member.as_ref().map(|member| member.clerk.name.clone()).unwrap_or_default();
    let fill = |text: &str| {
        let text = text.replace("{city}", &welcome.name).replace("{me}", &me);
        text.replace("{telephone}", &welcome.telephone)
    };
    let mut all = shared.rooms.casework.ready().await?;
    all.retain(|ready| ready.language.language == language.language);
    let filled = |ready: Ready| Filled {
        text: fill(&ready.text),
        language: ready.language.to_string(),
        title: ready.title,
    };
    Ok(all.into_iter().map(filled).collect())
}

#[derive(Template)]
#[template(path = "ready.html")]
struct Page<'a> {
    frame: Frame<'a>,
    all: Vec<Ready>,
    /// One that is to be written.
    blank: Ready,
    may_change: bool,
    languages: Vec<&'static LanguageIdentifier>,
}

pub(super) async fn page(State(shared): State<Arc<Shared>>, at_work: AtWork) -> Response {
    let frame = Frame::of(&shared, &at_work);
    let may_change = at_work.member.role.may(Right::Words);
    match shared.rooms.casework.ready().await {
        Ok(all) => {
            let language = frame.language.clone();
            let blank = Ready { number: None, language, title: String::new(), text: String::new() };
            let languages = words::languages().collect();
            shown(&Page { frame, all, blank, may_change, languages })
        }
        Err(error) => Trouble::from(error).page(&shared, &at_work.visit.language),
    }
}

/// What the form holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    token: String,
    number: Option<i64>,
    language: String,
    title: String,
    text: String,
    /// What is done with it: `keep` or `drop`.
    does: String,
}

/// `POST /desk/replies`.
pub(super) async fn change(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Form(written): Form<Written>,
) -> Response {
    match changed(&shared, &at_work, written).await {
        Ok(()) => Redirect::to("/desk/replies").into_response(),
        Err(trouble) => trouble.page(&shared, &at_work.visit.language),
    }
}

async fn changed(shared: &Shared, at_work: &AtWork, written: Written) -> Result<(), Trouble> {
    if written.token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    if let ("drop", Some(number)) = (&*written.does, written.number) {
        at_work.did(shared, Did::DropReady, &number.to_string()).await?;
        return Ok(shared.rooms.casework.drop_ready(number).await?);
    }
    let (title, text) = (written.title.trim(), written.text.trim());
    if title.is_empty() || text.is_empty() {
        return Err(Trouble::Empty);
    }
    if title.chars().count() > TITLE || text.chars().count() > does::LONGEST {
        return Err(Trouble::TooLong);
    }
    let subject = written.number.map_or_else(|| "new".into(), |number| number.to_string());
    at_work.did(shared, Did::KeepReady, &subject).await?;
    let ready = Ready {
        number: written.number,
        language: words::wished(&written.language),
        title: title.to_owned(),
        text: text.to_owned(),
    };
    Ok(shared.rooms.casework.keep_ready(ready).await?)
}
