//! Links without an account: making and stopping them, and what is done behind one.

use store::{Audit, Tx, blobs::NewBlob};

use super::{Choice, asked, names, put, record, submit_whole, writer};
use crate::{
    returns::{
        link::{self, Closed, Opened},
        model::{LinkId, ReturnId, ReturnState},
        store::{self as sql, Arrived, Decidable, link::NewLink},
    },
    rounds::{
        actions::{Refusal, answer, decide, files},
        model::{Attachment, Channel, Decision, FileId, ReplyId, RoundId, VersionId},
        store::{self as rounds, write::Writer},
    },
};

/// Adds a link; the mail with it is sent in the same write.
///
/// # Errors
/// Not there or not this office's; before sending.
pub fn add_link(
    tx: &mut Tx,
    round: RoundId,
    id: ReplyId,
    link: &NewLink,
    mail: Option<&web::mail::Mail>,
) -> Result<(), Refusal> {
    let proof = rounds::reply_decidable(tx, id)?;
    let reply = asked(tx, round, id)?;
    sql::add_link(tx, proof, &reply, link)?;
    if let Some(mail) = mail {
        web::mail::send(tx, mail)?;
    }
    record(tx, "surveys.form.link", &reply, link.id.uuid(), Vec::new())
}

/// Stops a link; `side` is `tenant` or `asker`.
///
/// # Errors
/// Not there, stopped before, or not this viewer's.
pub fn revoke(tx: &mut Tx, id: LinkId, side: &'static str) -> Result<(), Refusal> {
    sql::revoke(tx, id, side)?;
    tx.audit(Audit::new("surveys.form.link.revoke", "form_link").id(id.uuid()))?;
    Ok(())
}

/// A return behind an opened link.
struct Behind(ReturnId);

impl Decidable for Behind {
    fn return_id(&self) -> ReturnId {
        self.0
    }
}

/// What a write behind a link ends with.
pub(in crate::returns) type Linked<T> = Result<Result<T, Closed>, Refusal>;

fn opened(tx: &mut Tx, hash: &str) -> Result<Option<Opened>, Refusal> {
    Ok(link::open(tx, hash)?)
}

/// Keeps a file that came through a link.
pub(in crate::returns) fn arrive_linked(tx: &mut Tx, hash: &str, arrived: &Arrived) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    let reply = &open.whole.reply;
    reply.state.write()?;
    if let Err(closed) = open.count(tx)? {
        return Ok(Err(closed));
    }
    sql::add(tx, reply, arrived)?;
    record(
        tx,
        "surveys.form.upload",
        reply,
        arrived.id.uuid(),
        Vec::new(),
    )?;
    Ok(Ok(()))
}

/// Takes the chosen fields over behind a link. Fields that changed in between are not written; says how many.
pub(in crate::returns) fn apply_linked(
    tx: &mut Tx,
    hash: &str,
    of: ReturnId,
    choices: &[Choice],
) -> Linked<usize> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    let whole = &open.whole;
    whole.reply.state.write()?;
    let found = sql::return_past_views(tx, whole.reply.id, of)?;
    let state = found.state.apply()?;
    let who = writer(&found, None, None);
    let mut left = 0;
    for choice in choices {
        let Some(value) = found.answers.get(&choice.field) else {
            continue;
        };
        let there = whole.fields.iter().find(|f| f.field == choice.field);
        if there.map_or(0, |f| f.version) == choice.seen {
            put(tx, &open, whole, who, &choice.field, value)?;
        } else {
            left += 1;
        }
    }
    sql::decide(tx, &Behind(of), state, None, "")?;
    record(
        tx,
        "surveys.form.apply",
        &whole.reply,
        of.uuid(),
        names(choices),
    )?;
    Ok(Ok(left))
}

/// Puts a return away behind a link.
pub(in crate::returns) fn drop_linked(tx: &mut Tx, hash: &str, of: ReturnId) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    let found = sql::return_past_views(tx, open.whole.reply.id, of)?;
    let state: ReturnState = found.state.put_away()?;
    sql::decide(tx, &Behind(of), state, None, "")?;
    record(
        tx,
        "surveys.form.drop",
        &open.whole.reply,
        of.uuid(),
        Vec::new(),
    )?;
    Ok(Ok(()))
}

/// Submits behind a link what was approved in the town hall.
pub(in crate::returns) fn submit_linked(
    tx: &mut Tx,
    hash: &str,
    version: VersionId,
    decision: &Decision,
) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    let who = Writer {
        account: None,
        office: None,
        channel: Channel::File,
    };
    submit_whole(tx, &open, open.whole.reply.id, version, who, decision)?;
    Ok(Ok(()))
}

/// Adds a file behind a link; it counts as an upload.
pub(in crate::returns) fn add_file_linked(
    tx: &mut Tx,
    hash: &str,
    file: &Attachment,
    blob: &NewBlob,
) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    if let Err(closed) = open.count(tx)? {
        return Ok(Err(closed));
    }
    let reply = &open.whole.reply;
    let there = sql::files_past_views(tx, reply.id)?.len();
    files::put_file(tx, &open, reply, there, (file, blob), None)?;
    Ok(Ok(()))
}

/// Takes a file away that came through a link and was not submitted yet.
pub(in crate::returns) fn remove_file_linked(tx: &mut Tx, hash: &str, id: FileId) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    let reply = &open.whole.reply;
    reply.state.write()?;
    let file = sql::link_files(tx, reply.id)?
        .into_iter()
        .find(|f| f.id == id)
        .ok_or(store::Error::NotFound)?;
    if !sql::drop_link_file(tx, &open, id)? {
        return Err(store::Error::NotFound.into());
    }
    store::blobs::destroy(tx, file.file)?;
    answer::record(tx, "surveys.answer.file-removed", reply, None)?;
    Ok(Ok(()))
}

/// 了承 behind a link: to the version that is valid and that the page showed.
pub(in crate::returns) fn agree_linked(tx: &mut Tx, hash: &str, seen: VersionId) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    decide::agree_as(
        tx,
        &open,
        &open.whole.reply,
        seen,
        ("surveys.check.agree", ""),
    )?;
    Ok(Ok(()))
}

/// 修正 behind a link.
pub(in crate::returns) fn change_linked(tx: &mut Tx, hash: &str, note: &str) -> Linked<()> {
    let Some(open) = opened(tx, hash)? else {
        return Ok(Err(Closed::NoLink));
    };
    decide::change_as(tx, &open, &open.whole.reply, note)?;
    Ok(Ok(()))
}
