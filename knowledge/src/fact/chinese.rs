//! Chinese number words, as they are said: 一百零二, 两万, 二〇二六年.
//! Ends at the words: which unit follows is decided in `fact`.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const PLACES: [&str; 4] = ["", "十", "百", "千"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// A whole number in words. A leading 2 before 千, 万 and 亿 is 两.
pub fn cardinal(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = number;
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut words = String::new();
    let mut gap = false;
    for (power, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            gap = true;
            continue;
        }
        if !words.is_empty() && (gap || group < 1_000) {
            words.push('零');
        }
        gap = false;
        if group == 2 && power > 0 && words.is_empty() {
            words.push('两');
        } else {
            words.push_str(&below_ten_thousand(group, words.is_empty()));
        }
        words.push_str(GROUPS.get(power).copied().unwrap_or_default());
    }
    words
}

fn below_ten_thousand(number: u64, leading: bool) -> String {
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4_u32).rev() {
        let value = number / 10_u64.pow(place) % 10;
        if value == 0 {
            gap = !words.is_empty();
            continue;
        }
        if gap {
            words.push('零');
            gap = false;
        }
        let bare_ten = place == 1 && value == 1 && words.is_empty() && leading;
        if place == 3 && value == 2 && leading {
            words.push('两');
        } else if !bare_ten {
            words.push(digit(value));
        }
        words.push_str(PLACES[usize::try_from(place).unwrap_or(0)]);
    }
    words
}

/// A whole number before a measure word: 2 is 两.
pub fn counting(number: u64) -> String {
    if number == 2 { "两".to_owned() } else { cardinal(number) }
}

/// A digit by itself.
pub fn digit(value: u64) -> char {
    DIGITS[usize::try_from(value % 10).unwrap_or(0)]
}

/// A year digit by digit, zero as 〇.
pub fn year(year: u64) -> String {
    year.to_string()
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(0) | None => '〇',
            Some(value) => digit(u64::from(value)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: String, expected: &str) {
        assert_eq!(said, expected);
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        check(cardinal(0), "零");
        check(cardinal(10), "十");
        check(cardinal(15), "十五");
        check(cardinal(20), "二十");
        check(cardinal(102), "一百零二");
        check(cardinal(110), "一百一十");
        check(cardinal(200), "二百");
        check(cardinal(1_380), "一千三百八十");
        check(cardinal(2_000), "两千");
        check(cardinal(2_250), "两千二百五十");
        check(cardinal(10_010), "一万零一十");
        check(cardinal(20_000), "两万");
        check(cardinal(100_000), "十万");
        check(cardinal(280_000), "二十八万");
        check(cardinal(1_002_000), "一百万二千");
        check(cardinal(100_000_001), "一亿零一");
    }

    #[test]
    fn two_before_a_measure_word_is_liang() {
        check(counting(2), "两");
        check(counting(12), "十二");
    }

    #[test]
    fn years_are_said_digit_by_digit() {
        check(year(2026), "二〇二六");
    }
}
