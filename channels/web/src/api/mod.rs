//! The API under page and widget, for other programs too: `/api/v1`, described by
//! `/api/openapi.json`. One endpoint is one file.

mod events;
mod lines;
pub(crate) mod say;
pub(crate) mod start;
mod typing;

use std::sync::Arc;

use axum::{
    Json, Router,
    routing::{get, post},
};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use crate::{Shared, cookies};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Wendu",
        description = "Ask a public service in Chinese or English. Answers carry the published \
                       wording and its source. Every error says what happened and the next step."
    ),
    paths(start::start, lines::lines, say::say, events::events, typing::typing),
    modifiers(&Secrets)
)]
struct Description;

struct Secrets;

impl Modify for Secrets {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme(
            "token",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        );
        components.add_security_scheme(
            "page",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(cookies::CONVERSATION))),
        );
    }
}

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/v1/conversations", post(start::start))
        .route("/api/v1/conversations/{id}/messages", get(lines::lines).post(say::say))
        .route("/api/v1/conversations/{id}/events", get(events::events))
        .route("/api/v1/conversations/{id}/typing", post(typing::typing))
        .route("/api/openapi.json", get(description))
}

async fn description() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_names_every_endpoint() {
        let json = serde_json::to_value(Description::openapi()).unwrap();
        let paths: Vec<&String> = json["paths"].as_object().unwrap().keys().collect();
        assert_eq!(paths.len(), 4, "{paths:?}");
        assert!(json["components"]["schemas"]["Line"]["properties"]["citations"].is_object());
    }
}
