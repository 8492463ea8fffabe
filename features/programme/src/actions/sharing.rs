//! Who sees an entry: range, participants, the approval of each named municipality, its own words, and stepping back.

use kernel::{Date, OrganisationId};
use store::{Db, Error, Result, Viewer};

use super::{finish, part_editable};
use crate::{
    model::{Entry, EntryId, HistoryId, Range},
    store::{self as sql, writes},
};

/// How a change of range ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeSaved {
    /// It is on disk.
    Done,
    /// It names no municipality that could approve.
    NamesNobody,
    /// It was born from something about persons: it has to be rewritten and confirmed by a second person first.
    NeedsRewrite,
    /// Somebody else was faster: the entry as it is now.
    Conflict(Box<Entry>),
}

/// Sets who may see an entry. 公開 asks each named municipality; leaving it takes the approvals back.
///
/// # Errors
/// [`Error::NotFound`] when the entry is not the writer's to change; otherwise what the engine says.
pub async fn set_range(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    seen: i64,
    range: Range,
) -> Result<RangeSaved> {
    db.write(viewer, move |tx| {
        sql::editable(tx, id)?;
        let old = writes::standing(tx, id)?;
        if range == Range::Public {
            if old.needs_rewrite {
                return Ok(RangeSaved::NeedsRewrite);
            }
            if writes::parts(tx, id)?.is_empty() {
                return Ok(RangeSaved::NamesNobody);
            }
        }
        if !writes::set_range(tx, id, seen, range)? {
            let now = sql::entry(tx, id)?.ok_or(Error::NotFound)?;
            return Ok(RangeSaved::Conflict(Box::new(now)));
        }
        if range != Range::Public {
            writes::disapprove(tx, id, None)?;
        }
        let detail = format!("range\t{} \u{2192} {}", old.range.code(), range.code());
        finish(tx, id, history, "range", &detail)?;
        Ok(RangeSaved::Done)
    })
    .await
}

/// Who approves: the name to print, and the record of a decision made outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// 団体コード of the municipality for which it counts.
    pub municipality: String,
    /// Who approves, as printed: the name, or the document number, day and post of a decision made outside.
    pub by: String,
    /// The version of the entry that was read.
    pub seen: i64,
}

/// Approves, for one named municipality, that everybody may read the entry in its present words. `false` when the entry has
/// changed since it was read, or is not put at 公開.
///
/// # Errors
/// [`Error::NotFound`] when the account may not write for that municipality; otherwise what the engine says.
pub async fn approve(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    approval: Approval,
) -> Result<bool> {
    db.write(viewer, move |tx| {
        part_editable(tx, id, &approval.municipality)?;
        let now = writes::standing(tx, id)?;
        if now.version != approval.seen || now.range != Range::Public || now.needs_rewrite {
            return Ok(false);
        }
        writes::approve(tx, id, &approval.municipality, &approval.by)?;
        let detail = format!("{}\t{}", approval.municipality, approval.by);
        finish(tx, id, history, "approve", &detail)?;
        Ok(true)
    })
    .await
}

/// Takes a municipality's approval back; its part leaves the public pages at once.
///
/// # Errors
/// As [`approve`].
pub async fn disapprove(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    municipality: String,
) -> Result<()> {
    db.write(viewer, move |tx| {
        part_editable(tx, id, &municipality)?;
        writes::disapprove(tx, id, Some(&municipality))?;
        finish(tx, id, history, "disapprove", &municipality)
    })
    .await
}

/// A municipality's own words and state. `false` when somebody else was faster.
///
/// # Errors
/// As [`approve`].
pub async fn save_part(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    (municipality, seen): (String, i64),
    (wording, status): (String, Option<String>),
) -> Result<bool> {
    db.write(viewer, move |tx| {
        let part = part_editable(tx, id, &municipality)?;
        if part.version != seen
            || !writes::set_part(tx, id, &municipality, seen, (&wording, status.as_deref()))?
        {
            return Ok(false);
        }
        // The public reads these words: what was approved before is no longer what stands there.
        writes::disapprove(tx, id, Some(&municipality))?;
        finish(tx, id, history, "part", &municipality)?;
        Ok(true)
    })
    .await
}

/// A municipality steps back from an entry on a day, or comes back with `None`.
///
/// # Errors
/// As [`approve`].
pub async fn step_back(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    municipality: String,
    day: Option<Date>,
) -> Result<()> {
    db.write(viewer, move |tx| {
        part_editable(tx, id, &municipality)?;
        writes::step_back(tx, id, &municipality, day)?;
        let action = if day.is_some() {
            "step-back"
        } else {
            "come-back"
        };
        finish(tx, id, history, action, &municipality)
    })
    .await
}

/// Makes these the organisations invited to take part.
///
/// # Errors
/// [`Error::NotFound`] when the entry is not the writer's to change; otherwise what the engine says.
pub async fn set_participants(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    organisations: Vec<OrganisationId>,
) -> Result<()> {
    db.write(viewer, move |tx| {
        sql::editable(tx, id)?;
        writes::set_participants(tx, id, &organisations)?;
        writes::touch(tx, id)?;
        let detail: Vec<String> = organisations.iter().map(ToString::to_string).collect();
        finish(tx, id, history, "participants", &detail.join(" "))
    })
    .await
}

/// A second person confirms that a rewritten text names nobody. `false` when it is the one who rewrote it, nobody rewrote it yet,
/// or somebody else was faster.
///
/// # Errors
/// [`Error::NotFound`] when the entry is not the writer's to change; otherwise what the engine says.
pub async fn confirm_rewrite(
    db: &Db,
    viewer: &Viewer,
    (id, history): (EntryId, HistoryId),
    seen: i64,
) -> Result<bool> {
    db.write(viewer, move |tx| {
        sql::editable(tx, id)?;
        let entry = sql::entry(tx, id)?.ok_or(Error::NotFound)?;
        let me = tx.viewer().account();
        if entry.rewritten_by.is_none()
            || entry.rewritten_by == me
            || !entry.needs_rewrite
            || !writes::set_rewrite(tx, id, seen, false)?
        {
            return Ok(false);
        }
        finish(tx, id, history, "rewrite-confirmed", "")?;
        Ok(true)
    })
    .await
}
