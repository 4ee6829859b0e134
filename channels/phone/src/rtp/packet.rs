//! One RTP packet, read and written (RFC 3550 section 5.1). What its payload means is for others.

use rtp_types::{RtpPacket, RtpPacketBuilder};

/// The largest packet that is taken: what fits an Ethernet frame, and some for jumbo text.
pub(crate) const LARGEST: usize = 2048;

/// The parts of a packet that matter here; contributing sources, extension and padding are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packet<'a> {
    pub(crate) marker: bool,
    pub(crate) payload_type: u8,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) ssrc: u32,
    pub(crate) payload: &'a [u8],
}

/// Bytes that are no RTP packet.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an RTP packet")]
pub(crate) struct NotRtp;

impl<'a> Packet<'a> {
    /// Reads a packet.
    ///
    /// # Errors
    /// Where the bytes are no RTP of version 2, or are RTCP.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, NotRtp> {
        if is_rtcp(bytes) {
            return Err(NotRtp);
        }
        let packet = RtpPacket::parse(bytes).map_err(|_| NotRtp)?;
        let start = packet.payload_offset();
        let payload = bytes.get(start..start + packet.payload_len()).ok_or(NotRtp)?;
        Ok(Self {
            marker: packet.marker_bit(),
            payload_type: packet.payload_type(),
            sequence: packet.sequence_number(),
            timestamp: packet.timestamp(),
            ssrc: packet.ssrc(),
            payload,
        })
    }

    /// Writes the packet over `out`.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.clear();
        RtpPacketBuilder::<_, &[u8]>::new()
            .marker_bit(self.marker)
            .payload_type(self.payload_type)
            .sequence_number(self.sequence)
            .timestamp(self.timestamp)
            .ssrc(self.ssrc)
            .payload(self.payload)
            .write_into_vec(out)
            .expect("a payload type below 128 and no more than that can be written");
    }
}

/// Whether bytes that came to an RTP port are RTCP (RFC 5761 section 4).
pub(crate) fn is_rtcp(bytes: &[u8]) -> bool {
    bytes.get(1).is_some_and(|kind| (192..=223).contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_a_packet_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Packet::parse(&bytes);
        }

        #[test]
        fn what_is_written_is_read(
            marker: bool,
            payload_type in 0u8..64,
            sequence: u16,
            timestamp: u32,
            ssrc: u32,
            payload in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let packet =
                Packet { marker, payload_type, sequence, timestamp, ssrc, payload: &payload };
            let mut bytes = Vec::new();
            packet.write(&mut bytes);
            prop_assert_eq!(Packet::parse(&bytes), Ok(packet));
        }

        #[test]
        fn a_changed_packet_is_borne(
            at in 0usize..40,
            to: u8,
        ) {
            let mut bytes = Vec::new();
            Packet { marker: true, payload_type: 0, sequence: 1, timestamp: 2, ssrc: 3,
                payload: &[0; 28] }.write(&mut bytes);
            bytes[at] = to;
            let _ = Packet::parse(&bytes);
        }
    }
}
