//! What members do with a joint text; each function is one write with its audit row.

use forms::Value;
use kernel::{AccountId, OrganisationId};
use store::{Audit, Tx};

use super::{
    model::{Joint, JointId, Member, MemberState, Own, own_words},
    store as sql,
};
use crate::rounds::{
    actions::{FieldInput, Refusal, Saved, save_fields},
    model::{AsideId, Channel, Reply, ReplyId},
    store::{self as rounds, write::Writer},
};

/// Who acts.
#[derive(Clone, Debug)]
pub struct Me {
    /// The person.
    pub account: AccountId,
    /// The person's office.
    pub office: OrganisationId,
    /// Its name.
    pub office_name: String,
}

impl Me {
    /// Whether the person belongs to the municipality itself and does not act for it.
    fn is(&self, reply: &Reply) -> bool {
        self.office == reply.tenant
    }
}

fn record(tx: &mut Tx, action: &'static str, reply: &Reply, id: JointId) -> Result<(), Refusal> {
    tx.audit(
        Audit::new(action, "joint_text")
            .id(id.uuid())
            .subject(reply.tenant.uuid()),
    )?;
    tx.changed("joint_text", id.uuid(), Some(reply.tenant))?;
    Ok(())
}

/// Starts a joint text for a question and invites others. The starter has joined when it is a municipality, or when a desk starts
/// for one that asked it; for questions about a municipality's own view it then still has to be adopted by each itself.
///
/// # Errors
/// [`Refusal::NoField`], [`Refusal::Missing`] without text or without anybody else, [`Refusal::Overtaken`] when this municipality
/// works on a joint text for the question already, [`Refusal::Refused`] while nothing may be written.
pub fn start(
    tx: &mut Tx,
    id: ReplyId,
    me: &Me,
    joint: JointId,
    field: &str,
    base: &str,
    invited: &[OrganisationId],
) -> Result<(), Refusal> {
    rounds::reply_editable(tx, id)?;
    let reply = rounds::reply_mine(tx, id)?;
    reply.state.write()?;
    let round = rounds::round(tx, reply.round)?;
    let question = round
        .catalogue
        .field(field)
        .ok_or_else(|| Refusal::NoField(field.to_owned()))?;
    let value = Value::text(base);
    if value.is_blank() {
        return Err(Refusal::Missing("base"));
    }
    question
        .check(&value)
        .map_err(|what| Refusal::Fields(vec![(field.to_owned(), what)]))?;
    if sql::taken(tx, round.id, field, id)? {
        return Err(Refusal::Overtaken);
    }
    let now = tx.now();
    let text = Joint {
        id: joint,
        round: round.id,
        field: field.to_owned(),
        lead: me.office,
        lead_name: me.office_name.clone(),
        base: base.to_owned(),
        version: 1,
        made_at: now,
        changed_at: now,
        changed_name: me.office_name.clone(),
    };
    sql::add(tx, &text)?;
    let mut others = 0;
    for one in sql::asked(tx, round.id)? {
        let state = if one.0 == id {
            MemberState::Joined
        } else if invited.contains(&one.1) {
            others += 1;
            MemberState::Invited
        } else {
            continue;
        };
        sql::add_member(tx, joint, &one, state)?;
    }
    if others == 0 {
        return Err(Refusal::Missing("members"));
    }
    record(tx, "surveys.joint.start", &reply, joint)
}

/// A member with its text, in a write.
struct At {
    proof: store::Editable<JointId>,
    reply: Reply,
    joint: Joint,
    me: Member,
}

fn at(tx: &mut Tx, id: ReplyId, joint: JointId) -> Result<At, Refusal> {
    let proof = sql::member_editable(tx, id, joint)?;
    let reply = rounds::reply_mine(tx, id)?;
    let text = sql::joint(tx, id, joint)?;
    let me = sql::members(tx, id, joint)?
        .into_iter()
        .find(|m| m.reply == id)
        .ok_or(store::Error::NotFound)?;
    Ok(At {
        proof,
        reply,
        joint: text,
        me,
    })
}

/// Joins: from now on the others' differences are seen.
///
/// # Errors
/// [`Refusal::Refused`] unless invited, not there or not this viewer's.
pub fn join(tx: &mut Tx, id: ReplyId, joint: JointId) -> Result<(), Refusal> {
    let at = at(tx, id, joint)?;
    let state = at.me.state.join()?;
    sql::save_state(tx, at.proof, id, state)?;
    record(tx, "surveys.joint.join", &at.reply, joint)
}

/// Leaves, or declines. What was adopted stays in the answer.
///
/// # Errors
/// [`Refusal::Refused`] when it left before, not there or not this viewer's.
pub fn leave(tx: &mut Tx, id: ReplyId, joint: JointId) -> Result<(), Refusal> {
    let at = at(tx, id, joint)?;
    let state = at.me.state.leave()?;
    sql::save_state(tx, at.proof, id, state)?;
    record(tx, "surveys.joint.leave", &at.reply, joint)
}

/// Changes the common text; who had adopted it is asked again.
///
/// # Errors
/// [`Refusal::Overtaken`], [`Refusal::Missing`] without text, [`Refusal::Refused`] unless joined.
pub fn save_base(
    tx: &mut Tx,
    id: ReplyId,
    joint: JointId,
    me: &Me,
    base: &str,
    seen: i64,
) -> Result<(), Refusal> {
    let at = at(tx, id, joint)?;
    at.me.state.work()?;
    check(tx, &at, base)?;
    if base == at.joint.base && seen == at.joint.version {
        return Ok(());
    }
    if !sql::save_base(tx, at.proof, &at.joint, base, seen, &me.office_name)? {
        return Err(Refusal::Overtaken);
    }
    record(tx, "surveys.joint.base", &at.reply, joint)
}

fn check(tx: &mut Tx, at: &At, text: &str) -> Result<(), Refusal> {
    let round = rounds::round(tx, at.reply.round)?;
    let value = Value::text(text);
    if value.is_blank() {
        return Err(Refusal::Missing("base"));
    }
    let field = round
        .catalogue
        .field(&at.joint.field)
        .ok_or_else(|| Refusal::NoField(at.joint.field.clone()))?;
    field
        .check(&value)
        .map_err(|what| Refusal::Fields(vec![(field.key.clone(), what)]))
}

/// Saves this municipality's own words, typed beside a version of the common text.
///
/// # Errors
/// [`Refusal::Overtaken`] when the common text changed in between, [`Refusal::Refused`] unless joined.
pub fn save_own(
    tx: &mut Tx,
    id: ReplyId,
    joint: JointId,
    texts: &[String],
    tail: &str,
    seen: (i64, i64),
) -> Result<(), Refusal> {
    let at = at(tx, id, joint)?;
    at.me.state.work()?;
    if (at.joint.version, at.me.own_version) != seen {
        return Err(Refusal::Overtaken);
    }
    let own = Own::typed(&at.joint.base, texts, tail);
    check(tx, &at, &own.whole(&at.joint.base))?;
    if own == at.me.own {
        return Ok(());
    }
    sql::save_own(tx, at.proof, id, &own)?;
    record(tx, "surveys.joint.own", &at.reply, joint)
}

/// Takes the text, with this municipality's differences, into its answer. `seen` is what the adopter read.
///
/// # Errors
/// [`Refusal::Overtaken`] when something changed in between; [`Refusal::Missing`] when only the municipality itself may adopt it;
/// [`Refusal::Refused`] unless joined, or while nothing may be written.
pub fn adopt(
    tx: &mut Tx,
    id: ReplyId,
    joint: JointId,
    me: &Me,
    seen: (i64, i64),
    aside: AsideId,
) -> Result<Saved, Refusal> {
    let at = at(tx, id, joint)?;
    at.me.state.work()?;
    if (at.joint.version, at.me.own_version) != seen {
        return Err(Refusal::Overtaken);
    }
    let round = rounds::round(tx, at.reply.round)?;
    let own = round
        .catalogue
        .field(&at.joint.field)
        .is_some_and(own_words);
    if own && !me.is(&at.reply) {
        return Err(Refusal::Missing("own"));
    }
    let there = rounds::fields(tx, id)?;
    let version = there
        .iter()
        .find(|f| f.field == at.joint.field)
        .map_or(0, |f| f.version);
    let input = FieldInput {
        field: at.joint.field.clone(),
        value: Value::text(&at.me.own.whole(&at.joint.base)),
        range: None,
        // Adopting is a decision about the present text of the answer, which the page shows beside it.
        seen: Some(version),
        aside,
    };
    let who = Writer {
        account: Some(me.account),
        office: Some(me.office),
        channel: Channel::Joint,
    };
    let saved = save_fields(tx, id, who, &[input])?;
    sql::adopt(tx, at.proof, id, at.joint.version, at.me.own_version)?;
    record(tx, "surveys.joint.adopt", &at.reply, joint)?;
    Ok(saved)
}
