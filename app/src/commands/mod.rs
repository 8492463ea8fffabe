//! One file per subcommand of `renkei`. Each takes the settings and what was typed, prints for a person, and fails
//! with a sentence that says what to do.

pub mod audit;
pub mod backup;
pub mod bench;
pub mod demo;
pub mod directory;
pub mod doctor;
pub mod export;
pub mod guide;
pub mod import;
pub mod init;
pub mod jobs;
pub mod keys;
pub mod migrate;
pub mod move_db;
pub mod routes;
pub mod serve;

use std::error::Error;
use std::io::Write;

use tracing_subscriber::EnvFilter;

use crate::compose::Fault;

/// What a command answers with.
pub type Outcome = Result<(), Fault>;

/// Structured log lines on standard error: JSON where RENKEI_LOG=json, plain otherwise; RUST_LOG chooses the level.
pub fn logging() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,rustls=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    #[expect(
        clippy::disallowed_methods,
        reason = "the log begins before the settings are read"
    )]
    let json = std::env::var("RENKEI_LOG").is_ok_and(|v| v == "json");
    let _ = if json {
        builder.json().try_init()
    } else {
        builder.compact().try_init()
    };
}

/// Prints one line for the person at the terminal.
pub fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints an error with its causes.
pub fn complain(error: &(dyn Error + 'static)) {
    let mut out = std::io::stderr();
    let _ = writeln!(out, "renkei: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        let _ = writeln!(out, "  because: {inner}");
        cause = inner.source();
    }
}
