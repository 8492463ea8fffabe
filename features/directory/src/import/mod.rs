//! Bringing publications in: staged under a number that readers do not see yet, looked at, accepted by moving one number.
//!
//! A crash leaves only a staged edition, which a job removes. Everything is bounded: files are read in blocks, rows written
//! five hundred at a time.

pub mod accept;
mod columns;
pub mod keys;
pub(crate) mod pages;
pub mod parse;
pub mod place;
pub mod read;
pub mod record;
pub mod report;
pub mod sql;
pub(crate) mod stage;
#[cfg(test)]
mod tests;
pub mod undo;
mod words;

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use kernel::Time;
use store::{Audit, Db, NewJob, Outcome, Viewer};

pub use columns::{Columns, Layout};
pub use report::{FileReport, Remark};
use {
    parse::{About, Read},
    place::Places,
    read::Unreadable,
    stage::{CHUNK, Incoming, Stage},
};

/// Kind of the job that removes what a crashed import left.
pub const SWEEP: &str = "directory.sweep";
/// A staged edition untouched for longer than this belongs to a process that died.
const ABANDONED_SECS: i64 = 600;
/// More refusals than this, and more than half of the rows: the columns are not what the header says.
const TOO_MANY: u64 = 20;

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

fn one_file(
    db: &Db,
    viewer: &Viewer,
    edition: i64,
    places: &Places,
    source: &Source,
    seq: i64,
) -> store::Result<(FileReport, i64)> {
    let as_of = source
        .as_of
        .clone()
        .or_else(|| day_of_name(&source.name))
        .unwrap_or_default();
    let digits = source
        .name
        .split(|c: char| !c.is_ascii_digit())
        .find(|d| d.len() == 3);
    let about = About {
        kind: source.kind.clone().or_else(|| {
            digits
                .and_then(|d| crate::store::kinds::table().find(|k| k[0] == d))
                .map(|k| k[0].to_owned())
        }),
        as_of: as_of.clone(),
    };
    let mut columns: Option<Columns> = None;
    let mut stage = Stage {
        db,
        viewer: viewer.clone(),
        edition,
        places,
        layout: Layout::Sheet,
        file: source.name.chars().take(200).collect(),
        as_of: as_of.clone(),
        seq,
        report: FileReport {
            file: source.name.clone(),
            as_of,
            ..FileReport::default()
        },
        seen: HashSet::new(),
        scope: HashSet::new(),
    };
    let mut waiting: Vec<Incoming> = Vec::new();
    let mut refused: Vec<(u64, &'static str, String)> = Vec::new();
    let mut failure: Option<store::Error> = None;
    let mut stop: Option<Unreadable> = None;
    let mut keys: HashSet<String> = HashSet::new();
    let mut take = |line: read::Line| {
        let Some(known) = &columns else {
            match Columns::of(&line.cells, &source.mapping) {
                Some(found) => {
                    stage.layout = found.layout;
                    found.layout.source().clone_into(&mut stage.report.source);
                    columns = Some(found);
                    return true;
                }
                // Titles above the header are passed over.
                None if line.number < 10 => return true,
                None => {
                    stop = Some(Unreadable::new("header", line.number));
                    return false;
                }
            }
        };
        match parse::read(known, &line, places, &about) {
            Read::Blank => return true,
            Read::Outside => {
                stage.report.read += 1;
                stage.report.outside += 1;
            }
            Read::Refused(why, what) => {
                stage.report.read += 1;
                stage.report.refuse(line.number, why, &what);
                if refused.len() < 5000 {
                    refused.push((line.number, why, what));
                }
                let (bad, all) = (stage.report.refused, stage.report.read);
                if bad > TOO_MANY * 5 && bad * 2 > all {
                    stop = Some(Unreadable::new("columns", format!("{bad} / {all}")));
                    return false;
                }
            }
            Read::Row(record, odd) => {
                stage.report.read += 1;
                // The same row twice in one write would meet itself: it goes into the next.
                if !keys.insert(record.key()) || waiting.len() >= CHUNK {
                    keys.clear();
                    keys.insert(record.key());
                    if let Err(error) = stage.chunk(std::mem::take(&mut waiting)) {
                        failure = Some(error);
                        return false;
                    }
                }
                waiting.push(Incoming {
                    line: line.number,
                    record: *record,
                    odd,
                });
            }
        }
        true
    };
    let result = match &source.bytes {
        Some(bytes) => read::each_line_of(std::io::Cursor::new(bytes), &mut take),
        None => read::each_line(&source.path, &mut take),
    };
    if let Some(error) = failure {
        return Err(error);
    }
    stage.chunk(waiting)?;
    let (bad, all) = (stage.report.refused, stage.report.read);
    let problem = result
        .err()
        .or(stop)
        .or_else(|| columns.is_none().then(|| Unreadable::new("header", "")))
        .or_else(|| {
            (bad >= TOO_MANY && bad * 2 > all)
                .then(|| Unreadable::new("columns", format!("{bad} / {all}")))
        });
    stage.report.unreadable = problem.map(|p| Remark {
        line: 0,
        why: p.code.to_owned(),
        detail: p.detail,
        name: String::new(),
    });
    stage.finish(&refused)?;
    Ok((stage.report, stage.seq))
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
        Route::get("/directory/imports/{number}", may, pages::show),
        Route::post("/directory/imports/{number}/accept", may, pages::accept_it),
        Route::post(
            "/directory/imports/{number}/discard",
            may,
            pages::discard_it,
        ),
        Route::post("/directory/imports/{number}/undo", may, pages::undo_it),
    ]
}
