//! A write in progress: statements, the audit row, the notice of change and the jobs that follow, in one transaction.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use kernel::{OrganisationId, Time, Uuid};

use crate::{
    audit::{Audit, Chain},
    conn::Conn,
    db::Shared,
    error::Result,
    feed, jobs,
    jobs::NewJob,
    stmt::Stmt,
    value::Params,
    viewer::Viewer,
};

/// A write in progress. The closure that holds it may run more than once, so it draws no random value, sends
/// nothing and reads no file: what it needs comes in, what follows becomes a job.
pub struct Tx {
    pub(crate) conn: Conn,
    pub(crate) chain: Chain,
    pub(crate) changed: bool,
    pub(crate) enqueued: bool,
    pub(crate) shared: Arc<Shared>,
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Tx {
    pub(crate) fn new(conn: Conn, chain: Chain, shared: Arc<Shared>) -> Self {
        Self {
            conn,
            chain,
            changed: false,
            enqueued: false,
            shared,
        }
    }

    /// After the commit: wakes those who follow the feed or wait for jobs.
    pub(crate) fn announce(&self) {
        if self.changed {
            self.shared.feed.wake();
        }
        if self.enqueued {
            self.shared.job_wake.notify_waiters();
        }
    }

    pub(crate) fn begin(&mut self, viewer: &Viewer) {
        self.conn.begin(viewer);
    }

    /// Runs a statement that changes rows and says how many.
    ///
    /// # Errors
    /// [`crate::Error::Conflict`] when a rule of the database stands against it; otherwise what the engine says.
    pub fn exec(&mut self, stmt: &Stmt, params: Params<'_>) -> Result<u64> {
        self.conn.execute(stmt, params)
    }

    /// The time the write was asked; the same in every run of the closure.
    #[must_use]
    pub fn now(&self) -> Time {
        self.conn.now()
    }

    /// Writes the audit row of this write, linked to the chain of this connection.
    ///
    /// # Errors
    /// What the engine says.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers make the row for this call"
    )]
    pub fn audit(&mut self, audit: Audit) -> Result<()> {
        crate::audit::append(self, &audit)
    }

    /// Announces that `subject` changed, to live pages, search and caches; carries no content.
    ///
    /// # Errors
    /// What the engine says.
    pub fn changed(
        &mut self,
        kind: &'static str,
        subject: Uuid,
        tenant: Option<OrganisationId>,
    ) -> Result<()> {
        self.changed = true;
        feed::announce(&mut self.conn, kind, subject, tenant)
    }

    /// Leaves work to a job; a second job with the same key is the same job.
    ///
    /// # Errors
    /// What the engine says.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers make the job for this call"
    )]
    pub fn enqueue(&mut self, job: NewJob) -> Result<()> {
        self.enqueued = true;
        jobs::insert(&mut self.conn, &job)
    }
}
