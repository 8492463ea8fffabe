//! What people do with papers; each function is one write with its step in the history and its audit row.

use kernel::{AccountId, OrganisationId};
use store::{Audit, Db, Tx, Viewer};

use crate::{
    code::ShortCode,
    model::{PageId, PaperId, State, StepId},
    receiver,
    store::{self as sql, NewPaper, NewStep},
};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The database, somebody else's change, or not there.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The code belongs to no paper of this office.
    #[error("no paper of this office has this code")]
    NoCode,
    /// The record is not there or not this viewer's.
    #[error("no such record")]
    NoTarget,
    /// A page that does not allow the step: splitting before the first, merging with itself.
    #[error("this step cannot be done here")]
    Impossible,
}

/// A paper as the person saw it, and who they are.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The paper.
    pub paper: PaperId,
    /// Its version on the page.
    pub version: i64,
    /// Who acts.
    pub by: AccountId,
    /// Under which id the step is kept, drawn before the write.
    pub step: StepId,
}

fn record(
    tx: &mut Tx,
    seen: &Seen,
    tenant: OrganisationId,
    action: &'static str,
    what: &'static str,
    page: i64,
    target: Option<&str>,
) -> Result<(), Refusal> {
    sql::add_step(
        tx,
        &NewStep {
            id: seen.step,
            tenant,
            paper: seen.paper,
            what,
            page,
            target,
            by: Some(seen.by),
        },
    )?;
    tx.audit(
        Audit::new(action, "inbox_paper")
            .id(seen.paper)
            .subject(tenant),
    )?;
    tx.changed("inbox", tenant.into(), Some(tenant))?;
    Ok(())
}

/// Lays a paper at the record of a code that somebody typed. Says the target.
///
/// # Errors
/// [`Refusal::NoCode`]; [`Refusal::Store`] when it is not there, not this viewer's, or was changed in between.
pub fn file_by_code(tx: &mut Tx, seen: &Seen, code: ShortCode) -> Result<String, Refusal> {
    let (_, tenant) = sql::editable(tx, seen.paper, seen.version)?;
    let target = sql::target(tx, tenant, code)?.ok_or(Refusal::NoCode)?;
    file(tx, seen, tenant, &target, "typed")?;
    Ok(target)
}

/// Lays a paper at a record that somebody chose from those for which papers are awaited.
///
/// # Errors
/// [`Refusal::NoTarget`], or as [`file_by_code`].
pub fn file_chosen(tx: &mut Tx, seen: &Seen, target: &str) -> Result<(), Refusal> {
    let (_, tenant) = sql::editable(tx, seen.paper, seen.version)?;
    // The room says whether this viewer may have the record.
    receiver::place(tx, kernel::Lang::Ja, target)?.ok_or(Refusal::NoTarget)?;
    file(tx, seen, tenant, target, "chosen")
}

fn file(
    tx: &mut Tx,
    seen: &Seen,
    tenant: OrganisationId,
    target: &str,
    how: &'static str,
) -> Result<(), Refusal> {
    let (receiver, rest) = receiver::of(target).ok_or(Refusal::NoTarget)?;
    sql::file(
        tx,
        seen.paper,
        target,
        how,
        Some(seen.by),
        receiver.keep_days,
    )?;
    if let Some(arrived) = receiver.arrived {
        arrived(tx, tenant, rest)?;
    }
    record(
        tx,
        seen,
        tenant,
        "inbox.paper.file",
        "filed",
        0,
        Some(target),
    )
}

/// Takes a paper back into the tray, or puts it aside.
///
/// # Errors
/// As [`file_by_code`].
pub fn take_out(tx: &mut Tx, seen: &Seen, aside: bool) -> Result<(), Refusal> {
    let (proof, tenant) = sql::editable(tx, seen.paper, seen.version)?;
    let (state, action, what) = if aside {
        (State::Aside, "inbox.paper.aside", "aside")
    } else {
        (State::Waiting, "inbox.paper.back", "back")
    };
    sql::unfile(tx, &proof, state, seen.by)?;
    record(tx, seen, tenant, action, what, 0, None)
}

/// Turns a page by a quarter, clockwise. `number` is its place in the paper, from 1, for the history.
///
/// # Errors
/// As [`file_by_code`]; [`Refusal::Impossible`] when the page is not of this paper.
pub fn turn(tx: &mut Tx, seen: &Seen, page: PageId, number: i64) -> Result<(), Refusal> {
    let (proof, tenant) = sql::editable(tx, seen.paper, seen.version)?;
    if !sql::turn(tx, &proof, page)? {
        return Err(Refusal::Impossible);
    }
    record(tx, seen, tenant, "inbox.page.turn", "turned", number, None)
}

/// Makes a paper of its own of the pages from place `from` (counted from 0) on. The new paper waits in the tray.
///
/// # Errors
/// As [`file_by_code`]; [`Refusal::Impossible`] when nothing would remain or nothing would move.
pub fn split(
    tx: &mut Tx,
    seen: &Seen,
    from: i64,
    new: PaperId,
    step: StepId,
) -> Result<(), Refusal> {
    let (proof, tenant) = sql::editable(tx, seen.paper, seen.version)?;
    let paper = sql::paper(tx, seen.paper)?;
    if from < 1 || from >= paper.pages || !paper.state.open() {
        return Err(Refusal::Impossible);
    }
    let arrives = NewPaper {
        id: new,
        tenant,
        scan: paper.scan,
        aside: false,
        code: String::new(),
    };
    sql::add_paper(tx, &arrives)?;
    sql::move_from(tx, &proof, from, new)?;
    let second = Seen {
        paper: new,
        step,
        ..*seen
    };
    record(tx, &second, tenant, "inbox.paper.split", "split", 0, None)?;
    record(
        tx,
        seen,
        tenant,
        "inbox.paper.split",
        "split",
        from + 1,
        None,
    )
}

/// Puts all pages of a paper behind those of another one of the same tray; the first is gone from the tray then.
///
/// # Errors
/// As [`file_by_code`]; [`Refusal::Impossible`] with itself, or across trays.
pub fn merge(
    tx: &mut Tx,
    seen: &Seen,
    into: PaperId,
    into_version: i64,
    step: StepId,
) -> Result<(), Refusal> {
    let (proof, tenant) = sql::editable(tx, seen.paper, seen.version)?;
    let (other, same) = sql::editable(tx, into, into_version)?;
    let open = sql::paper(tx, into)?.state.open();
    if into == seen.paper || same != tenant || !open {
        return Err(Refusal::Impossible);
    }
    sql::move_all(tx, &proof, &other)?;
    sql::emptied(tx, &proof)?;
    let second = Seen {
        paper: into,
        step,
        ..*seen
    };
    record(tx, &second, tenant, "inbox.paper.merge", "merged", 0, None)?;
    record(tx, seen, tenant, "inbox.paper.merge", "merged", 0, None)
}

/// Destroys the pictures of papers whose time is over, twenty at a time; says how many papers. Housekeeping calls it.
///
/// # Errors
/// What the database says.
pub async fn dispose(db: &Db) -> store::Result<u64> {
    let now = db.env().now();
    let viewer = Viewer::system("paper tray", now);
    let mut all = 0;
    loop {
        let steps: Vec<StepId> = (0..20).map(|_| db.env().id()).collect();
        let done = db
            .write(&viewer, move |tx| -> store::Result<u64> {
                let due = sql::due(tx)?;
                for ((paper, tenant, scan), step) in due.iter().zip(&steps) {
                    sql::dispose(tx, *paper, *scan)?;
                    sql::add_step(
                        tx,
                        &NewStep {
                            id: *step,
                            tenant: *tenant,
                            paper: *paper,
                            what: "gone",
                            page: 0,
                            target: None,
                            by: None,
                        },
                    )?;
                    tx.audit(
                        Audit::new("inbox.paper.dispose", "inbox_paper")
                            .id(*paper)
                            .subject(*tenant),
                    )?;
                }
                Ok(due.len() as u64)
            })
            .await?;
        all += done;
        if done == 0 {
            return Ok(all);
        }
    }
}
