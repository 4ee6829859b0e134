//! Calls that come by other ways than SIP, by clients written from their formats: Asterisk's
//! AudioSocket, and a provider's Media Streams on the web server.

use audio_codec::{
    Decoder, Encoder,
    pcmu::{PcmuDecoder, PcmuEncoder},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::{SinkExt, StreamExt};
use nlu::langid;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, tcp::OwnedWriteHalf},
    time::{Instant, interval},
};
use tokio_tungstenite::tungstenite::{self, Message, client::IntoClientRequest, http::StatusCode};

use crate::city::{City, MEDIA, hears, said};

/// How long the greeting is left alone, the question being asked after it.
const GREETING: Duration = Duration::from_secs(3);
/// All that was heard since the question.
type Heard = Arc<Mutex<Vec<i16>>>;

/// Samples of 20 ms at 8 kHz.
const SAMPLES: usize = 160;
/// AudioSocket's kinds of frames.
const ID: u8 = 0x01;
const SOUND: u8 = 0x10;

/// What is heard in a while.
async fn more(heard: &Heard, time: Duration) -> Vec<i16> {
    tokio::time::sleep(time).await;
    std::mem::take(&mut heard.lock().expect("whole"))
}

fn frame(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut frame = vec![kind];
    frame.extend((body.len() as u16).to_be_bytes());
    frame.extend(body);
    frame
}

/// Sends this, and silence after it, at the pace of a call.
async fn speaks(mut to: OwnedWriteHalf, sound: Vec<i16>) {
    let mut clock = interval(Duration::from_millis(20));
    let mut frames = sound.chunks(SAMPLES);
    loop {
        clock.tick().await;
        let mut pcm = frames.next().unwrap_or_default().to_vec();
        pcm.resize(SAMPLES, 0);
        let bytes: Vec<u8> = pcm.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        if to.write_all(&frame(SOUND, &bytes)).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_by_audiosocket_is_answered_aloud() {
    let city = City::open("").await;
    let question = said("办护照要多少钱？", &langid!("zh")).await;
    let stream = TcpStream::connect(city.audiosocket).await.expect("the door is open");
    let (mut from, mut to) = stream.into_split();
    to.write_all(&frame(ID, &[7; 16])).await.expect("sent");
    let mut sound = vec![0; GREETING.as_millis() as usize * 8];
    sound.extend(question);
    let answer_from = Instant::now() + Duration::from_millis(sound.len() as u64 / 8);
    let speaking = tokio::spawn(speaks(to, sound));
    let heard = Heard::default();
    let hearing = tokio::spawn({
        let heard = heard.clone();
        async move {
            let mut head = [0; 3];
            while from.read_exact(&mut head).await.is_ok() {
                let mut body = vec![0; usize::from(u16::from_be_bytes([head[1], head[2]]))];
                from.read_exact(&mut body).await.expect("whole frames");
                if head[0] == SOUND && Instant::now() > answer_from {
                    let pcm =
                        body.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
                    heard.lock().expect("whole").extend(pcm);
                }
            }
        }
    });
    hears("120", &langid!("zh"), async |time| more(&heard, time).await).await;
    speaking.abort();
    hearing.abort();
    city.stop().await;
}

/// What the provider signs: its address, by HMAC-SHA1 with the account's token.
fn signature(token: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    STANDARD.encode(ring::hmac::sign(&key, MEDIA.0.as_bytes()))
}

fn request(city: &City, token: &str) -> tungstenite::handshake::client::Request {
    let mut request = format!("ws://{}/media", city.web).into_client_request().expect("an address");
    let signature = signature(token).parse().expect("a header");
    request.headers_mut().insert("X-Twilio-Signature", signature);
    request
}

/// A frame of sound.
fn media(pcm: &[i16]) -> Message {
    let payload = PcmuEncoder::new().encode(pcm);
    let frame = json!({
        "event": "media", "streamSid": "MZ1",
        "media": { "track": "inbound", "payload": STANDARD.encode(payload) },
    });
    Message::text(frame.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_by_media_streams_is_answered_aloud_and_who_does_not_sign_is_refused() {
    let city = City::open("").await;
    let refused = tokio_tungstenite::connect_async(request(&city, "another token")).await;
    match refused {
        Err(tungstenite::Error::Http(response)) => {
            assert_eq!(response.status(), StatusCode::FORBIDDEN);
        }
        other => panic!("{other:?}"),
    }
    // Rubbish harms nobody.
    let (mut socket, _) =
        tokio_tungstenite::connect_async(request(&city, MEDIA.1)).await.expect("it is signed");
    for rubbish in ["", "{", "[]", "{\"event\":\"media\"}", "\u{0}"] {
        socket.send(Message::text(rubbish)).await.expect("sent");
    }
    drop(socket);

    let question = said("How much is a passport?", &langid!("en")).await;
    let (socket, _) =
        tokio_tungstenite::connect_async(request(&city, MEDIA.1)).await.expect("it is signed");
    let (mut to, mut from) = socket.split();
    let start = json!({
        "event": "start", "streamSid": "MZ1",
        "start": { "streamSid": "MZ1", "customParameters": { "From": "1", "To": "2" } },
    });
    to.send(Message::text(start.to_string())).await.expect("sent");
    let mut sound = vec![0; GREETING.as_millis() as usize * 8];
    sound.extend(question);
    let answer_from = Instant::now() + Duration::from_millis(sound.len() as u64 / 8);
    let speaking = tokio::spawn(async move {
        let mut clock = interval(Duration::from_millis(20));
        let mut frames = sound.chunks(SAMPLES);
        loop {
            clock.tick().await;
            let mut pcm = frames.next().unwrap_or_default().to_vec();
            pcm.resize(SAMPLES, 0);
            if to.send(media(&pcm)).await.is_err() {
                return;
            }
        }
    });
    let heard = Heard::default();
    let hearing = tokio::spawn({
        let heard = heard.clone();
        async move {
            while let Some(Ok(message)) = from.next().await {
                let Message::Text(text) = message else { continue };
                let frame: Value = serde_json::from_str(&text).expect("JSON");
                if frame["event"] == "media" && Instant::now() > answer_from {
                    let payload = frame["media"]["payload"].as_str().expect("sound");
                    let payload = STANDARD.decode(payload).expect("base64");
                    heard.lock().expect("whole").extend(PcmuDecoder::new().decode(&payload));
                }
            }
        }
    });
    hears("120", &langid!("en"), async |time| more(&heard, time).await).await;
    speaking.abort();
    hearing.abort();
    city.stop().await;
}
