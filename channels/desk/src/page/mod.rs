//! The desk's pages: a file each, with its template beside it.

mod call_backs;
mod case;
mod does;
mod events;
mod frame;
mod link;
mod login;
mod published;
mod queue;
mod ready;
mod trouble;

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use site::cookies;
use tower_http::compression::CompressionLayer;

use crate::{
    Shared,
    session::{LANGUAGE, Visit},
    words,
};
use frame::Frame;
use trouble::Trouble;

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/desk", get(queue::page))
        .route("/desk/board", get(queue::board))
        .route("/desk/events", get(events::board))
        .route("/desk/next", post(does::next))
        .route("/desk/call-backs", get(call_backs::page))
        .route("/desk/call-backs/{number}", post(call_backs::change))
        .route("/desk/presence", post(queue::presence))
        .route("/desk/replies", get(ready::page).post(ready::change))
        .route("/desk/cases/{id}", get(case::page))
        .route("/desk/cases/{id}/events", get(events::case))
        .route("/desk/cases/{id}/published", get(published::part))
        .route("/desk/cases/{id}/writing", post(events::writing))
        .route("/desk/cases/{id}/{what}", post(does::one))
        .route("/desk/login", get(login::page).post(login::log_in))
        .route("/desk/logout", post(login::log_out))
        .route("/desk/link/{secret}", get(link::page).post(link::choose))
        .route("/desk/language/{tag}", get(language))
        .route("/desk/{*rest}", get(missing))
}

pub(crate) fn assets() -> Router<Arc<Shared>> {
    Router::new().route("/desk/assets/{folder}/{name}", get(asset)).layer(CompressionLayer::new())
}

async fn asset(
    State(shared): State<Arc<Shared>>,
    Path((folder, name)): Path<(String, String)>,
) -> Response {
    shared.assets.serve(&folder, &name)
}

/// Another language, and back to where one was.
async fn language(visit: Visit, Path(tag): Path<String>, headers: HeaderMap) -> Response {
    let language = words::wished(&tag).to_string();
    let cookie = cookies::write(LANGUAGE, &language, 365, visit.transport);
    let from = headers.get("referer").and_then(|from| from.to_str().ok()).unwrap_or_default();
    let path = from.split_once("://").and_then(|(_, rest)| Some(&rest[rest.find('/')?..]));
    let to = path.filter(|path| is_ours(path)).unwrap_or("/desk");
    ([("set-cookie", cookie)], Redirect::to(to)).into_response()
}

async fn missing(State(shared): State<Arc<Shared>>, visit: Visit) -> Response {
    Trouble::Missing.page(&shared, &visit.language)
}

/// Whether a path leads to the desk and nowhere else.
fn is_ours(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/") || path.starts_with("/desk?")
}

/// A page, rendered.
fn shown(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the desk cannot be rendered");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        assert!(is_ours("/desk") && is_ours("/desk/cases/1") && is_ours("/desk?language=zh"));
        for path in ["/", "//evil.example/desk", "/desks", "https://evil.example/desk/"] {
            assert!(!is_ours(path), "{path}");
        }
    }
}
