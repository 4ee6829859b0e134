//! `bot` and `nlu` have no I/O, no clock and no randomness: any past turn can be replayed to the same
//! result. clippy bans the calls; this also sees what is brought in by name or as a dependency.

use super::imports::{dependencies, has_word, without_comment};

/// The pure packages.
pub const ROOMS: [&str; 2] = ["bot", "nlu"];

const CODE: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "RandomState",
    "getrandom",
];

const LIBRARIES: [&str; 8] =
    ["tokio", "getrandom", "rand", "fastrand", "uuid", "reqwest", "notify", "tracing"];

/// What a pure package must not depend on.
pub fn manifest(room: &str, text: &str) -> Vec<String> {
    let table = text.parse().unwrap_or_else(|error| panic!("{room}/Cargo.toml: {error}"));
    dependencies(&table)
        .into_iter()
        .filter(|name| LIBRARIES.contains(&name.as_str()))
        .map(|name| {
            format!(
                "{room}/Cargo.toml depends on {name}. {room} is pure: let src do it and hand in the \
                 result."
            )
        })
        .collect()
}

/// What a pure package's code must not name.
pub fn code(path: &str, code: &str) -> Vec<String> {
    let code: String = code.lines().flat_map(|line| [without_comment(line), "\n"]).collect();
    let named = spelt_out(&code);
    CODE.iter()
        .filter(|word| has_word(&code, word) || named.iter().any(|path| has_word(path, word)))
        .map(|word| {
            format!(
                "{path} names {word}. bot and nlu are pure: the moment, the files and the dice are \
                 handed in as arguments (docs/ARCHITECTURE.md, invariants)."
            )
        })
        .collect()
}

/// The members of every `std::{…}`, each with its whole path.
fn spelt_out(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, opening) in code.match_indices("std::{") {
        let mut inner = vec!["std::".to_owned()];
        let mut word = String::new();
        for c in code[at + opening.len()..].chars() {
            match c {
                '{' => inner.push(std::mem::take(&mut word)),
                ',' | '}' => {
                    paths.push(format!("{}{}", inner.concat(), std::mem::take(&mut word)));
                    if c == '}' {
                        inner.pop();
                    }
                }
                c if c.is_whitespace() => {}
                c => word.push(c),
            }
            if inner.is_empty() {
                break;
            }
        }
    }
    paths
}

/// The two packages' `clippy.toml` hold the same bans.
pub fn same_bans(bot: &str, nlu: &str) -> Vec<String> {
    if bot == nlu {
        return vec![];
    }
    vec![
        "bot/clippy.toml and nlu/clippy.toml differ. Copy the one you changed over the other."
            .into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_a_file_and_a_die_are_found() {
        let found = |text| code("bot/src/a.rs", text).len();
        assert_eq!(found("let a = std::time::Duration::ZERO; // no Instant::now here\n"), 0);
        assert_eq!(found("let a = jiff::Timestamp::now();\n"), 1);
        assert_eq!(found("use std::fs;\n"), 1);
        assert_eq!(
            found(
                "use std::{\n    collections::{BTreeMap, HashMap},\n    time::{Duration, Instant},\n};\n"
            ),
            1
        );
        assert_eq!(found("use std::{collections::BTreeMap, fs::File, fmt};\n"), 1);
        assert_eq!(found("use std::{collections::BTreeMap, fmt, sync::LazyLock};\n"), 0);
    }

    #[test]
    fn a_library_that_acts_is_found() {
        assert_eq!(manifest("bot", "[dependencies]\njiff = \"0.2\"").len(), 0);
        assert_eq!(manifest("bot", "[dependencies]\ntokio = { version = \"1\" }").len(), 1);
    }

    #[test]
    fn bans_that_differ_are_found() {
        assert!(same_bans("a", "a").is_empty() && !same_bans("a", "b").is_empty());
    }
}
