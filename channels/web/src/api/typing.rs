//! `POST /api/v1/conversations/{id}/typing`: the visitor is writing. Nothing is kept of it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    Shared,
    problem::{Problem, Trouble},
    visit::Visit,
};

/// Says that the visitor is writing; a clerk who has the conversation sees it for some seconds.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/typing",
    params(("id" = String, Path, description = "The conversation's name")),
    responses(
        (status = 204, description = "Told, where anybody is there to be told"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = []), ("page" = []))
)]
pub(crate) async fn typing(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Response {
    let told: Result<(), Trouble> = async {
        let opened = visit.open(&shared, id).await?;
        shared.lobby.writes(&opened.id);
        Ok(())
    }
    .await;
    match told {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(trouble) => visit.problem(&shared, trouble),
    }
}
