//! A kept conversation, run again by the real program.

use std::fs;

use serde_json::Value;

use crate::{
    house::{House, copy_of_demo},
    process::{run, wendu},
};

#[tokio::test]
async fn a_conversation_run_again_is_the_same_until_the_pack_changes() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    for text in [
        "How much is a passport?",
        "and where?",
        "say that again",
        "医保",
        "第二个",
        "好的",
        "人工",
    ] {
        visitor.says(text).await;
    }
    let id = visitor.id.clone();
    let data = house.stop().await.expect("its folder");

    let (output, out, err) = run(wendu(data.path()).args(["replay", &id]));
    assert!(output.status.success(), "{out}{err}");
    assert!(out.contains("All turns came out the same"), "{out}");
    assert!(!out.contains("differs"), "{out}");

    let pack = copy_of_demo();
    let file = pack.path().join("services/passport.toml");
    let facts = fs::read_to_string(&file).expect("facts");
    assert!(facts.contains("120"), "{facts}");
    fs::write(&file, facts.replace("120", "140")).expect("written");
    let changed = pack.path().to_str().expect("a path");
    let (output, out, _) = run(wendu(data.path()).args(["replay", &id, "--pack", changed]));
    assert_eq!(output.status.code(), Some(1));
    assert!(out.contains("- ") && out.contains("120 yuan") && out.contains("140 yuan"), "{out}");
    let (output, out, _) =
        run(wendu(data.path()).args(["replay", &id, "--json", "--pack", changed]));
    assert_eq!(output.status.code(), Some(1));
    let all: Value = serde_json::from_str(&out).expect("one JSON value");
    assert_eq!(all["identical"], false);
    let turns = all["turns"].as_array().expect("turns");
    assert_eq!(turns[0]["identical"], true, "the greeting");
    assert_eq!(turns[1]["differences"][0]["what"], "text");
    assert_eq!(turns[1]["other_pack"], true);

    let (output, _, err) = run(wendu(data.path()).args(["replay", "0123"]));
    assert!(!output.status.success() && err.contains("no conversation is called 0123"), "{err}");
}
