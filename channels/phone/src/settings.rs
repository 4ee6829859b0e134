//! What an operator sets about the telephone line. Read by the hall with everything else, checked
//! here: a line that starts is one that can work.

mod secret;

pub use secret::{Secret, SecretError};

use crate::codec::Codec;
use crate::offer::Encryption;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// The telephone line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhoneSettings {
    /// Where and how SIP is spoken.
    pub sip: SipSettings,
    /// How sound travels.
    pub rtp: RtpSettings,
    /// How many calls are taken.
    pub limits: LimitSettings,
    /// Who brings calls. Packets from anyone else are not answered at all.
    pub trunks: Vec<TrunkSettings>,
    /// Where callers may be transferred to: a number or address may be called if it begins with one
    /// of these, `tel:+8610`, `sip:desk@pbx.city.example`. With none, no transfer is possible.
    pub transfer_prefixes: Vec<String>,
    /// Where a caller who asks for a person is handed to while somebody is there; without it, and
    /// outside of hours, the caller hears the number and may leave one to be called back.
    pub transfer_to: Option<String>,
    /// The folder in which calls are recorded. Without it none is; with it every caller is told.
    pub recordings: Option<PathBuf>,
    /// Calls from Asterisk's AudioSocket, if any.
    pub audiosocket: Option<AudioSocketSettings>,
    /// Calls by a provider's Media Streams, if any.
    pub media_streams: Option<MediaStreamsSettings>,
}

/// Where and how SIP is spoken (RFC 3261).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SipSettings {
    /// Where to listen on UDP, as `0.0.0.0:5060`. With no `udp`, `tcp` and `tls` there is no SIP.
    pub udp: Option<SocketAddr>,
    /// Where to listen on TCP.
    pub tcp: Option<SocketAddr>,
    /// Where to listen on TLS; needs `certificate` and `key`.
    pub tls: Option<SocketAddr>,
    /// The file of the certificate and its chain, PEM.
    pub certificate: Option<PathBuf>,
    /// The file of the certificate's private key, PEM.
    pub key: Option<PathBuf>,
    /// The file of the authorities by which a registrar's certificate is checked, PEM.
    pub authorities: PathBuf,
    /// The address that others reach this SIP by, where a router stands between: `203.0.113.5:5060`.
    pub external: Option<SocketAddr>,
    /// How long a call goes on without a sign that both sides still hold it, in seconds (RFC 4028).
    /// At least 90.
    pub session_expires_s: u32,
}

/// How sound travels (RFC 3550).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RtpSettings {
    /// The address that sound comes to.
    pub listen: IpAddr,
    /// The first and the last port; a call takes two, and two more if it has text.
    pub ports: (u16, u16),
    /// The address that others reach these ports by, where a router stands between.
    pub external: Option<IpAddr>,
    /// The codecs that are taken, the dearest first.
    pub codecs: Vec<Codec>,
    /// Whether sound is encrypted.
    pub encryption: Encryption,
    /// Whether typed text is taken (real-time text, RFC 4103).
    pub text: bool,
    /// After how long without a packet a call counts as lost, in seconds; 0 for never.
    pub lost_after_s: u32,
}

/// How many calls are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Calls at once.
    pub calls: u32,
    /// Calls beyond that, taken only to be told that the house is full. Beyond these: busy.
    pub told_when_full: u32,
    /// Calls that one caller may make in a minute; 0 for any number.
    pub caller_per_minute: u32,
}

/// One who brings calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrunkSettings {
    /// Its name in logs and figures.
    pub name: String,
    /// The addresses its calls come from: `198.51.100.7` or `198.51.100.0/24`.
    #[serde(default)]
    pub addresses: Vec<Network>,
    /// The account to register, for a trunk or PBX that wants it. Calls then also come from the
    /// registrar's addresses.
    #[serde(default)]
    pub register: Option<RegisterSettings>,
}

/// An account at a registrar (RFC 3261 section 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterSettings {
    /// The registrar: `sip:pbx.city.example`, `sip:10.0.0.1:5080;transport=tcp`.
    pub registrar: String,
    /// The user part of our address there.
    pub user: String,
    /// The name that goes with the password, if it is another.
    #[serde(default)]
    pub auth_user: Option<String>,
    /// The password.
    pub password: Secret,
    /// How long a registration is asked to last, in seconds; it is renewed in time.
    #[serde(default = "an_hour")]
    pub expires_s: u32,
    /// The address that requests go through instead, if any.
    #[serde(default)]
    pub outbound_proxy: Option<SocketAddr>,
}

/// Calls from Asterisk's AudioSocket (a TCP connection a call).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudioSocketSettings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The addresses that Asterisk connects from; nobody else is heard. There is no password in
    /// this protocol, so leave it to a network of your own.
    pub addresses: Vec<Network>,
}

/// Calls by a provider's Media Streams (a WebSocket a call, on the web server).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediaStreamsSettings {
    /// The address as the provider is told it, `wss://phone.city.example/media`: it signs it.
    pub address: String,
    /// The account's token, with which it signs.
    pub token: Secret,
}

/// An address or a network of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(IpNet);

impl Network {
    /// Whether the address belongs to it. An IPv4 address in IPv6 clothes is the IPv4 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let address = text.parse::<IpAddr>().map(IpNet::from);
        address
            .or_else(|_| text.parse())
            .map(Self)
            .map_err(|_| format!("\"{text}\" is no address; write 198.51.100.7 or 198.51.100.0/24"))
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        let net = network.0;
        if net.prefix_len() == net.max_prefix_len() {
            net.addr().to_string()
        } else {
            net.to_string()
        }
    }
}

impl Default for SipSettings {
    fn default() -> Self {
        Self {
            udp: None,
            tcp: None,
            tls: None,
            certificate: None,
            key: None,
            authorities: "/etc/ssl/certs/ca-certificates.crt".into(),
            external: None,
            session_expires_s: 1800,
        }
    }
}

impl Default for RtpSettings {
    fn default() -> Self {
        Self {
            listen: Ipv4Addr::UNSPECIFIED.into(),
            ports: (20_000, 29_999),
            external: None,
            codecs: Codec::ALL.to_vec(),
            encryption: Encryption::Offered,
            text: true,
            lost_after_s: 120,
        }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self { calls: 100, told_when_full: 20, caller_per_minute: 10 }
    }
}

fn an_hour() -> u32 {
    3600
}

/// Why a line cannot work as it is set; the sentence names the key and the mend.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{key}`: {problem}")]
pub struct SettingsError {
    /// The key, below the line's own.
    pub key: String,
    /// What is wrong, and what to write.
    pub problem: String,
}

impl PhoneSettings {
    /// Whether there is a line at all.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.speaks_sip() || self.audiosocket.is_some() || self.media_streams.is_some()
    }

    /// Whether there is SIP.
    #[must_use]
    pub fn speaks_sip(&self) -> bool {
        let SipSettings { udp, tcp, tls, .. } = &self.sip;
        udp.or(*tcp).or(*tls).is_some()
    }

    /// Checks what one key alone cannot show.
    ///
    /// # Errors
    /// The first thing that cannot work.
    pub fn check(&self) -> Result<(), SettingsError> {
        let wrong = |key: &str, problem: &str| {
            Err(SettingsError { key: key.into(), problem: problem.into() })
        };
        let SipSettings { tls, certificate, key, session_expires_s, .. } = &self.sip;
        if tls.is_some() && (certificate.is_none() || key.is_none()) {
            return wrong("sip.tls", "TLS needs `certificate` and `key` too");
        }
        if *session_expires_s < 90 {
            return wrong("sip.session_expires_s", "write 90 or more (RFC 4028)");
        }
        let (first, last) = self.rtp.ports;
        if first < 1024 || last <= first {
            return wrong(
                "rtp.ports",
                "write the first port and a later last one, as [20000, 29999]",
            );
        }
        if self.rtp.codecs.is_empty() {
            return wrong("rtp.codecs", "name at least one of opus, g722, pcma, pcmu");
        }
        if self.speaks_sip() && self.trunks.is_empty() {
            return wrong("trunks", "nobody may call: add the trunk or PBX that brings calls");
        }
        if self.media_streams.as_ref().is_some_and(|it| !it.address.starts_with("wss://")) {
            return wrong("media_streams.address", "write it as wss://phone.city.example/media");
        }
        let allowed =
            |to: &String| self.transfer_prefixes.iter().any(|prefix| to.starts_with(prefix));
        if self.transfer_to.as_ref().is_some_and(|to| !allowed(to)) {
            return wrong(
                "transfer_to",
                "add how it begins to `transfer_prefixes`, or it is refused",
            );
        }
        for (at, trunk) in self.trunks.iter().enumerate() {
            if trunk.addresses.is_empty() && trunk.register.is_none() {
                return wrong(
                    &format!("trunks[{at}]"),
                    "give it `addresses`, or an account by `register`",
                );
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> PhoneSettings {
        toml::from_str(toml).unwrap()
    }

    #[track_caller]
    fn refused(toml: &str, key: &str) {
        assert_eq!(read(toml).check().map_err(|error| error.key), Err(key.to_owned()));
    }

    #[test]
    fn nothing_set_is_no_line_and_no_fault() {
        let settings = read("");
        assert!(!settings.is_on());
        assert_eq!(settings.check(), Ok(()));
    }

    #[test]
    fn what_is_set_is_read_and_written_back() {
        let text = r#"
            transfer_prefixes = ["tel:+8610"]
            [sip]
            udp = "0.0.0.0:5060"
            external = "203.0.113.5:5060"
            [rtp]
            codecs = ["pcma", "opus"]
            encryption = "required"
            [[trunks]]
            name = "city"
            addresses = ["198.51.100.7", "2001:db8::/32"]
            register = { registrar = "sip:pbx", user = "wendu", password = { env = "PBX" } }
        "#;
        let settings = read(text);
        assert_eq!(settings.check(), Ok(()));
        assert!(settings.trunks[0].addresses[0].contains("::ffff:198.51.100.7".parse().unwrap()));
        assert!(!settings.trunks[0].addresses[0].contains("198.51.100.8".parse().unwrap()));
        assert_eq!(read(&toml::to_string(&settings).unwrap()), settings);
    }

    #[test]
    fn what_cannot_work_is_named() {
        let trunk = "[[trunks]]\nname = \"a\"\naddresses = [\"127.0.0.1\"]\n";
        refused("[sip]\nudp = \"0.0.0.0:5060\"\n", "trunks");
        refused(&format!("[sip]\ntls = \"0.0.0.0:5061\"\n{trunk}"), "sip.tls");
        refused("[sip]\nsession_expires_s = 30\n", "sip.session_expires_s");
        refused("[rtp]\nports = [30000, 20000]\n", "rtp.ports");
        refused("[rtp]\ncodecs = []\n", "rtp.codecs");
        refused("transfer_to = \"tel:+861066\"\n", "transfer_to");
        refused("[[trunks]]\nname = \"a\"\n", "trunks[0]");
        refused(
            "[media_streams]\naddress = \"http://x\"\ntoken = \"t\"\n",
            "media_streams.address",
        );
        assert!(
            toml::from_str::<PhoneSettings>("[[trunks]]\nname = \"a\"\naddresses = [\"x\"]")
                .is_err()
        );
    }
}
