//! Packets of real-time text, by who wrote them from RFC 4103 with redundancy by RFC 2198.

use super::peer::rtp_packet;

pub const RED: u8 = 99;
pub const T140: u8 = 98;

/// A packet of text with the two before it repeated (RFC 4103 section 4).
pub fn packet(sequence: u16, texts: [&str; 3]) -> Vec<u8> {
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
pub fn newest(packet: &[u8]) -> String {
    let mut rest = &packet[12..];
    let mut repeated = 0;
    while rest[0] & 0x80 != 0 {
        repeated += usize::from(rest[2] & 3) << 8 | usize::from(rest[3]);
        rest = &rest[4..];
    }
    String::from_utf8(rest[1 + repeated..].to_vec()).unwrap()
}
