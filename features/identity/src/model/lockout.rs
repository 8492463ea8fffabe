//! Lockout and growing delay. Counted in the database, per account (or per name that nobody has: from outside they behave alike) and
//! per address.

use kernel::Time;

/// Wrong attempts on one account before waiting begins.
pub const FREE_ACCOUNT: i64 = 4;
/// Wrong attempts from one address before waiting begins; a whole town hall may come from one address.
pub const FREE_ADDRESS: i64 = 40;
/// Seconds after which one wrong attempt of an address is forgiven: three hundred people mistype every day, and no day is quiet.
pub const FORGIVE_ADDRESS: i64 = 60;
/// The longest wait of an address. Each account has its own counter; this one only slows down who tries many accounts, and a
/// stranger or a colleague behind the same proxy must not keep a town hall out.
pub const LONGEST_WAIT_ADDRESS: i64 = 60;
/// The first wait in seconds; each further wrong attempt doubles it.
pub const FIRST_WAIT: i64 = 30;
/// The longest wait in seconds. Longer would let a stranger lock a colleague out for a day.
pub const LONGEST_WAIT: i64 = 30 * 60;
/// After this many seconds without a wrong attempt the counter begins anew.
pub const FORGET_AFTER: i64 = 24 * 3600;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// An account, or a name that nobody has.
    Account,
    /// A network address.
    Address,
}

impl Counted {
    fn free(self) -> i64 {
        match self {
            Self::Account => FREE_ACCOUNT,
            Self::Address => FREE_ADDRESS,
        }
    }

    fn longest(self) -> i64 {
        match self {
            Self::Account => LONGEST_WAIT,
            Self::Address => LONGEST_WAIT_ADDRESS,
        }
    }
}

/// The state of one counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counter {
    /// Wrong attempts since the last success.
    pub failures: i64,
    /// When the last wrong attempt was.
    pub last: Time,
    /// Until when attempts are refused unseen.
    pub until: Time,
}

impl Counter {
    /// Until when attempts are refused; `None` when one may be made now.
    #[must_use]
    pub fn refused_until(&self, now: Time) -> Option<Time> {
        (self.until > now).then_some(self.until)
    }

    /// How many wrong attempts still count.
    fn remembered(&self, kind: Counted, now: Time) -> i64 {
        let quiet = now.secs_since(self.last).max(0);
        match kind {
            _ if quiet >= FORGET_AFTER => 0,
            Counted::Account => self.failures,
            Counted::Address => (self.failures - quiet / FORGIVE_ADDRESS).max(0),
        }
    }

    /// The counter after one more wrong attempt.
    #[must_use]
    pub fn after_failure(self, kind: Counted, now: Time) -> Self {
        // The wait of an address has an end, so has what is counted: else a flood would take hours to be forgiven.
        let most = match kind {
            Counted::Account => i64::MAX,
            Counted::Address => FREE_ADDRESS + 10,
        };
        let failures = self.remembered(kind, now).saturating_add(1).min(most);
        Self {
            failures,
            last: now,
            until: now.plus_secs(wait(kind, failures)),
        }
    }

    /// Whether the last wrong attempt began a wait (a lockout row goes to the audit trail).
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.until > self.last
    }
}

/// Seconds to wait after so many wrong attempts in a row.
#[must_use]
pub fn wait(kind: Counted, failures: i64) -> i64 {
    let over = failures - kind.free();
    if over <= 0 {
        return 0;
    }
    let doublings = u32::try_from(over - 1).unwrap_or(u32::MAX).min(20);
    FIRST_WAIT
        .saturating_mul(1 << doublings)
        .min(kind.longest())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_wait_grows_and_ends() {
        assert_eq!(
            (1..=12)
                .map(|n| wait(Counted::Account, n))
                .collect::<Vec<_>>(),
            [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1800, 1800]
        );
        assert_eq!(wait(Counted::Address, 40), 0);
        assert_eq!(wait(Counted::Address, 41), 30);
        assert_eq!(wait(Counted::Account, i64::MAX), LONGEST_WAIT);
        assert_eq!(wait(Counted::Address, i64::MAX), LONGEST_WAIT_ADDRESS);
    }

    /// Three hundred people behind one proxy, each mistyping every other day, five days a week: nobody waits.
    #[test]
    fn a_town_hall_that_mistypes_is_not_locked_out() {
        let mut counter = Counter::default();
        let mut now = Time(1_000_000_000_000_000);
        for typo in 0..750 {
            // Half of a day's typos in the first half hour.
            now = now.plus_secs(if typo % 2 == 0 { 25 } else { 240 });
            assert_eq!(counter.refused_until(now), None, "typo {typo}");
            counter = counter.after_failure(Counted::Address, now);
        }
    }

    /// After a flood of wrong attempts the others behind the address wait a minute, and an hour later nothing is left of it.
    #[test]
    fn a_flood_from_one_address_is_soon_forgiven() {
        let mut counter = Counter::default();
        let mut now = Time(1_000_000_000_000_000);
        let mut guesses = 0;
        for _ in 0..24 * 3600 {
            now = now.plus_secs(1);
            if counter.refused_until(now).is_none() {
                counter = counter.after_failure(Counted::Address, now);
                guesses += 1;
            }
        }
        assert!(
            guesses < 40 + 24 * 60 + 60,
            "{guesses} guesses in a day over all accounts"
        );
        assert!(
            counter
                .refused_until(now.plus_secs(LONGEST_WAIT_ADDRESS))
                .is_none()
        );
        let later = counter.after_failure(Counted::Address, now.plus_secs(3600));
        assert!(!later.is_locked(), "{later:?}");
    }

    proptest! {
        /// Guessing as fast as the rule allows: never more than the free attempts and then one per wait; so at most
        /// about 60 guesses in a day.
        #[test]
        fn a_patient_guesser_gets_few_guesses(gaps in prop::collection::vec(0i64..4000, 1..300)) {
            let mut counter = Counter::default();
            let mut now = Time(1_000_000_000_000_000);
            let start = now;
            let mut guesses = 0;
            let mut last_wait = 0;
            for gap in gaps {
                now = now.plus_secs(gap);
                if now.secs_since(start) >= FORGET_AFTER { break; }
                if let Some(until) = counter.refused_until(now) {
                    prop_assert!(until > now);
                    continue;
                }
                counter = counter.after_failure(Counted::Account, now);
                guesses += 1;
                let this = counter.until.secs_since(now);
                prop_assert!(this >= last_wait, "the wait never shrinks");
                last_wait = this;
                prop_assert_eq!(counter.is_locked(), counter.failures > FREE_ACCOUNT);
            }
            prop_assert!(guesses <= 4 + 6 + 48);
        }

        #[test]
        fn a_quiet_day_forgets(failures in 0i64..1000, gap in FORGET_AFTER..FORGET_AFTER * 10) {
            let last = Time(1_000_000_000_000_000);
            let counter = Counter { failures, last, until: last };
            prop_assert_eq!(counter.after_failure(Counted::Account, last.plus_secs(gap)).failures, 1);
        }
    }
}
