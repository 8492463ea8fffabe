//! Handing over, and each step after it.

use kernel::{Date, Env, OrganisationId, Uuid};
use store::{Audit, Db, Editable, Error, InstallationKey, Tx, Viewer};
use web::SignedIn;

use super::{
    joint,
    model::{HandoverId, HandoverStepId, Kind, Move, Refused, Said, Side},
    store::{self as sql, Handover, NewHandover, Taken},
    watch,
};
use crate::{
    actions as base,
    model::{EventId, State, Step},
    store::write,
};

/// Who acts. Hand-overs are always in the name of one's own office.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) office: OrganisationId,
    pub(crate) office_name: String,
    /// As printed beside what they wrote: name and office.
    pub(crate) by: String,
}

/// The person who is signed in.
pub(crate) fn actor(me: &SignedIn) -> Actor {
    Actor {
        office: me.organisation,
        office_name: me.organisation_name.clone(),
        by: crate::i18n::tl!(
            kernel::Lang::Ja,
            "lanes-by",
            name = me.name.as_str(),
            office = me.organisation_name.as_str()
        ),
    }
}

/// Why a step was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// A rule stands against it.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// The record's state does not take it: a draft, or closed.
    #[error("the record is a draft or closed")]
    Record,
    /// Somebody else was faster.
    #[error("somebody else was faster")]
    Faster,
    /// The database, or nothing to see here.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Letters that cannot be mistaken for others on a FAX.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKLMNPQRSTUVWX";

/// The short code that stands on the paper.
pub(crate) fn short_code(env: &Env) -> String {
    env.bytes::<8>()
        .iter()
        .map(|b| char::from(LETTERS[usize::from(*b) % LETTERS.len()]))
        .collect()
}

/// Seals what is handed over, or a note of a step.
pub(crate) fn seal(key: &InstallationKey, of: Uuid, text: &str) -> Result<Vec<u8>, Error> {
    key.seal(text.as_bytes(), &format!("consultation-handover:{of}"))
}

/// Opens it again; nothing is left of what was destroyed.
pub(crate) fn open(key: &InstallationKey, of: Uuid, sealed: &[u8]) -> Result<String, Error> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let plain = key.open(sealed, &format!("consultation-handover:{of}"))?;
    String::from_utf8(plain.to_vec()).map_err(|e| Error::Key(e.to_string()))
}

/// Ids of one write.
#[derive(Clone, Copy, Debug)]
struct Ids {
    step: HandoverStepId,
    event: EventId,
}

fn ids(env: &Env) -> Ids {
    Ids {
        step: env.id(),
        event: env.id(),
    }
}

/// Hands a record over. An office in which nobody has an account gets it on paper: the answer says which it became.
///
/// # Errors
/// [`Refusal::Record`] for a draft or a closed record, [`Refusal::Faster`], or what the engine says.
pub(crate) async fn send(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    new: NewHandover,
    seen: i64,
) -> Result<bool, Refusal> {
    let ids = ids(env);
    db.write(viewer, move |tx| {
        let mut new = new.clone();
        crate::store::editable(tx, new.consultation)?;
        let record = crate::store::get(tx, new.consultation)?;
        if !record.own || record.desk != who.office {
            return Err(Error::NotFound.into());
        }
        if record.version != seen {
            return Err(Refusal::Faster);
        }
        if !matches!(record.state, State::Open | State::Waiting) {
            return Err(Refusal::Record);
        }
        if let Some(office) = new.receiver
            && !identity::has_people(tx, office)?
        {
            new.receiver = None;
        }
        let reasons: Vec<&str> = joint::reasons(&record.fields)
            .iter()
            .map(|rule| rule.reason)
            .collect();
        let reasons = if new.kind == Kind::Joint {
            reasons
        } else {
            Vec::new()
        };
        sql::add(tx, &new, &record, &reasons)?;
        let now = tx.now();
        let taken = Taken {
            step: "send".to_owned(),
            note: None,
            due: Some(new.due),
            by: who.by.clone(),
            behalf: String::new(),
            happened: now.date_jst(),
            at: now,
        };
        sql::add_step(tx, ids.step, (new.id, who.office), 1, &taken)?;
        let handover = sql::editable(tx, new.id)?.ok_or(Error::NotFound)?;
        sql::move_record(tx, handover, State::Waiting, None, Some(new.due))?;
        let detail = format!("{} {}", new.kind.code(), new.code);
        let version = record.version + 1;
        base::history(tx, ids.event, &record, "handover", &detail, None, version)?;
        watch::plan(tx, new.id, new.due, 1)?;
        let mut audit = Audit::new("consultations.handover.send", "consultation_handover")
            .id(new.id.uuid())
            .subject(who.office.uuid())
            .field("due_on", None::<String>, Some(new.due.to_string()));
        if new.whole {
            audit = audit.field("basis", None::<String>, Some(new.basis.clone()));
        }
        tx.audit(audit)?;
        tx.changed("consultation.handover", new.id.uuid(), new.receiver)?;
        tx.changed("consultation", record.id.uuid(), Some(record.desk))?;
        Ok(new.receiver.is_none())
    })
    .await
}

/// What was typed for a step.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) what: Move,
    pub(crate) seen: i64,
    pub(crate) said: Said,
    /// Sealed text of the step.
    pub(crate) note: Option<Vec<u8>>,
    /// When it came on paper: who answered.
    pub(crate) behalf: String,
}

/// Takes a step. A step of the receiver that the desk types in must say who gave it.
///
/// # Errors
/// See [`Refusal`].
pub(crate) async fn take(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    id: HandoverId,
    typed: Typed,
) -> Result<(), Refusal> {
    let ids = ids(env);
    db.write(viewer, move |tx| {
        let proof = sql::editable(tx, id)?.ok_or(Error::NotFound)?;
        let old = sql::one(tx, id)?.ok_or(Error::NotFound)?;
        let side = typed.what.side();
        if !old.may(side) {
            return Err(Refused::Side.into());
        }
        let typed_in = side == Side::Receiver && old.receiver.is_none();
        if typed_in && typed.behalf.is_empty() {
            return Err(Refused::Side.into());
        }
        if old.version != typed.seen {
            return Err(Refusal::Faster);
        }
        let now = tx.now();
        let today = now.date_jst();
        let stage = old.stage.take(typed.what, &typed.said, today)?;
        let due = typed
            .said
            .due
            .filter(|_| typed.what == Move::Accept)
            .unwrap_or(old.due);
        let outcome = match typed.what {
            Move::Report => typed.said.outcome.as_str(),
            _ => old.outcome.as_str(),
        };
        if !sql::advance(
            tx,
            proof,
            typed.seen,
            (stage, due, outcome),
            side == Side::Receiver,
        )? {
            return Err(Refusal::Faster);
        }
        let taken = Taken {
            step: typed.what.code().to_owned(),
            note: typed.note.clone(),
            due: typed.said.due.filter(|_| typed.what == Move::Accept),
            by: who.by.clone(),
            behalf: if typed_in {
                typed.behalf.clone()
            } else {
                String::new()
            },
            happened: today,
            at: now,
        };
        sql::add_step(tx, ids.step, (id, old.tenant), typed.seen + 1, &taken)?;
        if typed.what == Move::Accept {
            watch::plan(tx, id, due, 1)?;
        }
        let audit = Audit::new("consultations.handover.step", "consultation_handover")
            .id(id.uuid())
            .subject(who.office.uuid());
        tx.audit(audit.field("state", Some(old.stage.code()), Some(stage.code())))?;
        tx.changed("consultation.handover", id.uuid(), Some(old.tenant))?;
        tx.changed("consultation.handover", id.uuid(), old.receiver)?;
        follow(tx, proof, &old, (typed.what, due), ids.event)
    })
    .await
}

/// What a step means for the record behind it: its state, the day on which the desk looks at it again, and whether the receiver
/// reads it. The receiver moves it without having seen it; the proof is that of the hand-over.
fn follow(
    tx: &mut Tx,
    proof: Editable<HandoverId>,
    of: &Handover,
    (what, due): (Move, Date),
    event: EventId,
) -> Result<(), Refusal> {
    let behind = sql::behind(tx, proof)?;
    let today = tx.now().date_jst();
    let step = match (what, behind.state) {
        (Move::Accept, State::Open | State::Waiting) if of.kind == Kind::Handover => {
            Some((Step::HandOver, "handed_over"))
        }
        (Move::Decline | Move::Report | Move::Withdraw, State::Waiting | State::HandedOver) => {
            Some((Step::Resume, "resumed"))
        }
        _ => None,
    };
    let state = match step {
        Some((step, _)) => behind.state.after(step).map_err(|_| Refusal::Record)?,
        None => behind.state,
    };
    let day = match what {
        _ if behind.state == State::Closed => behind.follow_up_on,
        Move::Accept => Some(due),
        Move::Close => behind.follow_up_on,
        Move::Decline | Move::Report | Move::Withdraw => Some(today),
    };
    let receiver = of
        .receiver
        .filter(|_| of.whole && what == Move::Accept && behind.state != State::Closed);
    sql::move_record(tx, proof, state, receiver, day)?;
    let line = write::NewEvent {
        id: event,
        consultation: behind.id,
        desk: of.tenant,
        what: step.map_or("handover", |(_, word)| word),
        detail: what.code(),
        note: None,
        version: behind.version + 1,
    };
    write::add_event(tx, &line)?;
    tx.changed("consultation", behind.id.uuid(), Some(of.tenant))?;
    Ok(())
}
