//! One sentence, as it is said, in the phonemes that the voice model reads. Each script has its own
//! rules; here a sentence is cut into their runs, and what makes pauses is kept. Numbers and
//! signs have become words before, in `spoken`: what is left of them here is not said.

mod chinese;
mod english;

use nlu::{LanguageIdentifier, script::is_han};

/// The phonemes of one sentence that has been through `spoken`.
pub(crate) fn phonemes(text: &str, language: &LanguageIdentifier) -> String {
    let in_chinese = matches!(language.language.as_str(), "zh" | "cmn");
    let mut out = String::new();
    for (kind, run) in runs(text) {
        match kind {
            Kind::Han => add(&mut out, &chinese::phonemes(run)),
            Kind::Latin => add(&mut out, &english::phonemes(run, in_chinese)),
            Kind::Pause(mark) if !out.is_empty() => {
                if !out.ends_with(MARKS) {
                    out.push(mark);
                }
            }
            Kind::Pause(_) | Kind::Nothing => {}
        }
    }
    out
}

/// The pauses that the model knows.
const MARKS: [char; 6] = [',', '.', '!', '?', ';', ':'];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Latin,
    Pause(char),
    Nothing,
}

fn kind(c: char) -> Kind {
    match c {
        '〇' => Kind::Han,
        _ if is_han(c) => Kind::Han,
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => Kind::Latin,
        ',' | '，' | '、' | '—' | '…' => Kind::Pause(','),
        '.' | '。' => Kind::Pause('.'),
        '!' | '！' => Kind::Pause('!'),
        '?' | '？' => Kind::Pause('?'),
        ';' | '；' => Kind::Pause(';'),
        ':' | '：' => Kind::Pause(':'),
        _ => Kind::Nothing,
    }
}

/// The text in runs of a kind. Blanks, hyphens and apostrophes between Latin words belong to them.
fn runs(text: &str) -> Vec<(Kind, &str)> {
    let mut out: Vec<(Kind, std::ops::Range<usize>)> = Vec::new();
    let mut joins = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let now = kind(c);
        if now == Kind::Nothing {
            let joint = matches!(c, ' ' | '-' | '\'' | '’');
            joins = joint && (joins || matches!(out.last(), Some((Kind::Latin, r)) if r.end == at));
            continue;
        }
        match out.last_mut() {
            Some((kind, range)) if *kind == now && (range.end == at || joins) => range.end = end,
            _ => out.push((now, at..end)),
        }
        joins = false;
    }
    out.into_iter().map(|(kind, range)| (kind, &text[range])).collect()
}

fn add(out: &mut String, phonemes: &str) {
    if phonemes.is_empty() {
        return;
    }
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    out.push_str(phonemes);
}

#[cfg(test)]
mod tests;
