//! Errors as ears and fingers make them, put into questions, so that what they cost can be measured.
//! The same seed makes the same errors.
//!
//! Chinese, by character: `homophone` puts another character of the same sound; `harder` does so
//! in 40 of 100 errors, puts one of a near sound (n/ng, z/zh, l/n, h/f) in 30, leaves the
//! character out in 15 and puts any other in 15. `english`, by word: half are slips of the fingers
//! (two letters swapped, one left out, doubled, or the key beside it), a quarter is spelling by ear
//! (ph/f, c/k, ei/ie, a double letter single, a silent e gone), a quarter is hearing (the gap to
//! the next word lost, a vowel for another, the ending gone).

use std::{collections::BTreeMap, fs, path::Path, str::FromStr};

use anyhow::{Context, bail};
use nlu::{script::is_han, sounds::pinyin};

/// A kind of errors, and the share of characters or words that have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    kind: Kind,
    share: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Homophone,
    Harder,
    English,
}

impl FromStr for Noise {
    type Err = String;

    fn from_str(text: &str) -> Result<Noise, String> {
        let wrong =
            || format!("{text} is no KIND:SHARE, e.g. homophone:0.2, harder:0.2, english:0.2");
        let (kind, share) = text.split_once(':').ok_or_else(wrong)?;
        let kind = match kind {
            "homophone" => Kind::Homophone,
            "harder" => Kind::Harder,
            "english" => Kind::English,
            _ => return Err(wrong()),
        };
        let share: f64 = share.parse().map_err(|_| wrong())?;
        if (0.0..=1.0).contains(&share) { Ok(Noise { kind, share }) } else { Err(wrong()) }
    }
}

impl Noise {
    /// Fails if the table has not what this kind needs.
    pub fn needs(self, table: &Table) -> anyhow::Result<()> {
        if self.kind != Kind::English && table.alike.is_empty() {
            bail!("Chinese errors need homophones; name a file of them with --table");
        }
        Ok(())
    }

    /// The text with errors.
    pub fn spoil(self, text: &str, table: &Table, dice: &mut Dice) -> String {
        if self.kind == Kind::English {
            return self.misspell(text, dice);
        }
        let mut out = String::new();
        for c in text.chars() {
            if !is_han(c) || dice.share() >= self.share {
                out.push(c);
                continue;
            }
            match (self.kind, dice.share()) {
                (Kind::Harder, 0.4..0.7) => out.push(table.near(c, dice)),
                (Kind::Harder, 0.7..0.85) => {}
                (Kind::Harder, 0.85..) => out.push(table.any(dice).unwrap_or(c)),
                _ => out.push(table.homophone(c, dice)),
            }
        }
        out
    }

    fn misspell(self, text: &str, dice: &mut Dice) -> String {
        let mut out = String::new();
        for word in text.split_inclusive(' ') {
            let letters = word.chars().filter(char::is_ascii_alphabetic).count();
            if letters < 3 || dice.share() >= self.share {
                out.push_str(word);
                continue;
            }
            let spoilt = match dice.below(4) {
                0 | 1 => slip(word, dice),
                2 => by_ear(word, dice),
                _ => misheard(word, dice),
            };
            out.push_str(&spoilt);
        }
        out
    }
}

/// Keys that lie side by side.
const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// Spellings of one sound.
const BY_EAR: [(&str, &str); 12] = [
    ("ph", "f"),
    ("tion", "shun"),
    ("ck", "k"),
    ("ei", "ie"),
    ("ie", "ei"),
    ("c", "k"),
    ("s", "z"),
    ("ll", "l"),
    ("ss", "s"),
    ("ee", "ea"),
    ("ou", "u"),
    ("e ", " "),
];
const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// A slip of the fingers.
fn slip(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let places: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_alphabetic()).collect();
    let Some(at) = dice.one_of(&places[1..]).copied() else { return word.to_owned() };
    match dice.below(4) {
        0 => letters.swap(at - 1, at),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = beside(letters[at], dice),
    }
    letters.into_iter().collect()
}

fn beside(letter: char, dice: &mut Dice) -> char {
    let row = KEYS.iter().find(|row| row.contains(letter.to_ascii_lowercase()));
    let Some(row) = row.map(|row| row.as_bytes()) else { return letter };
    let at =
        row.iter().position(|key| char::from(*key) == letter.to_ascii_lowercase()).unwrap_or(0);
    let next = if at == 0 || (dice.below(2) == 0 && at + 1 < row.len()) { at + 1 } else { at - 1 };
    char::from(row[next])
}

/// Spelt as it sounds; a slip where every sound has one spelling.
fn by_ear(word: &str, dice: &mut Dice) -> String {
    let lower = word.to_lowercase();
    let fits: Vec<_> = BY_EAR.iter().filter(|(from, _)| lower.contains(from)).collect();
    match dice.one_of(&fits) {
        Some((from, to)) => lower.replacen(from, to, 1),
        None => slip(word, dice),
    }
}

/// Heard as something else.
fn misheard(word: &str, dice: &mut Dice) -> String {
    let bare = word.trim_end();
    match dice.below(3) {
        0 => bare.to_owned(),
        1 => {
            let mut letters: Vec<char> = word.chars().collect();
            let places: Vec<usize> =
                (0..letters.len()).filter(|at| VOWELS.contains(&letters[*at])).collect();
            if let Some(at) = dice.one_of(&places) {
                letters[*at] = *dice.one_of(&VOWELS).unwrap_or(&'e');
            }
            letters.into_iter().collect()
        }
        _ => {
            let ending = ["ing", "ed", "es", "s", "t", "d", "er", "ly", "e"];
            let ending = ending.iter().find(|ending| bare.ends_with(*ending));
            let kept = ending.map_or(bare, |ending| &bare[..bare.len() - ending.len()]);
            format!("{kept}{}", &word[bare.len()..])
        }
    }
}

/// Characters that sound alike.
#[derive(Debug, Default)]
pub struct Table {
    alike: BTreeMap<char, Vec<char>>,
    by_sound: BTreeMap<&'static str, Vec<char>>,
}

impl Table {
    /// Reads a table of homophones: a character, a tab, and what sounds like it, in any columns.
    pub fn read(path: &Path) -> anyhow::Result<Table> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let mut table = Table::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut letters = line.chars().filter(|c| is_han(*c));
            let Some(c) = letters.next() else { continue };
            let alike: Vec<char> = letters.collect();
            if !alike.is_empty() {
                table.alike.insert(c, alike);
                for sound in pinyin(&c.to_string()) {
                    table.by_sound.entry(sound).or_default().push(c);
                }
            }
        }
        Ok(table)
    }

    fn homophone(&self, c: char, dice: &mut Dice) -> char {
        self.alike.get(&c).and_then(|alike| dice.one_of(alike)).copied().unwrap_or(c)
    }

    /// A character of a near sound, or of the same one where no sound is near.
    fn near(&self, c: char, dice: &mut Dice) -> char {
        let near = pinyin(&c.to_string()).first().map(|sound| near(sound)).unwrap_or_default();
        let known: Vec<&Vec<char>> =
            near.iter().filter_map(|sound| self.by_sound.get(sound.as_str())).collect();
        let other = dice.one_of(&known).and_then(|alike| dice.one_of(alike)).copied();
        other.unwrap_or_else(|| self.homophone(c, dice))
    }

    fn any(&self, dice: &mut Dice) -> Option<char> {
        let place = dice.below(self.alike.len() as u64) as usize;
        self.alike.keys().nth(place).copied()
    }
}

/// The sounds near a syllable: one confusion each.
fn near(sound: &str) -> Vec<String> {
    let pairs = [("zh", "z"), ("ch", "c"), ("sh", "s")];
    let mut near: Vec<String> = match pairs.iter().find(|(long, _)| sound.starts_with(long)) {
        Some((long, short)) => vec![sound.replacen(long, short, 1)],
        None => pairs
            .iter()
            .chain(&[("n", "l"), ("l", "n"), ("h", "f"), ("f", "h")])
            .filter(|(_, short)| sound.starts_with(short))
            .map(|(long, short)| sound.replacen(short, long, 1))
            .collect(),
    };
    near.extend(match sound.strip_suffix("ng") {
        Some(open) => Some(format!("{open}n")),
        None => sound.strip_suffix('n').map(|open| format!("{open}ng")),
    });
    near
}

/// Numbers that only look random (Steele et al., "Fast splittable pseudorandom number generators",
/// 2014): a measurement is repeated exactly.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same for the same seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below another; 0 below 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll().checked_rem(end).unwrap_or(0)
    }

    /// A number from 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of these, if there are any.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len() as u64) as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Dice, Noise, Table, near};

    fn spoil(noise: &str, text: &str, seed: u64) -> String {
        let noise: Noise = noise.parse().expect("a noise");
        noise.spoil(text, &Table::default(), &mut Dice::new(seed))
    }

    #[test]
    fn the_same_seed_makes_the_same_errors() {
        let text = "How much is the registration of a photograph?";
        assert_eq!(spoil("english:0.5", text, 7), spoil("english:0.5", text, 7));
        assert_ne!(spoil("english:1", text, 7), text);
        assert_eq!(spoil("english:0", text, 7), text);
    }

    #[test]
    fn near_sounds_are_one_confusion_away() {
        assert_eq!(near("zhang"), ["zang", "zhan"]);
        assert_eq!(near("lin"), ["nin", "ling"]);
        assert_eq!(near("hu"), ["fu"]);
    }

    #[test]
    fn what_is_no_noise_is_refused() {
        for text in ["harder", "harder:2", "loud:0.1", "english:NaN"] {
            assert!(text.parse::<Noise>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_spoilt(text in "\\PC{0,40}|[a-z ]{0,60}", seed in 0u64..1000) {
            for noise in ["english:1", "homophone:1", "harder:1"] {
                let _ = spoil(noise, &text, seed);
            }
        }
    }
}
