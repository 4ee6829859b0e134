//! The map in `docs/ARCHITECTURE.md` against the tree.
//!
//! The map is the first fenced block under `## The map`: one line an entry, two spaces a level, one
//! or more names, then two spaces and what they are for. Folders end in `/`. A package's `src` is
//! left out of its entries' paths. **A folder that is drawn open must be drawn whole**: every folder
//! and Rust file in it stands there, but for the roots `lib.rs`, `mod.rs` and `tests.rs`. A folder
//! `x/` beside `x.rs` is the inside of `x.rs` and needs no line of its own.

use super::tree::Tree;

/// One line of the map.
#[derive(Debug, PartialEq)]
pub struct Entry {
    /// The path as drawn: a package's `src` is not in it. Folders end in `/`.
    pub path: String,
}

/// Reads the map, or says why it cannot be read.
pub fn parse(page: &str) -> Result<Vec<Entry>, String> {
    let block = page
        .split_once("\n## The map\n")
        .and_then(|(_, rest)| rest.split_once("\n```text\n"))
        .and_then(|(_, rest)| rest.split_once("\n```"))
        .map(|(block, _)| block)
        .ok_or("docs/ARCHITECTURE.md: put the map into a ```text block under \"## The map\".")?;
    let mut entries = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        let names = line.trim_start();
        let level = (line.len() - names.len()) / 2;
        let names = names.split("  ").next().unwrap_or_default();
        if level > open.len() {
            return Err(format!("docs/ARCHITECTURE.md, the map: `{line}` stands under no folder."));
        }
        open.truncate(level);
        for name in names.split(' ') {
            if !name.contains(['.', '/']) {
                return Err(format!(
                    "docs/ARCHITECTURE.md, the map: `{name}` in `{line}` is no file and no folder. \
                     Leave two spaces before the explanation; give each entry one line."
                ));
            }
            let path = format!("{}{name}", open.concat());
            entries.push(Entry { path });
        }
        if names.ends_with('/') {
            open.push(names.rsplit(' ').next().unwrap_or_default().to_owned());
        }
    }
    Ok(entries)
}

/// Where an entry really is: below `src/` where a package's `src` was left out.
fn real(drawn: &str, tree: &Tree) -> Option<String> {
    let mut path = String::new();
    for part in drawn.split_inclusive('/') {
        path = [format!("{path}{part}"), format!("{path}src/{part}")]
            .into_iter()
            .find(|candidate| tree.has(candidate))?;
    }
    Some(path)
}

/// What the map shows and the tree lacks, and the other way round.
pub fn compare(map: &[Entry], tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    let drawn = |path: &str| map.iter().any(|entry| entry.path == path);
    for Entry { path } in map {
        let Some(real) = real(path, tree) else {
            findings.push(format!(
                "The map shows {path}, which is not there. Mend the map in docs/ARCHITECTURE.md."
            ));
            continue;
        };
        let opened = path.ends_with('/')
            && map
                .iter()
                .any(|entry| entry.path.len() > path.len() && entry.path.starts_with(path));
        if opened {
            for name in inside(&real, tree) {
                if !drawn(&format!("{path}{name}")) && !inside_of_a_file(&name, path, map) {
                    findings.push(missing(&format!("{path}{name}")));
                }
            }
        }
    }
    for name in tree.children("").filter(|name| name.ends_with('/') || name.ends_with(".rs")) {
        if !drawn(name) {
            findings.push(missing(name));
        }
    }
    for path in tree.files("/Cargo.toml") {
        let package = path.trim_end_matches("Cargo.toml");
        if !drawn(package) {
            findings.push(missing(package));
        }
    }
    findings
}

fn missing(path: &str) -> String {
    format!(
        "{path} is not on the map. Give it a line in docs/ARCHITECTURE.md: what is it for, and why \
         is it not part of what was there?"
    )
}

/// The folders and Rust files of an opened folder, with a package's `src` folded into it.
fn inside(folder: &str, tree: &Tree) -> Vec<String> {
    let package = tree.has(&format!("{folder}Cargo.toml"));
    let mut names: Vec<String> = Vec::new();
    for name in tree.children(folder) {
        if package && name == "src/" {
            names.extend(inside(&format!("{folder}src/"), tree));
        } else if name.ends_with('/')
            || (name.ends_with(".rs")
                && !["lib.rs", "mod.rs", "tests.rs", "build.rs"].contains(&name))
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn inside_of_a_file(name: &str, folder: &str, map: &[Entry]) -> bool {
    name.strip_suffix('/')
        .is_some_and(|stem| map.iter().any(|entry| entry.path == format!("{folder}{stem}.rs")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# A\n\n## The map\n\n```text\nbot/       judgement\n  turn.rs answer.rs  steps\n  phrases/\nsrc/       the hall\n```\n";
    const TREE: &[&str] = &[
        "bot/Cargo.toml",
        "bot/src/lib.rs",
        "bot/src/turn.rs",
        "bot/src/turn/steps.rs",
        "bot/src/answer.rs",
        "bot/phrases/en.ftl",
        "src/main.rs",
    ];

    fn findings(more: &[&str], less: &[&str]) -> Vec<String> {
        let paths: Vec<&str> =
            TREE.iter().chain(more).copied().filter(|path| !less.contains(path)).collect();
        compare(&parse(PAGE).unwrap(), &Tree::made_of(&paths))
    }

    #[test]
    fn a_true_map_passes() {
        assert_eq!(findings(&[], &[]), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_went_is_found() {
        assert!(
            findings(&[], &["bot/src/answer.rs"])[0].contains("bot/answer.rs, which is not there")
        );
    }

    #[test]
    fn a_new_file_folder_or_package_is_found() {
        assert!(findings(&["bot/src/new.rs"], &[])[0].starts_with("bot/new.rs is not on the map"));
        assert!(findings(&["bot/benches/x.rs"], &[])[0].starts_with("bot/benches/ is not"));
        assert!(findings(&["tools/x.py"], &[])[0].starts_with("tools/ is not on the map"));
        let package = findings(&["src/inner/Cargo.toml"], &[]);
        assert!(package[0].starts_with("src/inner/ is not on the map"), "{package:?}");
    }

    #[test]
    fn a_map_that_cannot_be_read_says_so() {
        assert!(parse("# A\n").is_err());
        assert!(parse("\n## The map\n\n```text\nbot/\n      deep.rs\n```\n").is_err());
        assert!(parse("\n## The map\n\n```text\nbot/ judgement\n```\n").is_err());
    }
}
