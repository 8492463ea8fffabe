//! A connection in the hands of one closure: the same functions on both engines.

use std::time::Duration;

use kernel::Time;

use crate::{
    engine_postgres::PostgresConn,
    engine_sqlite::SqliteConn,
    error::{Error, Result},
    row::Row,
    stmt::Stmt,
    value::Params,
    viewer::Viewer,
};

/// A connection to the database for the length of one closure.
pub struct Conn {
    pub(crate) engine: EngineConn,
    pub(crate) viewer: Viewer,
    pub(crate) tally: Tally,
    failed: Option<Error>,
}

pub(crate) enum EngineConn {
    Sqlite(SqliteConn),
    Postgres(Box<PostgresConn>),
}

/// What one closure has cost so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) statements: u64,
    pub(crate) slowest: Option<(&'static str, Duration)>,
}

impl Tally {
    fn count(&mut self, statement: &'static str, took: Duration) {
        self.statements += 1;
        if self.slowest.is_none_or(|(_, longest)| took > longest) {
            self.slowest = Some((statement, took));
        }
    }
}

/// What [`Conn::each`] does after a row.
pub(crate) type GoOn = bool;

impl Conn {
    pub(crate) fn new(engine: EngineConn) -> Self {
        Self {
            engine,
            viewer: Viewer::system("new connection", Time(0)),
            tally: Tally::default(),
            failed: None,
        }
    }

    /// For whom this connection reads.
    #[must_use]
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The time the viewer asked, constant in the closure.
    #[must_use]
    pub fn now(&self) -> Time {
        self.viewer.now()
    }

    /// Statements run by this closure so far.
    #[must_use]
    pub fn statements_run(&self) -> u64 {
        self.tally.statements
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// What the engine or `map` says.
    pub fn all<T>(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut list = Vec::new();
        self.run(stmt, params, &mut |row| {
            list.push(map(row)?);
            Ok(true)
        })?;
        Ok(list)
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// What the engine or `map` says.
    pub fn opt<T>(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.run(stmt, params, &mut |row| {
            found = Some(map(row)?);
            Ok(false)
        })?;
        Ok(found)
    }

    /// The first row of an answer.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none; otherwise what the engine or `map` says.
    pub fn one<T>(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.opt(stmt, params, map)?.ok_or(Error::NotFound)
    }

    /// Calls `take` with each row as it arrives, so that a long answer needs no memory.
    ///
    /// # Errors
    /// What the engine or `take` says; an error of `take` ends the reading.
    pub fn each(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.run(stmt, params, &mut |row| take(row).map(|()| true))
    }

    fn run(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<GoOn>,
    ) -> Result<()> {
        self.usable(stmt)?;
        let start = crate::clock::start();
        let done = match &mut self.engine {
            EngineConn::Sqlite(conn) => conn.query(stmt, params, take),
            EngineConn::Postgres(conn) => conn.query(stmt, params, take),
        };
        self.tally.count(stmt.name, start.elapsed());
        self.failed = done.as_ref().err().cloned();
        done
    }

    /// Runs a statement that changes rows; only [`crate::Tx`] offers it to features.
    pub(crate) fn execute(&mut self, stmt: &Stmt, params: Params<'_>) -> Result<u64> {
        self.usable(stmt)?;
        let start = crate::clock::start();
        let done = match &mut self.engine {
            EngineConn::Sqlite(conn) => conn.execute(stmt, params),
            EngineConn::Postgres(conn) => conn.execute(stmt, params),
        };
        self.tally.count(stmt.name, start.elapsed());
        self.failed = done.as_ref().err().cloned();
        done
    }

    /// Makes the connection ready for the next closure.
    pub(crate) fn begin(&mut self, viewer: &Viewer) {
        self.viewer = viewer.clone();
        self.tally = Tally::default();
        self.failed = None;
    }

    /// The failure after which the transaction cannot go on.
    pub(crate) fn failed(&self) -> Option<Error> {
        self.failed.clone()
    }

    /// PostgreSQL refuses everything after a failed change; so that a closure behaves the same on both engines, the
    /// store does too.
    fn usable(&self, stmt: &Stmt) -> Result<()> {
        match &self.failed {
            Some(error) => Err(Error::usage(
                stmt.name,
                &format!("the transaction has already failed: {error}"),
            )),
            None => Ok(()),
        }
    }

    /// Prepares without running: the statement is well formed and this connection may use it.
    pub(crate) fn prepare(&mut self, stmt: &Stmt) -> Result<()> {
        match &mut self.engine {
            EngineConn::Sqlite(conn) => conn.prepare(stmt),
            EngineConn::Postgres(conn) => conn.prepare(stmt),
        }
    }

    /// Whether a read would be allowed; the answer is not kept as a failure.
    pub(crate) fn try_read(&mut self, stmt: &Stmt) -> Result<()> {
        match &mut self.engine {
            EngineConn::Sqlite(conn) => conn.prepare(stmt),
            // PostgreSQL checks rights when a statement runs.
            EngineConn::Postgres(conn) => conn.try_read(stmt),
        }
    }

    /// Runs text with several statements, for migrations.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        match &mut self.engine {
            EngineConn::Sqlite(conn) => conn.batch(sql),
            EngineConn::Postgres(conn) => conn.batch(sql),
        }
    }
}
