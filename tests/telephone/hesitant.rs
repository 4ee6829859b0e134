//! Somebody who takes their time: twelve seconds to think, pauses in the middle, a false start. They
//! are never cut off, and get the answer to the whole of what they asked.

use std::time::Duration;

use nlu::langid;
use phone::{caller::Caller, story::Ended};

use crate::city::{City, hears, said};

#[tokio::test(flavor = "multi_thread")]
async fn a_hesitant_caller_is_not_cut_off() {
    let city = City::open("").await;
    let mut parts = Vec::new();
    for (text, pause_ms) in
        [("那个", 1_400), ("我想问一下", 1_200), ("办护照", 1_300), ("要多少钱", 0)]
    {
        parts.push((said(text, &langid!("zh")).await, pause_ms));
    }
    let mut caller = Caller::call(city.line, "city").await.expect("the call is answered");
    // The greeting, and then nothing: they are looking for the letter.
    caller.listen(Duration::from_secs(12)).await.expect("the call lasts");
    for (sound, pause_ms) in parts {
        caller.say(&sound);
        let silence = Duration::from_millis(sound.len() as u64 / 8 + pause_ms);
        caller.listen(silence).await.expect("the call lasts");
    }
    let more = async |time| caller.listen(time).await.expect("the call lasts");
    hears("120", &langid!("zh"), more).await;
    caller.hang_up().await.expect("goodbye");
    let data = city.stop().await;
    let calls = wendu::store::calls::last(data.path(), 1).await.expect("it was kept");
    assert_eq!(calls[0].story.end, Some(Ended::Caller));
}
