//! PostgreSQL: one connection, owned by one plain thread.

use std::{collections::HashMap, sync::Arc, time::Duration};

use postgres::{Client, NoTls, Statement, fallible_iterator::FallibleIterator, types::ToSql};

use crate::{
    conn::{Conn, GoOn},
    error::{Error, Result},
    guard::Guards,
    row::{Inner, Row},
    stmt::{Engine, Rewritten, Stmt},
    value::{Params, Value},
    viewer::Viewer,
};

/// The role of ordinary readers: it may read open tables and views for ordinary viewers, nothing else.
pub(crate) const READER: &str = "renkei_reader";

/// One connection.
pub(crate) struct PostgresConn {
    client: Client,
    statements: HashMap<(usize, usize), (Statement, Arc<Rewritten>)>,
    /// The last failure says: run the whole closure again.
    pub(crate) again: bool,
}

impl PostgresConn {
    /// Connects; with a role, everything is done in that role.
    pub(crate) fn connect(url: &str, role: Option<&str>) -> Result<Self> {
        let mut config: postgres::Config = url.parse().map_err(|error: postgres::Error| {
            Error::Lost(format!(
                "the address of the database is not understood: {error}"
            ))
        })?;
        config
            .connect_timeout(Duration::from_secs(5))
            .application_name("renkei");
        let mut client = config.connect(NoTls)?;
        if let Some(role) = role {
            client.batch_execute(&format!("SET ROLE {role}"))?;
        }
        Ok(Self {
            client,
            statements: HashMap::new(),
            again: false,
        })
    }

    /// True when the connection is gone.
    pub(crate) fn is_closed(&mut self) -> bool {
        self.client.is_closed()
    }

    /// Begins a transaction for a viewer, in one round trip.
    pub(crate) fn begin(&mut self, mode: &str, viewer: &Viewer, limit: Duration) -> Result<()> {
        self.again = false;
        let account = viewer
            .account()
            .map(|account| account.uuid().simple().to_string())
            .unwrap_or_default();
        let (now, limit) = (viewer.now().micros(), limit.as_millis());
        self.batch(&format!(
            "BEGIN {mode}; SELECT set_config('renkei.account', '{account}', true), \
             set_config('renkei.now', '{now}', true), set_config('statement_timeout', '{limit}', true)"
        ))
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        let done = self.client.batch_execute(sql);
        done.map_err(|error| self.failure(error, "batch"))
    }

    pub(crate) fn query(
        &mut self,
        stmt: &Stmt,
        params: Params<'_>,
        take: &mut dyn FnMut(&Row<'_>) -> Result<GoOn>,
    ) -> Result<()> {
        let (prepared, text) = self.prepared(stmt)?;
        let values = in_order(stmt, &text, params)?;
        let done = stream(&mut self.client, &prepared, values, stmt, take);
        done.map_err(|error| self.failure(error, stmt.name))?
    }

    pub(crate) fn execute(&mut self, stmt: &Stmt, params: Params<'_>) -> Result<u64> {
        let (prepared, text) = self.prepared(stmt)?;
        let values = in_order(stmt, &text, params)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let done = self.client.execute(&prepared, &values);
        done.map_err(|error| self.failure(error, stmt.name))
    }

    /// Prepares inside a savepoint, so that a failure leaves the transaction usable.
    pub(crate) fn prepare(&mut self, stmt: &Stmt) -> Result<()> {
        self.batch("SAVEPOINT prepare")?;
        let done = self.prepared(stmt).map(|_| ());
        self.batch("ROLLBACK TO prepare")?;
        done
    }

    /// Runs a read inside a savepoint and throws the rows away.
    pub(crate) fn try_read(&mut self, stmt: &Stmt) -> Result<()> {
        self.batch("SAVEPOINT attempt")?;
        let done = self.query(stmt, &[], &mut |_| Ok(false));
        self.batch("ROLLBACK TO attempt")?;
        done
    }

    fn prepared(&mut self, stmt: &Stmt) -> Result<(Statement, Arc<Rewritten>)> {
        if let Some((prepared, text)) = self.statements.get(&stmt.key()) {
            return Ok((prepared.clone(), Arc::clone(text)));
        }
        let text = stmt.rewritten(Engine::Postgres)?;
        let prepared = match self.client.prepare(&text.sql) {
            Ok(prepared) => prepared,
            Err(error) => return Err(self.failure(error, stmt.name)),
        };
        self.statements
            .insert(stmt.key(), (prepared.clone(), Arc::clone(&text)));
        Ok((prepared, text))
    }

    fn failure(&mut self, error: postgres::Error, statement: &str) -> Error {
        match Error::from(error) {
            Error::Busy => {
                self.again = true;
                Error::Busy
            }
            Error::Engine(what) => Error::usage(statement, &what),
            Error::Guarded(what) => Error::Guarded(format!("{statement}: {what}")),
            other => other,
        }
    }
}

/// Hands over rows as they arrive. The outer error is the server's, the inner one of whoever takes the rows.
fn stream(
    client: &mut Client,
    prepared: &Statement,
    values: Vec<Value<'_>>,
    stmt: &Stmt,
    take: &mut dyn FnMut(&Row<'_>) -> Result<GoOn>,
) -> Result<Result<()>, postgres::Error> {
    let mut rows = client.query_raw(prepared, values)?;
    let mut number = 0;
    while let Some(row) = rows.next()? {
        match take(&stmt.row(Inner::Postgres(&row), number)) {
            Ok(true) => number += 1,
            Ok(false) => break,
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(()))
}

/// The values in the order of the statement's numbers; a missing or superfluous name is an error.
fn in_order<'a>(stmt: &Stmt, text: &Rewritten, params: Params<'a>) -> Result<Vec<Value<'a>>> {
    let value = |name: &String| {
        let found = params.iter().find(|(given, _)| given == name);
        found
            .map(|(_, value)| value.to_value())
            .ok_or_else(|| Error::usage(stmt.name, &format!("no value for :{name}")))
    };
    let values = text.names.iter().map(value).collect::<Result<Vec<_>>>()?;
    if values.len() != params.len() {
        return Err(Error::usage(
            stmt.name,
            &format!("takes {} values, {} given", values.len(), params.len()),
        ));
    }
    Ok(values)
}

/// What must be there before anything else: the ledger, the readers' role, the functions of the views.
pub(crate) fn ground() -> String {
    format!(
        "DO $do$ BEGIN
           IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{READER}') THEN
             BEGIN CREATE ROLE {READER} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
           END IF;
           IF NOT pg_has_role(current_user, '{READER}', 'MEMBER') THEN GRANT {READER} TO CURRENT_USER; END IF;
           IF to_regprocedure('viewer_now()') IS NULL THEN
             CREATE FUNCTION viewer_account() RETURNS BYTEA LANGUAGE sql STABLE PARALLEL SAFE
               RETURN decode(NULLIF(current_setting('renkei.account', true), ''), 'hex');
             CREATE FUNCTION viewer_now() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
               RETURN CAST(NULLIF(current_setting('renkei.now', true), '') AS BIGINT);
           END IF;
         END $do$;
         {};",
        crate::ledger::TABLE
    )
}

/// The readers' rights, from the declarations of the migrations.
pub(crate) fn grants(conn: &mut Conn, guards: &Guards) -> Result<String> {
    const EXISTING: Stmt = Stmt::of_one_engine(
        "store::existing",
        "SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind IN ('r', 'p', 'v')
                    AND relnamespace = CAST(CAST(current_schema() AS regnamespace) AS oid)",
    );

    let existing: Vec<String> = conn.all(&EXISTING, &[], |row| row.get(0))?;
    let readable: Vec<&str> = guards
        .readable()
        .into_iter()
        .filter(|name| existing.iter().any(|known| known == name))
        .collect();
    let mut sql = format!("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {READER};");
    if !readable.is_empty() {
        sql.push_str(&format!(
            "GRANT SELECT ON {} TO {READER};",
            readable.join(", ")
        ));
    }
    Ok(sql)
}
