//! Rows of texts and what people say, and any text at all.

use nlu::langid;
use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(language: &LanguageIdentifier, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| spoken(text, language) != *expected)
        .map(|(text, expected)| format!("{text}\n  is {}\n not {expected}", spoken(text, language)))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn chinese_amounts_are_counted() {
    check(
        &langid!("zh"),
        &[
            ("共 3 人", "共三人"),
            ("2 个人，12 张", "两个人，十二张"),
            ("第 2 条", "第二条"),
            ("第 2 个", "第二个"),
            ("12,345 人", "一万二千三百四十五人"),
            ("3.5 倍", "三点五倍"),
            ("10 万人", "十万人"),
            ("2 万人", "两万人"),
            ("99.5%", "百分之九十九点五"),
            ("5%-10%", "百分之五到百分之十"),
            ("3-5 天", "三到五天"),
            ("2～3 天", "两到三天"),
            ("1/2", "二分之一"),
            ("200 m", "二百米"),
            ("5 km", "五公里"),
            ("2kg", "两公斤"),
            ("60㎡", "六十平方米"),
            ("-5℃", "负五摄氏度"),
            ("气温 -5℃", "气温负五摄氏度"),
            ("按 1 键", "按一键"),
            ("查话费按1，人工按0", "查话费按一，人工按零"),
            ("1. 先预约", "一。先预约"),
            ("照片 3.5×4.5 cm", "照片三点五乘四点五厘米"),
        ],
    );
}

#[test]
fn chinese_money() {
    check(
        &langid!("zh"),
        &[
            ("120 元", "一百二十元"),
            ("25.5元", "二十五元五角"),
            ("¥120", "一百二十元"),
            ("120 yuan", "一百二十元"),
            ("CNY 1,380", "一千三百八十元"),
            ("0 元", "零元"),
            ("10块钱", "十块钱"),
            ("¥3.5万", "三点五万元"),
            ("20 USD", "二十美元"),
        ],
    );
}

#[test]
fn chinese_days_and_times() {
    check(
        &langid!("zh"),
        &[
            ("2026-10-01", "二〇二六年十月一日"),
            ("2026年10月1日", "二〇二六年十月一日"),
            ("到 2027 年 3 月 15 日为止", "到二〇二七年三月十五日为止"),
            ("2026 年 10 月", "二〇二六年十月"),
            ("2026 年", "二〇二六年"),
            ("10月1日至10月7日", "十月一日至十月七日"),
            ("10月1日-7日", "十月一日到七日"),
            ("1 October 2026", "二〇二六年十月一日"),
            ("09:00", "上午九点"),
            ("大门 8:30 开", "大门上午八点半开"),
            ("13:30", "下午一点半"),
            ("下午 1:30", "下午一点半"),
            ("9:00-11:30", "上午九点到十一点半"),
            ("上午 9:00–11:30", "上午九点到十一点半"),
            ("周一-周五", "周一到周五"),
            ("2 点", "两点"),
            ("24 小时", "二十四小时"),
        ],
    );
}

#[test]
fn chinese_numbers_to_dial_and_codes() {
    check(
        &langid!("zh"),
        &[
            ("打 119", "打幺幺九"),
            ("请拨打12345。", "请拨打幺二三四五。"),
            ("12345 热线", "幺二三四五热线"),
            ("有急事打 110 或 120", "有急事打幺幺零或幺二零"),
            ("119", "幺幺九"),
            ("110 元", "一百一十元"),
            ("打了 100 个电话", "打了一百个电话"),
            ("021-5550-0100", "零二幺，五五五零，零幺零零"),
            ("电话：021-5550-0100，找他", "电话：零二幺，五五五零，零幺零零，找他"),
            ("13812345678", "幺三八，幺二三四，五六七八"),
            ("(021) 5550 0100", "零二幺，五五五零，零幺零零"),
            ("+86 21 5550 0100", "加八六，二幺，五五五零，零幺零零"),
            ("验证码 482913", "验证码四八，二九，幺三"),
            ("受理号是 4417", "受理号是四四，幺七"),
            ("江湾路 88 号 1 楼", "江湾路八十八号一楼"),
            ("2 号口", "二号口"),
            ("公交 801 路", "公交八零幺路"),
            ("地铁 30 号线", "地铁三十号线"),
            ("502 室", "五零二室"),
        ],
    );
}

#[test]
fn letters_and_signs_in_chinese() {
    check(
        &langid!("zh"),
        &[
            ("带 ID 卡", "带I D卡"),
            ("输入 PIN 码", "输入P I N码"),
            ("用 WeChat 办", "用WeChat办"),
            ("B2 层", "B二层"),
            ("《办法（示例）》。", "办法，示例。"),
            ("“出生一件事”", "出生一件事"),
            ("按 # 号键", "按井号键"),
            ("省/市", "省或市"),
            ("看 https://linjiang.example/a?b=1 。", "看。"),
            ("１２人", "十二人"),
            ("A＆B", "A B"),
            ("第一行\n第二行", "第一行。第二行"),
            ("他说：Please call 119 now.", "他说：Please call幺幺九now。"),
        ],
    );
}

#[test]
fn english_amounts_and_money() {
    check(
        &langid!("en"),
        &[
            ("Bring 2 photos.", "Bring two photos."),
            ("12,345 people", "twelve thousand three hundred and forty-five people"),
            ("3.5 times", "three point five times"),
            ("99.5%", "ninety-nine point five per cent"),
            ("3-5 days", "three to five days"),
            ("Ages 60–69", "Ages sixty to sixty-nine"),
            ("1/2 and 3/4", "one half and three quarters"),
            ("then 200 m to the right", "then two hundred metres to the right"),
            ("1 km", "one kilometre"),
            ("120 yuan", "one hundred and twenty yuan"),
            ("¥25.50", "twenty-five yuan fifty"),
            ("CNY 1,380 a month", "one thousand three hundred and eighty yuan a month"),
            ("$5 million", "five million dollars"),
            ("Press 1 for English.", "Press one for English."),
            ("Room #5", "Room number five"),
            ("No. 5", "number five"),
            ("the 3rd floor", "the third floor"),
        ],
    );
}

#[test]
fn english_days_and_times() {
    check(
        &langid!("en"),
        &[
            ("on 2026-10-01", "on the first of October twenty twenty-six"),
            ("until 15 March 2027.", "until the fifteenth of March twenty twenty-seven."),
            ("October 1, 2026", "the first of October twenty twenty-six"),
            ("on 1 October", "on the first of October"),
            ("March 2027", "March twenty twenty-seven"),
            ("in 2026", "in twenty twenty-six"),
            ("The doors open at 8:30.", "The doors open at eight thirty in the morning."),
            ("at 13:30", "at one thirty in the afternoon"),
            ("9:00-11:30", "nine to eleven thirty in the morning"),
            ("Mon-Fri 9:00-11:30", "Monday to Friday nine to eleven thirty in the morning"),
            ("5 p.m.", "five in the afternoon."),
            ("until 5 p.m. on Mondays", "until five in the afternoon on Mondays"),
            ("on 5 and 6 February. It opens", "on the fifth and the sixth of February. It opens"),
            ("1-7 October", "the first to the seventh of October"),
            ("closed in May. Come back", "closed in May. Come back"),
        ],
    );
}

#[test]
fn english_numbers_to_dial_codes_and_letters() {
    check(
        &langid!("en"),
        &[
            ("Call 119.", "Call one one nine."),
            ("Call 12345 or 119", "Call one two three four five or one one nine"),
            ("Dial 021-5550-0100", "Dial zero two one, five five five zero, zero one zero zero"),
            ("Your code is 482913", "Your code is four eight, two nine, one three"),
            ("88 Jiangwan Road", "eighty-eight Jiangwan Road"),
            ("Bring your ID card", "Bring your I D card"),
            ("Lost IDs", "Lost I D's"),
            ("Your PIN", "Your pin"),
            ("WeChat and TV", "WeChat and T V"),
            ("Bring papers (photo, ID).", "Bring papers, photo, I D."),
            ("\"A card\", e.g. yours", "A card, for example yours"),
            ("press * or #", "press star or hash"),
            ("Exit B2", "Exit B two"),
            ("linjiang.example", "linjiang dot example"),
            ("parents & children", "parents and children"),
            ("去 88 号", "去八十八号"),
        ],
    );
}

proptest! {
    #[test]
    fn no_digit_and_no_sign_is_left(text in "\\PC{0,60}", chinese in any::<bool>()) {
        let language = if chinese { langid!("zh") } else { langid!("en") };
        let said = spoken(&text, &language);
        prop_assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said}");
        prop_assert!(!said.contains(|c: char| "()[]{}*#@%&+=/\\|<>~^_$¥€£“”\"《》（）【】".contains(c)), "{said}");
    }

    #[test]
    fn any_number_is_said(text in "[0-9,.:/ +()年月日号元%a-zA-Z到打–～～٣²※-]{0,40}", chinese in any::<bool>()) {
        let language = if chinese { langid!("zh") } else { langid!("en") };
        let said = spoken(&text, &language);
        prop_assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said}");
    }
}
