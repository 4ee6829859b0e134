//! A SIP client written from RFC 3261 alone, to say what telephones seldom say, and RTP to go with it.

use super::support::PATIENCE;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::UdpSocket;

/// One call's worth of a client.
pub struct Peer {
    pub socket: UdpSocket,
    /// Where its sound comes from.
    pub rtp: UdpSocket,
    line: SocketAddr,
    call_id: String,
    cseq: u32,
    /// The other side's To with its tag, once it is known.
    to: String,
    /// What it calls itself in `From`.
    pub from: String,
    /// Where it says that it can be reached, if not where it is.
    pub contact: Option<String>,
}

/// A message that came.
#[derive(Debug)]
pub struct Message(pub String);

impl Message {
    /// The status of a response, 0 for a request.
    pub fn status(&self) -> u16 {
        let rest = self.0.strip_prefix("SIP/2.0 ").unwrap_or("0");
        rest.split(' ').next().unwrap().parse().unwrap()
    }

    pub fn method(&self) -> &str {
        self.0.split(' ').next().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    /// The port of the `n`th stream in its description.
    pub fn port(&self, n: usize) -> u16 {
        let line = self.body().lines().filter(|line| line.starts_with("m=")).nth(n).unwrap();
        line.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

impl Peer {
    pub async fn new(line: SocketAddr) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self {
            socket: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            rtp: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            line,
            call_id: format!("call-{number}"),
            cseq: 0,
            to: format!("<sip:1000@{line}>"),
            from: "<sip:peer@127.0.0.1>".into(),
            contact: None,
        }
    }

    fn port(&self) -> u16 {
        self.socket.local_addr().unwrap().port()
    }

    /// A description of its sound in µ-law, with more lines.
    pub fn sdp(&self, more: &str) -> String {
        let port = self.rtp.local_addr().unwrap().port();
        format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
             m=audio {port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n{more}"
        )
    }

    /// A request of its call. An ACK keeps the number of its INVITE, any other takes the next.
    pub fn request(&mut self, method: &str, headers: &str, body: &str) -> String {
        if method != "ACK" && method != "CANCEL" {
            self.cseq += 1;
        }
        let kind = if body.starts_with("v=0") { "Content-Type: application/sdp\r\n" } else { "" };
        // A CANCEL is of the same transaction as its INVITE; the ACK of a success is not.
        let own = format!("127.0.0.1:{}", self.port());
        let contact = self.contact.as_ref().unwrap_or(&own);
        let branch = if method == "ACK" { "a" } else { "t" };
        format!(
            "{method} sip:1000@{line} SIP/2.0\r\n\
             Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{id}{branch}{cseq};rport\r\n\
             Max-Forwards: 70\r\nFrom: {from};tag=peer\r\nTo: {to}\r\nCall-ID: {id}\r\n\
             CSeq: {cseq} {method}\r\nContact: <sip:peer@{contact}>\r\n{headers}{kind}\
             Content-Length: {length}\r\n\r\n{body}",
            line = self.line,
            port = self.port(),
            id = self.call_id,
            cseq = self.cseq,
            from = self.from,
            to = self.to,
            length = body.len(),
        )
    }

    pub async fn send(&self, message: impl AsRef<[u8]>) {
        self.socket.send_to(message.as_ref(), self.line).await.unwrap();
    }

    /// Sends a request and waits for its final response.
    pub async fn ask(&mut self, method: &str, headers: &str, body: &str) -> Message {
        let request = self.request(method, headers, body);
        self.send(request).await;
        self.last_answer().await
    }

    /// The next final response.
    pub async fn last_answer(&mut self) -> Message {
        loop {
            let message = self.receive().await;
            if let Some(to) = message.header("To").filter(|_| message.status() > 100) {
                self.to = to.to_owned();
            }
            if message.status() >= 200 {
                return message;
            }
        }
    }

    /// The next message of whatever kind.
    pub async fn receive(&mut self) -> Message {
        tokio::time::timeout(PATIENCE, self.take()).await.expect("an answer comes in time")
    }

    /// Whether nothing comes for so long.
    pub async fn hears_nothing_for(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.take()).await.is_err()
    }

    async fn take(&mut self) -> Message {
        let mut datagram = vec![0; 65_535];
        let (length, _) = self.socket.recv_from(&mut datagram).await.unwrap();
        let message = Message(String::from_utf8_lossy(&datagram[..length]).into_owned());
        if let Some(to) = message.header("To").filter(|_| message.status() > 100) {
            self.to = to.to_owned();
        }
        message
    }

    /// Calls and acknowledges; the 200.
    pub async fn call(&mut self, headers: &str, body: &str) -> Message {
        let answer = self.ask("INVITE", headers, body).await;
        assert_eq!(answer.status(), 200, "{answer:?}");
        let ack = self.request("ACK", "", "");
        self.send(ack).await;
        answer
    }

    /// The next request that comes, skipping responses.
    pub async fn asked(&mut self, method: &str) -> Message {
        loop {
            let message = self.receive().await;
            if message.method() == method {
                return message;
            }
        }
    }

    /// Answers a request.
    pub async fn answer(&self, request: &Message, status: &str, headers: &str) {
        let mut answer = format!("SIP/2.0 {status}\r\n");
        for line in request.0.split("\r\n\r\n").next().unwrap().lines().skip(1) {
            let name = line.split(':').next().unwrap();
            if ["Via", "From", "To", "Call-ID", "CSeq"]
                .iter()
                .any(|it| it.eq_ignore_ascii_case(name))
            {
                answer += &format!("{line}\r\n");
            }
        }
        answer += &format!("{headers}Content-Length: 0\r\n\r\n");
        self.send(answer).await;
    }

    /// Sends one RTP packet to a port of the line.
    pub async fn rtp(
        &self,
        port: u16,
        payload_type: u8,
        sequence: u16,
        timestamp: u32,
        payload: &[u8],
    ) {
        let packet = rtp_packet(payload_type, sequence, timestamp, payload);
        self.rtp.send_to(&packet, ("127.0.0.1", port)).await.unwrap();
    }
}

/// An RTP packet (RFC 3550 section 5.1).
pub fn rtp_packet(payload_type: u8, sequence: u16, timestamp: u32, payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x80, payload_type];
    packet.extend(sequence.to_be_bytes());
    packet.extend(timestamp.to_be_bytes());
    packet.extend(0x0bad_cafe_u32.to_be_bytes());
    packet.extend(payload);
    packet
}
