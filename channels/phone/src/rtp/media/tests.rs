//! Two sides of a call, packet by packet.

use super::*;
use crate::codec::Codec;
use crate::leg::{About, CallLeg, House, Key, next, pair};
use crate::offer::{Abilities, Encryption, Negotiator, Receives};
use crate::playout::Step;
use crate::sdp::Description;

const TICK: Duration = Duration::from_millis(20);

/// One side: what it agreed, its media, and the listener's end.
struct Side {
    media: Media,
    leg: Box<dyn CallLeg>,
    address: SocketAddr,
}

fn negotiator(host: u8, codec: Codec, encryption: Encryption) -> Negotiator {
    let abilities = Abilities { codecs: vec![codec], encryption, text: true };
    Negotiator::new(
        abilities,
        Receives { address: [192, 0, 2, host].into(), audio: 4000, text: 4002 },
    )
}

fn side(agreed: &Agreed, host: u8, codec: Codec, now: Instant) -> Side {
    let about = About {
        id: String::new(),
        line: String::new(),
        caller: None,
        called: String::new(),
        house: House::Open,
    };
    let (leg, wire, _commands) = pair(about, codec.rate());
    Side {
        media: Media::new(agreed, codec.rate(), wire, now),
        leg: Box::new(leg),
        address: ([192, 0, 2, host], 4000).into(),
    }
}

/// Two sides that agreed, over this codec and cipher.
fn call(codec: Codec, encryption: Encryption, now: Instant) -> [Side; 2] {
    let (mut us, mut them) = (negotiator(1, codec, encryption), negotiator(2, codec, encryption));
    let offer = Description::parse(us.offer().as_bytes()).unwrap();
    let (they_agreed, answer) = them.answer(&offer).unwrap();
    let we_agreed = us.answered(&Description::parse(answer.as_bytes()).unwrap()).unwrap();
    [side(&we_agreed, 1, codec, now), side(&they_agreed, 2, codec, now)]
}

/// Lets time pass; packets that `passes` refuses are lost.
fn run(sides: &mut [Side; 2], from: Instant, ticks: u32, mut passes: impl FnMut(usize) -> bool) {
    let mut out = Vec::new();
    let mut count = 0;
    for tick in 0..ticks {
        let now = from + TICK * tick;
        for side in 0..2 {
            sides[side].media.hear(now);
            sides[side].media.send(now, SystemTime::now(), &mut out);
            let source = sides[side].address;
            for Outgoing { by, to, bytes } in out.drain(..) {
                assert_eq!(to.ip(), sides[1 - side].address.ip());
                let port = match by {
                    Port::Audio => 4000,
                    Port::AudioRtcp => 4001,
                    Port::Text => 4002,
                };
                assert_eq!(to.port(), port);
                count += 1;
                if passes(count) {
                    let source = SocketAddr::new(source.ip(), port);
                    sides[1 - side].media.receive(by, &bytes, source, now);
                }
            }
        }
    }
}

/// All events that wait at a leg.
fn events(side: &mut Side) -> Vec<LegEvent> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut events = Vec::new();
        loop {
            tokio::select! {
                biased;
                event = next(&mut *side.leg) => events.extend(event),
                () = std::future::ready(()) => return events,
            }
        }
    })
}

/// How many of the heard frames are loud.
fn loud(events: &[LegEvent]) -> usize {
    let is_loud = |event: &&LegEvent| match event {
        LegEvent::Heard(frame) => frame.pcm.iter().any(|sample| sample.unsigned_abs() > 2000),
        _ => false,
    };
    events.iter().filter(is_loud).count()
}

fn tone(samples: usize) -> crate::leg::Sound {
    (0..samples).map(|n| ((n as f64 * 0.3).sin() * 8000.0) as i16).collect()
}

#[test]
fn sound_text_and_marks_go_both_ways_in_every_codec_and_cipher() {
    for codec in Codec::ALL {
        for encryption in [Encryption::Never, Encryption::Required] {
            let start = Instant::now();
            let mut sides = call(codec, encryption, start);
            for (n, side) in sides.iter_mut().enumerate() {
                side.media.playout.take_step(Step::Play(tone(codec.rate().frame() * 30)));
                side.media.playout.take_step(Step::Mark(n as u32));
                side.media.type_out("你好");
            }
            run(&mut sides, start, 49, |_| true);
            for (n, side) in sides.iter_mut().enumerate() {
                let events = events(side);
                let loud = loud(&events);
                assert!((29..=32).contains(&loud), "{codec:?} {encryption:?}: {loud}");
                assert!(events.contains(&LegEvent::Played(n as u32)));
                assert!(events.contains(&LegEvent::Typed("你好".into())), "{events:?}");
            }
        }
    }
}

#[test]
fn clear_silences_the_next_packet() {
    let start = Instant::now();
    let mut sides = call(Codec::Pcmu, Encryption::Never, start);
    sides[0].media.playout.take_step(Step::Play(tone(160 * 100)));
    run(&mut sides, start, 10, |_| true);
    sides[0].media.playout.take_step(Step::Clear);
    events(&mut sides[1]);
    run(&mut sides, start + TICK * 10, 30, |_| true);
    // Two or three frames were on their way.
    assert!(loud(&events(&mut sides[1])) <= 3);
}

#[test]
fn on_hold_nothing_is_sent_or_heard_and_what_was_to_be_played_waits() {
    let start = Instant::now();
    let codec = Codec::Pcmu;
    let mut us = negotiator(1, codec, Encryption::Never);
    let media = |direction| {
        let text = format!(
            "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\n\
             m=audio 4000 RTP/AVP 0\r\na={direction}\r\n"
        );
        Description::parse(text.as_bytes()).unwrap()
    };
    let (agreed, _) = us.answer(&media("sendrecv")).unwrap();
    let mut side = side(&agreed, 1, codec, start);
    let mut out = Vec::new();
    side.media.playout.take_step(Step::Play(tone(160 * 5)));
    let (held, _) = us.answer(&media("sendonly")).unwrap();
    side.media.agree(&held, start);
    for n in 0..10 {
        side.media.hear(start + TICK * n);
        side.media.send(start + TICK * n, SystemTime::now(), &mut out);
    }
    assert!(out.is_empty());
    assert_eq!(side.media.silent_for(start + Duration::from_secs(900)), Duration::ZERO);
    let (resumed, _) = us.answer(&media("sendrecv")).unwrap();
    side.media.agree(&resumed, start);
    side.media.hear(start + TICK * 10);
    side.media.send(start + TICK * 10, SystemTime::now(), &mut out);
    let packet = Packet::parse(&out[0].bytes).unwrap();
    assert!(packet.marker && packet.payload.iter().any(|byte| *byte != 0xff));
    let events = events(&mut side);
    let holds: Vec<_> = events.iter().filter(|it| matches!(it, LegEvent::Hold(_))).collect();
    assert_eq!(holds, [&LegEvent::Hold(Hold::Held), &LegEvent::Hold(Hold::Resumed)]);
}

#[test]
fn an_intruder_is_neither_heard_nor_sent_to() {
    let start = Instant::now();
    let mut sides = call(Codec::Pcmu, Encryption::Never, start);
    run(&mut sides, start, 5, |_| true);
    let key = [1, 0, 0, 160];
    let mut bytes = Vec::new();
    Packet { marker: false, payload_type: 101, sequence: 1, timestamp: 9, ssrc: 9, payload: &key }
        .write(&mut bytes);
    for _ in 0..10 {
        sides[0].media.receive(
            Port::Audio,
            &bytes,
            ([203, 0, 113, 66], 9).into(),
            start + TICK * 5,
        );
    }
    let pressed =
        |events: Vec<LegEvent>| events.iter().filter(|it| matches!(it, LegEvent::Keyed(_))).count();
    run(&mut sides, start + TICK * 5, 5, |_| true);
    assert_eq!(pressed(events(&mut sides[0])), 0);
}

#[test]
fn a_key_is_heard_once_though_a_third_is_lost() {
    let start = Instant::now();
    let mut sides = call(Codec::Pcmu, Encryption::Never, start);
    let them = sides[1].address;
    for n in 0..12u16 {
        let key = [5, if n > 8 { 0x8a } else { 0x0a }, 0, 160];
        let mut bytes = Vec::new();
        Packet {
            marker: n == 0,
            payload_type: 101,
            sequence: n,
            timestamp: 900,
            ssrc: 9,
            payload: &key,
        }
        .write(&mut bytes);
        if n % 3 != 0 {
            sides[0].media.receive(Port::Audio, &bytes, them, start + TICK * u32::from(n));
        }
    }
    let keys: Vec<_> =
        events(&mut sides[0]).into_iter().filter(|it| matches!(it, LegEvent::Keyed(_))).collect();
    assert_eq!(keys, [LegEvent::Keyed(Key::from_char('5').unwrap())]);
}

#[test]
fn a_third_of_all_packets_lost_and_speech_and_text_still_come_through() {
    let start = Instant::now();
    let mut sides = call(Codec::Opus, Encryption::Required, start);
    sides[0].media.playout.take_step(Step::Play(tone(320 * 200)));
    sides[0].media.type_out("abc");
    run(&mut sides, start, 200, |n| n % 3 != 0);
    let events = events(&mut sides[1]);
    let typed: String = events
        .iter()
        .filter_map(
            |event| if let LegEvent::Typed(text) = event { Some(text.as_str()) } else { None },
        )
        .collect();
    assert_eq!(typed, "abc");
}
