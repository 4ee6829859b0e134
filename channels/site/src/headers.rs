//! The headers by which browsers keep other sites out: of every response, and of requests that change
//! something.
//!
//! `Referrer-Policy` is `same-origin` and not `no-referrer`: under `no-referrer` browsers send
//! `Origin: null` with forms (Fetch standard, "append a request `Origin` header"), and a form sent
//! without script could not be told from another site's. Nothing is told to others either way.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

/// Whether a request that changes something comes from our own pages or from a program.
///
/// Browsers that send `Sec-Fetch-Site` decide it there; they send it over https and on localhost.
/// Else `Origin` must name the host that was asked; programs send neither and hold no cookies that
/// another site could abuse.
pub fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        return true;
    };
    let Some((_, host)) = origin.split_once("://") else {
        return false;
    };
    // A proxy that changes Host keeps it here. No page can set either header, so there is nobody
    // to distrust.
    [text("host"), text("x-forwarded-host")].contains(&Some(host))
}

/// The policy (CSP) of a page that `ancestors` may show in a frame.
pub fn policy(ancestors: &str) -> HeaderValue {
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    ))
    .expect("origins were checked to be plain")
}

/// Puts on every response what it does not carry yet.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL.as_str(), "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        if !headers.contains_key(name) {
            headers
                .insert(axum::http::HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy("'none'"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", "ask.city.example".parse().unwrap());
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_ours(&headers)
    }

    #[test]
    fn our_own_pages_and_programs_may_post() {
        assert!(ours(&[]));
        assert!(ours(&[("origin", "https://ask.city.example")]));
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(ours(&[("sec-fetch-site", "none")]));
        assert!(ours(&[
            ("host", "127.0.0.1:8080"),
            ("x-forwarded-host", "ask.city.example"),
            ("origin", "https://ask.city.example"),
        ]));
    }

    #[test]
    fn other_sites_may_not() {
        assert!(!ours(&[("origin", "https://evil.example")]));
        assert!(!ours(&[("origin", "https://ask.city.example.evil.example")]));
        assert!(!ours(&[("origin", "https://ask.city.example:8443")]));
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site"), ("origin", "https://ask.city.example")]));
    }
}
