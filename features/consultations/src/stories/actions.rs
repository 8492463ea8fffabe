//! Writing, asking, approving, taking back.

use kernel::AccountId;
use store::{Audit, Error, Tx};

use super::{
    model::{Refused, State, Step, StoryId, Words, after},
    store::{self as sql, New},
};
use crate::model::ConsultationId;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A rule stands against it.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// What was read has changed since.
    #[error("somebody else was faster")]
    Faster,
    /// The database, or nothing to see here.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Begins the story of a closed case.
///
/// # Errors
/// [`Refused::State`] when the case is not closed; otherwise as [`crate::store::editable`].
pub fn create(tx: &mut Tx, mut new: New, case: ConsultationId) -> Result<StoryId, Refusal> {
    crate::store::editable(tx, case)?;
    let now = crate::store::get(tx, case)?;
    if now.state != crate::model::State::Closed || !now.own {
        return Err(Refused::State.into());
    }
    new.consultation = Some(case);
    new.desk = now.desk;
    new.fictional = now.fictional;
    sql::add(tx, &new)?;
    record(tx, "consultations.story.create", new.id, new.desk, "draft")?;
    Ok(new.id)
}

/// Saves new words; a shared story leaves the shelf until it is read again.
///
/// # Errors
/// [`Refusal::Faster`], or not found.
pub fn save(
    tx: &mut Tx,
    id: StoryId,
    words: &Words,
    who: (AccountId, &str),
    seen: i64,
) -> Result<(), Refusal> {
    let proof = sql::editable(tx, id)?;
    let story = sql::one(tx, id)?;
    if !sql::save(tx, proof, words, who, seen)? {
        return Err(Refusal::Faster);
    }
    Ok(record(
        tx,
        "consultations.story.save",
        id,
        story.tenant,
        "draft",
    )?)
}

/// One step of a story. `places`: names of towns that would give a person away.
///
/// # Errors
/// As the rule says; [`Refusal::Faster`], or not found.
pub fn step(
    tx: &mut Tx,
    id: StoryId,
    step: Step,
    (who, name): (AccountId, &str),
    reason: &str,
    places: &[String],
    seen: i64,
) -> Result<State, Refusal> {
    let proof = sql::editable(tx, id)?;
    let story = sql::one(tx, id)?;
    let state = after(&story, step, Some(who), reason, places)?;
    let checked = (state == State::Shared).then_some((who, name));
    if !sql::step(tx, proof, (state, reason), checked, seen)? {
        return Err(Refusal::Faster);
    }
    record(
        tx,
        "consultations.story.step",
        id,
        story.tenant,
        step.code(),
    )?;
    Ok(state)
}

fn record(
    tx: &mut Tx,
    action: &'static str,
    id: StoryId,
    desk: kernel::OrganisationId,
    what: &str,
) -> Result<(), Error> {
    tx.audit(
        Audit::new(action, "story")
            .id(id.uuid())
            .subject(desk.uuid())
            .field("state", None::<String>, Some(what.to_owned())),
    )?;
    tx.changed("story", id.uuid(), Some(desk))
}
