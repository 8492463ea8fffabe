//! What people do with forms and links; each function is one write with its audit row. Links: [`linked`].

pub mod linked;

use forms::Value;
use kernel::{AccountId, OrganisationId};
use store::{Audit, FieldChange, Tx};

pub(super) use linked::{
    Linked, add_file_linked, agree_linked, apply_linked, arrive_linked, change_linked, drop_linked,
    remove_file_linked, submit_linked,
};
pub use linked::{add_link, revoke};

use super::{
    model::{Return, ReturnId, Via},
    store::{self as sql, Arrived},
};
use crate::rounds::{
    actions::{FieldInput, Refusal, Saved, answer, save_fields},
    model::{AsideId, Channel, Decision, Reply, ReplyId, RoundId, VersionId},
    store::{
        self as rounds,
        write::{self, Entitled, Writer},
    },
};

/// Who acts: the person and the office.
pub(super) type Me = (AccountId, OrganisationId);

/// A field that is to be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its key.
    pub field: String,
    /// The version of the field the chooser saw; 0 when there was none.
    pub seen: i64,
    /// Under which id a text is kept that meets a newer one; drawn before the write.
    pub aside: AsideId,
}

fn record(
    tx: &mut Tx,
    action: &'static str,
    reply: &Reply,
    id: kernel::Uuid,
    fields: Vec<FieldChange>,
) -> Result<(), Refusal> {
    tx.audit(Audit {
        action,
        table: "form_return",
        id: Some(id),
        subject: Some(reply.tenant.uuid()),
        fields,
        ..Audit::default()
    })?;
    tx.changed("round_reply", reply.id.uuid(), Some(reply.tenant))?;
    Ok(())
}

/// Keeps a file that the municipality uploaded, until it is taken over.
///
/// # Errors
/// [`Refusal::Refused`] while nothing may be written, not there or not this viewer's.
pub fn arrive(tx: &mut Tx, id: ReplyId, arrived: &Arrived) -> Result<(), Refusal> {
    rounds::reply_editable(tx, id)?;
    let reply = rounds::reply_mine(tx, id)?;
    reply.state.write()?;
    sql::add(tx, &reply, arrived)?;
    record(
        tx,
        "surveys.form.upload",
        &reply,
        arrived.id.uuid(),
        Vec::new(),
    )
}

/// Keeps what the office that asks entered on behalf of a municipality (代理入力). It becomes part of the answer only when the
/// municipality confirms it, here or on paper.
///
/// # Errors
/// As [`arrive`].
pub fn enter(tx: &mut Tx, round: RoundId, id: ReplyId, arrived: &Arrived) -> Result<(), Refusal> {
    rounds::reply_decidable(tx, id)?;
    let reply = asked(tx, round, id)?;
    reply.state.write()?;
    sql::add(tx, &reply, arrived)?;
    record(
        tx,
        "surveys.form.enter",
        &reply,
        arrived.id.uuid(),
        Vec::new(),
    )
}

fn asked(tx: &mut Tx, round: RoundId, id: ReplyId) -> Result<Reply, Refusal> {
    let reply = rounds::reply_asked(tx, id)?;
    // A round that has not been sent has no answers.
    if reply.round != round || rounds::round(tx, round)?.state.edit().is_ok() {
        return Err(store::Error::NotFound.into());
    }
    Ok(reply)
}

/// The writer of a text that came back: the entering office stays visible.
fn writer(found: &Return, account: Option<AccountId>, office: Option<OrganisationId>) -> Writer {
    let (channel, office) = match found.via {
        Via::Proxy => (Channel::Proxy, found.office),
        Via::File | Via::Link => (Channel::File, office),
    };
    Writer {
        account,
        office,
        channel,
    }
}

fn names(choices: &[Choice]) -> Vec<FieldChange> {
    let list: Vec<&str> = choices.iter().map(|c| c.field.as_str()).collect();
    vec![FieldChange {
        name: "fields",
        old: None,
        new: Some(list.join(" ")),
    }]
}

/// Takes the chosen fields of a return over into the municipality's answer.
///
/// # Errors
/// [`Refusal::Refused`] when it was decided before or nothing may be written, not there or not this viewer's.
pub fn apply(
    tx: &mut Tx,
    id: ReplyId,
    of: ReturnId,
    me: Me,
    choices: &[Choice],
) -> Result<Saved, Refusal> {
    let proof = sql::return_editable(tx, of, "tenant")?;
    let found = sql::return_mine(tx, id, of)?;
    let state = found.state.apply()?;
    let inputs: Vec<FieldInput> = choices
        .iter()
        .filter_map(|choice| {
            let value = found.answers.get(&choice.field)?.clone();
            Some(FieldInput {
                field: choice.field.clone(),
                value,
                range: None,
                seen: Some(choice.seen),
                aside: choice.aside,
            })
        })
        .collect();
    let saved = save_fields(tx, id, writer(&found, Some(me.0), Some(me.1)), &inputs)?;
    sql::decide(tx, &proof, state, Some(me.0), "")?;
    let reply = rounds::reply_mine(tx, id)?;
    record(tx, "surveys.form.apply", &reply, of.uuid(), names(choices))?;
    Ok(saved)
}

/// Puts a return away; nothing of it is taken over.
///
/// # Errors
/// As [`apply`].
pub fn put_away(tx: &mut Tx, id: ReplyId, of: ReturnId, me: Me) -> Result<(), Refusal> {
    let proof = sql::return_editable(tx, of, "tenant")?;
    let found = sql::return_mine(tx, id, of)?;
    let state = found.state.put_away()?;
    sql::decide(tx, &proof, state, Some(me.0), "")?;
    let reply = rounds::reply_mine(tx, id)?;
    record(tx, "surveys.form.drop", &reply, of.uuid(), Vec::new())
}

/// The office that asks takes its own entry back.
///
/// # Errors
/// As [`apply`].
pub fn take_back(tx: &mut Tx, round: RoundId, of: ReturnId, me: Me) -> Result<(), Refusal> {
    let proof = sql::return_editable(tx, of, "asker")?;
    let found = sql::return_asked(tx, round, of)?;
    let state = found.state.put_away()?;
    sql::decide(tx, &proof, state, Some(me.0), "")?;
    let reply = asked(tx, round, found.reply)?;
    record(tx, "surveys.form.drop", &reply, of.uuid(), Vec::new())
}

/// The municipality confirmed an entry on paper or by telephone: it becomes the answer, except where the municipality wrote
/// itself. With a decision it is submitted as 決裁済み. Says how many fields were left alone.
///
/// # Errors
/// As [`apply`]; [`Refusal::Missing`] without a word about who confirmed; [`Refusal::Fields`] when it cannot be submitted.
pub fn confirm(
    tx: &mut Tx,
    round: RoundId,
    of: ReturnId,
    me: Me,
    confirmed: &str,
    submit: Option<(VersionId, &Decision)>,
) -> Result<usize, Refusal> {
    if kernel::text::trim(confirmed).is_empty() {
        return Err(Refusal::Missing("confirmed"));
    }
    let proof = sql::return_editable(tx, of, "asker")?;
    let found = sql::return_asked(tx, round, of)?;
    let state = found.state.apply()?;
    let entitled = rounds::reply_decidable(tx, found.reply)?;
    let reply = asked(tx, round, found.reply)?;
    reply.state.write()?;
    let whole = sql::whole_past_views(tx, found.reply)?;
    let who = writer(&found, Some(me.0), Some(me.1));
    let mut left = 0;
    for (key, value) in &found.answers {
        let old = whole.fields.iter().find(|f| f.field == *key);
        let own = old.is_some_and(|o| !o.value.is_blank() && o.saved_office != Some(me.1));
        if own {
            left += usize::from(old.is_some_and(|o| o.value != *value));
        } else {
            put(tx, &entitled, &whole, who, key, value)?;
        }
    }
    sql::decide(tx, &proof, state, Some(me.0), confirmed)?;
    record(tx, "surveys.form.confirm", &reply, of.uuid(), Vec::new())?;
    if let Some((version, decision)) = submit {
        submit_whole(tx, &entitled, found.reply, version, who, decision)?;
    }
    Ok(left)
}

/// Writes one field; `Blank` in a field that nobody touched stays 未回答.
fn put(
    tx: &mut Tx,
    entitled: &impl Entitled,
    whole: &sql::Whole,
    who: Writer,
    key: &str,
    value: &Value,
) -> Result<(), Refusal> {
    let field = whole
        .round
        .catalogue
        .field(key)
        .ok_or_else(|| Refusal::NoField(key.to_owned()))?;
    field
        .check(value)
        .map_err(|what| Refusal::Fields(vec![(key.to_owned(), what)]))?;
    let old = whole.fields.iter().find(|f| f.field == key);
    if old.map_or(*value == Value::Blank, |o| o.value == *value) {
        return Ok(());
    }
    let range = old.map_or(whole.round.default_range, |o| o.range);
    let json = value
        .to_json()
        .map_err(|error| store::Error::Engine(error.to_string()))?;
    let now = tx.now();
    write::put_field(
        tx,
        entitled,
        whole.reply.tenant,
        who,
        key,
        (&json, range),
        now,
    )?;
    Ok(())
}

/// Freezes and submits an answer that was approved outside.
fn submit_whole(
    tx: &mut Tx,
    entitled: &impl Entitled,
    id: ReplyId,
    version: VersionId,
    who: Writer,
    decision: &Decision,
) -> Result<(), Refusal> {
    // Read again: fields may just have been written.
    let whole = sql::whole_past_views(tx, id)?;
    whole.reply.state.submit_outside()?;
    let files = sql::files_past_views(tx, id)?;
    let answers = answer::complete(&whole.round, &whole.fields, &files)?;
    let waiting = match write::waiting(tx, entitled)? {
        Some(waiting) => waiting,
        None => {
            write::add_version(tx, entitled, &whole.reply, version, who, &answers)?;
            version
        }
    };
    let today = tx.now().date_jst();
    let late = whole.reply.due(&whole.round).is_some_and(|due| today > due);
    if !write::submit(tx, entitled, waiting, who.account, Some(decision), late)? {
        return Err(Refusal::Overtaken);
    }
    tx.audit(Audit {
        action: "surveys.answer.submit",
        table: "round_reply",
        id: Some(id.uuid()),
        subject: Some(whole.reply.tenant.uuid()),
        fields: vec![FieldChange {
            name: "document_number",
            old: None,
            new: Some(decision.number.clone()),
        }],
        ..Audit::default()
    })?;
    tx.changed("round_reply", id.uuid(), Some(whole.reply.asker))?;
    Ok(())
}
