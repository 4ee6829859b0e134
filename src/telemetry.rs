//! The log and the metrics: set up once, written where things happen. Neither ever carries what was
//! said, nor names, numbers or addresses.

use std::{
    sync::{Mutex, OnceLock},
    time::Duration,
};

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::settings::{LogFormat, LogSettings};

/// Starts the log, on standard error. A second call changes nothing.
pub fn log(settings: &LogSettings) {
    log_to(settings, std::io::stderr);
}

/// Starts the log, somewhere else.
pub fn log_to<W>(settings: &LogSettings, writer: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&settings.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // Whatever is asked for: some libraries would log whole messages.
    let filter = filter.add_directive(phone::LOG_FILTER.parse().expect("a test reads it"));
    let filter = filter.add_directive(speech::LOG_FILTER.parse().expect("a test reads it"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    let _ = match settings.format {
        LogFormat::Text => builder.with_target(false).with_ansi(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}

/// Logs where the program failed, and not what it was working on: a panic's own words may quote a
/// visitor's message.
pub fn discreet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "the program failed here");
    }));
}

/// Upper edges of the turn times, in seconds.
const SECONDS: [f64; 12] =
    [0.001, 0.002, 0.005, 0.01, 0.015, 0.03, 0.06, 0.125, 0.25, 0.5, 1.0, 5.0];

/// Upper edges of the writer's groups.
const GROUPS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// The metrics of this process, in Prometheus' text form.
pub fn metrics() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    static STARTING: Mutex<()> = Mutex::new(());
    let _one = STARTING.lock();
    HANDLE
        .get_or_init(|| {
            let handle = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Full("wendu_turn_seconds".into()), &SECONDS)
                .and_then(|builder| {
                    let group = Matcher::Full("wendu_store_group_size".into());
                    builder.set_buckets_for_metric(group, &GROUPS)
                })
                .and_then(PrometheusBuilder::install_recorder)
                .ok()?;
            describe();
            Some(handle)
        })
        .as_ref()
}

fn describe() {
    use ::metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("wendu_turns_total", "Turns on disk, by how they were answered");
    describe_histogram!("wendu_turn_seconds", "From a message's arrival to its turn on disk");
    describe_histogram!("wendu_store_group_size", "Writes committed together");
    describe_gauge!("wendu_connections_open", "HTTP connections, event streams among them");
    describe_counter!("wendu_calls_total", "Telephone calls, by whether they were taken");
    describe_gauge!("wendu_calls_open", "Telephone calls that last");
    describe_counter!("wendu_call_frames_total", "Frames of 20 ms of sound that were due on calls");
    describe_counter!("wendu_call_frames_late_total", "Of those, the ones more than 20 ms late");
    describe_gauge!("wendu_outbox_waiting", "Parcels that wait for the courier");
    describe_gauge!("wendu_pack_age_seconds", "Since the pack that is served was loaded");
    describe_gauge!("wendu_pack_broken", "1 while the pack on disk cannot be served");
}

/// Counts a turn.
pub fn turn(answer: &'static str, took: Duration) {
    ::metrics::counter!("wendu_turns_total", "answer" => answer).increment(1);
    ::metrics::histogram!("wendu_turn_seconds").record(took.as_secs_f64());
}
