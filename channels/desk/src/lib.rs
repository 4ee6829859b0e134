//! The desk: where staff take over. A page for people who work there, rendered by the server, with
//! live updates where there is script. It is a door like the others: what clerks say goes through
//! the same Inbox and comes to the visitor by the visitor's own door.

pub mod audit;
mod board;
pub mod call_backs;
pub mod casework;
mod company;
mod limits;
mod page;
mod revealed;
mod session;
pub mod staff;
mod words;

use std::sync::Arc;

use axum::{Router, http::Method, middleware};
use bot::{phrasebook::Phrasebook, store::Archive};
use door::{Inbox, Lobby};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use site::assets::Folder;
use tokio_util::sync::CancellationToken;

use audit::Audit;
pub use board::{Board, News};
use call_backs::CallBacks;
use casework::Casework;
pub use company::{Presence, WRITING};
use staff::{Register, Right};

/// Where the desk stands on the web server.
pub const PATH: &str = "/desk";

/// How the desk is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeskSettings {
    /// Minutes of work within which a visitor should have a clerk. Who has waited longer is marked.
    pub answer_within_minutes: u32,
    /// Hours of work within which somebody who was promised it should be called back.
    pub call_back_within_hours: u32,
}

impl Default for DeskSettings {
    fn default() -> Self {
        DeskSettings { answer_within_minutes: 10, call_back_within_hours: 4 }
    }
}

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// The desk, ready to be opened.
pub struct Door {
    shared: Arc<Shared>,
}

/// What the desk works with.
pub struct Rooms {
    /// Where what clerks do is put.
    pub inbox: Arc<dyn Inbox>,
    /// What was said.
    pub archive: Arc<dyn Archive>,
    /// The city.
    pub lobby: Arc<dyn Lobby>,
    /// Who works here.
    pub register: Arc<dyn Register>,
    /// What staff keep beside it.
    pub casework: Arc<dyn Casework>,
    /// Who did what.
    pub audit: Arc<dyn Audit>,
    /// Promises to call back.
    pub call_backs: Arc<dyn CallBacks>,
    /// Who waits.
    pub board: Arc<Board>,
    /// How it is set.
    pub settings: DeskSettings,
}

/// What every page needs.
struct Shared {
    rooms: Rooms,
    words: Phrasebook,
    assets: Folder,
    logins: limits::Logins,
    revealed: revealed::Revealed,
    closing: CancellationToken,
}

impl Door {
    /// Makes the door. Nothing is listened to yet.
    pub fn new(rooms: Rooms) -> Door {
        let mut files = site::assets::shared();
        files.extend(site::assets::files::<Files>());
        let shared = Shared {
            rooms,
            words: words::book(),
            assets: Folder::new("/desk/assets", files),
            logins: limits::Logins::default(),
            revealed: revealed::Revealed::default(),
            closing: CancellationToken::new(),
        };
        Door { shared: Arc::new(shared) }
    }

    /// The pages.
    pub fn router(&self) -> Router {
        page::router()
            .layer(middleware::from_fn(session::guard))
            .merge(page::assets())
            .layer(middleware::map_response(site::headers::headers))
            .with_state(self.shared.clone())
    }

    /// Ends all event streams, now and from now on.
    pub fn close(&self) {
        self.shared.closing.cancel();
    }
}

/// Every way into the desk: method, path, and what it is for.
pub fn ways() -> Vec<(Method, &'static str, Right)> {
    page::routes().into_iter().map(|route| (route.method, route.path, route.right)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A script or style that a file asks for must be there.
    #[test]
    fn every_import_is_there() {
        let mut files = site::assets::shared();
        files.extend(site::assets::files::<Files>());
        assert_eq!(Folder::new("/desk/assets", files).missing_imports(), [""; 0]);
    }
}
