//! A closure on its way to a connection and its answer on the way back.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::AtomicU64,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use crate::{
    conn::{Conn, Tally},
    error::{Error, Result},
    metrics::Metrics,
    tx::Tx,
    viewer::Viewer,
};

/// An in-place read longer than this is logged.
const SLOW_READ: Duration = Duration::from_millis(20);
/// A write closure longer than this is logged.
const SLOW_WRITE: Duration = Duration::from_millis(50);

/// What to do with what a write closure has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ran {
    Keep,
    Undo,
}

/// A write closure without its types.
pub(crate) trait WriteJob: Send {
    fn viewer(&self) -> &Viewer;
    /// Runs the closure; may be called again, then only the last result counts.
    fn run(&mut self, tx: &mut Tx) -> Ran;
    /// Hands back the result, or the failure of the commit.
    fn finish(self: Box<Self>, committed: Result<()>);
}

pub(crate) struct Write<T, E, F> {
    pub(crate) viewer: Viewer,
    pub(crate) closure: F,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> WriteJob for Write<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: Fn(&mut Tx) -> Result<T, E> + Send,
{
    fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    fn run(&mut self, tx: &mut Tx) -> Ran {
        tx.begin(&self.viewer);
        let result = match catch_unwind(AssertUnwindSafe(|| (self.closure)(tx))) {
            Ok(Ok(value)) => tx
                .conn
                .failed()
                .map_or(Ok(value), |error| Err(E::from(error))),
            Ok(Err(refusal)) => Err(refusal),
            Err(panic) => Err(E::from(Error::Panicked(panic_text(panic.as_ref())))),
        };
        let ran = if result.is_ok() { Ran::Keep } else { Ran::Undo };
        self.result = Some(result);
        ran
    }

    fn finish(self: Box<Self>, committed: Result<()>) {
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(E::from(Error::Busy)),
            (Err(error), _) => Err(E::from(error)),
        };
        // Whoever asked may have gone away; the write stands all the same.
        let _gone = self.reply.send(result);
    }
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// Counts a finished closure and logs it when it was slow.
pub(crate) fn account(metrics: &Metrics, tally: Tally, began: Instant, kind: Kind) {
    let took = began.elapsed();
    Metrics::add(&metrics.statements, tally.statements);
    let (counter, slow, limit): (&AtomicU64, &AtomicU64, Option<Duration>) = match kind {
        Kind::Read => (&metrics.reads, &metrics.slow_reads, Some(SLOW_READ)),
        Kind::SlowRead => (&metrics.reads, &metrics.slow_reads, None),
        Kind::Write => (&metrics.writes, &metrics.slow_writes, Some(SLOW_WRITE)),
    };
    Metrics::add(counter, 1);
    if limit.is_some_and(|limit| took > limit) {
        Metrics::add(slow, 1);
        let (statement, longest) = tally.slowest.unwrap_or(("none", Duration::ZERO));
        tracing::warn!(
            ?kind,
            took_ms = took.as_millis() as u64,
            statements = tally.statements,
            statement,
            statement_ms = longest.as_millis() as u64,
            "slow store closure"
        );
    }
}

/// Which promise a closure was made under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    SlowRead,
    Write,
}

impl Kind {
    /// After this the engine stops the closure's statements.
    pub(crate) fn limit(self) -> Duration {
        match self {
            Self::Read => Duration::from_secs(2),
            Self::Write => Duration::from_secs(10),
            Self::SlowRead => Duration::from_secs(120),
        }
    }
}

/// A read closure without its types, for threads that own connections.
pub(crate) struct ReadTask {
    pub(crate) viewer: Viewer,
    pub(crate) kind: Kind,
    pub(crate) run: ReadRun,
}

/// Takes the connection, or why there is none.
pub(crate) type ReadRun = Box<dyn FnOnce(Result<&mut Conn>) + Send>;
