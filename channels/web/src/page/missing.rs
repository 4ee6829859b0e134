//! What is not there: a page that says so and leads on, or a problem where a program asks.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::Uri, response::Response};

use super::{
    frame::{Frame, Setting},
    show,
};
use crate::{Shared, labels::Label, problem::Trouble, visit::Visit};

#[derive(Template)]
#[template(path = "missing.html")]
struct Missing<'a> {
    frame: Frame<'a>,
    what: String,
    next: String,
}

/// No such page.
pub(crate) async fn missing(State(shared): State<Arc<Shared>>, visit: Visit, uri: Uri) -> Response {
    tell(&shared, &visit, &uri, Trouble::NoPage)
}

/// The page is there, the method is not.
pub(crate) async fn wrong_method(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    uri: Uri,
) -> Response {
    tell(&shared, &visit, &uri, Trouble::WrongMethod)
}

fn tell(shared: &Shared, visit: &Visit, uri: &Uri, trouble: Trouble) -> Response {
    if uri.path().starts_with("/api/") {
        return visit.problem(shared, trouble);
    }
    let frame = Frame::new(shared, visit, Setting::Page);
    let (what, next) = trouble.labels();
    let page = Missing { what: frame.say(what), next: frame.say(next), frame };
    trouble.mark(show(&page))
}
