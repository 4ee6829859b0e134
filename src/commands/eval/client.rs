//! A visitor made of one HTTP connection: starts conversations, says things, listens.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::net::TcpStream;

/// What is asked when no file of questions is given.
pub(super) const QUESTIONS: [&str; 8] = [
    "办居住证要带什么？",
    "How much is a passport?",
    "医保报销怎么办",
    "When is the community centre open on Saturday?",
    "老人公交卡在哪里办",
    "How do I register a birth?",
    "身份证丢了怎么办？",
    "What does it cost?",
];

/// One connection.
pub(super) struct Client {
    sender: SendRequest<Full<Bytes>>,
}

/// What was said so far, by all clients: every message has a name of its own.
static SAID: AtomicU64 = AtomicU64::new(0);

/// A conversation one may speak in.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Held {
    pub id: String,
    pub token: String,
}

impl Client {
    pub async fn connect(at: SocketAddr) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(at).await.with_context(|| {
            format!("no server answers at {at}. Start one with `wendu serve`, or leave out --at")
        })?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Client { sender })
    }

    /// Starts a conversation.
    pub async fn start(&mut self) -> anyhow::Result<Held> {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/api/v1/conversations")
            .header("content-type", "application/json")
            .body(Full::from(r#"{"language":"zh"}"#))?;
        Ok(serde_json::from_slice(&self.whole(request).await?)?)
    }

    /// Says something and waits for the answer.
    pub async fn say(&mut self, held: &Held, text: &str) -> anyhow::Result<Bytes> {
        let number = SAID.fetch_add(1, Ordering::Relaxed);
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/api/v1/conversations/{}/messages", held.id))
            .header("authorization", format!("Bearer {}", held.token))
            .header("idempotency-key", format!("eval-{number}"))
            .header("content-type", "application/json")
            .body(Full::from(serde_json::json!({ "text": text }).to_string()))?;
        self.whole(request).await
    }

    /// Opens the event stream, from after a line on. Dropping the response closes it.
    pub async fn listen(&mut self, held: &Held, after: u64) -> anyhow::Result<Response<Incoming>> {
        let request = Request::builder()
            .uri(format!("/api/v1/conversations/{}/events?after={after}", held.id))
            .header("authorization", format!("Bearer {}", held.token))
            .body(Full::default())?;
        self.send(request).await
    }

    /// Any request, whatever comes of it: the status, where it leads, and the text.
    pub async fn fetch(
        &mut self,
        request: Request<String>,
    ) -> anyhow::Result<(StatusCode, Option<String>, String)> {
        let response = self.pass(request.map(Full::from)).await?;
        let (parts, body) = response.into_parts();
        let location = parts.headers.get("location").and_then(|to| to.to_str().ok());
        let text = String::from_utf8_lossy(&body.collect().await?.to_bytes()).into_owned();
        Ok((parts.status, location.map(str::to_owned), text))
    }

    /// An event stream. Dropping the response closes it.
    pub async fn open(&mut self, request: Request<String>) -> anyhow::Result<Response<Incoming>> {
        self.send(request.map(Full::from)).await
    }

    async fn whole(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Bytes> {
        Ok(self.send(request).await?.into_body().collect().await?.to_bytes())
    }

    async fn pass(
        &mut self,
        mut request: Request<Full<Bytes>>,
    ) -> anyhow::Result<Response<Incoming>> {
        let host = hyper::header::HeaderValue::from_static("localhost");
        request.headers_mut().insert("host", host);
        self.sender.ready().await?;
        Ok(self.sender.send_request(request).await?)
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Response<Incoming>> {
        let response = self.pass(request).await?;
        match response.status() {
            status if status.is_success() => Ok(response),
            StatusCode::TOO_MANY_REQUESTS => bail!(
                "the server limits how often one may ask. Lift the limits to measure it: \
                 WENDU_WEB__CONVERSATION_RATE__PER_MINUTE=0 WENDU_WEB__ADDRESS_RATE__PER_MINUTE=0"
            ),
            status => bail!("the server answered {status}"),
        }
    }
}
