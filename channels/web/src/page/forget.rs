//! `POST /forget`: this device forgets the conversation. What the house kept is kept as long as the
//! operator says; nobody can open it from here any more.

use axum::response::Response;

use super::see_other;
use crate::{cookies, visit::Visit};

/// Drops the cookie and leads to the entrance.
pub(crate) async fn forget(visit: Visit) -> Response {
    let cookie = cookies::write(cookies::CONVERSATION, "", 0, visit.transport);
    see_other("/", cookie)
}
