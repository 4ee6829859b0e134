//! What is wrong with a pack is told with its file, its line and what to do.

mod advice;
mod errors;

use std::{fs, path::Path};

use jiff::civil::date;
use knowledge::pack::{self, Finding};

/// A small pack without a fault.
const GOOD: [(&str, &str); 11] = [
    (
        "pack.toml",
        r#"name = { zh = "临江区", en = "Linjiang" }
languages = ["zh", "en"]
time_zone = "Asia/Shanghai"
telephone = "021-5550-0100"
place = "centre"

[[holiday]]
name = { zh = "国庆节", en = "National Day" }
from = 2027-10-01
to = 2027-10-07

[abbreviations]
ID = { en = "identity document" }
"#,
    ),
    ("departments.toml", "[police]\nname = { zh = \"公安\", en = \"Police\" }\n"),
    ("documents.toml", "[id-card]\nname = { zh = \"身份证\", en = \"identity card\" }\n"),
    (
        "places.toml",
        r#"[centre]
name = { zh = "中心", en = "Centre" }
address = "1"
telephone = "021-5550-0101"
hours = [
  { days = "Mon-Fri", open = ["09:00-17:00"] },
]
closed = ["holidays"]
help = ["lift"]
"#,
    ),
    ("synonyms.toml", "synonyms = [[\"a\", \"b\"]]\n"),
    (
        "intents.toml",
        "[permit]\nzh = [\"来上海\"]\nen = [\"new here\"]\n[outside]\nen = [\"sing\"]\n",
    ),
    (
        "services/permit.toml",
        r#"department = "police"
places = ["centre"]
related = ["card"]
source = "https://x.example/"
checked = 2026-10-12

[facts]
bring = ["id-card"]
fee = { money = "25 CNY" }
time = { working_days = 15 }
"#,
    ),
    (
        "services/permit.zh.md",
        "---\ntitle: 居住证\nalso: [暂住证]\n---\n## 谁可以办\n都行。\n## 要带什么\n{bring}\n## 多少钱\n{fee}\n## 多久办好\n{time}\n## 怎么办\n来。\n## 在哪里办\n{places}\n## 没有手机怎么办\n来。\n",
    ),
    (
        "services/permit.en.md",
        "---\ntitle: Permit\n---\n## Who can apply\nAll.\n## What to bring\n{bring}\n## What it costs\n{fee}\n## How long it takes\n{time}\n## How to apply\nCome.\n## Where to go\n{places}\n## Without a phone\nCome.\n",
    ),
    ("articles/card.zh.md", "---\ntitle: 卡\n---\n卡。\n"),
    ("notices/heat.zh.md", "---\ntitle: 高温\nfrom: 2026-11-01\nuntil: 2026-12-31\n---\n热。\n"),
];

/// Checks the good pack with some files changed (`old` replaced by `new`; a whole file if `old` is
/// empty) against the expected `file:line: severity: what` lines, of which others are warnings
/// that the change brings with it.
fn check(changes: &[(&str, &str, &str)], expected: &[&str]) {
    let said = findings(changes);
    let heads: Vec<String> = said
        .iter()
        .map(|finding| {
            assert!(!finding.mend.is_empty(), "{finding}");
            finding.to_string().lines().next().unwrap_or_default().to_owned()
        })
        .collect();
    for line in expected {
        assert!(
            heads.iter().any(|head| head == line),
            "{line}\nis not among\n{}",
            heads.join("\n")
        );
    }
    let errors = heads.iter().filter(|head| head.contains(": error: ")).count();
    let wanted = expected.iter().filter(|head| head.contains(": error: ")).count();
    assert_eq!(errors, wanted, "{}", heads.join("\n"));
}

fn findings(changes: &[(&str, &str, &str)]) -> Vec<Finding> {
    let room = tempfile::tempdir().expect("a folder");
    put(room.path(), changes);
    pack::check(room.path(), date(2026, 11, 22)).findings
}

fn put(room: &Path, changes: &[(&str, &str, &str)]) {
    for (name, text) in GOOD {
        let mut text = text.to_owned();
        for (_, old, new) in changes.iter().filter(|c| c.0 == name) {
            assert!(old.is_empty() || text.contains(old), "{name}: {old}");
            text = if old.is_empty() { (*new).to_owned() } else { text.replacen(old, new, 1) };
        }
        fs::create_dir_all(room.join(name).parent().expect("a parent")).expect("a folder");
        fs::write(room.join(name), text).expect("written");
    }
    for (name, _, text) in changes.iter().filter(|c| GOOD.iter().all(|good| good.0 != c.0)) {
        fs::create_dir_all(room.join(name).parent().expect("a parent")).expect("a folder");
        fs::write(room.join(name), text).expect("written");
    }
}

#[test]
fn a_good_pack_has_only_a_missing_translation() {
    let said: Vec<String> = findings(&[]).iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "notices/heat.zh.md: warning: there are no words in the language `en`\n    Add notices/heat.en.md."
        ]
    );
}

#[test]
fn a_pack_that_is_not_there_says_so() {
    let report = pack::check(Path::new("/no/such/pack"), date(2026, 11, 22));
    assert!(!report.usable);
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    assert!(
        report.findings[0]
            .to_string()
            .starts_with(".: error: the folder cannot be read: it is not there")
    );
    check(
        &[("pack.toml", "", "")],
        &[
            "pack.toml:1: error: `name` is missing",
            "pack.toml:1: error: `languages` is missing",
            "pack.toml:1: error: `time_zone` is missing",
            "pack.toml:1: error: `telephone` is missing",
        ],
    );
}

#[test]
fn line_ends_and_marks_of_other_editors_do_not_matter() {
    let room = tempfile::tempdir().expect("a folder");
    put(room.path(), &[]);
    for (name, text) in GOOD {
        let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        fs::write(room.path().join(name), text).expect("written");
    }
    let report = pack::check(room.path(), date(2026, 11, 22));
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let room = tempfile::tempdir().expect("a folder");
    put(room.path(), &[]);
    fs::write(room.path().join("articles/a.zh.md"), b"---\ntitle: x\n---\n\xff").expect("written");
    fs::write(room.path().join("articles/b.zh.md"), vec![b'x'; 2 * 1024 * 1024 + 1])
        .expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", room.path().join("articles/c.zh.md"))
        .expect("linked");
    let said = pack::check(room.path(), date(2026, 11, 22)).findings;
    let said: Vec<String> = said.iter().map(ToString::to_string).collect();
    assert!(
        said[0].starts_with("articles/a.zh.md:4: error: the file is not UTF-8 text"),
        "{said:?}"
    );
    assert!(
        said[1].starts_with("articles/b.zh.md: error: the file is larger than 2 MiB"),
        "{said:?}"
    );
    #[cfg(unix)]
    assert!(
        said[2].starts_with("articles/c.zh.md: error: this is a link to a file outside"),
        "{said:?}"
    );
}
