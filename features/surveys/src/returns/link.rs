//! Links without an account: whoever holds the secret works on one municipality's form and on nothing else.

use kernel::Time;
use store::{Conn, InstallationKey, Tx};

use super::{
    model::LinkId,
    store::{self as sql, Whole},
};
use crate::rounds::{model::ReplyId, store::write::Entitled};

/// Uploads through one link in an hour.
const MOST_UPLOADS: i64 = 30;
/// An hour, in microseconds.
const HOUR: i64 = 3_600_000_000;

/// Why something behind a link was not done.
#[derive(Debug)]
pub(super) enum Closed {
    /// No such link, or it was stopped, or its time is over: not told apart.
    NoLink,
    /// Too many uploads; seconds until the next.
    TooMany(u64),
}

/// What is kept of a secret.
pub(super) fn hash(key: &InstallationKey, token: &str) -> String {
    hex(&key.mac("surveys.form.link", token.as_bytes()))
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A link that was opened by its secret in this read or write.
pub(super) struct Opened {
    link: LinkId,
    window: (i64, i64),
    pub(super) whole: Whole,
}

impl Entitled for Opened {
    fn id(&self) -> ReplyId {
        self.whole.reply.id
    }
}

/// Opens a link by the hash of its secret. Only under a system viewer: nobody is signed in behind a link.
pub(super) fn open(conn: &mut Conn, hash: &str) -> Result<Option<Opened>, store::Error> {
    let Some((link, reply, at, uses)) = sql::open(conn, hash)? else {
        return Ok(None);
    };
    match sql::whole_past_views(conn, reply) {
        Ok(whole) => Ok(Some(Opened {
            link,
            window: (at, uses),
            whole,
        })),
        Err(store::Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

impl Opened {
    /// Counts an upload; too many in an hour are refused.
    pub(super) fn count(&self, tx: &mut Tx) -> Result<Result<(), Closed>, store::Error> {
        let now = tx.now();
        match next(self.window, now) {
            Ok((at, uses)) => {
                sql::used(tx, self.link, at, uses)?;
                Ok(Ok(()))
            }
            Err(wait) => Ok(Err(Closed::TooMany(wait))),
        }
    }
}

/// The counted hour after one more upload, or the seconds to wait.
fn next((at, uses): (i64, i64), now: Time) -> Result<(i64, i64), u64> {
    if now.0 - at >= HOUR {
        return Ok((now.0, 1));
    }
    if uses < MOST_UPLOADS {
        return Ok((at, uses + 1));
    }
    Err(u64::try_from((at + HOUR - now.0) / 1_000_000).unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_has_a_limit() {
        let mut window = (0, 0);
        let now = Time(HOUR * 5);
        for _ in 0..MOST_UPLOADS {
            window = next(window, now).unwrap();
        }
        assert_eq!(next(window, now), Err(3601));
        assert_eq!(next(window, Time(now.0 + HOUR)), Ok((now.0 + HOUR, 1)));
    }
}
