//! Backups: made while serving, checked, put back without losing what they replace.

use crate::{
    process::{Process, run, wendu},
    visitor::Visitor,
};

#[tokio::test]
async fn a_backup_made_while_serving_brings_every_line_back() {
    let data = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("a folder");
    let file = other.path().join("monday.db");
    let process = Process::start(wendu(data.path()));
    let mut visitor = Visitor::start(&process.url, "en").await;
    visitor.says("How much is a passport?").await;
    let kept = visitor.lines(0).await;
    let (output, _, said) = run(wendu(data.path()).arg("backup").arg(&file));
    assert!(output.status.success(), "{said}");
    visitor.says("This comes too late for the backup").await;

    let (output, _, said) = run(wendu(data.path()).arg("restore").arg(&file));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("another wendu"), "never under a running service: {said}");
    process.kill();
    let (output, _, said) = run(wendu(data.path()).arg("restore").arg(&file));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("--force"), "nothing is replaced unasked: {said}");
    let (output, out, said) = run(wendu(data.path()).args(["restore", "--force"]).arg(&file));
    assert!(output.status.success(), "{said}");
    assert!(out.contains("is kept in"), "{out}");

    let process = Process::start(wendu(data.path()));
    visitor.url = process.url.clone();
    assert_eq!(visitor.lines(0).await, kept);
}

#[test]
fn what_is_no_backup_is_refused_and_nothing_is_touched() {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("note.db");
    std::fs::write(&file, "not a database at all, but long enough to look like one")
        .expect("written");
    let (output, _, said) = run(wendu(data.path()).arg("restore").arg(&file));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("damaged"), "{said}");
    assert!(!data.path().join("wendu.db").exists());
}

#[test]
fn a_backup_overwrites_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("kept.db");
    std::fs::write(&file, "precious").expect("written");
    std::fs::write(data.path().join("wendu.db"), "").expect("written");
    let (output, _, said) = run(wendu(data.path()).arg("backup").arg(&file));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("already there"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).expect("there"), "precious");
}
