//! `renkei jobs`: counts, what stopped, and trying it again.

use store::jobs::State;
use store::{Audit, Outcome as AuditOutcome};

use super::demo::terminal;
use super::{Outcome, say};
use crate::compose;
use crate::config::Config;

/// Prints counts and dead letters; with `retry` puts that job back into the queue.
///
/// # Errors
/// When the database cannot be read, or there is no dead job of that key.
pub fn run(config: &Config, retry: Option<&str>) -> Outcome {
    let (db, _) = compose::open_existing(config)?;
    let viewer = terminal(db.env().now());
    if let Some(key) = retry {
        let key = key.to_owned();
        let found = db.write_blocking(&viewer, move |tx| {
            let found = store::jobs::requeue(tx, &key)?;
            tx.audit(Audit {
                action: "operate.job.retry",
                table: "job",
                id: None,
                subject: None,
                fields: Vec::new(),
                purpose: None,
                result: if found {
                    AuditOutcome::Done
                } else {
                    AuditOutcome::Refused
                },
            })?;
            Ok::<_, store::Error>(found)
        })?;
        if !found {
            return Err("No stopped job has this key; `renkei jobs` lists them.".into());
        }
        say("Put back into the queue.");
        return Ok(());
    }
    let (counts, dead) = db.read_blocking(&viewer, |c| {
        Ok::<_, store::Error>((
            store::jobs::counts(c)?,
            store::jobs::list(c, Some(State::Dead), 100)?,
        ))
    })?;
    say(format_args!(
        "waiting {}, running {}, done {}, stopped {}",
        counts.waiting, counts.running, counts.done, counts.dead
    ));
    for job in dead {
        say(format_args!(
            "{}  {}  after {} attempts: {}",
            job.key,
            job.kind,
            job.attempts,
            job.error.unwrap_or_default()
        ));
    }
    Ok(())
}
