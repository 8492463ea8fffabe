//! One night: archive, copy, generations, and once a month the restore test.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kernel::{Date, Time};
use store::{Db, Viewer};

use super::keep;
use super::rows::{self, Night};
use crate::compose::{self, Fault};

/// How often it is looked whether tonight's backup is due.
const EVERY: Duration = Duration::from_secs(600);
/// The hour of Japan from which a night's backup is made.
const HOUR: i8 = 2;
/// A backup that did not finish within this is begun again, by this node or another.
const GIVEN_UP_HOURS: i64 = 4;
/// How old the last restore test may be.
const VERIFY_DAYS: i64 = 30;

/// Where archives go.
#[derive(Clone, Debug)]
pub struct Places {
    /// Folder of the archives.
    pub folder: PathBuf,
    /// A second folder, best on another machine.
    pub copy: Option<PathBuf>,
    /// Folder for restore tests; emptied afterwards.
    pub scratch: PathBuf,
}

/// Makes the nightly backup until the future is dropped. Failures are logged, shown to the administrator and tried again.
pub async fn run(db: Db, places: Places) {
    loop {
        if let Err(error) = once(&db, &places).await {
            tracing::error!(error, "the nightly backup failed");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Makes tonight's backup when it is due and nobody else makes it; true when one was made.
///
/// # Errors
/// What database, folder or comparison say; the row of the night holds it too.
pub async fn once(db: &Db, places: &Places) -> Result<bool, Fault> {
    let now = db.env().now();
    let local = now.jst();
    if local.hour() < HOUR {
        return Ok(false);
    }
    let date = local.date();
    let night = date.to_string();
    let given_up = now.plus_secs(-GIVEN_UP_HOURS * 3600);
    let viewer = Viewer::system("nightly backup", now);
    let mine = {
        let night = night.clone();
        db.write(&viewer, move |tx| rows::begin(tx, &night, given_up))
            .await?
    };
    if !mine {
        return Ok(false);
    }
    let (of, to) = (db.clone(), places.clone());
    let made = tokio::task::spawn_blocking(move || make(&of, &to, date, now)).await?;
    let viewer = Viewer::system("nightly backup", db.env().now());
    match made {
        Ok(done) => {
            tracing::info!(place = done.place, bytes = done.bytes, "nightly backup");
            db.write(&viewer, move |tx| rows::end(tx, &done)).await?;
        }
        Err(error) => {
            let problem: String = error.to_string().chars().take(2000).collect();
            db.write(&viewer, move |tx| rows::fail(tx, &night, &problem))
                .await?;
            return Err(error);
        }
    }
    test_restore(db, places, date).await?;
    Ok(true)
}

/// Restores tonight's archive into a scratch folder when the last such test is a month old.
async fn test_restore(db: &Db, places: &Places, date: Date) -> Result<(), Fault> {
    let now = db.env().now();
    let last = db
        .read(&Viewer::system("nightly backup", now), rows::last_verified)
        .await?;
    if last.is_some_and(|at| at > now.plus_days(-VERIFY_DAYS)) {
        return Ok(());
    }
    let (key, archive) = (db.key().clone(), archive(&places.folder, date));
    let scratch = places.scratch.clone();
    let report = tokio::task::spawn_blocking(move || {
        let report = store::backup::verify(&archive, &key, &scratch, compose::schemas());
        let _emptied = fs::remove_dir_all(&scratch);
        report
    })
    .await?;
    let problem: String = match &report {
        Ok(report) => report.problems.join("; "),
        Err(error) => error.to_string(),
    }
    .chars()
    .take(2000)
    .collect();
    if !problem.is_empty() {
        tracing::error!(problem, "the restore test failed");
    }
    let viewer = Viewer::system("nightly backup", db.env().now());
    db.write(&viewer, move |tx| {
        rows::verified(tx, &date.to_string(), &problem)
    })
    .await?;
    Ok(())
}

fn archive(folder: &Path, night: Date) -> PathBuf {
    folder.join(format!("renkei-{night}.backup"))
}

fn make(db: &Db, places: &Places, date: Date, started: Time) -> Result<Night, Fault> {
    let named = |path: &Path| {
        let path = path.display().to_string();
        move |e: io::Error| io::Error::new(e.kind(), format!("{path}: {e}"))
    };
    compose::private_folder(&places.folder).map_err(named(&places.folder))?;
    let out = archive(&places.folder, date);
    if out.exists() {
        // Left by a run that ended between the archive and its row.
        fs::remove_file(&out).map_err(named(&out))?;
    }
    let report = store::backup::create(db, &out)?;
    let mut copied_to = String::new();
    if let Some(folder) = &places.copy {
        let to = archive(folder, date);
        copy(&out, &to).map_err(named(&to))?;
        copied_to = to.display().to_string();
        tidy(folder).map_err(named(folder))?;
    }
    tidy(&places.folder).map_err(named(&places.folder))?;
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Night {
        night: date.to_string(),
        started,
        finished: None,
        bytes: count(fs::metadata(&out).map_err(named(&out))?.len()),
        place: out.display().to_string(),
        copied_to,
        rows: count(report.rows),
        files: count(report.files),
        verified: None,
        problem: report.problems.join("; ").chars().take(2000).collect(),
    })
}

/// Copies under another name first, so that a copy that broke off is never taken for a whole one.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let half = to.with_extension("half");
    fs::copy(from, &half)?;
    fs::File::open(&half)?.sync_all()?;
    fs::rename(half, to)
}

/// Removes the archives that no generation needs. Files of other names stay.
fn tidy(folder: &Path) -> io::Result<()> {
    let mut nights = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let night = name
            .to_str()
            .and_then(|n| n.strip_prefix("renkei-"))
            .and_then(|n| n.strip_suffix(".backup"))
            .and_then(|n| n.parse::<Date>().ok());
        nights.extend(night);
    }
    for night in keep::outdated(&nights) {
        fs::remove_file(archive(folder, night))?;
    }
    Ok(())
}
