//! What SQLite can suffer: a full disk, a damaged file, a file from the future. Each is told
//! clearly, and nothing is deleted.

use std::{fs, io::Write, path::Path};

use bot::store::{Archive, Store, StoreError};
use sqlx::{ConnectOptions, Connection, query, sqlite::SqliteConnectOptions};
use wendu::store::{OpenError, Sqlite, StoreSettings};

use crate::records::{greeting, said};

async fn open(folder: &Path, limit_mib: u32) -> Result<Sqlite, OpenError> {
    Sqlite::open(folder, &StoreSettings { limit_mib, ..StoreSettings::default() }).await
}

#[tokio::test]
async fn a_full_disk_refuses_whole_turns_and_takes_them_again_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), 1).await.expect("opens");
    let mut last = greeting("a");
    store.save(last.clone()).await.expect("kept");
    let long = "x".repeat(20_000);
    let refused = loop {
        let next = said(&last, &format!("m{}", last.lines.len() + last.message_id.len()), &long);
        let next = bot::store::Record { message_id: format!("m{}", next.lines[0].number), ..next };
        match store.save(next.clone()).await {
            Ok(_) => last = next,
            Err(error) => {
                assert!(matches!(error, StoreError::Full), "{error}");
                break next;
            }
        }
    };
    let opened = store.open(&refused.address).await.expect("reads").expect("known");
    assert_eq!(opened.last_line, last.lines[1].number, "nothing half-kept");
    assert_eq!(store.seen(&refused.id, &refused.message_id).await.expect("reads"), None);
    assert_eq!(store.lines(&refused.id, 0).await.expect("reads").len() as u64, opened.last_line);
    // Room is made while it runs: somebody clears out old turns.
    let mut other = SqliteConnectOptions::new()
        .filename(folder.path().join("wendu.db"))
        .connect()
        .await
        .expect("opens");
    query("DELETE FROM outbox").execute(&mut other).await.expect("cleared");
    query("DELETE FROM turns WHERE first_line < 20").execute(&mut other).await.expect("cleared");
    other.close().await.expect("closed");
    store.save(refused).await.expect("kept now");
}

#[tokio::test]
async fn a_damaged_file_is_told_with_the_way_to_a_backup_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), 0).await.expect("opens");
    for number in 0..50 {
        store.save(greeting(&format!("v{number}"))).await.expect("kept");
    }
    store.close().await;
    let file = folder.path().join("wendu.db");
    let mut bytes = fs::read(&file).expect("there");
    for page in bytes.chunks_mut(4096).skip(2) {
        page[..64].fill(0x5A);
    }
    fs::write(&file, &bytes).expect("written");
    let error = open(folder.path(), 0).await.err().expect("damaged");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    let said = error.to_string();
    assert!(said.contains("wendu.db") && said.contains("wendu restore"), "{said}");
    assert_eq!(fs::read(&file).expect("there"), bytes, "not a byte was changed");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = fs::File::create(folder.path().join("wendu.db")).expect("made");
    file.write_all(&[b'x'; 8192]).expect("written");
    let error = open(folder.path(), 0).await.err().expect("no database");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path(), 0).await.expect("opens");
    store.save(greeting("a")).await.expect("kept");
    store.close().await;
    let mut other = SqliteConnectOptions::new()
        .filename(folder.path().join("wendu.db"))
        .connect()
        .await
        .expect("opens");
    query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (29990101000000, 'from the future', 1, x'00', 0)",
    )
    .execute(&mut other)
    .await
    .expect("written");
    other.close().await.expect("closed");
    let error = open(folder.path(), 0).await.err().expect("newer");
    assert!(matches!(error, OpenError::Newer { version: 29990101000000, .. }), "{error}");
    assert!(error.to_string().contains("newer wendu"), "{error}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let error = open(&file, 0).await.err().expect("no folder");
    assert!(matches!(error, OpenError::Folder { .. }), "{error}");
}
