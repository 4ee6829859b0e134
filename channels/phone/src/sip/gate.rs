//! The UDP socket in front of the SIP stack. It lets in who may come in, and puts right what the
//! stack would drop without a word: a request too large for it gets its 413 here, one whose method
//! it does not know its 501, one with a fault its 400, and bytes that are no UTF-8 in a header (a name in Latin-1) become
//! question marks, so that the call is answered.

use super::admission::Admission;
use super::faults::fault;
use rsipstack::platform::net::UdpSocket;
use rsipstack::sip::Method;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What the stack takes (its `MAX_UDP_BUF_SIZE`).
const LARGEST: usize = 8 * 1024;
/// What a datagram can hold.
const DATAGRAM: usize = 65_535;

pub(super) struct Gate {
    socket: tokio::net::UdpSocket,
    admission: Arc<Admission>,
    /// The stack reads in one task; the lock is for its trait, which shares the socket.
    datagram: Mutex<Box<[u8]>>,
}

impl Gate {
    pub(super) fn new(socket: tokio::net::UdpSocket, admission: Arc<Admission>) -> Self {
        Self { socket, admission, datagram: Mutex::new(vec![0; DATAGRAM].into()) }
    }
}

#[async_trait::async_trait]
impl UdpSocket for Gate {
    async fn recv_from(&self, buffer: &mut [u8]) -> rsipstack::Result<(usize, SocketAddr)> {
        let mut datagram = self.datagram.lock().await;
        loop {
            let (length, from) = self.socket.recv_from(&mut datagram).await?;
            if !self.admission.knows(from.ip()) {
                continue;
            }
            let bytes = &datagram[..length];
            if let Some(status) = refusal(bytes, LARGEST.min(buffer.len())) {
                if let Some(answer) = answer(bytes, status) {
                    // Best effort: the peer repeats a request that got no answer.
                    let _ = self.socket.try_send_to(&answer, from);
                }
                continue;
            }
            buffer[..length].copy_from_slice(bytes);
            make_readable(&mut buffer[..length]);
            return Ok((length, from));
        }
    }

    async fn send_to(&self, bytes: &[u8], to: SocketAddr) -> rsipstack::Result<usize> {
        Ok(self.socket.send_to(bytes, to).await?)
    }

    fn local_addr(&self) -> rsipstack::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }
}

/// Replaces bytes before the body that are no UTF-8.
fn make_readable(message: &mut [u8]) {
    let head = message.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or(message.len());
    let mut from = 0;
    while let Err(error) = std::str::from_utf8(&message[from..head]) {
        let bad = from + error.valid_up_to();
        let length = error.error_len().unwrap_or(head - bad);
        message[bad..bad + length].fill(b'?');
        from = bad + length;
    }
}

/// The status by which a message is refused that the stack cannot take.
fn refusal(message: &[u8], largest: usize) -> Option<&'static str> {
    if message.len() > largest {
        return Some("413 Request Entity Too Large");
    }
    let method = message.split(|byte| *byte == b' ').next()?;
    let token =
        !method.is_empty() && method.len() < 32 && method.iter().all(u8::is_ascii_alphabetic);
    let known = std::str::from_utf8(method).is_ok_and(|method| method.parse::<Method>().is_ok());
    if token && !known {
        return Some("501 Not Implemented");
    }
    fault(message)
}

/// An answer to a request, with the headers that a response repeats (RFC 3261 section 8.2.6.2). None
/// for what is no request, or an ACK, which is never answered.
fn answer(request: &[u8], status: &str) -> Option<Vec<u8>> {
    let head = String::from_utf8_lossy(request);
    let head = head.split("\r\n\r\n").next()?;
    let mut lines = head.split("\r\n");
    let first = lines.next()?;
    if !first.trim_end().ends_with(" SIP/2.0") || first.starts_with("ACK ") {
        return None;
    }
    let mut answer = format!("SIP/2.0 {status}\r\n");
    let mut copied = false;
    for line in lines {
        let folded = line.starts_with([' ', '\t']);
        if !folded {
            let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
            copied = matches!(
                name.as_str(),
                "via" | "v" | "from" | "f" | "to" | "t" | "call-id" | "i" | "cseq"
            );
        }
        if copied {
            answer += line;
            answer += "\r\n";
        }
    }
    answer += "Content-Length: 0\r\n\r\n";
    // An answer is never larger than what it answers; this one must fit any network too.
    (answer.len() < 2_000).then(|| answer.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn latin_1_becomes_readable_and_the_body_stays() {
        let mut message = b"INVITE x SIP/2.0\r\nFrom: \"M\xfcller\"\r\n\r\n\xff\xfe".to_vec();
        make_readable(&mut message);
        assert_eq!(message, b"INVITE x SIP/2.0\r\nFrom: \"M?ller\"\r\n\r\n\xff\xfe");
    }

    #[test]
    fn what_is_too_large_gets_an_answer_its_sender_can_match() {
        let request = format!(
            "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9\r\n ;rport\r\nX-Big: {}\r\n \
             more\r\nFrom: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 5\r\nCSeq: 1 INVITE\r\n\r\nbody",
            "A".repeat(60_000)
        );
        let status = refusal(request.as_bytes(), LARGEST).unwrap();
        let answered = String::from_utf8(answer(request.as_bytes(), status).unwrap()).unwrap();
        assert_eq!(
            answered,
            "SIP/2.0 413 Request Entity Too Large\r\nVia: SIP/2.0/UDP h;branch=z9\r\n ;rport\r\n\
             From: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 5\r\nCSeq: 1 INVITE\r\n\
             Content-Length: 0\r\n\r\n"
        );
        assert_eq!(answer(request.replacen("INVITE", "ACK", 1).as_bytes(), status), None);
        assert_eq!(answer(b"SIP/2.0 200 OK\r\n\r\n", status), None);
    }

    #[test]
    fn an_unknown_method_is_not_implemented_and_known_ones_pass() {
        assert_eq!(refusal(b"FROB sip:a@b SIP/2.0\r\n", LARGEST), Some("501 Not Implemented"));
        for known in ["INVITE sip:a@b SIP/2.0\r\n", "SIP/2.0 200 OK\r\n", "\r\n\r\n", ""] {
            assert_eq!(refusal(known.as_bytes(), LARGEST), None, "{known}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_become_readable(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = refusal(&bytes, LARGEST);
            let _ = answer(&bytes, "400 Bad Request");
            make_readable(&mut bytes);
            let head = bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or(bytes.len());
            prop_assert!(std::str::from_utf8(&bytes[..head]).is_ok());
        }
    }
}
