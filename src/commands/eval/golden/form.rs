//! Whether a pack's golden questions are well formed: they name what is there. How they come out
//! is the measuring's affair.

use std::{fs, ops::Range, path::Path};

use bot::LanguageIdentifier;
use knowledge::pack::{Finding, Pack, Severity, read::read};
use nlu::Facet;
use serde::Deserialize;
use toml::Spanned;

use super::{GOLDEN, Question};

/// A question's place in the file, and of it what names something.
#[derive(Debug, Deserialize)]
struct Named {
    ask: Spanned<String>,
    lang: LanguageIdentifier,
    #[serde(default)]
    service: Vec<Spanned<String>>,
    #[serde(default)]
    facet: Vec<Spanned<String>>,
    hours: Option<Spanned<String>>,
}

/// What an editor should mend in the golden questions of a pack; nothing if it has none. A pack
/// that cannot be read has more pressing faults.
pub(in crate::commands) fn findings(folder: &Path) -> Vec<Finding> {
    #[derive(Deserialize)]
    struct File {
        #[serde(default)]
        question: Vec<Spanned<Named>>,
    }
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read only to see whether it can be")]
    struct Strict {
        #[serde(default)]
        question: Vec<Question>,
    }
    let path = folder.join(GOLDEN);
    let Ok(text) = fs::read_to_string(&path) else { return vec![] };
    let Ok((pack, _)) = read(folder) else { return vec![] };
    let whole = toml::from_str::<Strict>(&text).map(drop);
    let file = whole.and_then(|()| toml::from_str::<File>(&text));
    match file {
        Ok(file) => file.question.iter().flat_map(|q| of(q.as_ref(), &pack, &text)).collect(),
        Err(error) => {
            let what = error.message().to_owned();
            vec![finding(&text, error.span(), what, "docs/PACK.md tells what a question may say.")]
        }
    }
}

/// What is wrong with one question.
fn of(question: &Named, pack: &Pack, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |span: Range<usize>, what: String, mend: &str| {
        findings.push(finding(text, Some(span), what, mend));
    };
    for service in &question.service {
        if !pack.articles.contains_key(service.as_ref()) {
            let what = format!("`{}` is no page of this pack", service.as_ref());
            note(service.span(), what, "Name a service, a notice or another page by its ID.");
        }
    }
    for facet in &question.facet {
        if !Facet::ALL.iter().any(|known| known.name() == facet.as_ref()) {
            let what = format!("`{}` is no side of a service", facet.as_ref());
            let all: Vec<&str> = Facet::ALL.iter().map(|known| known.name()).collect();
            note(facet.span(), what, &format!("Write one of: {}.", all.join(", ")));
        }
    }
    if let Some(place) = question.hours.as_ref().filter(|p| !pack.places.contains_key(p.as_ref())) {
        let what = format!("`{}` is no place of this pack", place.as_ref());
        note(place.span(), what, "Name a place by its ID in places.toml.");
    }
    if !pack.languages.contains(&question.lang) {
        let what = format!("the pack has no language `{}`", question.lang);
        note(question.ask.span(), what, "Write one of the languages of pack.toml.");
    }
    findings
}

/// The line on which this byte of a text stands, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

fn finding(text: &str, span: Option<Range<usize>>, what: String, mend: &str) -> Finding {
    Finding {
        file: GOLDEN.into(),
        line: u32::try_from(line(text, span.map_or(0, |span| span.start))).unwrap_or(0),
        severity: Severity::Warning,
        what,
        mend: mend.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::findings;

    /// A copy of the demo pack's places and pages with these golden questions.
    fn check(golden: &str) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo"), folder.path());
        fs::write(folder.path().join("golden.toml"), golden).expect("written");
        findings(folder.path()).iter().map(|f| format!("{} {}", f.line, f.what)).collect()
    }

    fn copy(from: &Path, to: &Path) {
        for entry in fs::read_dir(from).expect("it is there").flatten() {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                fs::create_dir(&target).expect("made");
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), &target).expect("copied");
            }
        }
    }

    #[test]
    fn a_golden_question_names_what_is_there() {
        let good = "[[question]]\nask = \"a\"\nlang = \"en\"\nservice = [\"passport\"]\nfacet = [\"cost\"]\n";
        assert_eq!(check(good), Vec::<String>::new());
        let bad = "[[question]]\nask = \"a\"\nlang = \"en\"\nservice = [\"pasport\"]\nfacet = [\"price\"]\n";
        assert_eq!(
            check(bad),
            ["4 `pasport` is no page of this pack", "5 `price` is no side of a service"]
        );
        let place = "[[question]]\nask = \"a\"\nlang = \"fr\"\nhours = \"nowhere\"\n";
        assert_eq!(
            check(place),
            ["4 `nowhere` is no place of this pack", "2 the pack has no language `fr`"]
        );
        assert_eq!(check("[[question]]\nask = \"a\"\nlang = \"en\"\ncolour = 1\n").len(), 1);
    }
}
