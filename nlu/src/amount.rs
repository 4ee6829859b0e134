//! A number that must be exact: whole hundredths, never a float.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Hundredths of a unit: 25.50 is 2550. Never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(i64);

impl Amount {
    /// An amount of whole units.
    pub fn whole(units: u32) -> Self {
        Self(i64::from(units) * 100)
    }

    /// An amount of hundredths; nothing if that is more than can be counted.
    pub fn of_hundredths(hundredths: u64) -> Option<Self> {
        i64::try_from(hundredths).ok().map(Self)
    }

    /// All of it in hundredths.
    pub fn all_hundredths(self) -> u64 {
        u64::try_from(self.0).unwrap_or(0)
    }

    /// The whole units.
    pub fn units(self) -> u64 {
        u64::try_from(self.0 / 100).unwrap_or(0)
    }

    /// What is left over, in hundredths: 0 to 99.
    pub fn hundredths(self) -> u64 {
        u64::try_from(self.0 % 100).unwrap_or(0)
    }

    /// Whether nothing is left over.
    pub fn is_whole(self) -> bool {
        self.hundredths() == 0
    }

    /// Whether it is nothing at all.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// With a comma between thousands, as English writes it.
    pub fn grouped(self) -> String {
        let text = self.to_string();
        let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let mut out = String::new();
        for (at, c) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        out + rest
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hundredths() {
            0 => write!(f, "{}", self.units()),
            rest if rest % 10 == 0 => write!(f, "{}.{}", self.units(), rest / 10),
            rest => write!(f, "{}.{rest:02}", self.units()),
        }
    }
}

/// Why a number could not be taken.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a number with at most two decimals")]
pub struct NotAnAmount;

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(rest) || rest.len() > 2 || whole.len() > 15 {
            return Err(NotAnAmount);
        }
        let hundredths: i64 = format!("{rest:0<2}").parse().map_err(|_| NotAnAmount)?;
        let units: i64 = whole.parse().map_err(|_| NotAnAmount)?;
        Ok(Self(units * 100 + hundredths))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_they_were_read() {
        for (input, expected) in [("25", "25"), ("25.50", "25.5"), ("0.05", "0.05"), ("007", "7")] {
            assert_eq!(input.parse::<Amount>().map(|a| a.to_string()), Ok(expected.to_owned()));
        }
        for bad in ["", "-1", "1.234", "1.", ".5", "1e3", "９", "1,000", "9999999999999999"] {
            assert_eq!(bad.parse::<Amount>(), Err(NotAnAmount), "{bad}");
        }
        assert_eq!(Amount::whole(280_000).grouped(), "280,000");
        assert_eq!(Amount::whole(100).grouped(), "100");
    }
}
