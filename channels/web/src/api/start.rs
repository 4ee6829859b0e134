//! `POST /api/v1/conversations`: begins a conversation and gives the secret that opens it.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bot::{Event, LanguageIdentifier};
use door::{Inbound, Stored};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Shared, body, cookies,
    problem::{Problem, Trouble},
    token::Token,
    visit::Visit,
    wire::{Line, Lines},
};

/// How to begin.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct Start {
    /// The language of the page or app, BCP 47; without it, as `Accept-Language` says.
    language: Option<String>,
    /// Who keeps the secret.
    keep: Keep,
}

/// Who keeps the secret that opens the conversation.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Keep {
    /// The caller: it is in the answer, and goes into `Authorization: Bearer …`.
    #[default]
    Token,
    /// The browser, in a cookie that scripts cannot read. For this house's own page.
    Cookie,
}

/// A conversation that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Started {
    /// The conversation's name, for the other addresses.
    id: String,
    /// The secret that opens it: 256 random bits in base64url. It is told only once. Nothing when
    /// the browser keeps it.
    token: Option<String>,
    /// The greeting.
    lines: Vec<Line>,
}

/// Begins a conversation.
#[utoipa::path(
    post,
    path = "/api/v1/conversations",
    request_body = Start,
    responses(
        (status = 201, description = "Begun", body = Started),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn start(State(shared): State<Arc<Shared>>, visit: Visit, body: Body) -> Response {
    begin(&shared, &visit, body).await.unwrap_or_else(|trouble| visit.problem(&shared, trouble))
}

async fn begin(shared: &Shared, visit: &Visit, body: Body) -> Result<Response, Trouble> {
    shared.limits.count_address(visit)?;
    let start: Start = body::json(body).await?;
    let language = match start.language {
        Some(tag) => tag.parse().map_err(|_| Trouble::BadJson)?,
        None => visit.language(shared).clone(),
    };
    let token = Token::fresh();
    let stored = greet(shared, &token, language).await?;
    let location = format!("/api/v1/conversations/{}/messages", stored.id);
    let kept = matches!(start.keep, Keep::Cookie);
    let started = Started {
        id: stored.id.0,
        token: (!kept).then(|| token.as_str().into()),
        lines: Lines::of(&stored.lines).lines,
    };
    let mut response = (StatusCode::CREATED, Json(started)).into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::from_str(&location) {
        headers.insert(header::LOCATION, location);
    }
    if kept {
        headers.insert(header::SET_COOKIE, remember(&token, visit));
    }
    Ok(response)
}

/// Lets somebody in. Twice with the same token is once.
pub(crate) async fn greet(
    shared: &Shared,
    token: &Token,
    language: LanguageIdentifier,
) -> Result<Stored, Trouble> {
    let inbound = Inbound {
        address: token.address(),
        message_id: "start".into(),
        event: Event::Started { language },
    };
    Ok(shared.inbox.put(inbound).await?)
}

/// The cookie that opens the conversation, for 30 days from now.
pub(crate) fn remember(token: &Token, visit: &Visit) -> HeaderValue {
    cookies::write(cookies::CONVERSATION, token.as_str(), 30, visit.transport)
}
