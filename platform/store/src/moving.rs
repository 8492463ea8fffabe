//! Moving a database to the other engine: copied in one state, compared row by row, then the old one is closed for good.
//!
//! Writers of the source wait from the first row to the last, so nothing acknowledged is left behind; readers go on. An
//! interrupted move leaves the source as it was and the target without a row: it is simply started again.

use std::collections::HashMap;

use crate::{
    backup::Report,
    conn::Conn,
    db::Db,
    dump::{self, Sum},
    error::{Error, Result},
    ledger,
    options::Options,
    restore,
    schema::Schema,
    stmt::Engine,
};

/// What a closed database says to every write; [`Error::Lost`] carries it.
pub(crate) const CLOSED: &str = "this database was moved";

crate::statements! {
    MARK = "INSERT INTO meta (name, value) VALUES ('moved', :at)";
    MARKED = "SELECT value FROM meta WHERE name = 'moved'";
}

/// Whether a database was moved away; such a one is kept as a copy and served no more.
pub(crate) fn is_moved(conn: &mut Conn) -> Result<bool> {
    Ok(conn
        .opt(&MARKED, &[], |row| row.get::<String>(0))?
        .is_some())
}

/// Copies everything of `from` into the empty database of `into` and closes `from`. The folder of encrypted files and the
/// seal file stay where they are. Blocks for as long as it takes.
///
/// # Errors
/// [`Error::Conflict`] when the target is not empty, the source was moved before, or a comparison fails: then nothing has
/// changed. [`Error::Busy`] when a long write holds the source.
pub fn move_into(from: &Db, into: Options, schemas: &[&'static Schema]) -> Result<Report> {
    from.check_schema()?;
    let target = Db::open(into, schemas)?;
    target.migrate()?;
    ledger::on_own_connection(from, |source| {
        if is_moved(source)? {
            return Err(Error::Conflict(CLOSED.to_owned()));
        }
        hold(from, source)?;
        let report = ledger::on_own_connection(&target, |conn| copy(from, source, &target, conn))?;
        close(from, source)?;
        Ok(report)
    })
}

/// Lets nobody write to the source until its connection ends or commits.
fn hold(db: &Db, conn: &mut Conn) -> Result<()> {
    match db.engine() {
        Engine::Sqlite => conn.batch("BEGIN IMMEDIATE"),
        Engine::Postgres => {
            let tables: Vec<&str> = db.tables().map(|t| t.name.as_str()).collect();
            conn.batch(&format!(
                "BEGIN ISOLATION LEVEL READ COMMITTED; LOCK TABLE {} IN EXCLUSIVE MODE",
                tables.join(", ")
            ))
        }
    }
}

fn copy(from: &Db, source: &mut Conn, into: &Db, target: &mut Conn) -> Result<Report> {
    let mut report = Report::default();
    let mut sums = HashMap::new();
    let held = restore::begin(into, target)?;
    for table in from.tables() {
        let columns = dump::columns(source, from.engine(), &table.name)?;
        if columns.is_empty() {
            // A later migration may have dropped it.
            continue;
        }
        let mut sum = Sum::default();
        dump::rows(source, &table.name, &columns, |row| {
            sum.add(row);
            dump::insert(target, &table.name, &columns, row)
        })?;
        report.tables += 1;
        report.rows += sum.rows;
        sums.insert(table.name.clone(), sum);
    }
    restore::check(into, target, &sums, &mut report)?;
    if let Some(problem) = report.problems.first() {
        // Dropping the connection rolls everything back.
        return Err(Error::Conflict(problem.clone()));
    }
    restore::end(into, target, &held, &mut report)?;
    Ok(report)
}

/// Every change of a record writes its audit row, so a refused audit row refuses the change, also of a server that still runs.
fn close(db: &Db, conn: &mut Conn) -> Result<()> {
    conn.execute(
        &MARK,
        crate::params! { "at" => db.env().now().micros().to_string() },
    )?;
    conn.batch(&match db.engine() {
        Engine::Sqlite => format!(
            "CREATE TRIGGER moved BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END; COMMIT"
        ),
        Engine::Postgres => format!(
            "CREATE FUNCTION moved() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION '{CLOSED}' USING ERRCODE = '08P01'; END $$; \
             CREATE TRIGGER moved BEFORE INSERT ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION moved(); COMMIT"
        ),
    })
}
