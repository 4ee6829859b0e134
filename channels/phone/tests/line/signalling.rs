//! What is asked by SIP alone: extensions, timers, late offers, malformed messages, strangers.

use super::peer::{Message, Peer};
use super::support::{TestLine, event, hear, line};
use phone::leg::{End, House, Key, LegEvent};
use std::time::Duration;

/// One call is answered and taken, so nothing before it did harm.
async fn a_good_call_still_works(here: &mut TestLine) {
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    peer.call("", &offer).await;
    let mut call = here.call().await;
    hear(&mut call, 2).await;
    assert_eq!(peer.ask("BYE", "", "").await.status(), 200);
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Caller));
}

#[tokio::test]
async fn options_says_what_can_be_asked() {
    let here = line("").await;
    let answer = Peer::new(here.sip).await.ask("OPTIONS", "", "").await;
    assert_eq!(answer.status(), 200);
    for method in ["INVITE", "UPDATE", "INFO", "PRACK"] {
        assert!(answer.header("Allow").unwrap().contains(method));
    }
    assert_eq!(answer.header("Accept"), Some("application/sdp"));
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_its_reason() {
    let mut here = line("").await;
    let refused = async |headers: &str, change: fn(String) -> String| -> Message {
        let mut peer = Peer::new(here.sip).await;
        let offer = change(peer.sdp(""));
        peer.ask("INVITE", headers, &offer).await
    };
    let same = |offer| offer;
    let answer = refused("Require: foo, timer\r\n", same).await;
    assert_eq!((answer.status(), answer.header("Unsupported")), (420, Some("foo")));
    let answer = refused("Supported: timer\r\nSession-Expires: 60\r\n", same).await;
    assert_eq!((answer.status(), answer.header("Min-SE")), (422, Some("90")));
    assert_eq!(refused("", |offer| offer.replace("m=audio", "q=audio")).await.status(), 488);
    assert_eq!(refused("", |offer| offer.replace("AVP 0", "AVP 18")).await.status(), 488);
    let answer = refused("Content-Type: text/plain\r\n", |_| "hello".into()).await;
    assert_eq!((answer.status(), answer.header("Accept")), (415, Some("application/sdp")));
    let mut asking = Peer::new(here.sip).await;
    assert_eq!(asking.ask("OPTIONS", "Require: foo\r\n", "").await.status(), 420);
    let mut peer = Peer::new(here.sip).await;
    assert_eq!(peer.ask("MESSAGE", "", "").await.status(), 405);
    assert_eq!(peer.ask("FROB", "", "").await.status(), 501);
    let request = peer.request("OPTIONS", "", "").replacen("SIP/2.0", "SIP/3.0", 1);
    peer.send(request).await;
    assert_eq!(peer.last_answer().await.status(), 505);
    a_good_call_still_works(&mut here).await;
}

#[tokio::test]
async fn a_name_in_latin_1_is_answered() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let request = peer.request("INVITE", "", &offer);
    let (before, after) = request.split_once("From: ").unwrap();
    let bytes = [before.as_bytes(), b"From: \"M\xfcller \xff\" ", after.as_bytes()].concat();
    peer.send(bytes).await;
    assert_eq!(peer.last_answer().await.status(), 200);
    let ack = peer.request("ACK", "", "");
    peer.send(ack).await;
    here.call().await;
}

#[tokio::test]
async fn a_message_of_60_kilobytes_is_refused_and_the_next_call_works() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let large = format!("X-Large: {}\r\n", "A".repeat(60_000));
    assert_eq!(peer.ask("INVITE", &large, &offer).await.status(), 413);
    a_good_call_still_works(&mut here).await;
}

#[tokio::test]
async fn strangers_get_no_answer_at_all() {
    let sip = super::support::free_address();
    let settings = format!(
        "[sip]\nudp = \"{sip}\"\n[[trunks]]\nname = \"elsewhere\"\naddresses = [\"192.0.2.1\"]\n"
    );
    let (line, _calls) = phone::Line::open(&toml::from_str(&settings).unwrap()).await.unwrap();
    let mut peer = Peer::new(sip).await;
    let requests =
        [peer.request("OPTIONS", "", ""), peer.request("INVITE", "", ""), "\r\n\r\n".into()];
    for request in requests {
        peer.send(request).await;
    }
    let large = peer.request("INVITE", &format!("X: {}\r\n", "A".repeat(60_000)), "");
    peer.send(large).await;
    assert!(peer.hears_nothing_for(Duration::from_millis(700)).await);
    line.shut().await;
}

#[tokio::test]
async fn no_sound_goes_before_the_ack() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    assert_eq!(peer.ask("INVITE", "", &offer).await.status(), 200);
    let mut packet = [0; 2000];
    let early = tokio::time::timeout(Duration::from_millis(300), peer.rtp.recv(&mut packet)).await;
    assert!(early.is_err(), "a packet came before the ACK");
    let ack = peer.request("ACK", "", "");
    peer.send(ack).await;
    let _call = here.call().await;
    tokio::time::timeout(Duration::from_secs(5), peer.rtp.recv(&mut packet))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn an_invite_without_offer_gets_ours_and_its_answer_counts() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let answer = peer.ask("INVITE", "", "").await;
    assert_eq!(answer.status(), 200);
    assert!(answer.body().contains("PCMU/8000") && answer.body().contains("opus/48000"));
    let sdp = peer.sdp("m=text 0 RTP/AVP 98\r\n");
    let ack = peer.request("ACK", "", &sdp);
    peer.send(ack).await;
    let mut call = here.call().await;
    assert_eq!(call.rate(), phone::leg::Rate::Narrow);
    assert!(!call.has_text());
    peer.rtp(answer.port(0), 101, 1, 100, &[4, 10, 0, 160]).await;
    assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char('4').unwrap()));
}

#[tokio::test]
async fn a_caller_who_requires_reliable_ringing_gets_it() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let request = peer.request("INVITE", "Require: 100rel\r\n", &offer);
    peer.send(request).await;
    let ringing = loop {
        let message = peer.receive().await;
        if message.status() == 180 {
            break message;
        }
    };
    assert_eq!(ringing.header("Require"), Some("100rel"));
    let rseq = ringing.header("RSeq").unwrap().to_owned();
    // Not acknowledged, it is sent again; and the call is not answered.
    assert_eq!(peer.receive().await.status(), 180);
    let wrong = peer.ask("PRACK", "RAck: 1 1 INVITE\r\n", "").await;
    assert_eq!(wrong.status(), 481);
    let prack = peer.request("PRACK", &format!("RAck: {rseq} 1 INVITE\r\n"), "");
    peer.send(prack).await;
    let mut answers = [peer.last_answer().await, peer.last_answer().await];
    answers.sort_by_key(|answer| answer.header("CSeq").unwrap().contains("INVITE"));
    assert!(answers.iter().all(|answer| answer.status() == 200));
    assert!(answers[1].header("CSeq").unwrap().contains("INVITE"));
    let ack = peer.request("ACK", "", "").replace("CSeq: 3 ACK", "CSeq: 1 ACK");
    peer.send(ack).await;
    here.call().await;
}

#[tokio::test]
async fn a_call_that_is_cancelled_while_it_rings_is_over() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let request = peer.request("INVITE", "Require: 100rel\r\n", &offer);
    peer.send(request).await;
    while peer.receive().await.status() != 180 {}
    let cancel = peer.request("CANCEL", "", "").replacen(";tag=", ";x=", 0);
    peer.send(cancel).await;
    let mut statuses = [peer.last_answer().await.status(), peer.last_answer().await.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 487]);
    a_good_call_still_works(&mut here).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_by_info_that_come_at_once_are_all_heard_in_order() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    peer.call("", &offer).await;
    let mut call = here.call().await;
    for _ in 0..10 {
        for key in "1234".chars() {
            let body = format!("Signal={key}\r\nDuration=160\r\n");
            let info = peer.request("INFO", "Content-Type: application/dtmf-relay\r\n", &body);
            peer.send(info).await;
        }
        for key in "1234".chars() {
            assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char(key).unwrap()));
        }
    }
}

#[tokio::test]
async fn keys_by_info_are_heard_and_other_info_is_refused() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    peer.call("", &offer).await;
    let mut call = here.call().await;
    let relay = "Content-Type: application/dtmf-relay\r\n";
    assert_eq!(peer.ask("INFO", relay, "Signal=5\r\nDuration=160\r\n").await.status(), 200);
    assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char('5').unwrap()));
    assert_eq!(peer.ask("INFO", "Content-Type: application/dtmf\r\n", "#").await.status(), 200);
    assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char('#').unwrap()));
    assert_eq!(peer.ask("INFO", "Content-Type: text/plain\r\n", "hello").await.status(), 415);
    assert_eq!(peer.ask("INFO", "", "").await.status(), 200);
}

#[tokio::test]
async fn a_session_is_kept_by_who_agreed_to_keep_it() {
    let here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let timer = "Supported: timer\r\nSession-Expires: 600\r\n";
    let answer = peer.call(timer, &offer).await;
    assert_eq!(answer.header("Session-Expires"), Some("600;refresher=uac"));
    assert_eq!(answer.header("Require"), Some("timer"));
    let answer = peer.ask("UPDATE", timer, "").await;
    assert_eq!(
        (answer.status(), answer.header("Session-Expires")),
        (200, Some("600;refresher=uac"))
    );
    let answer = peer.ask("UPDATE", "Supported: timer\r\nSession-Expires: 10\r\n", "").await;
    assert_eq!(answer.status(), 422);
    let mut old = Peer::new(here.sip).await;
    let offer = old.sdp("");
    let answer = old.call("", &offer).await;
    assert_eq!(answer.header("Session-Expires"), Some("1800;refresher=uas"));
    assert_eq!(answer.header("Require"), None);
}

#[tokio::test]
async fn a_change_is_agreed_and_one_that_cannot_be_leaves_all_as_it_was() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let first = peer.call("", &offer).await;
    let mut call = here.call().await;
    let refused = peer.ask("INVITE", "", &offer.replace("AVP 0", "AVP 18")).await;
    assert_eq!(refused.status(), 488);
    let ack = peer.request("ACK", "", "");
    peer.send(ack).await;
    let moved = peer.ask("INVITE", "", &offer.replace("AVP 0", "AVP 8")).await;
    assert_eq!((moved.status(), moved.port(0)), (200, first.port(0)));
    assert!(moved.body().contains("PCMA/8000"));
    let ack = peer.request("ACK", "", "");
    peer.send(ack).await;
    peer.rtp(first.port(0), 101, 1, 100, &[9, 10, 0, 160]).await;
    assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char('9').unwrap()));
}

#[tokio::test]
async fn a_full_house_tells_a_few_and_is_busy_to_the_rest() {
    let mut here = line("[limits]\ncalls = 1\ntold_when_full = 1").await;
    let mut calls = Vec::new();
    for expected in [House::Open, House::Full] {
        let mut peer = Peer::new(here.sip).await;
        let offer = peer.sdp("");
        peer.call("", &offer).await;
        let call = here.call().await;
        assert_eq!(call.about().house, expected);
        calls.push((peer, call));
    }
    let mut third = Peer::new(here.sip).await;
    let offer = third.sdp("");
    assert_eq!(third.ask("INVITE", "", &offer).await.status(), 486);
    let (mut first, mut call) = calls.remove(0);
    assert_eq!(first.ask("BYE", "", "").await.status(), 200);
    event(&mut call).await;
    a_good_call_still_works(&mut here).await;
}

#[tokio::test]
async fn one_caller_cannot_call_without_end() {
    let here = super::support::line_with_caller_limit(2).await;
    let ask = async |from: &str| {
        let mut peer = Peer::new(here.sip).await;
        peer.from = from.into();
        let offer = peer.sdp("");
        peer.ask("INVITE", "", &offer).await.status()
    };
    assert_eq!(ask("<sip:a@pbx>").await, 200);
    assert_eq!(ask("<sip:a@pbx>").await, 200);
    assert_eq!(ask("<sip:a@pbx>").await, 480);
    assert_eq!(ask("<sip:b@pbx>").await, 200);
}

#[tokio::test]
async fn a_caller_behind_a_router_is_reached_where_the_call_came_from() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    peer.contact = Some("10.254.254.254:5060".into());
    let offer = peer.sdp("");
    peer.call("", &offer).await;
    here.call().await.hang_up();
    let bye = peer.asked("BYE").await;
    peer.answer(&bye, "200 OK", "").await;
}

#[tokio::test]
async fn a_leg_that_is_dropped_hangs_up_and_so_does_a_line_that_is_shut() {
    let mut here = line("").await;
    for shut in [false, true] {
        let mut peer = Peer::new(here.sip).await;
        let offer = peer.sdp("");
        peer.call("", &offer).await;
        let mut call = here.call().await;
        if shut {
            let shutting = tokio::spawn(here.line.shut());
            let bye = peer.asked("BYE").await;
            peer.answer(&bye, "200 OK", "").await;
            assert_eq!(event(&mut call).await, LegEvent::Ended(End::Line));
            shutting.await.unwrap();
            return;
        }
        drop(call);
        let bye = peer.asked("BYE").await;
        peer.answer(&bye, "200 OK", "").await;
    }
}
