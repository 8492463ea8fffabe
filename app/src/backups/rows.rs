//! The rows of the nights.

use kernel::Time;
use store::{Conn, Result, Tx};

store::statements! {
    BEGIN = "INSERT INTO backup_run (night, started, finished, place, copied_to, bytes, rows_written, files, verified, problem)
        VALUES (:night, :now, NULL, '', '', 0, 0, 0, NULL, '')
        ON CONFLICT (night) DO UPDATE SET started = :now, problem = ''
        WHERE backup_run.finished IS NULL AND backup_run.started < :given_up";
    END = "UPDATE backup_run SET finished = :now, place = :place, copied_to = :copied_to, bytes = :bytes,
        rows_written = :rows, files = :files, problem = :problem WHERE night = :night";
    FAIL = "UPDATE backup_run SET problem = :problem WHERE night = :night";
    VERIFY = "UPDATE backup_run SET verified = :now, problem = :problem WHERE night = :night";
    LAST = "SELECT night, started, finished, place, copied_to, bytes, rows_written, files, verified, problem
        FROM backup_run ORDER BY night DESC LIMIT :count";
    LAST_VERIFIED = "SELECT MAX(verified) FROM backup_run WHERE problem = ''";
}

/// One night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Night {
    /// Its date in Japan.
    pub night: String,
    /// When the backup began.
    pub started: Time,
    /// When the archive was whole on the disk.
    pub finished: Option<Time>,
    /// Path of the archive.
    pub place: String,
    /// Path of its copy; empty without one.
    pub copied_to: String,
    /// Size of the archive in bytes.
    pub bytes: i64,
    /// Rows of all tables.
    pub rows: i64,
    /// Encrypted files.
    pub files: i64,
    /// When this archive was last restored as a test.
    pub verified: Option<Time>,
    /// What went wrong; empty when nothing did.
    pub problem: String,
}

/// Takes a night for this node; false when another node has it. One that was not finished may be taken again later.
///
/// # Errors
/// What the database says.
pub fn begin(tx: &mut Tx, night: &str, given_up: Time) -> Result<bool> {
    let now = tx.now();
    let taken = tx.exec(
        &BEGIN,
        store::params! { "night" => night, "now" => now, "given_up" => given_up },
    )?;
    Ok(taken == 1)
}

/// Notes a finished archive.
///
/// # Errors
/// What the database says.
pub fn end(tx: &mut Tx, done: &Night) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &END,
        store::params! {
            "night" => done.night, "now" => now, "place" => done.place, "copied_to" => done.copied_to,
            "bytes" => done.bytes, "rows" => done.rows, "files" => done.files, "problem" => done.problem,
        },
    )
    .map(|_| ())
}

/// Notes why a night has no archive.
///
/// # Errors
/// What the database says.
pub fn fail(tx: &mut Tx, night: &str, problem: &str) -> Result<()> {
    tx.exec(
        &FAIL,
        store::params! { "night" => night, "problem" => problem },
    )
    .map(|_| ())
}

/// Notes the restore test of a night's archive.
///
/// # Errors
/// What the database says.
pub fn verified(tx: &mut Tx, night: &str, problem: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &VERIFY,
        store::params! { "night" => night, "now" => now, "problem" => problem },
    )
    .map(|_| ())
}

/// The last nights, newest first.
///
/// # Errors
/// What the database says.
pub fn last(conn: &mut Conn, count: i64) -> Result<Vec<Night>> {
    conn.all(&LAST, store::params! { "count" => count }, |r| {
        Ok(Night {
            night: r.get(0)?,
            started: r.get(1)?,
            finished: r.get(2)?,
            place: r.get(3)?,
            copied_to: r.get(4)?,
            bytes: r.get(5)?,
            rows: r.get(6)?,
            files: r.get(7)?,
            verified: r.get(8)?,
            problem: r.get(9)?,
        })
    })
}

/// When an archive was last restored as a test without a problem.
///
/// # Errors
/// What the database says.
pub fn last_verified(conn: &mut Conn) -> Result<Option<Time>> {
    conn.one(&LAST_VERIFIED, &[], |r| r.get(0))
}
