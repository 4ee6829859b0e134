//! One story, told to every store: what is saved can be opened, read, delivered; what comes twice is
//! there once; what does not fit is refused whole. Then what only SQLite can suffer.

#[path = "store/damage.rs"]
mod damage;
#[path = "store/records.rs"]
mod records;

use std::sync::Arc;

use bot::store::{Archive, Store, StoreError};
use records::{address, greeting, said, wish};
use wendu::store::{Sqlite, StoreSettings};

async fn sqlite(folder: &std::path::Path) -> Sqlite {
    Sqlite::open(folder, &StoreSettings::default()).await.expect("it opens")
}

#[tokio::test]
async fn the_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = sqlite(folder.path()).await;
    story(&store).await;
    store.close().await;
    let store = sqlite(folder.path()).await;
    afterwards(&store).await;
}

/// What any store must do.
async fn story(store: &dyn Store) {
    let here = address("a");
    assert!(store.find(&here).await.expect("reads").is_none(), "nobody is known yet");
    assert!(store.open(&here).await.expect("reads").is_none());

    let first = greeting("a");
    let parcels = store.save(first.clone()).await.expect("kept");
    assert_eq!(parcels.len(), 1, "the greeting is to be delivered");
    assert_eq!(parcels[0].address, here);
    assert_eq!(parcels[0].action, first.turn.actions[0]);
    assert_eq!(store.find(&here).await.expect("reads"), Some(first.id.clone()));

    let second = said(&first, "m1", "How much?");
    let more = store.save(second.clone()).await.expect("kept");
    let opened = store.open(&here).await.expect("reads").expect("known");
    assert_eq!((opened.id, opened.last_line), (first.id.clone(), 3));
    assert_eq!(opened.conversation, second.conversation);

    let all = [first.lines.clone(), second.lines.clone()].concat();
    assert_eq!(store.lines(&first.id, 0).await.expect("reads"), all);
    assert_eq!(store.lines(&first.id, 2).await.expect("reads"), all[2..], "a turn's second half");
    assert!(store.lines(&first.id, 99).await.expect("reads").is_empty());

    assert_eq!(store.seen(&first.id, "m1").await.expect("reads"), Some(second.lines.clone()));
    assert_eq!(store.seen(&first.id, "m2").await.expect("reads"), None);

    let again = said(&second, "m1", "How much?");
    assert!(store.save(again).await.is_err(), "a message of the same name is not kept twice");
    assert_eq!(store.lines(&first.id, 0).await.expect("reads"), all, "nothing half-kept");
    let opened = store.open(&here).await.expect("reads").expect("known");
    assert_eq!(opened.last_line, 3, "nor in the state");

    let third = wish(&second, "m2");
    let wished = store.save(third.clone()).await.expect("kept");
    assert_eq!(wished.len(), 1, "the wish for a person waits for staff, not for the courier");

    let waiting = store.undelivered().await.expect("reads");
    let numbers: Vec<i64> = waiting.iter().map(|parcel| parcel.number).collect();
    assert_eq!(numbers, [parcels[0].number, more[0].number, wished[0].number]);
    assert_eq!(waiting[1].action, second.turn.actions[0]);
    store.delivered(&numbers[..2]).await.expect("cleared");
}

/// What must be there when the store is opened again.
async fn afterwards(store: &dyn Store) {
    let waiting = store.undelivered().await.expect("reads");
    assert_eq!(waiting.len(), 1, "what was not delivered is delivered later");
    let opened = store.open(&address("a")).await.expect("reads").expect("known");
    assert_eq!(opened.last_line, 5);
    let new = greeting("b");
    let parcels = store.save(new).await.expect("kept");
    assert!(parcels[0].number > waiting[0].number, "numbers are not given twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_are_all_kept_and_one_bad_record_fails_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Arc::new(sqlite(folder.path()).await);
    let taken = greeting("taken");
    store.save(taken.clone()).await.expect("kept");
    let mut saving = tokio::task::JoinSet::new();
    for number in 0..200 {
        let (store, taken) = (store.clone(), taken.clone());
        saving.spawn(async move {
            let mut record = greeting(&format!("v{number}"));
            if number % 10 == 0 {
                record.lines.clear();
            }
            if number % 10 == 1 {
                // Somebody else's name: breaks a constraint inside the group.
                record.id = taken.id;
            }
            (number, record.id.clone(), store.save(record).await)
        });
    }
    for (number, id, saved) in saving.join_all().await {
        match number % 10 {
            0 => assert!(saved.is_err(), "a turn without lines"),
            1 => assert!(saved.is_err(), "a turn under somebody else's name"),
            _ => {
                saved.expect("kept");
                assert_eq!(store.lines(&id, 0).await.expect("reads").len(), 1);
            }
        }
    }
    assert_eq!(store.lines(&taken.id, 0).await.expect("reads"), taken.lines);
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = sqlite(folder.path()).await;
    store.close().await;
    assert!(matches!(store.save(greeting("a")).await, Err(StoreError::Failed(_))));
}
