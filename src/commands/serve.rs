//! `wendu serve`: the service, until it is told to stop.

use std::{net::SocketAddr, process::ExitCode};

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::{Shared, progress, say};
use crate::{App, Clock, settings, telemetry};

/// Serve the page, the widget and the API.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen at (overrides the settings); port 0 takes any free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Print every setting with its default and what it is for, and stop
    #[arg(long)]
    print_config: bool,
}

impl Serve {
    pub(super) fn run(self, shared: &Shared) -> anyhow::Result<ExitCode> {
        if self.print_config {
            say::line(settings::documented().trim_end());
            return Ok(ExitCode::SUCCESS);
        }
        let mut settings = shared.settings()?;
        settings.listen = self.listen.unwrap_or(settings.listen);
        telemetry::log(&settings.log);
        telemetry::discreet_panics();
        // Thousands of open event streams need as many file handles.
        if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
            tracing::warn!(%error, "the limit on open files could not be raised");
        }
        super::runtime()?.block_on(async {
            let stop = stop()?;
            let building = App::build(settings, Clock::system(), progress::bar());
            let mut stop = std::pin::pin!(stop);
            let app = tokio::select! {
                built = building => built?,
                () = &mut stop => return Ok(ExitCode::SUCCESS),
            };
            say::line(&format!("Wendu is at http://{}/", app.address));
            app.run(stop).await;
            Ok(ExitCode::SUCCESS)
        })
    }
}

/// Done when the process is asked to stop: SIGTERM (a service manager) or SIGINT (Ctrl-C).
fn stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
