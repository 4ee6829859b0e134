//! What residents are told: questions asked of the demo city, and what must stand in the answer.

use crate::house::House;

#[tokio::test]
async fn the_first_words_say_that_this_is_an_automatic_assistant() {
    let house = House::open().await;
    let visitor = house.visitor("en").await;
    assert!(visitor.greeting[0].text.contains("automatic assistant"));
    let visitor = house.visitor("zh").await;
    assert!(visitor.greeting[0].text.contains("自动"), "{}", visitor.greeting[0].text);
}

#[tokio::test]
async fn whether_the_centre_is_open_depends_on_the_holiday() {
    let house = House::open().await;
    let mut visitor = house.visitor("en").await;
    house.clock.set("2026-10-01T10:00:00+08:00");
    let closed = visitor.says("Is the Linjiang Government Service Centre open now?").await;
    house.clock.set("2026-09-29T10:00:00+08:00");
    let open = visitor.says("Is the Linjiang Government Service Centre open now?").await;
    assert!(closed[0].text.to_lowercase().contains("closed"), "{}", closed[0].text);
    assert!(open[0].text.to_lowercase().contains("open"), "{}", open[0].text);
    assert_ne!(closed[0].text, open[0].text);
}
