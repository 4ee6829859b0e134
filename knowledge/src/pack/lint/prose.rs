//! What editors type: links that lead nowhere, abbreviations, figures that are facts.

use std::collections::BTreeSet;

use nlu::LanguageIdentifier;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{Linter, line_of, names::folded, sheet};
use crate::{
    fact::{Mouth, Tongue, Value},
    pack::{Article, Kind, Section, Severity},
};

/// Looks at every section in every language.
pub(super) fn article(linter: &mut Linter<'_>, article: &Article) {
    for (language, words) in &article.words {
        let mut seen = BTreeSet::new();
        for section in &words.sections {
            links(linter, article, language, section);
            if article.kind == Kind::Service {
                figures(linter, article, language, section);
            }
            if article.kind != Kind::Page && Tongue::of(language) == Tongue::English {
                abbreviations(linter, article, language, section, &mut seen);
            }
        }
    }
}

fn links(
    linter: &mut Linter<'_>,
    article: &Article,
    language: &LanguageIdentifier,
    section: &Section,
) {
    for (event, at) in Parser::new_ext(&section.body, Options::empty()).into_offset_iter() {
        let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) =
            event
        else {
            continue;
        };
        let scheme = dest_url.split_once(':').map(|(scheme, _)| scheme);
        let has_scheme = scheme.is_some_and(|s| {
            !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        });
        if !has_scheme && !dest_url.starts_with('{') {
            let line = line_of(section.line, &section.body, at.start);
            let what = format!("the link to `{dest_url}` leads nowhere");
            let mend =
                "Write the whole address with https://, or {service:ID} for another service.";
            linter.at(Severity::Warning, &sheet(article, language), line, what, mend);
        }
    }
}

/// Figures that are facts: they would stay behind when the fact changes.
fn figures(
    linter: &mut Linter<'_>,
    article: &Article,
    language: &LanguageIdentifier,
    section: &Section,
) {
    let lines: Vec<String> = section.body.lines().map(squeezed).collect();
    for (name, fact) in &article.facts {
        match &fact.value {
            Value::Money { amount, .. } if amount.is_zero() => continue,
            Value::Text(_) | Value::Documents(_) | Value::Number(_) => continue,
            _ => {}
        }
        let said = fact.say(linter.pack, language, Mouth::Page);
        let wanted = squeezed(&said);
        for (number, line) in (section.line..).zip(&lines) {
            if has_figure(line, &wanted) {
                let what = format!("“{said}” is typed here, but it is the fact `{name}`");
                let mend = format!("Write {{{name}}}.");
                linter.at(Severity::Warning, &sheet(article, language), number, what, mend);
            }
        }
    }
}

/// Whether a figure stands in a line by itself, not as the end or start of a longer one.
fn has_figure(line: &str, wanted: &str) -> bool {
    line.match_indices(wanted).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + wanted.len()..].chars().next();
        let ends_in_word = wanted.ends_with(|c: char| c.is_ascii_alphanumeric());
        before.is_none_or(|c| !c.is_ascii_digit() && !".,-".contains(c))
            && (!ends_in_word || after.is_none_or(|c| !c.is_ascii_digit()))
    })
}

fn squeezed(text: &str) -> String {
    folded(text).chars().filter(|c| !c.is_whitespace()).collect()
}

fn abbreviations(
    linter: &mut Linter<'_>,
    article: &Article,
    language: &LanguageIdentifier,
    section: &Section,
    seen: &mut BTreeSet<String>,
) {
    for (number, line) in (section.line..).zip(section.body.lines()) {
        for word in line.split(|c: char| !c.is_ascii_alphanumeric()) {
            let short = word.strip_suffix('s').unwrap_or(word);
            let is_short = short.len() >= 2 && short.bytes().all(|b| b.is_ascii_uppercase());
            let known = linter.pack.abbreviations.contains_key(short);
            if is_short && !known && seen.insert(short.to_owned()) {
                let what = format!("the abbreviation `{short}` is not explained");
                let mend = format!(
                    "Write it out, or explain it in pack.toml under [abbreviations]: \
                     {short} = {{ {language} = \"…\" }}."
                );
                linter.at(Severity::Warning, &sheet(article, language), number, what, mend);
            }
        }
    }
}
