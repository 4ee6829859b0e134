//! Real-time text, by a client written from RFC 4103: typed both ways beside sound, with loss.

use super::peer::{Peer, rtp_packet};
use super::support::{PATIENCE, TestLine, event, hear, line};
use super::typist::{RED, T140, newest, packet};
use phone::leg::{CallLeg, LegEvent};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;

async fn typed(call: &mut Box<dyn CallLeg>) -> String {
    match event(call).await {
        LegEvent::Typed(text) => text,
        other => panic!("{other:?}"),
    }
}

/// A call with text beside its sound, from a peer that types.
struct Typing {
    theirs: UdpSocket,
    ours: (&'static str, u16),
    call: Box<dyn CallLeg>,
    _line: TestLine,
    _peer: Peer,
}

async fn typing() -> Typing {
    let mut line = line("").await;
    let mut peer = Peer::new(line.sip).await;
    let theirs = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = theirs.local_addr().unwrap().port();
    let offer = peer.sdp(&format!(
        "m=text {port} RTP/AVP {RED} {T140}\r\na=rtpmap:{T140} t140/1000\r\n\
         a=rtpmap:{RED} red/1000\r\na=fmtp:{RED} {T140}/{T140}/{T140}\r\n"
    ));
    let answer = peer.call("", &offer).await;
    let call = line.call().await;
    assert!(call.has_text());
    Typing { theirs, ours: ("127.0.0.1", answer.port(1)), call, _line: line, _peer: peer }
}

/// Reads until it stands there, and gives all that was read.
async fn read_until(theirs: &UdpSocket, wanted: &str) -> String {
    let mut bytes = [0; 2000];
    let mut read = String::new();
    while !read.contains(wanted) {
        let came = tokio::time::timeout(PATIENCE, theirs.recv(&mut bytes)).await;
        let length = came.unwrap_or_else(|_| panic!("{wanted} in time, not {read}")).unwrap();
        assert_eq!(bytes[1] & 0x7f, RED);
        read += &newest(&bytes[..length]);
    }
    read
}

/// Prints how long letters take each way; docs/BENCHMARKS.md has the figures.
#[tokio::test]
async fn letters_come_and_go_while_somebody_types() {
    let Typing { theirs, ours, mut call, _line, _peer } = typing().await;
    let (mut came, mut went) = (Vec::new(), Vec::new());
    for (number, letter) in ('a'..='z').enumerate() {
        // At no fixed distance, as people type: what waits for a beat of ours waits differently long.
        tokio::time::sleep(Duration::from_millis(40 + 97 * number as u64 % 350)).await;
        let pressed = Instant::now();
        theirs.send_to(&packet(number as u16, ["", "", &letter.to_string()]), ours).await.unwrap();
        assert_eq!(typed(&mut call).await, letter.to_string());
        came.push(pressed.elapsed());
        let said = Instant::now();
        call.type_out(&letter.to_uppercase().to_string());
        read_until(&theirs, &letter.to_uppercase().to_string()).await;
        went.push(said.elapsed());
    }
    for (name, times) in [("key to our receipt", &mut came), ("our text to the wire", &mut went)] {
        times.sort();
        println!("{name}: P50 {:?}, longest {:?}", times[times.len() / 2], times.last().unwrap());
    }
}

#[tokio::test]
async fn what_is_typed_goes_both_ways_beside_sound_and_loss_is_made_good() {
    let Typing { theirs, ours, mut call, _line, _peer } = typing().await;
    theirs.send_to(&packet(0, ["", "", "hel"]), ours).await.unwrap();
    assert_eq!(typed(&mut call).await, "hel");
    // The next two are lost; what the one after them repeats suffices.
    theirs.send_to(&packet(3, ["lo", " city", "\u{2028}"]), ours).await.unwrap();
    assert_eq!(typed(&mut call).await, "lo city\n");
    let asked = Instant::now();
    call.type_out("开放到五点。");
    let read = read_until(&theirs, "五点。").await;
    assert_eq!(read.trim_start_matches('\u{feff}'), "开放到五点。");
    assert!(asked.elapsed().as_millis() < 700, "{:?}", asked.elapsed());
    assert_eq!(hear(&mut call, 5).await.len(), 5 * 160);
}

#[tokio::test]
async fn a_call_of_nothing_but_text_is_taken_and_text_can_be_added_later() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let theirs = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let text = format!(
        "m=text {} RTP/AVP {T140}\r\na=rtpmap:{T140} t140/1000\r\n",
        theirs.local_addr().unwrap().port()
    );
    let sound = peer.sdp("");
    let alone = sound.split("m=audio").next().unwrap().to_owned() + &text;
    let answer = peer.call("", &alone).await;
    let mut call = here.call().await;
    assert!(call.has_text());
    let hello = rtp_packet(T140, 0, 0, b"hi");
    theirs.send_to(&hello, ("127.0.0.1", answer.port(0))).await.unwrap();
    assert_eq!(typed(&mut call).await, "hi");

    let mut peer = Peer::new(here.sip).await;
    let sound = peer.sdp("");
    peer.call("", &sound).await;
    let mut call = here.call().await;
    assert!(!call.has_text());
    let answer = peer.ask("INVITE", "", &(sound + &text)).await;
    let ack = peer.request("ACK", "", "");
    peer.send(ack).await;
    theirs.send_to(&hello, ("127.0.0.1", answer.port(1))).await.unwrap();
    assert_eq!(typed(&mut call).await, "hi");
    assert!(call.has_text());
}
