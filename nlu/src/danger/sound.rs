//! A text as it is heard: Chinese as it is written and as it sounds, English in plain words with the
//! spelling of alarming words mended. What was typed in fear or misheard becomes alike again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use pinyin::ToPinyin;

use super::spelling;
use crate::{
    script::{Script, is_han, runs},
    sounds::alike,
};

/// One text in its forms.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// Chinese characters and all else, folded, without spaces beside Chinese.
    pub written: String,
    /// `written`, each Chinese character replaced by the one sign of its sound.
    pub sounds: String,
    /// English words without apostrophes, one space around each.
    pub words: String,
    /// `words` with mended spelling.
    pub mended: String,
    /// The consonants of `mended` by groups that are misheard for each other, without gaps: where one
    /// word ends is the first thing that ears get wrong.
    pub bones: String,
    /// Whether there is any Chinese in it.
    pub chinese: bool,
}

/// Hears a folded text.
pub(super) fn hear(folded: &str) -> Heard {
    let chinese = folded.chars().any(is_han);
    let mut words = String::from(" ");
    let mut mended = String::from(" ");
    for (script, run) in runs(folded) {
        if script == Script::Word {
            let word: String = run.chars().filter(|c| *c != '\'').collect();
            words.push_str(&word);
            mended.push_str(spelling::mend(&word));
            words.push(' ');
            mended.push(' ');
        }
    }
    let written: String =
        if chinese { folded.chars().filter(|c| *c != ' ').collect() } else { String::new() };
    let sounds = if chinese { signs_of_sound(&syllables(&written)) } else { String::new() };
    let bones = bones(&mended);
    Heard { written, sounds, words, mended, bones, chinese }
}

/// First of the private signs that stand for a sound.
const FIRST: u32 = 0xE000;
/// The Chinese characters that have a sound here.
const HAN: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// One character of each syllable, so that pinyin typed among characters ("家里进zei了") can be read.
static SYLLABLES: LazyLock<BTreeMap<&'static str, char>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for c in HAN {
        if let Some(pinyin) = c.to_pinyin() {
            all.entry(pinyin.plain()).or_insert(c);
        }
    }
    all
});

/// A text in which every run of letters that is pinyin throughout stands as characters.
fn syllables(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (script, run) in runs(text) {
        let at = run.as_ptr() as usize - text.as_ptr() as usize;
        out.push_str(&text[from..at]);
        match script {
            Script::Word => out.push_str(&spoken(run).unwrap_or_else(|| run.to_owned())),
            Script::Han => out.push_str(run),
        }
        from = at + run.len();
    }
    out.push_str(&text[from..]);
    out
}

/// Letters as the characters whose pinyin they are, the longest syllable first.
fn spoken(letters: &str) -> Option<String> {
    let mut rest = letters;
    let mut out = String::new();
    while !rest.is_empty() {
        let longest = (1..=rest.len().min(6))
            .rev()
            .filter_map(|end| rest.get(..end).and_then(|part| SYLLABLES.get_key_value(part)))
            .next();
        let (part, c) = longest?;
        out.push(*c);
        rest = &rest[part.len()..];
    }
    Some(out)
}

/// The groups of consonants, vowels left out.
fn bones(words: &str) -> String {
    let mut out = String::new();
    for c in words.chars() {
        let group = match c {
            'b' | 'p' => 'p',
            'f' | 'v' => 'f',
            'c' | 'k' | 'q' | 'g' | 'x' => 'k',
            'd' | 't' => 't',
            's' | 'z' | 'j' => 's',
            'l' => 'l',
            'r' => 'r',
            'm' | 'n' => 'n',
            _ => continue,
        };
        if !out.ends_with(group) {
            out.push(group);
        }
    }
    out
}

/// The sign of each Chinese character's sound, without tone, near sounds alike.
static SIGNS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let sound = |c: char| c.to_pinyin().map(|pinyin| alike(pinyin.plain()));
    let all: BTreeSet<String> = HAN.filter_map(sound).collect();
    let all: Vec<String> = all.into_iter().collect();
    HAN.map(|c| match sound(c).and_then(|sound| all.binary_search(&sound).ok()) {
        Some(at) => u16::try_from(at + 1).unwrap_or(0),
        None => 0,
    })
    .collect()
});

/// A text or a pattern with every Chinese character replaced by the sign of its sound.
pub(super) fn signs_of_sound(text: &str) -> String {
    text.chars()
        .map(|c| {
            let sign = u32::from(c)
                .checked_sub(u32::from(*HAN.start()))
                .and_then(|at| SIGNS.get(at as usize))
                .copied()
                .unwrap_or(0);
            if sign == 0 { c } else { char::from_u32(FIRST + u32::from(sign)).unwrap_or(c) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_gets_the_same_signs() {
        assert_eq!(signs_of_sound("煤气泄漏"), signs_of_sound("没气谢楼"));
        assert_eq!(signs_of_sound("生病"), signs_of_sound("森宾"));
        assert_ne!(signs_of_sound("煤气"), signs_of_sound("面包"));
        assert_eq!(signs_of_sound("a."), "a.");
        assert_eq!(hear("家里进zei了").sounds, hear("家里进贼了").sounds);
        assert_eq!(hear("kid napped 孩").bones, hear("kidnapped 孩").bones);
    }

    #[test]
    fn english_loses_its_apostrophes_and_slips() {
        let heard = hear("he's not breathin, ther's smok");
        assert_eq!(heard.words, " hes not breathin thers smok ");
        assert_eq!(heard.mended, " hes not breathing thers smoke ");
    }
}
