//! What could be better, and what would make answers wrong.

use super::{GOOD, check};

#[test]
fn what_could_be_better_is_told_at_its_line() {
    let (service, zh, en) =
        ("services/permit.toml", "services/permit.zh.md", "services/permit.en.md");
    for (file, old, new, expected) in [
        (
            "intents.toml",
            "sing",
            "New here",
            "intents.toml:5: warning: “New here” is an example of `permit` too",
        ),
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
