//! How often something may be said: per conversation, so that one cannot flood the bot, and per
//! address, so that many conversations cannot either. Reading is not counted.

use std::{
    hash::Hash,
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};

use crate::{Rate, WebSettings, problem::Trouble, token::Token, visit::Visit};

/// After this many checks, keys that are full again are forgotten.
const SWEEP: u32 = 4096;

/// Both limits.
pub(crate) struct Limits {
    conversation: Option<Keyed<String>>,
    address: Option<Keyed<IpAddr>>,
}

struct Keyed<K: Hash + Eq + Clone> {
    limiter: DefaultKeyedRateLimiter<K>,
    checks: AtomicU32,
}

impl Limits {
    pub(crate) fn new(settings: &WebSettings) -> Self {
        Limits {
            conversation: Keyed::new(settings.conversation_rate),
            address: Keyed::new(settings.address_rate),
        }
    }

    /// Counts one thing said.
    pub(crate) fn count(&self, visit: &Visit, token: &Token) -> Result<(), Trouble> {
        self.count_address(visit)?;
        match &self.conversation {
            Some(keyed) => keyed.check(&token.address().key),
            None => Ok(()),
        }
    }

    /// Counts one conversation begun.
    pub(crate) fn count_address(&self, visit: &Visit) -> Result<(), Trouble> {
        match (&self.address, visit.ip) {
            (Some(keyed), Some(ip)) => keyed.check(&network(ip)),
            _ => Ok(()),
        }
    }
}

impl<K: Hash + Eq + Clone> Keyed<K> {
    fn new(rate: Rate) -> Option<Self> {
        let quota = Quota::per_minute(NonZeroU32::new(rate.per_minute)?)
            .allow_burst(NonZeroU32::new(rate.burst)?);
        Some(Keyed { limiter: RateLimiter::keyed(quota), checks: AtomicU32::new(0) })
    }

    fn check(&self, key: &K) -> Result<(), Trouble> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.limiter.clock().now());
            Trouble::TooMany(wait.as_secs() + 1)
        })
    }
}

/// One household has a /64 of IPv6, so that is what is counted.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => {
            let kept = u128::from(v6) & !u128::from(u64::MAX);
            IpAddr::V6(kept.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(per_minute: u32, burst: u32) -> Rate {
        Rate { per_minute, burst }
    }

    #[test]
    fn a_burst_is_let_in_and_then_there_is_a_wait() {
        let keyed = Keyed::new(rate(1, 2)).unwrap();
        assert_eq!(keyed.check(&"a"), Ok(()));
        assert_eq!(keyed.check(&"a"), Ok(()));
        assert!(matches!(keyed.check(&"a"), Err(Trouble::TooMany(1..=61))));
        assert_eq!(keyed.check(&"b"), Ok(()), "others are not made to wait");
    }

    #[test]
    fn nothing_per_minute_means_no_limit() {
        assert!(Keyed::<String>::new(rate(0, 0)).is_none());
    }

    #[test]
    fn a_household_counts_once() {
        let one: IpAddr = "2001:db8:1:2::1".parse().unwrap();
        let two: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        assert_eq!(network(one), network(two));
        assert_ne!(network(one), network("2001:db8:1:3::1".parse().unwrap()));
    }
}
