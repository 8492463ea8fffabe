//! Which migrations a database has seen, and bringing it up to date: one node under a lock, all or nothing.

use sha2::{Digest, Sha256};

use crate::{
    conn::{Conn, EngineConn},
    db::{Backend, Db},
    engine_postgres::{self, PostgresConn},
    engine_sqlite::SqliteConn,
    error::{Error, Result},
    schema::Step,
    stmt::{Engine, Stmt},
    viewer::Viewer,
};

/// The ledger itself; the one table that is no migration.
pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (feature TEXT NOT NULL, name TEXT NOT NULL, \
     checksum TEXT NOT NULL, applied BIGINT NOT NULL, PRIMARY KEY (feature, name))";

/// The same for SQLite, strict.
pub(crate) const TABLE_SQLITE: &str = "CREATE TABLE IF NOT EXISTS migration (feature TEXT NOT NULL, name TEXT NOT NULL, \
     checksum TEXT NOT NULL, applied INTEGER NOT NULL, PRIMARY KEY (feature, name)) STRICT";

const DUMP_SQLITE: Stmt = Stmt::of_one_engine(
    "store::dump_sqlite",
    "SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_schema
                   WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
);

const DUMP_POSTGRES: Stmt = Stmt::of_one_engine(
    "store::dump_postgres",
    "SELECT line FROM (
        SELECT 'column ' || table_name || '.' || column_name || ': ' || data_type || ' ' || is_nullable || ' '
            || COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '') AS line
          FROM information_schema.columns WHERE table_schema = current_schema()
        UNION ALL SELECT 'constraint ' || CAST(CAST(conrelid AS regclass) AS TEXT) || ': ' || pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = CAST(CAST(current_schema() AS regnamespace) AS oid)
        UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema()
        UNION ALL SELECT 'view ' || viewname || ': ' || definition FROM pg_views WHERE schemaname = current_schema()
      ) AS d ORDER BY line COLLATE \"C\"",
);

crate::statements! {
    SEEN = "SELECT feature, name, checksum FROM migration ORDER BY name, feature";
    PUT = "INSERT INTO migration (feature, name, checksum, applied) VALUES (:feature, :name, :checksum, :applied)";
}

/// Checksum of a migration as written, so that another translation does not change it.
fn checksum(step: &Step, engine: Engine) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(step.text(engine).as_bytes()))
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Seen {
    pub(crate) feature: String,
    pub(crate) name: String,
    checksum: String,
}

pub(crate) fn seen(conn: &mut Conn) -> Result<Vec<Seen>> {
    conn.all(&SEEN, &[], |row| {
        Ok(Seen {
            feature: row.get(0)?,
            name: row.get(1)?,
            checksum: row.get(2)?,
        })
    })
}

/// What is still to do; refuses a ledger that does not fit.
fn pending<'a>(seen: &[Seen], steps: &'a [Step], engine: Engine) -> Result<Vec<&'a Step>> {
    for known in seen {
        let Some(step) = steps
            .iter()
            .find(|s| s.feature == known.feature && s.migration.name == known.name)
        else {
            return Err(Error::Schema(format!(
                "the database has {} {}, which this version does not know: use the newer version",
                known.feature, known.name
            )));
        };
        if checksum(step, engine) != known.checksum {
            return Err(Error::Schema(format!(
                "{} {} was changed after it had run",
                known.feature, known.name
            )));
        }
    }
    let is_seen = |step: &Step| {
        seen.iter()
            .any(|s| s.feature == step.feature && s.name == step.migration.name)
    };
    let last = steps
        .iter()
        .filter(|step| is_seen(step))
        .map(|step| step.stamp)
        .max();
    let todo: Vec<&Step> = steps.iter().filter(|step| !is_seen(step)).collect();
    match todo
        .iter()
        .find(|step| last.is_some_and(|last| step.stamp < last))
    {
        Some(late) => Err(Error::Schema(format!(
            "{} {} is stamped before a migration that has already run; give it a later stamp",
            late.feature, late.migration.name
        ))),
        None => Ok(todo),
    }
}

/// Runs what is pending; with `only`, only what that ledger names (a backup of an older version).
pub(crate) fn migrate(db: &Db, only: Option<&[Seen]>) -> Result<Vec<String>> {
    on_own_connection(db, |conn| {
        let (begin, end) = match conn.engine {
            EngineConn::Sqlite(_) => ("BEGIN IMMEDIATE", "COMMIT"),
            // The lock is held to the end of the transaction; other nodes wait for it.
            EngineConn::Postgres(_) => ("BEGIN; SELECT pg_advisory_xact_lock(72739)", "COMMIT"),
        };
        conn.batch(begin)?;
        let engine = db.engine();
        let known = seen(conn)?;
        let todo = pending(&known, &db.0.steps, engine)?;
        let mut names = Vec::new();
        for step in todo {
            if only.is_some_and(|list| {
                !list
                    .iter()
                    .any(|s| s.feature == step.feature && s.name == step.migration.name)
            }) {
                continue;
            }
            let label = format!("{} {}", step.feature, step.migration.name);
            conn.batch(&step.ddl(engine))
                .map_err(|error| Error::Schema(format!("{label}: {error}")))?;
            let (sum, now) = (checksum(step, engine), db.env().now());
            let params = crate::params! {
                "feature" => step.feature, "name" => step.migration.name, "checksum" => sum, "applied" => now,
            };
            conn.execute(&PUT, params)?;
            names.push(label);
        }
        if engine == Engine::Postgres && !names.is_empty() {
            let grants = engine_postgres::grants(conn, &db.0.shared.guards)?;
            conn.batch(&grants)?;
        }
        conn.batch(end)?;
        Ok(names)
    })
}

pub(crate) fn check(db: &Db) -> Result<()> {
    let viewer = Viewer::system("check the schema", db.env().now());
    let known = db.read_blocking(&viewer, seen)?;
    let todo = pending(&known, &db.0.steps, db.engine())?;
    match todo.first() {
        None => Ok(()),
        Some(step) => Err(Error::Schema(format!(
            "{} migrations have not run, the first is {} {}: run `renkei migrate`",
            todo.len(),
            step.feature,
            step.migration.name
        ))),
    }
}

pub(crate) fn dump(db: &Db) -> Result<String> {
    let viewer = Viewer::system("dump the schema", db.env().now());
    let stmt: &'static Stmt = match db.engine() {
        Engine::Sqlite => &DUMP_SQLITE,
        Engine::Postgres => &DUMP_POSTGRES,
    };
    let lines: Vec<String> =
        db.read_blocking(&viewer, move |conn| conn.all(stmt, &[], |row| row.get(0)))?;
    Ok(lines.join("\n") + "\n")
}

/// A fresh writing connection on a thread of its own: the client of PostgreSQL must not run on the async runtime.
pub(crate) fn on_own_connection<T: Send>(
    db: &Db,
    f: impl FnOnce(&mut Conn) -> Result<T> + Send,
) -> Result<T> {
    let open = || -> Result<EngineConn> {
        match &db.0.backend {
            Backend::Sqlite(engine) => Ok(EngineConn::Sqlite(SqliteConn::open(
                engine.path(),
                true,
                None,
            )?)),
            Backend::Postgres(engine) => PostgresConn::connect(&engine.url, None)
                .map(|conn| EngineConn::Postgres(Box::new(conn))),
        }
    };
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let mut conn = Conn::new(open()?);
            f(&mut conn)
        });
        thread
            .join()
            .unwrap_or_else(|panic| Err(Error::Panicked(crate::work::panic_text(panic.as_ref()))))
    })
}
