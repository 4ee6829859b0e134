//! What RFC 4475 asks of a parser, section by section: messages that look wrong and are right, and
//! messages that are wrong. Ours are made from a good INVITE with the section's fault in it.

use super::peer::Peer;
use super::support::{TestLine, line};

/// What is right must be taken. What is wrong must be refused, but where it can be understood it may
/// be taken too.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Is {
    Right,
    Wrong,
    Understandable,
}

/// Puts a fault into a message.
type Fault = fn(String) -> String;

/// A header's line, changed.
fn header(message: &str, name: &str, change: impl Fn(&str) -> String) -> String {
    let lines = message.split("\r\n").map(|line| match line.split_once(": ") {
        Some((key, value)) if key == name => change(value),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\r\n")
}

/// With one more line after the first.
fn with(message: &str, line: &str) -> String {
    message.replacen("\r\n", &format!("\r\n{line}\r\n"), 1)
}

fn first_line(message: &str, from: &str, to: &str) -> String {
    let (first, rest) = message.split_once("\r\n").unwrap();
    assert!(first.contains(from), "{first}");
    format!("{}\r\n{rest}", first.replacen(from, to, 1))
}

const ROWS: &[(&str, Is, Fault)] = &[
    ("3.1.1.1 folded lines, odd case, short names", Is::Right, |m| {
        let m = header(&m, "To", |to| format!("TO :\r\n {to}"));
        let m = header(&m, "From", |from| format!("f:   {from}"));
        let m = header(&m, "Call-ID", |id| format!("cALL-iD:\t{id}"));
        header(&m, "Max-Forwards", |_| "max-forwards: 0068".into())
    }),
    ("3.1.1.3 escapes in addresses", Is::Right, |m| {
        header(&m, "From", |_| "From: <sip:I%20have%20spaces@127.0.0.1>;tag=peer".into())
    }),
    ("3.1.1.4 an escaped null", Is::Right, |m| {
        header(&m, "From", |_| "From: <sip:null-%00-null@127.0.0.1>;tag=peer".into())
    }),
    ("3.1.1.6 no space after the name", Is::Right, |m| {
        header(&m, "From", |from| format!("From: caller{from}"))
    }),
    ("3.1.1.7 long values", Is::Right, |m| {
        let long = "long".repeat(60);
        header(&m, "From", |from| format!("From: \"{long}\" {from};{long}=\"{long}\""))
    }),
    ("3.1.1.8 something behind the message", Is::Right, |m| m + "INVITE sip:x@y SIP/2.0\r\n\r\n"),
    ("3.1.1.9 a semicolon in the user part", Is::Right, |m| {
        first_line(&m, "sip:1000@", "sip:1000;par=u%40example@")
    }),
    ("3.1.1.10 unusual transports above ours", Is::Right, |m| {
        header(&m, "Via", |via| {
            format!("Via: {via}\r\nVia: SIP/2.0/UNKNOWN t5.example.com;branch=z9hG4bKu")
        })
    }),
    ("3.1.2.1 separators without values", Is::Wrong, |m| {
        header(&m, "Contact", |contact| format!("Contact: {contact};;,;,,"))
    }),
    ("3.1.2.2 a length beyond the message", Is::Wrong, |m| {
        header(&m, "Content-Length", |_| "Content-Length: 9999".into())
    }),
    ("3.1.2.3 a length below nothing", Is::Wrong, |m| {
        header(&m, "Content-Length", |_| "Content-Length: -999".into())
    }),
    ("3.1.2.4 numbers too large", Is::Wrong, |m| {
        header(&m, "CSeq", |_| "CSeq: 36893488147419103232 INVITE".into())
    }),
    ("3.1.2.6 a quote that does not end", Is::Understandable, |m| {
        header(&m, "To", |to| format!("To: \"Mr. J. User {to}"))
    }),
    ("3.1.2.7 brackets about the address", Is::Understandable, |m| {
        let m = first_line(&m, "sip:1000", "<sip:1000");
        first_line(&m, " SIP/2.0", "> SIP/2.0")
    }),
    ("3.1.2.8 a space in the address", Is::Understandable, |m| first_line(&m, "sip:", "sip: ")),
    ("3.1.2.9 more than one space", Is::Understandable, |m| first_line(&m, " sip:", "  sip:")),
    ("3.1.2.10 a space at the end", Is::Understandable, |m| first_line(&m, "SIP/2.0", "SIP/2.0  ")),
    ("3.1.2.16 another version", Is::Wrong, |m| first_line(&m, "SIP/2.0", "SIP/7.0")),
    ("3.1.2.17 another method in CSeq", Is::Wrong, |m| {
        header(&m, "CSeq", |_| "CSeq: 8 OPTIONS".into())
    }),
    ("3.1.2.18 an unknown method, another in CSeq", Is::Wrong, |m| {
        first_line(&m, "INVITE", "NEWMETHOD")
    }),
    ("3.3.1 what is needed is missing", Is::Wrong, |m| {
        let m = header(&m, "To", |_| "X-To: x".into());
        header(&m, "Call-ID", |_| "X-Call-ID: x".into())
    }),
    ("3.3.2 an unknown scheme", Is::Wrong, |m| {
        first_line(&m, "sip:1000", "nobodyKnowsThisScheme:1000")
    }),
    ("3.3.5 unknown extensions", Is::Wrong, |m| with(&m, "Require: nothingSupportsThis")),
    ("3.3.6 an unknown kind of body", Is::Wrong, |m| {
        header(&m, "Content-Type", |_| "Content-Type: application/unknownformat".into())
    }),
    ("3.3.8 one header twice", Is::Wrong, |m| {
        header(&m, "CSeq", |cseq| format!("CSeq: {cseq}\r\nCSeq: 59 INVITE"))
    }),
    ("3.3.9 two lengths", Is::Wrong, |m| with(&m, "Content-Length: 8")),
    ("3.4.1 as before RFC 3261", Is::Right, |m| {
        header(&m, "Via", |via| format!("Via: {}", via.replace(";branch=z9hG4bK", ";x=")))
    }),
];

async fn status(here: &mut TestLine, fault: Fault) -> u16 {
    let mut peer = Peer::new(here.sip).await;
    let offer = peer.sdp("");
    let message = fault(peer.request("INVITE", "", &offer));
    peer.send(message).await;
    let status = peer.last_answer().await.status();
    if status == 200 {
        let ack = peer.request("ACK", "", "");
        peer.send(ack).await;
        here.call().await;
    }
    status
}

#[tokio::test]
async fn what_looks_wrong_and_is_right_is_taken_and_what_is_wrong_is_refused() {
    let mut here = line("").await;
    for (what, is, fault) in ROWS {
        let status = status(&mut here, *fault).await;
        match is {
            Is::Right => assert_eq!(status, 200, "{what}"),
            Is::Wrong => assert!(status >= 400, "{what}: {status}"),
            Is::Understandable => assert!(status == 200 || status >= 400, "{what}: {status}"),
        }
        assert_eq!(self::status(&mut here, |message| message).await, 200, "after {what}");
    }
}
