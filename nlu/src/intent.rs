//! What a message wants of the assistant itself, when it is not a question about a service.
//! Whole messages are recognised, not words in them: "repeat" is a wish, "repeat prescription" a
//! question. What is found in them about services is everybody else's affair.

mod bare;
mod choosing;
mod correcting;
mod patterns;
mod slips;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// What a message wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// Something the city may know.
    Ask,
    /// A greeting and nothing else.
    Hello,
    /// Thanks.
    Thanks,
    /// A farewell.
    Goodbye,
    /// What can be asked here.
    Help,
    /// The last answer once more.
    Repeat,
    /// The last answer one piece at a time.
    Slower,
    /// The last answer in simpler words.
    Simpler,
    /// What comes next.
    GoOn,
    /// A moment's patience.
    Wait,
    /// What was spoken of before.
    Back,
    /// Agreement with what was asked or said last.
    Yes,
    /// The contrary.
    No,
    /// A human being.
    Person,
    /// Whether this is a machine.
    Robot,
    /// To complain about the service or those who give it.
    Complaint,
    /// Something else than what was understood; the understanding is of what was meant instead.
    Correction,
    /// The same, without saying what was meant.
    Wrong,
    /// An end to what is being said or asked.
    Stop,
    /// That what was said be deleted.
    Forget,
    /// One of the choices offered, counted from 0.
    Choose(usize),
    /// The last of them.
    ChooseLast,
    /// All of them.
    ChooseAll,
    /// None of them.
    Neither,
}

/// A message with so many clauses says more than wishes.
const MOST_CLAUSES: usize = 5;

static TABLE: LazyLock<Vec<(Intent, Regex)>> = LazyLock::new(|| {
    let whole = choosing::TABLE.iter().chain(patterns::WHOLE);
    let whole = whole.map(|(intent, pattern)| (*intent, format!("^(?:{pattern})$")));
    let within = patterns::WITHIN.iter().map(|(intent, pattern)| (*intent, (*pattern).to_owned()));
    let compile = |pattern: String| Regex::new(&pattern).expect("the pattern table is tested");
    whole.chain(within).map(|(intent, pattern)| (intent, compile(pattern))).collect()
});

/// What a folded message wants, [`Intent::Ask`] when it is nothing else; and the words that are
/// meant instead, where somebody corrects.
pub fn of(folded: &str) -> (Intent, Option<&str>) {
    let plain = bare::plain(folded);
    let core = bare::core(&plain);
    let found = known(&plain)
        .or_else(|| known(&core))
        .or_else(|| slips::mended(&core).and_then(|mended| known(&mended)));
    if let Some(intent) = found.or_else(|| of_clauses(folded)) {
        return (intent, None);
    }
    match correcting::meant_instead(folded) {
        Some(meant) => (Intent::Correction, Some(meant)),
        None => (Intent::Ask, None),
    }
}

/// The wish of a message whose every clause is known by itself: "hang on, let me find a pen". What
/// is only courtesy beside another wish gives way to it.
fn of_clauses(folded: &str) -> Option<Intent> {
    use Intent::{Choose, Goodbye, Hello, No, Thanks, Yes};
    let clauses = folded.split([',', '，', '。', '.', '!', '！', '?', '？', ';', '；', '、']);
    let clauses: Vec<String> =
        clauses.map(bare::plain).filter(|clause| !clause.is_empty()).take(MOST_CLAUSES).collect();
    let wish = |clause: &String| known(clause).or_else(|| known(&bare::core(clause)));
    let wishes: Vec<Intent> = clauses.iter().map(wish).collect::<Option<_>>()?;
    let courtesy = |intent: &&Intent| matches!(intent, Hello | Thanks | Yes | No | Goodbye);
    // "1, 2" names no single choice.
    let choices = wishes.iter().filter(|intent| matches!(intent, Choose(_))).count();
    if clauses.len() == MOST_CLAUSES || choices > 1 {
        return None;
    }
    wishes.iter().find(|intent| !courtesy(intent)).or(wishes.last()).copied()
}

fn known(text: &str) -> Option<Intent> {
    TABLE.iter().find(|(_, pattern)| pattern.is_match(text)).map(|(intent, _)| *intent)
}
