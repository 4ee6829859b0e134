//! Somebody who is deaf types on the same call, and reads the answer; how soon, is counted.

use std::time::{Duration, Instant};
use tokio::net::UdpSocket;

use crate::{
    city::City,
    peer::Peer,
    support::PATIENCE,
    typist::{RED, T140, newest, packet},
};

/// Reads what is typed until it holds this.
async fn read_until(socket: &UdpSocket, wanted: &str) -> String {
    let mut read = String::new();
    let mut bytes = [0; 2000];
    while !read.contains(wanted) {
        let came = tokio::time::timeout(PATIENCE, socket.recv(&mut bytes)).await;
        let length = came.unwrap_or_else(|_| panic!("{wanted} in time, not {read}")).unwrap();
        read += &newest(&bytes[..length]);
    }
    read
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_on_a_call_is_answered_in_writing() {
    let city = City::open("").await;
    let mut peer = Peer::new(city.line).await;
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    let offer = peer.sdp(&format!(
        "m=text {port} RTP/AVP {RED} {T140}\r\na=rtpmap:{T140} t140/1000\r\n\
         a=rtpmap:{RED} red/1000\r\na=fmtp:{RED} {T140}/{T140}/{T140}\r\n"
    ));
    let answer = peer.call("", &offer).await;
    let ours = ("127.0.0.1", answer.port(1));
    socket.send_to(&packet(0, ["", "", "\u{feff}"]), ours).await.unwrap();
    read_until(&socket, "\u{2028}").await;
    let question = "How much is a passport?\u{2028}";
    let asked = Instant::now();
    socket.send_to(&packet(1, ["", "\u{feff}", question]), ours).await.unwrap();
    let read = read_until(&socket, "120").await;
    // The line sends text every 300 ms at most; the rest is understanding and looking up.
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}: {read}", asked.elapsed());
    println!("answered in writing after {} ms", asked.elapsed().as_millis());
    city.stop().await;
}
