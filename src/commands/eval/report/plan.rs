//! Which evaluations go on the page, and the command line of each.

use std::path::Path;

/// One evaluation to be measured.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// Its heading.
    pub title: String,
    /// The command, without `--json`.
    pub arguments: Vec<String>,
    /// Whether the command shows what came out wrong.
    pub misses: bool,
}

/// An evaluation of rows: heading, command, flags, and the flags that name files of the folder.
type OfRows =
    (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const RULES: &[(&str, &str)] =
    &[("--passages", "rules_en/passages.jsonl"), ("--questions", "rules_en/questions.jsonl")];
const NOTICES: &[(&str, &str)] =
    &[("--passages", "notices_zh/documents.jsonl"), ("--questions", "notices_zh/questions.jsonl")];
const NOTICES_MISHEARD: &[(&str, &str)] = &[
    ("--passages", "notices_zh/documents.jsonl"),
    ("--questions", "notices_zh/questions.jsonl"),
    ("--table", "spelling_zh/same_pinyin.txt"),
];
const WIKI: &[(&str, &str)] =
    &[("--passages", "wiki_zh/passages.jsonl"), ("--questions", "wiki_zh/questions.jsonl")];
const STRANGERS_EN: &[(&str, &str)] = &[
    ("--passages", "rules_en/passages.jsonl"),
    ("--questions", "rules_en/questions.jsonl"),
    ("--outsiders", "intents_en/oos_val.jsonl"),
];
const SUPPORT: &[(&str, &str)] =
    &[("--passages", "support_en/passages.jsonl"), ("--tasks", "support_en/tasks.jsonl")];
const INTENTS_EN: &[(&str, &str)] = &[
    ("--train", "intents_en/train.jsonl"),
    ("--test", "intents_en/val.jsonl"),
    ("--oos-test", "intents_en/oos_val.jsonl"),
];
const INTENTS_ZH: &[(&str, &str)] =
    &[("--train", "intents_zh/train.jsonl"), ("--test", "intents_zh/develop.jsonl")];

const OF_ROWS: &[OfRows] = &[
    ("English rules, the question alone", "retrieval", &["--distinct"], RULES),
    (
        "English rules, the situation known, first turns",
        "retrieval",
        &["--context", "scenario", "--first-turns"],
        RULES,
    ),
    ("English rules, everything said before known", "retrieval", &["--context", "full"], RULES),
    ("English rules, misspelt", "retrieval", &["--distinct", "--noise", "english:0.2"], RULES),
    ("Chinese notices", "retrieval", &["--split-documents"], NOTICES),
    (
        "Chinese notices, homophones",
        "retrieval",
        &["--split-documents", "--noise", "homophone:0.2"],
        NOTICES_MISHEARD,
    ),
    (
        "Chinese notices, misheard",
        "retrieval",
        &["--split-documents", "--noise", "harder:0.2"],
        NOTICES_MISHEARD,
    ),
    ("Chinese encyclopaedia", "retrieval", &[], WIKI),
    ("Refusing what is not published, English", "refusal", &[], STRANGERS_EN),
    ("Conversations that cannot be answered", "answerable", &[], SUPPORT),
    ("English intents", "intents", &["--label", "intent"], INTENTS_EN),
    ("Chinese domains", "intents", &["--label", "domain"], INTENTS_ZH),
];

/// Everything that can be measured with this pack and these rows.
pub(super) fn plan(pack: &Path, rows: Option<&Path>) -> Vec<Planned> {
    let golden = [("Chinese", "zh"), ("English", "en")].into_iter().flat_map(|(name, language)| {
        [("held back", "held-back", false), ("tuned on", "tune", true)].map(
            |(which, half, misses)| {
                let pack = pack.display().to_string();
                let arguments =
                    ["--pack", &pack, "eval", "golden", "--language", language, "--half", half];
                Planned {
                    title: format!("Golden questions, {name}, {which}"),
                    arguments: arguments.map(str::to_owned).to_vec(),
                    misses,
                }
            },
        )
    });
    let danger = [("held back", "held-back", false), ("tuned on", "tune", true)].map(
        |(which, half, misses)| Planned {
            title: format!("Danger, {which}"),
            arguments: ["eval", "danger", "--half", half].map(str::to_owned).to_vec(),
            misses,
        },
    );
    let of_rows = OF_ROWS.iter().filter_map(|evaluation| of_rows(evaluation, rows?));
    golden.chain(danger).chain(of_rows).collect()
}

/// The command, if all its files are there.
fn of_rows(&(title, command, flags, files): &OfRows, rows: &Path) -> Option<Planned> {
    let mut arguments: Vec<String> = vec!["eval".into(), command.into()];
    arguments.extend(flags.iter().map(|flag| (*flag).to_owned()));
    for (flag, file) in files {
        let path = rows.join(file);
        if !path.is_file() {
            return None;
        }
        arguments.extend([(*flag).to_owned(), path.display().to_string()]);
    }
    Some(Planned { title: title.to_owned(), arguments, misses: false })
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::plan;

    #[test]
    fn what_has_no_rows_is_left_out() {
        let rows = tempfile::tempdir().expect("a folder");
        let without = plan(Path::new("demo"), None).len();
        assert_eq!(plan(Path::new("demo"), Some(rows.path())).len(), without);
        fs::create_dir(rows.path().join("wiki_zh")).expect("a folder");
        for file in ["passages.jsonl", "questions.jsonl"] {
            fs::write(rows.path().join("wiki_zh").join(file), "").expect("a file");
        }
        let with = plan(Path::new("demo"), Some(rows.path()));
        assert_eq!(with.len(), without + 1);
        assert!(with.last().is_some_and(|last| last.arguments.contains(&"retrieval".to_owned())));
    }
}
