//! Request bodies: how much is read, for how long, and what is said when it is too much or not
//! readable. axum's own rejections are for programmers; ours are for visitors.

use std::time::Duration;

use axum::{body::Body, http::HeaderMap};
use serde::de::DeserializeOwned;

use crate::problem::Trouble;

/// More than any message, also when every character of it is escaped.
const BODY_LIMIT: usize = 32 * 1024;
/// A slow line needs a second for that; who needs longer is not sending a question.
const BODY_TIME: Duration = Duration::from_secs(20);

/// Reads a body whole.
pub(crate) async fn read(body: Body) -> Result<Vec<u8>, Trouble> {
    match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, BODY_LIMIT)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(Trouble::TooLong),
        Err(_) => Err(Trouble::TooSlow),
    }
}

/// Reads a JSON body; an empty one is `{}`.
pub(crate) async fn json<T: DeserializeOwned>(body: Body) -> Result<T, Trouble> {
    let bytes = read(body).await?;
    let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
    serde_json::from_slice(bytes).map_err(|_| Trouble::BadJson)
}

/// A form's fields, in order.
#[derive(Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form. Bytes that are not UTF-8 become U+FFFD; `is_garbled` tells.
    pub(crate) async fn read(body: Body) -> Result<Self, Trouble> {
        Ok(Self::parse(&read(body).await?))
    }

    fn parse(bytes: &[u8]) -> Self {
        Form(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first field of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(key, _)| key == name)?;
        Some(&field.1)
    }

    /// All fields.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (&**key, &**value))
    }

    /// Whether some of it could not be read as text.
    pub(crate) fn is_garbled(&self) -> bool {
        self.0.iter().any(|(_, value)| value.contains('\u{FFFD}'))
    }
}

/// The number after `after=` in a query; 0 when there is none.
pub(crate) fn after(query: Option<&str>, headers: &HeaderMap) -> Result<u64, Trouble> {
    // An EventSource that connects again knows better than the address it was made with.
    if let Some(last) = headers.get("last-event-id") {
        let last = last.to_str().ok().and_then(|text| text.trim().parse().ok());
        return last.ok_or(Trouble::BadQuery);
    }
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(key, _)| key == "after")
        .map_or(Ok(0), |(_, value)| value.parse())
        .map_err(|_| Trouble::BadQuery)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_are_noticed() {
        let form = Form::parse(b"text=%ff%fe&key=k");
        assert!(form.is_garbled());
        assert_eq!(form.get("key"), Some("k"));
        assert!(!Form::parse("text=办证".as_bytes()).is_garbled());
    }

    #[test]
    fn the_last_event_seen_outranks_the_address() {
        let mut headers = HeaderMap::new();
        assert_eq!(after(Some("after=3"), &headers), Ok(3));
        assert_eq!(after(None, &headers), Ok(0));
        assert_eq!(after(Some("after=-1"), &headers), Err(Trouble::BadQuery));
        headers.insert("last-event-id", "7".parse().unwrap());
        assert_eq!(after(Some("after=3"), &headers), Ok(7));
    }
}
