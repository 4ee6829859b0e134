//! One name for two services: nobody could tell which is meant.

use std::collections::BTreeMap;

use super::{Linter, sheet};
use crate::pack::Kind;

/// Looks at all titles and other names.
pub(super) fn lint(linter: &mut Linter<'_>) {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let pack = linter.pack;
    for (id, article) in pack.articles.iter().filter(|(_, a)| a.kind == Kind::Service) {
        for (language, words) in &article.words {
            let titles = std::iter::once(("title", &words.title));
            let names = titles.chain(words.also.iter().map(|name| ("also", name)));
            for (key, name) in names {
                let other = *first.entry(folded(name)).or_insert(id);
                if other != id {
                    let what = format!("`{name}` is also a name of `{other}`");
                    let mend = "Leave it with the one that people mean more often.";
                    linter.warn(&sheet(article, language), key, what, mend);
                }
            }
        }
    }
}

/// A name as people would take it to be the same: without case, width or spaces around it.
pub(super) fn folded(name: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    name.trim().chars().map(narrow).flat_map(char::to_lowercase).collect()
}
