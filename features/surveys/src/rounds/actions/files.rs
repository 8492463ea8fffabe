//! Files beside an answer: add one, take one away.

use kernel::AccountId;
use store::{Tx, blobs::NewBlob};

use super::{Refusal, answer::record};
use crate::rounds::{
    model::{Attachment, FileId, Reply, ReplyId},
    store::{
        self as sql,
        write::{self, Entitled, Writer},
    },
};

/// Files beside one answer.
pub const MOST_FILES: usize = 30;

/// Adds a file that lies encrypted on disk.
///
/// # Errors
/// [`Refusal::Refused`] while it waits or was submitted, [`Refusal::Missing`] when there are too many, not there or not this
/// viewer's.
pub fn add_file(
    tx: &mut Tx,
    id: ReplyId,
    file: &Attachment,
    blob: &NewBlob,
    who: Writer,
) -> Result<(), Refusal> {
    let proof = sql::reply_editable(tx, id)?;
    let reply = sql::reply_mine(tx, id)?;
    let there = sql::files_mine(tx, id)?.len();
    put_file(tx, &proof, &reply, there, (file, blob), who.account)
}

/// Adds a file for whoever has proved that this answer may be written; `there` are as many as lie beside it already.
pub(crate) fn put_file(
    tx: &mut Tx,
    proof: &impl Entitled,
    reply: &Reply,
    there: usize,
    (file, blob): (&Attachment, &NewBlob),
    by: Option<AccountId>,
) -> Result<(), Refusal> {
    reply.state.write()?;
    if there >= MOST_FILES {
        return Err(Refusal::Missing("room"));
    }
    store::blobs::attach(tx, blob)?;
    write::add_file(tx, proof, reply, file, blob.id(), by)?;
    record(
        tx,
        "surveys.answer.file",
        reply,
        Some(("name", file.name.clone())),
    )?;
    Ok(())
}

/// Takes a file away that the office which asked has not seen yet.
///
/// # Errors
/// [`Refusal::Refused`] while it waits or was submitted, not there or not this viewer's.
pub fn remove_file(tx: &mut Tx, id: ReplyId, file: FileId) -> Result<(), Refusal> {
    let proof = sql::file_editable(tx, id, file)?;
    let reply = sql::reply_mine(tx, id)?;
    reply.state.write()?;
    let there = sql::file(tx, id, file)?;
    if there.submitted_at.is_some() {
        return Err(Refusal::Missing("unsubmitted"));
    }
    write::remove_file(tx, proof)?;
    store::blobs::destroy(tx, there.file)?;
    record(tx, "surveys.answer.file-removed", &reply, None)?;
    Ok(())
}
