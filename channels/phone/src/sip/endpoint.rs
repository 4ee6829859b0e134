//! The SIP endpoint: its transports, and where each request goes. A call's own requests go to its
//! dialog, new ones to `invite`; everything else is answered here.

use super::admission::Admission;
use super::gate::Gate;
use super::headers::{ALLOW, SDP, SUPPORTED, unknown_requirements, value};
use super::prack::{self, Pracks};
use super::{invite, register};
use crate::counters::Counters;
use crate::leg::CallLeg;
use crate::rtp::stream::PortRange;
use crate::settings::{PhoneSettings, SecretError};
use rsipstack::EndpointBuilder;
use rsipstack::dialog::DialogId;
use rsipstack::dialog::dialog::Dialog;
use rsipstack::dialog::dialog_layer::DialogLayer;
use rsipstack::sip::{Header, HeadersExt, Method, StatusCode, Transport, Uri, Version};
use rsipstack::transaction::TransactionReceiver;
use rsipstack::transaction::transaction::Transaction;
use rsipstack::transport::tls::{TlsConfig, TlsListenerConnection};
use rsipstack::transport::udp::UdpConnection;
use rsipstack::transport::{TcpListenerConnection, TransportLayer};
use std::future::poll_fn;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long calls have to say goodbye when the line is shut.
const GOODBYE: Duration = Duration::from_secs(3);

/// Why the line cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An address cannot be listened on.
    #[error("cannot listen on {address} ({kind}): {problem}. Is it this machine's, and free?")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// UDP, TCP or TLS.
        kind: &'static str,
        /// What the system says.
        problem: String,
    },
    /// A file that TLS needs cannot be read.
    #[error("{file} cannot be read: {problem}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
    /// A password cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A registrar's address is none.
    #[error("\"{0}\" is no registrar; write it as sip:pbx.city.example")]
    Registrar(String),
}

/// What all calls of the line share.
pub(super) struct Shared {
    pub(super) settings: PhoneSettings,
    pub(super) admission: Arc<Admission>,
    pub(super) counters: Arc<Counters>,
    pub(super) layer: DialogLayer,
    pub(super) pracks: Pracks,
    pub(super) ports: PortRange,
    pub(super) calls: mpsc::Sender<Box<dyn CallLeg>>,
    pub(super) tasks: TaskTracker,
    pub(super) stop: CancellationToken,
}

/// A running endpoint.
pub(crate) struct Sip {
    shared: Arc<Shared>,
    transports: CancellationToken,
}

impl Sip {
    /// Listens, registers, and hands every call that is acknowledged to `calls`.
    ///
    /// # Errors
    /// Where an address, a file or a password is not to be had.
    pub(crate) async fn start(
        settings: PhoneSettings,
        calls: mpsc::Sender<Box<dyn CallLeg>>,
        counters: Arc<Counters>,
    ) -> Result<Self, StartError> {
        // One cryptography for all of TLS; another that was chosen before is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let admission = Arc::new(Admission::new(&settings));
        let transports = CancellationToken::new();
        let layer = TransportLayer::new(transports.clone());
        listen(&layer, &settings, &admission, &transports).await?;
        let endpoint = EndpointBuilder::new()
            .with_user_agent(concat!("wendu/", env!("CARGO_PKG_VERSION")))
            .with_transport_layer(layer)
            .with_cancel_token(transports.clone())
            .build();
        let incoming = endpoint.incoming_transactions().expect("taken once, here");
        let (first, last) = settings.rtp.ports;
        let shared = Arc::new(Shared {
            ports: PortRange { listen: settings.rtp.listen, ports: first..=last },
            admission,
            counters,
            layer: DialogLayer::new(endpoint.inner.clone()),
            pracks: Pracks::default(),
            calls,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            settings,
        });
        // Served to its very end, for the last BYE too: `transports` stops it.
        tokio::spawn(async move { endpoint.serve().await });
        tokio::spawn(route(shared.clone(), incoming));
        register::all(&shared)?;
        Ok(Self { shared, transports })
    }

    /// Refuses new calls, ends those that last, and stops listening.
    pub(crate) async fn stop(self) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        // Whoever does not answer a BYE by then is not waited for.
        let _ = tokio::time::timeout(GOODBYE, self.shared.tasks.wait()).await;
        self.transports.cancel();
    }
}

impl Shared {
    /// Where sound is to be sent to, as the peer at this address must be told.
    pub(super) fn rtp_address(&self, peer: IpAddr) -> IpAddr {
        let rtp = &self.settings.rtp;
        let set = rtp.external.or(Some(rtp.listen).filter(|listen| !listen.is_unspecified()));
        set.unwrap_or_else(|| local_address_towards(peer))
    }

    /// Where later requests of a call are to be sent to: by the transport that the first one used.
    pub(super) fn contact(&self, transaction: &Transaction, peer: SocketAddr) -> Option<Uri> {
        let transport = transaction.connection.as_ref()?.transport();
        let sip = &self.settings.sip;
        let (listens, parameter) = match transport {
            Transport::Tcp => (sip.tcp, ";transport=tcp"),
            Transport::Tls => (sip.tls, ";transport=tls"),
            _ => (sip.udp, ""),
        };
        let own = |listens: SocketAddr| match listens.ip().is_unspecified() {
            true => SocketAddr::new(local_address_towards(peer.ip()), listens.port()),
            false => listens,
        };
        let address = match (sip.external, listens) {
            // The router's port is that of one transport; TLS has its own.
            (Some(external), Some(listens)) if sip.udp != Some(listens) => {
                SocketAddr::new(external.ip(), listens.port())
            }
            (Some(external), _) => external,
            (None, listens) => own(listens?),
        };
        Uri::try_from(format!("sip:{address}{parameter}").as_str()).ok()
    }
}

/// This machine's address as the peer sees it, routers aside: nothing is sent to learn it.
fn local_address_towards(peer: IpAddr) -> IpAddr {
    let any: SocketAddr = if peer.is_ipv6() { ([0u16; 8], 0).into() } else { ([0u8; 4], 0).into() };
    let socket = std::net::UdpSocket::bind(any).and_then(|socket| {
        socket.connect((peer, 9))?;
        socket.local_addr()
    });
    socket.map_or(peer, |address| address.ip())
}

async fn listen(
    layer: &TransportLayer,
    settings: &PhoneSettings,
    admission: &Arc<Admission>,
    stop: &CancellationToken,
) -> Result<(), StartError> {
    let sip = &settings.sip;
    let refused =
        |address, kind| move |problem: String| StartError::Listen { address, kind, problem };
    let known = admission.clone();
    layer.set_whitelist(move |address: IpAddr| std::future::ready(known.knows(address)));
    if let Some(address) = sip.udp {
        let refused = refused(address, "UDP");
        let socket = udp(address).map_err(|error| refused(error.to_string()))?;
        let gate = Arc::new(Gate::new(socket, admission.clone()));
        let token = Some(stop.child_token());
        let connection = UdpConnection::from_socket(gate, sip.external, token).await;
        layer.add_transport(connection.map_err(|error| refused(error.to_string()))?.into());
    }
    let external = |own: SocketAddr| sip.external.map(|it| SocketAddr::new(it.ip(), own.port()));
    if let Some(address) = sip.tcp {
        let refused = refused(address, "TCP");
        free(address).map_err(|error| refused(error.to_string()))?;
        let listener = TcpListenerConnection::new(address, external(address)).await;
        layer.add_transport(listener.map_err(|error| refused(error.to_string()))?.into());
    }
    let authorities = std::fs::read(&sip.authorities).ok();
    layer.set_tls_config(TlsConfig { ca_certs: authorities, ..TlsConfig::default() });
    if let Some(address) = sip.tls {
        let refused = refused(address, "TLS");
        free(address).map_err(|error| refused(error.to_string()))?;
        let config = TlsConfig {
            cert: sip.certificate.as_ref().map(read).transpose()?,
            key: sip.key.as_ref().map(read).transpose()?,
            ..TlsConfig::default()
        };
        let listener = TlsListenerConnection::new(address, external(address), config).await;
        layer.add_transport(listener.map_err(|error| refused(error.to_string()))?.into());
    }
    Ok(())
}

/// A UDP socket that bears a burst: the library reads it in one task.
fn udp(address: SocketAddr) -> std::io::Result<tokio::net::UdpSocket> {
    let domain = socket2::Domain::for_address(address);
    let socket = socket2::Socket::new(domain, socket2::Type::DGRAM, None)?;
    socket.set_nonblocking(true)?;
    // What the system does not grant it does not grant.
    let _ = socket.set_recv_buffer_size(4 << 20);
    socket.bind(&address.into())?;
    tokio::net::UdpSocket::from_std(socket.into())
}

/// The library binds its listeners later and says nothing when it cannot; so it is tried here.
fn free(address: SocketAddr) -> std::io::Result<()> {
    std::net::TcpListener::bind(address).map(drop)
}

fn read(file: &PathBuf) -> Result<Vec<u8>, StartError> {
    std::fs::read(file).map_err(|problem| StartError::File { file: file.clone(), problem })
}

/// Takes requests until the transports stop.
async fn route(shared: Arc<Shared>, mut incoming: TransactionReceiver) {
    while let Some(mut transaction) = incoming.recv().await {
        let in_dialog =
            transaction.original.to_header().is_ok_and(|to| matches!(to.tag(), Ok(Some(_))));
        let method = transaction.original.method;
        let tasks = shared.tasks.clone();
        match method {
            Method::Ack => {}
            _ if transaction.original.version != Version::V2 => {
                // The answer is of our version, not of theirs.
                transaction.original.version = Version::V2;
                tasks.spawn(reply(transaction, StatusCode::VersionNotSupported, Vec::new()));
            }
            _ if in_dialog => {
                // Begun here, one after the other: two keys by INFO may come at once, and the library
                // drops a request that begins after a later one.
                let mut job = Box::pin(within_dialog(shared.clone(), transaction));
                let begun = poll_fn(|context| Poll::Ready(job.as_mut().poll(context))).await;
                if begun.is_pending() {
                    tasks.spawn(job);
                }
            }
            Method::Invite => {
                tasks.spawn(invite::take(shared.clone(), transaction));
            }
            Method::Options if unknown_requirements(&transaction.original).is_some() => {
                let unknown = unknown_requirements(&transaction.original).unwrap_or_default();
                let headers = vec![Header::Unsupported(unknown.into())];
                tasks.spawn(reply(transaction, StatusCode::BadExtension, headers));
            }
            Method::Options => {
                let headers = vec![
                    Header::Allow(ALLOW.to_owned().into()),
                    Header::Accept(SDP.to_owned().into()),
                    Header::Supported(SUPPORTED.to_owned().into()),
                ];
                tasks.spawn(reply(transaction, StatusCode::OK, headers));
            }
            _ => {
                let headers = vec![Header::Allow(ALLOW.to_owned().into())];
                tasks.spawn(reply(transaction, StatusCode::MethodNotAllowed, headers));
            }
        }
    }
}

/// A response that cannot be sent is as one that was lost: the peer asks again.
async fn reply(mut transaction: Transaction, status: StatusCode, headers: Vec<Header>) {
    let _ = transaction.reply_with(status, headers, None).await;
}

async fn within_dialog(shared: Arc<Shared>, mut transaction: Transaction) {
    let Some(Dialog::Invite(mut dialog)) = shared.layer.match_dialog(&transaction) else {
        return reply(transaction, StatusCode::CallTransactionDoesNotExist, Vec::new()).await;
    };
    if transaction.original.method == Method::PRack {
        let rseq = value(&transaction.original, "RAck").and_then(prack::rseq);
        let name = DialogId::try_from(&transaction).map(|id| id.to_string()).unwrap_or_default();
        if !rseq.is_some_and(|rseq| shared.pracks.acknowledged(&name, rseq)) {
            return reply(transaction, StatusCode::CallTransactionDoesNotExist, Vec::new()).await;
        }
    }
    // Before the ACK there is nothing to change yet (RFC 3311 section 5.2).
    if transaction.original.method == Method::Update && !dialog.state().is_confirmed() {
        return reply(transaction, StatusCode::RequestPending, Vec::new()).await;
    }
    // What goes wrong in there is answered there.
    let _ = dialog.handle(&mut transaction).await;
}
