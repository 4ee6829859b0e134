//! English in phonemes: a dictionary made with the model, by part of speech, letters by their names,
//! and what no dictionary has by its spelling. Ends at a run of Latin words; what stands between
//! runs is the sentence's affair.

mod letters;
mod spelling;

use std::sync::LazyLock;

use misaki_rs::{G2P, Language};
use unicode_normalization::UnicodeNormalization;

/// Loading takes a moment and some memory: once, when the first word is said.
static DICTIONARY: LazyLock<G2P> = LazyLock::new(|| G2P::new(Language::EnglishUS));

/// What the dictionary writes for a word that it does not have.
const UNKNOWN: char = '❓';

/// The phonemes of English words. In a Chinese sentence a capital by itself is a letter, in an
/// English one "A" and "I" are words unless they stand among letters.
pub(super) fn phonemes(run: &str, in_chinese: bool) -> String {
    let run = without_accents(run);
    let words: Vec<&str> = run.split_whitespace().collect();
    let mut out = Vec::new();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let at = words.len() - rest.len();
        let letter = |at: &usize| letters::named(&words, *at, in_chinese);
        if let Some(name) = letter(&at) {
            out.push(name);
            rest = &rest[1..];
            continue;
        }
        let end = (at..words.len()).find(|at| letter(at).is_some()).unwrap_or(words.len());
        out.push(said(&words[at..end]));
        rest = &words[end..];
    }
    out.join(" ")
}

/// Words by the dictionary, together, for one decides how another is read; or what it does not
/// have by itself.
fn said(words: &[&str]) -> String {
    let together = by_dictionary(&words.join(" "));
    if !together.contains(UNKNOWN) {
        return together;
    }
    match words {
        [word] if word.contains('-') => {
            said(&word.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>())
        }
        [word] => spelling::phonemes(word),
        _ => {
            let (first, second) = words.split_at(words.len() / 2);
            format!("{} {}", said(first), said(second))
        }
    }
}

fn by_dictionary(words: &str) -> String {
    let found = DICTIONARY.g2p(words);
    found.map_or_else(|_| String::from(UNKNOWN), |(phonemes, _)| phonemes.trim().to_owned())
}

/// Letters alone, "é" as "e".
fn without_accents(run: &str) -> String {
    let plain = run.nfd().filter_map(|c| match c {
        'a'..='z' | 'A'..='Z' | ' ' | '-' | '\'' => Some(c),
        '’' => Some('\''),
        'ß' => Some('s'),
        'ø' | 'Ø' => Some('o'),
        'ł' | 'Ł' => Some('l'),
        'đ' | 'ð' | 'Đ' | 'Ð' => Some('d'),
        'æ' | 'Æ' | 'œ' | 'Œ' => Some('e'),
        'ı' => Some('i'),
        _ => None,
    });
    plain.collect()
}

#[cfg(test)]
mod tests;
