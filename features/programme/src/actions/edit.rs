//! Changing the words of an entry, its state, and taking it back.

use store::{Db, Editable, Error, Result, Tx, Viewer};

use super::{finish, texts};
use crate::{
    model::{Entry, EntryId, HistoryId, NewEntry, WITHDRAWN},
    store::{self as sql, writes},
};

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// It is on disk.
    Done,
    /// It is on disk; the words of a public entry changed, so the approvals were taken back.
    ApprovalsGone,
    /// Somebody else was faster: the entry as it is now. Nothing was written.
    Conflict(Box<Entry>),
}

/// Writes the words, marks, municipalities and state of an entry. `seen` is the version the writer saw.
///
/// New words need new approvals. What was born from something about persons has to be confirmed by a second person again.
///
/// # Errors
/// [`Error::NotFound`] when the entry is not the writer's to change; otherwise what the engine says.
pub async fn edit(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    seen: i64,
    new: NewEntry,
) -> Result<Edited> {
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id)?;
        let old = writes::standing(tx, id)?;
        let rewrites = old.origin != "manual" && old.origin != "survey" && !old.origin.is_empty();
        let mut row = texts(&new);
        if old.withdrawn {
            WITHDRAWN.clone_into(&mut row.status);
        }
        let words_differ = old.title != row.title || old.body != row.body || old.kind != row.kind;
        let (needs, by) = if rewrites && words_differ {
            (true, tx.viewer().account())
        } else {
            (old.needs_rewrite, None)
        };
        if !writes::edit(tx, id, seen, &row, (needs, by))? {
            return conflict(tx, id);
        }
        let added = name(tx, token, &old, &new.municipalities)?;
        let gone = words_differ && writes::disapprove(tx, id, None)? > 0;
        let detail = changes(&old, &row, added);
        finish(tx, id, history, "edit", &detail)?;
        Ok(if gone {
            Edited::ApprovalsGone
        } else {
            Edited::Done
        })
    })
    .await
}

/// Makes `codes` the municipalities that the entry names; says whether anything changed.
fn name(
    tx: &mut Tx,
    entry: Editable<EntryId>,
    old: &writes::Standing,
    codes: &[String],
) -> Result<bool> {
    let there = writes::parts(tx, entry.id())?;
    let towns = areas::store::municipalities(tx)?;
    let mut changed = false;
    for part in &there {
        // Who stepped back is no longer in the form, and stays on record.
        if !codes.contains(&part.municipality) && !part.withdrawn {
            writes::drop_part(tx, entry.id(), &part.municipality)?;
            changed = true;
        }
    }
    for (sort, code) in (1..).zip(codes) {
        if there.iter().any(|p| p.municipality == *code) {
            writes::sort_part(tx, entry.id(), code, sort)?;
            continue;
        }
        let organisation = towns
            .iter()
            .find(|t| t.code == *code)
            .and_then(|t| t.organisation);
        writes::add_part(tx, (entry.id(), old.tenant), code, organisation, sort, None)?;
        changed = true;
    }
    Ok(changed)
}

/// The texts that were replaced, so that the history can show them.
fn changes(old: &writes::Standing, new: &writes::Texts, municipalities: bool) -> String {
    let mut lines = Vec::new();
    if old.title != new.title {
        lines.push(format!("title\t{}", old.title));
    }
    if old.body != new.body {
        lines.push(format!("body\t{}", old.body));
    }
    if old.status != new.status {
        lines.push(format!("status\t{} \u{2192} {}", old.status, new.status));
    }
    if old.kind != new.kind {
        lines.push(format!(
            "kind\t{} \u{2192} {}",
            old.kind.code(),
            new.kind.code()
        ));
    }
    if municipalities {
        lines.push("municipalities\t".to_owned());
    }
    lines.join("\n")
}

/// The entry as it is now, for the page that shows both texts.
pub(super) fn conflict(tx: &mut Tx, id: EntryId) -> Result<Edited> {
    let now = sql::entry(tx, id)?.ok_or(Error::NotFound)?;
    Ok(Edited::Conflict(Box::new(now)))
}

/// Puts an entry into another state of its kind. Usable by other rooms inside their own write.
///
/// # Errors
/// [`Error::NotFound`] when the kind has no such state or the entry was taken back; otherwise what the engine says.
pub fn set_status(
    tx: &mut Tx,
    entry: Editable<EntryId>,
    history: HistoryId,
    status: &str,
) -> Result<()> {
    let old = writes::standing(tx, entry.id())?;
    if !old.kind.statuses().contains(&status) || old.withdrawn {
        return Err(Error::NotFound);
    }
    if old.status == status {
        return Ok(());
    }
    writes::set_status(tx, entry.id(), status)?;
    let detail = format!("status\t{} \u{2192} {status}", old.status);
    finish(tx, entry.id(), history, "status", &detail)
}

/// Takes an entry back: it stays with its history and its reason, and leaves board and public pages.
///
/// # Errors
/// As [`edit`].
pub async fn withdraw(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    seen: i64,
    reason: String,
) -> Result<Edited> {
    db.write(viewer, move |tx| {
        sql::editable(tx, id)?;
        if !writes::withdraw(tx, id, seen, &reason)? {
            return conflict(tx, id);
        }
        writes::disapprove(tx, id, None)?;
        finish(tx, id, history, "withdraw", &reason)?;
        Ok(Edited::Done)
    })
    .await
}

/// Brings a withdrawn entry back, in the first state of its kind and not public.
///
/// # Errors
/// As [`edit`].
pub async fn restore(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    seen: i64,
) -> Result<Edited> {
    db.write(viewer, move |tx| {
        sql::editable(tx, id)?;
        let old = writes::standing(tx, id)?;
        if !old.withdrawn || !writes::restore(tx, id, seen, old.kind.first_status())? {
            return conflict(tx, id);
        }
        finish(tx, id, history, "restore", "")?;
        Ok(Edited::Done)
    })
    .await
}
