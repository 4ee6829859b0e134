//! Accounts at trunks and PBXs: registered, renewed in time, tried again when it fails, and given
//! back at the end (RFC 3261 section 10).

use super::endpoint::{Shared, StartError};
use crate::settings::RegisterSettings;
use rsipstack::dialog::authenticate::Credential;
use rsipstack::dialog::registration::{RefreshOutcome, Registration};
use rsipstack::sip::{Host, Uri};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How often a registrar's name is looked up.
const RESOLVED_EVERY: Duration = Duration::from_secs(60);
/// How long giving an account back may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// Registers every trunk that has an account, each in a task of its own.
pub(super) fn all(shared: &Arc<Shared>) -> Result<(), StartError> {
    for trunk in &shared.settings.trunks {
        let Some(register) = &trunk.register else { continue };
        let uri = Uri::try_from(register.registrar.as_str())
            .map_err(|_| StartError::Registrar(register.registrar.clone()))?;
        let credential = Credential {
            username: register.user.clone(),
            password: register.password.reveal()?,
            auth_username: register.auth_user.clone(),
            ..Credential::default()
        };
        let job = keep(shared.clone(), trunk.name.clone(), register.clone(), uri, credential);
        shared.tasks.spawn(job);
    }
    Ok(())
}

async fn keep(
    shared: Arc<Shared>,
    trunk: String,
    settings: RegisterSettings,
    uri: Uri,
    credential: Credential,
) {
    let mut registration = Registration::new(shared.layer.endpoint.clone(), Some(credential));
    registration.outbound_proxy = settings.outbound_proxy;
    let mut registered = None;
    // Before anything is sent: the gate must know whose answers to let in.
    resolve(&shared, &trunk, &settings, &uri).await;
    let resolving = {
        let (shared, trunk, settings, uri) =
            (shared.clone(), trunk.clone(), settings.clone(), uri.clone());
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(RESOLVED_EVERY).await;
                resolve(&shared, &trunk, &settings, &uri).await;
            }
        })
    };
    registration
        .keep_alive(uri.clone(), settings.expires_s, shared.stop.clone(), |outcome| {
            let now = matches!(outcome, RefreshOutcome::Registered(_));
            if registered.replace(now) == Some(now) {
                return;
            }
            match outcome {
                RefreshOutcome::Registered(_) => tracing::info!(trunk, "registered"),
                RefreshOutcome::Rejected(answer) => {
                    let status = answer.status_code.code();
                    tracing::warn!(
                        trunk,
                        status,
                        "the registrar refuses the account; trying again"
                    );
                }
                RefreshOutcome::Failed(_) => {
                    tracing::warn!(trunk, "the registrar cannot be reached; trying again");
                }
            }
        })
        .await;
    resolving.abort();
    if registered == Some(true) {
        let _ = tokio::time::timeout(GOODBYE, registration.register(uri, Some(0))).await;
    }
}

/// Calls come from the registrar's addresses, whatever its name means today.
async fn resolve(shared: &Shared, trunk: &str, settings: &RegisterSettings, uri: &Uri) {
    let port = uri.host_with_port.port.map_or(5060, |port| port.value());
    let mut addresses: Vec<IpAddr> = match &uri.host_with_port.host {
        Host::IpAddr(address) => vec![*address],
        Host::Domain(name) => tokio::net::lookup_host((name.to_string(), port))
            .await
            .map(|all| all.map(|address| address.ip()).collect())
            .unwrap_or_default(),
    };
    addresses.extend(settings.outbound_proxy.map(|proxy| proxy.ip()));
    // A name that means nothing for the moment leaves what it meant before.
    if !addresses.is_empty() {
        shared.admission.registrar_is_at(trunk, addresses);
    }
}
