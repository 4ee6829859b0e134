//! Facts in every mouth.

use jiff::civil::date;
use nlu::langid;

use super::*;
use crate::pack::empty_pack;

fn check(value: Value, language: &str, mouth: Mouth, expected: &str) {
    let language: LanguageIdentifier = language.parse().expect("a language tag");
    assert_eq!(
        value.say(&empty_pack(), &language, mouth),
        expected,
        "{value:?} {language} {mouth:?}"
    );
}

fn cny(text: &str) -> Value {
    Value::Money { amount: text.parse().expect("an amount"), currency: "CNY".into() }
}

fn span(amount: u32, unit: Unit) -> Value {
    Value::Span { amount, unit }
}

#[test]
fn a_page_shows_numerals_and_units() {
    use Mouth::Page;
    check(cny("0"), "zh", Page, "免费");
    check(cny("0"), "en", Page, "free");
    check(cny("25"), "zh", Page, "25 元");
    check(cny("25"), "en", Page, "25 yuan");
    check(cny("25.5"), "en", Page, "25.50 yuan");
    check(cny("280000"), "zh", Page, "28 万元");
    check(cny("280000"), "en", Page, "280,000 yuan");
    check(span(20, Unit::Minutes), "zh", Page, "20 分钟");
    check(span(1, Unit::WorkingDays), "en", Page, "1 working day");
    check(span(15, Unit::WorkingDays), "zh-Hans", Page, "15 个工作日");
    check(span(15, Unit::WorkingDays), "fr", Page, "15 working days");
    check(Value::Age(65), "zh", Page, "65 周岁");
    check(Value::Age(65), "en", Page, "65 years old");
    check(Value::Percent(Amount::whole(70)), "zh", Page, "70%");
    check(Value::Percent(Amount::whole(70)), "en", Page, "70 %");
    check(Value::Number(Amount::whole(3)), "en", Page, "3");
    check(Value::Date(date(2026, 12, 31)), "zh", Page, "2026 年 12 月 31 日");
    check(Value::Date(date(2026, 12, 31)), "en", Page, "31 December 2026");
    check(Value::Telephone("021-5550-0112".into()), "en", Page, "021-5550-0112");
}

#[test]
fn a_voice_says_numbers_in_words() {
    use Mouth::Speech;
    check(cny("25.50"), "zh", Speech, "二十五元五角");
    check(cny("25.50"), "en", Speech, "twenty-five yuan fifty");
    check(cny("25.05"), "zh", Speech, "二十五元零五分");
    check(cny("25.05"), "en", Speech, "twenty-five yuan and five fen");
    check(cny("0.50"), "zh", Speech, "五角");
    check(cny("2"), "zh", Speech, "两元");
    check(cny("280000"), "zh", Speech, "二十八万元");
    check(span(2, Unit::WorkingDays), "zh", Speech, "两个工作日");
    check(span(15, Unit::WorkingDays), "zh", Speech, "十五个工作日");
    check(span(15, Unit::WorkingDays), "en", Speech, "fifteen working days");
    check(span(1, Unit::Hours), "en", Speech, "one hour");
    check(Value::Percent("2.5".parse().expect("amount")), "zh", Speech, "百分之二点五");
    check(Value::Percent("2.5".parse().expect("amount")), "en", Speech, "two point five per cent");
    check(Value::Date(date(2026, 12, 31)), "zh", Speech, "二〇二六年十二月三十一日");
    check(
        Value::Date(date(2026, 12, 31)),
        "en",
        Speech,
        "the thirty-first of December twenty twenty-six",
    );
    check(Value::Telephone("021-5550-0112".into()), "zh", Speech, "零二幺，五五五零，零幺幺二");
    check(
        Value::Telephone("+86 21 5550".into()),
        "en",
        Speech,
        "plus eight six, two one, five five five zero",
    );
}

#[test]
fn papers_are_joined_as_each_language_joins() {
    let list =
        |n: usize| Value::Documents(["a", "b", "c"][..n].iter().map(|s| (*s).into()).collect());
    check(list(1), "en", Mouth::Page, "a");
    check(list(2), "en", Mouth::Page, "a and b");
    check(list(3), "en", Mouth::Page, "a, b, and c");
    check(list(3), "zh", Mouth::Page, "a、b、c");
    assert_eq!(list(2).lines(&empty_pack(), &langid!("en")), Some(vec!["a".into(), "b".into()]));
}
