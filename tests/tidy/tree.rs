//! The project's own files, without what is built, installed or kept at run time.

use std::{collections::BTreeSet, fs, path::Path};

/// Folders that are not the project's own work, wherever they lie.
const SKIPPED: [&str; 4] = [".git", "target", "node_modules", "proptest-regressions"];

/// What a program started here keeps; see `.gitignore`.
const KEPT_AT_RUN_TIME: &str = "data/";

/// Every file and folder, by its path from the top, with `/`. Folders end in `/`.
pub struct Tree {
    top: String,
    paths: BTreeSet<String>,
}

impl Tree {
    /// The tree that these tests belong to.
    pub fn of_this_project() -> Tree {
        let top = env!("CARGO_MANIFEST_DIR");
        let mut tree = Tree { top: top.to_owned(), paths: BTreeSet::new() };
        tree.walk("");
        assert!(tree.has("Cargo.toml"), "no project was found at {top}");
        tree
    }

    /// A tree of these paths, for the checkers' own tests.
    pub fn made_of(paths: &[&str]) -> Tree {
        let mut all = BTreeSet::new();
        for path in paths {
            all.insert((*path).to_owned());
            for (end, _) in path.match_indices('/') {
                all.insert(path[..=end].to_owned());
            }
        }
        Tree { top: String::new(), paths: all }
    }

    /// Takes in a folder. One without files is none, as for git.
    fn walk(&mut self, folder: &str) {
        let here = Path::new(&self.top).join(folder);
        for entry in fs::read_dir(&here).expect("the project's folders can be read") {
            let entry = entry.expect("the project's folders can be read");
            let name = entry.file_name().into_string().expect("file names are UTF-8");
            let kind = entry.file_type().expect("the project's files can be looked at");
            let path = format!("{folder}{name}");
            if !kind.is_dir() {
                self.paths.insert(path);
                continue;
            }
            let path = format!("{path}/");
            if SKIPPED.contains(&name.as_str()) || path == KEPT_AT_RUN_TIME {
                continue;
            }
            self.walk(&path);
            if self.paths.range(path.clone()..).next().is_some_and(|next| next.starts_with(&path)) {
                self.paths.insert(path);
            }
        }
    }

    /// Whether there is such a file, or such a folder (with or without `/`).
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path) || self.paths.contains(&format!("{path}/"))
    }

    /// What a file says.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(Path::new(&self.top).join(path))
            .unwrap_or_else(|error| panic!("{path} cannot be read: {error}"))
    }

    /// All files whose path ends so.
    pub fn files<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a str> {
        self.paths.iter().map(String::as_str).filter(move |path| path.ends_with(ending))
    }

    /// What lies directly in a folder (`""` is the top, others end in `/`), folders with their `/`.
    pub fn children<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.paths.iter().filter_map(move |path| {
            let rest = path.strip_prefix(folder)?;
            let name = rest.strip_suffix('/').unwrap_or(rest);
            (!name.is_empty() && !name.contains('/')).then_some(rest)
        })
    }
}

/// The folder a file lies in: `""` at the top, else without the last `/`.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn a_tree_knows_its_children_and_skips_nothing_else() {
    let tree = Tree::made_of(&["bot/src/lib.rs", "bot/Cargo.toml", "README.md"]);
    assert_eq!(tree.children("").collect::<Vec<_>>(), ["README.md", "bot/"]);
    assert_eq!(tree.children("bot/").collect::<Vec<_>>(), ["Cargo.toml", "src/"]);
    assert!(tree.has("bot/src") && !tree.has("bot/sr"));
}
