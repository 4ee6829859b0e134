//! App: build -> run -> drain. Everything that serves is put together here, and tests start the
//! same App. What it listens to, `http` knows; what stands at `/readyz`, `health`.

mod health;
mod http;
mod library;
mod telephone;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use arc_swap::ArcSwap;
use bot::{
    Mind,
    queue::Queue,
    store::{Archive, ConversationId, Store},
};
use desk::{Board, News, WRITING, staff::Register};
use phone::Reception;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use web::Web;

pub use library::{Progressing, open as open_library};
pub use telephone::voice as open_voice;

use crate::{
    clock::Clock,
    courier::{self, Courier},
    models::Models,
    settings::Settings,
    store::Sqlite,
    switchboard::Switchboard,
    telemetry,
};

/// How many ended cases are read, to tell how long one takes.
const KNOWN_CASES: u32 = 50;

/// How often places in the queue are told, and to how many of the first.
const PLACES: Duration = Duration::from_secs(1);
const NEAR: usize = 100;

/// How long turns in flight and open connections may take to end.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The service, listening but not yet answering.
pub struct App {
    /// Where it listens.
    pub address: SocketAddr,
    listener: TcpListener,
    router: axum::Router,
    web: Web,
    desk: desk::Door,
    reception: Option<Reception>,
    switchboard: Switchboard,
    store: Arc<Sqlite>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl App {
    /// Opens everything: the port first (so that a taken one is told at once), then the
    /// conversations, then the library, which is indexed when the pack is new.
    pub async fn build(
        settings: Settings,
        clock: Clock,
        progress: Progressing,
    ) -> anyhow::Result<App> {
        let listener = listen(settings.listen).await?;
        let address = listener.local_addr().context("the port that was taken is not known")?;
        telemetry::metrics();
        let store = Arc::new(Sqlite::open(&settings.data, &settings.store).await?);
        let (pack, index) = (settings.pack.clone(), settings.index());
        let models = Models::at(&settings.models());
        let library =
            open_library(pack.clone(), index.clone(), models, progress).await.map_err(|error| {
                let why = library::findings(&error);
                anyhow::anyhow!("the pack {} cannot be served:\n{why}", pack.display())
            })?;
        let fingerprint = library.fingerprint().to_owned();
        let mind = Arc::new(ArcSwap::from_pointee(Mind::new(Arc::new(library))));
        let keeper = library::Keeper::new(pack, index, mind.clone(), fingerprint, clock.clone());

        let (outgoing, incoming) = courier::way();
        let kept: Arc<dyn Store> = store.clone();
        let archive: Arc<dyn Archive> = store.clone();
        let board = board(&store).await?;
        let switchboard =
            Switchboard::new(kept.clone(), mind, outgoing, board.clone(), clock.clone());
        let reception =
            telephone::open(&settings, &switchboard, store.clone(), clock.clone()).await?;
        let telephone = telephone::router(reception.as_ref(), &settings);
        let web = Web::new(
            settings.web,
            Arc::new(switchboard.clone()),
            archive.clone(),
            Arc::new(switchboard.clone()),
        )
        .context("the section [web] of the settings")?;
        let desk = desk::Door::new(desk::Rooms {
            inbox: Arc::new(switchboard.clone()),
            archive,
            lobby: Arc::new(switchboard.clone()),
            register: store.clone(),
            casework: store.clone(),
            audit: store.clone(),
            call_backs: store.clone(),
            settings: settings.desk,
            board: board.clone(),
        });
        let counters = reception.as_ref().map(|reception| reception.counters().clone());
        let stop = CancellationToken::new();
        let courier = Courier::new(kept, [web.channel(), Reception::channel()], incoming);
        let state = keeper.state();
        let tasks = vec![
            tokio::spawn(courier.run(stop.clone())),
            tokio::spawn(keeper.run(stop.clone())),
            tokio::spawn(upkeep(counters, stop.clone())),
            tokio::spawn(places(board.clone(), web.wake(), stop.clone())),
            tokio::spawn(writing(board.clone(), web.wake(), stop.clone())),
        ];
        let health = health::router(state, switchboard.clone(), clock);
        let router = web.router().merge(desk.router()).merge(health).merge(telephone);
        Ok(App { address, listener, router, web, desk, reception, switchboard, store, stop, tasks })
    }

    /// Serves until `shutdown` is done, then drains: nothing new is let in, turns in flight are
    /// finished, event streams are ended, the log is moved into the database.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let connections = http::serve(self.listener, self.router, shutdown).await;
        tracing::info!("stopping: finishing what is under way");
        self.web.close();
        self.desk.close();
        if let Some(reception) = self.reception {
            reception.shut(PATIENCE).await;
        }
        connections.finish(PATIENCE).await;
        self.switchboard.close(PATIENCE).await;
        self.stop.cancel();
        for task in self.tasks {
            let _ = task.await;
        }
        self.store.close().await;
        tracing::info!("stopped");
    }
}

/// Tells those who wait on the page when their place has moved. Those far behind hear of it when they
/// have come nearer, or ask.
async fn places(board: Arc<Board>, wake: impl Fn(&ConversationId), stop: CancellationToken) {
    let mut news = board.news();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = news.recv() => {}
        }
        // Much may happen at once, and nobody wants to hear of every step.
        tokio::time::sleep(PLACES).await;
        news = news.resubscribe();
        let first = |queue: &Queue| {
            queue.waiting().take(NEAR).map(|open| open.id.clone()).collect::<Vec<_>>()
        };
        board.read(first).iter().for_each(&wake);
    }
}

/// Tells visitors that a clerk writes to them, and when that has ended.
async fn writing(
    board: Arc<Board>,
    wake: impl Fn(&ConversationId) + Clone + Send + 'static,
    stop: CancellationToken,
) {
    let mut news = board.news();
    loop {
        let what = tokio::select! {
            () = stop.cancelled() => return,
            what = news.recv() => what,
        };
        let Ok(News::Company(id)) = what else { continue };
        wake(&id);
        if board.writer(&id).is_some() {
            tokio::spawn(until_silent(board.clone(), id, wake.clone()));
        }
    }
}

/// Tells a visitor when the clerk has stopped writing: that happens without a word.
async fn until_silent(board: Arc<Board>, id: ConversationId, wake: impl Fn(&ConversationId)) {
    while board.writer(&id).is_some() {
        tokio::time::sleep(WRITING).await;
    }
    wake(&id);
}

/// The board as the store knows it.
async fn board(store: &Sqlite) -> anyhow::Result<Arc<Board>> {
    let board = Board::default();
    for (ended, lasted) in store.ended_cases(KNOWN_CASES).await? {
        board.remember(ended, lasted);
    }
    for case in store.open_cases().await? {
        // Whoever has it has had it since then.
        let since = case.taken.unwrap_or_default();
        board.follow(&case.id, &case.address, &case.conversation, since);
    }
    if store.members().await?.iter().any(|member| member.is_active) {
        board.open();
    }
    Ok(Arc::new(board))
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "something else is listening at {address} already. Stop it, or choose another port: \
             `wendu serve --listen {}:{}`",
            address.ip(),
            address.port().wrapping_add(1).max(1024),
        ),
        io::ErrorKind::PermissionDenied => anyhow::anyhow!(
            "this user may not listen at {address}. Ports below 1024 need rights: choose a higher \
             one with `--listen`, and put a reverse proxy before it"
        ),
        _ => anyhow::anyhow!(
            "cannot listen at {address}: {error}. Is it an address of this machine? `--listen`"
        ),
    })
}

/// Folds measured times into their buckets, so that they do not pile up between two scrapes, and
/// tells what the telephone line has counted.
async fn upkeep(calls: Option<Arc<phone::Counters>>, stop: CancellationToken) {
    let mut beat = tokio::time::interval(Duration::from_secs(5));
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = beat.tick() => {
                if let Some(calls) = &calls {
                    telephone::measure(&calls.read());
                }
                if let Some(metrics) = telemetry::metrics() {
                    metrics.run_upkeep();
                }
            }
        }
    }
}
