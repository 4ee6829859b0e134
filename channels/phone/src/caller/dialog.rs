//! The signalling of one outgoing call (RFC 3261 sections 13 and 15): INVITE, ACK, BYE, and the
//! other side's BYE.

use super::CallError;
use crate::sdp::Description;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::time::{Instant, timeout};

/// T1 of RFC 3261: after how long a request is sent again, each time doubled.
const T1: Duration = Duration::from_millis(500);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(32);

/// A call's signalling, from our side.
pub(super) struct Dialog {
    socket: UdpSocket,
    line: SocketAddr,
    own: SocketAddr,
    id: String,
    number: String,
    /// The other side's `To`, with its tag.
    to: String,
    /// Where its requests go: the other side's `Contact`.
    target: String,
    cseq: u32,
    ended: bool,
}

impl Dialog {
    /// Calls, and gives where the other side wants its sound.
    pub(super) async fn invite(
        line: SocketAddr,
        number: &str,
        rtp_port: u16,
    ) -> Result<(Self, SocketAddr), CallError> {
        let any = if line.ip().is_loopback() { line.ip() } else { [0, 0, 0, 0].into() };
        let socket = UdpSocket::bind((any, 0)).await?;
        socket.connect(line).await?;
        let own = socket.local_addr()?;
        let mut dialog = Self {
            socket,
            line,
            own,
            id: format!("{:016x}", getrandom::u64().unwrap_or_default()),
            number: number.into(),
            to: format!("<sip:{number}@{line}>"),
            target: format!("sip:{number}@{line}"),
            cseq: 1,
            ended: false,
        };
        let ip = own.ip();
        let sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 {ip}\r\ns=-\r\nc=IN IP4 {ip}\r\nt=0 0\r\n\
             m=audio {rtp_port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
        );
        let answer = dialog.ask("INVITE", &sdp).await?;
        if let Some(to) = header(&answer, "To") {
            dialog.to = to.to_owned();
        }
        if let Some(contact) = header(&answer, "Contact") {
            let inside = contact.split(['<', '>']).nth(1).unwrap_or(contact);
            dialog.target = inside.to_owned();
        }
        let ack = dialog.message("ACK", "");
        dialog.socket.send(ack.as_bytes()).await?;
        let status = status(&answer);
        if status >= 300 {
            return Err(CallError::Refused(answer.lines().next().unwrap_or_default().into()));
        }
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let media = Description::parse(body.as_bytes()).ok();
        let audio = media.and_then(|all| all.media.into_iter().find(|it| it.kind == "audio"));
        let sound = audio.and_then(|audio| Some(SocketAddr::new(audio.address?, audio.port)));
        let sound = sound.ok_or_else(|| CallError::Refused("its answer names no sound".into()))?;
        Ok((dialog, sound))
    }

    /// Ends the call.
    pub(super) async fn bye(&mut self) -> Result<(), CallError> {
        if !self.ended {
            self.cseq += 1;
            self.ask("BYE", "").await?;
        }
        Ok(())
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// The other side's next request, answered; a BYE ends the call.
    pub(super) async fn request(&mut self) -> Result<(), CallError> {
        let message = self.receive().await?;
        self.serve(&message).await
    }

    async fn serve(&mut self, message: &str) -> Result<(), CallError> {
        if message.starts_with("SIP/2.0") || message.starts_with("ACK") {
            return Ok(());
        }
        self.ended |= message.starts_with("BYE");
        let mut answer = String::from("SIP/2.0 200 OK\r\n");
        for line in message.lines().skip(1).take_while(|line| !line.is_empty()) {
            let name = line.split(':').next().unwrap_or_default().trim();
            if ["Via", "From", "To", "Call-ID", "CSeq"]
                .iter()
                .any(|it| it.eq_ignore_ascii_case(name))
            {
                answer.push_str(line.trim_end());
                answer.push_str("\r\n");
            }
        }
        answer.push_str("Content-Length: 0\r\n\r\n");
        self.socket.send(answer.as_bytes()).await?;
        Ok(())
    }

    /// Sends a request until its final answer comes.
    async fn ask(&mut self, method: &str, body: &str) -> Result<String, CallError> {
        let request = self.message(method, body);
        let until = Instant::now() + PATIENCE;
        let mut again = T1;
        self.socket.send(request.as_bytes()).await?;
        let mut heard = false;
        while Instant::now() < until {
            let Ok(message) = timeout(again, self.receive()).await else {
                // A provisional answer stops an INVITE's repetition (section 17.1.1.2).
                if !(heard && method == "INVITE") {
                    self.socket.send(request.as_bytes()).await?;
                }
                again = (again * 2).min(T1 * 8);
                continue;
            };
            let message = message?;
            let ours = header(&message, "CSeq").is_some_and(|cseq| cseq.ends_with(method));
            match status(&message) {
                200.. if ours => return Ok(message),
                100..200 => heard = true,
                _ => self.serve(&message).await?,
            }
        }
        Err(CallError::NoAnswer(self.line))
    }

    async fn receive(&self) -> Result<String, CallError> {
        let mut bytes = vec![0; 8 * 1024];
        let length = self.socket.recv(&mut bytes).await?;
        Ok(String::from_utf8_lossy(&bytes[..length]).into_owned())
    }

    fn message(&self, method: &str, body: &str) -> String {
        let Self { own, id, number, to, target, cseq, line, .. } = self;
        let target =
            if method == "INVITE" { format!("sip:{number}@{line}") } else { target.clone() };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        // The ACK of a success is a transaction of its own (section 13.2.2.4).
        let branch = method.to_ascii_lowercase();
        format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{id}{branch};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:measure@{own}>;tag={id}\r\nTo: {to}\r\nCall-ID: {id}\r\n\
             CSeq: {cseq} {method}\r\nContact: <sip:measure@{own}>\r\n{kind}\
             Content-Length: {length}\r\n\r\n{body}",
            length = body.len(),
        )
    }
}

/// The status of a response, 0 for a request.
fn status(message: &str) -> u16 {
    let rest = message.strip_prefix("SIP/2.0 ").unwrap_or_default();
    rest.split(' ').next().and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn header<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    let head = message.split("\r\n\r\n").next().unwrap_or_default();
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
