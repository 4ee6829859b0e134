//! To whom what is masked in a conversation is shown: to a session that asked for it, until it ends.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use bot::store::ConversationId;

use crate::session::AtWork;

/// How many are remembered. Beyond that all are masked again, and asking again is easy.
const MOST: usize = 10_000;

/// Sessions and conversations.
#[derive(Default)]
pub(crate) struct Revealed(Mutex<HashSet<(String, ConversationId)>>);

impl Revealed {
    /// Shows a conversation to a session.
    pub(crate) fn to(&self, at_work: &AtWork, id: ConversationId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert((at_work.session.clone(), id));
    }

    /// Whether it is shown to this session.
    pub(crate) fn is_to(&self, at_work: &AtWork, id: &ConversationId) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.contains(&(at_work.session.clone(), id.clone()))
    }
}
