//! PostgreSQL: the threads that own connections. Readers take the role that sees views only; writers run
//! SERIALIZABLE and run a closure again when another came first.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};

use parking_lot::Mutex;

use crate::{
    audit::Chain,
    conn::{Conn, EngineConn},
    db::Shared,
    engine_postgres::{PostgresConn, READER, ground},
    error::{Error, Result},
    metrics::Metrics,
    options::Options,
    queue::Queue,
    tx::Tx,
    work::{Kind, Ran, ReadTask, WriteJob, account, panic_text},
};

/// Threads for slow reads.
const SLOW: usize = 2;
/// A closure that was overtaken so often is given back as busy.
const TRIES: u32 = 30;
const READING: &str = "ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITING: &str = "ISOLATION LEVEL SERIALIZABLE";

/// The engine: queues and the threads behind them.
pub(crate) struct PostgresEngine {
    pub(crate) url: String,
    pub(crate) shared: Arc<Shared>,
    fast: Arc<Queue<ReadTask>>,
    slow: Arc<Queue<ReadTask>>,
    pub(crate) writes: Arc<Queue<Box<dyn WriteJob>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl PostgresEngine {
    pub(crate) fn open(options: &Options, shared: &Arc<Shared>) -> Result<Self> {
        let url = options.url.clone();
        std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let mut conn = PostgresConn::connect(&url, None)?;
                // Two nodes that start at once must not both make the same function.
                conn.batch("BEGIN; SELECT pg_advisory_xact_lock(72738)")?;
                conn.batch(&ground())?;
                conn.batch("COMMIT")
            });
            thread
                .join()
                .unwrap_or_else(|panic| Err(Error::Panicked(panic_text(panic.as_ref()))))
        })?;
        let engine = Self {
            url,
            shared: Arc::clone(shared),
            fast: Arc::new(Queue::new(options.queue)),
            slow: Arc::new(Queue::new(options.queue)),
            writes: Arc::new(Queue::new(options.queue)),
            threads: Mutex::default(),
        };
        for _ in 0..options.read_threads.max(1) {
            engine.start(
                "store-reader",
                Reader::serve(Arc::clone(&engine.fast), engine.url.clone()),
            )?;
            let (queue, url, shared) = (
                Arc::clone(&engine.writes),
                engine.url.clone(),
                Arc::clone(shared),
            );
            engine.start("store-writer", move || {
                Writer {
                    url,
                    shared,
                    tx: None,
                    seed: 0,
                }
                .serve(&queue);
            })?;
        }
        for _ in 0..SLOW {
            engine.start(
                "store-slow",
                Reader::serve(Arc::clone(&engine.slow), engine.url.clone()),
            )?;
        }
        Ok(engine)
    }

    fn start(&self, name: &str, run: impl FnOnce() + Send + 'static) -> Result<()> {
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(run)
            .map_err(|error| Error::Engine(format!("cannot start {name}: {error}")))?;
        self.threads.lock().push(thread);
        Ok(())
    }

    /// Hands a read to its threads.
    pub(crate) fn read(&self, task: ReadTask) -> Result<()> {
        let queue = if task.kind == Kind::SlowRead {
            &self.slow
        } else {
            &self.fast
        };
        queue.push(task).map_err(|_| {
            Metrics::add(&self.shared.metrics.refused_busy, 1);
            Error::Busy
        })
    }

    pub(crate) fn stop(&self) {
        self.fast.close();
        self.slow.close();
        self.writes.close();
    }

    /// Stops the threads after they have served what waits.
    pub(crate) fn join(&self) {
        self.stop();
        for thread in self.threads.lock().drain(..) {
            // A thread that panicked has already told its log.
            let _ended = thread.join();
        }
    }
}

/// The connection of this engine.
pub(crate) fn postgres(conn: &mut Conn) -> Result<&mut PostgresConn> {
    match &mut conn.engine {
        EngineConn::Postgres(conn) => Ok(conn),
        EngineConn::Sqlite(_) => Err(Error::Engine("not a connection of PostgreSQL".to_owned())),
    }
}

/// A reading thread: one connection for ordinary viewers, one for the program, each made when first needed.
struct Reader {
    url: String,
    ordinary: Option<Conn>,
    system: Option<Conn>,
}

impl Reader {
    fn serve(queue: Arc<Queue<ReadTask>>, url: String) -> impl FnOnce() + Send {
        move || {
            let mut reader = Self {
                url,
                ordinary: None,
                system: None,
            };
            while let Some(task) = queue.pop() {
                reader.run(task);
            }
        }
    }

    fn run(&mut self, task: ReadTask) {
        let system = task.viewer.is_system();
        let slot = if system {
            &mut self.system
        } else {
            &mut self.ordinary
        };
        let ready = begin(slot, &self.url, (!system).then_some(READER), |conn| {
            conn.begin(READING, &task.viewer, task.kind.limit())
        });
        let conn = match ready {
            Ok(conn) => conn,
            Err(error) => return (task.run)(Err(error)),
        };
        conn.begin(&task.viewer);
        // The answer is on its way before the transaction ends; a read has nothing to commit.
        let ran = catch_unwind(AssertUnwindSafe(|| (task.run)(Ok(&mut *conn))));
        let ended = postgres(conn).and_then(|conn| conn.batch("ROLLBACK"));
        if ran.is_err() || ended.is_err() {
            *slot = None;
        }
    }
}

/// Begins on the kept connection, or on a new one when that one is gone.
fn begin<'a>(
    slot: &'a mut Option<Conn>,
    url: &str,
    role: Option<&str>,
    start: impl Fn(&mut PostgresConn) -> Result<()>,
) -> Result<&'a mut Conn> {
    if let Some(conn) = slot.as_mut()
        && postgres(conn).and_then(&start).is_err()
    {
        *slot = None;
    }
    if slot.is_none() {
        let mut conn = PostgresConn::connect(url, role)?;
        start(&mut conn)?;
        *slot = Some(Conn::new(EngineConn::Postgres(Box::new(conn))));
    }
    slot.as_mut()
        .ok_or_else(|| Error::Lost("no connection".to_owned()))
}

/// A writing thread with its connection and that connection's audit chain.
struct Writer {
    url: String,
    shared: Arc<Shared>,
    tx: Option<Tx>,
    seed: u64,
}

/// How one run of a closure ended.
enum Ended {
    Answer(Result<()>),
    Again,
}

impl Writer {
    fn serve(&mut self, queue: &Queue<Box<dyn WriteJob>>) {
        while let Some(mut job) = queue.pop() {
            let began = crate::clock::start();
            let mut answer = Err(Error::Busy);
            for attempt in 1..=TRIES {
                match self.attempt(job.as_mut()) {
                    Ended::Answer(result) => {
                        answer = result;
                        break;
                    }
                    Ended::Again => {
                        Metrics::add(&self.shared.metrics.retries, 1);
                        self.pause(attempt);
                    }
                }
            }
            if let Some(tx) = &self.tx {
                account(&self.shared.metrics, tx.tally, began, Kind::Write);
            }
            job.finish(answer);
        }
    }

    fn attempt(&mut self, job: &mut dyn WriteJob) -> Ended {
        let viewer = job.viewer().clone();
        let start = |conn: &mut PostgresConn| conn.begin(WRITING, &viewer, Kind::Write.limit());
        // A kept connection may have died since the last write; then a new one, with a new chain, is tried once.
        let kept = self
            .tx
            .as_mut()
            .is_some_and(|tx| postgres(&mut tx.conn).and_then(start).is_ok());
        if !kept {
            self.tx = None;
            let opened = PostgresConn::connect(&self.url, None).and_then(|mut conn| {
                start(&mut conn)?;
                Ok(conn)
            });
            match opened {
                Ok(conn) => {
                    let conn = Conn::new(EngineConn::Postgres(Box::new(conn)));
                    self.tx = Some(Tx::new(
                        conn,
                        Chain::new(&self.shared),
                        Arc::clone(&self.shared),
                    ));
                }
                Err(error) => return Ended::Answer(Err(error)),
            }
        }
        let Some(tx) = self.tx.as_mut() else {
            return Ended::Answer(Err(Error::Lost("no connection".to_owned())));
        };
        let ended = run(tx, job);
        if postgres(&mut tx.conn).map_or(true, PostgresConn::is_closed) {
            self.tx = None;
        }
        ended
    }

    /// Waits a little, longer each time and never in step with the others.
    #[expect(
        clippy::disallowed_methods,
        reason = "this thread owns a connection and serves nobody else meanwhile"
    )]
    fn pause(&mut self, attempt: u32) {
        if self.seed == 0 {
            self.seed = u64::from_le_bytes(crate::keys::random().unwrap_or([7; 8])) | 1;
        }
        // xorshift: any spread will do.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        let most = 500_u64 << attempt.min(7);
        std::thread::sleep(Duration::from_micros(self.seed % most));
    }
}

/// Runs the closure in the transaction that has begun, and ends it.
fn run(tx: &mut Tx, job: &mut dyn WriteJob) -> Ended {
    let before = tx.chain.clone();
    (tx.changed, tx.enqueued) = (false, false);
    let mut ran;
    if tx.shared.twice {
        let first = tx.conn.batch("SAVEPOINT first");
        ran = job.run(tx);
        let again = postgres(&mut tx.conn).is_ok_and(|conn| conn.again);
        tx.chain = before.clone();
        (tx.changed, tx.enqueued) = (false, false);
        if ran == Ran::Keep && !again {
            if let Err(error) = first.and_then(|()| tx.conn.batch("ROLLBACK TO first")) {
                return Ended::Answer(Err(error));
            }
            ran = job.run(tx);
        }
    } else {
        ran = job.run(tx);
    }
    let failed = tx.conn.failed();
    let Ok(conn) = postgres(&mut tx.conn) else {
        return Ended::Answer(Err(Error::Busy));
    };
    let again = conn.again || (matches!(failed, Some(Error::Lost(_))) && conn.is_closed());
    if ran == Ran::Undo || again {
        // A connection that cannot even roll back is closed, and the server undoes the rest.
        let _rolled = conn.batch("ROLLBACK");
        tx.chain = before;
        return if again {
            Ended::Again
        } else {
            Ended::Answer(Ok(()))
        };
    }
    match conn.batch("COMMIT") {
        Ok(()) => {
            Metrics::add(&tx.shared.metrics.commits, 1);
            tx.announce();
            Ended::Answer(Ok(()))
        }
        Err(error) => {
            let again = conn.again;
            let _rolled = conn.batch("ROLLBACK");
            tx.chain = before;
            if again {
                Ended::Again
            } else {
                Ended::Answer(Err(error))
            }
        }
    }
}
