//! Somebody who works at the desk, in a browser without script: forms, cookies, redirects.

use desk::staff::Role;
use reqwest::{Client, Method, Response, redirect::Policy};
use tokio::task::JoinHandle;
use wendu::store::staff;

use crate::house::House;

pub const PASSWORD: &str = "correct horse battery";

/// A clerk who is logged in.
pub struct Clerk {
    pub http: Client,
    url: String,
    token: String,
}

/// A page of the desk that stays open: the clerk is there.
pub struct OpenPage(JoinHandle<()>);

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl House {
    /// Makes an account, follows its link and logs in.
    pub async fn clerk(&self, login: &str, name: &str) -> Clerk {
        self.clerk_as(login, name, Role::Clerk).await
    }

    /// The same, for somebody who may do something else.
    pub async fn clerk_as(&self, login: &str, name: &str, role: Role) -> Clerk {
        let folder = &self.settings.data;
        let secret = staff::add(folder, login, name, role).await.expect("an account");
        let clerk = Clerk::outside(&self.url);
        let link = format!("/desk/link/{}", secret.as_str());
        let chosen = clerk.post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(chosen.status(), 303);
        clerk.comes_in(login, PASSWORD).await.expect("the password is right")
    }
}

impl Clerk {
    /// Somebody who is not logged in.
    pub fn outside(url: &str) -> Clerk {
        let http = Client::builder().cookie_store(true).redirect(Policy::none());
        let http = http.build().expect("a client");
        Clerk { http, url: url.into(), token: String::new() }
    }

    /// Logs in; nothing where that is refused.
    pub async fn comes_in(mut self, login: &str, password: &str) -> Result<Clerk, u16> {
        let came = self.post("/desk/login", &[("login", login), ("password", password)]).await;
        if came.status() != 303 {
            return Err(came.status().as_u16());
        }
        // A page that everybody has.
        let page = self.reads("/desk/me").await.1;
        let token = page.split("name=\"token\" value=\"").nth(1).expect("a form");
        self.token = token.split('"').next().expect("its value").to_owned();
        Ok(self)
    }

    /// A page, as status and text.
    pub async fn reads(&self, path: &str) -> (u16, String) {
        let request = self.http.get(format!("{}{path}", self.url)).header("accept", "text/html");
        let page = request.send().await.expect("an answer");
        (page.status().as_u16(), page.text().await.expect("text"))
    }

    /// Comes some way; the status of the answer, of which only the beginning is waited for.
    pub async fn tries(&self, method: &Method, path: &str) -> u16 {
        let request = self.http.request(method.clone(), format!("{}{path}", self.url));
        let request = request.header("accept", "text/html").form(&[("token", &self.token)]);
        request.send().await.expect("an answer").status().as_u16()
    }

    /// Sends a form with its token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let token = ("token", &*self.token);
        let form: Vec<(&str, &str)> = [token].into_iter().chain(fields.iter().copied()).collect();
        let request = self.http.post(format!("{}{path}", self.url)).header("accept", "text/html");
        request.form(&form).send().await.expect("an answer")
    }

    /// Does something with a case; the status of the answer.
    pub async fn does(&self, case: &str, what: &str, fields: &[(&str, &str)]) -> u16 {
        self.post(&format!("/desk/cases/{case}/{what}"), fields).await.status().as_u16()
    }

    /// Keeps a page open.
    pub async fn sits_down(&self) -> OpenPage {
        let request = self.http.get(format!("{}/desk/events", self.url));
        let mut events = request.send().await.expect("an answer");
        assert_eq!(events.status(), 200);
        let board = events.chunk().await.expect("an open line").expect("the board, at first");
        assert!(board.starts_with(b"event: board"));
        OpenPage(tokio::spawn(async move { while let Ok(Some(_)) = events.chunk().await {} }))
    }
}
