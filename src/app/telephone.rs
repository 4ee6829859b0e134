//! The telephone line, where the settings open one: its ears and its voice, calls by a provider's
//! WebSocket on the web server, and what the line counts.

use std::sync::Arc;

use anyhow::Context;
use axum::{
    Router,
    extract::{State, WebSocketUpgrade, ws::Message},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::get,
};
use phone::{Counts, Reception, Staff, media_streams::MediaStreams};
use speech::{ears::Ears, voice::Voice};
use tokio::sync::mpsc;

use crate::{
    clock::Clock, ledger::Calls, settings::Settings, store::Sqlite, switchboard::Switchboard,
};

/// Frames of a WebSocket that may wait; a second's worth of sound.
const WAITING: usize = 64;

/// The longest frame that is taken; one holds 20 ms of sound.
const LONGEST_FRAME: usize = 64 * 1024;

/// Opens the line and begins to take calls; nothing where the settings have no `[phone]`.
pub(super) async fn open(
    settings: &Settings,
    switchboard: &Switchboard,
    store: Arc<Sqlite>,
    clock: Clock,
) -> anyhow::Result<Option<Reception>> {
    if !settings.phone.is_on() {
        return Ok(None);
    }
    let staff = Staff {
        inbox: Arc::new(switchboard.clone()),
        lobby: Arc::new(switchboard.clone()),
        ledger: Arc::new(Calls::new(store, clock)),
        ears: ears(settings).await?,
        voice: voice(settings),
    };
    let reception = Reception::open(&settings.phone, staff).await;
    Ok(Some(reception.context("the section [phone] of the settings")?))
}

/// The ears. Without them calls go by keys and typed text, and the log says so.
async fn ears(settings: &Settings) -> anyhow::Result<Option<Ears>> {
    let (ears, models) = (settings.speech.ears.clone(), settings.models());
    let opened = tokio::task::spawn_blocking(move || Ears::open(&ears, &models)).await?;
    Ok(opened
        .inspect_err(|error| tracing::warn!("calls go by keys and typed text alone: {error}"))
        .ok())
}

/// The voice, with the sounds that it made before.
pub fn voice(settings: &Settings) -> Voice {
    Voice::open(&settings.speech.voice, &settings.models(), &settings.data.join("voice"))
}

/// The WebSocket by which a provider brings calls, at the path that the settings name.
pub(super) fn router(reception: Option<&Reception>, settings: &Settings) -> Router {
    let streams = reception.and_then(Reception::media_streams).cloned();
    let address = settings.phone.media_streams.as_ref().map(|streams| &streams.address);
    let path = address.and_then(|address| address.parse::<Uri>().ok());
    match (streams, path) {
        (Some(streams), Some(path)) => {
            Router::new().route(path.path(), get(media_streams)).with_state(streams)
        }
        _ => Router::new(),
    }
}

async fn media_streams(
    State(streams): State<MediaStreams>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let signature = headers.get("x-twilio-signature").and_then(|value| value.to_str().ok());
    if !signature.is_some_and(|signature| streams.is_signed(signature)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade.max_message_size(LONGEST_FRAME).on_upgrade(async move |mut socket| {
        let (to_call, incoming) = mpsc::channel(WAITING);
        let (outgoing, mut from_call) = mpsc::channel(WAITING);
        let call = tokio::spawn(async move { streams.run(incoming, outgoing).await });
        loop {
            tokio::select! {
                message = socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => {
                        if to_call.send(text.as_str().to_owned()).await.is_err() {
                            break;
                        }
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => {}
                },
                text = from_call.recv() => match text {
                    Some(text) => if socket.send(Message::Text(text.into())).await.is_err() {
                        break;
                    },
                    None => break,
                },
            }
        }
        drop(to_call);
        let _ = call.await;
    })
}

/// Tells the metrics what the line has counted.
pub(super) fn measure(counts: &Counts) {
    metrics::counter!("wendu_calls_total", "taken" => "yes").absolute(counts.calls);
    metrics::counter!("wendu_calls_total", "taken" => "no").absolute(counts.refused);
    metrics::gauge!("wendu_calls_open").set(counts.in_progress as f64);
    metrics::counter!("wendu_call_frames_total").absolute(counts.frames);
    metrics::counter!("wendu_call_frames_late_total").absolute(counts.late_frames);
}
