//! `renkei migrate`: brings the database to this binary's version.

use kernel::Env;

use super::{Outcome, say};
use crate::compose;
use crate::config::Config;

/// Runs what is missing, or with `check` only compares.
///
/// # Errors
/// When the ledger holds a changed, out-of-order or newer migration.
pub fn run(config: &Config, check: bool) -> Outcome {
    let db = compose::open(config, compose::key(config)?, Env::system())?;
    if check {
        db.check_schema()?;
        say("The database is at this version.");
        return Ok(());
    }
    let done = db.migrate()?;
    if done.is_empty() {
        say("Nothing to do: the database is at this version.");
    }
    for name in done {
        say(format_args!("migrated {name}"));
    }
    Ok(())
}
