//! One INVITE, from its arrival to its ACK: whether it is taken, and what is agreed. Until the ACK
//! not a packet of sound is sent: a flood of INVITEs without one must not starve real calls.

use super::admission::Place;
use super::call::{Call, Session};
use super::endpoint::Shared;
use super::headers::{self, Body, SDP};
use super::timer::{self, Agreement, MIN_SE};
use crate::leg::About;
use crate::offer::{Abilities, Agreed, Negotiator, Receives};
use crate::rtp::stream::{Sockets, Wanted};
use crate::sdp::Description;
use rsipstack::dialog::dialog::{DialogState, DialogStateReceiver};
use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::sip::{HasHeaders, Header, Request, StatusCode, Uri};
use rsipstack::transaction::transaction::Transaction;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Why an INVITE is refused: the status, and headers that explain it.
pub(super) struct Refusal(pub(super) StatusCode, pub(super) Vec<Header>);

impl From<StatusCode> for Refusal {
    fn from(status: StatusCode) -> Self {
        Self(status, Vec::new())
    }
}

/// A call that will be answered.
struct Prepared {
    about: About,
    place: Place,
    negotiator: Negotiator,
    sockets: Sockets,
    /// What is agreed; none where the offer is ours.
    agreed: Option<Agreed>,
    body: String,
    timer: Agreement,
    contact: Uri,
}

/// Takes a new INVITE: answers or refuses it, and once it is acknowledged, runs its call to the end.
pub(super) async fn take(shared: Arc<Shared>, mut transaction: Transaction) {
    let request = transaction.original.clone();
    let prepared = match prepare(&shared, &transaction, &request).await {
        Ok(prepared) => prepared,
        Err(Refusal(status, explanation)) => {
            shared.counters.refused();
            // The library repeats it until its ACK.
            let _ = transaction.reply_with(status, explanation, None).await;
            return;
        }
    };
    let moved = peer_of(&transaction).and_then(|peer| headers::reachable_contact(&request, peer));
    if let Some(contact) = moved {
        transaction.original.headers_mut().unique_push(contact);
    }
    let (sender, states) = shared.layer.new_dialog_state_channel();
    let contact = Some(prepared.contact.clone());
    let Ok(dialog) = shared.layer.get_or_create_server_invite(&transaction, sender, None, contact)
    else {
        shared.counters.refused();
        let _ = transaction.reply(StatusCode::BadRequest).await;
        return;
    };
    let mut handler = dialog.clone();
    shared.tasks.spawn(async move { handler.handle(&mut transaction).await });
    answer(&shared, dialog.clone(), states, request, prepared).await;
    shared.layer.remove_dialog(&dialog.id());
}

/// Everything that must hold before a call is answered (RFC 3261 section 8.2, 13.3).
async fn prepare(
    shared: &Shared,
    transaction: &Transaction,
    request: &Request,
) -> Result<Prepared, Refusal> {
    if shared.stop.is_cancelled() {
        return Err(StatusCode::ServiceUnavailable.into());
    }
    if let Some(unknown) = headers::unknown_requirements(request) {
        let header = Header::Unsupported(unknown.into());
        return Err(Refusal(StatusCode::BadExtension, vec![header]));
    }
    let body = headers::body(request);
    if body == Body::Other {
        let header = Header::Accept(SDP.to_owned().into());
        return Err(Refusal(StatusCode::UnsupportedMediaType, vec![header]));
    }
    let timer = timer::answer(headers::asked_timer(request), shared.settings.sip.session_expires_s)
        .map_err(|_| {
            let header = Header::MinSE(MIN_SE.to_string().into());
            Refusal(StatusCode::SessionIntervalTooSmall, vec![header])
        })?;
    let peer = peer_of(transaction).ok_or(StatusCode::BadRequest)?;
    // Inside the house are only known trunks; should one be forgotten in between, it is refused.
    let line = shared.admission.trunk(peer.ip()).ok_or(StatusCode::Forbidden)?;
    let caller = headers::caller(request);
    // Callers who withhold their number share one name on their trunk.
    let name = caller.as_deref().unwrap_or("anonymous");
    if !shared.admission.allows(&format!("{line} {name}")) {
        let header = Header::RetryAfter("60".to_owned().into());
        return Err(Refusal(StatusCode::TemporarilyUnavailable, vec![header]));
    }
    let place = shared.admission.ring().filter(|_| shared.admission.has_room());
    let place = place.ok_or(StatusCode::BusyHere)?;
    let offer = match body {
        Body::Sdp => {
            let offer = Description::parse(&request.body);
            Some(offer.map_err(|_| StatusCode::NotAcceptableHere)?)
        }
        _ => None,
    };
    let sockets = Sockets::bind(&shared.ports, wanted(shared, offer.as_ref())).await;
    let sockets = sockets.map_err(|_| StatusCode::ServiceUnavailable)?;
    let mut negotiator = Negotiator::new(abilities(shared), receives(shared, &sockets, peer.ip()));
    let (agreed, body) = match &offer {
        Some(offer) => {
            let (agreed, body) =
                negotiator.answer(offer).map_err(|_| StatusCode::NotAcceptableHere)?;
            (Some(agreed), body)
        }
        None => (None, negotiator.offer()),
    };
    let about = About {
        id: format!("{:016x}", getrandom::u64().unwrap_or_default()),
        line,
        caller,
        called: headers::called(request),
        house: place.house,
    };
    let contact = shared.contact(transaction, peer).ok_or(StatusCode::ServerInternalError)?;
    Ok(Prepared { about, place, negotiator, sockets, agreed, body, timer, contact })
}

/// Answers, waits for the ACK, and runs the call.
async fn answer(
    shared: &Arc<Shared>,
    dialog: InviteDialog,
    mut states: DialogStateReceiver,
    request: Request,
    prepared: Prepared,
) {
    let Prepared { mut about, place, mut negotiator, sockets, agreed, body, timer, .. } = prepared;
    if headers::lists(&request, "Require", "100rel") && !shared.pracks.ring(&dialog).await {
        let _ = dialog.reject(Some(StatusCode::ServerTimeOut), None);
        return;
    }
    let headers = headers::of_success_with_sdp(timer);
    if dialog.accept(Some(headers), Some(body.into_bytes())).is_err()
        || !confirmed(&mut states).await
    {
        return;
    }
    let agreed = agreed.or_else(|| {
        // The answer to our offer is in the ACK (RFC 3261 section 13.2.1).
        let ack = dialog.last_remote_ack()?;
        negotiator.answered(&Description::parse(&ack.body).ok()?).ok()
    });
    drop(place);
    let (Some(agreed), Some(place)) = (agreed, shared.admission.seat()) else {
        shared.counters.refused();
        let _ = dialog.bye().await;
        return;
    };
    about.house = place.house;
    let session = Session { negotiator, agreed, timer, peer_allows_update: lists_update(&request) };
    Call::begin(shared.clone(), dialog, states, session, about, sockets).run().await;
    drop(place);
}

/// Waits until the call is acknowledged; false where it ends before.
async fn confirmed(states: &mut DialogStateReceiver) -> bool {
    while let Some(state) = states.recv().await {
        match state {
            DialogState::Confirmed(..) => return true,
            DialogState::Terminated(..) => return false,
            _ => {}
        }
    }
    false
}

fn lists_update(message: &impl HasHeaders) -> bool {
    headers::lists(message, "Allow", "UPDATE")
}

/// Where the request came from.
fn peer_of(transaction: &Transaction) -> Option<SocketAddr> {
    transaction.connection.as_ref()?.get_remote_addr()?.get_socketaddr().ok()
}

fn abilities(shared: &Shared) -> Abilities {
    let rtp = &shared.settings.rtp;
    Abilities { codecs: rtp.codecs.clone(), encryption: rtp.encryption, text: rtp.text }
}

/// Ports for text are taken only by calls that may have some.
fn wanted(shared: &Shared, offer: Option<&Description>) -> Wanted {
    let offered = offer.is_none_or(|offer| offer.media.iter().any(|media| media.kind == "text"));
    if shared.settings.rtp.text && offered { Wanted::SoundAndText } else { Wanted::Sound }
}

fn receives(shared: &Shared, sockets: &Sockets, peer: IpAddr) -> Receives {
    let port = |socket: &tokio::net::UdpSocket| socket.local_addr().map_or(0, |at| at.port());
    Receives {
        address: shared.rtp_address(peer),
        audio: port(&sockets.audio),
        text: sockets.text.as_ref().map_or(0, port),
    }
}
