//! Session timers (RFC 4028): how it is noticed that the other side is gone. Which side refreshes,
//! how often, and when a session is over; what is sent for it is the call's affair.

use std::time::{Duration, Instant};

/// The shortest interval that is agreed to (section 4).
pub(super) const MIN_SE: u32 = 90;

/// Which side refreshes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refresher {
    Us,
    Them,
}

/// What a request says about session timers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// `Supported: timer`, or required.
    pub(super) supported: bool,
    /// `Session-Expires`, in seconds.
    pub(super) expires: Option<u32>,
    /// Its `refresher`, as the side that receives the request sees it.
    pub(super) refresher: Option<Refresher>,
    /// `Min-SE`.
    pub(super) min: Option<u32>,
}

/// What was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Agreement {
    pub(super) expires: u32,
    pub(super) refresher: Refresher,
    /// Whether the other side knows of timers, so that the answer can require them.
    pub(super) supported: bool,
}

/// The interval is shorter than is agreed to: 422.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooSmall;

/// What the side that answers a request agrees to (section 9); `ours` is the interval we want.
pub(super) fn answer(asked: Asked, ours: u32) -> Result<Agreement, TooSmall> {
    if asked.supported && asked.expires.is_some_and(|expires| expires < MIN_SE) {
        return Err(TooSmall);
    }
    // It may be lowered, never raised, and not below what a proxy on the way bears.
    let least = asked.min.unwrap_or(MIN_SE).max(MIN_SE);
    let wanted = asked.expires.unwrap_or(ours.max(least));
    let expires = wanted.min(ours).max(least).min(wanted.max(least));
    let refresher = match (asked.supported, asked.refresher) {
        (false, _) => Refresher::Us,
        (true, Some(refresher)) => refresher,
        (true, None) => Refresher::Them,
    };
    Ok(Agreement { expires, refresher, supported: asked.supported })
}

impl Agreement {
    /// The value of our answer's `Session-Expires`. Our side answers, so we are its `uas`.
    pub(super) fn to_value(self) -> String {
        let refresher = match self.refresher {
            Refresher::Us => "uas",
            Refresher::Them => "uac",
        };
        format!("{};refresher={refresher}", self.expires)
    }

    /// The value of our own refresh's `Session-Expires`: there we are the `uac`.
    pub(super) fn to_refresh_value(self) -> String {
        format!("{};refresher=uac", self.expires)
    }
}

/// A session's clock.
#[derive(Clone, Copy, Debug)]
pub(super) struct SessionTimer {
    agreement: Agreement,
    since: Instant,
}

/// What is due.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    Refresh,
    Over,
}

impl SessionTimer {
    /// Begins, or begins anew after a refresh.
    pub(super) fn new(agreement: Agreement, now: Instant) -> Self {
        Self { agreement, since: now }
    }

    pub(super) fn agreement(&self) -> Agreement {
        self.agreement
    }

    /// What comes next, and when (section 10): half the interval for one's own refresh; for the
    /// other's, the interval less a third of it or 32 s, so that the BYE comes before it is over.
    pub(super) fn due(&self) -> (Due, Instant) {
        let whole = Duration::from_secs(self.agreement.expires.into());
        match self.agreement.refresher {
            Refresher::Us => (Due::Refresh, self.since + whole / 2),
            Refresher::Them => {
                (Due::Over, self.since + whole - (whole / 3).min(Duration::from_secs(32)))
            }
        }
    }
}

/// Reads `Session-Expires`: seconds, and the refresher as the value says it.
pub(super) fn parse_expires(value: &str) -> Option<(u32, Option<&str>)> {
    let mut parts = value.split(';').map(str::trim);
    let seconds = parts.next()?.parse().ok()?;
    let refresher = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("refresher").then_some(value.trim())
    });
    Some((seconds, refresher))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(expires: Option<u32>, refresher: Option<Refresher>) -> Asked {
        Asked { supported: true, expires, refresher, min: None }
    }

    #[test]
    fn who_asks_may_choose_who_refreshes_and_we_may_shorten() {
        let agreement = |expires, refresher| Agreement { expires, refresher, supported: true };
        let answered = |asked| answer(asked, 1800);
        assert_eq!(answered(asked(Some(90), None)), Ok(agreement(90, Refresher::Them)));
        assert_eq!(
            answered(asked(Some(3600), Some(Refresher::Us))),
            Ok(agreement(1800, Refresher::Us))
        );
        assert_eq!(answered(asked(None, None)), Ok(agreement(1800, Refresher::Them)));
        assert_eq!(answered(asked(Some(30), None)), Err(TooSmall));
        let with_min = Asked { min: Some(2400), ..asked(Some(3600), None) };
        assert_eq!(answered(with_min), Ok(agreement(2400, Refresher::Them)));
    }

    #[test]
    fn we_refresh_for_a_side_that_knows_no_timers() {
        let agreement = answer(Asked::default(), 1800).unwrap();
        assert_eq!((agreement.refresher, agreement.supported), (Refresher::Us, false));
        assert_eq!(agreement.to_value(), "1800;refresher=uas");
    }

    #[test]
    fn refresh_is_due_at_half_and_the_end_a_little_before_all() {
        let now = Instant::now();
        let due = |refresher| {
            let agreement = Agreement { expires: 90, refresher, supported: true };
            let (due, at) = SessionTimer::new(agreement, now).due();
            (due, (at - now).as_secs())
        };
        assert_eq!(due(Refresher::Us), (Due::Refresh, 45));
        assert_eq!(due(Refresher::Them), (Due::Over, 60));
    }

    proptest! {
        #[test]
        fn any_value_is_read_or_not(value: String) {
            let _ = parse_expires(&value);
        }

        #[test]
        fn an_agreement_is_never_below_the_least_nor_above_what_was_asked(
            expires in prop::option::of(90u32..10_000),
            min in prop::option::of(0u32..10_000),
            ours in 90u32..5_000,
        ) {
            let asked = Asked { supported: true, expires, refresher: None, min };
            let agreed = answer(asked, ours).unwrap().expires;
            prop_assert!(agreed >= MIN_SE && agreed >= min.unwrap_or(0));
            prop_assert!(expires.is_none_or(|it| agreed <= it.max(min.unwrap_or(0))));
        }
    }

    #[test]
    fn session_expires_is_read() {
        assert_eq!(parse_expires("1800;refresher=uac"), Some((1800, Some("uac"))));
        assert_eq!(parse_expires(" 90 ; x ; Refresher = UAS"), Some((90, Some("UAS"))));
        assert_eq!(parse_expires("soon"), None);
    }
}
