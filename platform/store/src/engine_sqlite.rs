//! SQLite: reading connections used in place, kept on a small stack.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use rusqlite::{
    Connection, OpenFlags, Statement,
    config::DbConfig,
    functions::FunctionFlags,
    types::{ToSqlOutput, ValueRef},
};

use crate::{
    conn::{Conn, EngineConn, GoOn},
    db::Shared,
    engine_sqlite_write,
    error::{Error, Result},
    guard::refuse_disguise,
    options::Options,
    queue::Queue,
    row::{Inner, Row},
    stmt::{Engine, Stmt},
    value::{Params, Value},
    viewer::Viewer,
    work::{Kind, WriteJob, account},
};

/// Virtual-machine steps between two looks at the clock: some tens of microseconds.
const STEPS: i32 = 4000;
const CACHED_STATEMENTS: usize = 256;

/// One connection.
pub(crate) struct SqliteConn {
    pub(crate) db: Connection,
    seat: Arc<Seat>,
    guarded: bool,
}

/// Who sits at a connection, for the functions of its views, and how long statements may run.
struct Seat {
    account: Mutex<Option<[u8; 16]>>,
    now: AtomicI64,
    began: Instant,
    /// Nanoseconds after `began`; 0 means no limit.
    deadline: AtomicU64,
}

impl SqliteConn {
    /// Opens a connection; `shared` brings the guards when it is for ordinary viewers.
    pub(crate) fn open(path: &Path, writes: bool, guards: Option<&Arc<Shared>>) -> Result<Self> {
        let access = if writes {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let mut db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(Duration::from_secs(5))?;
        if writes {
            db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;")?;
        }
        db.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000; PRAGMA mmap_size = 268435456;
             PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
        )?;
        // Without this a new value for a parameter makes SQLite plan many statements anew: a quarter of a page's time.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        db.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        let seat = Arc::new(Seat {
            account: Mutex::new(None),
            now: AtomicI64::new(0),
            began: crate::clock::start(),
            deadline: AtomicU64::new(0),
        });
        let flags = FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_INNOCUOUS;
        let of = Arc::clone(&seat);
        db.create_scalar_function("viewer_account", 0, flags, move |_| {
            Ok(of.account.lock().map(|id| id.to_vec()))
        })?;
        let of = Arc::clone(&seat);
        db.create_scalar_function("viewer_now", 0, flags, move |_| Ok(of.now.load(Relaxed)))?;
        let of = Arc::clone(&seat);
        db.progress_handler(
            STEPS,
            Some(move || {
                let deadline = of.deadline.load(Relaxed);
                deadline != 0 && of.began.elapsed().as_nanos() as u64 > deadline
            }),
        )?;
        if let Some(shared) = guards {
            let shared = Arc::clone(shared);
            db.authorizer(Some(move |context: rusqlite::hooks::AuthContext<'_>| {
                shared.guards.authorize(&context)
            }))?;
        }
        Ok(Self {
            db,
            seat,
            guarded: guards.is_some(),
        })
    }

    /// Seats a viewer and sets how long from now statements may run.
    pub(crate) fn seat(&self, viewer: &Viewer, limit: Option<Duration>) {
        *self.seat.account.lock() = viewer.account().map(|account| *account.uuid().as_bytes());
        self.seat.now.store(viewer.now().micros(), Relaxed);
        let deadline = limit.map_or(0, |limit| {
            (self.seat.began.elapsed() + limit).as_nanos() as u64
        });
        self.seat.deadline.store(deadline, Relaxed);
    }

    /// Runs one of the store's own words (`BEGIN`, `COMMIT`, …).
    pub(crate) fn word(&self, sql: &'static str) -> Result<()> {
        self.db.prepare_cached(sql)?.raw_execute()?;
        Ok(())
    }

    pub(crate) fn query(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<GoOn>,
    ) -> Result<()> {
        let mut prepared = self.bound(stmt, params)?;
        let mut rows = prepared.raw_query();
        let mut number = 0;
        while let Some(row) = rows.next()? {
            if !take(&stmt.row(Inner::Sqlite(row), number))? {
                break;
            }
            number += 1;
        }
        Ok(())
    }

    pub(crate) fn execute(&mut self, stmt: &Stmt, params: Params<'_>) -> Result<u64> {
        Ok(self.bound(stmt, params)?.raw_execute()? as u64)
    }

    pub(crate) fn prepare(&mut self, stmt: &Stmt) -> Result<()> {
        self.cached(stmt).map(|_| ())
    }

    fn cached(&self, stmt: &Stmt) -> Result<rusqlite::CachedStatement<'_>> {
        let text = stmt.rewritten(Engine::Sqlite)?;
        if self.guarded && text.names_a_view && text.honest.get().is_none() {
            refuse_disguise(stmt)?;
            text.honest.get_or_init(|| ());
        }
        self.db
            .prepare_cached(&text.sql)
            .map_err(|error| match Error::from(error) {
                Error::Engine(what)
                    if what.contains("prohibited") || what.contains("not authorized") =>
                {
                    Error::Guarded(format!("{}: {what}", stmt.name))
                }
                Error::Engine(what) => Error::usage(stmt.name, &what),
                other => other,
            })
    }

    fn bound(&self, stmt: &Stmt, params: Params<'_>) -> Result<rusqlite::CachedStatement<'_>> {
        let mut prepared = self.cached(stmt)?;
        bind(&mut prepared, stmt, params)?;
        Ok(prepared)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.db.execute_batch(sql).map_err(Error::from)
    }
}

/// Binds by name. SQLite would number `$1` by first appearance, so position is never used.
fn bind(prepared: &mut Statement<'_>, stmt: &Stmt, params: Params<'_>) -> Result<()> {
    let wanted = prepared.parameter_count();
    for index in 1..=wanted {
        let name = prepared
            .parameter_name(index)
            .map(|name| &name[1..])
            .unwrap_or_default();
        let Some((_, value)) = params.iter().find(|(given, _)| *given == name) else {
            return Err(Error::usage(stmt.name, &format!("no value for :{name}")));
        };
        let value = value.to_value();
        let borrowed = match &value {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
            Value::Id(bytes) => ValueRef::Blob(bytes),
        };
        prepared.raw_bind_parameter(index, ToSqlOutput::Borrowed(borrowed))?;
    }
    if params.len() != wanted {
        return Err(Error::usage(
            stmt.name,
            &format!("takes {wanted} values, {} given", params.len()),
        ));
    }
    Ok(())
}

/// The engine: reading connections and the queue of the writer.
pub(crate) struct SqliteEngine {
    path: PathBuf,
    shared: Arc<Shared>,
    ordinary: Mutex<Vec<Conn>>,
    system: Mutex<Vec<Conn>>,
    keep: usize,
    pub(crate) writes: Arc<Queue<Box<dyn WriteJob>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl SqliteEngine {
    pub(crate) fn open(options: &Options, shared: Arc<Shared>) -> Result<Self> {
        let path = PathBuf::from(options.url.trim_start_matches("sqlite://"));
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            crate::private::folder(folder).map_err(|error| Error::file(folder, &error))?;
        }
        crate::private::touch(&path).map_err(|error| Error::file(&path, &error))?;
        let writes = Arc::new(Queue::new(options.queue));
        let writer = engine_sqlite_write::start(&path, Arc::clone(&writes), Arc::clone(&shared))?;
        Ok(Self {
            path,
            shared,
            ordinary: Mutex::default(),
            system: Mutex::default(),
            keep: options.read_threads.max(1),
            writes,
            writer: Mutex::new(Some(writer)),
        })
    }

    /// Runs a reading closure on this thread. A closure that panics takes its connection with it.
    pub(crate) fn read<T, E: From<Error>>(
        &self,
        viewer: &Viewer,
        kind: Kind,
        f: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let began = crate::clock::start();
        let stack = if viewer.is_system() {
            &self.system
        } else {
            &self.ordinary
        };
        let kept = stack.lock().pop();
        let mut conn = match kept {
            Some(conn) => conn,
            None => {
                let guards = (!viewer.is_system()).then_some(&self.shared);
                Conn::new(EngineConn::Sqlite(SqliteConn::open(
                    &self.path, false, guards,
                )?))
            }
        };
        conn.begin(viewer);
        sqlite(&mut conn)?.seat(viewer, Some(kind.limit()));
        sqlite(&mut conn)?.word("BEGIN")?;
        let result = f(&mut conn);
        sqlite(&mut conn)?.seat(viewer, None);
        sqlite(&mut conn)?.word("COMMIT")?;
        account(&self.shared.metrics, conn.tally, began, kind);
        let mut stack = stack.lock();
        if stack.len() < self.keep {
            stack.push(conn);
        }
        result
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn stop(&self) {
        self.writes.close();
    }

    /// Stops the writer after it has served what waits.
    pub(crate) fn join(&self) {
        self.stop();
        if let Some(thread) = self.writer.lock().take() {
            // A writer that panicked has already told its log; there is nothing left to wait for.
            let _ended = thread.join();
        }
    }
}

/// The connection of this engine.
pub(crate) fn sqlite(conn: &mut Conn) -> Result<&mut SqliteConn> {
    match &mut conn.engine {
        EngineConn::Sqlite(conn) => Ok(conn),
        EngineConn::Postgres(_) => Err(Error::Engine("not a connection of SQLite".to_owned())),
    }
}
