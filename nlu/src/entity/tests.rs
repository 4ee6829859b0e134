//! Entities in many wordings of both languages.

use proptest::prelude::*;

use super::*;
use crate::normal::fold;

/// What is found, as "kind:text" one after the other.
fn check(text: &str, expected: &str) {
    let folded = fold(text);
    let named = entities(&folded).into_iter().map(|entity| {
        assert_eq!(entity.text, folded[entity.span.clone()], "{text}");
        format!("{}:{}", name(&entity.kind), entity.text)
    });
    assert_eq!(named.collect::<Vec<_>>().join("; "), expected, "{text}");
}

fn name(kind: &Kind) -> String {
    match kind {
        Kind::When(_) => "when".into(),
        Kind::Money { amount, currency } => format!("{currency} {amount}"),
        Kind::Age(years) => format!("age {years}"),
        Kind::Number(amount) => format!("number {amount}"),
        Kind::Telephone => "telephone".into(),
        Kind::Identity => "identity".into(),
        Kind::Document => "document".into(),
        Kind::Business => "business".into(),
        Kind::Card => "card".into(),
        Kind::Email => "email".into(),
        Kind::Address => "address".into(),
        Kind::Place(id) => format!("place {id}"),
        Kind::District(_) => "district".into(),
    }
}

#[test]
fn money() {
    check("要120块吗", "CNY 120:120块");
    check("要120块钱吗", "CNY 120:120块钱");
    check("¥1,200.50", "CNY 1200.5:¥1,200.50");
    check("￥３００", "CNY 300:¥300");
    check("五百元", "CNY 500:五百元");
    check("two hundred yuan", "CNY 200:two hundred yuan");
    check("工资1.5万，能申请吗", "CNY 15000:1.5万");
    check("1.5万元", "CNY 15000:1.5万元");
    check("三块五", "CNY 3.5:三块五");
    check("25元5角", "CNY 25.5:25元5角");
    check("五毛", "CNY 0.5:五毛");
    check("两千多块", "number 2000:两千");
    check("$30 or 30 dollars", "USD 30:$30; USD 30:30 dollars");
    check("100 euros", "EUR 100:100 euros");
    check("20 RMB", "CNY 20:20 rmb");
    check("一块去吗", "");
    check("两块地", "");
    check("三角形", "");
}

#[test]
fn ages() {
    check("我妈75岁", "age 75:75岁");
    check("八十多岁的老人", "age 80:八十多岁");
    check("满六十周岁", "age 60:六十周岁");
    check("6岁半", "age 6:6岁半");
    check("my 6-year-old son", "age 6:6-year-old");
    check("aged 60", "age 60:aged 60");
    check("she is 82 years old", "age 82:82 years old");
    check("two years old", "age 2:two years old");
    check("turning sixty-five", "age 65:turning sixty-five");
    check("300岁", "number 300:300");
    check("我今年六十三，没单位", "age 63:今年六十三");
    check("阿婆八十五，要人照顾", "age 85:婆八十五");
    check("我七十二了", "age 72:我七十二了");
    check("I'm 62 and had an operation", "age 62:i'm 62");
    check("my mother, 83, has dementia", "age 83:mother, 83");
    check("dad is 69", "age 69:dad is 69");
    check("he is 60 minutes late", "number 60:60");
    check("快20分钟了", "number 20:20");
}

#[test]
fn numbers() {
    check("三个孩子", "number 3:三");
    check("家里5口人", "number 5:5");
    check("两百人", "number 200:两百");
    check("three children", "number 3:three");
    check("1,200 people", "number 1200:1,200");
    check("2亿人", "number 200000000:2亿");
    check("万一办不了呢", "");
    check("几万块", "");
    check("一两句话", "");
    check("明年九月", "");
    check("千万别忘", "");
    check("一个证", "");
    check("that one", "");
}

#[test]
fn what_somebody_is_known_by() {
    check("我的号码是13912345678", "telephone:13912345678");
    check("电话(021) 5550 0112", "telephone:(021) 5550 0112");
    check("打12345", "telephone:12345");
    check("dial 110", "telephone:110");
    check("400-820-8820", "telephone:400-820-8820");
    check("+44 20 7946 0958", "telephone:+44 20 7946 0958");
    check("身份证11010519491231002X丢了", "identity:11010519491231002x");
    check("110105194912310021", "document:110105194912310021");
    check("护照E12345678", "document:e12345678");
    check("卡号6217 0000 1000 0000 003", "card:6217 0000 1000 0000 003");
    check("91350100M000100Y43", "business:91350100m000100y43");
    check("写信到 ann@mail.example.org", "email:ann@mail.example.org");
}

#[test]
fn addresses() {
    check("我住在幸福路123弄4号501室", "address:幸福路123弄4号501室");
    check("人民东路88号", "address:人民东路88号");
    check("人民路 88 号 2 楼", "address:人民路 88 号 2 楼");
    check("家在3号楼二单元501室", "address:3号楼二单元501室");
    check("123 Century Road", "address:123 century road");
    check("Room 501, Lane 123, Xingfu Road", "address:room 501, lane 123, xingfu road");
    check("人民路在哪里", "");
    check("2 people in the same street", "number 2:2");
}

#[test]
fn places() {
    check("从北京搬来上海", "district:北京; district:上海");
    check("北京路", "");
    check("I moved here from Hangzhou", "district:hangzhou");
}

#[test]
fn several_at_once() {
    check("我妈75岁，下周三上午带120块去行吗", "age 75:75岁; when:下周三上午; CNY 120:120块");
}

#[test]
fn what_a_pack_names_outweighs_a_guess() {
    let folded = "上海路图书馆三楼";
    let mut found = entities(folded);
    insert(
        &mut found,
        [Entity::of(Kind::Place("library".into()), 0.."上海路图书馆".len(), folded)],
    );
    assert_eq!(found[0].kind, Kind::Place("library".into()));
}

#[test]
fn long_texts_are_read_in_bounded_time() {
    let pieces = ["1 ", "一", "明天", "13912345678", "a.b", "路1", "three ", "1点", "(1", "[号"];
    for piece in pieces {
        let text = piece.repeat(10_000 / piece.chars().count());
        assert!(entities(&text).len() <= MOST);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let words = [
        "下周",
        "周",
        "三",
        "上午",
        "点",
        "半",
        "10",
        "月",
        "1",
        "号",
        "万",
        "亿",
        "块",
        "元",
        "岁",
        "路",
        "弄",
        "室",
        " at ",
        "7",
        " pm",
        "next ",
        "friday",
        "-",
        ".",
        "@",
        "a.cn",
        "¥",
        "，",
        "two ",
        "hundred ",
        "years old",
        "in ",
        " weeks",
        "零",
        "十",
        "(",
        ")",
        "+86",
        "x",
        "🙂",
    ];
    let word = proptest::sample::select(words.to_vec()).prop_map(str::to_owned);
    let pieces = prop_oneof![4 => word, 1 => "\\PC{0,8}"];
    proptest::collection::vec(pieces, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_has_its_entities_where_they_say(text in any_text()) {
        let folded = fold(&text);
        let mut end = 0;
        for entity in entities(&folded) {
            prop_assert!(entity.span.start >= end, "one over another: {:?}", entity);
            prop_assert_eq!(&folded[entity.span.clone()], entity.text.as_str());
            end = entity.span.end;
            if let Kind::When(When { day: Some(day), .. }) = entity.kind {
                let _ = day.dates(jiff::civil::date(2026, 2, 28));
            }
        }
    }
}
