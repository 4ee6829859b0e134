//! The settings as a commented TOML file, for `wendu serve --print-config`. Values come from the
//! defaults themselves; only the words stand here, and a test holds that none are missing.

use serde_json::Value;

use super::{PREFIX, Settings, keys::KEYS};

/// The defaults, as a TOML file with every key explained.
pub fn documented() -> String {
    let defaults = serde_json::to_value(Settings::default()).unwrap_or_default();
    let mut out = format!(
        "# Wendu's settings, with their defaults. Every key may be left out.\n\
         # The environment overrides this file: {PREFIX}LISTEN, {PREFIX}WEB__MESSAGE_LIMIT_BYTES, \u{2026}\n"
    );
    let mut section = "";
    for key in KEYS {
        let (in_section, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
        if in_section != section {
            section = in_section;
            out.push_str(&format!("\n[{section}]\n"));
        } else {
            out.push('\n');
        }
        for line in key.words.lines() {
            out.push_str(&format!("# {}\n", line.trim()));
        }
        let pointer = format!("/{}", key.path.replace('.', "/"));
        match defaults.pointer(&pointer) {
            None | Some(Value::Null) => out.push_str(&format!("#{name} = {}\n", key.example)),
            Some(value) => out.push_str(&format!("{name} = {}\n", toml(value))),
        }
    }
    out
}

/// A value as TOML writes it on one line.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let pairs: Vec<_> = map.iter().map(|(k, v)| format!("{k} = {}", toml(v))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(all) => {
            format!("[{}]", all.iter().map(toml).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use figment::{
        Figment,
        providers::{Format, Toml},
    };

    use super::*;

    fn read(toml: &str) -> Settings {
        Figment::from(Toml::string(toml)).extract().expect("the printed file can be read")
    }

    /// The paths of all keys; a table that is explained as a whole is one.
    fn leaves(path: &str, value: &Value, whole: &BTreeSet<String>, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(section) if !whole.contains(path) => {
                for (name, value) in section {
                    let dot = if path.is_empty() { "" } else { "." };
                    leaves(&format!("{path}{dot}{name}"), value, whole, into);
                }
            }
            _ => drop(into.insert(path.to_owned())),
        }
    }

    #[test]
    fn every_key_is_explained_and_no_other() {
        let defaults = serde_json::to_value(Settings::default()).expect("written");
        let explained: BTreeSet<_> = KEYS.iter().map(|key| key.path.to_owned()).collect();
        let mut there = BTreeSet::new();
        leaves("", &defaults, &explained, &mut there);
        assert_eq!(there, explained);
        assert_eq!(KEYS.len(), explained.len(), "a key is explained twice");
    }

    #[test]
    fn what_is_printed_is_the_defaults() {
        assert_eq!(read(&documented()), Settings::default());
    }

    #[test]
    fn the_examples_can_be_used() {
        let used: String = documented()
            .lines()
            .map(|line| match line.strip_prefix('#') {
                Some(example) if !example.starts_with(' ') => format!("{example}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        assert_ne!(read(&used), Settings::default());
    }
}
