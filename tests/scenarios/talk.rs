//! Conversations: what is left out, taken back, asked for slowly, gone on with, and chosen.

use sqlx::{Connection, SqliteConnection};

use crate::{
    house::House,
    visitor::{Line, Visitor},
};

async fn reply(visitor: &mut Visitor, text: &str) -> Line {
    let mut lines = visitor.says(text).await;
    assert_eq!(lines.len(), 1, "one reply to {text:?}");
    lines.remove(0)
}

fn title(line: &Line) -> &str {
    line.citations.first().map_or("", |citation| &citation.title)
}

#[tokio::test]
async fn what_was_asked_of_one_thing_is_asked_of_the_next() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    reply(&mut visitor, "How much is a residence permit?").await;
    let passport = reply(&mut visitor, "and the passport?").await;
    assert_eq!(title(&passport), "Passport");
    let cost = reply(&mut visitor, "How much is a passport?").await;
    assert_eq!(passport.text, cost.text, "its cost");
    let mut visitor = house.visitor("zh").await;
    reply(&mut visitor, "办居住证要带什么？").await;
    let passport = reply(&mut visitor, "那护照呢？").await;
    assert_eq!(title(&passport), "普通护照");
    assert!(passport.text.contains("要带什么"), "{}", passport.text);
}

#[tokio::test]
async fn it_and_where_and_for_my_son_stay_with_the_service() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    reply(&mut visitor, "护照要带什么").await;
    assert_eq!(title(&reply(&mut visitor, "它多少钱").await), "普通护照");
    let son = reply(&mut visitor, "那我儿子呢").await;
    assert_eq!(title(&son), "普通护照");
    assert!(son.text.contains("谁可以办"), "who may have it: {}", son.text);
    let mut visitor = house.visitor("en").await;
    reply(&mut visitor, "How much is a passport?").await;
    assert_eq!(title(&reply(&mut visitor, "and where?").await), "Passport");
    let son = reply(&mut visitor, "For my son?").await;
    assert_eq!(title(&son), "Passport");
}

#[tokio::test]
async fn a_question_aside_is_answered_and_the_talk_returns() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let cost = reply(&mut visitor, "How much is a passport?").await;
    let hours = reply(&mut visitor, "What are your opening hours?").await;
    assert!(hours.text.contains("open"), "{}", hours.text);
    let back = reply(&mut visitor, "let's go back to what we were talking about").await;
    assert_eq!(back.text, cost.text);
    reply(&mut visitor, "residence permit").await;
    assert_eq!(title(&reply(&mut visitor, "go back").await), "Passport");
    let mut visitor = house.visitor("zh").await;
    reply(&mut visitor, "护照多少钱").await;
    reply(&mut visitor, "图书馆几点关门").await;
    assert_eq!(title(&reply(&mut visitor, "说回刚才那件事").await), "普通护照");
    let fresh = reply(&mut house.visitor("zh").await, "上一步").await;
    assert!(fresh.text.contains("没有说过别的事"), "{}", fresh.text);
}

#[tokio::test]
async fn a_correction_is_asked_what_was_asked_before() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    reply(&mut visitor, "How much is a passport?").await;
    let other = reply(&mut visitor, "No, I meant the residence permit").await;
    assert_eq!(title(&other), "Residence permit");
    assert!(other.text.contains("free"), "its cost: {}", other.text);
    let wrong = reply(&mut visitor, "that's not what I asked").await;
    assert!(wrong.text.contains("Sorry, I got that wrong"), "{}", wrong.text);
    let mut visitor = house.visitor("zh").await;
    reply(&mut visitor, "居住证要带什么").await;
    let other = reply(&mut visitor, "不是，我说的是护照").await;
    assert_eq!(title(&other), "普通护照");
    assert!(other.text.contains("要带什么"), "{}", other.text);
}

#[tokio::test]
async fn one_of_those_offered_is_taken_in_many_ways() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let offered = reply(&mut visitor, "医保").await;
    let titles: Vec<&str> = offered.choices.iter().map(|choice| &*choice.label).collect();
    assert!(titles.len() >= 2, "{titles:?}");
    let last = titles[titles.len() - 1];
    assert_eq!(title(&reply(&mut visitor, "最后一个").await), last);
    reply(&mut visitor, "医保").await;
    assert_eq!(title(&reply(&mut visitor, "嗯，第一个吧").await), titles[0]);
    reply(&mut visitor, "医保").await;
    let both = reply(&mut visitor, "都要").await;
    let told: Vec<&str> = both.citations.iter().map(|citation| &*citation.title).collect();
    assert_eq!(told, titles);
    reply(&mut visitor, "医保").await;
    let again = reply(&mut visitor, "好的").await;
    assert_eq!(again.choices, offered.choices, "yes does not tell which");
    let left = reply(&mut visitor, "护照多少钱？").await;
    assert_eq!(title(&left), "普通护照", "a new question leaves the offer");
    let none = reply(&mut visitor, "第二个").await;
    assert!(none.text.contains("没有给您选项"), "{}", none.text);
    reply(&mut visitor, "医保").await;
    let neither = reply(&mut visitor, "不是").await;
    assert!(neither.text.contains("用别的话"), "{}", neither.text);
}

#[tokio::test]
async fn one_of_those_offered_is_pointed_at_by_a_word_of_its_name() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let offered = reply(&mut visitor, "医保").await;
    let transfer = offered.choices.iter().find(|choice| choice.label.contains("转移"));
    let Some(transfer) = transfer else { panic!("{:?}", offered.choices) };
    assert_eq!(title(&reply(&mut visitor, "转移的那个").await), transfer.label);
    let mut visitor = house.visitor("en").await;
    let offered = reply(&mut visitor, "medical insurance").await;
    let transfer = offered.choices.iter().find(|choice| choice.label.starts_with("Moving"));
    let Some(transfer) = transfer else { panic!("{:?}", offered.choices) };
    assert_eq!(title(&reply(&mut visitor, "the moving one please").await), transfer.label);
}

#[tokio::test]
async fn an_answer_is_told_a_part_at_a_time_and_then_the_page_goes_on() {
    let house = House::open().await;
    for (language, question, slower, on) in [
        ("zh", "办居住证要带什么？", "说慢一点", "继续"),
        ("en", "What do I bring for a residence permit?", "slow down please", "go on"),
    ] {
        let mut visitor = house.visitor(language).await;
        let whole = reply(&mut visitor, question).await;
        let first = reply(&mut visitor, slower).await;
        assert!(first.text.len() < whole.text.len() && !first.citations.is_empty());
        let mut told = first.text.clone();
        for _ in 0..2 {
            told.push_str(&reply(&mut visitor, on).await.text);
        }
        for line in whole.text.lines() {
            assert!(told.contains(line), "{line} in {told}");
        }
        let next = reply(&mut visitor, on).await;
        assert!(!next.citations.is_empty() && next.text != whole.text, "{}", next.text);
        for _ in 0..12 {
            reply(&mut visitor, on).await;
        }
        let over = reply(&mut visitor, on).await;
        assert!(over.text.contains("021-5550"), "all is said: {}", over.text);
    }
}

#[tokio::test]
async fn patience_courtesy_and_an_end() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let answer = reply(&mut visitor, "How much is a passport?").await;
    assert!(reply(&mut visitor, "hold on a second").await.text.contains("Take your time"));
    for (said, words) in [
        ("ok got it", "anything else"),
        ("no", "other words"),
        ("never mind", "stopped"),
        ("thnaks", "welcome"),
        ("are you a robot?", "automatic assistant"),
    ] {
        let line = reply(&mut visitor, said).await;
        assert!(line.text.contains(words), "{said}: {}", line.text);
    }
    assert_eq!(reply(&mut visitor, "uh could you like say that again").await.text, answer.text);
    let mut visitor = house.visitor("zh").await;
    let answer = reply(&mut visitor, "护照多少钱").await;
    for (said, words) in [
        ("等一下，我找支笔", "慢慢来"),
        ("稍等", "慢慢来"),
        ("知道了", "接着问"),
        ("算了", "不说了"),
        ("你是机器人吗", "自动助手"),
    ] {
        let line = reply(&mut visitor, said).await;
        assert!(line.text.contains(words), "{said}: {}", line.text);
    }
    assert_eq!(reply(&mut visitor, "嗯那个……再说一遍好吗").await.text, answer.text);
}

#[tokio::test]
async fn a_complaint_is_heard_out_and_kept_for_a_person() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let short = reply(&mut visitor, "你们态度太差了，我要投诉！").await;
    assert!(short.text.contains("抱歉") && short.text.contains("021-5550-0100"), "{}", short.text);
    let mut visitor = house.visitor("en").await;
    let answer = reply(&mut visitor, "I want to make a complaint").await;
    assert!(answer.text.contains("sorry") && answer.text.contains("021-5550-0100"));
    let noise = reply(&mut visitor, "I want to complain about noise at night").await;
    assert_eq!(
        title(&noise),
        "Noise complaint",
        "a service is no complaint about us: {}",
        noise.text
    );
    let file = house.settings.data.join("wendu.db");
    let mut kept =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("there");
    let (wishes,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM handoffs WHERE reason = 'complaint'")
            .fetch_one(&mut kept)
            .await
            .expect("a table");
    assert_eq!(wishes, 2);
}

#[tokio::test]
async fn whoever_wants_to_be_forgotten_is_told_what_is_kept_and_how_it_is_deleted() {
    let house = House::open().await;
    let zh = reply(&mut house.visitor("zh").await, "删除我的聊天记录").await;
    assert!(zh.text.contains("保存") && zh.text.contains("021-5550-0100"), "{}", zh.text);
    let en = reply(&mut house.visitor("en").await, "please delete my data").await;
    assert!(en.text.contains("is kept") && en.text.contains("021-5550-0100"), "{}", en.text);
}
