//! Measuring durations for logs, limits and counters; no decision about data depends on it.

use std::time::Instant;

/// Starts a stopwatch.
#[expect(
    clippy::disallowed_methods,
    reason = "measures a duration that is logged, counted or limits a statement"
)]
pub(crate) fn start() -> Instant {
    Instant::now()
}
