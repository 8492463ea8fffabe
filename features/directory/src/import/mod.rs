//! Bringing publications in: staged under a number that readers do not see yet, looked at, accepted by moving one number.
//!
//! A crash leaves only a staged edition, which a job removes. Everything is bounded: files are read in blocks, rows written
//! five hundred at a time.

pub mod accept;
mod columns;
mod file;
mod hours;
pub mod keys;
mod known;
pub(crate) mod labels;
pub mod mapping;
pub(crate) mod mapping_pages;
mod matching;
pub(crate) mod pages;
pub mod parse;
pub mod place;
pub mod read;
pub mod record;
pub mod report;
pub(crate) mod review;
pub mod sql;
pub(crate) mod stage;
#[cfg(test)]
mod tests;
pub mod undo;
mod words;
mod writes;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use kernel::Time;
use store::{Audit, Db, NewJob, Outcome, Viewer};

pub use columns::{Columns, Layout};
pub use report::{FileReport, Remark};
use {file::one_file, place::Places};

/// Kind of the job that removes what a crashed import left.
pub const SWEEP: &str = "directory.sweep";
/// A staged edition untouched for longer than this belongs to a process that died.
const ABANDONED_SECS: i64 = 600;
/// One file to bring in.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name for reports.
    pub name: String,
    /// The day it describes, when its name does not say: ISO.
    pub as_of: Option<String>,
    /// Kind for tables without a column of kinds.
    pub kind: Option<String>,
    /// The content, when it was sent instead of lying in a file.
    pub bytes: Option<Vec<u8>>,
    /// Column names by field, for other tables.
    pub mapping: HashMap<String, String>,
}

impl Source {
    /// A file whose name says the rest.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            name: path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl Source {
    /// A file to be read by a saved mapping.
    #[must_use]
    pub fn by(mapping: mapping::Mapping) -> Self {
        Self {
            kind: (!mapping.kind.is_empty()).then_some(mapping.kind),
            mapping: mapping.table.fields.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// Why an import does not begin or end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Another edition waits for a decision.
    #[error("edition {0} is being imported or waits to be accepted or discarded")]
    Busy(i64),
    /// The edition is not in the state that this asks for.
    #[error("edition {0} is not in a state for this")]
    State(i64),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A staged edition.
#[derive(Clone, Debug)]
pub struct Staged {
    /// Its number.
    pub number: i64,
    /// What became of each file.
    pub files: Vec<FileReport>,
}

/// Stages files as one edition. Blocks; call it from a thread that may.
///
/// # Errors
/// [`ImportError::Busy`] while another edition is open.
pub fn stage(
    db: &Db,
    sources: &[Source],
    title: &str,
    by: &str,
    everywhere: bool,
) -> Result<Staged, ImportError> {
    let viewer = Viewer::system("import of the directory", db.env().now());
    let places = places(db, &viewer, everywhere)?;
    let number = begin(db, &viewer, sources, title, by)?;
    let mut files = Vec::new();
    let mut seq = 0;
    for source in sources {
        let (report, next) = one_file(db, &viewer, number, &places, source, seq)?;
        seq = next;
        files.push(report);
    }
    accept::ready(db, &viewer, number, &files)?;
    Ok(Staged { number, files })
}

/// The municipalities and points of towns of this installation.
///
/// # Errors
/// When the database fails.
pub fn places(db: &Db, viewer: &Viewer, everywhere: bool) -> store::Result<Places> {
    db.read_blocking::<_, store::Error>(viewer, move |c| {
        let points = c.all(&sql::POINTS, store::params! {}, |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
        })?;
        let mut places = Places::new(&areas::store::municipalities(c)?, &points);
        places.everywhere = everywhere;
        Ok(places)
    })
}

pub(crate) fn begin(
    db: &Db,
    viewer: &Viewer,
    sources: &[Source],
    title: &str,
    by: &str,
) -> Result<i64, ImportError> {
    let open = db.read_blocking::<_, store::Error>(viewer, |c| {
        c.opt(&sql::OPEN_EDITION, store::params! {}, |r| {
            Ok((r.get::<i64>(0)?, r.get::<String>(1)?, r.get::<Time>(2)?))
        })
    })?;
    if let Some((number, state, touched)) = open {
        if state == "staging" && db.env().now().secs_since(touched) > ABANDONED_SECS {
            undo::discard(db, number)?;
        } else {
            return Err(ImportError::Busy(number));
        }
    }
    let names: Vec<&str> = sources.iter().map(|s| s.name.as_str()).collect();
    let files: String = names.join("\n").chars().take(20_000).collect();
    let (id, now) = (db.env().id::<crate::model::EditionId>(), db.env().now());
    let (title, by): (String, String) = (
        title.chars().take(200).collect(),
        by.chars().take(200).collect(),
    );
    Ok(db.write_blocking::<_, store::Error>(viewer, move |tx| {
        let number: i64 = tx.one(&sql::RESERVE, store::params! {}, |r| r.get(0))?;
        tx.exec(
            &sql::NEW_EDITION,
            store::params! {"number" => number, "id" => id, "title" => title, "files" => files, "by" => by, "now" => now},
        )?;
        tx.enqueue(NewJob {
            kind: SWEEP,
            key: format!("{SWEEP}:{number}"),
            payload: number.to_string(),
            run_at: now.plus_secs(3600),
        })?;
        tx.audit(Audit {
            action: "directory.import",
            table: "directory_edition",
            id: Some(kernel::AnyId::uuid(&id)),
            subject: None,
            fields: Vec::new(),
            purpose: None,
            result: Outcome::Done,
        })?;
        Ok(number)
    })?)
}

/// The day in a file's name: `…_20251201…`, `…_r0802…` (令和8年2月).
#[must_use]
pub fn day_of_name(name: &str) -> Option<String> {
    let digits: Vec<&str> = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|d| !d.is_empty())
        .collect();
    for run in &digits {
        let day = run.get(..8).filter(|d| d.starts_with("20"));
        if let Some(day) = day.and_then(|d| kernel::wareki::parse_date(d).ok()) {
            return Some(day.to_string());
        }
    }
    let run = digits.iter().find(|d| d.len() == 6 && d.starts_with("20"));
    if let Some(day) = run.and_then(|r| kernel::wareki::parse_date(&format!("{r}01")).ok()) {
        return Some(day.to_string());
    }
    let at = name.find("_r0").map(|at| at + 2)?;
    let (year, month): (i32, i32) = (
        name.get(at..at + 2)?.parse().ok()?,
        name.get(at + 2..at + 4)?.parse().ok()?,
    );
    kernel::wareki::parse_date(&format!("{}-{month:02}-01", 2018 + year))
        .ok()
        .map(|d| d.to_string())
}

/// Removes what a crashed import left; an edition that waits for a decision stays.
pub(crate) fn sweep(job: store::jobs::JobContext) -> store::jobs::BoxFuture<Result<(), String>> {
    Box::pin(async move {
        let number: i64 = job.payload.parse().map_err(|_| "no number".to_owned())?;
        let db = job.db.clone();
        let left = tokio::task::spawn_blocking(move || {
            let viewer = Viewer::system("import of the directory", db.env().now());
            let open = db.read_blocking::<_, store::Error>(&viewer, |c| {
                c.opt(&sql::OPEN_EDITION, store::params! {}, |r| {
                    Ok((r.get::<i64>(0)?, r.get::<String>(1)?))
                })
            })?;
            match open {
                Some((n, state)) if n == number && state == "staging" => undo::discard(&db, number),
                Some((n, state)) if n == number && state == "accepted" => {
                    Ok(accept::apply(&db, number)?)
                }
                _ => Ok(()),
            }
        });
        left.await
            .map_err(|e| e.to_string())?
            .map_err(|e: ImportError| e.to_string())
    })
}

/// The pages of editions.
pub(crate) fn routes() -> Vec<web::Route> {
    use web::Route;
    let may = &crate::IMPORT;
    vec![
        Route::get("/directory/imports", may, pages::list),
        Route::post("/directory/imports", may, pages::send),
        Route::get("/directory/mappings", may, mapping_pages::list),
        Route::post("/directory/mappings", may, mapping_pages::save),
        Route::post("/directory/mappings/read", may, mapping_pages::read_it),
        Route::get("/directory/mappings/{id}", may, mapping_pages::show),
        Route::post(
            "/directory/mappings/{id}/remove",
            may,
            mapping_pages::remove,
        ),
        Route::get("/directory/imports/{number}", may, review::show),
        Route::post("/directory/imports/{number}/accept", may, pages::accept_it),
        Route::post(
            "/directory/imports/{number}/discard",
            may,
            pages::discard_it,
        ),
        Route::post("/directory/imports/{number}/undo", may, pages::undo_it),
    ]
}
