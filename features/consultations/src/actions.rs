//! One function per intention. Each runs inside the caller's write, writes one audit row (codes, never texts) and one line of
//! the record's history, and says "changed". Ids, seals and hashes are made before the write.

use kernel::{OrganisationId, Uuid};
use store::{Audit, Tx};

use crate::{
    earlier::{
        mark::{Mark, Marker},
        store::{put_mark, searched},
    },
    model::{
        Consultation, ConsultationId, EventId, Fields, Hashes, Lack, NewConsultation, Referral,
        ReferralId, State, Step, StepRefused, Unmet, UnmetId,
    },
    sealed::Texts,
    store::{self as sql, write},
};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, not this viewer's, or the engine failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The state does not take the step.
    #[error(transparent)]
    Step(#[from] StepRefused),
    /// Something is missing.
    #[error("not complete: {0:?}")]
    Lacks(Vec<Lack>),
    /// Somebody else saved in between; the record as it is now.
    #[error("somebody else saved in between")]
    Conflict(Box<Consultation>),
}

/// What is saved: codes, texts, and what was made of them before the write.
#[derive(Clone, Debug)]
pub struct Input {
    /// Codes.
    pub fields: Fields,
    /// Texts, to see what is missing.
    pub texts: Texts,
    /// The same, sealed for this record.
    pub sealed: Vec<u8>,
    /// Hashes of the same.
    pub hashes: Hashes,
    /// Search mark of the same.
    pub mark: Mark,
}

impl Input {
    /// Seals and hashes the texts and settles the ground of keeping.
    ///
    /// # Errors
    /// As [`Texts::seal`].
    pub fn new(
        key: &store::InstallationKey,
        desk: OrganisationId,
        id: ConsultationId,
        mut fields: Fields,
        texts: Texts,
    ) -> store::Result<Self> {
        fields.legal_basis = fields.basis(&texts).to_owned();
        Ok(Self {
            sealed: texts.seal(key, id)?,
            hashes: Hashes::of(key, desk, &texts),
            mark: Marker::new(key, desk).mark(searched(&texts)),
            fields,
            texts,
        })
    }
}

/// Adds a record and writes audit and announcement; the history begins with `taken` when it is saved by hand.
///
/// # Errors
/// As [`write::add`].
pub fn create(tx: &mut Tx, new: &NewConsultation) -> Result<(), Refusal> {
    write::add(tx, new)?;
    record(tx, "consultations.create", new.id, new.desk, &[])?;
    Ok(())
}

/// Saves codes and texts over the version that the writer saw. Says the new version.
///
/// # Errors
/// [`Refusal::Conflict`], or as [`sql::editable`].
pub fn save(
    tx: &mut Tx,
    id: ConsultationId,
    input: &Input,
    seen: i64,
    event: EventId,
) -> Result<i64, Refusal> {
    let proof = sql::editable(tx, id)?;
    let now = sql::get(tx, id)?;
    if !write::save(tx, proof, &input.fields, &input.sealed, &input.hashes, seen)? {
        return Err(Refusal::Conflict(Box::new(now)));
    }
    put_mark(tx, id, now.desk, now.received_at, &input.mark)?;
    let changed = changed(&now.fields, &input.fields);
    if now.state.counts() {
        history(
            tx,
            event,
            &now,
            "changed",
            &changed.join(" "),
            None,
            seen + 1,
        )?;
        record(tx, "consultations.save", id, now.desk, &changed)?;
    } else {
        // A draft is typed in many small saves: its creation and its taking stand in the trail.
        tx.changed("consultation", id.uuid(), Some(now.desk))?;
    }
    Ok(seen + 1)
}

/// Saves a draft by hand: from now on figures count it. `close`: done in the same call.
///
/// # Errors
/// [`Refusal::Lacks`], [`Refusal::Step`], [`Refusal::Conflict`], or as [`sql::editable`].
pub fn take(
    tx: &mut Tx,
    id: ConsultationId,
    input: &Input,
    seen: i64,
    close: bool,
    event: EventId,
) -> Result<i64, Refusal> {
    let mut lacks = input.fields.lacks(&input.texts);
    if close {
        lacks.extend(input.fields.lacks_to_close());
    }
    if !lacks.is_empty() {
        return Err(Refusal::Lacks(lacks));
    }
    let proof = sql::editable(tx, id)?;
    let now = sql::get(tx, id)?;
    let mut to = now.state.after(Step::Take)?;
    if close {
        to = to.after(Step::Close)?;
    }
    if !write::save(tx, proof, &input.fields, &input.sealed, &input.hashes, seen)? {
        return Err(Refusal::Conflict(Box::new(now)));
    }
    put_mark(tx, id, now.desk, now.received_at, &input.mark)?;
    write::set_state(tx, proof, now.state, to, seen + 1)?;
    let what = if close { "taken closed" } else { "taken" };
    history(tx, event, &now, "taken", to.code(), None, seen + 2)?;
    record(tx, "consultations.take", id, now.desk, &[what])?;
    Ok(seen + 2)
}

/// Moves a record: waits, resumes, closes, reopens. Closing needs result and whether the need was met in the saved codes.
///
/// # Errors
/// [`Refusal::Step`], [`Refusal::Lacks`], [`Refusal::Conflict`], or as [`sql::editable`].
pub fn step(
    tx: &mut Tx,
    id: ConsultationId,
    step: Step,
    seen: i64,
    event: EventId,
    note: Option<Vec<u8>>,
) -> Result<State, Refusal> {
    let proof = sql::editable(tx, id)?;
    let now = sql::get(tx, id)?;
    let to = now.state.after(step)?;
    if to == State::Closed {
        let lacks = now.fields.lacks_to_close();
        if !lacks.is_empty() {
            return Err(Refusal::Lacks(lacks));
        }
    }
    if !write::set_state(tx, proof, now.state, to, seen)? {
        return Err(Refusal::Conflict(Box::new(now)));
    }
    let what = match step {
        Step::Take => "taken",
        Step::Wait => "waiting",
        Step::Resume => "resumed",
        Step::HandOver => "handed_over",
        Step::Close => "closed",
        Step::Reopen => "reopened",
    };
    history(tx, event, &now, what, to.code(), note, seen + 1)?;
    record(tx, "consultations.step", id, now.desk, &[what])?;
    Ok(to)
}

/// Writes result and closes in one step.
///
/// # Errors
/// As [`step`].
pub fn close(
    tx: &mut Tx,
    id: ConsultationId,
    input: &Input,
    seen: i64,
    event: EventId,
) -> Result<State, Refusal> {
    let proof = sql::editable(tx, id)?;
    let now = sql::get(tx, id)?;
    now.state.after(Step::Close)?;
    let lacks = input.fields.lacks_to_close();
    if !lacks.is_empty() {
        return Err(Refusal::Lacks(lacks));
    }
    if !write::save(tx, proof, &input.fields, &input.sealed, &input.hashes, seen)? {
        return Err(Refusal::Conflict(Box::new(now)));
    }
    put_mark(tx, id, now.desk, now.received_at, &input.mark)?;
    step(tx, id, Step::Close, seen + 1, event, None)
}

/// 「紹介した」: a provider named to the caller becomes part of the record.
///
/// # Errors
/// As [`sql::editable`].
pub fn refer(
    tx: &mut Tx,
    id: ConsultationId,
    referral: &Referral,
    event: EventId,
) -> Result<(), Refusal> {
    let proof = sql::editable(tx, id)?;
    let now = sql::get(tx, id)?;
    let by = tx.viewer().account();
    write::add_referral(tx, proof, now.desk, referral, by)?;
    let provider = referral.provider.map(|p| p.to_string()).unwrap_or_default();
    history(tx, event, &now, "referred", &provider, None, now.version)?;
    record(tx, "consultations.refer", id, now.desk, &["referral"])?;
    Ok(())
}

/// Takes a named provider back.
///
/// # Errors
/// [`store::Error::NotFound`] when it was taken back before, or as [`sql::editable`].
pub fn unrefer(
    tx: &mut Tx,
    id: ConsultationId,
    referral: ReferralId,
    event: EventId,
) -> Result<(), Refusal> {
    let proof = sql::editable(tx, id)?;
    let now = sql::get(tx, id)?;
    if !write::undo_referral(tx, proof, referral)? {
        return Err(store::Error::NotFound.into());
    }
    history(tx, event, &now, "unreferred", "", None, now.version)?;
    record(tx, "consultations.unrefer", id, now.desk, &["referral"])?;
    Ok(())
}

/// Notes a need that nothing met: for a call, or by itself.
///
/// # Errors
/// As [`sql::editable`] when it belongs to a call.
pub fn note_unmet(
    tx: &mut Tx,
    desk: OrganisationId,
    need: &Unmet,
    event: EventId,
) -> Result<(), Refusal> {
    let by = tx.viewer().account();
    if let Some(id) = need.consultation {
        sql::editable(tx, id)?;
        let now = sql::get(tx, id)?;
        history(tx, event, &now, "unmet", &need.service, None, now.version)?;
    }
    write::add_unmet(tx, desk, need, by)?;
    tx.audit(
        Audit::new("consultations.unmet", "unmet_need")
            .id(need.id.uuid())
            .subject(desk.uuid())
            .field("service", None::<String>, Some(need.service.clone())),
    )?;
    tx.changed("unmet_need", need.id.uuid(), Some(desk))?;
    Ok(())
}

/// Takes such a need back.
///
/// # Errors
/// [`store::Error::NotFound`] when it is not there or not this viewer's.
pub fn undo_unmet(tx: &mut Tx, desk: OrganisationId, id: UnmetId) -> Result<(), Refusal> {
    let proof = sql::unmet_editable(tx, id)?;
    if !write::undo_unmet(tx, proof)? {
        return Err(store::Error::NotFound.into());
    }
    tx.audit(
        Audit::new("consultations.unmet-undo", "unmet_need")
            .id(id.uuid())
            .subject(desk.uuid()),
    )?;
    tx.changed("unmet_need", id.uuid(), Some(desk))?;
    Ok(())
}

/// A line of the history.
pub(crate) fn history(
    tx: &mut Tx,
    id: EventId,
    of: &Consultation,
    what: &str,
    detail: &str,
    note: Option<Vec<u8>>,
    version: i64,
) -> Result<(), store::Error> {
    let event = write::NewEvent {
        id,
        consultation: of.id,
        desk: of.desk,
        what,
        detail,
        note,
        version,
    };
    write::add_event(tx, &event)
}

/// Audit row and announcement.
pub(crate) fn record(
    tx: &mut Tx,
    action: &'static str,
    id: ConsultationId,
    desk: OrganisationId,
    what: &[&str],
) -> Result<(), store::Error> {
    let subject: Uuid = desk.uuid();
    let mut audit = Audit::new(action, "consultation")
        .id(id.uuid())
        .subject(subject);
    if !what.is_empty() {
        audit = audit.field("fields", None::<String>, Some(what.join(" ")));
    }
    tx.audit(audit)?;
    crate::tables::count::recount(tx, id)?;
    tx.changed("consultation", id.uuid(), Some(desk))
}

/// Names of the codes that differ; `texts` stands for all texts, which are never compared here.
fn changed(old: &Fields, new: &Fields) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut note = |name, differs| {
        if differs {
            out.push(name);
        }
    };
    note("municipality", old.municipality != new.municipality);
    note("lane", old.lane != new.lane);
    note("channel", old.channel != new.channel);
    note("caller", old.caller != new.caller);
    note("age", old.age_band != new.age_band);
    note("care_level", old.care_level != new.care_level);
    note("living", old.living != new.living);
    note("category", old.categories != new.categories);
    note("scene", old.scenes != new.scenes);
    note("treatment", old.treatments != new.treatments);
    note("response", old.responses != new.responses);
    note("urgency", old.urgency != new.urgency);
    note("basis", old.legal_basis != new.legal_basis);
    note("minutes", old.minutes != new.minutes);
    note("result", old.result != new.result);
    note("need_met", old.need_met != new.need_met);
    note("area_issue", old.area_issue != new.area_issue);
    note("follow_up_on", old.follow_up_on != new.follow_up_on);
    out
}

/// Adds a record that is saved by hand at once, without a draft before it. Says its version.
///
/// # Errors
/// [`Refusal::Lacks`], or as [`write::add`].
pub fn create_taken(
    tx: &mut Tx,
    new: &NewConsultation,
    input: &Input,
    close: bool,
    event: EventId,
) -> Result<i64, Refusal> {
    let mut lacks = input.fields.lacks(&input.texts);
    if close {
        lacks.extend(input.fields.lacks_to_close());
    }
    if !lacks.is_empty() {
        return Err(Refusal::Lacks(lacks));
    }
    let mut new = new.clone();
    new.state = if close { State::Closed } else { State::Open };
    new.closed_at = close.then(|| tx.now());
    write::add(tx, &new)?;
    let line = write::NewEvent {
        id: event,
        consultation: new.id,
        desk: new.desk,
        what: "taken",
        detail: new.state.code(),
        note: None,
        version: 1,
    };
    write::add_event(tx, &line)?;
    let what = if close { "taken closed" } else { "taken" };
    record(tx, "consultations.take", new.id, new.desk, &[what])?;
    Ok(1)
}
