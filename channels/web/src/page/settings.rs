//! `GET` and `POST /settings`: language, mode, text size and theme, kept in a cookie.

use std::sync::Arc;

use askama::Template;
use axum::{body::Body, extract::State, response::Response};

use super::{
    frame::{Frame, Setting},
    home, see_other, show,
};
use crate::{Shared, body::Form, cookies, labels::Label, visit::Visit};

#[derive(Template)]
#[template(path = "settings.html")]
struct Settings<'a> {
    frame: Frame<'a>,
}

/// The page of settings.
pub(crate) async fn look(State(shared): State<Arc<Shared>>, visit: Visit) -> Response {
    show(&Settings { frame: Frame::new(&shared, &visit, Setting::Page) })
}

/// Keeps what was set; what a form does not name stays as it was.
pub(crate) async fn keep(State(shared): State<Arc<Shared>>, visit: Visit, body: Body) -> Response {
    let form = match Form::read(body).await {
        Ok(form) => form,
        Err(trouble) => return home::trouble(&shared, &visit, trouble, "").await,
    };
    let mut preferences = visit.preferences.clone();
    for (key, value) in form.fields() {
        preferences.set(key, value);
    }
    let kept = preferences.write();
    see_other("/", cookies::write(cookies::SETTINGS, &kept, 365, visit.transport))
}
