//! A clerk made of a session: takes, reads, writes, listens.

use std::{net::SocketAddr, path::Path};

use anyhow::{Context, ensure};
use desk::staff::Role;
use hyper::{Method, Request, Response, StatusCode, body::Incoming};
use jiff::Timestamp;
use site::secret::Secret;
use sqlx::{Connection, SqliteConnection, query, query_as};

use super::super::client::Client;
use crate::store::{FILE, staff};

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

/// Makes so many accounts.
pub(super) async fn hired(data: &Path, clerks: usize) -> anyhow::Result<()> {
    staff::add(data, "clerk0", "Clerk 0", Role::Clerk).await?;
    let mut kept = open(data).await?;
    for number in 1..clerks {
        query("INSERT INTO staff (login, name, role, created_at) VALUES (?, ?, 'clerk', 0)")
            .bind(format!("clerk{number}"))
            .bind(format!("Clerk {number}"))
            .execute(&mut kept)
            .await?;
    }
    Ok(kept.close().await?)
}

/// Gives every account a session. By the form that is slow on purpose: a password's hash takes a tenth
/// of a second, and few may log in from one address in a minute.
pub(super) async fn at_work(data: &Path, address: SocketAddr) -> anyhow::Result<Vec<Clerk>> {
    let mut kept = open(data).await?;
    let all: Vec<(i64,)> =
        query_as("SELECT number FROM staff ORDER BY number").fetch_all(&mut kept).await?;
    let mut client = Client::connect(address).await?;
    let mut clerks = Vec::with_capacity(all.len());
    for (number,) in all {
        let secret = Secret::fresh();
        let now = Timestamp::now().as_millisecond();
        let sql = "INSERT INTO staff_sessions (token, staff, created_at, seen_at)
                   VALUES (?1, ?2, ?3, ?3)";
        query(sql).bind(secret.digest()).bind(number).bind(now).execute(&mut kept).await?;
        let cookie = format!("wendu-desk={}", secret.as_str());
        let mut clerk = Clerk { address, cookie, token: String::new() };
        let page = clerk.reads(&mut client, "/desk").await?;
        let token =
            page.split("name=\"token\" value=\"").nth(1).and_then(|it| it.split('"').next());
        clerk.token = token.context("the queue page has no form")?.to_owned();
        clerks.push(clerk);
    }
    kept.close().await?;
    Ok(clerks)
}

async fn open(data: &Path) -> anyhow::Result<SqliteConnection> {
    let file = data.join(FILE);
    Ok(SqliteConnection::connect(&format!("sqlite://{}", file.display())).await?)
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
