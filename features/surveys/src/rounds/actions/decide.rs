//! The asking office's side of one answer, and both sides of 内容確認.

use store::Tx;

use super::{Refusal, answer::record};
use crate::rounds::{
    model::{Check, Reply, ReplyId, RoundState, VersionState},
    store::{self as sql, write},
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
    write::set_state(tx, proof, next)?;
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
    write::set_state(tx, proof, next)?;
    let round = sql::round(tx, reply.round)?;
    if matches!(round.state, RoundState::Checking | RoundState::Published) {
        write::share(tx, proof, version)?;
        write::set_check(tx, proof, Check::Asked, None, "")?;
    }
    record(tx, "surveys.answer.accept", &reply, None)?;
    Ok(reply)
}

/// The municipality agrees to what would be published: the version that is valid now.
///
/// # Errors
/// [`Refusal::Missing`] when nothing was asked, [`Refusal::Overtaken`] when another version is valid by now.
pub fn agree(
    tx: &mut Tx,
    id: ReplyId,
    seen: crate::rounds::model::VersionId,
) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    if reply.check == Check::None {
        return Err(Refusal::Missing("check"));
    }
    if reply.current != Some(seen) {
        return Err(Refusal::Overtaken);
    }
    write::set_check(tx, proof, Check::Agreed, Some(seen), "")?;
    record(tx, "surveys.check.agree", &reply, None)?;
    Ok(reply)
}

/// The municipality wants something changed; it goes on by correcting its answer.
///
/// # Errors
/// [`Refusal::Missing`] when nothing was asked.
pub fn change(tx: &mut Tx, id: ReplyId, note: &str) -> Result<Reply, Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    if reply.check == Check::None {
        return Err(Refusal::Missing("check"));
    }
    write::set_check(tx, proof, Check::Change, None, note)?;
    if let Ok(next) = reply.state.correct() {
        write::set_state(tx, proof, next)?;
    }
    record(tx, "surveys.check.change", &reply, None)?;
    Ok(reply)
}
