//! A folder of Fluent files, one a language, holds the same sentences in each: a visitor never reads
//! a key, or another language than their own.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::folder;

/// The names of a file's messages, terms (`-term`) and attributes (`message.attribute`).
fn keys(text: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut message = "";
    for line in text.lines() {
        let Some((name, _)) = line.split_once('=') else {
            continue;
        };
        let (indent, name) = (line.starts_with(' '), name.trim());
        if indent {
            if let Some(attribute) = name.strip_prefix('.') {
                keys.push(format!("{message}.{attribute}"));
            }
        } else if !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        {
            message = name;
            keys.push(name.to_owned());
        }
    }
    keys
}

/// Sentences that one language has and another lacks, and those written twice. Takes paths and texts.
pub fn compare(books: &[(String, String)]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut shelves: BTreeMap<&str, Vec<(&str, BTreeSet<String>)>> = BTreeMap::new();
    for (path, text) in books {
        let mut known = BTreeSet::new();
        for key in keys(text) {
            if !known.insert(key.clone()) {
                findings.push(format!("{path} holds `{key}` twice. Take one out."));
            }
        }
        shelves.entry(folder(path)).or_default().push((path, known));
    }
    for shelf in shelves.values() {
        let all: BTreeSet<_> = shelf.iter().flat_map(|(_, keys)| keys).collect();
        for (path, keys) in shelf {
            findings.extend(all.iter().filter(|key| !keys.contains(**key)).map(|key| {
                format!("{path} lacks `{key}`, which another language beside it has. Translate it.")
            }));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(zh: &str, en: &str) -> Vec<String> {
        compare(&[("a/zh.ftl".into(), zh.into()), ("a/en.ftl".into(), en.into())])
    }

    #[test]
    fn the_same_sentences_pass() {
        let text = "# a = b\nhello = 你好\n    a = b\n    .short = 好\n-city = { $name }\n";
        assert_eq!(keys(text), ["hello", "hello.short", "-city"]);
        assert!(findings(text, text).is_empty());
    }

    #[test]
    fn a_missing_or_doubled_sentence_is_found() {
        assert!(findings("a = 1\nb = 2\n", "a = 1\n")[0].starts_with("a/en.ftl lacks `b`"));
        assert!(findings("a = 1\n", "a = 1\n    .x = 2\n")[0].starts_with("a/zh.ftl lacks `a.x`"));
        assert!(findings("a = 1\na = 2\n", "a = 1\n")[0].contains("twice"));
    }
}
