//! Posts that another site's page sends in a visitor's name are refused, in the visitor's words.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};

use site::headers::is_ours;

use crate::problem::Trouble;
use crate::{Shared, page, visit::Visit};

/// Refuses what another site's page sends in a visitor's name.
pub(crate) async fn guard(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers()) {
        return next.run(request).await;
    }
    let (parts, _) = request.into_parts();
    let visit = Visit::of(&parts, &shared);
    if parts.uri.path().starts_with("/api/") {
        return visit.problem(&shared, Trouble::CrossSite);
    }
    page::home::trouble(&shared, &visit, Trouble::CrossSite, "").await
}
