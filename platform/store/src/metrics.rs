//! Counters of the store, for the health page and for tests that count statements.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub(crate) reads: AtomicU64,
    pub(crate) writes: AtomicU64,
    pub(crate) commits: AtomicU64,
    pub(crate) retries: AtomicU64,
    pub(crate) refused_busy: AtomicU64,
    pub(crate) statements: AtomicU64,
    pub(crate) slow_reads: AtomicU64,
    pub(crate) slow_writes: AtomicU64,
}

/// The counters at one moment, since the database was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Writes that wait at this moment.
    pub queue_depth: u64,
    /// Read closures run.
    pub reads: u64,
    /// Write closures answered.
    pub writes: u64,
    /// Commits; fewer than writes where writes share one.
    pub commits: u64,
    /// Writes run again because another writer came first (PostgreSQL).
    pub retries: u64,
    /// Calls turned away because the queue was full.
    pub refused_busy: u64,
    /// Statements run by closures.
    pub statements: u64,
    /// In-place reads over 20 ms.
    pub slow_reads: u64,
    /// Write closures over 50 ms.
    pub slow_writes: u64,
}

impl Metrics {
    pub(crate) fn add(counter: &AtomicU64, by: u64) {
        counter.fetch_add(by, Relaxed);
    }

    pub(crate) fn snapshot(&self, queue_depth: usize) -> Snapshot {
        let of = |counter: &AtomicU64| counter.load(Relaxed);
        Snapshot {
            queue_depth: queue_depth as u64,
            reads: of(&self.reads),
            writes: of(&self.writes),
            commits: of(&self.commits),
            retries: of(&self.retries),
            refused_busy: of(&self.refused_busy),
            statements: of(&self.statements),
            slow_reads: of(&self.slow_reads),
            slow_writes: of(&self.slow_writes),
        }
    }
}
