//! A provider that holds what it is sent and says what it played.

use super::*;
use crate::leg::{CallLeg, Key, next};
use crate::settings::Secret;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "a token";

struct Provider {
    to_us: mpsc::Sender<String>,
    from_us: mpsc::Receiver<String>,
    call: Box<dyn CallLeg>,
}

const ADDRESS: &str = "wss://city.example/phone";

/// The door, with room for so many calls, and where its calls come out.
fn door(most: u64) -> (MediaStreams, mpsc::Receiver<Box<dyn CallLeg>>) {
    let (calls, taken) = mpsc::channel(10);
    let entry = Entry { calls, counters: Arc::default(), stop: CancellationToken::new(), most };
    let settings =
        MediaStreamsSettings { address: ADDRESS.into(), token: Secret::Here(TOKEN.into()) };
    (MediaStreams::new(&settings, entry).unwrap(), taken)
}

async fn call() -> Provider {
    let (to_us, incoming) = mpsc::channel(100);
    let (outgoing, from_us) = mpsc::channel(1000);
    let (door, mut taken) = door(1);
    tokio::spawn(async move { door.run(incoming, outgoing).await });
    for frame in [
        json!({ "event": "connected", "protocol": "Call" }),
        json!({ "event": "start", "streamSid": "MZ", "start": { "customParameters": { "from": "+86" } } }),
    ] {
        to_us.send(frame.to_string()).await.unwrap();
    }
    Provider { to_us, from_us, call: taken.recv().await.unwrap() }
}

impl Provider {
    async fn send(&self, frame: Value) {
        self.to_us.send(frame.to_string()).await.unwrap();
    }

    async fn read(&mut self) -> Value {
        serde_json::from_str(&self.from_us.recv().await.unwrap()).unwrap()
    }

    async fn event(&mut self) -> LegEvent {
        loop {
            match next(&mut *self.call).await.unwrap() {
                LegEvent::Heard(frame) if frame.pcm.iter().all(|sample| *sample == 0) => {}
                event => return event,
            }
        }
    }
}

#[tokio::test]
async fn sound_keys_and_marks_go_both_ways() {
    let mut provider = call().await;
    assert_eq!(provider.call.about().caller.as_deref(), Some("+86"));
    provider.call.play(vec![8000; 320].into());
    provider.call.mark(5);
    for _ in 0..2 {
        let frame = provider.read().await;
        assert_eq!((&frame["event"], &frame["streamSid"]), (&json!("media"), &json!("MZ")));
        let payload = STANDARD.decode(frame["media"]["payload"].as_str().unwrap()).unwrap();
        assert_eq!(payload.len(), 160);
    }
    let mark = provider.read().await;
    assert_eq!(mark["mark"]["name"], "5");
    provider.send(mark).await;
    assert_eq!(provider.event().await, LegEvent::Played(5));
    provider.send(json!({ "event": "dtmf", "dtmf": { "digit": "3" } })).await;
    assert_eq!(provider.event().await, LegEvent::Keyed(Key::from_char('3').unwrap()));
    let payload = STANDARD.encode([0x10; 160]);
    for _ in 0..4 {
        provider.send(json!({ "event": "media", "media": { "payload": payload } })).await;
    }
    let LegEvent::Heard(frame) = provider.event().await else { panic!("sound is heard") };
    assert!(frame.pcm.iter().all(|sample| sample.unsigned_abs() > 1000));
    provider.send(json!({ "event": "stop" })).await;
    while provider.event().await != LegEvent::Ended(End::Caller) {}
}

#[tokio::test]
async fn clear_empties_what_the_provider_holds_and_its_marks_are_not_said() {
    let mut provider = call().await;
    provider.call.play(vec![8000; 160 * 100].into());
    provider.call.mark(1);
    assert_eq!(provider.read().await["event"], "media");
    provider.call.clear();
    let mut sent = 1;
    while provider.read().await["event"] != "clear" {
        sent += 1;
    }
    assert!(sent < 20, "{sent} frames were sent ahead");
    provider.send(json!({ "event": "mark", "mark": { "name": "1" } })).await;
    provider.call.transfer("tel:1");
    assert_eq!(provider.event().await, LegEvent::Transfer(Transfer::NotAllowed));
    provider.call.hang_up();
    assert_eq!(provider.event().await, LegEvent::Ended(End::Us));
    assert!(provider.from_us.recv().await.is_none());
}

#[tokio::test]
async fn rubbish_is_borne_and_a_connection_that_breaks_ends_the_call() {
    let mut provider = call().await;
    for text in
        ["", "null", "{\"event\":3}", "{\"event\":\"media\",\"media\":{\"payload\":\"%%%\"}}"]
    {
        provider.to_us.send(text.into()).await.unwrap();
    }
    provider.to_us.send("x".repeat(100_000)).await.unwrap();
    provider.send(json!({ "event": "dtmf", "dtmf": { "digit": "7" } })).await;
    assert_eq!(provider.event().await, LegEvent::Keyed(Key::from_char('7').unwrap()));
    let (to_us, _) = mpsc::channel(1);
    provider.to_us = to_us;
    assert_eq!(provider.event().await, LegEvent::Ended(End::Line));
}

#[test]
fn only_the_providers_signature_is_one() {
    let (door, _) = door(1);
    let sign = |token: &str, address: &str| {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
        STANDARD.encode(ring::hmac::sign(&key, address.as_bytes()))
    };
    assert!(door.is_signed(&sign(TOKEN, ADDRESS)));
    assert!(!door.is_signed(&sign(TOKEN, "wss://other.example/phone")));
    assert!(!door.is_signed(&sign("another", ADDRESS)));
    assert!(!door.is_signed("not base64"));
}

#[tokio::test]
async fn a_full_house_shuts_the_door() {
    let (door, _taken) = door(0);
    let (to_us, incoming) = mpsc::channel(10);
    let (outgoing, mut from_us) = mpsc::channel(10);
    to_us
        .send(json!({ "event": "start", "streamSid": "MZ", "start": {} }).to_string())
        .await
        .unwrap();
    door.run(incoming, outgoing).await;
    assert!(from_us.recv().await.is_none());
    assert_eq!(door.entry.counters.read().refused, 1);
}
