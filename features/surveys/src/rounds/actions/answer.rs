//! The municipality's side: save fields, ask for approval, approve, submit, correct.

use forms::Value;
use store::{Editable, FieldChange, Tx};

use super::{Refusal, audit};
use crate::rounds::{
    model::{
        Answers, AsideId, Attachment, Decision, FieldDraft, Given, Range, Reply, ReplyId, Round,
        VersionId,
    },
    store::{
        self as sql,
        write::{self, Writer},
    },
};

/// Changes of one person in one field are written into the audit trail once in this time, in seconds.
const COALESCE: i64 = 600;

/// A text for one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldInput {
    /// The field's key.
    pub field: String,
    /// What was written, checked by [`forms::Field::check`] here again.
    pub value: Value,
    /// How far it may go; `None` keeps what is set, or the round's own.
    pub range: Option<Range>,
    /// The version of the field that the writer saw; 0 when there was none. `None` overwrites knowingly.
    pub seen: Option<i64>,
    /// Under which id the text is kept if it meets another one; drawn before the write.
    pub aside: AsideId,
}

/// Two texts in one field: the one that is saved, and mine, which is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What is saved.
    pub theirs: FieldDraft,
    /// What I wrote.
    pub mine: Value,
    /// Where it is kept.
    pub aside: AsideId,
}

/// How saving ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Fields that changed, with their new version.
    pub versions: Vec<(String, i64)>,
    /// Fields in which somebody else's text stands; mine is kept beside it.
    pub clashes: Vec<Clash>,
}

/// Saves the texts of some fields. Equal texts change nothing; a text over one that the writer has not seen is kept beside it
/// and reported. Writes one audit row, not more than one in ten minutes for the same person and field.
///
/// # Errors
/// [`Refusal::Refused`] while it waits or was submitted, [`Refusal::Fields`] with the first problem of each field,
/// [`Refusal::NoField`], not there or not this viewer's.
pub fn save_fields(
    tx: &mut Tx,
    id: ReplyId,
    who: Writer,
    inputs: &[FieldInput],
) -> Result<Saved, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    reply.state.write()?;
    let round = sql::round(tx, reply.round)?;
    let mut problems = Vec::new();
    for input in inputs {
        let field = round
            .catalogue
            .field(&input.field)
            .ok_or_else(|| Refusal::NoField(input.field.clone()))?;
        if let Err(problem) = field.check(&input.value) {
            problems.push((input.field.clone(), problem));
        }
    }
    if !problems.is_empty() {
        return Err(Refusal::Fields(problems));
    }
    let there = sql::fields(tx, id)?;
    let mut saved = Saved::default();
    let (mut changed, mut audited) = (Vec::new(), false);
    let now = tx.now();
    for input in inputs {
        let old = there.iter().find(|f| f.field == input.field);
        let range = input
            .range
            .or(old.map(|o| o.range))
            .unwrap_or(round.default_range);
        if old.is_some_and(|o| o.value == input.value && o.range == range) {
            continue;
        }
        // An empty field that was never saved stays 未回答 until somebody says something about it.
        if old.is_none() && input.value == Value::Blank && range == round.default_range {
            continue;
        }
        let json = json(&input.value)?;
        let seen = input.seen;
        if let Some(old) = old
            && seen.is_some_and(|seen| seen != old.version)
            && old.value != input.value
        {
            let kept = (input.field.as_str(), json.as_str());
            write::add_aside(tx, proof, input.aside, reply.tenant, who, kept)?;
            saved.clashes.push(Clash {
                theirs: old.clone(),
                mine: input.value.clone(),
                aside: input.aside,
            });
            changed.push(input.field.as_str());
            audited = true;
            continue;
        }
        let last = write::audited_at(tx, proof, &input.field, who.account)?;
        let fresh = last.is_some_and(|last| now.secs_since(last) < COALESCE);
        audited |= !fresh;
        let at = last.filter(|_| fresh).unwrap_or(now);
        write::put_field(
            tx,
            &proof,
            reply.tenant,
            who,
            &input.field,
            (&json, range),
            at,
        )?;
        changed.push(input.field.as_str());
        let version = old.map_or(0, |o| o.version) + 1;
        saved.versions.push((input.field.clone(), version));
    }
    if audited {
        let mut row = audit("surveys.answer.save", "round_field", id.uuid());
        row.subject = Some(reply.tenant.uuid());
        row.fields = vec![FieldChange {
            name: "fields",
            old: None,
            new: Some(changed.join(" ")),
        }];
        tx.audit(row)?;
    }
    if !changed.is_empty() {
        tx.changed("round_reply", id.uuid(), Some(reply.tenant))?;
    }
    Ok(saved)
}

fn json(value: &Value) -> Result<String, store::Error> {
    value
        .to_json()
        .map_err(|error| store::Error::Engine(error.to_string()))
}

/// Freezes the working texts as a version that waits for approval, under an id drawn before the write.
///
/// # Errors
/// [`Refusal::Refused`], [`Refusal::Fields`] with every field that must be filled in, not there or not this viewer's.
pub fn ask(tx: &mut Tx, id: ReplyId, version: VersionId, who: Writer) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    let next = reply.state.ask()?;
    freeze(tx, proof, &reply, version, who)?;
    write::set_state(tx, &proof, next)?;
    record(tx, "surveys.answer.ask", &reply, None)?;
    Ok(reply)
}

fn freeze(
    tx: &mut Tx,
    proof: Editable<ReplyId>,
    reply: &Reply,
    version: VersionId,
    who: Writer,
) -> Result<(), Refusal> {
    let round = sql::round(tx, reply.round)?;
    let fields = sql::fields(tx, reply.id)?;
    let files = sql::files_mine(tx, reply.id)?;
    let answers = complete(&round, &fields, &files)?;
    write::add_version(tx, &proof, reply, version, who, &answers)?;
    Ok(())
}

/// The working texts as the answers of a version. A question for files is answered by the names of the files beside it.
///
/// # Errors
/// [`Refusal::Fields`] with every field that cannot be submitted so.
pub fn complete(
    round: &Round,
    fields: &[FieldDraft],
    files: &[Attachment],
) -> Result<Answers, Refusal> {
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for field in &round.catalogue.fields {
        let draft = fields.iter().find(|f| f.field == field.key);
        let names: Vec<String> = files
            .iter()
            .filter(|f| f.field == field.key && matches!(field.kind, forms::Kind::File))
            .map(|f| f.name.clone())
            .collect();
        let given = if names.is_empty() {
            draft.map(|d| d.value.clone())
        } else {
            Some(Value::Files(names))
        };
        if let Err(problem) = field.check_final(given.as_ref()) {
            problems.push((field.key.clone(), problem));
        }
        let given = Given {
            value: given.unwrap_or_default(),
            range: draft.map_or(round.default_range, |d| d.range),
        };
        answers.insert(field.key.clone(), given);
    }
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(Refusal::Fields(problems))
    }
}

/// Takes the request for approval back.
///
/// # Errors
/// [`Refusal::Refused`] unless it waits, not there or not this viewer's.
pub fn withdraw(tx: &mut Tx, id: ReplyId) -> Result<Reply, Refusal> {
    back(tx, id, "", "surveys.answer.withdraw")
}

/// The approver sends it back inside the municipality with a comment.
///
/// # Errors
/// As [`withdraw`].
pub fn refuse(tx: &mut Tx, id: ReplyId, note: &str) -> Result<Reply, Refusal> {
    back(tx, id, note, "surveys.answer.refuse")
}

fn back(tx: &mut Tx, id: ReplyId, note: &str, action: &'static str) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    let next = reply.state.back()?;
    write::refuse_waiting(tx, proof, note)?;
    write::set_state(tx, &proof, next)?;
    record(tx, action, &reply, None)?;
    Ok(reply)
}

/// Approves in Renkei and submits. The page lets only approvers of the municipality itself come here.
///
/// # Errors
/// [`Refusal::Refused`] unless it waits, not there or not this viewer's.
pub fn approve(tx: &mut Tx, id: ReplyId, who: Writer) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    reply.state.approve()?;
    let waiting = write::waiting(tx, &proof)?.ok_or(store::Error::NotFound)?;
    submit(tx, proof, &reply, waiting, who, None)?;
    record(tx, "surveys.answer.approve", &reply, None)?;
    Ok(reply)
}

/// Submits after an approval outside Renkei (決裁済み). `version` is used when nothing waits yet.
///
/// # Errors
/// As [`ask`].
pub fn submit_outside(
    tx: &mut Tx,
    id: ReplyId,
    version: VersionId,
    who: Writer,
    decision: &Decision,
) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    reply.state.submit_outside()?;
    let waiting = match write::waiting(tx, &proof)? {
        Some(waiting) => waiting,
        None => {
            freeze(tx, proof, &reply, version, who)?;
            version
        }
    };
    submit(tx, proof, &reply, waiting, who, Some(decision))?;
    record(
        tx,
        "surveys.answer.submit",
        &reply,
        Some(("document_number", decision.number.clone())),
    )?;
    Ok(reply)
}

fn submit(
    tx: &mut Tx,
    proof: Editable<ReplyId>,
    reply: &Reply,
    version: VersionId,
    who: Writer,
    outside: Option<&Decision>,
) -> Result<(), Refusal> {
    let round = sql::round(tx, reply.round)?;
    let today = tx.now().date_jst();
    let late = reply.due(&round).is_some_and(|due| today > due);
    if write::submit(tx, &proof, version, who.account, outside, late)? {
        Ok(())
    } else {
        Err(Refusal::Overtaken)
    }
}

/// Begins a new version; the submitted one stays valid until the new one is submitted.
///
/// # Errors
/// [`Refusal::Refused`] before submission, not there or not this viewer's.
pub fn correct(tx: &mut Tx, id: ReplyId) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    let next = reply.state.correct()?;
    write::set_state(tx, &proof, next)?;
    record(tx, "surveys.answer.correct", &reply, None)?;
    Ok(reply)
}

/// Ends a meeting of two texts: the one that was kept beside the field goes from the page; its row stays.
///
/// # Errors
/// Not there or not this viewer's.
pub fn resolve(tx: &mut Tx, id: ReplyId, aside: AsideId) -> Result<(), Refusal> {
    let proof = sql::aside_editable(tx, id, aside)?;
    let reply = sql::reply_mine(tx, id)?;
    reply.state.write()?;
    write::resolve_aside(tx, proof)?;
    record(tx, "surveys.answer.resolve", &reply, None)?;
    Ok(())
}

/// The audit row and the notice of a step.
pub(crate) fn record(
    tx: &mut Tx,
    action: &'static str,
    reply: &Reply,
    field: Option<(&'static str, String)>,
) -> Result<(), store::Error> {
    let mut row = audit(action, "round_reply", reply.id.uuid());
    row.subject = Some(reply.tenant.uuid());
    row.fields = field
        .map(|(name, new)| FieldChange {
            name,
            old: None,
            new: Some(new),
        })
        .into_iter()
        .collect();
    tx.audit(row)?;
    tx.changed("round_reply", reply.id.uuid(), Some(reply.tenant))?;
    tx.changed("round_reply", reply.id.uuid(), Some(reply.asker))
}
