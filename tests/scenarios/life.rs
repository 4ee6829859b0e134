//! How the house opens and closes: what it says when it cannot, and what it finishes before it goes.

use std::{net::TcpListener, sync::Arc};

use wendu::{App, Clock};

use crate::{
    house::{House, copy_of_demo, settings},
    process::{Process, run, wendu},
    visitor::Visitor,
};

#[tokio::test]
async fn a_taken_port_is_told_with_the_next_step() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let data = tempfile::tempdir().expect("a folder");
    let mut settings = settings(data.path());
    settings.listen = taken.local_addr().expect("an address");
    let error = App::build(settings, Clock::system(), Arc::new(|_| {})).await.err();
    let error = error.expect("it cannot open").to_string();
    assert!(error.contains("listening") && error.contains("--listen"), "{error}");
}

#[tokio::test]
async fn one_data_folder_serves_one_house() {
    let house = House::open().await;
    let mut second = house.settings.clone();
    second.listen.set_port(0);
    let error = App::build(second, Clock::system(), Arc::new(|_| {})).await.err();
    let error = error.expect("it cannot open").to_string();
    assert!(error.contains("another wendu"), "{error}");
    house.visitor("en").await.says("the first one goes on").await;
}

#[test]
fn a_broken_pack_at_the_first_start_is_told_finding_by_finding() {
    let (data, pack) = (tempfile::tempdir().expect("a folder"), copy_of_demo());
    std::fs::write(pack.path().join("services/new.toml"), "[x\n").expect("written");
    let (output, _, said) = run(wendu(data.path()).arg("serve").arg("--pack").arg(pack.path()));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("services/new.toml:1"), "{said}");
    assert!(said.contains("wendu check"), "{said}");
}

#[tokio::test]
async fn a_damaged_index_is_made_anew() {
    let house = House::open().await;
    let house = house.again(|settings| damage(&settings.index())).await;
    let answer = house.visitor("en").await.says("How much is a passport?").await;
    assert!(answer[0].text.contains("120"), "{}", answer[0].text);
}

fn damage(folder: &std::path::Path) {
    for entry in std::fs::read_dir(folder).expect("there") {
        let path = entry.expect("readable").path();
        match path.is_dir() {
            true => damage(&path),
            false => std::fs::write(&path, [0xA5; 300]).expect("written"),
        }
    }
}

#[test]
fn a_wrong_setting_is_told_by_its_name() {
    let data = tempfile::tempdir().expect("a folder");
    let (output, _, said) =
        run(wendu(data.path()).arg("serve").env("WENDU_STORE__READERS", "many"));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("store.readers") && said.contains("--print-config"), "{said}");
}

#[tokio::test]
async fn asked_to_stop_it_finishes_and_leaves_everything_on_disk() {
    let data = tempfile::tempdir().expect("a folder");
    let process = Process::start(wendu(data.path()));
    let visitor = Visitor::start(&process.url, "en").await;
    let mut events = visitor.listens(1, None).await;
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..10 {
        let visitor = visitor.clone();
        sending.spawn(async move { visitor.tries(&format!("m{number}"), "hello").await });
    }
    process.terminate();
    let heard = sending.join_all().await;
    let kept = heard.iter().flatten().filter(|heard| heard.status == 201).count();
    while events.next().await.is_some() {}
    let (status, _) = process.wait();
    assert!(status.success(), "{status}");
    let log = std::fs::metadata(data.path().join("wendu.db-wal")).map_or(0, |file| file.len());
    assert_eq!(log, 0, "the write-ahead log is in the database");
    let process = Process::start(wendu(data.path()));
    let mut again = visitor;
    again.url = process.url.clone();
    let lines = again.lines(0).await;
    assert!(lines.iter().filter(|line| line.speaker == "visitor").count() >= kept);
}

#[tokio::test]
async fn health_is_told_plainly() {
    let house = House::open().await;
    house.visitor("en").await.says("How much is a passport?").await;
    assert_eq!(house.get("/livez").await.0, 200);
    let (status, text) = house.get("/readyz").await;
    assert_eq!(status, 200);
    assert!(text.starts_with("ready: serving the pack of 2026-11-24"), "{text}");
    let (_, metrics) = house.get("/metrics").await;
    for name in ["wendu_turns_total", "wendu_turn_seconds", "wendu_pack_age_seconds"] {
        assert!(metrics.contains(name), "{name} is missing");
    }
}
