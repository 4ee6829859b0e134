//! `POST /api/v1/conversations/{id}/messages`: says something and gives the answer, once it is kept.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use bot::{Event, Message};
use door::{Inbound, Stored};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Shared, body,
    problem::{Problem, Trouble},
    token::Token,
    visit::Visit,
    wire::Lines,
};

/// Something said.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Say {
    /// The words, as they were written. Empty ones are answered too.
    text: String,
}

/// Says something.
#[utoipa::path(
    post,
    path = "/api/v1/conversations/{id}/messages",
    params(
        ("id" = String, Path, description = "The conversation's name"),
        ("Idempotency-Key" = String, Header,
            description = "1 to 128 visible ASCII characters. A message sent again with the same \
                           key is answered as before and counts once."),
    ),
    request_body = Say,
    responses(
        (status = 201, description = "Kept: what was said and what was answered", body = Lines),
        (status = 200, description = "It had been kept before: the same lines", body = Lines),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = "5XX", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = []), ("page" = []))
)]
pub(crate) async fn say(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answer(&shared, &visit, id, &headers, body)
        .await
        .unwrap_or_else(|trouble| visit.problem(&shared, trouble))
}

async fn answer(
    shared: &Shared,
    visit: &Visit,
    id: String,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Trouble> {
    let opened = visit.open(shared, id).await?;
    // "say:" keeps a caller's key apart from the house's own names, such as "start".
    let message_id = format!("say:{}", key(headers).ok_or(Trouble::BadKey)?);
    let said: Say = body::json(body).await?;
    let stored = put(shared, visit, &opened.token, message_id, said.text).await?;
    let status = if stored.repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(Lines::of(&stored.lines))).into_response())
}

/// Puts words in the inbox, within the limits.
pub(crate) async fn put(
    shared: &Shared,
    visit: &Visit,
    token: &Token,
    message_id: String,
    text: String,
) -> Result<Stored, Trouble> {
    shared.limits.count(visit, token)?;
    if text.len() > shared.settings.message_limit_bytes {
        return Err(Trouble::TooLong);
    }
    let inbound =
        Inbound { address: token.address(), message_id, event: Event::Said(Message::typed(text)) };
    let stored = shared.inbox.put(inbound).await?;
    // The courier wakes streams for what the bot says; this shows the visitor's own words in their
    // other windows at once.
    shared.hub.wake(&stored.id);
    Ok(stored)
}

fn key(headers: &HeaderMap) -> Option<&str> {
    let key = headers.get("idempotency-key")?.to_str().ok()?;
    let fits = (1..=128).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    fits.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_1_to_128_visible_characters() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("idempotency-key", value.parse().unwrap());
            key(&headers).is_some()
        };
        assert!(with("a"));
        assert!(with(&"~".repeat(128)));
        assert!(!with(""));
        assert!(!with("a b"));
        assert!(!with(&"a".repeat(129)));
        assert_eq!(key(&HeaderMap::new()), None);
    }
}
