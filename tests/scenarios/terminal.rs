//! The commands in the terminal, by the real program.

use std::{fs, io::Write, process::Stdio};

use serde_json::Value;

use crate::{
    house::copy_of_demo,
    process::{run, wendu},
};

#[test]
fn a_question_in_the_terminal_is_answered_with_its_source() {
    let data = tempfile::tempdir().expect("a folder");
    let (output, out, _) = run(wendu(data.path()).args(["ask", "How much is a passport?"]));
    assert!(output.status.success());
    assert!(out.contains("120 yuan") && out.contains("Source:"), "{out}");
    assert!(out.contains("https://linjiang.example/"), "{out}");
}

#[test]
fn why_tells_how_it_was_found_and_json_tells_everything() {
    let data = tempfile::tempdir().expect("a folder");
    let (_, out, _) = run(wendu(data.path()).args(["ask", "--why", "How much is a passport?"]));
    assert!(out.contains("why: ") && out.contains("passport"), "{out}");
    let (_, out, _) = run(wendu(data.path()).args(["ask", "--json", "How much is a passport?"]));
    let turn: Value = serde_json::from_str(&out).expect("one JSON value");
    assert_eq!(turn["answer"]["status"], "found");
}

#[test]
fn a_conversation_is_held_line_by_line() {
    let data = tempfile::tempdir().expect("a folder");
    let mut asking = wendu(data.path())
        .arg("ask")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut to = asking.stdin.take().expect("piped");
    to.write_all("护照多少钱？\n".as_bytes()).expect("written");
    drop(to);
    let output = asking.wait_with_output().expect("ends by itself");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(out.contains("自动") && out.contains("120"), "{out}");
}

#[test]
fn check_names_file_and_line_and_fails_on_errors_only() {
    let (data, pack) = (tempfile::tempdir().expect("a folder"), copy_of_demo());
    fs::remove_file(pack.path().join("golden.toml")).expect("there");
    let (output, out, _) = run(wendu(data.path()).arg("check").arg(pack.path()));
    assert!(output.status.success(), "{out}");
    fs::write(pack.path().join("synonyms.toml"), "[[[\n").expect("written");
    let (output, out, _) = run(wendu(data.path()).arg("check").arg(pack.path()));
    assert_eq!(output.status.code(), Some(1));
    assert!(out.contains("synonyms.toml:1"), "{out}");
}

#[test]
fn check_asks_the_golden_questions_and_tells_of_those_that_come_out_otherwise() {
    let (data, pack) = (tempfile::tempdir().expect("a folder"), copy_of_demo());
    let golden = "[[question]]\nask = \"how much is a passport\"\nlang = \"en\"\nservice = [\"passport\"]\n\n\
        [[question]]\nask = \"where is the library\"\nlang = \"en\"\noutside = true\n\n\
        [[question]]\nask = \"护照多少钱\"\nlang = \"zh\"\nservice = [\"passport\"]\nheld_back = true\n";
    fs::write(pack.path().join("golden.toml"), golden).expect("written");
    let (output, out, _) = run(wendu(data.path()).arg("check").arg(pack.path()));
    assert!(output.status.success(), "{out}");
    assert!(out.contains("golden.toml:7: \"where is the library\" expected a no"), "{out}");
    assert!(out.contains("told right: 1 of 2 (50 %)"), "{out}");
    assert!(out.contains("held back, which are not shown: 1 of 1"), "{out}");
}

#[test]
fn what_was_imported_can_be_checked_and_asked() {
    let data = tempfile::tempdir().expect("a folder");
    let source = data.path().join("notices.jsonl");
    let row = r#"{"id":"1","title":"Lantern walk","text":"The lantern walk starts at the north gate at seven.","url":"https://city.example/1","lang":"en"}"#;
    fs::write(&source, row).expect("written");
    let pack = data.path().join("pack");
    let (output, _, said) = run(wendu(data.path()).arg("import").args([&source, &pack]));
    assert!(output.status.success(), "{said}");
    let ask = ["ask", "Where does the lantern walk start?", "--pack"];
    let (output, out, said) = run(wendu(data.path()).args(ask).arg(&pack));
    assert!(output.status.success(), "{said}");
    assert!(out.contains("north gate") && out.contains("https://city.example/1"), "{out}");
}

#[test]
fn the_printed_settings_can_be_used_as_they_are() {
    let data = tempfile::tempdir().expect("a folder");
    let (_, out, _) = run(wendu(data.path()).args(["serve", "--print-config"]));
    let file = data.path().join("wendu.toml");
    fs::write(&file, out).expect("written");
    let asked = ["ask", "How much is a passport?", "--config"];
    let (output, _, said) = run(wendu(data.path()).args(asked).arg(&file));
    assert!(output.status.success(), "{said}");
}
