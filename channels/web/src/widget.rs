//! `GET /widget`: the page for a small frame on the city's own site. It has no cookies; its script
//! keeps the secret for as long as the tab is open. The launcher is `assets/widget.js`.

use std::sync::Arc;

use axum::{Router, extract::State, http::header, response::Response, routing::get};

use crate::{
    Shared,
    page::{frame::Setting, home},
    visit::Visit,
};

pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/widget", get(widget))
}

async fn widget(State(shared): State<Arc<Shared>>, visit: Visit) -> Response {
    let mut response = home::entrance(&shared, &visit, Setting::Widget);
    let mut ancestors = "'self'".to_owned();
    for origin in &shared.settings.embed_origins {
        ancestors.push(' ');
        ancestors.push_str(origin);
    }
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, site::headers::policy(&ancestors));
    response
}
