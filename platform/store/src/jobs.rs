//! Work that follows a write: leased, done at least once, tried again with growing pauses, dead letters kept visible.

use std::{any::Any, future::Future, pin::Pin, sync::Arc};

use kernel::{Time, Uuid};

pub use crate::jobs_runner::Runner;
use crate::{
    conn::Conn,
    db::Db,
    error::{Error, Result},
    row::Row,
    tx::Tx,
};

/// A future that a handler returns.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Work to be left to a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Which handler does it.
    pub kind: &'static str,
    /// Names the work: the same key is the same job, also after it is done. At most 200 characters.
    pub key: String,
    /// What the handler needs, usually JSON; ids rather than content.
    pub payload: String,
    /// Not before.
    pub run_at: Time,
}

/// Does the jobs of one kind.
#[derive(Clone, Copy)]
pub struct Handler {
    /// The kind.
    pub kind: &'static str,
    /// After so many failures the job is dead until somebody requeues it.
    pub max_attempts: u32,
    /// Does the work; an error is kept with the job and shown, so it holds no personal data. May run twice for one
    /// job, when a node dies in between.
    pub run: fn(JobContext) -> BoxFuture<Result<(), String>>,
}

/// What a handler gets.
#[derive(Clone)]
pub struct JobContext {
    /// The database.
    pub db: Db,
    /// The job's key, also good as an idempotency key towards others.
    pub key: String,
    /// What was left for it.
    pub payload: String,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// When this try began.
    pub now: Time,
    pub(crate) state: Arc<dyn Any + Send + Sync>,
}

impl JobContext {
    /// What the program gave to the runner, if it is a `T`.
    #[must_use]
    pub fn state<T: 'static>(&self) -> Option<&T> {
        self.state.downcast_ref()
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Waits for its time or its next try.
    Waiting,
    /// Somebody has it on lease.
    Running,
    /// Done.
    Done,
    /// Given up; waits for somebody to look.
    Dead,
}

impl State {
    /// The word in the table.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }

    fn from_code(code: &str) -> Result<Self> {
        [Self::Waiting, Self::Running, Self::Done, Self::Dead]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| Error::Corrupt {
                table: "job".to_owned(),
                column: "state".to_owned(),
                row: code.to_owned(),
            })
    }
}

/// A job as the progress page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its key.
    pub key: String,
    /// Its kind.
    pub kind: String,
    /// Where it stands.
    pub state: State,
    /// Tries so far.
    pub attempts: i64,
    /// Not before.
    pub run_at: Time,
    /// What the last try said.
    pub error: Option<String>,
    /// When it was left.
    pub created: Time,
    /// When it ended.
    pub finished: Option<Time>,
}

/// How many jobs stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting.
    pub waiting: i64,
    /// Running.
    pub running: i64,
    /// Done.
    pub done: i64,
    /// Dead.
    pub dead: i64,
}

crate::statements! {
    INSERT = "INSERT INTO job (job_key, kind, payload, state, attempts, run_at, created)
              VALUES (:key, :kind, :payload, 'waiting', 0, :run_at, :created) ON CONFLICT (job_key) DO NOTHING";
    LIST = "SELECT job_key, kind, state, attempts, run_at, error, created, finished FROM job
            WHERE CAST(:state AS TEXT) IS NULL OR state = :state ORDER BY run_at DESC, job_key LIMIT :count";
    COUNTS = "SELECT state, COUNT(*) FROM job GROUP BY state";
    REQUEUE = "UPDATE job SET state = 'waiting', attempts = 0, run_at = :now, lease = NULL, lease_until = NULL,
               finished = NULL WHERE job_key = :key AND state = 'dead'";
    PRUNE = "DELETE FROM job WHERE state = 'done' AND finished < :before";
    pub(crate) DUE = "SELECT job_key FROM job WHERE kind IN LIST_TEXT(:kinds)
           AND ((state = 'waiting' AND run_at <= :now) OR (state = 'running' AND lease_until <= :now))
           ORDER BY run_at, job_key LIMIT :count";
    pub(crate) CLAIM = "UPDATE job SET state = 'running', lease = :lease, lease_until = :until, attempts = attempts + 1
             WHERE job_key = :key AND ((state = 'waiting' AND run_at <= :now) OR (state = 'running' AND lease_until <= :now))
             RETURNING kind, payload, attempts";
    pub(crate) RENEW = "UPDATE job SET lease_until = :until WHERE job_key = :key AND state = 'running' AND lease = :lease";
    pub(crate) FINISH = "UPDATE job SET state = :state, run_at = :run_at, error = :error, finished = :finished, lease = NULL,
              lease_until = NULL WHERE job_key = :key AND state = 'running' AND lease = :lease";
}

pub(crate) fn insert(conn: &mut Conn, job: &NewJob) -> Result<()> {
    let created = conn.now();
    let params = crate::params! {
        "key" => job.key, "kind" => job.kind, "payload" => job.payload, "run_at" => job.run_at, "created" => created,
    };
    conn.execute(&INSERT, params).map(|_| ())
}

/// The latest jobs, of one state when given.
///
/// # Errors
/// What the engine says; only a system viewer may read.
pub fn list(conn: &mut Conn, state: Option<State>, count: i64) -> Result<Vec<Job>> {
    let state = state.map(State::code);
    conn.all(
        &LIST,
        crate::params! { "state" => state, "count" => count },
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Job> {
    Ok(Job {
        key: row.get(0)?,
        kind: row.get(1)?,
        state: State::from_code(&row.get::<String>(2)?)?,
        attempts: row.get(3)?,
        run_at: row.get(4)?,
        error: row.get(5)?,
        created: row.get(6)?,
        finished: row.get(7)?,
    })
}

/// How many jobs stand where.
///
/// # Errors
/// What the engine says; only a system viewer may read.
pub fn counts(conn: &mut Conn) -> Result<Counts> {
    let mut counts = Counts::default();
    conn.each(&COUNTS, &[], |row| {
        let number = row.get(1)?;
        match State::from_code(&row.get::<String>(0)?)? {
            State::Waiting => counts.waiting = number,
            State::Running => counts.running = number,
            State::Done => counts.done = number,
            State::Dead => counts.dead = number,
        }
        Ok(())
    })?;
    Ok(counts)
}

/// Gives a dead job a new life. True when there was one.
///
/// # Errors
/// What the engine says.
pub fn requeue(tx: &mut Tx, key: &str) -> Result<bool> {
    let now = tx.now();
    tx.enqueued = true;
    Ok(tx.exec(&REQUEUE, crate::params! { "key" => key, "now" => now })? == 1)
}

/// Forgets jobs that were done before a moment; their keys may be used again afterwards.
///
/// # Errors
/// What the engine says.
pub fn prune(tx: &mut Tx, before: Time) -> Result<u64> {
    tx.exec(&PRUNE, crate::params! { "before" => before })
}

/// A job in hand.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) key: String,
    pub(crate) kind: String,
    pub(crate) payload: String,
    pub(crate) attempts: u32,
    pub(crate) lease: Uuid,
}
