//! `/livez`, `/readyz` and `/metrics`, for whoever keeps the service running. Keep them from the
//! public at the reverse proxy; nothing private stands there all the same.

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::library::Pack;
use crate::{clock::Clock, switchboard::Switchboard, telemetry};

#[derive(Clone)]
struct Seen {
    pack: Arc<ArcSwap<Pack>>,
    switchboard: Switchboard,
    clock: Clock,
}

/// The three routes.
pub(super) fn router(pack: Arc<ArcSwap<Pack>>, switchboard: Switchboard, clock: Clock) -> Router {
    Router::new()
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Seen { pack, switchboard, clock })
}

/// 200 while questions are answered and kept; 503 with the reason while they are not.
async fn ready(State(seen): State<Seen>) -> Response {
    let pack = seen.pack.load();
    let serving = format!("serving the pack of {:.0} ({})", pack.since, pack.short());
    match (seen.switchboard.trouble(), &pack.broken) {
        (Some(trouble), _) => {
            (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {trouble}\n")).into_response()
        }
        (None, Some(broken)) => {
            format!("ready: {serving}; the pack on disk is broken:\n{broken}\n").into_response()
        }
        (None, None) => format!("ready: {serving}\n").into_response(),
    }
}

async fn metrics(State(seen): State<Seen>) -> Response {
    let pack = seen.pack.load();
    let age = seen.clock.now().duration_since(pack.since).as_secs_f64();
    ::metrics::gauge!("wendu_pack_age_seconds").set(age.max(0.0));
    ::metrics::gauge!("wendu_pack_broken").set(if pack.broken.is_some() { 1.0 } else { 0.0 });
    match telemetry::metrics() {
        Some(metrics) => {
            let text = "text/plain; version=0.0.4; charset=utf-8";
            ([(header::CONTENT_TYPE, text)], metrics.render()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
