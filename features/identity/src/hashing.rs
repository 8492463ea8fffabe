//! Passwords become hashes here and nowhere else: Argon2id, 19 MiB, two passes, one lane; one or two at a time, the others queue.
//!
//! At least one core stays free of it where there are two, and no more than 38 MiB are taken, so that three hundred people may sign
//! in at once while the pages of the others go on.

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use kernel::Env;
use tokio::sync::{Mutex, MutexGuard, Semaphore};

/// Hashes computed at the same time on a machine with cores to spare.
const MOST_AT_ONCE: usize = 2;
/// Requests that may wait for their turn; more are told to come back.
const QUEUE: usize = 1_000;
/// Memory of one hash in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// What is checked when there is no account, so that the answer takes as long: right parameters, a hash that nothing has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cmVua2VpLXNhbHQtMDAwMQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(at_once()));
static WAITING: AtomicUsize = AtomicUsize::new(0);
static ONE_BY_ONE: LazyLock<Vec<Mutex<()>>> =
    LazyLock::new(|| (0..256).map(|_| Mutex::new(())).collect());

/// Hashing did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many are waiting.
    #[error("too many sign-ins are waiting")]
    Busy,
    /// The machine could not do it.
    #[error("hashing failed: {0}")]
    Failed(String),
}

impl From<Error> for web::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy => Self::Busy,
            failed @ Error::Failed(_) => Self::Unexpected(Box::new(failed)),
        }
    }
}

/// One core is left for pages: a hash takes the whole of one.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| {
        cores.get().saturating_sub(1).clamp(1, MOST_AT_ONCE)
    })
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let (memory, passes, lanes) = COST;
    let params =
        Params::new(memory, passes, lanes, None).map_err(|e| Error::Failed(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The stored form of a password.
///
/// # Errors
/// When too many wait, or the machine fails.
pub async fn hash(env: &Env, password: &str) -> Result<String, Error> {
    let (salt, password) = (env.bytes::<16>(), password.to_owned());
    in_turn(move || {
        let hash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|h| h.to_string())
            .map_err(|e| Error::Failed(e.to_string()))
    })
    .await
}

/// Whether a password fits a stored hash. Without a hash it takes as long and answers no.
///
/// # Errors
/// When too many wait, or the machine fails.
pub async fn verify(password: &str, stored: Option<&str>) -> Result<bool, Error> {
    let known = stored.is_some();
    let (password, stored) = (password.to_owned(), stored.unwrap_or(NOBODY).to_owned());
    let fits = in_turn(move || {
        Ok(argon2()?
            .verify_password(password.as_bytes(), stored.as_str())
            .is_ok())
    })
    .await?;
    Ok(fits && known)
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    /// Leaves the queue also when the browser gave up waiting.
    struct Place;
    impl Drop for Place {
        fn drop(&mut self) {
            WAITING.fetch_sub(1, Ordering::Relaxed);
        }
    }
    let before = WAITING.fetch_add(1, Ordering::Relaxed);
    let place = Place;
    if before >= QUEUE {
        return Err(Error::Busy);
    }
    let turn = TURNS
        .acquire()
        .await
        .map_err(|e| Error::Failed(e.to_string()))?;
    let done = tokio::task::spawn_blocking(move || {
        // The turn ends with the work, even when nobody waits for it any more.
        let _turn = turn;
        work()
    })
    .await;
    drop(place);
    done.map_err(|e| Error::Failed(e.to_string()))?
}

/// Attempts on the same name go one after the other, so that three hundred guesses at once see each other's failures.
pub(crate) async fn one_by_one(key: &[u8; 32]) -> MutexGuard<'static, ()> {
    ONE_BY_ONE[usize::from(key[0])].lock().await
}

#[cfg(test)]
mod tests {
    use kernel::Time;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn right_wrong_and_nobody() {
        let stored = hash(&Env::fixed(Time(0), 1), "kawa to yama to umi")
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(verify("kawa to yama to umi", Some(&stored)).await.unwrap());
        assert!(!verify("kawa to yama to umu", Some(&stored)).await.unwrap());
        assert!(!verify("", None).await.unwrap());
        assert!(!verify("x", Some("not a hash")).await.unwrap());
        assert!(
            argon2::password_hash::phc::PasswordHash::new(NOBODY).is_ok(),
            "the stand-in must cost what a real one costs"
        );
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn many_at_once_all_get_their_turn() {
        let stored = hash(&Env::fixed(Time(0), 1), "kawa to yama to umi")
            .await
            .unwrap();
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let stored = stored.clone();
                tokio::spawn(
                    async move { verify("kawa to yama to umi", Some(&stored)).await.unwrap() },
                )
            })
            .collect();
        for task in tasks {
            assert!(task.await.unwrap());
        }
    }
}
