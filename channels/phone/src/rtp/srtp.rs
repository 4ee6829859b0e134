//! Encrypted RTP with the keys in the SDP (RFC 3711, RFC 4568). The ciphers are `rtc-srtp`'s; how
//! `a=crypto` lines are read and written is here, which of them is taken is `offer`'s.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rtc_srtp::context::Context;
use rtc_srtp::crypto::providers::RingCrypto;
use rtc_srtp::option::{srtcp_replay_protection, srtp_replay_protection};
use rtc_srtp::protection_profile::ProtectionProfile;
use std::collections::HashSet;
use std::fmt;

/// Packets that may come out of order before they count as replayed.
const WINDOW: usize = 128;
/// Senders in one direction of one call; each costs memory, and a peer has no reason for more.
const MOST_SENDERS: usize = 16;

/// A cipher that can be agreed on, the best first in [`Suite::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suite {
    Aes128Gcm,
    Aes256Sha1_80,
    Aes128Sha1_80,
    Aes128Sha1_32,
}

impl Suite {
    pub(crate) const ALL: [Self; 4] =
        [Self::Aes128Gcm, Self::Aes256Sha1_80, Self::Aes128Sha1_80, Self::Aes128Sha1_32];

    /// Its name in SDP (RFC 4568 section 6.2, RFC 6188, RFC 7714).
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Aes128Gcm => "AEAD_AES_128_GCM",
            Self::Aes256Sha1_80 => "AES_256_CM_HMAC_SHA1_80",
            Self::Aes128Sha1_80 => "AES_CM_128_HMAC_SHA1_80",
            Self::Aes128Sha1_32 => "AES_CM_128_HMAC_SHA1_32",
        }
    }

    fn profile(self) -> ProtectionProfile {
        match self {
            Self::Aes128Gcm => ProtectionProfile::AeadAes128Gcm,
            Self::Aes256Sha1_80 => ProtectionProfile::Aes256CmHmacSha1_80,
            Self::Aes128Sha1_80 => ProtectionProfile::Aes128CmHmacSha1_80,
            Self::Aes128Sha1_32 => ProtectionProfile::Aes128CmHmacSha1_32,
        }
    }

    fn key_and_salt(self) -> (usize, usize) {
        (self.profile().key_len(), self.profile().salt_len())
    }
}

/// One `a=crypto` line: a cipher and the master key of the side that wrote it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Crypto {
    pub(crate) tag: u32,
    pub(crate) suite: Suite,
    /// Key, then salt.
    key: Vec<u8>,
}

impl fmt::Debug for Crypto {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Crypto({} {})", self.tag, self.suite.name())
    }
}

impl Crypto {
    /// Reads the value of an `a=crypto` attribute. None where it is malformed, names a cipher that
    /// is not known, or asks for what is not spoken here: several master keys, or session
    /// parameters that change the ciphering (RFC 4568 section 6.3.2: unknown ones refuse the line).
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let mut parts = value.split_ascii_whitespace();
        let tag = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let suite = Suite::ALL.into_iter().find(|suite| suite.name().eq_ignore_ascii_case(name))?;
        let keys = parts.next()?.strip_prefix("inline:")?;
        if parts.any(|parameter| !parameter.starts_with("KDR=") && !parameter.starts_with("WSH=")) {
            return None;
        }
        let mut fields = keys.split('|');
        let key = STANDARD.decode(fields.next()?).ok()?;
        // What follows is a lifetime, which no call outlives; or `MKI:length`, which is not spoken.
        if keys.contains(';') || fields.any(|field| field.contains(':')) {
            return None;
        }
        let (key_length, salt_length) = suite.key_and_salt();
        (key.len() == key_length + salt_length).then_some(Self { tag, suite, key })
    }

    /// A line of ours, with a new random key.
    pub(crate) fn new(tag: u32, suite: Suite) -> Self {
        let (key_length, salt_length) = suite.key_and_salt();
        let mut key = vec![0; key_length + salt_length];
        getrandom::fill(&mut key).expect("the system has random numbers");
        Self { tag, suite, key }
    }

    /// The value of the attribute.
    pub(crate) fn to_value(&self) -> String {
        format!("{} {} inline:{}", self.tag, self.suite.name(), STANDARD.encode(&self.key))
    }

    fn context(&self) -> Context {
        let (key, salt) = self.key.split_at(self.suite.key_and_salt().0);
        Context::new(
            key,
            salt,
            self.suite.profile(),
            Some(srtp_replay_protection(WINDOW)),
            Some(srtcp_replay_protection(WINDOW)),
            &RingCrypto,
        )
        .expect("the lengths were checked, and ring has these ciphers")
    }
}

/// A packet that is not the peer's, or was seen before.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the packet is not authentic")]
pub(crate) struct NotAuthentic;

/// Encrypts what we send.
pub(crate) struct Outbound {
    context: Context,
    ours: Crypto,
}

impl Outbound {
    pub(crate) fn new(ours: &Crypto) -> Self {
        Self { context: ours.context(), ours: ours.clone() }
    }

    /// Whether this is for packets under that key. Its tag is only a name.
    pub(crate) fn is_under(&self, ours: &Crypto) -> bool {
        self.ours.suite == ours.suite && self.ours.key == ours.key
    }

    pub(crate) fn rtp(&mut self, packet: &[u8]) -> Result<Vec<u8>, NotAuthentic> {
        self.context.encrypt_rtp(packet).map(|bytes| bytes.to_vec()).map_err(|_| NotAuthentic)
    }

    pub(crate) fn rtcp(&mut self, packet: &[u8]) -> Result<Vec<u8>, NotAuthentic> {
        self.context.encrypt_rtcp(packet).map(|bytes| bytes.to_vec()).map_err(|_| NotAuthentic)
    }
}

/// Decrypts what the peer sends.
pub(crate) struct Inbound {
    context: Context,
    theirs: Crypto,
    senders: HashSet<u32>,
}

impl Inbound {
    pub(crate) fn new(theirs: &Crypto) -> Self {
        Self { context: theirs.context(), theirs: theirs.clone(), senders: HashSet::new() }
    }

    /// Whether this is for packets under that key.
    pub(crate) fn is_under(&self, theirs: &Crypto) -> bool {
        self.theirs.suite == theirs.suite && self.theirs.key == theirs.key
    }

    pub(crate) fn rtp(&mut self, packet: &[u8]) -> Result<Vec<u8>, NotAuthentic> {
        self.check_sender(packet, 8, Context::decrypt_rtp)?;
        self.context.decrypt_rtp(packet).map(|bytes| bytes.to_vec()).map_err(|_| NotAuthentic)
    }

    pub(crate) fn rtcp(&mut self, packet: &[u8]) -> Result<Vec<u8>, NotAuthentic> {
        // The library takes a report that says of itself that it is not encrypted without checking
        // its tag. No peer of ours has a reason to send such a one (RFC 3711 section 3.4).
        let after = self.theirs.suite.profile().rtcp_auth_tag_len();
        let index = packet.len().checked_sub(after + 4).ok_or(NotAuthentic)?;
        if packet.get(index).is_none_or(|first| first & 0x80 == 0) {
            return Err(NotAuthentic);
        }
        self.check_sender(packet, 4, Context::decrypt_rtcp)?;
        self.context.decrypt_rtcp(packet).map(|bytes| bytes.to_vec()).map_err(|_| NotAuthentic)
    }

    /// The library keeps state for every sender it is shown, before it knows whether the packet is
    /// authentic. So that forged ones cannot fill memory, a sender's first packet is tried apart.
    fn check_sender<T, E>(
        &mut self,
        packet: &[u8],
        at: usize,
        decrypt: impl Fn(&mut Context, &[u8]) -> Result<T, E>,
    ) -> Result<(), NotAuthentic> {
        let ssrc =
            packet.get(at..at + 4).and_then(|ssrc| ssrc.try_into().ok()).map(u32::from_be_bytes);
        let ssrc = ssrc.ok_or(NotAuthentic)?;
        if self.senders.contains(&ssrc) {
            return Ok(());
        }
        decrypt(&mut self.theirs.context(), packet).map_err(|_| NotAuthentic)?;
        if self.senders.len() == MOST_SENDERS {
            return Err(NotAuthentic);
        }
        self.senders.insert(ssrc);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::packet::Packet;
    use super::*;
    use proptest::prelude::*;

    fn packet(sequence: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        Packet {
            marker: false,
            payload_type: 0,
            sequence,
            timestamp: 160,
            ssrc: 7,
            payload: &[9; 160],
        }
        .write(&mut bytes);
        bytes
    }

    #[test]
    fn what_is_encrypted_under_a_written_line_is_read_under_it_once() {
        for suite in Suite::ALL {
            let ours = Crypto::new(1, suite);
            let read = Crypto::parse(&ours.to_value()).unwrap();
            let (mut out, mut inbound) = (Outbound::new(&ours), Inbound::new(&read));
            let secret = out.rtp(&packet(1)).unwrap();
            assert!(!secret.windows(20).any(|window| window == [9; 20]), "{suite:?}");
            assert_eq!(inbound.rtp(&secret), Ok(packet(1)), "{suite:?}");
            assert_eq!(inbound.rtp(&secret), Err(NotAuthentic), "{suite:?}: replayed");
            assert_eq!(inbound.rtp(&packet(2)), Err(NotAuthentic), "{suite:?}: not encrypted");
        }
    }

    #[test]
    fn forged_senders_do_not_stop_the_true_one() {
        let ours = Crypto::new(1, Suite::Aes128Sha1_80);
        let (mut out, mut inbound) = (Outbound::new(&ours), Inbound::new(&ours));
        for n in 0..200u16 {
            let mut forged = packet(n);
            forged[8..12].copy_from_slice(&u32::from(n).to_be_bytes());
            assert!(inbound.rtp(&forged).is_err());
            assert!(inbound.rtp(&out.rtp(&packet(n)).unwrap()).is_ok());
        }
        assert!(inbound.senders.len() <= MOST_SENDERS);
    }

    #[test]
    fn lines_that_are_not_spoken_here_are_refused() {
        let good = Crypto::new(2, Suite::Aes128Sha1_80).to_value();
        assert!(Crypto::parse(&format!("{good}|2^31")).is_some());
        assert!(Crypto::parse(&format!("{good}|2^31|1:4")).is_none());
        assert!(Crypto::parse(&format!("{good} UNENCRYPTED_SRTP")).is_none());
        assert!(Crypto::parse(&good.replace("AES_CM_128", "F8_128")).is_none());
        assert!(Crypto::parse("1 AES_CM_128_HMAC_SHA1_80 inline:AAAA").is_none());
        assert!(!format!("{:?}", Crypto::parse(&good)).contains("inline"));
    }

    proptest! {
        #[test]
        fn any_line_and_any_packet_are_borne(line: String, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Crypto::parse(&line);
            for suite in Suite::ALL {
                let mut inbound = Inbound::new(&Crypto::new(1, suite));
                prop_assert!(inbound.rtp(&bytes).is_err());
                prop_assert!(inbound.rtcp(&bytes).is_err());
            }
        }
    }
}
