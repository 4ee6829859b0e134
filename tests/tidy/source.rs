//! Every Rust file: at most 500 lines, introduced by `//!`, nothing left for later.

/// Longer files hold more than one subject.
const LINES: usize = 500;

/// Marks of unfinished work, in two halves so that this file does not hold them.
const LATER: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("#[ig", "nore"),
];

/// What is wrong with one file.
pub fn check(path: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let lines = text.lines().count();
    if lines > LINES {
        findings.push(format!(
            "{path} has {lines} lines; {LINES} are the most. Split it by subject (never into \"utils\")."
        ));
    }
    if !text.starts_with("//! ") {
        findings.push(format!(
            "{path} does not open with `//!`. Say what it is for and where its job ends."
        ));
    }
    for (number, line) in text.lines().enumerate() {
        if let Some(mark) = LATER.iter().find(|mark| line.contains(*mark)) {
            findings.push(format!(
                "{path}:{}: `{mark}`. Finish it, take it out, or say in docs what is not there yet.",
                number + 1
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_file_passes() {
        assert!(check("a.rs", "//! A.\n\nfn a() {}\n").is_empty());
    }

    #[test]
    fn a_long_a_nameless_and_an_unfinished_file_are_found() {
        let long = format!("//! A.\n{}", "\n".repeat(LINES));
        assert!(check("a.rs", &long)[0].contains("501 lines"));
        assert!(check("a.rs", "fn a() {}\n")[0].contains("does not open"));
        for mark in LATER {
            assert!(check("a.rs", &format!("//! A.\n{mark}\n"))[0].starts_with("a.rs:2:"));
        }
    }
}
