//! Pages in every mouth.

use std::collections::BTreeMap;

use super::*;
use crate::{
    fact::{Fact, Unit, Value},
    hours::Place,
    pack::{Kind, Text, Validity, empty_pack},
};

fn fact(value: Value) -> Fact {
    Fact { value, valid: Validity::default(), line: 1 }
}

fn pack() -> (Pack, Article) {
    let mut pack = empty_pack();
    let each = |zh: &str, en: &str| {
        Text::Each(
            [(nlu::langid!("zh"), zh.to_owned()), (nlu::langid!("en"), en.to_owned())].into(),
        )
    };
    pack.documents.insert("id-card".into(), each("身份证", "your identity card"));
    pack.documents.insert("photo".into(), each("照片", "a photo"));
    pack.places.insert(
        "centre".into(),
        Place {
            id: "centre".into(),
            name: each("服务中心", "Service Centre"),
            also: vec![],
            address: Some(each("江湾路 88 号", "88 Jiangwan Road")),
            telephone: Some("021-5550-0101".into()),
            way: None,
            hours: vec![],
            closed_on_holidays: false,
            closed_dates: vec![],
            help: vec![],
            location: None,
        },
    );
    let money = |text: &str| Value::Money {
        amount: text.parse().expect("an amount"),
        currency: "CNY".into(),
    };
    let facts = [
        ("bring", Value::Documents(vec!["id-card".into(), "photo".into()])),
        ("fee", money("0")),
        ("most", money("25.5")),
        ("time", Value::Span { amount: 15, unit: Unit::WorkingDays }),
        ("times", Value::Number(crate::fact::Amount::whole(2))),
    ];
    let article = Article {
        id: "permit".into(),
        kind: Kind::Service,
        department: None,
        audience: vec![],
        places: vec!["centre".into()],
        related: vec![],
        owner: None,
        source: Some("https://x.example/permit".into()),
        checked: None,
        valid: Validity::default(),
        telephone: Some("021-5550-0112".into()),
        person: false,
        facts: facts.into_iter().map(|(name, value)| (name.to_owned(), fact(value))).collect(),
        words: BTreeMap::new(),
    };
    (pack, article)
}

fn check(markdown: &str, language: &str, mouth: Mouth, expected: &str) {
    let (pack, article) = pack();
    let language = language.parse().expect("a language tag");
    assert_eq!(text(&pack, &article, &language, markdown, mouth), expected, "{markdown}");
}

#[test]
fn braces_are_filled_from_the_facts() {
    use Mouth::Page;
    check("受理后 {time}。", "zh", Page, "受理后 15 个工作日。");
    check("{time} after that.", "en", Page, "15 working days after that.");
    check("费用：{fee}。", "zh", Page, "费用：免费。");
    check("费用 {fee} 。", "zh", Page, "费用免费。");
    check("Fee: {fee}. At most {most}.", "en", Page, "Fee: free. At most 25.50 yuan.");
    check("{fee}.", "en", Page, "Free.");
    check(
        "Call {telephone}, see {source}",
        "en",
        Page,
        "Call 021-5550-0112, see https://x.example/permit",
    );
    check("到{place:centre}，带{document:photo}", "zh", Page, "到服务中心，带照片");
    check("{{fee}} and }", "en", Page, "{fee} and }");
    check("**{fee}**", "en", Page, "Free");
}

#[test]
fn papers_and_places_that_stand_alone_become_lists() {
    check("{bring}", "zh", Mouth::Page, "• 身份证\n• 照片");
    check("带{bring}来", "zh", Mouth::Page, "带身份证、照片来");
    check("Bring {bring}.", "en", Mouth::Page, "Bring your identity card and a photo.");
    check("还要带：\n{bring}\n谢谢", "zh", Mouth::Page, "还要带：\n\n• 身份证\n• 照片\n\n谢谢");
    check("- {bring}\n- x", "zh", Mouth::Page, "• 身份证\n• 照片\n• x");
    check("{places}", "en", Mouth::Message, "• Service Centre, 88 Jiangwan Road, 021-5550-0101");
}

#[test]
fn markdown_becomes_plain_text() {
    use Mouth::{Message, Page};
    check("a **b** c\n\nd", "en", Page, "a b c\n\nd");
    check("1. a\n2. b", "en", Page, "1. a\n2. b");
    check("3. a\n4. b", "en", Page, "3. a\n4. b");
    check("- a\n- b\n  - c", "en", Page, "• a\n• b\n  • c");
    check("第一行\n第二行", "zh", Page, "第一行第二行");
    check("one\ntwo", "en", Page, "one two");
    check("one  \ntwo\\\nthree", "en", Page, "one\ntwo\nthree");
    check("see [here](https://x.example/)", "en", Page, "see here");
    check("see [here](https://x.example/)", "en", Message, "see here (https://x.example/)");
    check("<https://x.example/>", "en", Message, "https://x.example/");
    check("`code` and <b>html</b>", "en", Page, "code and <b>html</b>");
}

#[test]
fn a_voice_hears_sentences() {
    use Mouth::Speech;
    check("受理后 {time}。", "zh", Speech, "受理后十五个工作日。");
    check("最多 {times} 次", "zh", Speech, "最多两次。");
    check("1. a\n2. b.", "en", Speech, "First, a. Second, b.");
    check("1. 取号\n2. 交材料。", "zh", Speech, "第一，取号。第二，交材料。");
    check("{bring}", "zh", Speech, "身份证、照片。");
    check("{bring}", "en", Speech, "your identity card and a photo.");
    check("请打 {telephone}。", "zh", Speech, "请打零二幺，五五五零，零幺幺二。");
    check("见 {source}。", "zh", Speech, "见我们的网页。");
    check("see [here](https://x.example/) or https://y.example/a.", "en", Speech, "see here or .");
    check("有事打 021-5550-0101。", "zh", Speech, "有事打零二幺，五五五零，零幺零幺。");
    check("from 2026-10-01 on", "en", Speech, "from the first of October twenty twenty-six on.");
    check("a\n\n- b\n- c", "en", Speech, "a.\nb. c.");
}

#[test]
fn facts_used_are_named() {
    let section = Section {
        heading: None,
        facet: None,
        body: "{fee} {service:x} {{no}} {time}".into(),
        line: 1,
    };
    assert_eq!(facts_used(&section), ["fee", "time"]);
}
