//! What the city publishes on a question, to be sent as an answer with its source.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use bot::{LanguageIdentifier, Reply};
use serde::Deserialize;

use super::{Frame, shown};
use crate::{Shared, session::AtWork, words};

/// Letters of a question.
pub(super) const LONGEST: usize = 200;

/// What was found.
#[derive(Template)]
#[template(path = "published.html")]
pub(super) struct Published<'a> {
    frame: Frame<'a>,
    pub(super) find: String,
    language: String,
    answers: Vec<Answer>,
}

/// An answer, ready to be sent.
struct Answer {
    text: String,
    source: String,
    language: String,
}

impl Answer {
    fn of(reply: Reply) -> Answer {
        let sources: Vec<String> = reply.citations.into_iter().map(|source| source.line).collect();
        Answer {
            text: reply.text,
            source: sources.join("\n"),
            language: reply.language.to_string(),
        }
    }
}

impl<'a> Published<'a> {
    pub(super) fn find(
        shared: &'a Shared,
        at_work: &AtWork,
        find: String,
        language: &LanguageIdentifier,
    ) -> Published<'a> {
        let find: String = find.chars().take(LONGEST).collect();
        let answers = match find.trim().is_empty() {
            true => vec![],
            false => shared.rooms.lobby.published(&find, language),
        };
        Published {
            frame: Frame::of(shared, at_work),
            find,
            language: language.to_string(),
            answers: answers.into_iter().map(Answer::of).collect(),
        }
    }
}

/// What is asked, and in which language.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    find: String,
    language: String,
}

/// `GET /desk/cases/{id}/published`: the part of the page that holds what was found, for the script.
pub(super) async fn part(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(_): Path<String>,
    Query(Asked { find, language }): Query<Asked>,
) -> Response {
    shown(&Published::find(&shared, &at_work, find, &words::wished(&language)))
}
