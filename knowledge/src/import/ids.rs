//! IDs that are safe as file names and used once.

use std::collections::{HashMap, HashSet};

use super::Page;
use crate::pack::read::is_id;

/// The longest ID made here; room is left for a number at its end.
const LONGEST: usize = 80;

/// Gives each page its ID: its own if that is safe already, else one made from it.
/// The same page in two languages has one ID.
pub(super) fn assign(pages: &mut [Page]) {
    let mut used: HashSet<String> = HashSet::new();
    let mut given: HashMap<(String, String), ()> = HashMap::new();
    let mut known: HashMap<String, String> = HashMap::new();
    let mut next: HashMap<String, usize> = HashMap::new();
    for safe in [true, false] {
        for page in pages.iter_mut() {
            if !page.id.is_empty() || (safe && !is_id(&page.original)) {
                continue;
            }
            let language = page.language.to_string();
            let again = given.insert((page.original.clone(), language), ()).is_some();
            page.id = match known.get(&page.original) {
                Some(id) if !again => id.clone(),
                // A second page of the same name is named after the others have theirs.
                _ if again && safe => continue,
                _ => free(&made_safe(&page.original), &used, &mut next),
            };
            used.insert(page.id.clone());
            known.entry(page.original.clone()).or_insert_with(|| page.id.clone());
        }
    }
}

fn free(wanted: &str, used: &HashSet<String>, next: &mut HashMap<String, usize>) -> String {
    if !used.contains(wanted) {
        return wanted.to_owned();
    }
    let number = next.entry(wanted.to_owned()).or_insert(2);
    loop {
        let id = format!("{wanted}-{number}");
        *number += 1;
        if !used.contains(&id) {
            return id;
        }
    }
}

fn made_safe(original: &str) -> String {
    if is_id(original) {
        return original.to_owned();
    }
    let mut id = String::new();
    for c in original.chars().flat_map(char::to_lowercase) {
        if id.len() >= LONGEST {
            break;
        }
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            id.push(c);
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "page".to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(originals: &[(&str, &str)], expected: &[&str]) {
        let mut pages: Vec<Page> = originals
            .iter()
            .map(|(original, language)| Page {
                id: String::new(),
                original: (*original).into(),
                language: language.parse().expect("a language"),
                title: String::new(),
                also: vec![],
                source: None,
                body: String::new(),
            })
            .collect();
        assign(&mut pages);
        assert_eq!(pages.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn ids_are_kept_if_they_are_safe_and_made_safe_if_not() {
        check(&[("a b", "en"), ("a-b", "en"), ("A_B", "en")], &["a-b-2", "a-b", "a-b-3"]);
        check(&[("x", "en"), ("x", "zh"), ("x", "en")], &["x", "x", "x-2"]);
        check(&[("X 1", "en"), ("X 1", "zh"), ("X 1", "zh")], &["x-1", "x-1", "x-1-2"]);
        check(&[("居住证", "zh"), ("護照", "zh"), ("../etc", "en")], &["page", "page-2", "etc"]);
        check(&[("x", "en"), ("x", "en"), ("x-2", "en")], &["x", "x-3", "x-2"]);
    }
}
