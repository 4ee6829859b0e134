//! Texts of the `.toml` files that lack one of the pack's languages.

use std::path::Path;

use super::Linter;
use crate::{
    fact::Value,
    pack::{Kind, Text},
};

/// Looks at every text.
pub(super) fn lint(linter: &mut Linter<'_>) {
    let pack = linter.pack;
    let top = Path::new("pack.toml");
    check(linter, top, "name", &pack.name);
    if !pack.telephone.chars().any(|c| c.is_ascii_digit()) {
        let what = format!(
            "`{}` is not a telephone number, but people are told to call it",
            pack.telephone
        );
        linter.warn(top, "telephone", what, "Write the number where a person answers.");
    }
    if let Some(banner) = &pack.banner {
        check(linter, top, "banner", banner);
    }
    for (at, start) in pack.start.iter().enumerate() {
        check(linter, top, &format!("start.{at}"), start);
    }
    for (at, holiday) in pack.holidays.iter().enumerate() {
        check(linter, top, &format!("holiday.{at}.name"), &holiday.name);
    }
    for (id, department) in &pack.departments {
        check(linter, Path::new("departments.toml"), &format!("{id}.name"), &department.name);
    }
    for (id, name) in &pack.documents {
        check(linter, Path::new("documents.toml"), &format!("{id}.name"), name);
    }
    for (id, place) in &pack.places {
        let file = Path::new("places.toml");
        check(linter, file, &format!("{id}.name"), &place.name);
        for (key, text) in [("address", &place.address), ("way", &place.way)] {
            if let Some(text) = text {
                check(linter, file, &format!("{id}.{key}"), text);
            }
        }
    }
    for article in pack.articles.values().filter(|article| article.kind == Kind::Service) {
        let file = linter.head(article);
        for (name, fact) in &article.facts {
            if let Value::Text(text) = &fact.value {
                check(linter, &file, &format!("facts.{name}.text"), text);
            }
        }
    }
}

fn check(linter: &mut Linter<'_>, file: &Path, key: &str, text: &Text) {
    let Text::Each(each) = text else { return };
    for language in linter.pack.languages.iter().filter(|l| !each.contains_key(l)) {
        let what = format!("`{key}` has no words in the language `{language}`");
        linter.warn(file, key, what, format!("Add {language} = \"…\"."));
    }
}
