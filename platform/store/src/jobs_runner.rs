//! Runs jobs on the async runtime.

use std::{any::Any, sync::Arc, time::Duration};

use kernel::{Time, Uuid};

use crate::{
    db::Db,
    error::{Error, Result},
    jobs::{CLAIM, Claimed, DUE, FINISH, Handler, JobContext, RENEW, State},
    viewer::Viewer,
};

/// A lease lasts so long and is renewed at a third of it; a dead node's jobs are free after it.
const LEASE_SECS: i64 = 60;
/// Work that nobody announced (other nodes, later times) is looked for this often.
const LOOK: Duration = Duration::from_secs(1);
/// The longest pause between two tries.
const LONGEST_PAUSE_SECS: i64 = 3600;

/// Runs the jobs of some handlers.
pub struct Runner {
    db: Db,
    handlers: Vec<Handler>,
    kinds: String,
    state: Arc<dyn Any + Send + Sync>,
    side_by_side: usize,
}

impl Runner {
    /// A runner; `state` is what handlers find in their context, for things that are no data (a mailer).
    #[must_use]
    pub fn new(db: Db, handlers: Vec<Handler>, state: Arc<dyn Any + Send + Sync>) -> Self {
        let kinds = crate::texts(
            &handlers
                .iter()
                .map(|handler| handler.kind)
                .collect::<Vec<_>>(),
        );
        Self {
            db,
            handlers,
            kinds,
            state,
            side_by_side: 4,
        }
    }

    /// Runs jobs until the future is dropped. Failures of the database are logged and tried again.
    pub async fn run(&self) {
        loop {
            let woken = self.db.0.shared.job_wake.notified();
            let done = match self.run_due().await {
                Ok(done) => done,
                Err(error) => {
                    tracing::warn!(%error, "jobs cannot be read");
                    0
                }
            };
            if done == 0 {
                // Whichever comes first; neither is an error.
                let _woken = tokio::time::timeout(LOOK, woken).await;
            }
        }
    }

    /// Runs the jobs that are due now, a few side by side, and says how many. For tests and for draining.
    ///
    /// # Errors
    /// What the database says; failures of handlers are kept with their jobs.
    pub async fn run_due(&self) -> Result<usize> {
        let mut claimed = Vec::new();
        for key in self.due().await? {
            if let Some(job) = self.claim(key).await? {
                claimed.push(job);
            }
        }
        let count = claimed.len();
        let mut running = tokio::task::JoinSet::new();
        for job in claimed {
            let Some(handler) = self
                .handlers
                .iter()
                .find(|handler| handler.kind == job.kind)
            else {
                continue;
            };
            running.spawn(work(
                self.db.clone(),
                *handler,
                job,
                Arc::clone(&self.state),
            ));
        }
        while let Some(ended) = running.join_next().await {
            ended.map_err(|error| Error::Panicked(error.to_string()))??;
        }
        Ok(count)
    }

    /// Keys of jobs that are due; a read, so that an idle runner writes nothing.
    async fn due(&self) -> Result<Vec<String>> {
        let now = self.db.env().now();
        let (kinds, count) = (self.kinds.clone(), self.side_by_side as i64);
        self.db
            .read(&Viewer::system("jobs", now), move |conn| {
                conn.all(
                    &DUE,
                    crate::params! { "kinds" => kinds, "now" => now, "count" => count },
                    |row| row.get(0),
                )
            })
            .await
    }

    /// Takes a job, unless another runner was faster.
    pub(crate) async fn claim(&self, key: String) -> Result<Option<Claimed>> {
        claim(&self.db, key).await
    }
}

/// Takes a job on lease, unless another was faster.
pub(crate) async fn claim(db: &Db, key: String) -> Result<Option<Claimed>> {
    let (now, lease) = (db.env().now(), db.env().uuid());
    db.write(&Viewer::system("jobs", now), move |tx| {
        let until = now.plus_secs(LEASE_SECS);
        let params =
            crate::params! { "lease" => lease, "until" => until, "key" => key, "now" => now };
        tx.opt(&CLAIM, params, |row| {
            Ok(Claimed {
                key: key.clone(),
                kind: row.get(0)?,
                payload: row.get(1)?,
                attempts: u32::try_from(row.get::<i64>(2)?).unwrap_or(u32::MAX),
                lease,
            })
        })
    })
    .await
}

/// Runs one job and writes down how it ended, renewing the lease meanwhile.
async fn work(
    db: Db,
    handler: Handler,
    job: Claimed,
    state: Arc<dyn Any + Send + Sync>,
) -> Result<()> {
    let context = JobContext {
        db: db.clone(),
        key: job.key.clone(),
        payload: job.payload.clone(),
        attempt: job.attempts,
        now: db.env().now(),
        state,
    };
    let mut task = tokio::spawn((handler.run)(context));
    let pause = Duration::from_secs(LEASE_SECS as u64 / 3);
    let ended = loop {
        match tokio::time::timeout(pause, &mut task).await {
            Ok(ended) => break ended,
            Err(_) => renew(&db, &job.key, job.lease).await?,
        }
    };
    let failure = match ended {
        Ok(Ok(())) => None,
        Ok(Err(said)) => Some(said),
        Err(panic) => Some(format!("the handler panicked: {panic}")),
    };
    finish(&db, &handler, &job, failure).await
}

async fn renew(db: &Db, key: &str, lease: Uuid) -> Result<()> {
    let (now, key) = (db.env().now(), key.to_owned());
    db.write(&Viewer::system("jobs", now), move |tx| {
        let until = now.plus_secs(LEASE_SECS);
        tx.exec(
            &RENEW,
            crate::params! { "until" => until, "key" => key, "lease" => lease },
        )
        .map(|_| ())
    })
    .await
}

/// The pause after a failed try: 10 s, 20 s, 40 s, … an hour.
fn next_try(now: Time, attempts: u32) -> Time {
    now.plus_secs((10_i64 << attempts.saturating_sub(1).min(20)).min(LONGEST_PAUSE_SECS))
}

async fn finish(db: &Db, handler: &Handler, job: &Claimed, failure: Option<String>) -> Result<()> {
    let now = db.env().now();
    let (state, run_at, finished) = match &failure {
        None => (State::Done, now, Some(now)),
        Some(_) if job.attempts >= handler.max_attempts => (State::Dead, now, Some(now)),
        Some(_) => (State::Waiting, next_try(now, job.attempts), None),
    };
    if let (State::Dead, Some(said)) = (state, &failure) {
        tracing::error!(kind = job.kind, key = job.key, said, "a job was given up");
    }
    let (key, lease) = (job.key.clone(), job.lease);
    let kept = db
        .write(&Viewer::system("jobs", now), move |tx| {
            let state = state.code();
            tx.exec(
                &FINISH,
                crate::params! {
                    "state" => state, "run_at" => run_at, "error" => failure, "finished" => finished, "key" => key,
                    "lease" => lease,
                },
            )
        })
        .await?;
    if kept == 0 {
        tracing::warn!(
            key = job.key,
            "a job ran past its lease; another runner has it"
        );
    }
    Ok(())
}
