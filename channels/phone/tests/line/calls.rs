//! Calls by baresip: what each side hears, hold, keys, encryption, transfer.

use super::baresip::Phone;
use super::peer::Peer;
use super::sound::{has, melody, tones};
use super::support::{TestLine, event, hear, line};
use phone::leg::{End, Hold, Key, LegEvent, Rate, Transfer};

const THEIRS: [u32; 4] = [500, 800, 600, 900];
const OURS: [u32; 4] = [1000, 700, 1200, 1100];
const ALL: [u32; 8] = [500, 600, 700, 800, 900, 1000, 1100, 1200];

/// Its microphone, for ten seconds.
fn microphone() -> Vec<i16> {
    melody(&THEIRS.repeat(13), 8000)
}

/// One call in which each side must hear what the other says.
async fn both_are_heard(mut here: TestLine, phone: Phone<'_>, to: &str, rate: Rate) {
    let mut baresip = Phone { microphone: microphone(), ..phone }.start().await;
    baresip.command("dial", to).await;
    let mut call = here.call().await;
    assert_eq!(call.rate(), rate);
    assert_eq!(call.about().caller.as_deref(), Some("caller"));
    assert_eq!(call.about().called, "1000");
    assert_eq!(call.about().line, "here");
    call.play(melody(&OURS.repeat(2), rate.hz()).into());
    call.mark(7);
    let mut heard = Vec::new();
    while heard.len() < 3 * rate.hz() as usize {
        heard.extend(hear(&mut call, 10).await);
    }
    let heard = tones(&heard, &ALL, rate.hz());
    assert!(has(&heard, &THEIRS), "{heard:?}");
    baresip.command("hangup", "").await;
    let ended = loop {
        match event(&mut call).await {
            LegEvent::Ended(end) => break end,
            LegEvent::Played(mark) => assert_eq!(mark, 7),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ended, End::Caller);
    let (recorded, rate) = baresip.heard().await;
    let recorded = tones(&recorded, &ALL, rate);
    assert!(has(&recorded, &OURS), "{recorded:?}");
    here.line.shut().await;
}

#[tokio::test]
async fn a_call_over_udp_in_mu_law_is_heard_by_both() {
    let here = line("").await;
    let to = format!("sip:1000@{}", here.sip);
    both_are_heard(here, Phone::default(), &to, Rate::Narrow).await;
}

#[tokio::test]
async fn a_call_over_tcp_in_a_law_is_heard_by_both() {
    let here = line("").await;
    let to = format!("sip:1000@{};transport=tcp", here.sip);
    let phone = Phone { transport: "tcp", codec: "PCMA/8000/1", ..Phone::default() };
    both_are_heard(here, phone, &to, Rate::Narrow).await;
}

#[tokio::test]
async fn a_call_in_g722_is_heard_by_both_in_wide_sound() {
    let here = line("").await;
    let to = format!("sip:1000@{}", here.sip);
    let phone = Phone { codec: "G722/16000/1", ..Phone::default() };
    both_are_heard(here, phone, &to, Rate::Wide).await;
}

#[tokio::test]
async fn a_call_in_opus_is_heard_by_both_in_wide_sound() {
    let here = line("").await;
    let to = format!("sip:1000@{}", here.sip);
    let phone = Phone { codec: "opus/48000/2", ..Phone::default() };
    both_are_heard(here, phone, &to, Rate::Wide).await;
}

/// A certificate of the line's own; the telephone is told not to check it.
fn certificate(folder: &std::path::Path) -> String {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    format!("certificate = {certificate:?}\nkey = {key:?}")
}

#[tokio::test]
async fn a_call_over_tls_with_srtp_is_heard_by_both() {
    let folder = tempfile::tempdir().unwrap();
    let tls = super::support::free_address();
    let here = line(&format!(
        "[sip]\ntls = \"{tls}\"\n{}\n[rtp]\nencryption = \"required\"",
        certificate(folder.path())
    ))
    .await;
    let to = format!("sip:1000@{tls};transport=tls");
    let phone = Phone { transport: "tls", account: ";mediaenc=srtp-mand", ..Phone::default() };
    both_are_heard(here, phone, &to, Rate::Narrow).await;
}

#[tokio::test]
async fn a_caller_who_holds_hears_nothing_and_after_it_the_rest() {
    let mut here = line("").await;
    let mut baresip = Phone { microphone: microphone(), ..Phone::default() }.start().await;
    baresip.command("dial", &format!("sip:1000@{}", here.sip)).await;
    let mut call = here.call().await;
    hear(&mut call, 20).await;
    baresip.command("hold", "").await;
    assert_eq!(event(&mut call).await, LegEvent::Hold(Hold::Held));
    let silence = hear(&mut call, 20).await;
    assert!(silence.iter().all(|sample| *sample == 0));
    let before = baresip.packets_received().await;
    baresip.command("resume", "").await;
    assert_eq!(event(&mut call).await, LegEvent::Hold(Hold::Resumed));
    let heard = tones(&hear(&mut call, 100).await, &ALL, 8000);
    assert!(has(&heard, &THEIRS), "{heard:?}");
    // It stops recording when it holds, but it counts.
    let after = baresip.packets_received().await;
    assert!(after > before + 80, "{before} packets, then {after}");
    call.hang_up();
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Us));
    baresip.happens("CALL_CLOSED").await;
}

#[tokio::test]
async fn every_key_is_heard_once() {
    let mut here = line("").await;
    let mut baresip = Phone::default().start().await;
    baresip.command("dial", &format!("sip:1000@{}", here.sip)).await;
    let mut call = here.call().await;
    hear(&mut call, 10).await;
    for key in "159*0#".chars() {
        baresip.command("sndcode", &key.to_string()).await;
        assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char(key).unwrap()));
        // It says when a key is let go; the next one would be the same press else.
        hear(&mut call, 15).await;
    }
    baresip.command("hangup", "").await;
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Caller));
}

#[tokio::test]
async fn a_transferred_caller_reaches_the_person_and_we_learn_of_it() {
    let mut person = Phone { account: ";answermode=auto", ..Phone::default() }.start().await;
    let desk = format!("sip:caller@{}", person.sip);
    let mut here = line("transfer_prefixes = [\"sip:caller@127.0.0.1\"]").await;
    let mut baresip = Phone::default().start().await;
    baresip.command("dial", &format!("sip:1000@{}", here.sip)).await;
    let mut call = here.call().await;
    hear(&mut call, 10).await;
    call.transfer("tel:+1900");
    assert_eq!(event(&mut call).await, LegEvent::Transfer(Transfer::NotAllowed));
    call.transfer(&desk);
    person.happens("CALL_ESTABLISHED").await;
    let done = loop {
        match event(&mut call).await {
            LegEvent::Transfer(Transfer::Trying(_)) => {}
            LegEvent::Transfer(outcome) => break outcome,
            // The telephone holds us while it tries.
            LegEvent::Hold(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(done, Transfer::Done);
    while !matches!(event(&mut call).await, LegEvent::Ended(_)) {}
    here.line.shut().await;
}

#[tokio::test]
async fn a_transfer_to_a_busy_desk_comes_back_and_the_call_goes_on() {
    let mut here = line("transfer_prefixes = [\"sip:desk@127.0.0.1\"]").await;
    let mut baresip = Phone { microphone: microphone(), ..Phone::default() }.start().await;
    let mut desk = Peer::new(baresip.sip).await;
    baresip.command("dial", &format!("sip:1000@{}", here.sip)).await;
    let mut call = here.call().await;
    call.transfer(&format!("sip:desk@{}", desk.socket.local_addr().unwrap()));
    let invite = desk.asked("INVITE").await;
    desk.answer(&invite, "486 Busy Here", "").await;
    let failed = loop {
        match event(&mut call).await {
            LegEvent::Transfer(Transfer::Failed(status)) => break status,
            LegEvent::Transfer(Transfer::Trying(_)) | LegEvent::Hold(_) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(failed, Some(486));
    baresip.command("resume", "").await;
    assert!(!hear(&mut call, 20).await.is_empty());
    call.hang_up();
}
