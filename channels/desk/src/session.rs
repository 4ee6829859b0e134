//! Who makes a request: a member of staff who is logged in, or somebody who is sent to the door.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use bot::LanguageIdentifier;
use site::{
    cookies::{self, Transport},
    headers,
    secret::{Secret, digest},
};

use crate::{
    PATH, Shared,
    audit::Did,
    page::Trouble,
    staff::{Failed, Member, Right},
    words,
};

/// The session's secret.
pub(crate) const SESSION: &str = "wendu-desk";
/// The language of the desk.
pub(crate) const LANGUAGE: &str = "wendu-desk-language";

/// A request that changes something comes from our own pages, or is refused.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || headers::is_ours(request.headers()) {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}

/// Anybody.
pub(crate) struct Visit {
    pub(crate) language: LanguageIdentifier,
    pub(crate) transport: Transport,
    pub(crate) from: Option<IpAddr>,
    session: Option<Secret>,
}

impl Visit {
    fn of(parts: &Parts) -> Visit {
        let headers = &parts.headers;
        let text = |name: header::HeaderName| {
            headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
        };
        let chosen = cookies::read(headers, LANGUAGE).unwrap_or_default();
        // Anybody may claim https: a cookie is only kept back from http by it.
        let https = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
        Visit {
            language: match chosen {
                "" => words::wished(text(header::ACCEPT_LANGUAGE)),
                chosen => words::wished(chosen),
            },
            transport: if https { Transport::HttpsOnly } else { Transport::Any },
            from: peer(parts),
            session: cookies::read(headers, SESSION).and_then(Secret::parse),
        }
    }
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical())
}

impl FromRequestParts<Arc<Shared>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Shared>) -> Result<Self, Infallible> {
        Ok(Visit::of(parts))
    }
}

/// A member of staff, logged in.
pub(crate) struct AtWork {
    pub(crate) member: Member,
    pub(crate) visit: Visit,
    /// Digest of the session's secret.
    pub(crate) session: String,
}

impl AtWork {
    /// Writes down what they do. What cannot be written down is not done.
    pub(crate) async fn did(&self, shared: &Shared, did: Did, subject: &str) -> Result<(), Failed> {
        shared.rooms.audit.did(&self.member.login, did, subject).await
    }

    /// What every form of theirs carries; no other site can know it.
    pub(crate) fn form_token(&self) -> String {
        digest(&format!("wendu desk form\n{}", self.session))
    }
}

impl FromRequestParts<Arc<Shared>> for AtWork {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Response> {
        let visit = Visit::of(parts);
        let Some(session) = visit.session.as_ref().map(Secret::digest) else {
            return Err(to_the_door(parts));
        };
        // A route that names no right is nobody's.
        let right = parts.extensions.get::<Right>().copied();
        match shared.rooms.register.by_session(&session).await {
            Ok(Some(member)) if member.is_active => match right {
                Some(right) if member.role.may(right) => Ok(AtWork { member, visit, session }),
                _ => Err(refused(shared, parts, &visit, &member)),
            },
            Ok(_) => Err(to_the_door(parts)),
            Err(error) => {
                tracing::error!(%error, "the desk cannot tell who is there");
                Err(StatusCode::SERVICE_UNAVAILABLE.into_response())
            }
        }
    }
}

/// Pages lead to the log-in and back; what a script asked for is told so.
fn to_the_door(parts: &Parts) -> Response {
    if wants_page(&parts.headers) {
        let to = parts.uri.path_and_query().map_or("/desk", |to| to.as_str());
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("to", to).finish();
        return Redirect::to(&format!("/desk/login?{query}")).into_response();
    }
    StatusCode::UNAUTHORIZED.into_response()
}

/// What is not theirs to see: who comes to the desk's first page is led to their own.
fn refused(shared: &Shared, parts: &Parts, visit: &Visit, member: &Member) -> Response {
    match parts.uri.path() {
        PATH if wants_page(&parts.headers) => Redirect::to(member.role.home()).into_response(),
        _ => Trouble::NotAllowed.page(shared, &visit.language),
    }
}

/// Whether a browser asks for a page, and not a script of ours for a part of one.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
        && headers.get("x-requested-with").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(path: &str, headers: &[(&'static str, &str)]) -> Parts {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(axum::body::Body::empty()).unwrap().into_parts().0
    }

    #[test]
    fn who_is_not_logged_in_comes_back_to_where_they_wanted_to_go() {
        let page = to_the_door(&parts("/desk/cases/1?x=2&y", &[("accept", "text/html")]));
        let to = page.headers()[header::LOCATION].to_str().unwrap();
        assert_eq!(to, "/desk/login?to=%2Fdesk%2Fcases%2F1%3Fx%3D2%26y");
        let script = to_the_door(&parts("/desk/events", &[("accept", "text/event-stream")]));
        assert_eq!(script.status(), StatusCode::UNAUTHORIZED);
    }

    #[test]
    fn the_language_that_was_chosen_outranks_the_browsers() {
        let visit = Visit::of(&parts(
            "/desk",
            &[("accept-language", "en-GB"), ("cookie", "wendu-desk-language=zh")],
        ));
        assert_eq!(visit.language.to_string(), "zh");
    }
}
