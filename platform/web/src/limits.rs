//! How often one address may ask.

use governor::clock::Clock;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::DefaultClock};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// Requests per minute and address, each with the number that may come at once. A whole town hall comes from one address,
/// so the numbers are for an office in the morning, not for a person.
#[derive(Clone, Copy, Debug)]
pub struct LimitConfig {
    /// All requests: per minute, at once.
    pub all: (u32, u32),
    /// Requests that change something: per minute, at once.
    pub posts: (u32, u32),
    /// Attempts to sign in: per minute, at once.
    pub sign_in: (u32, u32),
    /// Whether the machine itself (bench, tests, health checks) is free of limits.
    pub spare_local: bool,
}

impl Default for LimitConfig {
    fn default() -> Self {
        Self {
            all: (3_000, 1_500),
            posts: (600, 400),
            sign_in: (120, 320),
            spare_local: true,
        }
    }
}

/// The three limits.
pub struct Limits {
    all: DefaultKeyedRateLimiter<IpAddr>,
    posts: DefaultKeyedRateLimiter<IpAddr>,
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    spare_local: bool,
    checks: AtomicU32,
}

fn limiter((per_minute, at_once): (u32, u32)) -> DefaultKeyedRateLimiter<IpAddr> {
    let one = NonZeroU32::MIN;
    let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(one))
        .allow_burst(NonZeroU32::new(at_once).unwrap_or(one));
    RateLimiter::keyed(quota)
}

impl Limits {
    pub(crate) fn new(config: LimitConfig) -> Self {
        Self {
            all: limiter(config.all),
            posts: limiter(config.posts),
            sign_in: limiter(config.sign_in),
            clock: DefaultClock::default(),
            spare_local: config.spare_local,
            checks: AtomicU32::new(0),
        }
    }

    /// Seconds to wait, or nothing when the request may pass.
    pub(crate) fn check(
        &self,
        client: crate::proxy::Client,
        post: bool,
        sign_in: bool,
    ) -> Result<(), u64> {
        if self.spare_local && client.is_local() {
            return Ok(());
        }
        let ip = key(client.ip);
        self.sweep();
        let one = |l: &DefaultKeyedRateLimiter<IpAddr>| {
            l.check_key(&ip)
                .map_err(|not| not.wait_time_from(self.clock.now()).as_secs() + 1)
        };
        one(&self.all)?;
        if post {
            one(&self.posts)?;
            if sign_in {
                one(&self.sign_in)?;
            }
        }
        Ok(())
    }

    /// Forgets addresses that have long been quiet.
    fn sweep(&self) {
        if self.checks.fetch_add(1, Ordering::Relaxed) % 10_000 == 9_999 {
            for l in [&self.all, &self.posts, &self.sign_in] {
                l.retain_recent();
            }
        }
    }
}

/// A household has a /64 of IPv6: counting single addresses would count nothing.
fn key(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::Client;

    #[test]
    fn tighter_for_posts_and_sign_in_and_by_address() {
        let l = Limits::new(LimitConfig {
            all: (60, 10),
            posts: (60, 4),
            sign_in: (60, 2),
            spare_local: true,
        });
        let at = |s: &str| Client {
            ip: s.parse().unwrap(),
            doubtful: false,
        };
        let a = at("192.0.2.1");
        assert!(l.check(a, true, true).is_ok() && l.check(a, true, true).is_ok());
        assert!(l.check(a, true, true).is_err_and(|s| s >= 1));
        assert!(l.check(a, true, false).is_ok());
        assert!(l.check(a, true, false).is_err());
        assert!(l.check(a, false, false).is_ok());
        assert!(l.check(at("192.0.2.2"), true, true).is_ok());
        for _ in 0..50 {
            assert!(l.check(at("127.0.0.1"), true, true).is_ok());
        }
        let doubtful = Client {
            ip: "127.0.0.1".parse().unwrap(),
            doubtful: true,
        };
        assert!((0..50).any(|_| l.check(doubtful, true, true).is_err()));
        assert_eq!(
            key("2001:db8::1".parse().unwrap()),
            key("2001:db8::2".parse().unwrap())
        );
    }
}
