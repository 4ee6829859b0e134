//! The web door: the page that residents use, the widget a city puts on its own site, and the API
//! under both. It turns HTTP into [`door::Inbound`] and lines of the archive into HTML, JSON and
//! event streams. Its job ends there: it decides nothing that is said, and writes no conversation.
//!
//! Call [`Web::close`] before a graceful shutdown, or open event streams keep it waiting.

mod api;
mod assets;
mod body;
mod cookies;
mod hub;
mod labels;
mod limits;
mod page;
mod preferences;
mod problem;
mod security;
mod settings;
mod token;
mod visit;
mod widget;
mod wire;

use std::sync::Arc;

use axum::{Router, middleware};
use bot::store::{Archive, ConversationId, Parcel};
use door::{Channel, Inbox, Lobby, Pending, Undelivered};

pub use settings::{Rate, SecureCookie, SettingsError, WebSettings};

/// The name that this door's addresses carry.
pub const CHANNEL: &str = "web";

/// The web door, ready to be opened.
pub struct Web {
    shared: Arc<Shared>,
}

/// What every handler needs.
struct Shared {
    settings: WebSettings,
    inbox: Arc<dyn Inbox>,
    archive: Arc<dyn Archive>,
    lobby: Arc<dyn Lobby>,
    labels: labels::Labels,
    assets: assets::Assets,
    limits: limits::Limits,
    hub: Arc<hub::Hub>,
}

impl Web {
    /// Checks the settings and makes the door. Nothing is listened to yet.
    pub fn new(
        settings: WebSettings,
        inbox: Arc<dyn Inbox>,
        archive: Arc<dyn Archive>,
        lobby: Arc<dyn Lobby>,
    ) -> Result<Self, SettingsError> {
        settings.check()?;
        let labels = labels::Labels::load();
        let shared = Shared {
            assets: assets::Assets::new(&settings, &labels),
            limits: limits::Limits::new(&settings),
            hub: Arc::new(hub::Hub::new()),
            labels,
            settings,
            inbox,
            archive,
            lobby,
        };
        Ok(Web { shared: Arc::new(shared) })
    }

    /// Pages, widget, API and assets, with a humane page for unknown addresses as fallback.
    ///
    /// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: without the peer's
    /// address there is no limit per address and no proxy is trusted.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(page::router())
            .merge(api::router())
            .merge(widget::router())
            .fallback(page::missing::missing)
            .method_not_allowed_fallback(page::missing::wrong_method)
            .layer(middleware::from_fn_with_state(self.shared.clone(), security::guard))
            .merge(assets::router())
            .layer(middleware::map_response(site::headers::headers))
            .with_state(self.shared.clone())
    }

    /// The way out: wakes the event streams of a conversation when something was said in it.
    pub fn channel(&self) -> Arc<dyn Channel> {
        Arc::new(Out(self.shared.hub.clone()))
    }

    /// Wakes the event streams of a conversation: its place in the queue has moved.
    pub fn wake(&self) -> impl Fn(&ConversationId) + Clone + Send + Sync + 'static {
        let hub = self.shared.hub.clone();
        move |id| hub.wake(id)
    }

    /// Ends all event streams, now and from now on. Visitors' pages connect again by themselves.
    pub fn close(&self) {
        self.shared.hub.close();
    }
}

/// The channel. A page reads lines from the archive, so there is nothing to carry but the news.
struct Out(Arc<hub::Hub>);

impl Channel for Out {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn deliver<'a>(&'a self, parcel: &'a Parcel) -> Pending<'a, Result<(), Undelivered>> {
        self.0.wake(&parcel.id);
        Box::pin(std::future::ready(Ok(())))
    }
}
