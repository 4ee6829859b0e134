//! Calls from AudioSocket, by a client written from its frames.

use super::sound::{has, melody, tones};
use super::support::{event, free_address, hear};
use phone::Line;
use phone::leg::{CallLeg, End, Key, LegEvent, Transfer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

const TONES: [u32; 3] = [500, 800, 600];

async fn line() -> (Line, mpsc::Receiver<Box<dyn CallLeg>>, std::net::SocketAddr) {
    let address = free_address();
    let settings = format!("[audiosocket]\nlisten = \"{address}\"\naddresses = [\"127.0.0.1\"]\n");
    let (line, calls) = Line::open(&toml::from_str(&settings).unwrap()).await.unwrap();
    (line, calls, address)
}

fn frame(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut frame = vec![kind];
    frame.extend((body.len() as u16).to_be_bytes());
    frame.extend(body);
    frame
}

/// Reads frames of sound until so many samples came; the kind of what came instead, if anything did.
async fn sound(stream: &mut TcpStream, samples: usize) -> Result<Vec<i16>, u8> {
    let mut heard = Vec::new();
    while heard.len() < samples {
        let mut head = [0; 3];
        stream.read_exact(&mut head).await.unwrap();
        let mut body = vec![0; usize::from(u16::from_be_bytes([head[1], head[2]]))];
        stream.read_exact(&mut body).await.unwrap();
        if head[0] != 0x10 {
            return Err(head[0]);
        }
        assert_eq!(body.len(), 320);
        heard.extend(body.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])));
    }
    Ok(heard)
}

#[tokio::test]
async fn an_audiosocket_call_is_heard_by_both_and_ends_by_either() {
    let (line, mut calls, address) = line().await;
    let mut asterisk = TcpStream::connect(address).await.unwrap();
    asterisk.write_all(&frame(0x01, &[7; 16])).await.unwrap();
    let mut call = calls.recv().await.unwrap();
    assert_eq!(call.about().called, "07".repeat(16));
    call.play(melody(&TONES, 8000).into());
    call.mark(1);
    let speech: Vec<u8> = melody(&TONES, 8000).iter().flat_map(|s| s.to_le_bytes()).collect();
    for part in speech.chunks(320).take(15) {
        asterisk.write_all(&frame(0x10, part)).await.unwrap();
    }
    let heard = hear(&mut call, 25).await;
    assert!(heard.iter().any(|sample| sample.unsigned_abs() > 7000));
    let said = tones(&sound(&mut asterisk, 8000).await.unwrap(), &TONES, 8000);
    assert!(has(&said, &TONES), "{said:?}");
    assert_eq!(event(&mut call).await, LegEvent::Played(1));
    asterisk.write_all(&frame(0x03, b"8")).await.unwrap();
    assert_eq!(event(&mut call).await, LegEvent::Keyed(Key::from_char('8').unwrap()));
    call.transfer("tel:1");
    assert_eq!(event(&mut call).await, LegEvent::Transfer(Transfer::NotAllowed));
    call.hang_up();
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Us));
    assert_eq!(sound(&mut asterisk, 1_000_000).await, Err(0x00));

    let mut asterisk = TcpStream::connect(address).await.unwrap();
    asterisk.write_all(&frame(0x01, &[8; 16])).await.unwrap();
    let mut call = calls.recv().await.unwrap();
    asterisk.write_all(&frame(0x00, &[])).await.unwrap();
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Caller));
    line.shut().await;
}

#[tokio::test]
async fn rubbish_is_dropped_and_the_next_call_is_taken() {
    let (_line, mut calls, address) = line().await;
    for rubbish in [&[0xff; 5000][..], b"GET / HTTP/1.1\r\n\r\n", &[0x00, 0, 0]] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(rubbish).await.unwrap();
    }
    let mut asterisk = TcpStream::connect(address).await.unwrap();
    asterisk.write_all(&frame(0x01, &[9; 16])).await.unwrap();
    let mut call = calls.recv().await.unwrap();
    drop(asterisk);
    assert_eq!(event(&mut call).await, LegEvent::Ended(End::Line));
}
