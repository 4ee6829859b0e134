//! A package registry on this machine, as pip knows them, with one package; and what may go wrong.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use zip::{
    CompressionMethod,
    write::{SimpleFileOptions, ZipWriter},
};

/// The package's file.
pub const WHEEL: &str = "a_model-1.0-py3-none-any.whl";

/// How the registry behaves.
#[derive(Clone, Copy, PartialEq)]
pub enum Mood {
    /// It sends all that is asked for.
    Well,
    /// It breaks off the next package after half of it, then is well.
    BreaksOffOnce,
    /// It breaks off the next package after half of it, then has lost it.
    BreaksOffForGood,
    /// It has lost the package.
    Lost,
}

/// A running registry.
pub struct Registry {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct State {
    mood: Mood,
    wheel: Vec<u8>,
    /// From which byte each request for the package wanted it.
    asked: Vec<usize>,
}

impl Registry {
    pub fn start(wheel: Vec<u8>) -> Registry {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State { mood: Mood::Well, wheel, asked: vec![] }));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that goes away is its own affair.
                let _ = answer(stream, &mut shared.lock().expect("sound"));
            }
        });
        Registry { address, state }
    }

    pub fn becomes(&self, mood: Mood) {
        self.state.lock().expect("sound").mood = mood;
    }

    /// From which bytes the package was asked for until now.
    pub fn asked(&self) -> Vec<usize> {
        self.state.lock().expect("sound").asked.clone()
    }
}

fn answer(mut stream: TcpStream, state: &mut State) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte)? == 1 {
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let path = head.split(' ').nth(1).unwrap_or_default();
    if path.ends_with("/a-model/") {
        let page = format!("<a href=\"/{WHEEL}\">{WHEEL}</a>");
        return send(&mut stream, "200 OK\r\nContent-Type: text/html", page.as_bytes(), usize::MAX);
    }
    if !path.ends_with(".whl") || state.mood == Mood::Lost {
        return send(&mut stream, "404 Not Found", b"", 0);
    }
    let range = head.split_once("range: bytes=").and_then(|(_, rest)| rest.split_once('-'));
    let from: usize = range.and_then(|(from, _)| from.parse().ok()).unwrap_or(0);
    state.asked.push(from);
    let until = match state.mood {
        Mood::Well => usize::MAX,
        _ => state.wheel.len() / 2,
    };
    state.mood = if state.mood == Mood::BreaksOffForGood { Mood::Lost } else { Mood::Well };
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    let rest = state.wheel.get(from..).unwrap_or_default();
    send(&mut stream, status, rest, until)
}

/// Promises a body and sends it, or its beginning.
fn send(stream: &mut TcpStream, status: &str, body: &[u8], until: usize) -> std::io::Result<()> {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n")?;
    stream.write_all(&body[..length.min(until)])
}

/// A Python package with files in it.
pub fn wheel(files: &BTreeMap<&str, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        // Large files are stored as they are, so that half of the package is not nearly all of it.
        let method = match bytes.len() {
            0..1000 => CompressionMethod::Deflated,
            _ => CompressionMethod::Stored,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).expect("started");
        zip.write_all(bytes).expect("written");
    };
    put("a_model-1.0.dist-info/METADATA", b"Metadata-Version: 2.1\nName: a-model\nVersion: 1.0\n");
    put(
        "a_model-1.0.dist-info/WHEEL",
        b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    );
    put("a_model-1.0.dist-info/RECORD", b"");
    for (name, bytes) in files {
        put(name, bytes);
    }
    zip.finish().expect("finished").into_inner()
}
