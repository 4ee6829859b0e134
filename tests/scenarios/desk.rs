//! The desk: a person takes over, and everybody knows at every moment who answers.

use sqlx::{Connection, SqliteConnection};

use crate::{
    clerk::{Clerk, PASSWORD},
    house::{House, until},
    visitor::{Line, Visitor},
};

fn text(lines: &[Line]) -> String {
    lines.iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n")
}

/// The lines that a member of staff said.
async fn from_staff(visitor: &Visitor) -> Vec<String> {
    let lines = visitor.lines(0).await.into_iter().filter(|line| line.speaker == "staff");
    lines.map(|line| line.text).collect()
}

async fn cases(house: &House) -> Vec<(String, String, Option<i64>, Option<String>, Option<i64>)> {
    let file = house.settings.data.join("wendu.db");
    let mut kept =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("there");
    sqlx::query_as("SELECT reason, state, clerk, ending, rating FROM handoffs ORDER BY number")
        .fetch_all(&mut kept)
        .await
        .expect("rows")
}

#[tokio::test]
async fn a_clerk_takes_over_gives_back_and_closes_and_the_visitor_says_how_it_was() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let _page = wang.sits_down().await;
    let mut visitor = house.visitor("en").await;
    visitor.says("How much is a passport?").await;

    let waits = visitor.says("I want to talk to a person").await;
    assert!(text(&waits).contains("You are next."), "{}", text(&waits));
    assert!(!text(&waits).contains("minute"), "nothing is known of how long: {}", text(&waits));
    // The assistant goes on answering meanwhile.
    assert!(text(&visitor.says("Where do I go?").await).contains("Hall"));

    let (_, board) = wang.reads("/desk").await;
    assert!(board.contains("Waiting: 1") && board.contains("Passport"), "{board}");
    let taken = wang.post("/desk/next", &[]).await;
    let case = taken.headers()["location"].to_str().expect("text").to_owned();
    assert!(case.contains(&visitor.id), "{case}");
    let (_, page) = wang.reads(&case).await;
    for part in ["asked for a person", "How much is a passport?", "Source:", "Your answer"] {
        assert!(page.contains(part), "{part} is missing");
    }

    // Now it is between the two.
    assert!(visitor.says("Are you there?").await.is_empty(), "the assistant is silent");
    assert_eq!(
        wang.does(&visitor.id, "say", &[("key", "1"), ("text", "Yes. <b>Hello</b>")]).await,
        303
    );
    // Pressed twice, said once.
    wang.does(&visitor.id, "say", &[("key", "1"), ("text", "Yes. <b>Hello</b>")]).await;
    assert_eq!(from_staff(&visitor).await, ["Yes. <b>Hello</b>"]);
    let (_, page) = wang.reads(&case).await;
    assert!(!page.contains("<b>Hello"), "what is said is text and not markup");

    let book = "long ".repeat(20_000);
    assert_eq!(wang.does(&visitor.id, "say", &[("key", "b"), ("text", &book)]).await, 422);
    assert_eq!(wang.does(&visitor.id, "say", &[("key", "e"), ("text", " \n")]).await, 422);
    assert_eq!(from_staff(&visitor).await.len(), 1, "neither was sent");

    // Given back, the assistant knows what it was about.
    assert_eq!(wang.does(&visitor.id, "give-back", &[("key", "2")]).await, 303);
    assert!(text(&visitor.says("How long does it take?").await).contains("7 working days"));

    visitor.says("a person please").await;
    wang.does(&visitor.id, "take", &[("key", "3")]).await;
    assert_eq!(wang.does(&visitor.id, "close", &[("key", "4"), ("ending", "solved")]).await, 303);
    let asked = visitor.lines(0).await.pop().expect("a line");
    assert_eq!(asked.choices.len(), 5, "{}", asked.text);
    assert!(text(&visitor.says("5").await).contains("Thank you"));
    let kept = cases(&house).await;
    let asked = |state: &str, ending: Option<&str>, rating| {
        ("asked".into(), state.into(), Some(1), ending.map(str::to_owned), rating)
    };
    assert_eq!(kept, [asked("given-back", None, None), asked("closed", Some("solved"), Some(5))]);
}

#[tokio::test]
async fn two_clerks_take_at_the_same_instant_and_one_has_it() {
    let house = House::open().await;
    let (wang, li) = (house.clerk("wang", "王芳").await, house.clerk("li", "李雷").await);
    let _pages = (wang.sits_down().await, li.sits_down().await);
    let mut visitor = house.visitor("zh").await;
    visitor.says("人工").await;
    let key = [("key", "k")];
    let both =
        tokio::join!(wang.does(&visitor.id, "take", &key), li.does(&visitor.id, "take", &key));
    let mut statuses = [both.0, both.1];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let (holder, other) = if both.0 == 303 { (&wang, &li) } else { (&li, &wang) };
    let said = [("key", "s"), ("text", "您好")];
    assert_eq!(other.does(&visitor.id, "say", &said).await, 409);
    assert_eq!(holder.does(&visitor.id, "say", &said).await, 303);
    assert_eq!(from_staff(&visitor).await, ["您好"]);
}

#[tokio::test]
async fn who_waits_keeps_the_place_hears_of_it_and_can_give_it_up() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let page = wang.sits_down().await;
    let mut first = house.visitor("zh").await;
    let mut second = house.visitor("zh").await;
    first.says("人工").await;
    let waits = second.says("人工").await;
    assert!(text(&waits).contains("前面还有一位"), "{}", text(&waits));
    let stops = waits[0].suggestions[0].say.clone();
    assert!(text(&first.says(&stops).await).contains("不排队了"));
    assert!(text(&second.says("人工").await).contains("下一位就是您"));
    // Nobody is at the desk any more: the wish is kept, and that is said.
    drop(page);
    until("the desk is empty", || async {
        wang.reads("/desk").await.1.contains("Nobody is at the desk")
    })
    .await;
    let mut late = house.visitor("en").await;
    let told = text(&late.says("a person please").await);
    assert!(told.contains("021-5550-0100") && told.contains("will answer you here"), "{told}");
    // After a restart everybody still stands where they stood.
    let house = house.again(|_| {}).await;
    let wang = Clerk::outside(&house.url).comes_in("wang", PASSWORD).await.expect("comes in");
    assert!(wang.reads("/desk").await.1.contains("Waiting: 2"));
    house.stop().await;
}

#[tokio::test]
async fn danger_is_answered_at_once_also_while_a_clerk_has_it_and_goes_first() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let _page = wang.sits_down().await;
    let mut patient = house.visitor("zh").await;
    patient.says("人工").await;
    let mut danger = house.visitor("zh").await;
    assert!(text(&danger.says("我家着火了").await).contains("119"));
    let taken = wang.post("/desk/next", &[]).await;
    let case = taken.headers()["location"].to_str().expect("text").to_owned();
    assert!(case.contains(&danger.id), "{case}");
    assert!(text(&danger.says("火越来越大了，着火了").await).contains("119"));
    // Whoever waits already goes first from now on, with the same wish.
    house.clock.set("2026-11-24T10:01:00+08:00");
    assert!(text(&patient.says("我胸口疼得喘不上气").await).contains("120"));
    let kept: Vec<_> = cases(&house).await.into_iter().map(|case| (case.0, case.1)).collect();
    let case = |reason: &str, state: &str| (reason.to_owned(), state.to_owned());
    assert_eq!(kept, [case("danger", "waiting"), case("danger", "taken")]);
}

#[tokio::test]
async fn nobody_comes_in_who_may_not_and_no_other_page_acts_for_a_clerk() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    let _page = wang.sits_down().await;
    let mut visitor = house.visitor("zh").await;
    visitor.says("人工").await;
    let stranger = Clerk::outside(&house.url);
    for path in ["/desk", "/desk/board", &format!("/desk/cases/{}", visitor.id)] {
        let (status, text) = stranger.reads(path).await;
        assert_eq!(status, 303, "{path}");
        assert!(text.is_empty(), "{path}");
    }
    assert_eq!(stranger.does(&visitor.id, "take", &[("key", "k")]).await, 303, "to the log-in");
    // A form without its token, and one that another site sends.
    let forged = wang.http.post(format!("{}/desk/cases/{}/take", house.url, visitor.id));
    assert_eq!(forged.form(&[("key", "k")]).send().await.expect("an answer").status(), 403);
    let foreign = wang.http.post(format!("{}/desk/next", house.url));
    let foreign = foreign.header("origin", "https://evil.example");
    assert_eq!(foreign.send().await.expect("an answer").status(), 403);
    assert_eq!(cases(&house).await[0].1, "waiting");
    // Wrong passwords are slowed down, and say nothing of who works here.
    for tries in 0..12 {
        let outside = Clerk::outside(&house.url);
        let refused = outside.comes_in("nobody", "not the password").await.err();
        assert_eq!(refused, Some(if tries < 8 { 422 } else { 429 }), "try {tries}");
    }
}

#[tokio::test]
async fn an_account_that_is_shut_sees_nothing_more_and_a_link_works_once() {
    let house = House::open().await;
    let wang = house.clerk("wang", "王芳").await;
    assert_eq!(wang.reads("/desk").await.0, 200);
    wendu::store::staff::set_state(&house.settings.data, "wang", "disabled").await.expect("shut");
    assert_eq!(wang.reads("/desk").await.0, 303);
    assert_eq!(Clerk::outside(&house.url).comes_in("wang", PASSWORD).await.err(), Some(422));
    let folder = &house.settings.data;
    wendu::store::staff::set_state(folder, "wang", "active").await.expect("opened");
    let secret = wendu::store::staff::reset(folder, "WANG").await.expect("a link");
    let (link, outside) = (format!("/desk/link/{}", secret.as_str()), Clerk::outside(&house.url));
    let weak = outside.post(&link, &[("password", "wang wang wang"), ("again", "wang wang wang")]);
    assert_eq!(weak.await.status(), 422);
    let new = [("password", "another long one"), ("again", "another long one")];
    assert_eq!(outside.post(&link, &new).await.status(), 303);
    assert_eq!(outside.post(&link, &new).await.status(), 404);
    assert!(outside.comes_in("wang", "another long one").await.is_ok());
}

#[tokio::test]
async fn without_a_desk_a_wish_is_kept_and_nobody_is_told_to_wait() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let told = text(&visitor.says("a person please").await);
    assert!(told.contains("021-5550-0100") && !told.contains("You are next"), "{told}");
    assert_eq!(cases(&house).await[0].1, "kept");
}
