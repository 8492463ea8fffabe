//! `renkei move-db`: the whole installation from SQLite to PostgreSQL or back.

use kernel::Env;

use super::{Outcome, say};
use crate::compose;
use crate::config::Config;

/// Copies the database of the settings into the empty one at `to`, compares every row, and closes the old one for good.
/// Key, encrypted files and seals stay where they are.
///
/// # Errors
/// When the target is not empty or not reachable, the source was moved before, or a comparison fails.
pub fn run(config: &Config, to: &str) -> Outcome {
    if to == config.database_url {
        return Err("The target is the database of the settings itself.".into());
    }
    let (db, _) = compose::open_existing(config)?;
    let mut target = config.clone();
    to.clone_into(&mut target.database_url);
    let report = store::moving::move_into(
        &db,
        compose::options(&target, compose::key(config)?, Env::system()),
        compose::schemas(),
    )?;
    say(format_args!(
        "moved and compared: {} tables, {} rows; audit trail checked: {} rows",
        report.tables, report.rows, report.audit_rows
    ));
    say(
        "Set RENKEI_DATABASE_URL to the new database and start the service. The old one refuses every change and may be kept as a copy.",
    );
    Ok(())
}
