//! `GET /api/v1/conversations/{id}/messages`: what was said so far.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use crate::{
    Shared, body,
    problem::{Problem, Trouble},
    visit::Visit,
    wire::Lines,
};

/// What was said so far.
#[utoipa::path(
    get,
    path = "/api/v1/conversations/{id}/messages",
    params(
        ("id" = String, Path, description = "The conversation's name"),
        ("after" = Option<u64>, Query, description = "Only lines with a higher number"),
    ),
    responses(
        (status = 200, description = "The lines, in order", body = Lines),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = []), ("page" = []))
)]
pub(crate) async fn lines(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let read = async {
        let after = body::after(query.as_deref(), &HeaderMap::new())?;
        let opened = visit.open(&shared, id).await?;
        let lines = shared.archive.lines(&opened.id, after).await?;
        Ok::<_, Trouble>(Json(Lines::of(&lines)).into_response())
    };
    read.await.unwrap_or_else(|trouble| visit.problem(&shared, trouble))
}
