//! SQLite: the one writer. Requests that wait share a commit, each in a savepoint of its own.

use std::{path::Path, sync::Arc, thread::JoinHandle};

use crate::{
    audit::Chain,
    conn::{Conn, EngineConn},
    db::Shared,
    engine_sqlite::{SqliteConn, sqlite},
    error::{Error, Result},
    metrics::Metrics,
    queue::Queue,
    tx::Tx,
    work::{Kind, Ran, WriteJob, account},
};

/// So many requests share a commit at most, so that the first never waits long.
const GROUP: usize = 64;

type Job = Box<dyn WriteJob>;

/// Opens the writing connection and starts its thread.
pub(crate) fn start(
    path: &Path,
    queue: Arc<Queue<Job>>,
    shared: Arc<Shared>,
) -> Result<JoinHandle<()>> {
    let conn = SqliteConn::open(path, true, None)?;
    conn.db.execute_batch(crate::ledger::TABLE_SQLITE)?;
    let conn = Conn::new(EngineConn::Sqlite(conn));
    let mut tx = Tx::new(conn, Chain::new(&shared), shared);
    std::thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || {
            while let Some(first) = queue.pop() {
                group(&mut tx, first, &queue);
            }
        })
        .map_err(|error| Error::Engine(format!("cannot start the writer: {error}")))
}

/// Runs the first job and those that wait behind it, commits once, answers all.
fn group(tx: &mut Tx, first: Job, queue: &Queue<Job>) {
    let before = tx.chain.clone();
    (tx.changed, tx.enqueued) = (false, false);
    if let Err(error) = sqlite(&mut tx.conn).and_then(|conn| conn.word("BEGIN IMMEDIATE")) {
        first.finish(Err(error));
        return;
    }
    let mut done = Vec::new();
    let mut next = Some(first);
    let mut failed = None;
    while let Some(mut job) = next {
        let ran = one(tx, job.as_mut());
        done.push(job);
        // A full disk or an interrupted change makes SQLite give up the whole transaction, not only the savepoint.
        failed = ran.err().or_else(|| lost(tx));
        next = if failed.is_none() && done.len() < GROUP {
            queue.try_pop()
        } else {
            None
        };
    }
    let committed = match failed {
        Some(error) => Err(error),
        None => sqlite(&mut tx.conn).and_then(|conn| conn.word("COMMIT")),
    };
    if committed.is_err() {
        tx.chain = before;
        if lost(tx).is_none()
            && let Err(error) = sqlite(&mut tx.conn).and_then(|conn| conn.word("ROLLBACK"))
        {
            tracing::error!(%error, "cannot roll back");
        }
    } else {
        Metrics::add(&tx.shared.metrics.commits, 1);
        tx.announce();
    }
    for job in done {
        job.finish(committed.clone());
    }
}

/// Runs one job in its savepoint. An error here is one of the whole group.
fn one(tx: &mut Tx, job: &mut dyn WriteJob) -> Result<()> {
    let began = crate::clock::start();
    let rounds = if tx.shared.twice { 2 } else { 1 };
    for round in 1..=rounds {
        let (chain, flags) = (tx.chain.clone(), (tx.changed, tx.enqueued));
        let conn = sqlite(&mut tx.conn)?;
        conn.seat(job.viewer(), Some(Kind::Write.limit()));
        conn.word("SAVEPOINT job")?;
        let ran = job.run(tx);
        let cause = tx.conn.failed();
        let conn = sqlite(&mut tx.conn)?;
        conn.seat(job.viewer(), None);
        if conn.db.is_autocommit() {
            return Err(cause.unwrap_or(Error::Full));
        }
        if ran == Ran::Undo || round < rounds {
            conn.word("ROLLBACK TO job")?;
            tx.chain = chain;
            (tx.changed, tx.enqueued) = flags;
        }
        sqlite(&mut tx.conn)?.word("RELEASE job")?;
        if ran == Ran::Undo {
            break;
        }
    }
    account(&tx.shared.metrics, tx.conn.tally, began, Kind::Write);
    Ok(())
}

/// Why the transaction is gone, if it is.
fn lost(tx: &mut Tx) -> Option<Error> {
    let gone = sqlite(&mut tx.conn).is_ok_and(|conn| conn.db.is_autocommit());
    gone.then(|| tx.conn.failed().unwrap_or(Error::Full))
}
