//! A row of digits however it was said or written: "one one nine", "幺幺九", "double two", "1, 1, 9".

/// Words that people put before a number that they were asked for.
const BEFORE: [&str; 22] = [
    "it's",
    "its",
    "it",
    "is",
    "my",
    "the",
    "number",
    "code",
    "uh",
    "um",
    "er",
    "yes",
    "ok",
    "okay",
    "and",
    "that's",
    "phone",
    "card",
    "telephone",
    "reference",
    "sure",
    "here",
];

/// The same in Chinese.
const BEFORE_ZH: [&str; 14] = [
    "我的",
    "号码",
    "电话",
    "手机号",
    "手机",
    "身份证",
    "证件",
    "编号",
    "是",
    "号",
    "嗯",
    "呃",
    "那个",
    "就",
];

/// Words that a digit may follow in one number.
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The digits of a text that is a row of digits and nothing else; none if it is anything else.
pub fn read(text: &str) -> Option<String> {
    let folded = nlu::normal::fold(text);
    let mut rest = folded.as_str();
    while let Some(shorter) = BEFORE_ZH.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter.trim_start_matches([' ', ',', ':']);
    }
    let mut digits = String::new();
    let mut times = 1;
    let mut after_tens = false;
    for word in words(rest) {
        if digits.is_empty() && times == 1 && BEFORE.contains(&word.as_str()) {
            continue;
        }
        match (word.as_str(), value(&word)) {
            ("double", _) => times = 2,
            ("triple" | "treble", _) => times = 3,
            (_, Some(value)) => {
                for _ in 0..std::mem::replace(&mut times, 1) {
                    join(&mut digits, &value, std::mem::take(&mut after_tens));
                }
                after_tens = TENS.contains(&word.as_str());
            }
            _ => return None,
        }
    }
    (!digits.is_empty() && times == 1).then_some(digits)
}

/// Words, figures one group each, Chinese characters one by one; without what stands between.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let inside = c.is_alphanumeric() || c == '\'';
        if !inside {
            open = false;
        } else if nlu::script::is_han(c) || c == '〇' {
            words.push(c.to_string());
            open = false;
        } else if let (true, Some(word)) = (open, words.last_mut()) {
            word.push(c);
        } else {
            words.push(c.to_string());
            open = true;
        }
    }
    words
}

/// What a word says.
fn value(word: &str) -> Option<String> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(word.to_owned());
    }
    if let Some(at) = UNITS.iter().position(|unit| *unit == word) {
        return Some(at.to_string());
    }
    if let Some(at) = TENS.iter().position(|tens| *tens == word) {
        return Some(((at + 2) * 10).to_string());
    }
    let digit = match word {
        "oh" | "o" | "nought" | "naught" | "零" | "〇" | "洞" => "0",
        "幺" | "一" | "妖" | "腰" => "1",
        "二" | "两" => "2",
        "三" => "3",
        "四" => "4",
        "五" => "5",
        "六" => "6",
        "七" | "拐" => "7",
        "八" => "8",
        "九" => "9",
        "hundred" => "00",
        "thousand" => "000",
        _ => return None,
    };
    Some(digit.to_owned())
}

/// Adds a value; a digit after "twenty" takes the place of its nought.
fn join(digits: &mut String, value: &str, after_tens: bool) {
    if after_tens && value.len() == 1 && value != "0" {
        digits.pop();
    }
    digits.push_str(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_are_read_however_they_are_said() {
        for (text, digits) in [
            ("one one nine", "119"),
            ("幺幺九", "119"),
            ("1, 1, 9.", "119"),
            ("双二", ""),
            ("Double two five, oh one seven", "225017"),
            ("My number is 9455 12.", "945512"),
            ("号码是幺三八零零一三八零零零", "13800138000"),
            ("我的手机号是138 0013 8000", "13800138000"),
            ("nineteen eighty-four", "1984"),
            ("eight hundred", "800"),
        ] {
            assert_eq!(read(text), Some(digits.to_owned()).filter(|d| !d.is_empty()), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_digits() {
        for text in ["", "I don't know", "人工", "two cards", "double", "一个", "the number"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_digits(text in ".{0,40}") {
            if let Some(digits) = read(&text) {
                prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
            }
        }
    }
}
