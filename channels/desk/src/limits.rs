//! How often somebody may try to log in. Counted by name and address together: whoever guesses is
//! slowed, and nobody can shut a clerk out by guessing wrongly in their name from elsewhere.

use std::{net::IpAddr, num::NonZeroU32};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Tries at once, and then a minute.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(8).expect("it is not nought");
const A_MINUTE: NonZeroU32 = NonZeroU32::new(4).expect("it is not nought");
/// Tries from one address at any names: a whole office may sit behind it.
const BY_ADDRESS: NonZeroU32 = NonZeroU32::new(60).expect("it is not nought");

/// Names and addresses kept in mind before those that are forgiven are dropped.
const KEPT: usize = 10_000;

/// Counts tries.
pub(crate) struct Logins {
    by_name: DefaultKeyedRateLimiter<(String, Option<IpAddr>)>,
    by_address: DefaultKeyedRateLimiter<Option<IpAddr>>,
}

impl Default for Logins {
    fn default() -> Self {
        let by_name = Quota::per_minute(A_MINUTE).allow_burst(AT_ONCE);
        Logins {
            by_name: RateLimiter::keyed(by_name),
            by_address: RateLimiter::keyed(Quota::per_minute(BY_ADDRESS)),
        }
    }
}

impl Logins {
    /// Whether one more try is allowed.
    pub(crate) fn allow(&self, login: &str, from: Option<IpAddr>) -> bool {
        if self.by_name.len() > KEPT {
            self.by_name.retain_recent();
            self.by_address.retain_recent();
        }
        let name = site::secret::digest(&login.to_lowercase());
        self.by_address.check_key(&from).is_ok() && self.by_name.check_key(&(name, from)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_is_slowed_and_others_are_not() {
        let logins = Logins::default();
        let (here, there) = (Some([10, 0, 0, 1].into()), Some([10, 0, 0, 2].into()));
        let tries = (0..50).filter(|_| logins.allow("wang", here)).count();
        assert_eq!(tries, AT_ONCE.get() as usize);
        assert!(logins.allow("wang", there), "the clerk comes in from elsewhere");
        assert!(logins.allow("li", here), "a colleague at the same address comes in");
    }
}
