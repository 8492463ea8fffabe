//! Marking a duty as done, moving it, adding an own one, writing its note.

use kernel::Date;
use store::{Audit, Db, Error, Tx, Viewer};

use super::store::{self as sql, Note};
use crate::pdca::who::Actor;

fn writer(tx: &mut Tx, who: &Actor) -> Result<sql::Writer, Error> {
    sql::writer(tx, who.tenant)?.ok_or(Error::NotFound)
}

fn record(tx: &mut Tx, who: &Actor, action: &'static str, key: &str) -> Result<(), Error> {
    tx.audit(Audit::new(action, "duty").subject(who.tenant.uuid()).field(
        "key",
        None::<String>,
        Some(key),
    ))?;
    tx.changed("programme.calendar", who.tenant.uuid(), Some(who.tenant))
}

/// Marks a duty as done on a day, or takes the mark back.
///
/// # Errors
/// [`Error::NotFound`] when the account may not write for this office.
pub(crate) async fn mark(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    (key, year): (String, i32),
    done: Option<Date>,
) -> Result<(), Error> {
    db.write(viewer, move |tx| {
        let token = writer(tx, &who)?;
        sql::mark(
            tx,
            token,
            &key,
            year,
            done.map(|day| (day, who.by.as_str())),
        )?;
        record(tx, &who, "programme.duty.mark", &key)
    })
    .await
}

/// Puts a duty into a month: a fixed one, or an own one with its title. Without a month the office's own record goes.
///
/// # Errors
/// As [`mark`].
pub(crate) async fn put(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    (key, title): (String, String),
    month: Option<i64>,
) -> Result<(), Error> {
    db.write(viewer, move |tx| {
        let token = writer(tx, &who)?;
        match month {
            Some(month) => sql::put(tx, token, &key, month, &title)?,
            None => sql::drop_own(tx, token, &key)?,
        }
        record(tx, &who, "programme.duty.put", &key)
    })
    .await
}

/// Saves the note of a duty as a new version; `Some` with the newest when somebody else was faster.
///
/// # Errors
/// As [`mark`].
pub(crate) async fn note(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    (key, seen): (String, i64),
    body: String,
) -> Result<Option<Note>, Error> {
    db.write(viewer, move |tx| {
        let token = writer(tx, &who)?;
        let newest = sql::notes(tx, who.tenant, &key)?.into_iter().next();
        if let Some(newest) = newest.filter(|newest| newest.version != seen) {
            return Ok(Some(newest));
        }
        let note = Note {
            key: key.clone(),
            version: seen + 1,
            body: body.clone(),
            by: who.by.clone(),
            saved_at: tx.now(),
        };
        sql::add_note(tx, token, &note)?;
        record(tx, &who, "programme.note.save", &key)?;
        Ok(None)
    })
    .await
}
