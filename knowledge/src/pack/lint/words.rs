//! A page's words: languages, headings, facts that nobody says.

use nlu::Facet;

use super::{Linter, sheet};
use crate::{
    pack::{Article, Kind, heading::heading},
    render::facts_used,
};

/// The headings that every service is asked for.
const ASKED: [Facet; 7] = [
    Facet::Who,
    Facet::Bring,
    Facet::Cost,
    Facet::Time,
    Facet::How,
    Facet::Where,
    Facet::WithoutPhone,
];

/// Looks at an article's words in all languages.
pub(super) fn article(linter: &mut Linter<'_>, article: &Article) {
    if article.kind != Kind::Page {
        missing_languages(linter, article);
    }
    empty_headings(linter, article);
    if article.kind == Kind::Service {
        missing_headings(linter, article);
        unused_facts(linter, article);
    }
}

fn missing_languages(linter: &mut Linter<'_>, article: &Article) {
    let file = linter.head(article);
    for language in &linter.pack.languages {
        if !article.words.contains_key(language) {
            let what = format!("there are no words in the language `{language}`");
            let mend = format!("Add {}.", sheet(article, language).display());
            linter.warn(&file, "", what, mend);
        }
    }
}

fn empty_headings(linter: &mut Linter<'_>, article: &Article) {
    for (language, words) in &article.words {
        let headed = words.sections.iter().filter(|section| section.heading.is_some());
        for (at, section) in (1..).zip(headed) {
            if section.body.trim().is_empty() {
                let heading = section.heading.as_deref().unwrap_or_default();
                let what = format!("nothing stands under the heading “{heading}”");
                let key = format!("heading.{at}");
                linter.warn(
                    &sheet(article, language),
                    &key,
                    what,
                    "Write it or delete the heading.",
                );
            }
        }
    }
}

fn missing_headings(linter: &mut Linter<'_>, article: &Article) {
    for (language, words) in &article.words {
        for facet in ASKED {
            if !words.sections.iter().any(|section| section.facet == Some(facet)) {
                let wanted = heading(facet, language);
                let what = format!("the heading “{wanted}” is missing");
                let mend = format!("Add `## {wanted}` and what people need to know.");
                linter.warn(&sheet(article, language), "", what, mend);
            }
        }
    }
}

fn unused_facts(linter: &mut Linter<'_>, article: &Article) {
    let file = linter.head(article);
    for (language, words) in &article.words {
        let used: Vec<&str> = words.sections.iter().flat_map(facts_used).collect();
        for name in article.facts.keys().filter(|name| !used.contains(&name.as_str())) {
            let what = format!("the fact `{name}` is not said in the language `{language}`");
            let mend = format!("Write {{{name}}} in {}.", sheet(article, language).display());
            linter.warn(&file, &format!("facts.{name}"), what, mend);
        }
    }
}
