//! Real-time text, by a client written from RFC 4103: typed both ways beside sound, with loss.

use super::peer::{Peer, rtp_packet};
use super::support::{PATIENCE, event, hear, line};
use phone::leg::LegEvent;
use std::time::Instant;
use tokio::net::UdpSocket;

const RED: u8 = 99;
const T140: u8 = 98;

/// A packet of text with the two before it repeated (RFC 4103 section 4).
fn packet(sequence: u16, texts: [&str; 3]) -> Vec<u8> {
    let mut payload = Vec::new();
    for (n, text) in texts[..2].iter().enumerate() {
        let offset = 300 * (2 - n as u32);
        payload.push(0x80 | T140);
        payload.extend(&(offset << 10 | text.len() as u32).to_be_bytes()[1..]);
    }
    payload.push(T140);
    texts.iter().for_each(|text| payload.extend(text.as_bytes()));
    rtp_packet(RED, sequence, u32::from(sequence) * 300, &payload)
}

/// The newest text of a packet.
fn newest(packet: &[u8]) -> String {
    let mut rest = &packet[12..];
    let mut repeated = 0;
    while rest[0] & 0x80 != 0 {
        repeated += usize::from(rest[2] & 3) << 8 | usize::from(rest[3]);
        rest = &rest[4..];
    }
    String::from_utf8(rest[1 + repeated..].to_vec()).unwrap()
}

async fn typed(call: &mut Box<dyn phone::leg::CallLeg>) -> String {
    match event(call).await {
        LegEvent::Typed(text) => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_typed_goes_both_ways_beside_sound_and_loss_is_made_good() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let theirs = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = theirs.local_addr().unwrap().port();
    let offer = peer.sdp(&format!(
        "m=text {port} RTP/AVP {RED} {T140}\r\na=rtpmap:{T140} t140/1000\r\n\
         a=rtpmap:{RED} red/1000\r\na=fmtp:{RED} {T140}/{T140}/{T140}\r\n"
    ));
    let answer = peer.call("", &offer).await;
    let mut call = here.call().await;
    assert!(call.has_text());
    let ours = ("127.0.0.1", answer.port(1));
    theirs.send_to(&packet(0, ["", "", "hel"]), ours).await.unwrap();
    assert_eq!(typed(&mut call).await, "hel");
    // The next two are lost; what the one after them repeats suffices.
    theirs.send_to(&packet(3, ["lo", " city", "\u{2028}"]), ours).await.unwrap();
    assert_eq!(typed(&mut call).await, "lo city\n");
    let asked = Instant::now();
    call.type_out("开放到五点。");
    let mut bytes = [0; 2000];
    let mut read = String::new();
    while !read.contains("五点。") {
        let length =
            tokio::time::timeout(PATIENCE, theirs.recv(&mut bytes)).await.unwrap().unwrap();
        assert_eq!(bytes[1] & 0x7f, RED);
        read += &newest(&bytes[..length]);
    }
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
