//! The database as the rest of the program holds it.

use std::{path::Path, sync::Arc};

use kernel::Env;
use tokio::sync::{Notify, Semaphore, broadcast, oneshot};

use crate::{
    audit::Audit,
    blobs::Blobs,
    conn::Conn,
    engine_postgres_work::PostgresEngine,
    engine_sqlite::SqliteEngine,
    error::{Error, Result},
    feed::{Change, Feed},
    guard::Guards,
    keys::{AuditKey, InstallationKey},
    metrics::{Metrics, Snapshot},
    options::Options,
    schema::{self, OWN, Schema, Step, Table},
    stmt::{Engine, Stmt},
    tx::Tx,
    viewer::Viewer,
    work::{Kind, ReadTask, Write, account},
};

/// How many slow reads run beside each other on SQLite.
const SLOW_READERS: usize = 2;

/// The database. Clones share everything.
#[derive(Clone)]
pub struct Db(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) options: Options,
    pub(crate) schemas: Vec<&'static Schema>,
    pub(crate) steps: Vec<Step>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) backend: Backend,
    slow: Semaphore,
    pub(crate) attached: crate::attached::Attached,
}

/// What the threads of the engines share with the rest.
pub(crate) struct Shared {
    pub(crate) guards: Guards,
    pub(crate) metrics: Metrics,
    pub(crate) feed: Feed,
    pub(crate) job_wake: Notify,
    pub(crate) audit_key: AuditKey,
    pub(crate) env: Env,
    pub(crate) node: String,
    pub(crate) twice: bool,
}

pub(crate) enum Backend {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.shared.feed.close();
        match &self.backend {
            Backend::Sqlite(engine) => engine.stop(),
            Backend::Postgres(engine) => engine.stop(),
        }
    }
}

impl Db {
    /// Opens the database of these features; the store's own tables come along. Does not migrate.
    ///
    /// # Errors
    /// [`Error::Schema`] when declarations do not fit together, [`Error::Lost`] when the database cannot be reached,
    /// [`Error::File`] when the folder for files cannot be made.
    pub fn open(options: Options, schemas: &[&'static Schema]) -> Result<Self> {
        let mut all = vec![&OWN];
        all.extend_from_slice(schemas);
        let steps = schema::merge(&all, options.engine())?;
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let shared = Arc::new(Shared {
            guards: Guards::new(&steps),
            metrics: Metrics::default(),
            feed: Feed::new(),
            job_wake: Notify::new(),
            audit_key: AuditKey::new(&options.key),
            env: options.env.clone(),
            node: format!("{} {}", host.trim(), std::process::id()),
            twice: options.twice,
        });
        crate::private::folder(&options.blob_dir)
            .map_err(|error| Error::file(&options.blob_dir, &error))?;
        let backend = match options.engine() {
            Engine::Sqlite => Backend::Sqlite(SqliteEngine::open(&options, Arc::clone(&shared))?),
            Engine::Postgres => Backend::Postgres(PostgresEngine::open(&options, &shared)?),
        };
        let slow = Semaphore::new(SLOW_READERS);
        Ok(Self(Arc::new(Inner {
            options,
            schemas: all,
            steps,
            shared,
            backend,
            slow,
            attached: crate::attached::Attached::default(),
        })))
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.0.options.engine()
    }

    /// Clock and ids, as given when the database was opened.
    #[must_use]
    pub fn env(&self) -> &Env {
        &self.0.options.env
    }

    /// The installation's key.
    #[must_use]
    pub fn key(&self) -> &InstallationKey {
        &self.0.options.key
    }

    /// The folder of encrypted files.
    pub(crate) fn blob_dir(&self) -> &Path {
        &self.0.options.blob_dir
    }

    /// Encrypted files.
    #[must_use]
    pub fn blobs(&self) -> Blobs {
        Blobs::new(self.clone())
    }

    /// Runs migrations that are not in the ledger yet, all or none, and names them. Other nodes wait meanwhile.
    ///
    /// # Errors
    /// [`Error::Schema`] when the ledger and this binary do not fit together; otherwise what the engine says.
    pub fn migrate(&self) -> Result<Vec<String>> {
        crate::ledger::migrate(self, None)
    }

    /// Compares the ledger with this binary without changing anything.
    ///
    /// # Errors
    /// [`Error::Schema`] when a migration is missing, changed, or newer than this binary.
    pub fn check_schema(&self) -> Result<()> {
        crate::ledger::check(self)
    }

    /// The schema as the engine holds it, as text, for comparing databases.
    ///
    /// # Errors
    /// What the engine says.
    pub fn schema_dump(&self) -> Result<String> {
        crate::ledger::dump(self)
    }

    /// Every declared table.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.0.steps.iter().flat_map(|step| &step.tables)
    }

    /// Every statement of every feature.
    pub fn statements(&self) -> impl Iterator<Item = &'static Stmt> + '_ {
        self.0
            .schemas
            .iter()
            .flat_map(|schema| schema.statements.iter().copied().flatten())
    }

    /// Reads, for a short time: in place on SQLite (stopped after 2 s, logged from 20 ms), on a thread on PostgreSQL.
    /// All statements of the closure see one state of the database.
    ///
    /// # Errors
    /// What the closure says; [`Error::Busy`] when the queue is full; what the engine says.
    pub async fn read<T, E>(
        &self,
        viewer: &Viewer,
        f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(engine) => engine.read(viewer, Kind::Read, f),
            Backend::Postgres(engine) => answer(post(engine, viewer, Kind::Read, f)?.await),
        }
    }

    /// Reads for up to two minutes, on a small pool beside the ordinary reads: exports and reports.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_slow<T, E>(
        &self,
        viewer: &Viewer,
        f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(_) => {
                let _permit = self.0.slow.acquire().await.map_err(|_| Error::Busy)?;
                let (db, viewer) = (self.clone(), viewer.clone());
                let run = move || match &db.0.backend {
                    Backend::Sqlite(engine) => engine.read(&viewer, Kind::SlowRead, f),
                    Backend::Postgres(_) => Err(E::from(Error::Busy)),
                };
                match tokio::task::spawn_blocking(run).await {
                    Ok(result) => result,
                    Err(error) => Err(E::from(Error::Panicked(error.to_string()))),
                }
            }
            Backend::Postgres(engine) => answer(post(engine, viewer, Kind::SlowRead, f)?.await),
        }
    }

    /// Reads from a thread that may block: the command line, threads of the store.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, E>(
        &self,
        viewer: &Viewer,
        f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(engine) => engine.read(viewer, Kind::SlowRead, f),
            Backend::Postgres(engine) => answer(wait(post(engine, viewer, Kind::SlowRead, f)?)),
        }
    }

    /// Writes: runs the closure in a transaction and answers after the commit. The closure may run more than once; an
    /// error it returns undoes all it did.
    ///
    /// # Errors
    /// What the closure says; [`Error::Busy`] when the queue is full; what the commit says.
    pub async fn write<T, E>(
        &self,
        viewer: &Viewer,
        f: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answer(self.post_write(viewer, f)?.await)
    }

    /// Writes from a thread that may block.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E>(
        &self,
        viewer: &Viewer,
        f: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answer(wait(self.post_write(viewer, f)?))
    }

    fn post_write<T, E>(
        &self,
        viewer: &Viewer,
        f: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, E>>>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, receive) = oneshot::channel();
        let job = Box::new(Write {
            viewer: viewer.clone(),
            closure: f,
            result: None,
            reply,
        });
        let queue = match &self.0.backend {
            Backend::Sqlite(engine) => &engine.writes,
            Backend::Postgres(engine) => &engine.writes,
        };
        if queue.push(job).is_err() {
            Metrics::add(&self.0.shared.metrics.refused_busy, 1);
            return Err(Error::Busy);
        }
        Ok(receive)
    }

    /// Writes one audit row by itself: a page that was opened, an export, a refusal.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit(&self, viewer: &Viewer, audit: Audit) -> Result<()> {
        self.write(viewer, move |tx| tx.audit(audit.clone())).await
    }

    /// Follows the change feed from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        crate::feed::follow(self)
    }

    /// Counters.
    #[must_use]
    pub fn metrics(&self) -> Snapshot {
        let waiting = match &self.0.backend {
            Backend::Sqlite(engine) => engine.writes.len(),
            Backend::Postgres(engine) => engine.writes.len(),
        };
        self.0.shared.metrics.snapshot(waiting)
    }

    /// Statements run by closures since the database was opened.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.metrics().statements
    }
}

fn answer<T, E: From<Error>>(
    received: Result<Result<T, E>, oneshot::error::RecvError>,
) -> Result<T, E> {
    received.unwrap_or_else(|_| {
        Err(E::from(Error::Panicked(
            "the closure gave no answer".to_owned(),
        )))
    })
}

/// Blocks this thread until the answer is there. It comes from a thread of the store, never from the async runtime, so
/// this is slow on a thread of the runtime but cannot lock up.
fn wait<T>(receive: oneshot::Receiver<T>) -> Result<T, oneshot::error::RecvError> {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    // A task that waits here again and again uses up its turns of the runtime; then it would be told "not yet" for ever,
    // because it never gives the thread back.
    let mut receive = std::pin::pin!(tokio::task::coop::unconstrained(receive));
    loop {
        match Future::poll(receive.as_mut(), &mut context) {
            std::task::Poll::Ready(answer) => return answer,
            std::task::Poll::Pending => std::thread::park(),
        }
    }
}

/// Sends a read closure to the threads of PostgreSQL.
fn post<T, E>(
    engine: &PostgresEngine,
    viewer: &Viewer,
    kind: Kind,
    f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
) -> Result<oneshot::Receiver<Result<T, E>>>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (reply, receive) = oneshot::channel();
    let shared = Arc::clone(&engine.shared);
    let run = Box::new(move |conn: Result<&mut Conn>| {
        let began = crate::clock::start();
        let result = conn.map_err(E::from).and_then(|conn| {
            let result = f(conn);
            account(&shared.metrics, conn.tally, began, kind);
            result
        });
        let _gone = reply.send(result);
    });
    engine.read(ReadTask {
        viewer: viewer.clone(),
        kind,
        run,
    })?;
    Ok(receive)
}
