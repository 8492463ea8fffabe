//! Keeping an index up to date with the change feed.

use std::collections::BTreeSet;

use kernel::Uuid;
use store::{Conn, Result, feed};

/// What has to be done before the index may be searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing, or read these records again and put or remove them.
    Records(Vec<Uuid>),
    /// Read everything again: too much has changed, or the feed no longer goes back far enough.
    Everything,
}

/// A place in the change feed. Before each search it says which records were changed since the last; a number of the feed
/// that was taken early and committed late (PostgreSQL) is not missed.
#[derive(Debug)]
pub struct Follower {
    kinds: Box<[&'static str]>,
    all: &'static [&'static str],
    place: feed::Place,
}

/// More changed records than this are not read one by one.
const MANY: usize = 2_000;

impl Follower {
    /// Follows from now on. `kinds` are changes whose subject is a record of the index, `all` are changes after which
    /// everything is read again. Call it before the records are read for the first time.
    ///
    /// # Errors
    /// What the engine says; only a system viewer may read the feed.
    pub fn start(
        conn: &mut Conn,
        kinds: &[&'static str],
        all: &'static [&'static str],
    ) -> Result<Self> {
        Ok(Self {
            kinds: kinds.into(),
            all,
            place: feed::Place::now(conn)?,
        })
    }

    /// What changed since the last call.
    ///
    /// # Errors
    /// What the engine says; only a system viewer may read the feed.
    pub fn step(&mut self, conn: &mut Conn) -> Result<Step> {
        let Some(changes) = self.place.news(conn)? else {
            return Ok(Step::Everything);
        };
        let mut records = BTreeSet::new();
        for change in changes {
            if self.all.contains(&&*change.kind) {
                return Ok(Step::Everything);
            }
            if self.kinds.contains(&&*change.kind) {
                records.insert(change.subject);
            }
        }
        Ok(if records.len() > MANY {
            Step::Everything
        } else {
            Step::Records(records.into_iter().collect())
        })
    }
}
