//! Days and times in many wordings, counted from Tuesday 24 November 2026.

use jiff::civil::{Date, date};

use super::*;
use crate::normal::fold;

const TODAY: Date = date(2026, 11, 24);

/// What is named: its words, its first and last date, its time.
fn check(text: &str, words: &str, from: Option<Date>, to: Option<Date>, time: Option<TimeOfDay>) {
    let folded = fold(text);
    let found = find(&folded);
    let [entity] = &found[..] else { panic!("{text}: {found:?}") };
    let Kind::When(when) = entity.kind else { panic!("{text}: {found:?}") };
    assert_eq!(entity.text, words, "{text}");
    let dates = when.day.map(|day| day.dates(TODAY).expect("a date"));
    let ends = dates.map(|dates| (*dates.start(), *dates.end()));
    assert_eq!(ends, from.zip(to.or(from)), "{text}: {when:?}");
    assert_eq!(when.time, time, "{text}");
}

fn day(text: &str, words: &str, on: Date) {
    check(text, words, Some(on), None, None);
}

fn days(text: &str, words: &str, from: Date, to: Date) {
    check(text, words, Some(from), Some(to), None);
}

fn at(text: &str, words: &str, hour: u8, minute: u8) {
    check(text, words, None, None, Some(TimeOfDay::At { hour, minute }));
}

#[test]
fn chinese_days() {
    day("今天开门吗", "今天", TODAY);
    day("明天开门吗", "明天", date(2026, 11, 25));
    day("后天去行吗", "后天", date(2026, 11, 26));
    day("大后天呢", "大后天", date(2026, 11, 27));
    day("昨天交的", "昨天", date(2026, 11, 23));
    day("星期天上班吗", "星期天", date(2026, 11, 29));
    day("周二开吗", "周二", TODAY);
    day("礼拜六", "礼拜六", date(2026, 11, 28));
    day("这周三", "这周三", date(2026, 11, 25));
    day("下周三开门吗", "下周三", date(2026, 12, 2));
    day("下个星期一", "下个星期一", date(2026, 11, 30));
    day("下下周五", "下下周五", date(2026, 12, 11));
    day("上周五交的", "上周五", date(2026, 11, 20));
    days("周末开门吗", "周末", date(2026, 11, 28), date(2026, 11, 29));
    days("这周末", "这周末", date(2026, 11, 28), date(2026, 11, 29));
    days("下周末", "下周末", date(2026, 12, 5), date(2026, 12, 6));
    days("下周办", "下周", date(2026, 11, 30), date(2026, 12, 6));
    days("下个月", "下个月", date(2026, 12, 1), date(2026, 12, 31));
    day("月底前", "月底", date(2026, 11, 30));
    day("下月初", "下月初", date(2026, 12, 1));
    day("年底", "年底", date(2026, 12, 31));
    day("三天后", "三天后", date(2026, 11, 27));
    day("15天以后来", "15天以后", date(2026, 12, 9));
    day("两周之后", "两周之后", date(2026, 12, 8));
    day("两个月后", "两个月后", date(2027, 1, 24));
    day("半年后", "半年后", date(2027, 5, 24));
    day("三天前", "三天前", date(2026, 11, 21));
    day("10月1号开门吗", "10月1号", date(2027, 10, 1));
    day("十月一日", "十月一日", date(2027, 10, 1));
    day("十二月二十五", "十二月二十五", date(2026, 12, 25));
    day("2026年12月31日", "2026年12月31日", date(2026, 12, 31));
    day("二〇二七年三月五日", "二〇二七年三月五日", date(2027, 3, 5));
    day("2026-12-01", "2026-12-01", date(2026, 12, 1));
    day("15号去可以吗", "15号", date(2026, 12, 15));
    day("三十号", "三十号", date(2026, 11, 30));
}

#[test]
fn english_days() {
    day("open today?", "today", TODAY);
    day("is it open tomorrow", "tomorrow", date(2026, 11, 25));
    day("can i come tmr", "tmr", date(2026, 11, 25));
    day("the day after tomorrow", "the day after tomorrow", date(2026, 11, 26));
    day("on Saturday", "saturday", date(2026, 11, 28));
    day("open Saturdays?", "saturdays", date(2026, 11, 28));
    day("this Friday", "this friday", date(2026, 11, 27));
    day("next Friday", "next friday", date(2026, 12, 4));
    day("on Thurs", "thurs", date(2026, 11, 26));
    day("last Monday", "last monday", date(2026, 11, 16));
    days("at the weekend", "weekend", date(2026, 11, 28), date(2026, 11, 29));
    days("next weekend", "next weekend", date(2026, 12, 5), date(2026, 12, 6));
    days("next week", "next week", date(2026, 11, 30), date(2026, 12, 6));
    day("at the end of the month", "end of the month", date(2026, 11, 30));
    day("in two weeks", "in two weeks", date(2026, 12, 8));
    day("in 3 days", "in 3 days", date(2026, 11, 27));
    day("a week from today", "a week from today", date(2026, 12, 1));
    day("two days ago", "two days ago", date(2026, 11, 22));
    day("open on 1 october", "1 october", date(2027, 10, 1));
    day("October 1st, 2026", "october 1st, 2026", date(2026, 10, 1));
    day("25th of Dec", "25th of dec", date(2026, 12, 25));
    day("on the 3rd", "on the 3rd", date(2026, 12, 3));
}

#[test]
fn times_of_day() {
    at("下午三点半", "下午三点半", 15, 30);
    at("下午3点开门吗", "下午3点", 15, 0);
    at("上午十点", "上午十点", 10, 0);
    at("晚上7点还开吗", "晚上7点", 19, 0);
    at("九点一刻", "九点一刻", 9, 15);
    at("三点二十分", "三点二十分", 15, 20);
    at("8点45", "8点45", 8, 45);
    at("16:30", "16:30", 16, 30);
    at("早上八点整", "早上八点整", 8, 0);
    at("中午12点", "中午12点", 12, 0);
    at("二十点", "二十点", 20, 0);
    at("is it open at 7 pm", "7 pm", 19, 0);
    at("10 a.m.", "10 a.m.", 10, 0);
    at("at 4:30pm", "4:30pm", 16, 30);
    at("half past three", "half past three", 15, 30);
    at("quarter to five", "quarter to five", 16, 45);
    at("three o'clock", "three o'clock", 15, 0);
    at("seven pm", "seven pm", 19, 0);
    at("can I come at 4?", "at 4", 16, 0);
    check("中午休息吗", "中午", None, None, Some(TimeOfDay::Noon));
    check("open in the evening", "in the evening", None, None, Some(TimeOfDay::Evening));
}

#[test]
fn a_day_and_its_time_are_one() {
    let morning = Some(TimeOfDay::Morning);
    check("下周三上午开门吗", "下周三上午", Some(date(2026, 12, 2)), None, morning);
    let afternoon = Some(TimeOfDay::Afternoon);
    check(
        "next Friday afternoon",
        "next friday afternoon",
        Some(date(2026, 12, 4)),
        None,
        afternoon,
    );
    let seven = Some(TimeOfDay::At { hour: 19, minute: 0 });
    check("is it open at 7 pm on Friday?", "7 pm on friday", Some(date(2026, 11, 27)), None, seven);
    check("周五晚上七点", "周五晚上七点", Some(date(2026, 11, 27)), None, seven);
    check("今晚七点", "今晚七点", Some(TODAY), None, seven);
    check("今晚", "今晚", Some(TODAY), None, Some(TimeOfDay::Evening));
    let three = Some(TimeOfDay::At { hour: 15, minute: 0 });
    check("tomorrow at 3", "tomorrow at 3", Some(date(2026, 11, 25)), None, three);
}

#[test]
fn other_words_name_no_time() {
    for text in [
        "13月40日",
        "residence permit",
        "do you know the rules",
        "一周三次",
        "说简单一点",
        "早一点办",
        "三点建议",
        "人民路8号",
        "3号窗口",
        "二十周岁",
        "1 market street",
        "the sun is out",
        "提前天数",
        "may i ask",
        "at 7 counters",
        "on the 6th floor",
    ] {
        let folded = fold(text);
        assert!(find(&folded).is_empty(), "{text}: {:?}", find(&folded));
    }
}

#[test]
fn a_question_about_now_is_about_now() {
    let of = |text: &str| named(text, &crate::entity::entities(text)).day;
    assert_eq!(of("is it open now"), Some(Day::Now));
    assert_eq!(of("现在还开吗"), Some(Day::Now));
    assert_eq!(of("还开吗"), Some(Day::Now));
    assert_eq!(of("现在问一下，周六开吗"), Some(Day::Weekday(6)));
}
