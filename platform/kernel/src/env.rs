//! The clock and the source of randomness, handed in so that tests can hold them still.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use uuid::Uuid;

use crate::{AnyId, Time};

/// The clock and the source of randomness. Cheap to clone; clones share one state.
///
/// The only place of the project that asks the machine for the time or for random bytes.
#[derive(Clone)]
pub struct Env(Arc<Inner>);

struct Inner {
    source: Source,
    /// The time part of the last id, so that ids of one process never go backwards.
    last: AtomicU64,
}

enum Source {
    System,
    Fixed(Mutex<Fixed>),
}

struct Fixed {
    now: Time,
    random: u64,
}

impl Env {
    /// The machine's clock and the operating system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self::of(Source::System)
    }

    /// A clock that stands still until [`Env::advance_secs`], and bytes that follow from `seed`
    /// alone. For tests and reproducible demo data; never for secrets.
    #[must_use]
    pub fn fixed(now: Time, seed: u64) -> Self {
        Self::of(Source::Fixed(Mutex::new(Fixed { now, random: seed })))
    }

    fn of(source: Source) -> Self {
        Self(Arc::new(Inner {
            source,
            last: AtomicU64::new(0),
        }))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Time {
        match &self.0.source {
            Source::System => system_now(),
            Source::Fixed(fixed) => lock(fixed).now,
        }
    }

    /// Moves a fixed clock; a system clock is not moved.
    pub fn advance_secs(&self, secs: i64) {
        if let Source::Fixed(fixed) = &self.0.source {
            let mut fixed = lock(fixed);
            fixed.now = fixed.now.plus_secs(secs);
        }
    }

    /// Random bytes, fit for keys when the environment is the system's.
    ///
    /// # Panics
    /// When the operating system gives no randomness: going on would make guessable secrets.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// Fills a buffer with random bytes, as [`Env::bytes`].
    ///
    /// # Panics
    /// When the operating system gives no randomness.
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0.source {
            Source::System => system_random(bytes),
            Source::Fixed(fixed) => {
                let mut fixed = lock(fixed);
                for chunk in bytes.chunks_mut(8) {
                    let word = splitmix(&mut fixed.random).to_le_bytes();
                    chunk.copy_from_slice(&word[..chunk.len()]);
                }
            }
        }
    }

    /// A version 7 UUID of the present instant. Within one environment each is greater than the one
    /// before, also inside a millisecond (the 12 bits after the milliseconds hold its fraction).
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let micros = u64::try_from(self.now().micros()).unwrap_or(0);
        let wanted = ((micros / 1000) << 12) | ((micros % 1000) * 4096 / 1000);
        let mut time = wanted;
        let _ = self
            .0
            .last
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
                time = wanted.max(last + 1);
                Some(time)
            });
        let [high, low] = [
            (time >> 12) << 16 | 0x7000 | (time & 0xfff),
            u64::from_le_bytes(self.bytes()),
        ];
        Uuid::from_u64_pair(high, (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000)
    }

    /// A new typed id.
    #[must_use]
    pub fn id<T: AnyId>(&self) -> T {
        T::from_uuid(self.uuid())
    }

    /// A secret of 32 random bytes in 43 characters that are safe in addresses and cookies.
    #[must_use]
    pub fn token(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.bytes::<32>())
    }
}

impl std::fmt::Debug for Env {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0.source {
            Source::System => "Env::system()",
            Source::Fixed(_) => "Env::fixed(..)",
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the machine for randomness"
)]
fn system_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the machine for the time"
)]
fn system_now() -> Time {
    // A clock before 1970 is a broken clock; the epoch keeps the program answering.
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

fn lock(fixed: &Mutex<Fixed>) -> MutexGuard<'_, Fixed> {
    // A test that panicked elsewhere leaves both fields whole.
    fixed.lock().unwrap_or_else(PoisonError::into_inner)
}

/// SplitMix64 (Steele, Lea, Flood 2014): a step that visits every 64-bit value once.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_fixed_environment_repeats_itself() {
        let (one, two) = (Env::fixed(Time(1_000), 7), Env::fixed(Time(1_000), 7));
        assert_eq!(one.uuid(), two.uuid());
        assert_eq!(one.token(), two.token());
        assert_ne!(one.token(), Env::fixed(Time(1_000), 8).token());
        one.advance_secs(60);
        assert_eq!(one.now(), Time(60_001_000));
        assert_eq!(one.clone().now(), one.now());
    }

    #[test]
    fn ids_carry_the_time_and_keep_their_order() {
        let env = Env::fixed("2026-11-22T00:00:00.123456Z".parse().unwrap(), 1);
        let ids: Vec<Uuid> = (0..10_000).map(|_| env.uuid()).collect();
        assert!(ids.is_sorted());
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        assert_eq!(ids[0].get_version_num(), 7);
        assert_eq!(ids[0].get_variant(), uuid::Variant::RFC4122);
        assert_eq!(
            ids[0].get_timestamp().unwrap().to_unix(),
            (1_795_305_600, 123_000_000)
        );
    }

    #[test]
    fn threads_of_one_process_get_different_ids() {
        let env = Env::system();
        let ids: Vec<Uuid> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..2_000).map(|_| env.uuid()).collect::<Vec<_>>()))
                .collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 8_000);
        assert_eq!(env.token().len(), 43);
        assert!(env.now() > Time(0));
    }
}
