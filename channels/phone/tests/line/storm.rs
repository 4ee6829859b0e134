//! Many calls at once, by sipp; and rubbish, after which a good call works.

use super::peer::{Peer, rtp_packet};
use super::support::{event, hear, line};
use phone::leg::{CallLeg, LegEvent, next};
use std::process::Stdio;
use tokio::process::Command;

const SCENARIO: &str = include_str!("storm.xml");

/// Sends back what it hears until the call ends.
async fn echo(mut call: Box<dyn CallLeg>) {
    while let Some(event) = next(&mut *call).await {
        if let LegEvent::Heard(frame) = event {
            call.play(frame.pcm.into());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_calls_in_two_seconds_are_all_answered_and_all_end() {
    let mut here = line("[limits]\ncalls = 200").await;
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("storm.xml");
    std::fs::write(&scenario, SCENARIO).unwrap();
    let own = super::support::free_address();
    let sipp = Command::new("sipp")
        .arg(here.sip.to_string())
        .arg("-sf")
        .arg(&scenario)
        .args(["-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", &own.port().to_string()])
        .args(["-r", "50", "-m", "100", "-l", "200", "-nostdin", "-timeout", "60"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status();
    tokio::pin!(sipp);
    let status = loop {
        tokio::select! {
            call = here.calls.recv() => drop(tokio::spawn(echo(call.unwrap()))),
            status = &mut sipp => break status,
        }
    };
    let status =
        status.expect("sipp is not here. On Debian and Ubuntu: apt-get install sip-tester");
    assert!(status.success(), "sipp says {status}: 1 means that a call failed");
    let counts = here.line.counters().read();
    assert_eq!((counts.calls, counts.refused), (100, 0));
    here.line.shut().await;
}

#[tokio::test]
async fn rubbish_on_every_port_of_a_call_does_it_no_harm() {
    let mut here = line("").await;
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let answer = peer.call("", &offer).await;
    let mut call = here.call().await;
    let mut noise = 1u32;
    let mut random = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    for n in 0..2_000u16 {
        let bytes: Vec<u8> = (0..n % 300).map(|_| random()).collect();
        peer.rtp.send_to(&bytes, ("127.0.0.1", answer.port(0))).await.unwrap();
        peer.rtp.send_to(&bytes, ("127.0.0.1", answer.port(0) + 1)).await.unwrap();
        let mut packet =
            rtp_packet(if n % 2 == 0 { 0 } else { 101 }, u16::from(random()), 0, &bytes);
        packet[8] = random();
        peer.rtp.send_to(&packet, ("127.0.0.1", answer.port(0))).await.unwrap();
        let request: Vec<u8> =
            offer.bytes().map(|byte| if random() < 8 { random() } else { byte }).collect();
        peer.send(request).await;
    }
    hear(&mut call, 10).await;
    assert_eq!(peer.ask("BYE", "", "").await.status(), 200);
    while !matches!(event(&mut call).await, LegEvent::Ended(_)) {}
}
