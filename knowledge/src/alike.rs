//! Near-equal texts: the same notice published twice, or copied with a word changed. They are shown
//! once. Told by letters alone, so cheap enough for every search; texts whose numbers differ are
//! never the same, since a fee or a year is just what somebody may ask for.

use std::{cell::OnceCell, iter::Peekable};

use nlu::script::is_han;

/// What is compared: what it is called, and what it says. Each is cut at most once, and the words
/// only when all else is alike, since nearly all texts are not.
#[derive(Debug)]
pub struct Said<'a> {
    called: Vec<u64>,
    text: &'a str,
    words: OnceCell<Vec<u64>>,
}

/// The share of all their words that two texts have in common from which they are one.
const TEXT: f32 = 0.9;
/// The same for what they are called: "for adults" and "for children" are two.
const CALLED: f32 = 0.8;
/// Texts are not compared word by word when one is this much shorter than the other.
const LENGTH: f32 = 0.9;

impl<'a> Said<'a> {
    /// A text with its title and heading.
    pub fn of(title: &str, heading: Option<&str>, text: &'a str) -> Said<'a> {
        // A heading is no part of a title: "Cost" under "Passport" is not "Passport cost".
        let heading = heading.map_or(vec![], words);
        let called = words(title).into_iter().chain(heading.iter().map(|word| word ^ 1)).collect();
        Said { called: sorted(called), text, words: OnceCell::new() }
    }

    /// Whether two texts are so alike that one of them suffices.
    pub fn is_near(&self, other: &Said<'_>) -> bool {
        let (a, b) = (self.text.len() as f32, other.text.len() as f32);
        a.min(b) >= LENGTH * a.max(b)
            && shared(&self.called, &other.called) >= CALLED
            && (self.text == other.text
                || (numbers(self.text).eq(numbers(other.text))
                    && shared(self.words(), other.words()) >= TEXT))
    }

    fn words(&self) -> &[u64] {
        self.words.get_or_init(|| sorted(words(self.text)))
    }
}

/// The share of words in common (Jaccard's) of two sorted lists.
fn shared(a: &[u64], b: &[u64]) -> f32 {
    let both = common(a.iter().peekable(), b.iter().peekable());
    let all = a.len() + b.len() - both;
    if all == 0 { 1.0 } else { both as f32 / all as f32 }
}

fn common<'a, I: Iterator<Item = &'a u64>>(mut a: Peekable<I>, mut b: Peekable<I>) -> usize {
    let mut both = 0;
    while let (Some(one), Some(other)) = (a.peek(), b.peek()) {
        let order = one.cmp(other);
        both += usize::from(order.is_eq());
        if order.is_le() {
            a.next();
        }
        if order.is_ge() {
            b.next();
        }
    }
    both
}

fn sorted(mut words: Vec<u64>) -> Vec<u64> {
    words.sort_unstable();
    words.dedup();
    words
}

/// Words in letters, and single and paired Chinese characters, as numbers (FNV-1a).
fn words(text: &str) -> Vec<u64> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let add = |hash: u64, c: char| (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3);
    let mut words = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut word = START;
        let mut before = None;
        for c in run.chars() {
            if is_han(c) {
                words.push(add(before.map_or(START, |before| add(START, before)), c));
                before = Some(c);
            } else {
                word = c.to_lowercase().fold(word, add);
            }
        }
        if word != START {
            words.push(word);
        }
    }
    words
}

/// The numbers of a text, in their order.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_numeric() && !"〇零一二两三四五六七八九十百千万".contains(c))
        .filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Said;

    fn heat(text: &str) -> Said<'_> {
        Said::of("Summer heat", None, text)
    }

    #[test]
    fn a_word_changed_is_the_same_and_a_number_changed_is_not() {
        let text = "It is hot from June to August. Drink enough, and stay in the shade at noon. \
                    Cool rooms are open at the library and at the service centre, every day of the \
                    week, until 21:00. Bring water for older neighbours and look after each other.";
        let changed = text.replace("older", "elderly");
        assert!(heat(text).is_near(&heat(&changed)));
        assert!(!heat(text).is_near(&heat(&text.replace("21:00", "20:00"))));
        assert!(!heat(text).is_near(&Said::of("Winter cold", None, text)));
        assert!(!heat(text).is_near(&Said::of("Summer heat", Some("Cost"), text)));
        assert!(!heat("Open daily.").is_near(&heat("Closed now.")));
        let zh = "高温天气请多喝水，中午不要出门。图书馆和服务中心每天开放纳凉点，开到晚上九点。";
        assert!(heat(zh).is_near(&heat(&format!("{zh}\n"))));
        assert!(!heat(zh).is_near(&heat(&zh.replace('九', "八"))));
    }

    proptest! {
        #[test]
        fn any_text_equals_itself_and_order_does_not_matter(a in any::<String>(), b in any::<String>()) {
            prop_assert!(heat(&a).is_near(&heat(&a)));
            prop_assert_eq!(heat(&a).is_near(&heat(&b)), heat(&b).is_near(&heat(&a)));
        }
    }
}
