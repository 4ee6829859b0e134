//! Entities: what a message names exactly — days and times, money, ages, numbers, telephone and
//! identity numbers, addresses — with its text and where it stands. Ends at what a text shows by
//! itself: which date "tomorrow" is takes a day to count from (`when`), places take a pack's names.

mod age;
mod contact;
mod digits;
mod money;
pub(crate) mod number;
mod taken;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub(crate) use taken::Taken;

use crate::{
    amount::Amount,
    place_names,
    when::{self, When},
};

/// Entities kept of one text; no question names more.
const MOST: usize = 50;

/// Something named exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the folded text, in bytes.
    pub span: Range<usize>,
    /// Its words, exactly as they stand there.
    pub text: String,
}

/// What an entity is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A day, a time of day, or both.
    When(When),
    /// A sum of money.
    Money {
        /// How much.
        amount: Amount,
        /// ISO 4217: three capital letters.
        currency: String,
    },
    /// An age in years.
    Age(u8),
    /// Any other number.
    Number(Amount),
    /// A telephone number.
    Telephone,
    /// A Chinese identity number whose check digit is right.
    Identity,
    /// Another paper's number: a passport's, or an identity number with a slip in it.
    Document,
    /// A company's code whose check digit is right.
    Business,
    /// The number of a bank card that checks.
    Card,
    /// An e-mail address.
    Email,
    /// A postal address, down to a house or a flat.
    Address,
    /// A place of the pack, by its ID.
    Place(String),
    /// A city or district, by its folded name.
    District(String),
}

impl Entity {
    /// An entity that stands there in a folded text.
    pub fn of(kind: Kind, span: Range<usize>, folded: &str) -> Entity {
        Entity { kind, text: folded[span.clone()].to_owned(), span }
    }

    /// Whether it tells who somebody is or how to reach them. A company's code and the numbers
    /// that everybody may call do not.
    pub fn is_personal(&self) -> bool {
        match self.kind {
            Kind::Identity | Kind::Document | Kind::Card | Kind::Email | Kind::Address => true,
            Kind::Telephone => {
                let digits = self.text.chars().filter(|c| !" -.".contains(*c)).count();
                let free = self.text.starts_with("400") || self.text.starts_with("800");
                digits > 7 && !(free && digits == 10)
            }
            _ => false,
        }
    }
}

/// The entities of a folded text, in order, none over another: the surer kind stands.
pub fn entities(folded: &str) -> Vec<Entity> {
    let mut taken = Taken::of(folded);
    let mut found: Vec<Entity> = Vec::new();
    let mut put = |some: &mut dyn Iterator<Item = Entity>| {
        found.extend(some.filter(|entity| taken.take(entity.span.clone())));
    };
    put(&mut reaching(folded).into_iter());
    put(&mut when::find(folded).into_iter());
    put(&mut money::find(folded));
    put(&mut age::find(folded));
    put(&mut districts(folded));
    put(&mut number::find(folded));
    found.sort_by_key(|entity| entity.span.start);
    found.truncate(MOST);
    found
}

/// Those by which somebody can be known or reached, the surer first; they may overlap.
pub(crate) fn reaching(folded: &str) -> Vec<Entity> {
    let mut found: Vec<_> = contact::find(folded).collect();
    found.splice(0..0, digits::find(folded));
    found
}

/// Puts what a pack names among the entities, in order. A pack's name outweighs any other reading.
pub fn insert(entities: &mut Vec<Entity>, named: impl IntoIterator<Item = Entity>) {
    for entity in named {
        entities.retain(|other| {
            other.span.end <= entity.span.start || entity.span.end <= other.span.start
        });
        entities.push(entity);
    }
    entities.sort_by_key(|entity| entity.span.start);
    entities.truncate(MOST);
}

fn districts(folded: &str) -> impl Iterator<Item = Entity> {
    place_names::cities(folded)
        .map(|span| Entity::of(Kind::District(folded[span.clone()].to_owned()), span, folded))
}
