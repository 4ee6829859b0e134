//! Reports on how sound travels (RFC 3550 section 6): ours written, the peer's read. When they are
//! sent is the stream's affair.

use super::source::Reception;
use rtcp_types::{
    Bye, Compound, Packet, ReceiverReport, ReportBlock, RtcpPacketWriter, RtcpPacketWriterExt,
    Sdes, SdesChunk, SdesItem, SenderReport,
};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Seconds between 1900, where NTP begins, and 1970.
const NTP_EPOCH: u64 = 2_208_988_800;

/// What we sent so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) packets: u32,
    pub(crate) octets: u32,
    pub(crate) timestamp: u32,
}

/// What the peer says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Report {
    /// Share of our packets that were lost lately.
    pub(crate) lost: f32,
    /// How long a packet takes there and back, where it can be told.
    pub(crate) round_trip: Option<Duration>,
}

/// Both sides' reports of one stream.
pub(crate) struct Rtcp {
    ssrc: u32,
    /// The name by which streams of one call belong together: random, so that it names nobody.
    cname: String,
    /// The middle of the peer's last NTP time, and when it came.
    last_report: Option<(u32, Instant)>,
}

impl Rtcp {
    pub(crate) fn new(ssrc: u32, cname: String) -> Self {
        Self { ssrc, cname, last_report: None }
    }

    /// A report to send: what we sent, what we heard, who we are.
    pub(crate) fn report(
        &self,
        sent: Option<Sent>,
        heard: Option<Reception>,
        now: Instant,
        wall: SystemTime,
    ) -> Vec<u8> {
        let block = heard.map(|heard| self.block(heard, now));
        let identity = Sdes::builder().add_chunk(
            SdesChunk::builder(self.ssrc).add_item(SdesItem::builder(SdesItem::CNAME, &self.cname)),
        );
        let compound = Compound::builder();
        let compound = match sent {
            Some(sent) => {
                let report = SenderReport::builder(self.ssrc)
                    .ntp_timestamp(ntp(wall))
                    .rtp_timestamp(sent.timestamp)
                    .packet_count(sent.packets)
                    .octet_count(sent.octets);
                compound.add_packet(match block {
                    Some(block) => report.add_report_block(block),
                    None => report,
                })
            }
            None => {
                let report = ReceiverReport::builder(self.ssrc);
                compound.add_packet(match block {
                    Some(block) => report.add_report_block(block),
                    None => report,
                })
            }
        };
        written(&compound.add_packet(identity))
    }

    /// The last report, that we go.
    pub(crate) fn goodbye(&self) -> Vec<u8> {
        written(
            &Compound::builder()
                .add_packet(ReceiverReport::builder(self.ssrc))
                .add_packet(Bye::builder().add_source(self.ssrc)),
        )
    }

    /// Reads what the peer sent; nothing where it says nothing of us, or is no RTCP.
    pub(crate) fn hear(&mut self, bytes: &[u8], now: Instant, wall: SystemTime) -> Option<Report> {
        let mut about_us = None;
        for packet in Compound::parse(bytes).ok()? {
            match packet {
                Ok(Packet::Sr(report)) => {
                    self.last_report = Some(((report.ntp_timestamp() >> 16) as u32, now));
                    about_us = self.read(report.report_blocks(), wall).or(about_us);
                }
                Ok(Packet::Rr(report)) => {
                    about_us = self.read(report.report_blocks(), wall).or(about_us);
                }
                // Names, farewells and extensions change nothing here.
                Ok(_) | Err(_) => {}
            }
        }
        about_us
    }

    fn read<'a>(
        &self,
        blocks: impl Iterator<Item = ReportBlock<'a>>,
        wall: SystemTime,
    ) -> Option<Report> {
        let mut blocks = blocks;
        let block = blocks.find(|block| block.ssrc() == self.ssrc)?;
        let then = block.last_sender_report_timestamp();
        // Section 6.4.1: now, less the delay there, less when our report left; in 1/65536 s.
        let ticks = ((ntp(wall) >> 16) as u32)
            .wrapping_sub(block.delay_since_last_sender_report_timestamp())
            .wrapping_sub(then);
        let round_trip = Duration::from_secs_f64(f64::from(ticks) / 65_536.0);
        Some(Report {
            lost: f32::from(block.fraction_lost()) / 256.0,
            // A clock that was set between the two reports would tell of hours.
            round_trip: (then != 0 && round_trip < Duration::from_secs(60)).then_some(round_trip),
        })
    }

    fn block(&self, heard: Reception, now: Instant) -> rtcp_types::ReportBlockBuilder {
        let block = ReportBlock::builder(heard.ssrc)
            .fraction_lost(heard.fraction_lost)
            .cumulative_lost(heard.cumulative_lost)
            .extended_sequence_number(heard.highest)
            .interarrival_jitter(heard.jitter);
        match self.last_report {
            Some((report, at)) => {
                let since = now.duration_since(at).as_secs_f64() * 65_536.0;
                block
                    .last_sender_report_timestamp(report)
                    .delay_since_last_sender_report_timestamp(since as u32)
            }
            None => block,
        }
    }
}

fn written(packet: &impl RtcpPacketWriter) -> Vec<u8> {
    let size = packet.calculate_size().expect("one source, one short name");
    let mut bytes = vec![0; size];
    packet.write_into(&mut bytes).expect("the size was asked for");
    bytes
}

fn ntp(wall: SystemTime) -> u64 {
    let since = wall.duration_since(UNIX_EPOCH).unwrap_or_default();
    let fraction = (u64::from(since.subsec_nanos()) << 32) / 1_000_000_000;
    ((since.as_secs() + NTP_EPOCH) << 32) | fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_sides_tell_each_other_of_loss_and_round_trip() {
        let (start, wall) = (Instant::now(), SystemTime::now());
        let after = |ms| (start + Duration::from_millis(ms), wall + Duration::from_millis(ms));
        let mut us = Rtcp::new(1, "a".into());
        let mut them = Rtcp::new(2, "b".into());
        let sent = Sent { packets: 10, octets: 1600, timestamp: 1600 };
        let ours = us.report(Some(sent), None, start, wall);
        let (now, there) = after(50);
        assert_eq!(them.hear(&ours, now, there), None);
        let heard =
            Reception { ssrc: 1, fraction_lost: 64, cumulative_lost: 3, highest: 10, jitter: 5 };
        let (now, there) = after(250);
        let theirs = them.report(None, Some(heard), now, there);
        let (now, here) = after(300);
        let report = us.hear(&theirs, now, here).unwrap();
        assert_eq!(report.lost, 0.25);
        let round_trip = report.round_trip.unwrap().as_millis();
        assert!((98..=102).contains(&round_trip), "{round_trip}");
    }

    #[test]
    fn a_farewell_is_rtcp() {
        assert!(super::super::packet::is_rtcp(&Rtcp::new(1, "a".into()).goodbye()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_borne(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Rtcp::new(1, "a".into()).hear(&bytes, Instant::now(), SystemTime::now());
        }

        #[test]
        fn a_changed_report_is_borne(at in 0usize..40, to: u8) {
            let heard = Reception { ssrc: 1, fraction_lost: 0, cumulative_lost: 0, highest: 1, jitter: 0 };
            let mut bytes = Rtcp::new(2, "b".into())
                .report(Some(Sent::default()), Some(heard), Instant::now(), SystemTime::now());
            bytes[at] = to;
            let _ = Rtcp::new(1, "a".into()).hear(&bytes, Instant::now(), SystemTime::now());
        }
    }
}
