//! Provisional answers that must arrive (RFC 3262): a caller's side that requires them gets its
//! 180 again and again until it acknowledges it. Then, and not before, the call is answered.

use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::sip::Header;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// The first wait for an acknowledgement, doubled each time (section 3), and the last.
const T1: Duration = Duration::from_millis(500);
const GIVE_UP: Duration = Duration::from_secs(32);

/// Provisional answers that wait for their PRACK, by dialog.
#[derive(Default)]
pub(super) struct Pracks(Mutex<HashMap<String, (u32, oneshot::Sender<()>)>>);

impl Pracks {
    /// A PRACK came in a dialog, for this `RSeq`. Whether one waited for it.
    pub(super) fn acknowledged(&self, dialog: &str, rseq: u32) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.get(dialog).is_none_or(|(expected, _)| *expected != rseq) {
            return false;
        }
        let told = waiting.remove(dialog).map(|(_, tell)| tell.send(()));
        told.is_some()
    }

    /// Rings reliably. Whether it was acknowledged.
    pub(super) async fn ring(&self, dialog: &InviteDialog) -> bool {
        let name = dialog.id().to_string();
        // Any number from 1 to 2^31 - 1 to begin with (section 3).
        let rseq = (getrandom::u32().unwrap_or_default() >> 2) + 1;
        let (tell, mut told) = oneshot::channel();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), (rseq, tell));
        let headers = vec![
            Header::Require("100rel".to_owned().into()),
            Header::RSeq(rseq.to_string().into()),
        ];
        let mut wait = T1;
        let mut waited = Duration::ZERO;
        let acknowledged = loop {
            if dialog.ringing(Some(headers.clone()), None).is_err() || waited >= GIVE_UP {
                break false;
            }
            tokio::select! {
                told = &mut told => break told.is_ok(),
                () = tokio::time::sleep(wait) => {}
                () = dialog.cancel_token().cancelled() => break false,
            }
            waited += wait;
            wait *= 2;
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
        acknowledged
    }
}

/// The number in a `RAck` (section 7.2).
pub(super) fn rseq(rack: &str) -> Option<u32> {
    rack.split_ascii_whitespace().next()?.parse().ok()
}
