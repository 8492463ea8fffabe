//! Bringing a backup back into an empty database of either engine, and checking it.

use std::{
    collections::{HashMap, HashSet},
    io::Write,
    path::Path,
};

use crate::{
    backup::{Header, In, Report, SEALS, TableHead, Tag, json},
    blobs,
    conn::Conn,
    db::Db,
    dump::{self, Sum},
    error::{Error, Result},
    keys::InstallationKey,
    ledger::{self, Seen},
    options::Options,
    private,
    schema::Schema,
    seal,
    stmt::{Engine, Stmt},
};

/// Restores an archive into an empty database, brings it up to this version, and checks rows, files and audit trail
/// against the archive. Blocks for as long as it takes.
///
/// # Errors
/// [`Error::Conflict`] when the database is not empty, [`Error::Schema`] for an archive of a newer version,
/// [`Error::File`] for a damaged archive or another key. What the check finds is in the report.
pub fn restore(archive: &Path, into: Options, schemas: &[&'static Schema]) -> Result<Report> {
    let mut from = In::open(archive, &into.key)?;
    let (Tag::Header, header) = from.next()? else {
        return Err(Error::File(
            "the archive does not begin with its header".to_owned(),
        ));
    };
    let ledger: Vec<Seen> = json::<Header>(&header)?.ledger;
    let db = Db::open(into, schemas)?;
    ledger::migrate(&db, Some(&ledger))?;
    let mut report = Report::default();
    let mut sums = HashMap::new();
    ledger::on_own_connection(&db, |conn| {
        load(&db, conn, &mut from, &mut sums, &mut report)?;
        check(&db, conn, &sums, &mut report)
    })?;
    db.migrate()?;
    Ok(report)
}

/// Restores an archive into a scratch folder on SQLite, checks it, and removes it again.
///
/// # Errors
/// As [`restore`].
pub fn verify(
    archive: &Path,
    key: &InstallationKey,
    scratch: &Path,
    schemas: &[&'static Schema],
) -> Result<Report> {
    let env = kernel::Env::fixed(crate::backup::created(archive, key)?, 1);
    let fail = |error: std::io::Error| Error::file(scratch, &error);
    private::folder(scratch).map_err(fail)?;
    let folder = scratch.join("restored");
    private::folder(&folder).map_err(fail)?;
    let database = folder.join("renkei.db").display().to_string();
    let report = restore(
        archive,
        Options::new(database, key.clone(), &folder, env),
        schemas,
    );
    std::fs::remove_dir_all(&folder).map_err(fail)?;
    report
}

const CONSTRAINTS: Stmt = Stmt::of_one_engine(
    "store::constraints",
    "SELECT CAST(CAST(conrelid AS regclass) AS TEXT), CAST(conname AS TEXT), pg_get_constraintdef(oid)
                   FROM pg_constraint WHERE contype = 'f'
                   AND connamespace = CAST(CAST(current_schema() AS regnamespace) AS oid)",
);

const BROKEN: Stmt = Stmt::of_one_engine(
    "store::broken",
    "SELECT \"table\" || ' row ' || COALESCE(rowid, 0) || ' refers to nothing in ' || parent
              FROM pragma_foreign_key_check LIMIT 20",
);

const NEXT_CHANGE: Stmt = Stmt::of_one_engine(
    "store::next_change",
    "SELECT CAST(setval(pg_get_serial_sequence('change', 'seq'), MAX(seq)) AS BIGINT) FROM change
                   HAVING MAX(seq) IS NOT NULL",
);

/// Loads rows and files of an archive.
fn load(
    db: &Db,
    conn: &mut Conn,
    from: &mut In,
    sums: &mut HashMap<String, Sum>,
    report: &mut Report,
) -> Result<()> {
    let keys = begin(db, conn)?;
    let mut table: Option<TableHead> = None;
    loop {
        let (tag, bytes) = from.next()?;
        match (tag, &table) {
            (Tag::Table, _) => table = Some(json(&bytes)?),
            (Tag::Row, Some(head)) => {
                dump::insert(conn, &head.name, &head.columns, &bytes)?;
                report.rows += 1;
            }
            (Tag::EndOfTable, Some(head)) => {
                sums.insert(head.name.clone(), json(&bytes)?);
                report.tables += 1;
                table = None;
            }
            (Tag::File, _) => {
                let name = String::from_utf8(bytes)
                    .map_err(|_| Error::File("a file without a name".to_owned()))?;
                file(db, from, &name)?;
                report.files += u64::from(name != SEALS);
            }
            (Tag::End, _) => break,
            _ => {
                return Err(Error::File(
                    "the archive's pieces are out of order".to_owned(),
                ));
            }
        }
    }
    end(db, conn, &keys, report)
}

/// A foreign key taken off while rows come in: table, name, definition.
pub(crate) type Held = (String, String, String);

/// Opens the one transaction of a load into an empty database. Foreign keys are checked at its end, because rows come in
/// no particular order.
pub(crate) fn begin(db: &Db, conn: &mut Conn) -> Result<Vec<Held>> {
    let mut keys: Vec<Held> = Vec::new();
    match db.engine() {
        Engine::Sqlite => conn.batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?,
        Engine::Postgres => {
            conn.batch("BEGIN")?;
            keys = conn.all(&CONSTRAINTS, &[], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
            for (table, name, _) in &keys {
                conn.batch(&format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\""))?;
            }
        }
    }
    empty(db, conn)?;
    Ok(keys)
}

/// Puts the foreign keys back and commits.
pub(crate) fn end(db: &Db, conn: &mut Conn, keys: &[Held], report: &mut Report) -> Result<()> {
    for (table, name, definition) in keys {
        conn.batch(&format!(
            "ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {definition}"
        ))?;
    }
    match db.engine() {
        Engine::Postgres => conn.each(&NEXT_CHANGE, &[], |_| Ok(()))?,
        Engine::Sqlite => report
            .problems
            .extend(conn.all(&BROKEN, &[], |row| row.get::<String>(0))?),
    }
    conn.batch("COMMIT")
}

/// The tables into which migrations themselves put rows.
fn seeded(db: &Db) -> HashSet<&'static str> {
    let words = |text: &'static str| {
        text.split("INSERT INTO ")
            .skip(1)
            .filter_map(|rest| rest.split([' ', '(']).next())
    };
    db.0.steps
        .iter()
        .flat_map(|step| words(step.text(db.engine())))
        .collect()
}

/// Refuses to load over anything; rows of migrations give way, because they are among those that come in.
fn empty(db: &Db, conn: &mut Conn) -> Result<()> {
    let seeded = seeded(db);
    for table in db.tables() {
        if seeded.contains(table.name.as_str()) {
            conn.batch(&format!("DELETE FROM {}", table.name))?;
            continue;
        }
        let columns = dump::columns(conn, db.engine(), &table.name)?;
        let mut rows = 0;
        if !columns.is_empty() {
            dump::rows(conn, &table.name, &columns, |_| {
                rows += 1;
                Ok(())
            })?;
        }
        if rows > 0 {
            return Err(Error::Conflict(format!(
                "the database is not empty: {} has {rows} rows",
                table.name
            )));
        }
    }
    Ok(())
}

/// Writes one file of the archive to its place.
fn file(db: &Db, from: &mut In, name: &str) -> Result<()> {
    let path = if name == SEALS {
        db.0.options.seal_file.clone()
    } else {
        let id = kernel::Uuid::try_parse(name)
            .map_err(|_| Error::File(format!("{name} is no name of a file")))?;
        blobs::path(db.blob_dir(), blobs::BlobId::new(id))
    };
    let fail = |error: std::io::Error| Error::file(&path, &error);
    if let Some(folder) = path.parent() {
        private::folder(folder).map_err(fail)?;
    }
    let mut file = private::create_new(&path).map_err(fail)?;
    loop {
        match from.next()? {
            (Tag::Data, bytes) => file.write_all(&bytes).map_err(fail)?,
            (Tag::EndOfFile, _) => return file.sync_all().map_err(fail),
            _ => {
                return Err(Error::File(
                    "the archive's pieces are out of order".to_owned(),
                ));
            }
        }
    }
}

/// Compares what is there now with what was read.
pub(crate) fn check(
    db: &Db,
    conn: &mut Conn,
    sums: &HashMap<String, Sum>,
    report: &mut Report,
) -> Result<()> {
    let mut names: Vec<_> = sums.keys().collect();
    names.sort_unstable();
    for name in names {
        let columns = dump::columns(conn, db.engine(), name)?;
        let mut sum = Sum::default();
        dump::rows(conn, name, &columns, |row| {
            sum.add(row);
            Ok(())
        })?;
        if Some(&sum) != sums.get(name) {
            report.problems.push(format!(
                "the rows of {name} differ from those that were read"
            ));
        }
    }
    for (id, wrapped) in blobs::all(conn)? {
        let read = blobs::open(db.key(), db.blob_dir(), id, &wrapped).and_then(|mut file| {
            std::io::copy(&mut file, &mut std::io::sink()).map_err(|e| Error::File(e.to_string()))
        });
        if let Err(error) = read {
            report.problems.push(format!("the file {id}: {error}"));
        }
    }
    let seals = &db.0.options.seal_file;
    let audit = seal::check(
        conn,
        &db.0.shared.audit_key,
        seals.exists().then_some(seals.as_path()),
    )?;
    report.audit_rows = audit.rows;
    report.problems.extend(audit.problems);
    Ok(())
}
