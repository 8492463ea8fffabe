//! Statements that change one answer: its texts, versions, files and steps.

use kernel::{AccountId, Date, OrganisationId, Time};
use store::{BlobId, Editable, Result, Tx};

use super::day;
use crate::rounds::model::{
    Answers, AsideId, Attachment, Channel, Check, Decision, FileId, Range, Reply, ReplyId, State,
    VersionId, VersionState,
};

store::statements! {
    pub SET_STATE = "UPDATE round_reply SET state = :state, changed_at = :now, version = version + 1 WHERE id = :id";
    pub SET_STARTED = "UPDATE round_reply SET started_at = COALESCE(started_at, :now), changed_at = :now WHERE id = :id";
    pub SET_DUE = "UPDATE round_reply SET due = :due, version = version + 1 WHERE id = :id";
    pub REMINDED = "UPDATE round_reply SET reminded_at = :now, reminders = reminders + 1 WHERE id = :id";
    pub COUNT_VERSION = "UPDATE round_reply SET versions = :number WHERE id = :id";
    pub SET_CURRENT = "UPDATE round_reply SET current = :current, submitted_at = :now, late = :late, changed_at = :now,
        state = 'submitted', version = version + 1 WHERE id = :id";
    pub SET_CHECK = "UPDATE round_reply SET check_state = :state, check_at = :now, check_version = :of, check_note = :note,
        version = version + 1 WHERE id = :id";
    pub PUT_FIELD = "INSERT INTO round_field (reply, field, tenant, value, answer_range, channel, saved_at, saved_by, saved_office,
        audited_at, version) VALUES (:reply, :field, :tenant, :value, :range, :channel, :now, :by, :office, :audited, 1)
        ON CONFLICT (reply, field) DO UPDATE SET value = excluded.value, answer_range = excluded.answer_range,
        channel = excluded.channel, saved_at = excluded.saved_at, saved_by = excluded.saved_by,
        saved_office = excluded.saved_office, audited_at = excluded.audited_at, version = round_field.version + 1";
    pub AUDITED = "SELECT audited_at FROM round_field WHERE reply = :reply AND field = :field AND saved_by = :by";
    pub ADD_ASIDE = "INSERT INTO round_aside (id, reply, field, tenant, value, saved_at, saved_by, resolved_at)
        VALUES (:id, :reply, :field, :tenant, :value, :now, :by, NULL)";
    pub RESOLVE_ASIDE = "UPDATE round_aside SET resolved_at = :now WHERE id = :id AND resolved_at IS NULL";
    pub ADD_VERSION = "INSERT INTO round_version (id, reply, round, tenant, asker, number, answers, state, made_at, made_by,
        made_office, approval, document_number, decided_on, decider_post, late, note)
        VALUES (:id, :reply, :round, :tenant, :asker, :number, :answers, 'waiting', :now, :by, :office, 'none', '', '', '', 0, '')";
    pub APPROVE_VERSION = "UPDATE round_version SET state = 'submitted', approval = 'renkei', approved_at = :now,
        approved_by = :by, submitted_at = :now, late = :late WHERE id = :id AND state = 'waiting'";
    pub APPROVE_OUTSIDE = "UPDATE round_version SET state = 'submitted', approval = 'outside', approved_at = :now,
        approved_by = :by, document_number = :number, decided_on = :on, decider_post = :post, submitted_at = :now, late = :late
        WHERE id = :id AND state = 'waiting'";
    pub DECIDE_VERSION = "UPDATE round_version SET state = :state, note = :note, decided_at = :now WHERE id = :id";
    pub REFUSE_WAITING = "UPDATE round_version SET state = 'refused', note = :note, decided_at = :now
        WHERE reply = :reply AND state = 'waiting'";
    pub WAITING = "SELECT id FROM round_version WHERE reply = :reply AND state = 'waiting'";
    pub SHARE_VERSION = "UPDATE round_version SET shared_at = COALESCE(shared_at, :now) WHERE id = :id";
    pub SUBMIT_FILES = "UPDATE round_file SET submitted_at = COALESCE(submitted_at, :now)
        WHERE reply = :reply AND removed_at IS NULL";
    pub ADD_FILE = "INSERT INTO round_file (id, reply, tenant, asker, field, file, name, mime, size, added_at, added_by)
        VALUES (:id, :reply, :tenant, :asker, :field, :file, :name, :mime, :size, :now, :by)";
    pub REMOVE_FILE = "UPDATE round_file SET removed_at = :now WHERE id = :id AND removed_at IS NULL";
}

/// Sets the state of an answer.
///
/// # Errors
/// What the engine says.
pub fn set_state(tx: &mut Tx, proof: &impl Entitled, state: State) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"id" => proof.id(), "state" => state.code(), "now" => now};
    tx.exec(&SET_STATE, params).map(drop)
}

/// Gives one municipality more time.
///
/// # Errors
/// What the engine says.
pub fn set_due(tx: &mut Tx, proof: Editable<ReplyId>, due: Date) -> Result<()> {
    let params = store::params! {"id" => proof.id(), "due" => due.to_string()};
    tx.exec(&SET_DUE, params).map(drop)
}

/// Notes a reminder.
///
/// # Errors
/// What the engine says.
pub fn reminded(tx: &mut Tx, proof: Editable<ReplyId>) -> Result<()> {
    let now = tx.now();
    tx.exec(&REMINDED, store::params! {"id" => proof.id(), "now" => now})
        .map(drop)
}

/// An answer that this transaction may write: seen through its view, or lying behind an opened link.
pub trait Entitled {
    /// The answer.
    fn id(&self) -> ReplyId;
}

impl Entitled for Editable<ReplyId> {
    fn id(&self) -> ReplyId {
        (*self).id()
    }
}

/// Who writes a text, for whom, how.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// The person; `None` for the program.
    pub account: Option<AccountId>,
    /// The person's office.
    pub office: Option<OrganisationId>,
    /// How the text came.
    pub channel: Channel,
}

/// Writes the working text of a field.
///
/// # Errors
/// What the engine says.
pub fn put_field(
    tx: &mut Tx,
    proof: &impl Entitled,
    tenant: OrganisationId,
    who: Writer,
    field: &str,
    (value, range): (&str, Range),
    audited: Time,
) -> Result<()> {
    let now = tx.now();
    let office = who.office.filter(|office| *office != tenant);
    let params = store::params! {
        "reply" => proof.id(), "field" => field, "tenant" => tenant, "value" => value, "range" => range.code(),
        "channel" => who.channel.code(), "now" => now, "by" => who.account, "office" => office, "audited" => audited,
    };
    tx.exec(&PUT_FIELD, params)?;
    tx.exec(
        &SET_STARTED,
        store::params! {"id" => proof.id(), "now" => now},
    )
    .map(drop)
}

/// When the last change of this field by this person was written into the audit trail.
pub(crate) fn audited_at(
    tx: &mut Tx,
    proof: Editable<ReplyId>,
    field: &str,
    by: Option<AccountId>,
) -> Result<Option<Time>> {
    let params = store::params! {"reply" => proof.id(), "field" => field, "by" => by};
    tx.opt(&AUDITED, params, |r| r.get(0))
}

/// Keeps a text beside a field.
///
/// # Errors
/// What the engine says.
pub fn add_aside(
    tx: &mut Tx,
    proof: Editable<ReplyId>,
    id: AsideId,
    tenant: OrganisationId,
    who: Writer,
    (field, value): (&str, &str),
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => id, "reply" => proof.id(), "field" => field, "tenant" => tenant, "value" => value, "now" => now,
        "by" => who.account,
    };
    tx.exec(&ADD_ASIDE, params).map(drop)
}

/// Lets a text that was kept beside a field go from the page; the row stays.
///
/// # Errors
/// What the engine says.
pub fn resolve_aside(tx: &mut Tx, proof: Editable<AsideId>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &RESOLVE_ASIDE,
        store::params! {"id" => proof.id(), "now" => now},
    )
    .map(drop)
}

/// Adds a version that waits for approval.
///
/// # Errors
/// What the engine says.
pub fn add_version(
    tx: &mut Tx,
    proof: &impl Entitled,
    reply: &Reply,
    id: VersionId,
    who: Writer,
    answers: &Answers,
) -> Result<()> {
    let now = tx.now();
    let number = reply.versions + 1;
    let answers =
        serde_json::to_string(answers).map_err(|error| store::Error::Engine(error.to_string()))?;
    let params = store::params! {
        "id" => id, "reply" => proof.id(), "round" => reply.round, "tenant" => reply.tenant, "asker" => reply.asker,
        "number" => number, "answers" => answers, "now" => now, "by" => who.account, "office" => who.office,
    };
    tx.exec(&ADD_VERSION, params)?;
    tx.exec(
        &COUNT_VERSION,
        store::params! {"id" => proof.id(), "number" => number},
    )
    .map(drop)
}

/// The version that waits for approval.
///
/// # Errors
/// What the engine says.
pub fn waiting(tx: &mut Tx, proof: &impl Entitled) -> Result<Option<VersionId>> {
    tx.opt(&WAITING, store::params! {"reply" => proof.id()}, |r| {
        r.get(0)
    })
}

/// Submits the waiting version with its approval: inside Renkei, or outside with what was decided.
///
/// # Errors
/// What the engine says.
pub fn submit(
    tx: &mut Tx,
    proof: &impl Entitled,
    version: VersionId,
    by: Option<AccountId>,
    outside: Option<&Decision>,
    late: bool,
) -> Result<bool> {
    let now = tx.now();
    let changed = match outside {
        None => tx.exec(
            &APPROVE_VERSION,
            store::params! {"id" => version, "now" => now, "by" => by, "late" => late},
        )?,
        Some(decision) => tx.exec(
            &APPROVE_OUTSIDE,
            store::params! {
                "id" => version, "now" => now, "by" => by, "late" => late, "number" => decision.number,
                "on" => day(decision.on), "post" => decision.post,
            },
        )?,
    };
    if changed == 0 {
        return Ok(false);
    }
    tx.exec(
        &SET_CURRENT,
        store::params! {"id" => proof.id(), "current" => version, "now" => now, "late" => late},
    )?;
    tx.exec(
        &SUBMIT_FILES,
        store::params! {"reply" => proof.id(), "now" => now},
    )?;
    Ok(true)
}

/// Sends the waiting version back inside the municipality.
///
/// # Errors
/// What the engine says.
pub fn refuse_waiting(tx: &mut Tx, proof: Editable<ReplyId>, note: &str) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"reply" => proof.id(), "note" => note, "now" => now};
    tx.exec(&REFUSE_WAITING, params).map(drop)
}

/// Notes the decision of the office that asks about a version.
///
/// # Errors
/// What the engine says.
pub fn decide_version(
    tx: &mut Tx,
    _proof: Editable<ReplyId>,
    version: VersionId,
    state: VersionState,
    note: &str,
) -> Result<()> {
    let now = tx.now();
    let params =
        store::params! {"id" => version, "state" => state.code(), "note" => note, "now" => now};
    tx.exec(&DECIDE_VERSION, params).map(drop)
}

/// Lays a version before the other municipalities of the round.
///
/// # Errors
/// What the engine says.
pub fn share(tx: &mut Tx, _proof: Editable<ReplyId>, version: VersionId) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &SHARE_VERSION,
        store::params! {"id" => version, "now" => now},
    )
    .map(drop)
}

/// Notes where 内容確認 stands.
///
/// # Errors
/// What the engine says.
pub fn set_check(
    tx: &mut Tx,
    proof: &impl Entitled,
    state: Check,
    of: Option<VersionId>,
    note: &str,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.id(), "state" => state.code(), "of" => of, "note" => note, "now" => now,
    };
    tx.exec(&SET_CHECK, params).map(drop)
}

/// Adds a file that lies encrypted on disk already.
///
/// # Errors
/// What the engine says.
pub fn add_file(
    tx: &mut Tx,
    proof: &impl Entitled,
    reply: &Reply,
    file: &Attachment,
    blob: BlobId,
    by: Option<AccountId>,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => file.id, "reply" => proof.id(), "tenant" => reply.tenant, "asker" => reply.asker, "field" => file.field,
        "file" => blob, "name" => file.name, "mime" => file.mime, "size" => file.size, "now" => now, "by" => by,
    };
    tx.exec(&ADD_FILE, params).map(drop)
}

/// Takes a file away from an answer.
///
/// # Errors
/// What the engine says.
pub fn remove_file(tx: &mut Tx, proof: Editable<FileId>) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &REMOVE_FILE,
        store::params! {"id" => proof.id(), "now" => now},
    )
    .map(drop)
}
