//! The pack changes while questions go on.

use std::{fs, path::Path};

use crate::house::{House, copy_of_demo, until};

fn replace(pack: &Path, file: &str, from: &str, to: &str) {
    let path = pack.join(file);
    let text = fs::read_to_string(&path).expect("there");
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(path, text.replace(from, to)).expect("written");
}

#[tokio::test]
async fn an_edited_fee_is_told_by_itself_and_no_question_fails_meanwhile() {
    let pack = copy_of_demo();
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    let mut visitor = house.visitor("en").await;
    let answer = visitor.says("How much is a passport?").await;
    assert!(answer[0].text.contains("120"), "{}", answer[0].text);
    replace(pack.path(), "services/passport.toml", "120", "137");
    let visitor = tokio::sync::Mutex::new(visitor);
    until("the new fee", async || {
        let answer = visitor.lock().await.says("How much is a passport?").await;
        answer[0].text.contains("137")
    })
    .await;
}

#[tokio::test]
async fn a_broken_pack_leaves_the_old_one_serving_and_readyz_says_so() {
    let pack = copy_of_demo();
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    let mut visitor = house.visitor("en").await;
    let broken = pack.path().join("services/new.toml");
    fs::write(&broken, "fee = [[[\n").expect("written");
    until("the finding", async || {
        let (status, text) = house.get("/readyz").await;
        assert_eq!(status, 200);
        text.contains("broken") && text.contains("services/new.toml:1")
    })
    .await;
    let answer = visitor.says("How much is a passport?").await;
    assert!(answer[0].text.contains("120"), "{}", answer[0].text);
    fs::remove_file(&broken).expect("removed");
    until("the mending", async || !house.get("/readyz").await.1.contains("broken")).await;
}

#[tokio::test]
async fn a_pack_folder_that_vanishes_leaves_the_old_one_serving() {
    let pack = copy_of_demo();
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    let mut visitor = house.visitor("zh").await;
    drop(pack);
    until("the finding", async || house.get("/readyz").await.1.contains("broken")).await;
    assert!(!visitor.says("护照多少钱").await[0].citations.is_empty());
}

#[tokio::test]
async fn a_fee_that_has_run_out_is_no_longer_told() {
    let pack = copy_of_demo();
    let file = pack.path().join("services/passport.toml");
    let text = fs::read_to_string(&file).expect("there");
    let dated =
        text.replace(r#"money = "120 CNY""#, r#"money = "120 CNY", valid = { to = 2026-11-30 }"#);
    assert_ne!(text, dated);
    fs::write(&file, dated).expect("written");
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    let mut visitor = house.visitor("en").await;
    let told = visitor.says("How much is a passport?").await;
    assert!(told[0].text.contains("120"), "{}", told[0].text);
    house.clock.set("2026-12-01T10:00:00+08:00");
    let over = visitor.says("How much is a passport?").await;
    assert!(!over[0].text.contains("120") && over[0].citations.is_empty(), "{}", over[0].text);
    assert!(over[0].text.contains("021-5550-"), "who does know");
}
