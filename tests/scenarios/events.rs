//! Event streams: lines as they come, whole after every cut.

use crate::house::House;

#[tokio::test]
async fn a_line_reaches_every_open_page_once() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let mut one = visitor.listens(1, None).await;
    let mut two = visitor.listens(1, None).await;
    let answer = visitor.says("How much is a passport?").await;
    for events in [&mut one, &mut two] {
        let (id, said) = events.next().await.expect("their own words");
        assert_eq!((id, said.speaker.as_str()), (2, "visitor"));
        let (id, line) = events.next().await.expect("the answer");
        assert_eq!((id, &line), (3, &answer[0]));
    }
}

#[tokio::test]
async fn a_page_that_was_away_hears_what_it_missed_and_nothing_twice() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    let mut events = visitor.listens(0, None).await;
    let (last, _) = events.next().await.expect("the greeting");
    drop(events);
    visitor.says("How much is a passport?").await;
    // A browser that connects again names the last line it had; that outranks the address.
    let mut events = visitor.listens(0, Some(last)).await;
    visitor.says("Where do I go?").await;
    let expected = visitor.lines(last).await;
    for line in expected {
        assert_eq!(events.next().await, Some((line.number, line)));
    }
}

#[tokio::test]
async fn streams_end_when_the_house_closes_and_nothing_is_lost() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    visitor.says("How much is a passport?").await;
    let before = visitor.lines(0).await;
    let mut events = visitor.listens(before.len() as u64, None).await;
    let house = house.again(|_| {}).await;
    assert_eq!(events.next().await, None);
    visitor.url = house.url.clone();
    assert_eq!(visitor.lines(0).await, before);
}
