//! Real-time text: T.140 characters in RTP with what was sent before repeated (RFC 4103, RFC 2198).
//! Which characters make a message is decided elsewhere.

mod receive;
mod send;

pub(crate) use receive::TextReceiver;
pub(crate) use send::TextSender;

/// How often text is sent while there is some (RFC 4103 section 3.2).
pub(crate) const INTERVAL: std::time::Duration = std::time::Duration::from_millis(300);

/// How many packets repeat each text (RFC 4103 section 4.2).
pub(crate) const GENERATIONS: usize = 2;

/// Stands for text that was lost (T.140 Addendum 1).
pub(crate) const LOST: char = '\u{fffd}';

#[cfg(test)]
mod tests {
    use super::super::packet::Packet;
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    /// Sends all of `text` over a line that loses the packets whose turn is in `lost`.
    fn over_the_line(text: &str, lost: &[usize]) -> String {
        let start = Instant::now();
        let mut sender = TextSender::new(1, 98, Some(99), start);
        let mut receiver = TextReceiver::new(98, Some(99));
        sender.say(text);
        let mut heard = String::new();
        let mut packets = 0;
        for tick in 0..2_000u32 {
            let now = start + Duration::from_millis(20) * tick;
            let Some(bytes) = sender.packet(now) else { continue };
            if !lost.contains(&packets) {
                let packet = Packet::parse(&bytes).unwrap();
                heard.push_str(&receiver.hear(&packet, now));
            }
            packets += 1;
        }
        heard
    }

    #[test]
    fn text_arrives_as_it_was_sent() {
        let text = "你好, city hall is open from 9 to 5.\nAnything else?";
        assert_eq!(over_the_line(text, &[]), text);
    }

    #[test]
    fn two_lost_in_a_row_are_made_good_and_a_third_is_told() {
        let text = "x".repeat(40) + "a" + &"y".repeat(1000);
        assert_eq!(over_the_line(&text, &[1, 2]), text);
        let heard = over_the_line(&text, &[1, 2, 3]);
        assert!(heard.contains(LOST) && heard.len() < text.len() + 3, "{heard}");
        let tail = over_the_line("abc", &[0, 1]);
        assert_eq!(tail, "abc", "the beginning");
    }

    #[test]
    fn what_is_repeated_or_comes_late_is_not_heard_twice() {
        let now = Instant::now();
        let mut receiver = TextReceiver::new(98, None);
        let packet = |sequence, payload| Packet {
            marker: false,
            payload_type: 98,
            sequence,
            timestamp: 0,
            ssrc: 1,
            payload,
        };
        assert_eq!(receiver.hear(&packet(5, b"a"), now), "a");
        assert_eq!(receiver.hear(&packet(5, b"a"), now), "");
        assert_eq!(receiver.hear(&packet(4, b"b"), now), "");
        assert_eq!(receiver.hear(&packet(6, "\u{feff}c\u{8}".as_bytes()), now), "c\u{8}");
    }

    #[test]
    fn a_flood_is_cut_and_text_is_heard_again_after_it() {
        let now = Instant::now();
        let mut receiver = TextReceiver::new(98, None);
        let flood = [b'a'; 1000];
        let packet = |sequence, payload| Packet {
            marker: false,
            payload_type: 98,
            sequence,
            timestamp: 0,
            ssrc: 1,
            payload,
        };
        let heard: usize = (0..1000).map(|n| receiver.hear(&packet(n, &flood), now).len()).sum();
        assert!(heard < 20_000, "{heard}");
        let later = now + Duration::from_secs(10);
        assert_eq!(receiver.hear(&packet(1000, b"hello"), later), "hello");
    }

    #[test]
    fn a_slow_reader_is_not_flooded() {
        let start = Instant::now();
        let mut sender = TextSender::new(1, 98, Some(99), start);
        sender.say(&"x".repeat(1000));
        let mut primary = 0;
        for tick in 0..500u32 {
            if let Some(bytes) = sender.packet(start + Duration::from_millis(20) * tick) {
                let packet = Packet::parse(&bytes).unwrap();
                primary +=
                    packet.payload.iter().rev().take_while(|byte| **byte == b'x').count() / 3;
            }
        }
        // 30 characters a second, on average over ten seconds (RFC 4103 section 6).
        assert!(primary <= 610, "{primary}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_nothing(
            packets in prop::collection::vec(
                (any::<u16>(), prop::collection::vec(any::<u8>(), 0..60), any::<bool>()), 0..20),
        ) {
            let mut receiver = TextReceiver::new(98, Some(99));
            for (sequence, payload, red) in packets {
                let payload_type = if red { 99 } else { 98 };
                let packet = Packet {
                    marker: false, payload_type, sequence, timestamp: 0, ssrc: 1, payload: &payload,
                };
                let text = receiver.hear(&packet, Instant::now());
                let marked = text.contains('\u{feff}');
                prop_assert!(!marked);
            }
        }

        #[test]
        fn any_text_arrives(text in "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{feff}\u{2028}\u{fffd}]{0,200}") {
            prop_assert_eq!(over_the_line(&text, &[]), text);
        }
    }
}
