//! What should not come but does: each is answered in words, nothing is lost, the service stays up.

use crate::{house::House, visitor::Heard};

#[tokio::test]
async fn an_empty_message_is_answered_with_a_sentence() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    for nothing in ["", "   ", "\n\n", "\u{200B}\u{202E}"] {
        let answer = visitor.says(nothing).await;
        assert!(answer[0].text.chars().count() > 10, "{nothing:?}");
    }
}

#[tokio::test]
async fn a_megabyte_is_refused_and_the_visitor_can_go_on() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    visitor.sends("long", &"长".repeat(400_000)).await.is_a_humane_refusal(413);
    visitor.sends("less", &"a".repeat(9_000)).await.is_a_humane_refusal(413);
    assert!(!visitor.says("How much is a passport?").await.is_empty());
}

#[tokio::test]
async fn control_and_direction_characters_do_not_reach_a_reader() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    visitor.says("How \u{202E}much\u{0}\u{7} is a\u{1b}[31m passport?").await;
    let lines = visitor.lines(1).await;
    assert_eq!(lines[0].text, "How much is a[31m passport?");
}

#[tokio::test]
async fn broken_json_and_broken_utf_8_are_refused_in_words() {
    let house = House::open().await;
    let visitor = house.visitor("en").await;
    let bodies: [&[u8]; 6] =
        [b"", b"{", b"{\"text\": 3}", b"{\"text\": \"a\xFFb\"}", b"[]", b"\"text\""];
    for body in bodies {
        visitor.post("k", body.to_vec()).await.expect("an answer").is_a_humane_refusal(400);
    }
    assert_eq!(visitor.lines(0).await, visitor.greeting);
}

#[tokio::test]
async fn markup_in_a_message_stays_text() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let words = "<script>alert(1)</script> [a](javascript:alert(1)) **b** </li> &amp;";
    visitor.says(words).await;
    assert_eq!(visitor.lines(1).await[0].text, words);
    let page = reqwest::Client::new()
        .get(&house.url)
        .header("cookie", cookie(&house, words).await)
        .send()
        .await
        .expect("a page");
    let page = page.text().await.expect("text");
    assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"), "it is shown");
    assert!(!page.contains("<script>alert"), "it is not run");
}

/// Says something by the page's own form, without JavaScript, and gives the cookie.
async fn cookie(house: &House, text: &str) -> String {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
    let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let response = http
        .expect("a client")
        .post(format!("{}/ask", house.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", &house.url)
        .body(format!("text={text}"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 303);
    let cookies = response.headers().get_all("set-cookie").iter();
    let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn no_way_of_asking_brings_the_service_down() {
    let house = House::open().await;
    let http = reqwest::Client::new();
    for path in
        ["/%00", "/api/v1/conversations/%ff/messages", "/../../etc/passwd", "/api/v1/nothing"]
    {
        let response = http.get(format!("{}{path}", house.url)).send().await.expect("an answer");
        let heard = Heard::of(response).await;
        assert!((400..500).contains(&heard.status), "{path}: {}", heard.status);
    }
    let long = "x".repeat(20_000);
    let refused = http.get(&house.url).header("x-long", long).send().await;
    assert!(refused.map_or(true, |response| response.status() == 431));
    assert_eq!(house.get("/livez").await.0, 200);
}
