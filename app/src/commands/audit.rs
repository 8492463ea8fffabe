//! `renkei audit verify`.

use std::path::Path;

use super::{Outcome, say};
use crate::compose;
use crate::config::Config;

/// Walks every chain and compares it with the seals in the database and in the seal file.
///
/// # Errors
/// When a row was changed, removed, reordered or cut off; each finding is printed.
pub fn verify(config: &Config, seal: Option<&Path>) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    let report = compose::runtime()?.block_on(store::audit::verify(&db, seal))?;
    say(format_args!(
        "{} chains, {} rows",
        report.chains, report.rows
    ));
    for problem in &report.problems {
        say(format_args!("PROBLEM {problem}"));
    }
    if report.problems.is_empty() {
        say("The audit trail is whole.");
        Ok(())
    } else {
        Err(format!("{} problem(s) in the audit trail", report.problems.len()).into())
    }
}
