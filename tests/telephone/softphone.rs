//! Somebody calls, asks aloud, and hears the city's answer.

use std::time::Duration;

use bot::LanguageIdentifier;
use nlu::langid;
use phone::story::Ended;

use crate::{
    baresip::Phone,
    city::{City, asked, said, understood},
    support::PATIENCE,
};

/// Silence before the question: the greeting is heard in it.
const GREETING_S: usize = 4;

/// How long is listened after the question has been understood.
const ANSWER: Duration = Duration::from_secs(16);

/// Calls, asks, listens, and gives what was heard.
async fn asks(
    city: &City,
    phone: Phone<'_>,
    to: &str,
    question: &str,
    language: &LanguageIdentifier,
) -> String {
    let before = asked(city.data.path()).await.len();
    let mut microphone = vec![0; GREETING_S * 8_000];
    microphone.extend(said(question, language).await);
    let question_ends = microphone.len();
    // The file begins anew when it is over; nobody shall ask twice.
    microphone.resize(question_ends + 200 * 8_000, 0);
    let mut phone = Phone { microphone, ..phone }.start().await;
    phone.command("dial", to).await;
    phone.happens("CALL_ESTABLISHED").await;
    let understood_it = async {
        while asked(city.data.path()).await.len() == before {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::time::timeout(4 * PATIENCE, understood_it).await.expect("the question is understood");
    tokio::time::sleep(ANSWER).await;
    phone.command("hangup", "").await;
    let (heard, rate) = phone.heard().await;
    assert_eq!(rate, 8_000);
    // What was heard before the question was the greeting, which speaks all languages.
    understood(&heard[question_ends.min(heard.len())..], language).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_aloud_in_chinese_by_udp_and_in_english_by_tls_and_srtp() {
    let city = City::open("").await;
    let udp = format!("sip:city@{}", city.line);
    let chinese = asks(&city, Phone::default(), &udp, "办护照要多少钱？", &langid!("zh")).await;
    let encrypted = Phone { transport: "tls", account: ";mediaenc=srtp-mand", ..Phone::default() };
    let tls = format!("sip:city@{};transport=tls", city.tls);
    let english = asks(&city, encrypted, &tls, "How much is a passport?", &langid!("en")).await;
    let data = city.stop().await;
    let calls = wendu::store::calls::last(data.path(), 10).await.expect("they were kept");
    assert!(chinese.contains("120"), "{chinese}\n{:#?}", calls[1]);
    let fee = english.contains("120") || english.to_lowercase().contains("hundred and twenty");
    assert!(fee, "{english}\n{:#?}", calls[0]);
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().all(|call| call.ended.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_presses_0_is_put_through_to_a_person() {
    let mut person = Phone { account: ";answermode=auto", ..Phone::default() }.start().await;
    let desk = format!("sip:caller@{}", person.sip);
    let more = format!("transfer_to = {desk:?}\ntransfer_prefixes = [{desk:?}]");
    let city = City::open(&more).await;
    let mut caller = Phone::default().start().await;
    caller.command("dial", &format!("sip:city@{}", city.line)).await;
    caller.happens("CALL_ESTABLISHED").await;
    caller.command("sndcode", "0").await;
    person.happens("CALL_ESTABLISHED").await;
    // The city leaves the two alone.
    caller.happens("CALL_CLOSED").await;
    let data = city.stop().await;
    let calls = wendu::store::calls::last(data.path(), 1).await.expect("it was kept");
    assert_eq!(calls[0].story.end, Some(Ended::Transferred), "{:#?}", calls[0]);
}
