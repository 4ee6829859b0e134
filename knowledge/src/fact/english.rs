//! English number words, as they are said: "two hundred and five", "the thirty-first".
//! Ends at the words: which unit follows is decided in `fact`.

const SMALL: [&str; 20] = [
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
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const GROUPS: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

/// A whole number in words.
pub fn cardinal(number: u64) -> String {
    let mut words = Vec::new();
    let mut rest = number;
    for (size, name) in GROUPS {
        if rest >= size {
            words.push(format!("{} {name}", below_thousand(rest / size)));
            rest %= size;
        }
    }
    if words.is_empty() {
        return below_thousand(rest);
    }
    match rest {
        0 => {}
        1..=99 => words.push(format!("and {}", below_thousand(rest))),
        _ => words.push(below_thousand(rest)),
    }
    words.join(" ")
}

fn below_thousand(number: u64) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    match (hundreds, rest) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", below_hundred(hundreds)),
        (hundreds, rest) => {
            format!("{} hundred and {}", below_hundred(hundreds), below_hundred(rest))
        }
    }
}

fn below_hundred(number: u64) -> String {
    let small = |n: u64| SMALL[usize::try_from(n % 20).unwrap_or(0)];
    if number < 20 {
        return small(number).to_owned();
    }
    let tens = TENS[usize::try_from(number / 10 % 10).unwrap_or(0)];
    match number % 10 {
        0 => tens.to_owned(),
        ones => format!("{tens}-{}", small(ones)),
    }
}

/// A place in a row in words: "first", "thirty-first".
pub fn ordinal(number: u64) -> String {
    let words = cardinal(number);
    let cut = words.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (head, last) = words.split_at(cut);
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => match other.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{other}th"),
        },
    };
    format!("{head}{last}")
}

/// A year as it is said: "twenty twenty-six", "nineteen oh five", "two thousand and five".
pub fn year(year: u64) -> String {
    let (century, rest) = (year / 100, year % 100);
    match (century, rest) {
        (10..=99, 0) if century.is_multiple_of(10) => cardinal(year),
        (10..=99, 0) => format!("{} hundred", below_hundred(century)),
        (20, 1..=9) => cardinal(year),
        (10..=99, 1..=9) => format!("{} oh {}", below_hundred(century), below_hundred(rest)),
        (10..=99, _) => format!("{} {}", below_hundred(century), below_hundred(rest)),
        _ => cardinal(year),
    }
}

/// Digits one by one.
pub fn digit(digit: u32) -> &'static str {
    SMALL[usize::try_from(digit % 10).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: String, expected: &str) {
        assert_eq!(said, expected);
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        check(cardinal(0), "zero");
        check(cardinal(15), "fifteen");
        check(cardinal(21), "twenty-one");
        check(cardinal(105), "one hundred and five");
        check(cardinal(1_380), "one thousand three hundred and eighty");
        check(cardinal(280_000), "two hundred and eighty thousand");
        check(cardinal(1_000_001), "one million and one");
        check(cardinal(2_000_000_300), "two billion three hundred");
        check(
            cardinal(u64::MAX).split(' ').next().map(str::to_owned).unwrap_or_default(),
            "eighteen",
        );
    }

    #[test]
    fn places_in_a_row_end_rightly() {
        check(ordinal(1), "first");
        check(ordinal(12), "twelfth");
        check(ordinal(20), "twentieth");
        check(ordinal(22), "twenty-second");
        check(ordinal(31), "thirty-first");
        check(ordinal(100), "one hundredth");
    }

    #[test]
    fn years_are_said_in_pairs() {
        check(year(2026), "twenty twenty-six");
        check(year(2000), "two thousand");
        check(year(2005), "two thousand and five");
        check(year(1900), "nineteen hundred");
        check(year(1905), "nineteen oh five");
        check(year(1999), "nineteen ninety-nine");
        check(year(2110), "twenty-one ten");
    }
}
