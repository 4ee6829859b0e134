//! Who may import whom: `nlu` <- `knowledge` <- `bot` <- `channels/door`, `channels/site`, `channels/speech` <- the doors <- `src`.
//! Each may use what stands left of it; doors do not know each other. And each heavy library has
//! one home, so that it can be changed for another in one place.

use toml::{Table, Value};

/// A package's place in the row, by its folder; the higher may use the lower.
fn height(folder: &str) -> Option<u8> {
    Some(match folder {
        "nlu" => 0,
        "knowledge" => 1,
        "bot" => 2,
        "channels/door" | "channels/site" | "channels/speech" => 3,
        "" => 5,
        _ if folder.starts_with("channels/") => 4,
        _ => return None,
    })
}

/// A library, the packages that may depend on it, and within the root package the files that may
/// name it.
const HOMES: [(&str, &[&str], &str); 12] = [
    ("tantivy", &["knowledge"], ""),
    ("jieba-rs", &["nlu"], ""),
    ("axum", &["channels/desk", "channels/site", "channels/web", ""], "src/app"),
    ("askama", &["channels/desk", "channels/web"], ""),
    ("argon2", &["channels/desk"], ""),
    ("utoipa", &["channels/web"], ""),
    ("sqlx", &[""], "src/store"),
    ("rsipstack", &["channels/phone"], ""),
    ("opus", &["channels/phone"], ""),
    ("whisper-rs", &["channels/speech"], ""),
    ("earshot", &["channels/speech"], ""),
    ("ort", &["channels/speech"], ""),
];

/// Names of everything a package depends on, whatever for.
pub fn dependencies(manifest: &Table) -> Vec<String> {
    let mut names = Vec::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if let Some(Value::Table(table)) = manifest.get(kind) {
            for (name, value) in table {
                let renamed = value.get("package").and_then(Value::as_str);
                names.push(renamed.unwrap_or(name).to_owned());
            }
        }
    }
    if let Some(Value::Table(targets)) = manifest.get("target") {
        names.extend(targets.values().filter_map(Value::as_table).flat_map(dependencies));
    }
    names
}

fn read(folder: &str, manifest: &str) -> Table {
    manifest.parse().unwrap_or_else(|error| panic!("{folder}/Cargo.toml: {error}"))
}

/// Packages that depend on one they must not know. Takes every package's folder and manifest.
pub fn upwards(manifests: &[(String, String)]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut packages = Vec::new();
    for (folder, manifest) in manifests {
        let manifest = read(folder, manifest);
        let name = manifest.get("package").and_then(|package| package.get("name")?.as_str());
        let name = name.unwrap_or_default().to_owned();
        match height(folder) {
            Some(height) => packages.push((name, height, dependencies(&manifest))),
            None => findings.push(format!(
                "{folder} is a package without a place in the row. Decide who may import it, then \
                 give it a place in tests/tidy/imports.rs and in docs/ARCHITECTURE.md."
            )),
        }
    }
    for (name, height, uses) in &packages {
        for (other, above, _) in packages.iter().filter(|(other, ..)| uses.contains(other)) {
            if above >= height {
                findings.push(format!(
                    "{name} depends on {other}, which stands above or beside it. Hand in what is \
                     needed as data, or move it down; docs/ARCHITECTURE.md says who may import whom."
                ));
            }
        }
    }
    findings
}

/// Heavy libraries that a package must not depend on.
pub fn strangers(folder: &str, manifest: &str) -> Vec<String> {
    let uses = dependencies(&read(folder, manifest));
    HOMES
        .iter()
        .filter(|(library, homes, _)| {
            uses.iter().any(|name| name == library) && !homes.contains(&folder)
        })
        .map(|(library, homes, _)| {
            format!(
                "{folder}/Cargo.toml depends on {library}, whose home is {}. Ask that room for what \
                 you need.",
                homes.iter().map(|home| if home.is_empty() { "src" } else { home }).collect::<Vec<_>>().join(" and "),
            )
        })
        .collect()
}

/// Code that names what is not its business: a library outside its files in `src`, or the writing
/// store in a door.
pub fn out_of_place(path: &str, code: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let names = |word: &str| code.lines().position(|line| has_word(without_comment(line), word));
    for (library, _, files) in HOMES {
        let guarded = path.starts_with("src/") && !files.is_empty() && !path.starts_with(files);
        if let Some(line) = names(library).filter(|_| guarded) {
            findings.push(format!(
                "{path}:{}: {library} is named outside {files}. Give {files} a function for it.",
                line + 1
            ));
        }
    }
    if let Some(line) = names("Store").filter(|_| path.starts_with("channels/")) {
        findings.push(format!(
            "{path}:{}: a door names the writing `Store`. Only the switchboard writes; read through \
             `Archive`.",
            line + 1
        ));
    }
    findings
}

/// The line without what follows `//`.
pub fn without_comment(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Whether a whole identifier (or path of identifiers) stands in the line.
pub fn has_word(line: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(folder: &str, uses: &str) -> (String, String) {
        let name = folder.rsplit('/').next().unwrap();
        let name = if name.is_empty() { "wendu" } else { name };
        (folder.to_owned(), format!("[package]\nname = \"{name}\"\n{uses}"))
    }

    #[test]
    fn downwards_passes_and_upwards_or_sideways_is_found() {
        let nlu = || package("nlu", "");
        let phone = || package("channels/phone", "");
        let good = [nlu(), package("bot", "[dependencies]\nnlu.workspace = true")];
        assert_eq!(upwards(&good), Vec::<String>::new());
        let up = [package("nlu", "[dev-dependencies]\nbot = {}"), package("bot", "")];
        assert!(upwards(&up)[0].starts_with("nlu depends on bot"));
        let beside =
            [phone(), package("channels/web", "[target.'cfg(unix)'.dependencies]\nphone = {}")];
        assert!(upwards(&beside)[0].starts_with("web depends on phone"));
        let renamed =
            [phone(), package("channels/web", "[dependencies]\nx = { package = \"phone\" }")];
        assert_eq!(upwards(&renamed).len(), 1);
        assert!(upwards(&[package("tools", "")])[0].contains("without a place"));
    }

    #[test]
    fn a_heavy_library_away_from_home_is_found() {
        let uses = "[dependencies]\ntantivy = \"1\"";
        assert!(strangers("knowledge", uses).is_empty());
        assert!(strangers("bot", uses)[0].contains("whose home is knowledge"));
        assert!(out_of_place("src/store/sqlite.rs", "use sqlx::Row;").is_empty());
        assert!(out_of_place("src/courier.rs", "// not sqlx\nuse sqlx::Row;")[0].contains(":2:"));
        assert!(
            out_of_place("channels/web/src/a.rs", "use bot::store::{Archive, Store};").len() == 1
        );
        assert!(out_of_place("channels/web/src/a.rs", "let stored: Stored;").is_empty());
    }
}
