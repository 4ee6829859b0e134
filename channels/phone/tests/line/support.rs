//! A line to be called, and what every scenario needs.

use phone::leg::{CallLeg, LegEvent, next};
use phone::{Line, PhoneSettings};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Longer than anything here takes, on a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running line and the calls that come by it.
pub struct TestLine {
    pub line: Line,
    pub calls: mpsc::Receiver<Box<dyn CallLeg>>,
    /// Where it listens by UDP and TCP.
    pub sip: SocketAddr,
}

/// A line for this machine's calls, with these settings (TOML) added.
pub async fn line(more: &str) -> TestLine {
    let sip = free_address();
    let (first, last) = port_range(200);
    let settings: PhoneSettings = toml::from_str(&format!(
        "{}\n[sip]\nudp = \"{sip}\"\ntcp = \"{sip}\"\n{}\n[rtp]\nlisten = \"127.0.0.1\"\n\
         ports = [{first}, {last}]\n{}\n[limits]\n{}\n{}\n\
         [[trunks]]\nname = \"here\"\naddresses = [\"127.0.0.1\"]\n",
        section(more, ""),
        section(more, "[sip]"),
        section(more, "[rtp]"),
        section(more, "[limits]"),
        if more.contains("caller_per_minute") { "" } else { "caller_per_minute = 0" },
    ))
    .expect("the settings of a test are right");
    settings.check().expect("the settings of a test are right");
    let (line, calls) = Line::open(&settings).await.expect("the line opens");
    TestLine { line, calls, sip }
}

/// A line on which one caller may call so often in a minute.
pub async fn line_with_caller_limit(per_minute: u32) -> TestLine {
    line(&format!("[limits]\ncaller_per_minute = {per_minute}")).await
}

/// The lines of one section of the settings that are added.
fn section(more: &str, name: &str) -> String {
    let mut here = name.is_empty();
    let mut lines = Vec::new();
    for line in more.lines().map(str::trim) {
        if line.starts_with('[') {
            here = line == name;
        } else if here {
            lines.push(line);
        }
    }
    lines.join("\n")
}

impl TestLine {
    /// The next call.
    pub async fn call(&mut self) -> Box<dyn CallLeg> {
        tokio::time::timeout(PATIENCE, self.calls.recv())
            .await
            .expect("a call comes in time")
            .expect("the line is open")
    }
}

/// The next event that is no sound.
pub async fn event(call: &mut Box<dyn CallLeg>) -> LegEvent {
    tokio::time::timeout(PATIENCE, async {
        loop {
            match next(&mut **call).await.expect("the call still lasts") {
                LegEvent::Heard(_) => {}
                event => return event,
            }
        }
    })
    .await
    .expect("something happens in time")
}

/// What is heard in so many frames of 20 ms.
pub async fn hear(call: &mut Box<dyn CallLeg>, frames: usize) -> Vec<i16> {
    let mut heard = Vec::new();
    let mut count = 0;
    while count < frames {
        let event = tokio::time::timeout(PATIENCE, next(&mut **call)).await.expect("time goes on");
        if let LegEvent::Heard(frame) = event.expect("the call still lasts") {
            heard.extend_from_slice(&frame.pcm);
            count += 1;
        }
    }
    heard
}

/// An address that is free for UDP and TCP, and the port after it too.
pub fn free_address() -> SocketAddr {
    loop {
        let (first, _) = port_range(2);
        let free = (first..first + 2).all(|port| {
            UdpSocket::bind(("127.0.0.1", port)).is_ok()
                && TcpListener::bind(("127.0.0.1", port)).is_ok()
        });
        if free {
            return ([127, 0, 0, 1], first).into();
        }
    }
}

/// So many ports that no other scenario gets: below those that the system gives out by itself.
pub fn port_range(count: u16) -> (u16, u16) {
    static NEXT: AtomicU16 = AtomicU16::new(12_000);
    let first = NEXT.fetch_add(count.next_multiple_of(2), Ordering::Relaxed);
    (first, first + count - 1)
}
