//! `renkei serve`.

use super::Outcome;
use crate::compose;
use crate::config::Config;

/// Opens the installation and serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// When key, database or address cannot be used.
pub fn run(config: Config) -> Outcome {
    let (db, stamp) = compose::open_existing(&config)?;
    compose::runtime()?.block_on(crate::serve::serve(config, db, stamp))
}
