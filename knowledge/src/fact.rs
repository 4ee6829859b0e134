//! What must be exact: a fee, a deadline, a list of papers. Written once, said in every language
//! and by every mouth. Ends at a fact's own words; `render` puts them into sentences.

pub mod chinese;
pub mod english;
mod said;
mod telephone;
mod written;

use jiff::civil::Date;
use nlu::LanguageIdentifier;

pub use nlu::amount::{self, Amount};
pub use telephone::spell_telephone;

use crate::pack::{Pack, Text, Validity};

/// A fact of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it says.
    pub value: Value,
    /// When it holds.
    pub valid: Validity,
    /// The line of the service's `.toml` on which it stands, from 1.
    pub line: u32,
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A sum of money. Nothing is said as "free".
    Money {
        /// How much.
        amount: Amount,
        /// ISO 4217: three capital letters.
        currency: String,
    },
    /// A length of time.
    Span {
        /// How many.
        amount: u32,
        /// Of what.
        unit: Unit,
    },
    /// An age in full years.
    Age(u32),
    /// Parts of a hundred.
    Percent(Amount),
    /// A plain number.
    Number(Amount),
    /// A day.
    Date(Date),
    /// A telephone number as people write it.
    Telephone(String),
    /// Anything else, in words.
    Text(Text),
    /// Papers to bring: keys of `Pack::documents`.
    Documents(Vec<String>),
}

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Calendar days.
    Days,
    /// Days on which offices work.
    WorkingDays,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Unit {
    /// All units with the key that a pack writes.
    pub const ALL: [(&'static str, Unit); 7] = [
        ("minutes", Unit::Minutes),
        ("hours", Unit::Hours),
        ("days", Unit::Days),
        ("working_days", Unit::WorkingDays),
        ("weeks", Unit::Weeks),
        ("months", Unit::Months),
        ("years", Unit::Years),
    ];
}

/// Who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouth {
    /// A web page: links are kept by the page itself, text is plain.
    Page,
    /// A message without markup, as in a messenger.
    Message,
    /// A voice: numbers in words, nothing that cannot be spoken.
    Speech,
}

/// The languages whose number words and units are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Chinese.
    Chinese,
    /// English.
    English,
    /// Any other: numerals and English units.
    Other,
}

impl Tongue {
    /// The tongue of a language tag.
    pub fn of(language: &LanguageIdentifier) -> Self {
        match language.language.as_str() {
            "zh" | "cmn" | "yue" | "wuu" => Self::Chinese,
            "en" => Self::English,
            _ => Self::Other,
        }
    }
}

impl Fact {
    /// The fact in words. A list of papers is joined into one phrase; see [`Fact::lines`].
    pub fn say(&self, pack: &Pack, language: &LanguageIdentifier, mouth: Mouth) -> String {
        self.value.say(pack, language, mouth)
    }

    /// One line a paper, if this is a list of papers.
    pub fn lines(&self, pack: &Pack, language: &LanguageIdentifier) -> Option<Vec<String>> {
        self.value.lines(pack, language)
    }
}

impl Value {
    /// The value in words.
    pub fn say(&self, pack: &Pack, language: &LanguageIdentifier, mouth: Mouth) -> String {
        let tongue = Tongue::of(language);
        match (self, mouth, tongue) {
            (Value::Text(text), ..) => pack.say(text, language).to_owned(),
            (Value::Documents(_), ..) => {
                join(&self.lines(pack, language).unwrap_or_default(), tongue)
            }
            (_, Mouth::Speech, Tongue::Chinese) => said::chinese(self),
            (_, Mouth::Speech, Tongue::English) => said::english(self),
            (_, _, Tongue::Chinese) => written::chinese(self),
            (..) => written::english(self),
        }
    }

    /// One line a paper, if this is a list of papers.
    pub fn lines(&self, pack: &Pack, language: &LanguageIdentifier) -> Option<Vec<String>> {
        let Value::Documents(ids) = self else { return None };
        let name = |id: &String| {
            pack.documents.get(id).map_or_else(|| id.clone(), |n| pack.say(n, language).to_owned())
        };
        Some(ids.iter().map(name).collect())
    }
}

/// Things in a row: "a, b and c"; 甲、乙、丙.
pub fn join<S: AsRef<str>>(items: &[S], tongue: Tongue) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    if tongue == Tongue::Chinese {
        return items.join("、");
    }
    match (tongue, items.as_slice()) {
        (Tongue::English, [first, second]) => format!("{first} and {second}"),
        (Tongue::English, [rest @ .., last]) if !rest.is_empty() => {
            format!("{}, and {last}", rest.join(", "))
        }
        _ => items.join(", "),
    }
}

/// A sum of money in words, as a voice says it; the currency by its ISO 4217 code.
pub fn say_money(amount: Amount, currency: &str, tongue: Tongue) -> String {
    match tongue {
        Tongue::Chinese if amount.is_zero() => {
            format!("零{}", written::chinese_currency(currency))
        }
        Tongue::Chinese => said::chinese_money(amount, currency),
        Tongue::English | Tongue::Other => said::english_money(amount, currency),
    }
}

/// A day in words, as a voice says it.
pub fn say_date(date: Date, tongue: Tongue) -> String {
    match tongue {
        Tongue::Chinese => said::chinese_date(date),
        Tongue::English | Tongue::Other => said::english_date(date),
    }
}

#[cfg(test)]
mod tests;
