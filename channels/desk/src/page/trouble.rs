//! What could not be done, in words that say what to do next.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use bot::{LanguageIdentifier, stage::Misstep};
use door::Rejected;

use super::{Frame, shown};
use crate::{Shared, staff::Failed};

/// Why a request came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// There is no such page or case.
    Missing,
    /// The form is not from this session: it is old, or forged.
    OldForm,
    /// This is not theirs to do.
    NotAllowed,
    /// Nothing was written.
    Empty,
    /// More was written than anybody reads at once.
    TooLong,
    /// Nobody waits there any more.
    NotWaiting,
    /// A colleague has it.
    Taken,
    /// It is not with this clerk any more.
    NotYours,
    /// Nobody waits.
    Nobody,
    /// Others wait, but for colleagues who know more of it.
    NobodyForYou,
    /// This clerk has as many cases as they can see to.
    HandsFull,
    /// It could not be kept; trying again is safe.
    NotKept,
}

impl Trouble {
    fn id(self) -> &'static str {
        match self {
            Trouble::Missing => "trouble-missing",
            Trouble::OldForm => "trouble-old-form",
            Trouble::NotAllowed => "trouble-not-allowed",
            Trouble::Empty => "trouble-empty",
            Trouble::TooLong => "trouble-too-long",
            Trouble::NotWaiting => "trouble-not-waiting",
            Trouble::Taken => "trouble-taken",
            Trouble::NotYours => "trouble-not-yours",
            Trouble::Nobody => "trouble-nobody",
            Trouble::NobodyForYou => "trouble-nobody-for-you",
            Trouble::HandsFull => "trouble-hands-full",
            Trouble::NotKept => "trouble-not-kept",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Trouble::Missing => StatusCode::NOT_FOUND,
            Trouble::OldForm | Trouble::NotAllowed => StatusCode::FORBIDDEN,
            Trouble::Empty | Trouble::TooLong => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::NotKept => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::NotWaiting
            | Trouble::Taken
            | Trouble::NotYours
            | Trouble::Nobody
            | Trouble::NobodyForYou
            | Trouble::HandsFull => StatusCode::CONFLICT,
        }
    }

    /// As a page.
    pub(crate) fn page(self, shared: &Shared, language: &LanguageIdentifier) -> Response {
        let frame = Frame::outside(shared, language);
        let page = Page { words: frame.say(self.id()), frame };
        (self.status(), shown(&page)).into_response()
    }

    /// As a sentence, for a script.
    pub(super) fn words(self, shared: &Shared, language: &LanguageIdentifier) -> Response {
        let words = Frame::outside(shared, language).say(self.id());
        (self.status(), words).into_response()
    }
}

impl From<Rejected> for Trouble {
    fn from(rejected: Rejected) -> Trouble {
        match rejected {
            Rejected::Misstep(Misstep::NotWaiting) => Trouble::NotWaiting,
            Rejected::Misstep(Misstep::Taken) => Trouble::Taken,
            Rejected::Misstep(Misstep::NotYours) => Trouble::NotYours,
            Rejected::Busy | Rejected::Closing | Rejected::NotKept(_) => Trouble::NotKept,
        }
    }
}

impl From<Failed> for Trouble {
    fn from(error: Failed) -> Trouble {
        tracing::error!(%error, "the desk");
        Trouble::NotKept
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct Page<'a> {
    frame: Frame<'a>,
    words: String,
}
