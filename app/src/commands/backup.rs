//! `renkei backup` and `renkei restore`: one encrypted archive, without the key.

use std::fs;
use std::path::Path;

use kernel::Env;
use store::backup::Report;

use super::{Outcome, say};
use crate::compose;
use crate::config::Config;

/// Writes the archive; an existing file is never overwritten.
///
/// # Errors
/// When the file exists, cannot be written, or the database cannot be read.
pub fn create(config: &Config, out: &Path) -> Outcome {
    if out.exists() {
        return Err(format!("{} exists: name another file", out.display()).into());
    }
    let (db, _) = compose::open_existing(config)?;
    let report = store::backup::create(&db, out)?;
    print("written", &report);
    say(format_args!(
        "{}\nIt opens only with the key of fingerprint {}.",
        out.display(),
        db.key().fingerprint()
    ));
    Ok(())
}

/// Restores into the empty database of the settings, or with `verify` into a scratch folder that is removed again.
///
/// # Errors
/// When the archive is damaged or sealed with another key, the database is not empty, or a comparison fails.
pub fn restore(config: &Config, archive: &Path, verify: bool) -> Outcome {
    let key = compose::key(config)?;
    let report = if verify {
        let scratch = config
            .data_dir
            .join(format!("verify-{}", std::process::id()));
        compose::private_folder(&scratch)?;
        let report = store::backup::verify(archive, &key, &scratch, compose::schemas());
        let _ = fs::remove_dir_all(&scratch);
        report?
    } else {
        compose::private_folder(&config.data_dir)?;
        store::backup::restore(
            archive,
            compose::options(config, key, Env::system()),
            compose::schemas(),
        )?
    };
    print(if verify { "verified" } else { "restored" }, &report);
    if report.problems.is_empty() {
        Ok(())
    } else {
        Err(format!("{} problem(s) found", report.problems.len()).into())
    }
}

fn print(what: &str, report: &Report) {
    say(format_args!(
        "{what}: {} tables, {} rows, {} files",
        report.tables, report.rows, report.files
    ));
    if report.audit_rows > 0 {
        say(format_args!(
            "audit trail checked: {} rows",
            report.audit_rows
        ));
    }
    for problem in &report.problems {
        say(format_args!("PROBLEM {problem}"));
    }
}
