//! Beginning, saving and ending a new issue.

use kernel::Env;
use store::{Audit, Db, Error, Viewer};

use super::{
    model::{Answers, DraftId},
    store as sql,
};
use crate::{
    model::{EntryId, NewEntry, NewIds},
    pdca::who::{Actor, may_write},
};

/// How saving ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is on disk.
    Done,
    /// It has become this entry.
    Entry(EntryId),
    /// Somebody else was faster: the answers there now, and their version.
    Conflict(Box<Answers>, i64),
}

/// Begins.
///
/// # Errors
/// When the database fails.
pub(crate) async fn begin(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
) -> Result<DraftId, Error> {
    let id: DraftId = env.id();
    db.write(viewer, move |tx| {
        may_write(tx, who.tenant)?;
        sql::add(tx, id, who.tenant, &who.by)?;
        tx.audit(
            Audit::new("programme.guide.begin", "issue_draft")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.guide", id.uuid(), Some(who.tenant))?;
        Ok(id)
    })
    .await
}

/// Saves the answers and where the writer goes next.
///
/// # Errors
/// [`Error::NotFound`] when it is not this office's, or has become an issue.
pub(crate) async fn save(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: DraftId,
    seen: i64,
    (answers, step): (Answers, i64),
) -> Result<Saved, Error> {
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        if !sql::save(tx, token, seen, (&answers, step, &who.by))? {
            let now = sql::one(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
            return Ok(Saved::Conflict(Box::new(now.answers), now.version));
        }
        tx.audit(
            Audit::new("programme.guide.save", "issue_draft")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.guide", id.uuid(), Some(who.tenant))?;
        Ok(Saved::Done)
    })
    .await
}

/// Ends it in an issue of this office: internal, open.
///
/// # Errors
/// As [`save`].
pub(crate) async fn end(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: DraftId,
    seen: i64,
    (ids, new): (NewIds, NewEntry),
) -> Result<Saved, Error> {
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        let now = sql::one(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        if now.version != seen {
            return Ok(Saved::Conflict(Box::new(now.answers), now.version));
        }
        // The entry writes the audit row of this act.
        let entry = crate::actions::create(tx, &ids, &new)?;
        sql::end(tx, token, seen, entry)?;
        Ok(Saved::Entry(entry))
    })
    .await
}

/// Throws a draft away.
///
/// # Errors
/// As [`save`].
pub(crate) async fn discard(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: DraftId,
) -> Result<(), Error> {
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        sql::remove(tx, token)?;
        tx.audit(
            Audit::new("programme.guide.discard", "issue_draft")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.guide", id.uuid(), Some(who.tenant))
    })
    .await
}
