//! Mandarin in phonemes: words, the readings of their characters, tones in their company, sounds.
//! Ends at a run of Chinese characters; what stands between runs is the sentence's affair.
//!
//! The model was taught with International Phonetic Alphabet from pinyin, a blank between words,
//! and an arrow after the vowel for the tone.

mod readings;
mod sounds;
mod tones;
mod words;

/// A character's sound: a syllable without its tone, and the tone, 5 where it is light.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Syllable {
    base: String,
    tone: u8,
}

impl Syllable {
    /// From pinyin with the tone's number last; without a number it is light.
    fn parse(pinyin: &str) -> Self {
        let base = pinyin.trim_end_matches(|c: char| c.is_ascii_digit());
        let tone = pinyin[base.len()..].parse().ok().filter(|tone| (1..=5).contains(tone));
        Self { base: base.to_owned(), tone: tone.unwrap_or(5) }
    }
}

/// The phonemes of a run of Chinese characters.
pub(super) fn phonemes(run: &str) -> String {
    let mut words = readings::of(&run.replace('〇', "零"));
    tones::settle(&mut words);
    say(&words)
}

fn say(words: &[Vec<(char, Syllable)>]) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        for (_, syllable) in word {
            sounds::say(syllable, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests;
