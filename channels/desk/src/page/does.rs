//! What a clerk does with a case: takes it, speaks, hands it on, closes it.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use bot::{
    Event, StaffDoes,
    queue::Open,
    routing,
    stage::{Clerk, To},
    store::{Address, ConversationId},
};
use door::Inbound;
use serde::Deserialize;
use site::secret::Secret;

use super::{Trouble, case};
use crate::{
    Shared,
    audit::Did,
    session::{AtWork, wants_page},
    staff::{Member, Right},
};

/// Letters of an answer: more than anybody reads at once.
pub(super) const LONGEST: usize = 4_000;

/// How often the next is tried where colleagues are quicker.
const TRIES: usize = 20;

/// What a form of a case holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    pub(super) token: String,
    key: String,
    text: String,
    ending: String,
    to: String,
}

impl Filled {
    /// What was written.
    ///
    /// # Errors
    /// Where nothing was, or more than anybody reads.
    fn written(self) -> Result<String, Trouble> {
        match self.text.chars().count() {
            _ if self.text.trim().is_empty() => Err(Trouble::Empty),
            more if more > LONGEST => Err(Trouble::TooLong),
            _ => Ok(self.text),
        }
    }
}

/// `POST /desk/cases/{id}/{what}`.
pub(super) async fn one(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Path((id, what)): Path<(String, String)>,
    headers: HeaderMap,
    Form(filled): Form<Filled>,
) -> Response {
    let is_page = wants_page(&headers);
    let id = ConversationId(id);
    let here = || Redirect::to(&format!("/desk/cases/{}#text", id.0)).into_response();
    match act(&shared, &at_work, &id, &what, filled).await {
        Ok(()) if !is_page => StatusCode::NO_CONTENT.into_response(),
        Ok(()) => match &*what {
            // What was let go of can be had again.
            "close" | "give-back" | "put-back" | "hand-on" => {
                Redirect::to(&format!("/desk?gone={}", id.0)).into_response()
            }
            _ => here(),
        },
        Err(trouble) if is_page => trouble.page(&shared, &at_work.visit.language),
        Err(trouble) => trouble.words(&shared, &at_work.visit.language),
    }
}

/// `POST /desk/next`: takes whoever is next of those whom this clerk should take. A colleague may be
/// quicker; then it is the one after.
pub(super) async fn next(
    State(shared): State<Arc<Shared>>,
    at_work: AtWork,
    Form(filled): Form<Filled>,
) -> Response {
    match take_next(&shared, &at_work, &filled).await {
        Ok(id) => Redirect::to(&format!("/desk/cases/{}#text", id.0)).into_response(),
        Err(trouble) => trouble.page(&shared, &at_work.visit.language),
    }
}

async fn take_next(
    shared: &Shared,
    at_work: &AtWork,
    filled: &Filled,
) -> Result<ConversationId, Trouble> {
    if filled.token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    for _ in 0..TRIES {
        let open = first(shared, at_work)?;
        let key = Secret::fresh();
        match put(shared, at_work, &open.address, key.as_str(), StaffDoes::Takes).await {
            Ok(()) => return Ok(open.id),
            Err(Trouble::Taken | Trouble::NotWaiting) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Err(Trouble::Taken)
}

/// The first who waits whom this clerk should take.
fn first(shared: &Shared, at_work: &AtWork) -> Result<Open, Trouble> {
    let (board, lobby) = (&shared.rooms.board, &shared.rooms.lobby);
    let me = board.worker(&at_work.member);
    if !me.is_free() {
        return Err(Trouble::HandsFull);
    }
    let mut all = board.workers();
    if !all.iter().any(|one| one.clerk.id == me.clerk.id) {
        all.push(me.clone());
    }
    let now = lobby.now();
    board.read(|queue| {
        let mut waiting = queue.waiting().peekable();
        let nobody = waiting.peek().is_none();
        let mine = waiting.find(|open| {
            let department = open.services.last().and_then(|service| lobby.department(service));
            routing::suits(open, department.as_deref(), &me, &all, now)
        });
        mine.cloned().ok_or(if nobody { Trouble::Nobody } else { Trouble::NobodyForYou })
    })
}

async fn act(
    shared: &Shared,
    at_work: &AtWork,
    id: &ConversationId,
    what: &str,
    filled: Filled,
) -> Result<(), Trouble> {
    if filled.token != at_work.form_token() {
        return Err(Trouble::OldForm);
    }
    let rooms = &shared.rooms;
    let known = rooms.casework.known(id).await?.ok_or(Trouble::Missing)?;
    if what == "note" {
        let text = filled.written()?;
        at_work.did(shared, Did::Note, &id.0).await?;
        rooms.casework.note(id, at_work.member.clerk.id, text).await?;
        rooms.board.noted(id);
        return Ok(());
    }
    let key = filled.key.clone();
    let does = does(shared, what, filled).await?;
    put(shared, at_work, &known.address, &key, does).await?;
    rooms.board.wrote(id, Some(&at_work.member.clerk));
    Ok(())
}

/// What a form of this name means.
async fn does(shared: &Shared, what: &str, filled: Filled) -> Result<StaffDoes, Trouble> {
    Ok(match what {
        "take" => StaffDoes::Takes,
        "take-again" => StaffDoes::TakesAgain,
        "say" => StaffDoes::Says(filled.written()?),
        "ask" => StaffDoes::Asks(filled.written()?),
        "hold" => StaffDoes::Holds,
        "go-on" => StaffDoes::GoesOn,
        "give-back" => StaffDoes::GivesBack,
        "put-back" => StaffDoes::PutsBack,
        "hand-on" => StaffDoes::HandsOn(to(shared, &filled.to).await?),
        "close" => StaffDoes::Closes(case::ending(&filled.ending).ok_or(Trouble::Empty)?),
        _ => return Err(Trouble::Missing),
    })
}

/// Whom a form names: `clerk:3`, or `department:civil-affairs`.
async fn to(shared: &Shared, word: &str) -> Result<To, Trouble> {
    let rooms = &shared.rooms;
    match word.split_once(':') {
        Some(("clerk", number)) => {
            let members = rooms.register.members().await?;
            let named = |clerk: &Clerk| clerk.id.to_string() == number;
            let can = |one: &Member| one.is_active && one.role.may(Right::Cases);
            let member = members.into_iter().find(|one| can(one) && named(&one.clerk));
            member.map(|member| To::Clerk(member.clerk)).ok_or(Trouble::Missing)
        }
        Some(("department", id)) => {
            let departments = rooms.lobby.departments(&nlu::langid!("en"));
            let known = departments.iter().any(|(one, _)| one == id);
            known.then(|| To::Department(id.to_owned())).ok_or(Trouble::Missing)
        }
        _ => Err(Trouble::Empty),
    }
}

async fn put(
    shared: &Shared,
    at_work: &AtWork,
    address: &Address,
    key: &str,
    does: StaffDoes,
) -> Result<(), Trouble> {
    let inbound = Inbound {
        address: address.clone(),
        // One page's forms share a key; each of them is another message, and a colleague's another still.
        message_id: format!("desk:{}:{}:{key}", at_work.member.clerk.id, does.word()),
        event: Event::Staff { clerk: at_work.member.clerk.clone(), does },
    };
    shared.rooms.inbox.put(inbound).await?;
    Ok(())
}
