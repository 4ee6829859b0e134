//! Who is heard, and how many calls are taken: trunks by their addresses, a house with so many
//! places, and callers that do not call without end.

use crate::leg::House;
use crate::settings::{LimitSettings, PhoneSettings, TrunkSettings};
use governor::clock::DefaultClock;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

type Callers = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock>;

/// How many callers are remembered before those that may call again are forgotten.
const REMEMBERED: usize = 10_000;

pub(super) struct Admission {
    trunks: Vec<TrunkSettings>,
    limits: LimitSettings,
    /// Addresses of registrars, by trunk: they bring calls too, and may move.
    registrars: RwLock<HashMap<String, Vec<IpAddr>>>,
    calls: Arc<AtomicU32>,
    /// Calls that were answered and not yet acknowledged. They are counted apart, so that a flood of
    /// them does not keep real calls out (RFC 3261 section 13.3.1.4 gives each 32 s).
    ringing: Arc<AtomicU32>,
    callers: Option<Callers>,
}

/// A place in the house, given back when it is dropped.
pub(super) struct Place {
    of: Arc<AtomicU32>,
    pub(super) house: House,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.of.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Admission {
    pub(super) fn new(settings: &PhoneSettings) -> Self {
        let per_minute = NonZeroU32::new(settings.limits.caller_per_minute);
        Self {
            trunks: settings.trunks.clone(),
            limits: settings.limits,
            registrars: RwLock::default(),
            calls: Arc::default(),
            ringing: Arc::default(),
            callers: per_minute.map(|limit| RateLimiter::keyed(Quota::per_minute(limit))),
        }
    }

    /// Whether packets from there are looked at.
    pub(super) fn knows(&self, address: IpAddr) -> bool {
        self.trunk(address).is_some()
    }

    /// The trunk that this address belongs to.
    pub(super) fn trunk(&self, address: IpAddr) -> Option<String> {
        let address = address.to_canonical();
        let by_address = self
            .trunks
            .iter()
            .find(|trunk| trunk.addresses.iter().any(|network| network.contains(address)))
            .map(|trunk| trunk.name.clone());
        by_address.or_else(|| {
            let registrars = self.registrars.read().unwrap_or_else(PoisonError::into_inner);
            registrars.iter().find(|(_, at)| at.contains(&address)).map(|(name, _)| name.clone())
        })
    }

    /// A trunk's registrar is to be found there now.
    pub(super) fn registrar_is_at(&self, trunk: &str, addresses: Vec<IpAddr>) {
        let mut registrars = self.registrars.write().unwrap_or_else(PoisonError::into_inner);
        registrars.insert(trunk.to_owned(), addresses);
    }

    /// Whether this caller may call once more.
    pub(super) fn allows(&self, caller: &str) -> bool {
        let Some(callers) = &self.callers else { return true };
        if callers.len() > REMEMBERED {
            callers.retain_recent();
        }
        callers.check_key(&caller.to_owned()).is_ok()
    }

    /// A place to be answered in.
    pub(super) fn ring(&self) -> Option<Place> {
        let most = (self.limits.calls + self.limits.told_when_full).saturating_mul(4);
        take(&self.ringing, most).map(|_| Place { of: self.ringing.clone(), house: House::Open })
    }

    /// A place for a call that lasts, if there is one.
    pub(super) fn seat(&self) -> Option<Place> {
        let before = take(&self.calls, self.limits.calls + self.limits.told_when_full)?;
        let house = if before < self.limits.calls { House::Open } else { House::Full };
        Some(Place { of: self.calls.clone(), house })
    }

    /// Whether a call that comes now would find a place.
    pub(super) fn has_room(&self) -> bool {
        self.calls.load(Ordering::Relaxed) < self.limits.calls + self.limits.told_when_full
    }
}

/// Counts one more unless there are `most`; how many there were.
fn take(count: &AtomicU32, most: u32) -> Option<u32> {
    count
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |now| (now < most).then_some(now + 1))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(limits: LimitSettings) -> Admission {
        let trunk = TrunkSettings {
            name: "city".into(),
            addresses: vec!["198.51.100.0/24".to_owned().try_into().unwrap()],
            register: None,
        };
        Admission::new(&PhoneSettings { trunks: vec![trunk], limits, ..PhoneSettings::default() })
    }

    const LIMITS: LimitSettings =
        LimitSettings { calls: 2, told_when_full: 1, caller_per_minute: 3 };

    #[test]
    fn trunks_and_their_registrars_are_known_and_nobody_else() {
        let admission = admission(LIMITS);
        let trunk = |address: &str| admission.trunk(address.parse().unwrap());
        assert_eq!(trunk("198.51.100.9"), Some("city".into()));
        assert_eq!(trunk("::ffff:198.51.100.9"), Some("city".into()));
        assert_eq!(trunk("203.0.113.1"), None);
        admission.registrar_is_at("city", vec!["203.0.113.1".parse().unwrap()]);
        assert_eq!(trunk("203.0.113.1"), Some("city".into()));
    }

    #[test]
    fn a_full_house_takes_a_few_to_tell_them_and_then_none() {
        let admission = admission(LIMITS);
        let seats: Vec<_> = (0..4).map(|_| admission.seat()).collect();
        let houses: Vec<_> = seats.iter().map(|it| it.as_ref().map(|place| place.house)).collect();
        assert_eq!(houses, [Some(House::Open), Some(House::Open), Some(House::Full), None]);
        drop(seats);
        assert_eq!(admission.seat().map(|place| place.house), Some(House::Open));
    }

    #[test]
    fn one_caller_cannot_call_without_end_and_another_still_can() {
        let admission = admission(LIMITS);
        let taken = (0..10).filter(|_| admission.allows("a")).count();
        assert_eq!(taken, 3);
        assert!(admission.allows("b"));
        let open = self::admission(LimitSettings { caller_per_minute: 0, ..LIMITS });
        assert!((0..100).all(|_| open.allows("a")));
    }
}
