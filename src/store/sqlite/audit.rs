//! The audit trail, as the desk adds to it.

use desk::{
    audit::{Audit, Did},
    staff::{Failed, Pending},
};

use super::{
    Sqlite,
    writer::{Job, Row},
};
use crate::store::trail::Entry;

impl Audit for Sqlite {
    fn did<'a>(&'a self, by: &'a str, did: Did, subject: &'a str) -> Pending<'a, ()> {
        let (by, did, subject) = (by.to_owned(), did.word().to_owned(), subject.to_owned());
        Box::pin(async move {
            let row = Row::Audit(Entry { by, did, subject });
            let written = self.ask(|answer| Job::Row(row, answer)).await;
            written.map_err(|error| Failed(error.to_string()))
        })
    }
}
