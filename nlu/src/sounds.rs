//! Sounds: what words sound like, so that what was misheard or written by ear can be found by it.
//! It gives keys that are equal for what sounds alike; who is called, and what is found by them,
//! is `knowledge`'s affair. Input is folded text.
//!
//! Chinese: pinyin without tones, in which sounds that speakers and ears confuse are one (n/l,
//! zh/z, ch/c, sh/s, f/h, and -ng/-n after a, e and i). English: the consonants that are heard.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use pinyin::ToPinyin;

use crate::script::{Script, is_han, runs};

/// Every syllable that a character of the common block has.
static SYLLABLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let plain = |c: char| c.to_pinyin().map(|pinyin| pinyin.plain());
    ('\u{4E00}'..='\u{9FFF}').filter_map(plain).filter(|s| s.contains(VOWELS)).collect()
});

const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'ü'];
/// Letters of the longest syllable ("zhuang").
const LONGEST: usize = 6;
/// Words in Latin letters longer than this are no pinyin of a name.
const SPELLED: usize = 40;

/// One sound of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// Equal for what sounds alike.
    pub key: String,
    /// The characters that sound like this, in bytes.
    pub span: Range<usize>,
}

/// The syllable of each Chinese character, without tone: "居住证" is "ju zhu zheng". Characters
/// that nobody reads aloud are left out.
pub fn pinyin(folded: &str) -> Vec<&'static str> {
    folded.chars().filter_map(syllable).collect()
}

/// The sound of each Chinese character, and of each English word as a whole; a word that is spelt
/// as pinyin of two syllables and more ("juzhuzheng") sounds like its syllables.
pub fn sounds(folded: &str) -> Vec<Sound> {
    let mut out = Vec::new();
    for (script, run) in runs(folded) {
        let start = run.as_ptr() as usize - folded.as_ptr() as usize;
        match script {
            Script::Han => out.extend(run.char_indices().filter_map(|(at, c)| {
                let span = start + at..start + at + c.len_utf8();
                Some(Sound { key: alike(syllable(c)?), span })
            })),
            Script::Word => match spelled(run) {
                Some(syllables) => out.extend(syllables.into_iter().map(|part| Sound {
                    key: alike(&run[part.clone()]),
                    span: start + part.start..start + part.end,
                })),
                None => {
                    let key = english(run);
                    if !key.is_empty() {
                        out.push(Sound { key, span: start..start + run.len() });
                    }
                }
            },
        }
    }
    out
}

/// The tokens by which a text is found by its sound: every two neighbouring Chinese syllables, and
/// English words by what is heard of them.
pub fn tokens(folded: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (script, run) in runs(folded) {
        let keys: Vec<String> = match script {
            Script::Han => run.chars().filter_map(syllable).map(alike).collect(),
            Script::Word => {
                let key = english(run);
                if key.chars().count() > 1 && crate::tokens::stem(run).is_some() {
                    out.push(key);
                }
                let parts = spelled(run).unwrap_or_default();
                parts.into_iter().map(|part| alike(&run[part])).collect()
            }
        };
        if let [only] = keys.as_slice() {
            out.push(format!("{only}_"));
        }
        out.extend(keys.windows(2).map(|two| format!("{}_{}", two[0], two[1])));
    }
    out
}

/// A syllable's key: what is confused is written the same.
pub fn alike(syllable: &str) -> String {
    let (initial, rest) = match syllable {
        s if s.starts_with("zh") => ("z", &s[2..]),
        s if s.starts_with("ch") => ("c", &s[2..]),
        s if s.starts_with("sh") => ("s", &s[2..]),
        s if s.starts_with('n') => ("l", &s[1..]),
        s if s.starts_with('f') => ("h", &s[1..]),
        s => ("", s),
    };
    let rest = ["ang", "eng", "ing"]
        .iter()
        .find(|end| rest.ends_with(*end))
        .map_or_else(|| rest.to_owned(), |_| rest[..rest.len() - 1].to_owned());
    format!("{initial}{}", rest.replace(['ü', 'v'], "u"))
}

/// What is heard of an English word: its first letter's sound and the consonants after it, each
/// once, voiced and voiceless alike (after Philips, "Hanging on the Metaphone", 1990, but coarser).
pub fn english(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut key = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let before = at.checked_sub(1).map_or(' ', |before| letters[before]);
        let sound = match (before, *letter, next) {
            (' ', 'k' | 'g' | 'p', 'n') | (' ', 'w', 'r') | (' ', 'p', 's') => continue,
            (_, 'p', 'h') => 'f',
            ('p' | 'g' | 't' | 'w' | 'r', 'h', _) => continue,
            (_, 'g', 'h') if at > 0 => continue,
            (_, 'c' | 's' | 't', 'h') if *letter != 't' => 'x',
            (_, 't', 'h') => 't',
            ('c' | 's', 'h', _) => continue,
            (_, 's' | 't' | 'c', 'i') if ion(&letters[at + 1..]) => 'x',
            (_, 'd', 'g') if at > 0 => continue,
            (_, 'c', 'e' | 'i' | 'y') | (_, 'z', _) | (_, 's', _) => 's',
            (_, 'g', 'e' | 'i' | 'y') | (_, 'j', _) => 'j',
            (_, 'c' | 'q' | 'k' | 'g', _) => 'k',
            (_, 'd' | 't', _) => 't',
            (_, 'b' | 'p', _) => 'p',
            (_, 'v' | 'f', _) => 'f',
            (_, 'x', _) => {
                key.push('k');
                's'
            }
            (_, vowel @ ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h'), _) => {
                if at > 0 {
                    continue;
                }
                if matches!(vowel, 'w' | 'h' | 'y') { vowel } else { 'a' }
            }
            (_, other, _) => other,
        };
        if !key.ends_with(sound) || sound.is_ascii_digit() {
            key.push(sound);
        }
    }
    key
}

/// Where the syllables of a word in Latin letters stand, if it is nothing but two and more.
pub fn spelled(word: &str) -> Option<Vec<Range<usize>>> {
    if word.len() > SPELLED || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    // The fewest syllables that reach each letter, and the last one's start: "xian" is one.
    let mut fewest: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    fewest[0] = Some((0, 0));
    for end in 1..=word.len() {
        let begin = end.saturating_sub(LONGEST);
        let reached = (begin..end).filter_map(|start| {
            let (count, _) = fewest[start]?;
            is_syllable(&word[start..end]).then_some((count + 1, start))
        });
        fewest[end] = reached.min();
    }
    let mut parts = Vec::new();
    let mut end = word.len();
    while end > 0 {
        let (_, start) = fewest[end]?;
        parts.push(start..end);
        end = start;
    }
    parts.reverse();
    (parts.len() > 1).then_some(parts)
}

/// "v" is how "ü" is typed.
fn is_syllable(letters: &str) -> bool {
    SYLLABLES.contains(letters)
        || (letters.contains('v') && SYLLABLES.contains(&*letters.replace('v', "ü")))
}

fn syllable(c: char) -> Option<&'static str> {
    if is_han(c) { c.to_pinyin().map(|pinyin| pinyin.plain()) } else { None }
}

/// Whether letters begin like the end of "nation", "vision" or "special".
fn ion(letters: &[char]) -> bool {
    matches!(letters, ['i', 'o', 'n', ..] | ['i', 'a', 'l' | 'n', ..] | ['i', 'o', 'u', 's', ..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{alike, english, pinyin, sounds, spelled, tokens};

    #[test]
    fn what_sounds_alike_has_the_same_key() {
        assert_eq!(pinyin("居住证A"), ["ju", "zhu", "zheng"]);
        assert_eq!(alike("zheng"), alike("zen"));
        assert_eq!(alike("nü"), alike("lü"));
        assert_eq!(tokens("一保"), tokens("医保"));
        assert_eq!(tokens("福利"), tokens("湖里"));
        assert_ne!(tokens("医保"), tokens("医院"));
    }

    #[test]
    fn english_is_heard_by_its_consonants() {
        for (one, other) in [
            ("licence", "lisense"),
            ("registration", "redgistrashun"),
            ("photo", "foto"),
            ("knife", "nife"),
            ("passport", "pasport"),
            ("benefit", "benifits"),
        ] {
            let (one, other) = (english(one), english(other));
            assert!(other.starts_with(&one), "{one} {other}");
        }
        assert_ne!(english("passport"), english("permit"));
    }

    #[test]
    fn pinyin_typed_in_letters_is_its_syllables() {
        assert_eq!(spelled("juzhuzheng"), Some(vec![0..2, 2..5, 5..10]));
        assert_eq!(spelled("passport"), None);
        assert_eq!(spelled("xian"), None);
        let keys = |text: &str| sounds(text).into_iter().map(|s| s.key).collect::<Vec<_>>();
        assert_eq!(keys("juzhuzheng"), keys("居住证"));
    }

    proptest! {
        #[test]
        fn every_text_has_sounds_that_stand_in_it(text in "\\PC{0,40}|[a-zü居住证一 ]{0,60}") {
            for sound in sounds(&text) {
                prop_assert!(text.get(sound.span.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(!sound.key.is_empty());
            }
            let _ = tokens(&text);
        }
    }
}
