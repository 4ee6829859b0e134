//! The page: made here, works without script. One address is one file, its template beside it.

pub(crate) mod ask;
pub(crate) mod forget;
pub(crate) mod frame;
pub(crate) mod home;
pub(crate) mod missing;
pub(crate) mod settings;

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};

use crate::Shared;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(home::home))
        .route("/ask", post(ask::ask))
        .route("/settings", get(settings::look).post(settings::keep))
        .route("/forget", post(forget::forget))
}

/// A template as a response.
fn show(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// On to another page, with a cookie. After a POST, so that reloading repeats nothing.
fn see_other(place: &'static str, cookie: HeaderValue) -> Response {
    let headers =
        [(header::LOCATION, HeaderValue::from_static(place)), (header::SET_COOKIE, cookie)];
    (StatusCode::SEE_OTHER, headers).into_response()
}
