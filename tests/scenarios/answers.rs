//! What residents are told: questions asked of the demo city, and what must stand in the answer.

use knowledge::pack::Kind;
use sqlx::{Connection, SqliteConnection};

use crate::{
    house::{House, copy_of_demo},
    indexed::demo,
    visitor::{Line, Visitor},
};

/// Says something and gives the one reply to it.
async fn reply(visitor: &mut Visitor, text: &str) -> Line {
    let mut lines = visitor.says(text).await;
    assert_eq!(lines.len(), 1, "one reply to {text:?}");
    lines.remove(0)
}

/// The titles of the demo city's services.
fn titles(language: &str) -> Vec<String> {
    let (pack, _) = knowledge::pack::read::read(&demo()).expect("the demo city's pack is sound");
    let language = language.parse().expect("a language");
    let services = pack.articles.values().filter(|article| article.kind == Kind::Service);
    services.map(|service| service.words[&language].title.clone()).collect()
}

fn labels(line: &Line) -> Vec<&str> {
    line.choices.iter().map(|choice| choice.label.as_str()).collect()
}

/// Places asked about by day and time, on Tuesday 24 November 2026.
async fn hours(language: &str, cases: &[(&str, &str)]) {
    let house = House::open().await;
    for (question, expected) in cases {
        let answer = reply(&mut house.visitor(language).await, question).await;
        assert!(answer.text.contains(expected), "{question}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_day_and_the_time_asked_about_are_the_ones_answered_for() {
    let centre = "Linjiang District Service Centre";
    let english = [
        ("Is the service centre open next Friday afternoon?", "Friday 4 December in the afternoon"),
        ("Is the service centre open next Friday afternoon?", "is open: 13:00 to 17:00."),
        ("Is it open at 7 pm on Friday?", "On Friday 27 November at 19:00"),
        ("Is it open at 7 pm on Friday?", "is closed. It is open that day: 9:00 to 11:30"),
        ("Is it open at half past three tomorrow?", "at 15:30"),
        ("Is it open at half past three tomorrow?", "is open, until 17:00."),
        ("Is the service centre open the day after tomorrow?", "Thursday 26 November"),
        ("Is the service centre open in two weeks?", "Tuesday 8 December"),
        ("Is the service centre open on Sunday morning?", "is closed."),
        ("Is the service centre open on the weekend?", "Sunday 29 November"),
    ];
    hours("en", &english).await;
    let whole = reply(&mut House::open().await.visitor("en").await, english[0].0).await;
    assert!(whole.text.contains(centre), "{}", whole.text);
}

#[tokio::test]
async fn the_day_and_the_time_asked_about_are_answered_in_chinese() {
    hours(
        "zh",
        &[
            (
                "行政中心下周三上午开门吗？",
                "12月2日（周三）上午，临江区行政服务中心开门：9:00到11:30。",
            ),
            ("行政中心周五晚上七点还开吗？", "11月27日（周五） 19:00，临江区行政服务中心不开门。"),
            (
                "行政中心明天下午三点半开门吗？",
                "11月25日（周三） 15:30，临江区行政服务中心开门，开到 17:00。",
            ),
            ("行政中心三天后开门吗？", "11月27日（周五），临江区行政服务中心开门"),
            ("行政中心周六下午开门吗？", "不开门。这一天的开放时间：9:00到11:30"),
            ("行政中心今天中午开门吗？", "11月24日（周二）中午，临江区行政服务中心不开门"),
            ("行政中心10月1号上午开门吗？", "国庆节"),
            ("行政中心周末开门吗？", "11月29日（周日）"),
        ],
    )
    .await;
}

#[tokio::test]
async fn the_first_words_say_that_this_is_an_automatic_assistant() {
    let house = House::open().await;
    let visitor = house.visitor("en").await;
    assert!(visitor.greeting[0].text.contains("automatic assistant"));
    let visitor = house.visitor("zh").await;
    assert!(visitor.greeting[0].text.contains("自动助手，不是真人"));
}

#[tokio::test]
async fn a_resident_asks_what_to_bring_and_gets_exactly_that_list_and_its_source() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let answer = reply(&mut visitor, "办居住证要带什么？").await;
    assert_eq!(
        answer.text,
        "居住证申领 · 要带什么\n\
         • 居民身份证原件\n\
         • 住址证明（如租房合同、房产证或居住登记回执）\n\
         • 近期证件照（没有的，可以在窗口拍）"
    );
    let source = &answer.citations[0];
    assert_eq!(source.url.as_deref(), Some("https://linjiang.example/services/residence-permit"));
    assert_eq!(source.checked.as_deref(), Some("2026-10-12"));
    assert!(source.line.contains("居住证申领") && source.line.contains("2026年10月12日核对"));
    assert!(answer.place.is_some(), "the place that does it");
    assert!(!answer.suggestions.is_empty(), "what one might ask next");
}

#[tokio::test]
async fn asking_on_in_english_stays_with_the_same_service() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    reply(&mut visitor, "办居住证要带什么？").await;
    let cost = reply(&mut visitor, "and how much is it?").await;
    assert_eq!(cost.language, "en");
    assert!(cost.text.contains("free"), "{}", cost.text);
    assert_eq!(cost.citations[0].title, "Residence permit");
    let time = reply(&mut visitor, "那多久能办好？").await;
    assert!(time.language == "zh" && time.text.contains("15 个工作日"), "{}", time.text);
}

#[tokio::test]
async fn a_question_about_another_city_is_answered_honestly() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let answer = reply(&mut visitor, "北京的居住证怎么办？").await;
    assert!(answer.text.contains("没有北京的资料"), "{}", answer.text);
    assert!(answer.citations.is_empty());
    let answer = reply(&mut visitor, "How do I get a residence permit in Hangzhou?").await;
    assert!(answer.text.contains("nothing about Hangzhou"), "{}", answer.text);
}

#[tokio::test]
async fn where_something_happened_is_not_the_city_that_is_asked_about() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let asked =
        "Broke my leg skiing in Harbin and paid it all myself. How do I claim the medical costs?";
    let answer = reply(&mut visitor, asked).await;
    assert_eq!(answer.citations[0].title, "Claiming medical costs", "{}", answer.text);
    let answer = reply(&mut visitor, "I live in Beijing. How do I get a residence permit?").await;
    assert!(answer.text.contains("nothing about Beijing"), "{}", answer.text);
    let mut visitor = house.visitor("zh").await;
    let answer = reply(&mut visitor, "在哈尔滨摔断了腿，住院费是自己垫的。怎么报销？").await;
    assert!(answer.citations[0].title.contains("医疗费报销"), "{}", answer.text);
}

#[tokio::test]
async fn a_general_word_for_several_things_is_asked_about() {
    let house = House::open().await;
    for (language, asked, second) in [
        ("zh", "我妈的卡丢了，怎么补？", "第二个"),
        ("en", "My mum lost her card, what now?", "the second"),
    ] {
        let mut visitor = house.visitor(language).await;
        let offer = reply(&mut visitor, asked).await;
        assert!(offer.citations.is_empty() && offer.choices.len() == 2, "{}", offer.text);
        let answer = reply(&mut visitor, second).await;
        assert_eq!(answer.citations[0].title, labels(&offer)[1], "{}", answer.text);
        // Once it is known which, it is not asked again.
        let again = reply(&mut visitor, asked).await;
        assert_eq!(again.citations.first(), answer.citations.first(), "{}", again.text);
    }
}

#[tokio::test]
async fn what_the_city_does_not_do_is_not_made_up() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    for question in ["What will the weather be tomorrow?", "asdfqwer zxcv", "Tell me a joke"] {
        let answer = reply(&mut visitor, question).await;
        assert!(answer.text.contains("did not find an answer"), "{question}: {}", answer.text);
        assert!(answer.text.contains("021-5550-0100"), "who does know");
        assert!(answer.citations.is_empty());
    }
}

#[tokio::test]
async fn a_word_that_may_mean_several_things_is_answered_with_choices() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let asked_back = reply(&mut visitor, "医保").await;
    let choices = labels(&asked_back);
    assert!((2..=3).contains(&choices.len()), "{choices:?}");
    let second = choices[1].to_owned();
    let answer = reply(&mut visitor, "第二个").await;
    assert_eq!(answer.citations[0].title, second);
    reply(&mut visitor, "医保").await;
    let by_name = reply(&mut visitor, &second).await;
    assert_eq!(by_name.citations[0].title, second);
    reply(&mut visitor, "医保").await;
    let neither = reply(&mut visitor, "都不是").await;
    assert!(neither.text.contains("用别的话"), "{}", neither.text);
}

#[tokio::test]
async fn a_choice_remembers_what_was_asked_of_it() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let asked_back = reply(&mut visitor, "医保要多少钱？").await;
    if asked_back.choices.is_empty() {
        assert!(!asked_back.citations.is_empty());
        return;
    }
    let answer = reply(&mut visitor, "1").await;
    assert!(answer.text.contains("费") || answer.text.contains("元"), "{}", answer.text);
}

#[tokio::test]
async fn whether_the_centre_is_open_depends_on_lunch_and_holidays() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let question = "Is the Linjiang District Service Centre open now?";
    for (moment, words) in [
        ("2026-09-29T10:00:00+08:00", "is open now, until 11:30"),
        ("2026-09-29T12:00:00+08:00", "is closed for lunch. It opens today at 13:00"),
        ("2026-09-29T18:00:00+08:00", "is closed for today. It opens on Wednesday 30 September"),
        ("2026-10-01T10:00:00+08:00", "is closed today for National Day"),
        ("2026-10-10T10:00:00+08:00", "is open now"),
    ] {
        house.clock.set(moment);
        let answer = reply(&mut visitor, question).await;
        assert!(answer.text.contains(words), "{moment}: {}", answer.text);
    }
    house.clock.set("2026-09-29T10:00:00+08:00");
    let ahead = reply(&mut visitor, "国庆节行政中心开门吗？").await;
    assert!(ahead.text.contains("10月1日") && ahead.text.contains("不开门"), "{}", ahead.text);
}

#[tokio::test]
async fn where_a_place_is_stands_in_the_words_and_not_on_the_card_alone() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let answer = reply(&mut visitor, "Where is the library?").await;
    assert!(answer.text.contains("Address: "), "{}", answer.text);
    assert!(answer.text.contains("Getting there: ") && answer.text.contains("021-5550-"));
    let hours = reply(&mut visitor, "图书馆几点关门？").await;
    assert!(!hours.text.contains("地址"), "only what was asked: {}", hours.text);
}

#[tokio::test]
async fn a_person_can_always_be_asked_for_and_the_wish_is_kept() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    for text in ["我要找人工", "I want to talk to a person", "0"] {
        reply(&mut visitor, "医保").await;
        let answer = reply(&mut visitor, text).await;
        assert!(answer.text.contains("021-5550-0100"), "{}", answer.text);
        assert!(answer.place.is_some());
    }
    let file = house.settings.data.join("wendu.db");
    let mut kept =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("there");
    let (wishes,): (i64,) = sqlx::query_as("SELECT count(*) FROM handoffs")
        .fetch_one(&mut kept)
        .await
        .expect("a table");
    assert_eq!(wishes, 3);
}

#[tokio::test]
async fn someone_without_a_phone_is_told_how_it_goes_without_one() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let answer = reply(&mut visitor, "我妈没有手机，怎么办敬老卡？").await;
    assert_eq!(answer.citations[0].title, "敬老卡（乘车）");
    let mut visitor = house.visitor("en").await;
    reply(&mut visitor, "residence permit").await;
    let answer = reply(&mut visitor, "I don't have a smartphone").await;
    assert!(answer.citations[0].title == "Residence permit" && !answer.text.is_empty());
}

#[tokio::test]
async fn an_answer_is_said_again_and_more_simply() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let first = reply(&mut visitor, "How do I apply for a passport?").await;
    assert_eq!(reply(&mut visitor, "say that again").await.text, first.text);
    let simple = reply(&mut visitor, "Say it more simply").await;
    assert!(simple.text.len() < first.text.len(), "{}", simple.text);
    assert_eq!(simple.citations[0].title, "Passport");
}

#[tokio::test]
async fn a_notice_that_is_over_is_never_shown() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    house.clock.set("2026-08-01T10:00:00+08:00");
    let shown = reply(&mut visitor, "天太热，哪里可以纳凉？").await;
    house.clock.set("2026-11-23T10:00:00+08:00");
    let over = reply(&mut visitor, "天太热，哪里可以纳凉？").await;
    let cites = |line: &Line| line.citations.iter().any(|c| c.title == "高温天可以来纳凉");
    assert!(cites(&shown), "in summer: {}", shown.text);
    assert!(!cites(&over), "in autumn: {}", over.text);
}

#[tokio::test]
async fn every_service_is_found_by_its_title_in_both_languages() {
    let house = House::open().await;
    for language in ["zh", "en"] {
        let mut visitor = house.visitor(language).await;
        for title in titles(language) {
            let answer = reply(&mut visitor, &title).await;
            let source = answer.citations.first().map(|citation| citation.title.clone());
            assert_eq!(source.as_deref(), Some(title.as_str()), "{}", answer.text);
            assert!(answer.citations[0].url.is_some());
        }
    }
}

#[tokio::test]
async fn a_language_nobody_here_speaks_is_met_in_both_that_are_spoken() {
    let house = House::open().await;
    let mut visitor = house.visitor("zh").await;
    let answer = reply(&mut visitor, "Где получить паспорт?").await;
    assert!(answer.text.contains("中文") && answer.text.contains("Chinese"), "{}", answer.text);
}

/// A copy of the demo city with one more notice, like another or not.
fn with_a_copy(change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let pack = copy_of_demo();
    for language in ["zh", "en"] {
        let notices = pack.path().join("notices");
        let text = std::fs::read_to_string(notices.join(format!("hall-lift.{language}.md")));
        let copy = notices.join(format!("hall-lift-again.{language}.md"));
        std::fs::write(copy, change(&text.expect("there"))).expect("written");
    }
    pack
}

#[tokio::test]
async fn a_notice_published_twice_is_told_once_and_nobody_has_to_choose() {
    let pack = with_a_copy(|text| text.replace("are not affected", "are unaffected"));
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    for (language, question) in [
        ("en", "Is the north lift at the service centre broken?"),
        ("zh", "行政服务中心北侧电梯坏了吗"),
    ] {
        let answer = reply(&mut house.visitor(language).await, question).await;
        assert_eq!(answer.citations.len(), 1, "{}", answer.text);
        assert!(answer.choices.is_empty(), "{:?}", labels(&answer));
    }
}

#[tokio::test]
async fn an_expired_copy_never_stands_before_the_notice_of_today() {
    let pack = with_a_copy(|text| {
        text.replace("from: 2026-11-15", "from: 2026-01-15").replace("until: 2027", "until: 2026")
    });
    let house = House::with(|settings| settings.pack = pack.path().into()).await;
    let question = "Is the north lift at the service centre broken?";
    let answer = reply(&mut house.visitor("en").await, question).await;
    assert!(answer.text.contains("15 January 2027"), "{}", answer.text);
    house.clock.set("2027-03-01T10:00:00+08:00");
    let answer = reply(&mut house.visitor("en").await, question).await;
    assert!(!answer.text.contains("15 January 2027"), "{}", answer.text);
}
