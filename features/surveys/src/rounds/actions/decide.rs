//! The asking office's side of one answer, and both sides of 内容確認.

use store::Tx;

use super::{Refusal, answer::record};
use crate::rounds::{
    model::{Check, Reply, ReplyId, RoundState, VersionId, VersionState},
    store::{
        self as sql,
        write::{self, Entitled},
    },
};

/// Sends a submitted answer back with a comment.
///
/// # Errors
/// [`Refusal::Refused`] unless it was submitted, not there or not this viewer's.
pub fn send_back(tx: &mut Tx, id: ReplyId, note: &str) -> Result<Reply, Refusal> {
    let proof = sql::reply_decidable(tx, id)?;
    let reply = sql::reply_asked(tx, id)?;
    let next = reply.state.send_back()?;
    let version = reply.current.ok_or(store::Error::NotFound)?;
    write::decide_version(tx, proof, version, VersionState::Returned, note)?;
    write::set_state(tx, &proof, next)?;
    record(tx, "surveys.answer.return", &reply, None)?;
    Ok(reply)
}

/// Takes a submitted answer. During and after 内容確認 it is laid before the municipalities at once.
///
/// # Errors
/// [`Refusal::Refused`] unless it was submitted, not there or not this viewer's.
pub fn accept(tx: &mut Tx, id: ReplyId) -> Result<Reply, Refusal> {
    let proof = sql::reply_decidable(tx, id)?;
    let reply = sql::reply_asked(tx, id)?;
    let next = reply.state.accept()?;
    let version = reply.current.ok_or(store::Error::NotFound)?;
    write::decide_version(tx, proof, version, VersionState::Accepted, "")?;
    write::set_state(tx, &proof, next)?;
    let round = sql::round(tx, reply.round)?;
    if matches!(round.state, RoundState::Checking | RoundState::Published) {
        write::share(tx, proof, version)?;
        write::set_check(tx, &proof, Check::Asked, None, "")?;
    }
    record(tx, "surveys.answer.accept", &reply, None)?;
    Ok(reply)
}

/// The municipality agrees to what would be published: the version that is valid now.
///
/// # Errors
/// [`Refusal::Missing`] when nothing was asked, [`Refusal::Overtaken`] when another version is valid by now.
pub fn agree(tx: &mut Tx, id: ReplyId, seen: VersionId) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    agree_as(tx, &proof, &reply, seen, ("surveys.check.agree", ""))?;
    Ok(reply)
}

/// The office that asks writes down that a municipality agreed on paper or by telephone; `who` says who did and how. It stands
/// beside the consent, for the municipality too.
///
/// # Errors
/// As [`agree`]; [`Refusal::Missing`] without a word about who agreed.
pub fn record_consent(
    tx: &mut Tx,
    id: ReplyId,
    seen: VersionId,
    who: &str,
) -> Result<Reply, Refusal> {
    if kernel::text::trim(who).is_empty() {
        return Err(Refusal::Missing("confirmed"));
    }
    let proof = sql::reply_decidable(tx, id)?;
    let reply = sql::reply_asked(tx, id)?;
    agree_as(tx, &proof, &reply, seen, ("surveys.check.record", who))?;
    Ok(reply)
}

/// Notes a consent for whoever has proved that it may be given; `how` is the action and what stands beside it.
pub(crate) fn agree_as(
    tx: &mut Tx,
    proof: &impl Entitled,
    reply: &Reply,
    seen: VersionId,
    (action, note): (&'static str, &str),
) -> Result<(), Refusal> {
    if reply.check == Check::None {
        return Err(Refusal::Missing("check"));
    }
    if reply.current != Some(seen) {
        return Err(Refusal::Overtaken);
    }
    write::set_check(tx, proof, Check::Agreed, Some(seen), note)?;
    record(tx, action, reply, None)?;
    Ok(())
}

/// The municipality wants something changed; it goes on by correcting its answer.
///
/// # Errors
/// [`Refusal::Missing`] when nothing was asked.
pub fn change(tx: &mut Tx, id: ReplyId, note: &str) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    change_as(tx, &proof, &reply, note)?;
    Ok(reply)
}

/// Notes the wish for a change for whoever has proved that it may be made, and opens the answer for it.
pub(crate) fn change_as(
    tx: &mut Tx,
    proof: &impl Entitled,
    reply: &Reply,
    note: &str,
) -> Result<(), Refusal> {
    if reply.check == Check::None {
        return Err(Refusal::Missing("check"));
    }
    write::set_check(tx, proof, Check::Change, None, note)?;
    if let Ok(next) = reply.state.correct() {
        write::set_state(tx, proof, next)?;
    }
    record(tx, "surveys.check.change", reply, None)?;
    Ok(())
}
