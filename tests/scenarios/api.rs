//! Starting, saying, reading: what the API promises to whoever talks through it.

use serde_json::Value;

use crate::house::House;

#[tokio::test]
async fn what_was_said_and_answered_can_be_read_again_in_order() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let answer = visitor.says("How much is a passport?").await;
    visitor.says("护照多少钱").await;
    let lines = visitor.lines(0).await;
    let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, (1..=lines.len() as u64).collect::<Vec<_>>());
    assert_eq!(lines[0], visitor.greeting[0]);
    assert_eq!(
        (lines[1].speaker.as_str(), lines[1].text.as_str()),
        ("visitor", "How much is a passport?")
    );
    assert_eq!(lines[2], answer[0]);
    assert_eq!(visitor.lines(2).await, lines[2..]);
}

#[tokio::test]
async fn the_same_message_five_times_at_once_is_one_turn() {
    let house = House::open().await;
    let visitor = house.visitor("zh").await;
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let visitor = visitor.clone();
        sending.spawn(async move { visitor.sends("once", "护照多少钱").await });
    }
    let heard = sending.join_all().await;
    let mut statuses: Vec<u16> = heard.iter().map(|heard| heard.status).collect();
    statuses.sort();
    assert_eq!(statuses, [200, 200, 200, 200, 201]);
    assert!(heard.iter().all(|one| one.body == heard[0].body), "all are told the same");
    let said = visitor.lines(0).await;
    assert_eq!(said.iter().filter(|line| line.speaker == "visitor").count(), 1);
}

#[tokio::test]
async fn an_old_message_that_comes_again_is_answered_as_it_was_then() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let first = visitor.sends("first", "How much is a passport?").await;
    visitor.says("And where do I go?").await;
    let before = visitor.lines(0).await;
    let again = visitor.sends("first", "How much is a passport?").await;
    assert_eq!((again.status, again.body), (200, first.body));
    assert_eq!(visitor.lines(0).await, before);
}

#[tokio::test]
async fn many_messages_of_one_visitor_at_once_are_all_answered_one_after_the_other() {
    let house = House::open().await;
    let visitor = house.visitor("en").await;
    let mut sending = tokio::task::JoinSet::new();
    for number in 0..20 {
        let visitor = visitor.clone();
        sending.spawn(async move { visitor.sends(&format!("m{number}"), "hello").await.status });
    }
    assert!(sending.join_all().await.iter().all(|status| *status == 201));
    let lines = visitor.lines(0).await;
    let numbers: Vec<u64> = lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, (1..=lines.len() as u64).collect::<Vec<_>>(), "no gap, none twice");
    assert_eq!(lines.iter().filter(|line| line.speaker == "visitor").count(), 20);
}

#[tokio::test]
async fn nobody_reads_or_speaks_in_anothers_conversation() {
    let house = House::open().await;
    let mut mine = house.visitor("en").await;
    mine.says("How much is a passport?").await;
    let mut other = house.visitor("en").await;
    other.id = mine.id.clone();
    other.get("messages?after=0").await.is_a_humane_refusal(404);
    other.get("events").await.is_a_humane_refusal(404);
    other.sends("k", "hello").await.is_a_humane_refusal(404);
    other.token = "guessed".into();
    other.get("messages?after=0").await.is_a_humane_refusal(404);
    assert_eq!(mine.lines(0).await.len(), 3);
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_how_long_to_wait() {
    let house = House::with(|settings| {
        settings.web.conversation_rate = web::Rate { per_minute: 30, burst: 3 };
    })
    .await;
    let mut visitor = house.visitor("en").await;
    for _ in 0..3 {
        visitor.says("hello").await;
    }
    let heard = visitor.sends("one-more", "hello").await;
    heard.is_a_humane_refusal(429);
    let wait: u64 = heard.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    house.visitor("en").await.says("others are not made to wait").await;
}

#[tokio::test]
async fn the_api_describes_itself() {
    let house = House::open().await;
    let (status, text) = house.get("/api/openapi.json").await;
    let api: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(status, 200);
    assert!(api["paths"]["/api/v1/conversations/{id}/messages"]["post"].is_object());
}

#[tokio::test]
async fn a_second_start_of_the_same_conversation_cannot_be_forged_by_a_key() {
    let house = House::open().await;
    let visitor = house.visitor("en").await;
    let heard = visitor.sends("start", "How much is a passport?").await;
    assert_eq!(heard.status, 201, "a visitor's key never meets the house's own names");
}
