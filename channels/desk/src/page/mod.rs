//! The desk's pages: a file each, with its template beside it.

mod call_backs;
mod case;
mod does;
mod events;
mod frame;
mod link;
mod login;
mod me;
mod published;
mod queue;
mod ready;
mod trouble;

use std::sync::Arc;

use askama::Template;
use axum::{
    Extension, Router,
    extract::{Path, State},
    handler::Handler,
    http::{HeaderMap, Method},
    response::{Html, IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use site::cookies;
use tower_http::compression::CompressionLayer;

use crate::{
    Shared,
    session::{LANGUAGE, Visit},
    staff::Right,
    words,
};
use frame::Frame;
pub(crate) use trouble::Trouble;

/// A way into the desk: what it is for stands beside it, and is asked before its handler runs.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) right: Right,
    handler: MethodRouter<Arc<Shared>>,
}

fn reads<H: Handler<T, Arc<Shared>>, T: 'static>(right: Right, path: &'static str, it: H) -> Route {
    Route { method: Method::GET, path, right, handler: get(it) }
}

fn changes<H: Handler<T, Arc<Shared>>, T: 'static>(
    right: Right,
    path: &'static str,
    it: H,
) -> Route {
    Route { method: Method::POST, path, right, handler: post(it) }
}

/// Every way in. `tests/scenarios/rights.rs` tries each of them as everybody.
pub(crate) fn routes() -> Vec<Route> {
    use Right::{Anybody, Cases, Replies, Themselves, Words};
    vec![
        reads(Cases, "/desk", queue::page),
        reads(Cases, "/desk/board", queue::board),
        reads(Cases, "/desk/events", events::board),
        changes(Cases, "/desk/next", does::next),
        changes(Cases, "/desk/presence", queue::presence),
        reads(Cases, "/desk/call-backs", call_backs::page),
        changes(Cases, "/desk/call-backs/{number}", call_backs::change),
        reads(Cases, "/desk/cases/{id}", case::page),
        reads(Cases, "/desk/cases/{id}/events", events::case),
        reads(Cases, "/desk/cases/{id}/published", published::part),
        changes(Cases, "/desk/cases/{id}/writing", events::writing),
        changes(Cases, "/desk/cases/{id}/reveal", case::reveal),
        changes(Cases, "/desk/cases/{id}/{what}", does::one),
        reads(Replies, "/desk/replies", ready::page),
        changes(Words, "/desk/replies", ready::change),
        reads(Themselves, "/desk/me", me::page),
        changes(Themselves, "/desk/me", me::change),
        changes(Themselves, "/desk/logout", login::log_out),
        reads(Anybody, "/desk/login", login::page),
        changes(Anybody, "/desk/login", login::log_in),
        reads(Anybody, "/desk/link/{secret}", link::page),
        changes(Anybody, "/desk/link/{secret}", link::choose),
        reads(Anybody, "/desk/language/{tag}", language),
        reads(Anybody, "/desk/{*rest}", missing),
    ]
}

pub(crate) fn router() -> Router<Arc<Shared>> {
    routes().into_iter().fold(Router::new(), |router, route| {
        router.route(route.path, route.handler.layer(Extension(route.right)))
    })
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
