//! Signs of danger in a text, counted: what is happening, to whom, now; and what speaks against it:
//! a question about papers, fees or hours, a time long past, a figure of speech. Chinese signs are
//! looked for twice, in the characters and in their sounds. The tables are `chinese` and `english`.

mod chinese;
mod english;

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::{
    Kind,
    layer::Judgement,
    sound::{self, Heard},
};

const KINDS: usize = Kind::ALL.len();

/// What one language's tables hold. A kind has two patterns: what alone tells of it, and what tells
/// of it only in company.
struct Table {
    clear: [&'static str; KINDS],
    hint: [&'static str; KINDS],
    /// It happens now, or help is called for.
    now: &'static str,
    /// Papers, fees, hours, places, rules, courses, stories: a question, not a cry.
    asked: &'static str,
    /// It is long over.
    past: &'static str,
    /// Phrases taken out before anything is looked for.
    harmless: &'static str,
}

struct Compiled {
    clear: Vec<Regex>,
    hint: Vec<Regex>,
    now: Regex,
    asked: Regex,
    past: Regex,
    harmless: Regex,
}

impl Table {
    fn compile(&self, form: impl Fn(&str) -> String) -> Compiled {
        let regex = |text: &str| {
            RegexBuilder::new(&form(text))
                .size_limit(64 << 20)
                .build()
                .expect("the tables of signs are tested")
        };
        Compiled {
            clear: self.clear.iter().map(|text| regex(text)).collect(),
            hint: self.hint.iter().map(|text| regex(text)).collect(),
            now: regex(self.now),
            asked: regex(self.asked),
            past: regex(self.past),
            harmless: regex(self.harmless),
        }
    }
}

static WRITTEN: LazyLock<Compiled> = LazyLock::new(|| chinese::TABLE.compile(str::to_owned));
static SOUNDS: LazyLock<Compiled> = LazyLock::new(|| chinese::TABLE.compile(sound::signs_of_sound));
static WORDS: LazyLock<Compiled> = LazyLock::new(|| english::TABLE.compile(ascii));

/// English words are ASCII: without Unicode's tables a pattern is a fifth in size and twice as fast.
fn ascii(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[a-z0-9]")
}

/// How clear a sign is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Nothing of the kind.
    #[default]
    None,
    /// Something that tells of it only in company, and only by its sound.
    HintBySound,
    /// Something that tells of it only in company.
    Hint,
    /// Something that alone tells of it, but only by its sound.
    ClearBySound,
    /// Something that alone tells of it.
    Clear,
}

/// Signs found in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Signs {
    /// By kind, in the order of [`Kind::ALL`].
    pub kinds: [Sign; KINDS],
    /// Whether it happens now, or help is called for.
    pub now: bool,
    /// Whether a question about papers, fees, hours or rules is asked.
    pub asked: bool,
    /// Whether it is told as long past.
    pub past: bool,
    /// Whether a figure of speech was taken out.
    pub harmless: bool,
}

/// Counts the signs in a heard text.
pub(super) fn count(heard: &Heard) -> Signs {
    let mut signs = Signs::default();
    if heard.chinese {
        look(&WRITTEN, &heard.written, [Sign::Hint, Sign::Clear], &mut signs);
        look(&SOUNDS, &heard.sounds, [Sign::HintBySound, Sign::ClearBySound], &mut signs);
    }
    if heard.words.len() > 1 {
        look(&WORDS, &heard.mended, [Sign::Hint, Sign::Clear], &mut signs);
    }
    signs
}

fn look(table: &Compiled, text: &str, [hint, clear]: [Sign; 2], signs: &mut Signs) {
    let sure = clear == Sign::Clear;
    let left = table.harmless.replace_all(text, " ");
    signs.harmless |= sure && left.len() != text.len();
    for (at, found) in signs.kinds.iter_mut().enumerate() {
        let sign = if table.clear[at].is_match(&left) {
            clear
        } else if table.hint[at].is_match(&left) {
            hint
        } else {
            Sign::None
        };
        *found = sign.max(*found);
    }
    signs.now |= table.now.is_match(&left);
    // What speaks against danger must be written: sounds alone excuse nothing.
    signs.asked |= sure && table.asked.is_match(&left);
    signs.past |= sure && table.past.is_match(&left);
}

impl Signs {
    /// Whether anything tells of danger that is more than a likeness of sound.
    pub(super) fn told(&self) -> bool {
        self.now || self.strongest() >= Sign::Hint
    }

    /// The strongest sign of any kind.
    pub fn strongest(&self) -> Sign {
        self.kinds.iter().copied().max().unwrap_or_default()
    }

    /// The likeliest kind, by the signs and by those who judge beside them. Of equals the first counts.
    pub(super) fn kind(&self, judges: &[Judgement]) -> Kind {
        let mut best = (f32::MIN, Kind::Medical);
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            let share: f32 = judges.iter().map(|judge| judge.kinds[at]).sum();
            let weight =
                f32::from(self.kinds[at] as u8) / 2.0 + TAUGHT * share / judges.len().max(1) as f32;
            if weight > best.0 {
                best = (weight, kind);
            }
        }
        best.1
    }
}

/// How much what was learned counts in telling the kind.
const TAUGHT: f32 = 4.0;
