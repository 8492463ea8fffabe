//! Sending, and each step after it.

use kernel::{Date, Env};
use store::{Audit, Db, Error, Viewer};

use super::{
    model::{HandoffId, Refused, Side, Step, StepId},
    store::{self as sql, NewHandoff, Taken},
};
use crate::pdca::{
    store as pdca,
    who::{Actor, may_write},
};

/// Why a step was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// A rule stands against it.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// Somebody else was faster.
    #[error("somebody else was faster")]
    Faster,
    /// The database, or nothing to see here.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Letters that cannot be mistaken for others on a FAX.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKLMNPQRSTUVWX";

/// The short code that stands on the paper, for those who cannot read the square one.
pub(crate) fn short_code(env: &Env) -> String {
    env.bytes::<8>()
        .iter()
        .map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()]))
        .collect()
}

/// Sends it.
///
/// # Errors
/// [`Error::NotFound`] when the viewer does not see the entry it is about.
pub(crate) async fn send(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    new: NewHandoff,
) -> Result<(), Error> {
    let step: StepId = env.id();
    db.write(viewer, move |tx| {
        may_write(tx, who.tenant)?;
        if let Some(entry) = new.entry {
            pdca::head(tx, entry)?.ok_or(Error::NotFound)?;
        }
        sql::add(tx, &who, &new)?;
        let now = tx.now();
        let taken = Taken {
            step: "send".to_owned(),
            body: new.body.clone(),
            due: Some(new.due),
            by: who.by.clone(),
            behalf: String::new(),
            happened: now.date_jst(),
            at: now,
        };
        sql::add_step(
            tx,
            step,
            (new.id, who.tenant, new.to.organisation),
            1,
            &taken,
        )?;
        let audit = Audit::new("programme.handoff.send", "handoff")
            .id(new.id.uuid())
            .subject(who.tenant.uuid());
        tx.audit(audit.field("due_on", None::<String>, Some(new.due.to_string())))?;
        tx.changed("programme.handoff", new.id.uuid(), new.to.organisation)
    })
    .await
}

/// What was typed for a step.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) step: Step,
    pub(crate) seen: i64,
    pub(crate) text: String,
    pub(crate) due: Option<Date>,
    /// When it came on paper: who answered, and on which day.
    pub(crate) behalf: String,
    pub(crate) happened: Option<Date>,
}

/// Takes a step. A step of the receiver that the sender types in must say who gave it: it is marked as such.
///
/// # Errors
/// See [`Refusal`].
pub(crate) async fn take(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    id: HandoffId,
    what: Move,
) -> Result<(), Refusal> {
    let step: StepId = env.id();
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id)?.ok_or(Error::NotFound)?;
        let old = sql::one(tx, id)?.ok_or(Error::NotFound)?;
        if !old.may(who.tenant, what.step.side()) {
            return Err(Refused::Side.into());
        }
        let typed_in = what.step.side() == Side::Receiver && old.receiver != Some(who.tenant);
        if typed_in && what.behalf.is_empty() {
            return Err(Refused::Side.into());
        }
        if old.version != what.seen {
            return Err(Refusal::Faster);
        }
        let now = tx.now();
        let today = now.date_jst();
        let state = old.state.take(what.step, &what.text, what.due, today)?;
        let due = what
            .due
            .filter(|_| matches!(what.step, Step::Accept | Step::Resend))
            .unwrap_or(old.due);
        if !sql::advance(tx, token, what.seen, state, due)? {
            return Err(Refusal::Faster);
        }
        let taken = Taken {
            step: what.step.code().to_owned(),
            body: what.text.clone(),
            due: what.due,
            by: who.by.clone(),
            behalf: if typed_in {
                what.behalf.clone()
            } else {
                String::new()
            },
            happened: what
                .happened
                .filter(|day| typed_in && *day <= today)
                .unwrap_or(today),
            at: now,
        };
        sql::add_step(
            tx,
            step,
            (id, old.tenant, old.receiver),
            what.seen + 1,
            &taken,
        )?;
        let audit = Audit::new("programme.handoff.step", "handoff")
            .id(id.uuid())
            .subject(who.tenant.uuid());
        tx.audit(audit.field("state", Some(old.state.code()), Some(state.code())))?;
        tx.changed("programme.handoff", id.uuid(), Some(old.tenant))?;
        Ok(())
    })
    .await
}
