//! The change feed: what changed, without content, for live pages, search and caches.
//!
//! The writing node is woken after its commit; others look every half second. On PostgreSQL a number can be taken
//! early and committed late, so a gap is read again until it is filled or a minute old.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use kernel::{OrganisationId, Time, Uuid};
use parking_lot::{Condvar, Mutex};
use tokio::sync::broadcast;

use crate::{
    conn::Conn,
    db::{Db, Inner},
    error::Result,
    viewer::Viewer,
};

/// How long a follower may be behind before it is told that it missed something.
const KEPT: usize = 4096;
const POLL: Duration = Duration::from_millis(500);
/// A transaction that has not committed a number for so long never will.
const PATIENCE: Duration = Duration::from_secs(60);
/// So many rows at a time.
const CHUNK: i64 = 500;

crate::statements! {
    ADD = "INSERT INTO change (subject, kind, tenant, at) VALUES (:subject, :kind, :tenant, :at)";
    AFTER = "SELECT seq, kind, subject, tenant FROM change WHERE seq > :after ORDER BY seq LIMIT :count";
    TOP = "SELECT COALESCE(MAX(seq), 0) FROM change";
    BOTTOM = "SELECT COALESCE(MIN(seq), 0) FROM change";
    PRUNE = "DELETE FROM change WHERE at < :before";
}

/// Something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number; grows, with gaps.
    pub seq: i64,
    /// The kind of record.
    pub kind: Arc<str>,
    /// The record.
    pub subject: Uuid,
    /// The organisation it belongs to.
    pub tenant: Option<OrganisationId>,
}

/// The feed of one opened database.
pub(crate) struct Feed {
    sender: broadcast::Sender<Change>,
    woken: Mutex<bool>,
    bell: Condvar,
    started: AtomicBool,
    closed: AtomicBool,
}

impl Feed {
    pub(crate) fn new() -> Self {
        Self {
            sender: broadcast::channel(KEPT).0,
            woken: Mutex::new(false),
            bell: Condvar::new(),
            started: AtomicBool::new(false),
            closed: AtomicBool::new(false),
        }
    }

    pub(crate) fn wake(&self) {
        *self.woken.lock() = true;
        self.bell.notify_all();
    }

    pub(crate) fn close(&self) {
        self.closed.store(true, Relaxed);
        self.wake();
    }

    /// Waits for a commit of this node or for the next look.
    fn wait(&self) {
        let mut woken = self.woken.lock();
        if !*woken {
            self.bell.wait_for(&mut woken, POLL);
        }
        *woken = false;
    }
}

pub(crate) fn announce(
    conn: &mut Conn,
    kind: &'static str,
    subject: Uuid,
    tenant: Option<OrganisationId>,
) -> Result<()> {
    let at = conn.now();
    let params =
        crate::params! { "subject" => subject, "kind" => kind, "tenant" => tenant, "at" => at };
    conn.execute(&ADD, params).map(|_| ())
}

/// Changes after a number, for followers that keep their own place; at most 500.
///
/// # Errors
/// What the engine says; only a system viewer may read.
pub fn after(conn: &mut Conn, seq: i64) -> Result<Vec<Change>> {
    conn.all(
        &AFTER,
        crate::params! { "after" => seq, "count" => CHUNK },
        |row| {
            Ok(Change {
                seq: row.get(0)?,
                kind: row.get::<String>(1)?.into(),
                subject: row.get(2)?,
                tenant: row.get(3)?,
            })
        },
    )
}

/// Forgets changes before a moment; followers that are further behind must rebuild.
///
/// # Errors
/// What the engine says.
pub fn prune(tx: &mut crate::Tx, before: Time) -> Result<u64> {
    tx.exec(&PRUNE, crate::params! { "before" => before })
}

/// The place of a follower that reads when it needs to instead of being told: an index before each search.
#[derive(Debug)]
pub struct Place(Window);

impl Place {
    /// The end of the feed as it is now.
    ///
    /// # Errors
    /// What the engine says; only a system viewer may read.
    pub fn now(conn: &mut Conn) -> Result<Self> {
        top(conn).map(|top| Self(Window::new(top)))
    }

    /// What was not told yet; `None` when the feed was pruned past this place, so that everything has to be read again.
    /// Then, and when an answer is thrown away, start anew with [`Place::now`].
    ///
    /// # Errors
    /// What the engine says; only a system viewer may read.
    pub fn news(&mut self, conn: &mut Conn) -> Result<Option<Vec<Change>>> {
        let list = after_floor(conn, self.0.floor)?;
        let next = list.first().map(|change| change.seq);
        if next.is_some_and(|seq| seq > self.0.floor + 1) {
            // A gap: numbers that are not committed yet, or rows that were pruned.
            let bottom: i64 = conn.one(&BOTTOM, &[], |row| row.get(0))?;
            if bottom > self.0.floor + 1 && next == Some(bottom) && self.0.floor > 0 {
                return Ok(None);
            }
        }
        Ok(Some(self.0.news(list, crate::clock::start())))
    }
}

fn top(conn: &mut Conn) -> Result<i64> {
    conn.one(&TOP, &[], |row| row.get(0))
}

/// A receiver of all changes from now on; the first call starts the thread that reads them.
pub(crate) fn follow(db: &Db) -> broadcast::Receiver<Change> {
    let feed = &db.0.shared.feed;
    let receiver = feed.sender.subscribe();
    if !feed.started.swap(true, Relaxed) {
        // The place is taken before this call returns, so that a write right after it is not missed.
        let place = Arc::new(Mutex::new(None));
        let (thread_place, ready) = (Arc::clone(&place), Arc::new(Condvar::new()));
        let (thread_ready, weak, shared) = (
            Arc::clone(&ready),
            Arc::downgrade(&db.0),
            Arc::clone(&db.0.shared),
        );
        let started = std::thread::Builder::new()
            .name("store-feed".to_owned())
            .spawn(move || {
                let from = loop {
                    match read(&weak, top) {
                        Some(Ok(top)) => break top,
                        Some(Err(error)) => {
                            tracing::warn!(%error, "the change feed cannot be read");
                        }
                        None => return,
                    }
                    *thread_place.lock() = Some(0);
                    thread_ready.notify_all();
                    shared.feed.wait();
                };
                *thread_place.lock() = Some(from);
                thread_ready.notify_all();
                let mut window = Window::new(from);
                while !shared.feed.closed.load(Relaxed) {
                    match read(&weak, {
                        let floor = window.floor;
                        move |conn: &mut Conn| after_floor(conn, floor)
                    }) {
                        None => return,
                        Some(Err(error)) => {
                            tracing::warn!(%error, "the change feed cannot be read");
                        }
                        Some(Ok(list)) => {
                            for change in window.news(list, crate::clock::start()) {
                                // Nobody follows at this moment; that is fine.
                                let _nobody = shared.feed.sender.send(change);
                            }
                        }
                    }
                    shared.feed.wait();
                }
            });
        match started {
            Ok(_) => {
                let mut place = place.lock();
                if place.is_none() {
                    ready.wait_for(&mut place, Duration::from_secs(5));
                }
            }
            Err(error) => tracing::error!(%error, "cannot start the change feed"),
        }
    }
    receiver
}

/// Reads everything after the floor, in chunks.
fn after_floor(conn: &mut Conn, floor: i64) -> Result<Vec<Change>> {
    let mut list = after(conn, floor)?;
    while list.len() % CHUNK as usize == 0 {
        let Some(last) = list.last() else { break };
        let more = after(conn, last.seq)?;
        if more.is_empty() {
            break;
        }
        list.extend(more);
    }
    Ok(list)
}

fn read<T: Send + 'static>(
    weak: &Weak<Inner>,
    f: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
) -> Option<Result<T>> {
    let db = Db(weak.upgrade()?);
    let viewer = Viewer::system("change feed", db.env().now());
    Some(db.read_blocking(&viewer, f))
}

/// What has been told already, and the gaps that may still fill.
#[derive(Debug)]
struct Window {
    /// Everything up to here is settled.
    floor: i64,
    told: BTreeSet<i64>,
    /// When the gap right after the floor was first seen.
    gap_since: Option<(i64, Instant)>,
}

impl Window {
    fn new(floor: i64) -> Self {
        Self {
            floor,
            told: BTreeSet::new(),
            gap_since: None,
        }
    }

    /// Those of `list` that have not been told; moves the floor.
    fn news(&mut self, list: Vec<Change>, now: Instant) -> Vec<Change> {
        let news: Vec<Change> = list
            .into_iter()
            .filter(|change| self.told.insert(change.seq))
            .collect();
        loop {
            while self.told.remove(&(self.floor + 1)) {
                self.floor += 1;
            }
            let Some(&next) = self.told.first() else {
                self.gap_since = None;
                return news;
            };
            match self.gap_since {
                Some((floor, since)) if floor == self.floor => {
                    if now.duration_since(since) < PATIENCE {
                        return news;
                    }
                    self.floor = next - 1;
                }
                _ => {
                    self.gap_since = Some((self.floor, now));
                    return news;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(seq: i64) -> Change {
        Change {
            seq,
            kind: "t".into(),
            subject: Uuid::nil(),
            tenant: None,
        }
    }

    fn seqs(list: &[Change]) -> Vec<i64> {
        list.iter().map(|change| change.seq).collect()
    }

    #[test]
    fn a_late_commit_is_told_and_a_dead_number_is_given_up() {
        let start = crate::clock::start();
        let mut window = Window::new(10);
        assert_eq!(
            seqs(&window.news(vec![change(11), change(13)], start)),
            [11, 13]
        );
        assert_eq!(window.floor, 11);
        assert_eq!(
            seqs(&window.news(vec![change(12), change(13)], start)),
            [12]
        );
        assert_eq!(window.floor, 13);
        assert_eq!(seqs(&window.news(vec![change(15)], start)), [15]);
        assert!(window.news(vec![change(15)], start + PATIENCE).is_empty());
        assert_eq!(window.floor, 15);
    }
}
