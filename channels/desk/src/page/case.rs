//! `/desk/cases/{id}`: one conversation, with what a clerk should know at a glance.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use bot::{
    Line, Speaker, Stage,
    queue::Open,
    stage::Ending,
    store::{ConversationId, StoreError},
};
use serde::Deserialize;
use site::secret::Secret;

use super::{Frame, Trouble, login::Token, published::Published, ready, shown};
use crate::{
    Shared,
    audit::Did,
    casework::Note,
    session::AtWork,
    staff::{Member, Right},
};

/// Who has it, as the page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hands {
    Nobodys,
    Mine,
    Anothers,
    /// Mine until a moment ago.
    LetGo,
    Over,
}

#[derive(Template)]
#[template(path = "case.html")]
struct Page<'a> {
    frame: Frame<'a>,
    id: String,
    open: Option<Open>,
    hands: Hands,
    /// Whom it was handed to, in words.
    to: String,
    company: String,
    lines: Vec<Said>,
    /// Whether something in them is masked, and can be looked at.
    is_masked: bool,
    last: u64,
    notes: Vec<Note>,
    /// Names what the form says, so that pressing twice is once.
    key: String,
    endings: [(&'static str, String); 4],
    /// To whom it can be handed: the word in the form, and the name.
    colleagues: Vec<(String, String)>,
    departments: Vec<(String, String)>,
    ready: Vec<ready::Filled>,
    published: Published<'a>,
}

/// What is looked up in what is published.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    find: String,
}

/// A line, ready to be shown.
#[derive(Template)]
#[template(path = "line.html")]
pub(super) struct Said {
    pub(super) number: u64,
    pub(super) speaker: &'static str,
    language: String,
    who: String,
    at: String,
    pub(super) text: String,
    sources: Vec<String>,
    source: String,
}

impl Said {
    pub(super) fn of(frame: &Frame<'_>, line: &Line, revealed: bool) -> Said {
        let (speaker, who) = match line.speaker {
            Speaker::Visitor => ("visitor", frame.say("visitor")),
            Speaker::Bot => ("bot", frame.say("assistant")),
            Speaker::Staff => ("staff", line.name.clone().unwrap_or_default()),
        };
        Said {
            number: line.number,
            speaker,
            who,
            language: line.reply.language.to_string(),
            at: frame.time(line.at),
            text: frame.unless_revealed(line.reply.text.clone(), revealed),
            sources: line.reply.citations.iter().map(|citation| citation.line.clone()).collect(),
            source: frame.say("sources"),
        }
    }

    /// As it is announced.
    pub(super) fn announcement(&self) -> String {
        format!("{}: {}", self.who, self.text)
    }
}

/// How a case can end, by the word in the form.
pub(super) fn ending(word: &str) -> Option<Ending> {
    Some(match word {
        "solved" => Ending::Solved,
        "elsewhere" => Ending::Elsewhere,
        "unsolved" => Ending::Unsolved,
        "left" => Ending::Left,
        _ => return None,
    })
}

pub(super) async fn page(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(id): Path<String>,
    Query(Look { find }): Query<Look>,
) -> Response {
    match made(&shared, &at_work, ConversationId(id), find).await {
        Ok(page) => shown(&page),
        Err(trouble) => trouble.page(&shared, &at_work.visit.language),
    }
}

async fn made<'a>(
    shared: &'a Shared,
    at_work: &AtWork,
    id: ConversationId,
    find: String,
) -> Result<Page<'a>, Trouble> {
    let rooms = &shared.rooms;
    let known = rooms.casework.known(&id).await?.ok_or(Trouble::Missing)?;
    at_work.did(shared, Did::Read, &id.0).await?;
    let lines = lines(shared, &id, 0).await.map_err(|_| Trouble::NotKept)?;
    let revealed = shared.revealed.is_to(at_work, &id);
    let frame = Frame::of(shared, at_work);
    let me = at_work.member.clerk.id;
    let open = rooms.board.case(&id);
    let hands = match &known.stage {
        Stage::Waiting(_) => Hands::Nobodys,
        Stage::WithStaff(_, clerk) if clerk.id == me => Hands::Mine,
        Stage::WithStaff(..) => Hands::Anothers,
        Stage::GivenBack(_, clerk) | Stage::Closed(_, clerk) if clerk.id == me => Hands::LetGo,
        Stage::Assisting | Stage::GivenBack(..) | Stage::Closed(..) => Hands::Over,
    };
    let asked = lines.iter().rev().find(|line| line.speaker == Speaker::Visitor);
    let language = asked.map_or(&frame.language, |line| &line.reply.language).clone();
    // What the visitor said last is the first guess of what a clerk looks for.
    let find = match (find.is_empty(), asked) {
        (true, Some(line)) => {
            let asked = shared.rooms.lobby.masked(&line.reply.text);
            asked.chars().take(super::published::LONGEST).collect()
        }
        _ => find,
    };
    let ending = |word: &'static str| (word, frame.say(&format!("ending-{word}")));
    let to = open.as_ref().and_then(|open| open.case.to.as_ref()).map(|to| frame.to(to));
    Ok(Page {
        to: to.unwrap_or_default(),
        company: company(&frame, &id, me),
        open,
        hands,
        last: lines.last().map_or(0, |line| line.number),
        is_masked: !revealed && lines.iter().any(|line| frame.is_masked(&line.reply.text)),
        lines: lines.iter().map(|line| Said::of(&frame, line, revealed)).collect(),
        notes: rooms.casework.notes(&id).await?,
        key: Secret::fresh().as_str().to_owned(),
        endings: ["solved", "elsewhere", "unsolved", "left"].map(ending),
        colleagues: colleagues(shared, me).await?,
        departments: frame.departments(),
        ready: ready::filled(shared, &frame, &language).await?,
        published: Published::find(shared, at_work, find, &language),
        id: id.0,
        frame,
    })
}

/// `POST /desk/cases/{id}/reveal`: shows what is masked, to this session and until it ends.
pub(super) async fn reveal(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path(id): Path<String>,
    Form(Token { token }): Form<Token>,
) -> Response {
    match revealed(&shared, &at_work, ConversationId(id.clone()), &token).await {
        Ok(()) => Redirect::to(&format!("/desk/cases/{id}#talk")).into_response(),
        Err(trouble) => trouble.page(&shared, &at_work.visit.language),
    }
}

async fn revealed(
    shared: &Shared,
    at_work: &AtWork,
    id: ConversationId,
    token: &str,
) -> Result<(), Trouble> {
    if token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    shared.rooms.casework.known(&id).await?.ok_or(Trouble::Missing)?;
    at_work.did(shared, Did::Reveal, &id.0).await?;
    shared.revealed.to(at_work, id);
    Ok(())
}

impl Frame<'_> {
    /// The text, with marks in place of numbers and addresses of people's own.
    fn unless_revealed(&self, text: String, revealed: bool) -> String {
        if revealed { text } else { self.lobby().masked(&text) }
    }

    fn is_masked(&self, text: &str) -> bool {
        self.lobby().masked(text) != text
    }
}

/// Who else works here: those who are there first.
async fn colleagues(shared: &Shared, me: i64) -> Result<Vec<(String, String)>, Trouble> {
    let present: Vec<i64> =
        shared.rooms.board.present().into_iter().map(|(clerk, _)| clerk.id).collect();
    let mut members = shared.rooms.register.members().await?;
    let can = |member: &Member| member.is_active && member.role.may(Right::Cases);
    members.retain(|member| can(member) && member.clerk.id != me);
    members.sort_by_key(|member| (!present.contains(&member.clerk.id), member.clerk.name.clone()));
    let word = |id: i64| format!("clerk:{id}");
    Ok(members.into_iter().map(|member| (word(member.clerk.id), member.clerk.name)).collect())
}

/// Who else looks at it, and who writes.
pub(super) fn company(frame: &Frame<'_>, id: &ConversationId, me: i64) -> String {
    let board = frame.board();
    let others = |clerks: Vec<bot::stage::Clerk>| {
        let names = clerks.into_iter().filter(|clerk| clerk.id != me).map(|clerk| clerk.name);
        names.collect::<Vec<_>>().join(&frame.say("and-also"))
    };
    let (writers, visitor) = board.writers(id);
    let (readers, writers) = (others(board.readers(id)), others(writers));
    let mut said = Vec::new();
    if !readers.is_empty() {
        said.push(frame.say_with("also-reads", "names", readers));
    }
    if !writers.is_empty() {
        said.push(frame.say_with("also-writes", "names", writers));
    }
    if visitor {
        said.push(frame.say("visitor-writes"));
    }
    said.join(" ")
}

/// The lines after this one.
pub(super) async fn lines(
    shared: &Shared,
    id: &ConversationId,
    after: u64,
) -> Result<Vec<Line>, StoreError> {
    let lines = shared.rooms.archive.lines(id, after).await;
    lines.inspect_err(|error| tracing::error!(%error, "a conversation cannot be read"))
}
