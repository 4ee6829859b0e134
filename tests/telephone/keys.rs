//! Somebody presses keys and says nothing: every service, and a person.

use std::time::Duration;

use knowledge::Library;
use nlu::langid;
use phone::{
    caller::Caller,
    leg::Key,
    story::{Ended, What},
};

use crate::{
    city::{City, MORNING, asked, understood},
    indexed::demo,
};

/// Presses these keys, so many milliseconds for each.
async fn presses(caller: &mut Caller, keys: &str, each_ms: u64) {
    for key in keys.chars() {
        caller.press(Key::from_char(key).expect("it is a key"));
        caller.listen(Duration::from_millis(each_ms)).await.expect("the call lasts");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_alone_lead_to_a_service_and_to_a_person() {
    let city = City::open("").await;
    let mut caller = Caller::call(city.line, "city").await.expect("the call is answered");
    caller.listen(Duration::from_secs(1)).await.expect("the greeting");
    // The keys, the first office, its first service.
    presses(&mut caller, "111", 700).await;
    let heard = caller.listen(Duration::from_secs(12)).await.expect("an answer");
    let service = understood(&heard, &langid!("zh")).await;
    assert!(service.chars().count() > 10, "{service}");
    presses(&mut caller, "0", 700).await;
    let heard = caller.listen(Duration::from_secs(14)).await.expect("an answer");
    let person = understood(&heard, &langid!("zh")).await;
    assert!(person.contains("真人") || person.contains("5550"), "{person}");
    caller.hang_up().await.expect("goodbye");
    let data = city.stop().await;
    let calls = wendu::store::calls::last(data.path(), 1).await.expect("it was kept");
    let story = &calls[0].story;
    assert_eq!(story.end, Some(Ended::Caller));
    let asked = story.moments.iter().filter(|moment| matches!(moment.what, What::Asked { .. }));
    assert_eq!(asked.count(), 2, "{story:?}");
}

/// Things of a menu on one page; the key after them reads the next page.
const PAGE: usize = 3;

/// The keys from anywhere to the thing at this place of a menu.
fn to(place: usize) -> String {
    format!("{}{}", "4".repeat(place / PAGE), place % PAGE + 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_reach_every_service() {
    let city = City::open("").await;
    let index = city.data.path().join("index");
    let library = Library::open(&demo(), &index, &|_| {}).expect("the demo city's pack is sound");
    let now = MORNING.parse().expect("a time");
    let shelves = bot::Mind::new(library.into()).directory(&langid!("zh"), now);
    let mut caller = Caller::call(city.line, "city").await.expect("the call is answered");
    caller.listen(Duration::from_secs(1)).await.expect("the greeting");
    let mut wanted = Vec::new();
    for (office, shelf) in shelves.iter().enumerate() {
        for (place, service) in shelf.services.iter().enumerate() {
            let office = if shelves.len() == 1 { String::new() } else { to(office) };
            presses(&mut caller, &format!("5{office}{}", to(place)), 250).await;
            caller.listen(Duration::from_millis(250)).await.expect("the call lasts");
            wanted.push((service.say.clone(), true));
        }
    }
    caller.listen(Duration::from_secs(2)).await.expect("the call lasts");
    caller.hang_up().await.expect("goodbye");
    assert!(wanted.len() >= 50, "{}", wanted.len());
    let data = city.stop().await;
    assert_eq!(asked(data.path()).await, wanted);
}
