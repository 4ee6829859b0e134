//! The settings as a commented TOML file, for `wendu serve --print-config`. Values come from the
//! defaults themselves; only the words stand here, and a test holds that none are missing.

use serde_json::Value;

use super::{PREFIX, Settings};

/// A key, what it is for, and an example where the default is "not set".
struct Key {
    path: &'static str,
    words: &'static str,
    example: &'static str,
}

const fn key(path: &'static str, words: &'static str) -> Key {
    Key { path, words, example: "" }
}

const KEYS: &[Key] = &[
    key(
        "listen",
        "Where to listen for HTTP: address and port. Port 0 takes any free one.\n\
        Put a reverse proxy with TLS before it; see docs/OPERATING.md.",
    ),
    key("data", "The folder for conversations (wendu.db) and the index. Made when missing."),
    key("pack", "The folder of what the city publishes; see docs/PACK.md. Watched for changes."),
    Key {
        path: "models",
        words: "The folder of models, which `wendu models` fetches [default: models in the data folder].",
        example: "\"/var/lib/wendu-models\"",
    },
    key(
        "log.format",
        "\"text\" for people, \"json\" for machines. Logs go to standard error and\n\
        never carry what was said, nor names, numbers or addresses.",
    ),
    key(
        "log.filter",
        "What is logged: error, warn, info, debug or trace; by part: \"info,wendu=debug\".",
    ),
    key(
        "store.limit_mib",
        "The most disk that conversations may take, in MiB; 0 means no limit. When it is\n\
        reached, new turns are refused with a clear answer and nothing that was kept is lost.",
    ),
    key("store.readers", "How many readers may be at the database at once."),
    Key {
        path: "web.accent_light",
        words: "The city's colour on the light page, as #rrggbb. Its contrast must be 7:1 or more.",
        example: "\"#86290c\"",
    },
    Key { path: "web.accent_dark", words: "The same for the dark page.", example: "\"#ffb59a\"" },
    key(
        "web.embed_origins",
        "Sites that may show the widget, e.g. [\"https://www.city.example\"].",
    ),
    key("web.message_limit_bytes", "How long one message may be, in bytes of UTF-8: 200 to 8192."),
    key(
        "web.conversation_rate",
        "How often one conversation may say something: per_minute in the long run, burst\n\
        at once. per_minute = 0 lifts the limit.",
    ),
    key(
        "web.address_rate",
        "The same for one network address (one /64 network for IPv6). Many people share one\n\
        address in a library.",
    ),
    key(
        "web.trusted_proxies",
        "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed,\n\
        e.g. [\"127.0.0.1\"].",
    ),
    key(
        "web.secure_cookie",
        "Whether cookies are for https only: \"auto\" (when a trusted proxy says https),\n\
        \"always\" or \"never\".",
    ),
];

/// The defaults, as a TOML file with every key explained.
pub fn documented() -> String {
    let defaults = serde_json::to_value(Settings::default()).unwrap_or_default();
    let mut out = format!(
        "# Wendu's settings, with their defaults. Every key may be left out.\n\
         # The environment overrides this file: {PREFIX}LISTEN, {PREFIX}WEB__MESSAGE_LIMIT_BYTES, \u{2026}\n"
    );
    let mut section = "";
    for key in KEYS {
        let (in_section, name) = key.path.split_once('.').unwrap_or(("", key.path));
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

    #[test]
    fn every_key_is_explained_and_no_other() {
        let defaults = serde_json::to_value(Settings::default()).expect("written");
        let mut there = BTreeSet::new();
        for (name, value) in defaults.as_object().expect("a table") {
            match value {
                Value::Object(section) => {
                    there.extend(section.keys().map(|key| format!("{name}.{key}")));
                }
                _ => drop(there.insert(name.clone())),
            }
        }
        let explained: BTreeSet<_> = KEYS.iter().map(|key| key.path.to_owned()).collect();
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
