//! Connections: HTTP/1.1 with little memory each, since thousands of event streams stay open.
//! HTTP/2 and TLS are the reverse proxy's affair (docs/OPERATING.md).

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto, graceful::GracefulShutdown},
};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// The most a connection buffers: also the longest head of a request. The least hyper allows.
const BUFFER: usize = 8 * 1024;

/// How long a client may take to send a request's head; also how long an idle one is kept.
const HEAD: Duration = Duration::from_secs(30);

/// How long to wait when no file handle is left for another connection.
const NO_HANDLE: Duration = Duration::from_millis(50);

/// Connections that were let in and may still be open.
pub(super) struct Connections(GracefulShutdown);

/// Lets connections in until `shutdown` is done. The port is free again when this returns.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
) -> Connections {
    let mut shutdown = std::pin::pin!(shutdown);
    let connections = GracefulShutdown::new();
    let mut builder = auto::Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(BUFFER);
    loop {
        let (stream, peer) = tokio::select! {
            biased;
            () = &mut shutdown => return Connections(connections),
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be let in");
                    tokio::time::sleep(NO_HANDLE).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        hold(&builder, &connections, router.clone(), stream, peer);
    }
}

fn hold(
    builder: &auto::Builder<TokioExecutor>,
    connections: &GracefulShutdown,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().oneshot(request.map(Body::new));
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    // A WebSocket begins as a request (calls by a provider's Media Streams).
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    let connection = connections.watch(connection.into_owned());
    tokio::spawn(async move {
        let _open = Open::count();
        // A client that goes away or speaks no HTTP is no event worth a log line.
        let _ = connection.await;
    });
}

impl Connections {
    /// Lets each finish the request it is at, but not longer than this.
    pub(super) async fn finish(self, patience: Duration) {
        if tokio::time::timeout(patience, self.0.shutdown()).await.is_err() {
            tracing::warn!("connections were still open when time was up");
        }
    }
}

/// Counts a connection while it is open.
struct Open;

impl Open {
    fn count() -> Open {
        metrics::gauge!("wendu_connections_open").increment(1);
        Open
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        metrics::gauge!("wendu_connections_open").decrement(1);
    }
}
