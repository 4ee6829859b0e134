//! A whole house for one test: the same App that `wendu serve` runs, with data of its own, a free
//! port and a clock held by hand.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};
use wendu::{App, Clock, Settings};

use crate::{
    indexed::{copy, demo, provide},
    visitor::Visitor,
};

/// A running service.
pub struct House {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// Its time.
    pub clock: Hand,
    pub settings: Settings,
    data: Option<TempDir>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// A clock that stands still until somebody moves it.
#[derive(Clone)]
pub struct Hand(Arc<Mutex<Timestamp>>);

impl Hand {
    /// A Tuesday morning in the demo city, no holiday.
    fn new() -> Hand {
        Hand(Arc::new(Mutex::new("2026-11-24T10:00:00+08:00".parse().expect("a time"))))
    }

    /// Sets it, e.g. to `2026-10-01T10:00:00+08:00`.
    pub fn set(&self, time: &str) {
        *self.0.lock().expect("not poisoned") = time.parse().expect("a time with its offset");
    }

    fn clock(&self) -> Clock {
        let time = self.0.clone();
        Clock::of(move || *time.lock().expect("not poisoned"))
    }
}

/// Settings for a test: any free port, the demo city, as many messages as one likes.
pub fn settings(data: &Path) -> Settings {
    let mut settings = Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        data: data.into(),
        pack: demo(),
        ..Settings::default()
    };
    settings.web.conversation_rate.per_minute = 0;
    settings.web.address_rate.per_minute = 0;
    settings
}

impl House {
    /// A house as it usually is.
    pub async fn open() -> House {
        House::with(|_| {}).await
    }

    /// A house with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> House {
        let data = tempfile::tempdir().expect("a folder");
        let mut settings = settings(data.path());
        change(&mut settings);
        if settings.pack == demo() {
            provide(data.path());
        }
        House::of(settings, Some(data), Hand::new()).await
    }

    async fn of(settings: Settings, data: Option<TempDir>, clock: Hand) -> House {
        let app = App::build(settings.clone(), clock.clock(), Arc::new(|_| {}));
        let app = app.await.expect("the house opens");
        let url = format!("http://{}", app.address);
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(app.run(async {
            let _ = stopped.await;
        }));
        House { url, clock, settings, data, stop, running }
    }

    /// Somebody who starts a conversation through the API.
    pub async fn visitor(&self, language: &str) -> Visitor {
        Visitor::start(&self.url, language).await
    }

    /// A page, as status and text.
    pub async fn get(&self, path: &str) -> (u16, String) {
        let response = reqwest::get(format!("{}{path}", self.url)).await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("text"))
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(self) -> Option<TempDir> {
        let _ = self.stop.send(());
        self.running.await.expect("it stops in good order");
        self.data
    }

    /// Stops it and opens it again on the same data, maybe with other settings.
    pub async fn again(self, change: impl FnOnce(&mut Settings)) -> House {
        let mut settings = self.settings.clone();
        let clock = self.clock.clone();
        let data = self.stop().await;
        change(&mut settings);
        House::of(settings, data, clock).await
    }
}

/// Waits until something holds, which must be within a minute.
pub async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds().await {
        assert!(Instant::now() < end, "{what} did not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A copy of the demo city's pack, to be changed.
pub fn copy_of_demo() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&demo(), folder.path());
    folder
}
