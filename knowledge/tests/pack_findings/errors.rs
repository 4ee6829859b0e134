//! What makes a pack unusable.

use super::{check, findings};

#[test]
fn what_breaks_a_pack_is_an_error_at_its_line() {
    let service = "services/permit.toml";
    for (file, old, new, expected) in [
        (
            "intents.toml",
            "[permit]",
            "[permits]",
            "intents.toml:1: error: there is no service, notice or article `permits`",
        ),
        (
            "intents.toml",
            "[\"new here\"]",
            "\"new here\"",
            "intents.toml:3: error: `en` is text, but a list is wanted",
        ),
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
