//! Whatever stands in a pack's files, reading it ends with an answer.

use std::{fs, path::Path};

use jiff::civil::date;
use knowledge::{fact::Mouth, pack, render};
use proptest::prelude::*;

const FILES: [&str; 10] = [
    "pack.toml",
    "departments.toml",
    "documents.toml",
    "places.toml",
    "synonyms.toml",
    "services/lift-retrofit.toml",
    "services/lift-retrofit.zh.md",
    "notices/n.zh.md",
    "articles/a.en.md",
    "intents.toml",
];

fn room() -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a folder");
    for folder in ["services", "notices", "articles"] {
        fs::create_dir(room.path().join(folder)).expect("a folder");
    }
    room
}

/// Reads, checks and says everything that came out.
fn survive(room: &Path) {
    let _ = pack::check(room, date(2026, 11, 22));
    let reading = pack::read::reading(room);
    for article in reading.pack.articles.values() {
        for (language, words) in &article.words {
            for section in &words.sections {
                for mouth in [Mouth::Page, Mouth::Message, Mouth::Speech] {
                    let _ = render::section(&reading.pack, article, language, section, mouth);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_end_with_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let room = room();
        for file in FILES {
            fs::write(room.path().join(file), &bytes).expect("written");
        }
        survive(room.path());
    }

    #[test]
    fn any_text_of_the_right_kind_ends_with_an_answer(
        toml in "([a-z.]{1,6} = ([\"'\\[{][a-z0-9 ,=-]{0,9}[\"'\\]}]|[0-9-]{1,10})\n|\\[{1,2}[a-z.]{1,5}\\]{1,2}\n){0,8}",
        yaml in "((title|also|from|until|[a-z]{1,3}): ?[\\[\\]\"'{}&*!|>%@,a-z0-9:# -]{0,12}\n){0,5}",
        body in "(#{0,3} ?|[-*] |1\\. |\\{|\\}|\\{[a-z]{1,6}(:[a-z]{1,3})?\\}|```|\\PC|\n){0,30}",
    ) {
        let room = room();
        for file in FILES {
            let text = if file.ends_with(".md") { format!("---\n{yaml}---\n{body}") } else { toml.clone() };
            fs::write(room.path().join(file), text).expect("written");
        }
        survive(room.path());
    }

    /// One line of the demo is changed, doubled, or lost.
    #[test]
    fn a_demo_with_a_slip_ends_with_an_answer(
        file in prop::sample::select(FILES[..7].to_vec()),
        at in any::<prop::sample::Index>(),
        slip in prop_oneof![Just(String::new()), "\\PC{0,9}", Just("\n".to_owned())],
    ) {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
        let room = room();
        for name in &FILES[..7] {
            let mut text = fs::read_to_string(demo.join(name)).expect("read");
            if *name == file {
                let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                let start = starts[at.index(starts.len())];
                let end = text[start..].char_indices().nth(3).map_or(text.len(), |(n, _)| start + n);
                text.replace_range(start..end, &slip);
            }
            fs::write(room.path().join(name), text).expect("written");
        }
        survive(room.path());
    }
}
