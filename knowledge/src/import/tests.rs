//! Sources in, packs out, and read back.

use std::fs;

use nlu::langid;
use proptest::prelude::*;

use super::{json_lines::headline, *};
use crate::{
    fact::Mouth,
    pack::{Pack, read::read},
    render,
};

/// Imports a file's text and reads the pack that comes out.
fn import(name: &str, text: &[u8], options: &Options) -> (Imported, Pack) {
    let room = tempfile::tempdir().expect("a folder");
    let source = room.path().join(name);
    fs::write(&source, text).expect("written");
    let imported = from(&source, options, &mut |_| {}).expect("imported");
    let pack = room.path().join("pack");
    write(&imported, &pack, Over::Never, &mut |_| {}).expect("written");
    let (pack, findings) = read(&pack).unwrap_or_else(|broken| panic!("{broken}"));
    assert_eq!(findings, []);
    (imported, pack)
}

fn rendered(pack: &Pack, id: &str) -> String {
    let article = &pack.articles[id];
    let (language, words) = article.words.iter().next().expect("words");
    let sections = words.sections.iter().map(|section| {
        let heading = section.heading.as_ref().map(|h| format!("[{h}]\n")).unwrap_or_default();
        heading + &render::section(pack, article, language, section, Mouth::Page)
    });
    sections.collect::<Vec<_>>().join("\n\n")
}

fn check(name: &str, text: &str, id: &str, title: &str, expected: &str) {
    let (_, pack) = import(name, text.as_bytes(), &Options::default());
    let article = pack.articles.get(id).unwrap_or_else(|| panic!("{:?}", pack.articles.keys()));
    assert_eq!(article.words.values().next().expect("words").title, title);
    assert_eq!(rendered(&pack, id), expected);
}

#[test]
fn json_lines_become_pages() {
    let rows = concat!(
        r##"{"id": "tax", "text": "# Tax\n\nPay {now}: *all* of 1_000.\n* one\n* two", "url": "https://x.example/"}"##,
        "\n\n",
        r#"{"id": 7, "title": "居住证", "text": "　　去窗口。\n带证件。"}"#,
    );
    check("a.jsonl", rows, "tax", "Tax", "Pay {now}: *all* of 1_000.\n\n• one\n• two");
    check("a.jsonl", rows, "7", "居住证", "去窗口。\n带证件。");
    let (_, pack) = import("a.jsonl", rows.as_bytes(), &Options::default());
    assert_eq!(pack.articles["tax"].source.as_deref(), Some("https://x.example/"));
    assert_eq!(pack.languages, [langid!("en"), langid!("zh")]);
}

#[test]
fn bad_rows_are_reported_with_their_line_and_left_out() {
    let rows = b"{\"id\": 1, \"text\": \"a\"}\nnot json\n{\"id\": 2}\n{\"text\": \" \"}\n\xff\n[1]\n{\"id\":3,\"text\":\"b\",\"lang\":\"??\"}";
    let (imported, pack) = import("a.jsonl", rows, &Options::default());
    let lines: Vec<(u64, bool)> = imported.remarks.iter().map(|r| (r.line, r.skipped)).collect();
    assert_eq!(lines, [(2, true), (3, true), (4, true), (5, true), (6, true), (7, false)]);
    assert_eq!((imported.skipped(), pack.articles.len()), (5, 2));
}

#[test]
fn tables_of_questions_become_pages() {
    let rows = "\u{feff}Question,ANSWER,url,id\r\n\"What, now?\",\"Go.\nThere.\",https://x.example/,q1\r\n,No question. Really.,,q2\r\nx,,,q3\r\n";
    check("a.csv", rows, "q1", "What, now?", "Go.\nThere.");
    check("a.csv", rows, "q2", "No question", "No question. Really.");
    check("a.csv", "问题;答案\n几点开门？;九点。", "row-2", "几点开门？", "九点。");
    let (imported, _) = import("a.csv", rows.as_bytes(), &Options::default());
    assert_eq!(imported.remarks.len(), 1);
    assert_eq!(imported.remarks[0].line, 5);
}

#[test]
fn a_table_without_answers_says_which_columns_it_has() {
    let room = tempfile::tempdir().expect("a folder");
    let source = room.path().join("a.csv");
    fs::write(&source, "a,b\n1,2").expect("written");
    let error = from(&source, &Options::default(), &mut |_| {}).expect_err("no answers");
    assert!(error.to_string().ends_with("it names: a, b"), "{error}");
}

#[test]
fn markdown_keeps_its_headings_and_lists() {
    check(
        "a.zh.md",
        "# 居住证\n\n第一段 {x}。\n\n## 怎么办\n1. 去\n2. 办\n",
        "a",
        "居住证",
        "第一段 {x}。\n\n[怎么办]\n1. 去\n2. 办",
    );
    check(
        "a.md",
        "---\ntitle: T\nurl: https://x.example/\n---\n---\n\nx\n\n---\ny",
        "a",
        "T",
        "x\n\ny",
    );
}

#[test]
fn html_keeps_words_headings_lists_and_tables() {
    let page = "<!doctype html><html lang=en><head><title>Site</title>
        <link rel=canonical href='https://x.example/p'><style>p{}</style></head><body><nav>Menu</nav>
        <main><h1>The <b>Permit</b></h1><p>One &amp; two<br># three {x}</p><h2>How to apply</h2>
        <ol><li>Go<li><p>Pay <a href='https://x.example/pay'>here</a></ol>
        <ul><li>a<ul><li>b</ul></ul>
        <table><tr><th>Fee<td>25</table><script>x()</script></main><footer>f</footer></body>";
    check(
        "p.html",
        page,
        "p",
        "The Permit",
        "One & two\n# three {x}\n\n[How to apply]\n1. Go\n2. Pay here\n\n• a\n• b\n\nFee | 25",
    );
    let (_, pack) = import("p.html", page.as_bytes(), &Options::default());
    assert_eq!(pack.articles["p"].source.as_deref(), Some("https://x.example/p"));
}

#[test]
fn folders_are_read_whole_and_never_written_over() {
    let room = tempfile::tempdir().expect("a folder");
    let source = room.path().join("pages");
    fs::create_dir_all(source.join("b")).expect("a folder");
    for (name, text) in [("a.zh.md", "甲"), ("a.en.md", "a"), ("b/C d.md", "c"), ("no.txt", "no")]
    {
        fs::write(source.join(name), text).expect("written");
    }
    let mut heard = 0;
    let imported = from(&source, &Options::default(), &mut |n| heard = n).expect("imported");
    assert_eq!(heard, 3);
    let pack = room.path().join("pack");
    let written = write(&imported, &pack, Over::Never, &mut |_| {}).expect("written");
    assert_eq!(
        fs::read_to_string(written.ids.expect("renamed")).expect("read"),
        "b/C d\tb-c-d\ten\n"
    );
    let (read, _) = read(&pack).expect("a pack");
    assert_eq!(read.articles.keys().collect::<Vec<_>>(), ["a", "b-c-d"]);
    assert_eq!(read.articles["a"].words.len(), 2);
    let again = write(&imported, &pack, Over::Never, &mut |_| {});
    assert!(matches!(again, Err(ImportError::NotEmpty(_))));
    write(&imported, &pack, Over::Force, &mut |_| {}).expect("forced");
}

/// What is left of a text when only its words count.
fn words(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    let lines = seen.lines().map(|line| {
        let line = line.trim();
        let rest = ["* ", "- ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
        rest.map_or(line.to_owned(), |rest| format!("•{rest}"))
    });
    lines.collect::<String>().chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn text_comes_out_as_it_went_in(
        text in prop_oneof![
            "[-#*+_`~<>&;|=:.)(\\[\\]!\\\\{}a1中 \t\n]{1,60}",
            "\\PC{1,60}",
            any::<String>(),
            "((#|-|1\\.|>|---|```|\\* \\*|<b>|&amp;|http://a\\.b/|    )[ a\n]{0,3}){1,12}",
        ],
        title in prop::option::of(any::<String>()),
    ) {
        prop_assume!(!words(&text).is_empty());
        let row = serde_json::json!({ "id": "a", "text": text, "title": title }).to_string();
        let (_, pack) = import("a.jsonl", row.as_bytes(), &Options::default());
        // A headline becomes the title of a page without one.
        let told = match (&title, headline(&text)) {
            (None, Some((_, rest))) => rest,
            _ => &text,
        };
        prop_assert_eq!(words(&rendered(&pack, "a")), words(told));
    }

    #[test]
    fn any_html_can_be_read_back(page in "(<(p|ul|li|ol|h2|table|tr|td|a|br|pre|main|b)>|</(p|li|ul|table)>|[a-c#{}*\n -]{0,4}){0,30}") {
        let page = format!("<body>word {page}");
        import("a.html", page.as_bytes(), &Options::default());
    }

    #[test]
    fn any_bytes_are_taken_or_reported(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let room = tempfile::tempdir().expect("a folder");
        for name in ["a.jsonl", "a.csv", "a.md", "a.html"] {
            let source = room.path().join(name);
            fs::write(&source, &bytes).expect("written");
            let _ = from(&source, &Options::default(), &mut |_| {});
        }
    }
}
