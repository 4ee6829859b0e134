//! Keeps what telephone calls leave: their stories, and wishes to be called back.

use std::sync::Arc;

use bot::store::StoreError;
use door::Pending;
use phone::story::{CallBack, Ledger, Story};

use crate::{clock::Clock, store::Sqlite};

/// The ledger of the telephone line, in the bot's memory.
pub struct Calls {
    store: Arc<Sqlite>,
    clock: Clock,
}

impl Calls {
    /// A ledger in this store.
    pub fn new(store: Arc<Sqlite>, clock: Clock) -> Calls {
        Calls { store, clock }
    }
}

impl Ledger for Calls {
    fn keep<'a>(&'a self, story: &'a Story) -> Pending<'a, Result<(), StoreError>> {
        self.store.keep_call(story, self.clock.now())
    }

    fn call_back<'a>(&'a self, wish: &'a CallBack) -> Pending<'a, Result<(), StoreError>> {
        self.store.keep_call_back(wish, self.clock.now())
    }
}
