//! A registry on this machine, as pip and npm know them, and a mirror; and what may go wrong there.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

/// How the registry behaves.
#[derive(Clone, Copy, PartialEq)]
pub enum Mood {
    /// It sends all that is asked for.
    Well,
    /// It breaks off the next package after half of it, then is well.
    BreaksOffOnce,
    /// It breaks off the next package after half of it, then has lost all of them.
    BreaksOffForGood,
    /// It has lost all packages.
    Lost,
}

/// A running registry.
pub struct Registry {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    mood: Mood,
    packages: BTreeMap<String, Vec<u8>>,
    /// Which package was asked for, and from which byte on.
    asked: Vec<(String, usize)>,
}

impl Registry {
    pub fn start() -> Registry {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = State { mood: Mood::Well, packages: BTreeMap::new(), asked: vec![] };
        let state = Arc::new(Mutex::new(state));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is its own affair.
                let _ = answer(stream, address, &mut shared.lock().expect("sound"));
            }
        });
        Registry { address, state }
    }

    pub fn becomes(&self, mood: Mood) {
        self.state.lock().expect("sound").mood = mood;
    }

    /// Has a package from now on.
    pub fn holds(&self, file: &str, bytes: &[u8]) {
        self.state.lock().expect("sound").packages.insert(file.into(), bytes.into());
    }

    /// Has it no more.
    pub fn loses(&self, file: &str) {
        self.state.lock().expect("sound").packages.remove(file);
    }

    /// From which bytes on packages were asked for until now.
    pub fn asked(&self) -> Vec<(String, usize)> {
        self.state.lock().expect("sound").asked.clone()
    }
}

fn answer(mut stream: TcpStream, here: SocketAddr, state: &mut State) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? == 1 {
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let path = head.split(' ').nth(1).unwrap_or_default();
    if path.starts_with("/simple/") {
        let page: String =
            state.packages.keys().map(|file| format!("<a href=\"/{file}\">{file}</a>\n")).collect();
        return send(&mut stream, "200 OK\r\nContent-Type: text/html", page.as_bytes(), usize::MAX);
    }
    if let Some(name) = path.strip_prefix("/npm/") {
        let page = format!(
            "{{\"name\": {name:?}, \"dist-tags\": {{\"latest\": \"1.0.0\"}}, \"versions\": {{\"1.0.0\": \
             {{\"name\": {name:?}, \"version\": \"1.0.0\", \"dist\": {{\"tarball\": \
             \"http://{here}/{name}-1.0.0.tgz\"}}}}}}}}"
        );
        let kind = "200 OK\r\nContent-Type: application/json";
        return send(&mut stream, kind, page.as_bytes(), usize::MAX);
    }
    let file = path.rsplit('/').next().unwrap_or_default();
    let Some(bytes) = state.packages.get(file).filter(|_| state.mood != Mood::Lost) else {
        return send(&mut stream, "404 Not Found", b"", 0);
    };
    let range = head.split_once("range: bytes=").and_then(|(_, rest)| rest.split_once('-'));
    let from: usize = range.and_then(|(from, _)| from.parse().ok()).unwrap_or(0);
    state.asked.push((file.into(), from));
    let until = match state.mood {
        Mood::Well => usize::MAX,
        _ => bytes.len() / 2,
    };
    state.mood = if state.mood == Mood::BreaksOffForGood { Mood::Lost } else { Mood::Well };
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    send(&mut stream, status, bytes.get(from..).unwrap_or_default(), until)
}

/// Promises a body and sends it, or its beginning.
fn send(stream: &mut TcpStream, status: &str, body: &[u8], until: usize) -> std::io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n")?;
    stream.write_all(&body[..length.min(until)])
}
