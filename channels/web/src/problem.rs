//! What can go wrong at the door, and how it is told: always what happened and the next step. The
//! API tells it as `application/problem+json` (RFC 9457), pages as a notice above the question.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bot::store::StoreError;
use door::Rejected;
use serde::Serialize;
use utoipa::ToSchema;

use crate::labels::{Label, Words};

/// Something that went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// No such conversation, or not yours: the two are told alike.
    NotFound,
    /// No such page.
    NoPage,
    /// The page is there, the method is not.
    WrongMethod,
    /// More is waiting than can be answered in time.
    Busy,
    /// The service is stopping.
    Closing,
    /// The disk is full.
    Full,
    /// The archive or the inbox failed.
    Failed,
    /// The message or the body is too long.
    TooLong,
    /// The body did not arrive in time.
    TooSlow,
    /// A limit was reached; seconds until there is room.
    TooMany(u64),
    /// Not JSON, or not the JSON that was expected.
    BadJson,
    /// No usable `Idempotency-Key`.
    BadKey,
    /// `after` is not a number.
    BadQuery,
    /// A form that holds no message, or bytes that are no text.
    BadForm,
    /// Another site sent it.
    CrossSite,
}

impl Trouble {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Trouble::NotFound | Trouble::NoPage => StatusCode::NOT_FOUND,
            Trouble::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::Busy | Trouble::Closing => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::Full => StatusCode::INSUFFICIENT_STORAGE,
            Trouble::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Trouble::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Trouble::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Trouble::BadJson | Trouble::BadKey | Trouble::BadQuery | Trouble::BadForm => {
                StatusCode::BAD_REQUEST
            }
            Trouble::CrossSite => StatusCode::FORBIDDEN,
        }
    }

    /// What happened, and the next step.
    pub(crate) fn labels(self) -> (Label, Label) {
        match self {
            Trouble::NotFound => (Label::NotFound, Label::NotFoundNext),
            Trouble::NoPage => (Label::NoPage, Label::NoPageNext),
            Trouble::WrongMethod => (Label::WrongMethod, Label::WrongMethodNext),
            Trouble::Busy => (Label::Busy, Label::BusyNext),
            Trouble::Closing => (Label::Closing, Label::ClosingNext),
            Trouble::Full => (Label::Full, Label::FullNext),
            Trouble::Failed => (Label::Failed, Label::FailedNext),
            Trouble::TooLong => (Label::TooLong, Label::TooLongNext),
            Trouble::TooSlow => (Label::TooSlow, Label::TooSlowNext),
            Trouble::TooMany(_) => (Label::TooMany, Label::TooManyNext),
            Trouble::BadJson => (Label::BadJson, Label::BadJsonNext),
            Trouble::BadKey => (Label::BadKey, Label::BadKeyNext),
            Trouble::BadQuery => (Label::BadQuery, Label::BadQueryNext),
            Trouble::BadForm => (Label::BadForm, Label::BadFormNext),
            Trouble::CrossSite => (Label::CrossSite, Label::CrossSiteNext),
        }
    }

    /// `Retry-After`, in seconds.
    fn retry_after(self) -> Option<u64> {
        match self {
            Trouble::Busy => Some(3),
            Trouble::Closing => Some(5),
            Trouble::Full => Some(60),
            Trouble::TooMany(seconds) => Some(seconds.max(1)),
            _ => None,
        }
    }

    /// Puts status and `Retry-After` on a response.
    pub(crate) fn mark(self, mut response: Response) -> Response {
        *response.status_mut() = self.status();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    /// The problem as the API tells it.
    pub(crate) fn problem(self, words: &Words) -> Response {
        let (what, next) = self.labels();
        let problem = Problem {
            kind: format!("urn:wendu:problem:{}", what.key()),
            title: words.say(what),
            status: self.status().as_u16(),
            detail: words.say(next),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let json = HeaderValue::from_static("application/problem+json");
        let mut response = self.mark(([(header::CONTENT_TYPE, json)], body).into_response());
        if let Ok(language) = HeaderValue::from_str(&words.language().to_string()) {
            response.headers_mut().insert(header::CONTENT_LANGUAGE, language);
        }
        response
    }
}

/// A problem, RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which problem, for programs: `urn:wendu:problem:…`.
    #[serde(rename = "type")]
    kind: String,
    /// What happened, in a sentence for the visitor.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do next, in a sentence for the visitor.
    detail: String,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Trouble::Full,
            StoreError::Failed(_) => {
                tracing::error!(%error, "the archive failed");
                Trouble::Failed
            }
        }
    }
}

impl From<Rejected> for Trouble {
    fn from(rejected: Rejected) -> Self {
        match rejected {
            Rejected::Busy => Trouble::Busy,
            Rejected::Closing => Trouble::Closing,
            Rejected::NotKept(StoreError::Full) => Trouble::Full,
            // The switchboard has logged why; here it would be told twice.
            Rejected::NotKept(StoreError::Failed(_)) => Trouble::Failed,
            // Only clerks are told so, and they come by the desk.
            Rejected::Misstep(_) => Trouble::Failed,
        }
    }
}
