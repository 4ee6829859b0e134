//! Somebody who talks through the API, with their own secret token.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// One line of a conversation, as the API gives it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Line {
    pub number: u64,
    pub speaker: String,
    pub language: String,
    pub text: String,
    pub citations: Vec<Citation>,
    pub choices: Vec<Choice>,
    pub suggestions: Vec<Choice>,
    pub place: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Citation {
    pub line: String,
    pub title: String,
    pub url: Option<String>,
    pub checked: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Choice {
    pub label: String,
    pub say: String,
}

/// A visitor with a conversation.
#[derive(Clone)]
pub struct Visitor {
    pub url: String,
    pub id: String,
    pub token: String,
    /// The first words they were met with.
    pub greeting: Vec<Line>,
    http: reqwest::Client,
    said: u64,
}

#[derive(Deserialize)]
struct Started {
    id: String,
    token: String,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Lines {
    lines: Vec<Line>,
}

/// A response, read whole.
#[derive(Debug, Clone)]
pub struct Heard {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Heard {
    pub async fn of(response: reqwest::Response) -> Heard {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Heard { status, headers, body: response.text().await.expect("a body") }
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn lines(&self) -> Vec<Line> {
        self.json::<Lines>().lines
    }

    /// Checks that it is a refusal in words, with a next step and without inner workings.
    pub fn is_a_humane_refusal(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.body);
        let kind = self.headers["content-type"].to_str().expect("text");
        assert!(kind.starts_with("application/problem+json"), "{kind}");
        let problem: Value = self.json();
        for sentence in ["title", "detail"] {
            let words = problem[sentence].as_str().unwrap_or_default();
            assert!(words.chars().count() > 5, "no {sentence} in {}", self.body);
        }
    }
}

impl Visitor {
    /// Starts a conversation.
    pub async fn start(url: &str, language: &str) -> Visitor {
        let http = reqwest::Client::new();
        let request = http
            .post(format!("{url}/api/v1/conversations"))
            .header("content-type", "application/json")
            .body(json!({ "language": language }).to_string());
        let heard = Heard::of(request.send().await.expect("an answer")).await;
        assert_eq!(heard.status, 201, "{}", heard.body);
        let Started { id, token, lines } = heard.json();
        Visitor { url: url.into(), id, token, greeting: lines, http, said: 0 }
    }

    /// Says something and hears what is answered.
    pub async fn says(&mut self, text: &str) -> Vec<Line> {
        self.said += 1;
        let heard = self.sends(&format!("k{}", self.said), text).await;
        assert_eq!(heard.status, 201, "{}", heard.body);
        let lines = heard.lines();
        assert_eq!(lines[0].speaker, "visitor");
        lines.into_iter().filter(|line| line.speaker == "bot").collect()
    }

    /// Sends a message under a key of its own.
    pub async fn sends(&self, key: &str, text: &str) -> Heard {
        self.tries(key, text).await.expect("an answer")
    }

    /// The same, where the server may be gone.
    pub async fn tries(&self, key: &str, text: &str) -> reqwest::Result<Heard> {
        self.post(key, json!({ "text": text }).to_string().into_bytes()).await
    }

    /// Sends any body at all.
    pub async fn post(&self, key: &str, body: Vec<u8>) -> reqwest::Result<Heard> {
        let request = self
            .http
            .post(self.at("messages"))
            .bearer_auth(&self.token)
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(body);
        Ok(Heard::of(request.send().await?).await)
    }

    /// Everything said so far, after a line.
    pub async fn lines(&self, after: u64) -> Vec<Line> {
        let heard = self.get(&format!("messages?after={after}")).await;
        assert_eq!(heard.status, 200, "{}", heard.body);
        heard.lines()
    }

    /// Anything below the conversation.
    pub async fn get(&self, path: &str) -> Heard {
        let request = self.http.get(self.at(path)).bearer_auth(&self.token);
        Heard::of(request.send().await.expect("an answer")).await
    }

    /// Listens, from after a line on; reconnects are made with `last`.
    pub async fn listens(&self, after: u64, last: Option<u64>) -> Events {
        let mut request =
            self.http.get(self.at(&format!("events?after={after}"))).bearer_auth(&self.token);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        Events { response, text: String::new() }
    }

    /// How it stands with a person, as the page would show it now; empty where nothing is shown.
    pub async fn wait(&self) -> String {
        let mut events = self.listens(u64::MAX >> 1, None).await;
        let read = async {
            while let Ok(Some(chunk)) = events.response.chunk().await {
                let text = String::from_utf8_lossy(&chunk);
                let data = text.split_once("event: wait").and_then(|(_, rest)| {
                    rest.lines().find_map(|line| line.strip_prefix("data: "))
                });
                if let Some(data) = data {
                    return serde_json::from_str(data).expect("text");
                }
            }
            String::new()
        };
        tokio::time::timeout(std::time::Duration::from_millis(500), read).await.unwrap_or_default()
    }

    /// Begins to write something.
    pub async fn types(&self) {
        let request = self.http.post(self.at("typing")).bearer_auth(&self.token);
        assert_eq!(request.send().await.expect("an answer").status(), 204);
    }

    fn at(&self, path: &str) -> String {
        format!("{}/api/v1/conversations/{}/{path}", self.url, self.id)
    }
}

/// An event stream (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
pub struct Events {
    response: reqwest::Response,
    text: String,
}

impl Events {
    /// The next line; nothing when the stream ends.
    pub async fn next(&mut self) -> Option<(u64, Line)> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|v| v.trim().to_owned())
                };
                let (id, data) = (field("id:"), field("data:"));
                self.text = rest.to_owned();
                if let (Some(id), Some(data)) = (id, data) {
                    let line = serde_json::from_str(&data).expect("a line");
                    return Some((id.parse().expect("a number"), line));
                }
            }
            let chunk = self.response.chunk().await.ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).expect("UTF-8"));
        }
    }
}
