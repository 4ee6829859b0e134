//! The courier, with a real outbox: what it delivers, what it tries again, what it gives up.

#[allow(dead_code)]
#[path = "store/records.rs"]
mod records;

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use bot::store::{Parcel, Store};
use door::{Channel, Pending, Undelivered};
use records::{greeting, said};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wendu::{
    courier::{self, Courier},
    store::{Sqlite, StoreSettings},
};

/// A door that answers as it was told to, then opens; and remembers what came.
struct Door {
    answers: Mutex<Vec<Undelivered>>,
    came: Mutex<Vec<(i64, bool)>>,
}

impl Channel for Door {
    fn name(&self) -> &'static str {
        "test"
    }

    fn deliver<'a>(&'a self, parcel: &'a Parcel) -> Pending<'a, Result<(), Undelivered>> {
        let answer = self.answers.lock().expect("sound").pop();
        self.came.lock().expect("sound").push((parcel.number, answer.is_none()));
        Box::pin(std::future::ready(answer.map_or(Ok(()), Err)))
    }
}

fn door(answers: Vec<Undelivered>) -> Arc<Door> {
    Arc::new(Door { answers: Mutex::new(answers), came: Mutex::default() })
}

async fn store() -> (TempDir, Arc<Sqlite>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Sqlite::open(folder.path(), &StoreSettings::default()).await.expect("opens");
    (folder, Arc::new(store))
}

/// Runs the courier until the outbox is empty.
async fn carry(store: &Arc<Sqlite>, door: &Arc<Door>) {
    let (outgoing, incoming) = courier::way();
    let channel: Arc<dyn Channel> = door.clone();
    let stop = CancellationToken::new();
    let running = tokio::spawn(Courier::new(store.clone(), [channel], incoming).run(stop.clone()));
    let end = Instant::now() + Duration::from_secs(10);
    while !store.undelivered().await.expect("reads").is_empty() {
        assert!(Instant::now() < end, "the outbox was not emptied");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(outgoing);
    stop.cancel();
    running.await.expect("it stops in good order");
}

#[tokio::test]
async fn what_an_earlier_run_left_is_delivered_in_order() {
    let (_folder, store) = store().await;
    let first = greeting("a");
    store.save(first.clone()).await.expect("kept");
    store.save(said(&first, "m1", "hello")).await.expect("kept");
    let door = door(vec![]);
    carry(&store, &door).await;
    assert_eq!(*door.came.lock().expect("sound"), [(1, true), (2, true)]);
}

#[tokio::test]
async fn what_cannot_go_now_goes_later() {
    let (_folder, store) = store().await;
    store.save(greeting("a")).await.expect("kept");
    let door = door(vec![Undelivered::Later("the line is busy".into())]);
    carry(&store, &door).await;
    assert_eq!(*door.came.lock().expect("sound"), [(1, false), (1, true)]);
}

#[tokio::test]
async fn what_can_never_go_is_given_up_and_so_is_what_has_no_door() {
    let (_folder, store) = store().await;
    store.save(greeting("a")).await.expect("kept");
    let mut stray = greeting("b");
    stray.address.channel = "pigeon".into();
    store.save(stray).await.expect("kept");
    let door = door(vec![Undelivered::Never("nobody lives there".into())]);
    carry(&store, &door).await;
    assert_eq!(*door.came.lock().expect("sound"), [(1, false)]);
}
