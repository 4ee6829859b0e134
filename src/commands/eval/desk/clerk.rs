//! A clerk made of a session: takes, reads, writes, listens.

use std::net::SocketAddr;

use anyhow::{Context, ensure};
use hyper::{Method, Request, Response, StatusCode, body::Incoming};
use site::secret::Secret;

use super::super::client::Client;

/// Somebody who is logged in.
#[derive(Clone)]
pub(super) struct Clerk {
    pub(super) address: SocketAddr,
    cookie: String,
    /// What their forms carry.
    token: String,
}

/// A page that stays open.
pub(super) struct OpenPage {
    pub(super) events: Response<Incoming>,
    _client: Client,
}

/// Clerks at their pages, one a session.
pub(super) async fn at_work(
    sessions: &[Secret],
    address: SocketAddr,
) -> anyhow::Result<Vec<Clerk>> {
    let mut client = Client::connect(address).await?;
    let mut clerks = Vec::with_capacity(sessions.len());
    for secret in sessions {
        let cookie = format!("wendu-desk={}", secret.as_str());
        let mut clerk = Clerk { address, cookie, token: String::new() };
        let page = clerk.reads(&mut client, "/desk").await?;
        let token =
            page.split("name=\"token\" value=\"").nth(1).and_then(|it| it.split('"').next());
        clerk.token = token.context("the queue page has no form")?.to_owned();
        clerks.push(clerk);
    }
    Ok(clerks)
}

impl Clerk {
    /// A page's text.
    pub(super) async fn reads(&self, client: &mut Client, path: &str) -> anyhow::Result<String> {
        let (_, _, text) = client.fetch(self.request(Method::GET, path, String::new())?).await?;
        Ok(text)
    }

    /// Takes the next; nothing where nobody waits.
    pub(super) async fn takes(&self, client: &mut Client) -> anyhow::Result<Option<String>> {
        let form = format!("token={}", self.token);
        let request = self.request(Method::POST, "/desk/next", form)?;
        let (status, location, _) = client.fetch(request).await?;
        match status {
            StatusCode::CONFLICT => Ok(None),
            status => {
                ensure!(status == StatusCode::SEE_OTHER, "the desk answered {status}");
                Ok(Some(location.context("the desk named no conversation")?))
            }
        }
    }

    /// Takes this conversation.
    pub(super) async fn take(&self, client: &mut Client, case: &str) -> anyhow::Result<()> {
        self.does(client, &format!("/desk/cases/{case}/take"), format!("key={case}")).await
    }

    /// Says something in a conversation.
    pub(super) async fn says(
        &self,
        client: &mut Client,
        case: &str,
        key: usize,
        text: &str,
    ) -> anyhow::Result<()> {
        self.does(client, &format!("/desk/cases/{case}/say"), format!("key={key}&text={text}"))
            .await
    }

    async fn does(&self, client: &mut Client, path: &str, form: String) -> anyhow::Result<()> {
        let form = format!("token={}&{form}", self.token);
        let (status, _, _) = client.fetch(self.request(Method::POST, path, form)?).await?;
        ensure!(status == StatusCode::SEE_OTHER, "the desk answered {status}");
        Ok(())
    }

    /// Keeps the queue page open.
    pub(super) async fn sits_down(&self) -> anyhow::Result<OpenPage> {
        self.opens("/desk/events").await
    }

    /// Opens an event stream.
    pub(super) async fn opens(&self, path: &str) -> anyhow::Result<OpenPage> {
        let mut client = Client::connect(self.address).await?;
        let request = self.request(Method::GET, path, String::new())?;
        Ok(OpenPage { events: client.open(request).await?, _client: client })
    }

    fn request(&self, method: Method, path: &str, form: String) -> anyhow::Result<Request<String>> {
        Ok(Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "text/html")
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)?)
    }
}
