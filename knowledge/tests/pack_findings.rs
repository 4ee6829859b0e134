//! What is wrong with a pack is told with its file, its line and what to do.

use std::{fs, path::Path};

use jiff::civil::date;
use knowledge::pack::{self, Finding};

/// A small pack without a fault.
const GOOD: [(&str, &str); 10] = [
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
fn what_breaks_a_pack_is_an_error_at_its_line() {
    let service = "services/permit.toml";
    for (file, old, new, expected) in [
        (
            "pack.toml",
            "telephone",
            "telefone",
            "pack.toml:4: error: `telefone` is not a known name here|pack.toml:1: error: `telephone` is missing",
        ),
        ("pack.toml", "Asia/Shanghai", "Mars", "pack.toml:3: error: `Mars` is not a time zone"),
        (
            "pack.toml",
            "\"zh\", \"en\"]",
            "\"zh\", \"!\"]",
            "pack.toml:2: error: `!` is not a language tag",
        ),
        (
            "pack.toml",
            "\"centre\"",
            "\"center\"",
            "pack.toml:5: error: `center` is not in places.toml",
        ),
        (
            "pack.toml",
            "to = 2027-10-07",
            "to = 2027-09-07",
            "pack.toml:10: error: the holiday ends before it begins",
        ),
        (
            "pack.toml",
            "to = 2027-10-07",
            "to = \"soon\"",
            "pack.toml:10: error: `to`: soon is not a day of the calendar",
        ),
        (
            "places.toml",
            "09:00-17:00",
            "17:00-09:00",
            "places.toml:6: error: `17:00-09:00` is not a time from and to",
        ),
        (
            "places.toml",
            "Mon-Fri",
            "Mo-Fr",
            "places.toml:6: error: `Mo-Fr` does not name days of the week",
        ),
        (
            "places.toml",
            "\"lift\"",
            "\"elevator\"",
            "places.toml:9: error: `elevator` is not a known kind of help",
        ),
        (
            "places.toml",
            "address",
            "adress",
            "places.toml:3: error: `adress` is not a known name here",
        ),
        (
            service,
            "\"police\"",
            "\"polise\"",
            "services/permit.toml:1: error: `polise` is not in departments.toml",
        ),
        (
            service,
            "[\"centre\"]",
            "[\"x\"]",
            "services/permit.toml:2: error: `x` is not in places.toml",
        ),
        (
            service,
            "\"card\"",
            "\"kard\"",
            "services/permit.toml:3: error: there is no service `kard`",
        ),
        (
            service,
            "2026-10-12",
            "\"2026-13-12\"",
            "services/permit.toml:5: error: `checked`: 2026-13-12 is not a day of the calendar",
        ),
        (
            service,
            "[\"id-card\"]",
            "[\"id\"]",
            "services/permit.toml:8: error: `id` is not in documents.toml",
        ),
        (service, "25 CNY", "25", "services/permit.toml:9: error: `25` is not a sum of money"),
        (
            service,
            "= 15",
            "= 1.5",
            "services/permit.toml:10: error: `working_days` is not a whole number",
        ),
        (
            service,
            "{ working_days = 15 }",
            "\"soon\"",
            "services/permit.toml:10: error: the fact `time` does not say what it is",
        ),
        (
            "services/permit.zh.md",
            "都行。",
            "{fees}",
            "services/permit.zh.md:6: error: `{fees}` cannot be filled: there is no such fact",
        ),
        (
            "services/permit.zh.md",
            "都行。",
            "一\n\n{fee",
            "services/permit.zh.md:8: error: `{fee` opens a brace that names nothing",
        ),
        (
            "services/permit.zh.md",
            "都行。",
            "{place:x}",
            "services/permit.zh.md:6: error: `x` is not in places.toml",
        ),
        (
            "services/permit.zh.md",
            "都行。",
            "{house:x}",
            "services/permit.zh.md:6: error: `{house:x}` cannot be filled: `house:` is not known",
        ),
        (
            "services/permit.zh.md",
            "also:",
            "allso:",
            "services/permit.zh.md:3: error: `allso` is not a known name here",
        ),
        (
            "services/permit.zh.md",
            "title: 居住证",
            "titel: 居住证",
            "services/permit.zh.md:2: error: `titel` is not a known name here|services/permit.zh.md:2: error: `title` is missing",
        ),
        (
            "notices/heat.zh.md",
            "until: 2026-12-31",
            "until: 2026-10-31",
            "notices/heat.zh.md:4: error: the notice ends before it begins",
        ),
        (
            "notices/heat.zh.md",
            "---\ntitle",
            "title",
            "notices/heat.zh.md:1: error: the file does not start with ---",
        ),
        (
            "articles/permit.zh.md",
            "",
            "---\ntitle: x\n---\nx",
            "articles/permit.zh.md: error: the ID `permit` is taken: services/permit has it too",
        ),
        (
            "articles/x.md",
            "",
            "---\ntitle: x\n---\nx",
            "articles/x.md: error: the file's name does not say which language it is in",
        ),
        (
            "articles/X.zh.md",
            "",
            "---\ntitle: x\n---\nx",
            "articles/X.zh.md: error: `X` cannot be an ID",
        ),
        (
            "services/lone.toml",
            "",
            "source = \"x\"",
            "services/lone.toml: error: the service has no words in any language",
        ),
        (
            "services/lone.zh.md",
            "",
            "---\ntitle: x\n---\nx",
            "services/lone.zh.md: error: there are words, but services/lone.toml is missing",
        ),
    ] {
        check(&[(file, old, new)], &expected.split('|').collect::<Vec<_>>());
    }
}

#[test]
fn syntax_errors_name_their_line() {
    for (file, old, new, expected) in [
        ("pack.toml", "name = {", "name = = {", "pack.toml:1: error: this is not written as TOML"),
        ("services/permit.zh.md", "[暂住证]", "[暂住证", "services/permit.zh.md:"),
    ] {
        let said = findings(&[(file, old, new)]);
        assert!(said.iter().any(|f| f.to_string().starts_with(expected)), "{said:#?}");
    }
}

#[test]
fn all_errors_are_told_at_once() {
    check(
        &[
            ("pack.toml", "Asia/Shanghai", "Mars"),
            ("places.toml", "09:00-17:00", "nine"),
            ("services/permit.toml", "25 CNY", "25"),
            ("services/permit.zh.md", "都行。", "{x} {y}"),
        ],
        &[
            "pack.toml:3: error: `Mars` is not a time zone",
            "places.toml:6: error: `nine` is not a time from and to",
            "services/permit.toml:9: error: `25` is not a sum of money",
            "services/permit.zh.md:6: error: `{x}` cannot be filled: there is no such fact",
            "services/permit.zh.md:6: error: `{y}` cannot be filled: there is no such fact",
        ],
    );
}

#[test]
fn what_could_be_better_is_told_at_its_line() {
    let (service, zh, en) =
        ("services/permit.toml", "services/permit.zh.md", "services/permit.en.md");
    for (file, old, new, expected) in [
        (
            zh,
            "## 谁可以办\n都行。\n",
            "",
            "services/permit.zh.md: warning: the heading “谁可以办” is missing",
        ),
        (
            zh,
            "都行。",
            "",
            "services/permit.zh.md:5: warning: nothing stands under the heading “谁可以办”",
        ),
        (
            zh,
            "都行。",
            "见[这里](page.html)。",
            "services/permit.zh.md:6: warning: the link to `page.html` leads nowhere",
        ),
        (
            zh,
            "都行。",
            "要 15个工作日。",
            "services/permit.zh.md:6: warning: “15 个工作日” is typed here, but it is the fact `time`",
        ),
        (
            zh,
            "{time}",
            "快",
            "services/permit.toml:10: warning: the fact `time` is not said in the language `zh`",
        ),
        (
            en,
            "All.",
            "Bring your\nPIN and ID.",
            "services/permit.en.md:6: warning: the abbreviation `PIN` is not explained",
        ),
        (
            service,
            "source = \"https://x.example/\"\n",
            "",
            "services/permit.toml: warning: the service has no source",
        ),
        (
            service,
            "2026-10-12",
            "2025-10-12",
            "services/permit.toml:5: warning: last checked on 2025-10-12, more than a year ago",
        ),
        (
            service,
            "2026-10-12",
            "2026-12-12",
            "services/permit.toml:5: warning: `checked` is 2026-12-12, which is yet to come",
        ),
        (
            service,
            "[facts]",
            "valid = { to = 2026-11-21 }\n[facts]",
            "services/permit.toml:7: warning: the service ended on 2026-11-21 and is not shown any more",
        ),
        (
            service,
            "[facts]",
            "valid = { to = 2026-12-01 }\n[facts]",
            "services/permit.toml:7: warning: the service ends on 2026-12-01 and is not shown afterwards",
        ),
        (
            service,
            "= 15 }",
            "= 15, valid = { to = 2026-11-21 } }",
            "services/permit.toml:10: error: the fact `time` ran out on 2026-11-21",
        ),
        (
            service,
            "= 15 }",
            "= 15, valid = { to = 2026-12-22 } }",
            "services/permit.toml:10: warning: the fact `time` runs out on 2026-12-22",
        ),
        (
            service,
            "= 15 }",
            "= 15, valid = { from = 2027-01-01 } }",
            "services/permit.toml:10: error: the fact `time` does not hold before 2027-01-01",
        ),
        (
            service,
            "{ working_days = 15 }",
            "{ text = { zh = \"快\" } }",
            "services/permit.toml:10: warning: `facts.time.text` has no words in the language `en`",
        ),
        (
            "places.toml",
            "telephone = \"021-5550-0101\"\n",
            "",
            "places.toml:1: warning: `centre` has no telephone",
        ),
        ("places.toml", "address = \"1\"\n", "", "places.toml:1: warning: `centre` has no address"),
        (
            "places.toml",
            ", en = \"Centre\"",
            "",
            "places.toml:2: warning: `centre.name` has no words in the language `en`",
        ),
        (
            "pack.toml",
            "from = 2027-10-01\nto = 2027-10-07",
            "from = 2025-10-01\nto = 2025-10-07",
            "pack.toml:7: error: the last holiday was on 2025-10-07",
        ),
        (
            "pack.toml",
            "021-5550-0100",
            "-",
            "pack.toml:4: warning: `-` is not a telephone number, but people are told to call it",
        ),
        (
            "notices/heat.zh.md",
            "2026-12-31",
            "2026-11-21",
            "notices/heat.zh.md:4: warning: the notice was over on 2026-11-21",
        ),
        (
            "articles/old.fr.md",
            "",
            "---\ntitle: x\n---\nx",
            "articles/old.fr.md: warning: pack.toml does not list the language `fr`",
        ),
        ("place.toml", "", "", "place.toml: warning: this file is not read"),
    ] {
        check(&[(file, old, new)], &[expected]);
    }
}

#[test]
fn a_name_of_two_services_is_told_at_its_line() {
    let toml = GOOD.iter().find(|good| good.0 == "services/permit.toml").map_or("", |good| good.1);
    check(
        &[
            ("services/zz.toml", "", toml),
            (
                "services/zz.zh.md",
                "",
                "---\ntitle: 别的\nalso: [x,\n  ＰＥＲＭＩＴ ]\n---\n{bring}{fee}{time}",
            ),
        ],
        &["services/zz.zh.md:3: warning: `ＰＥＲＭＩＴ` is also a name of `permit`"],
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
