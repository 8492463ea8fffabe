//! What people do about an issue, one function per intention.

use kernel::{Env, Time};
use store::{Audit, Db, Error, Viewer};

use super::{
    model::{CommentId, FileId, MeasureId, MeasureState, Plan, Refused, may_write},
    store as sql,
    who::{Actor, may_write as may_write_for},
};
use crate::model::{EntryId, Range};

/// What the button of the form asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Act {
    /// Only the texts.
    #[default]
    Save,
    /// It begins.
    Start,
    /// It is evaluated.
    Evaluate,
    /// It is given up.
    Stop,
    /// It is taken up again.
    Resume,
}

impl Act {
    /// From the value of the button.
    pub(crate) fn from_code(code: &str) -> Self {
        match code {
            "start" => Self::Start,
            "evaluate" => Self::Evaluate,
            "stop" => Self::Stop,
            "resume" => Self::Resume,
            _ => Self::Save,
        }
    }

    fn from(self, state: MeasureState, plan: &Plan) -> Result<MeasureState, Refused> {
        match self {
            Self::Save => Ok(state),
            Self::Start => state.start(),
            Self::Evaluate => state.evaluate(&plan.check),
            Self::Stop => state.stop(&plan.check.reason),
            Self::Resume => state.resume(),
        }
    }
}

/// Why a change was not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// A rule stands against it.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// Somebody else was faster: what stands there now.
    #[error("somebody else was faster")]
    Conflict(Box<sql::Measure>),
    /// The database, or nothing to see here.
    #[error(transparent)]
    Store(#[from] Error),
}

/// A new countermeasure, planned and internal.
///
/// # Errors
/// [`Error::NotFound`] when the viewer does not see the entry; [`Refused::Frozen`] when the year is closed.
pub(crate) async fn create(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    (entry, year): (EntryId, i32),
    mut plan: Plan,
) -> Result<MeasureId, Refusal> {
    let id: MeasureId = env.id();
    plan.office.clone_from(&who.tenant_name);
    db.write(viewer, move |tx| {
        may_write_for(tx, who.tenant)?;
        sql::head(tx, entry)?.ok_or(Error::NotFound)?;
        if crate::report::store::closed(tx, who.tenant, year)?.is_some() {
            return Err(Refused::Frozen.into());
        }
        let now = tx.now();
        let writing = sql::Writing {
            plan: &plan,
            state: MeasureState::Planned,
            entered_by: who.entered_by,
            now,
        };
        sql::add(tx, id, (entry, who.tenant, year), None, &writing)?;
        keep(
            tx,
            id,
            &who,
            1,
            (&plan, MeasureState::Planned),
            ("", false),
            now,
        )?;
        tx.audit(
            Audit::new("programme.measure.create", "measure")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.entry", entry.uuid(), Some(who.tenant))?;
        Ok(id)
    })
    .await
}

fn keep(
    tx: &mut store::Tx,
    id: MeasureId,
    who: &Actor,
    version: i64,
    (plan, state): (&Plan, MeasureState),
    (reason, after_close): (&str, bool),
    saved_at: Time,
) -> Result<(), Error> {
    let kept = sql::Version {
        version,
        plan: plan.clone(),
        state,
        reason: reason.to_owned(),
        after_close,
        by: who.by.clone(),
        saved_at,
    };
    sql::add_version(tx, id, who.tenant, &kept)
}

/// What was typed into the form of a countermeasure.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The version the writer saw.
    pub(crate) seen: i64,
    /// The texts.
    pub(crate) plan: Plan,
    /// The button.
    pub(crate) act: Act,
    /// Why a closed year is corrected.
    pub(crate) reason: String,
    /// The writer said that a number is no マイナンバー.
    pub(crate) stated: bool,
}

/// Saves the texts and takes the step that was asked for.
///
/// # Errors
/// See [`Refusal`]; a closed year takes corrections with a reason only.
pub(crate) async fn save(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: MeasureId,
    change: Change,
) -> Result<(), Refusal> {
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        let old = sql::one(tx, id)?.ok_or(Error::NotFound)?;
        let correction = may_write(old.frozen_at.is_some(), &change.reason)?;
        // The version is compared first: a step from a state that somebody else has changed is a conflict, not a mistake.
        if old.version != change.seen {
            return Err(Refusal::Conflict(Box::new(old)));
        }
        // What was invented for the demo stays marked.
        let plan = Plan {
            fictional: old.plan.fictional,
            office: old.plan.office.clone(),
            ..change.plan.clone()
        };
        let state = change.act.from(old.state, &plan)?;
        if state == MeasureState::Evaluated && !plan.check.complete() {
            return Err(Refused::Incomplete.into());
        }
        let now = tx.now();
        let writing = sql::Writing {
            plan: &plan,
            state,
            entered_by: who.entered_by,
            now,
        };
        if !sql::save(tx, token, change.seen, correction, &writing)? {
            return Err(Refusal::Conflict(Box::new(old)));
        }
        keep(
            tx,
            id,
            &who,
            change.seen + 1,
            (&plan, state),
            (&change.reason, correction),
            now,
        )?;
        let mut audit = Audit::new("programme.measure.save", "measure")
            .id(id.uuid())
            .subject(who.tenant.uuid())
            .field(
                "plan",
                Some(sql::write_plan(&old.plan)),
                Some(sql::write_plan(&plan)),
            )
            .field("state", Some(old.state.code()), Some(state.code()));
        if correction {
            audit = audit.field("correction", None::<String>, Some(change.reason.clone()));
        }
        if change.stated {
            audit = audit.field("stated_other_number", None::<String>, Some("yes"));
        }
        tx.audit(audit)?;
        tx.changed("programme.entry", old.entry.uuid(), Some(who.tenant))?;
        Ok(())
    })
    .await
}

/// Widens or narrows who sees a countermeasure.
///
/// # Errors
/// [`Error::NotFound`] when it is not this office's; a conflict when somebody else was faster.
pub(crate) async fn set_reach(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: MeasureId,
    (seen, reach): (i64, Range),
) -> Result<(), Refusal> {
    db.write(viewer, move |tx| {
        let token = sql::editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        let old = sql::one(tx, id)?.ok_or(Error::NotFound)?;
        if !sql::set_reach(tx, token, seen, reach)? {
            return Err(Refusal::Conflict(Box::new(old)));
        }
        keep(
            tx,
            id,
            &who,
            seen + 1,
            (&old.plan, old.state),
            (reach.code(), old.frozen_at.is_some()),
            tx.now(),
        )?;
        let audit = Audit::new("programme.measure.reach", "measure")
            .id(id.uuid())
            .subject(who.tenant.uuid());
        tx.audit(audit.field("reach", Some(old.reach.code()), Some(reach.code())))?;
        tx.changed("programme.entry", old.entry.uuid(), Some(who.tenant))?;
        Ok(())
    })
    .await
}

/// A comment: always internal at first.
///
/// # Errors
/// [`Error::NotFound`] when the viewer does not see the entry.
pub(crate) async fn comment(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    entry: EntryId,
    body: String,
) -> Result<(), Error> {
    let id: CommentId = env.id();
    db.write(viewer, move |tx| {
        may_write_for(tx, who.tenant)?;
        sql::head(tx, entry)?.ok_or(Error::NotFound)?;
        sql::add_comment(tx, id, entry, &who, &body)?;
        tx.audit(
            Audit::new("programme.comment.add", "entry_comment")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.entry", entry.uuid(), Some(who.tenant))
    })
    .await
}

/// Changes who sees a comment; without a range it is withdrawn (its place stays, its text is no longer shown). False when
/// somebody else was faster.
///
/// # Errors
/// [`Error::NotFound`] when it is not this office's.
pub(crate) async fn change_comment(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: CommentId,
    (seen, reach): (i64, Option<Range>),
) -> Result<(EntryId, bool), Error> {
    db.write(viewer, move |tx| {
        let (token, entry) = sql::comment_editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        if !sql::change_comment(tx, token, seen, reach)? {
            return Ok((entry, false));
        }
        let audit = Audit::new("programme.comment.change", "entry_comment")
            .id(id.uuid())
            .subject(who.tenant.uuid());
        tx.audit(audit.field(
            "reach",
            None::<String>,
            Some(reach.map_or("withdrawn", Range::code)),
        ))?;
        tx.changed("programme.entry", entry.uuid(), Some(who.tenant))?;
        Ok((entry, true))
    })
    .await
}

/// Puts a file beside an entry.
///
/// # Errors
/// [`Error::NotFound`] when the viewer does not see the entry, or when the file cannot be written.
pub(crate) async fn add_file(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    entry: EntryId,
    file: web::UploadedFile,
) -> Result<(), Error> {
    let id: FileId = env.id();
    let blobs = db.blobs();
    let (name, mime, bytes) = (file.name, file.kind.mime(), file.bytes);
    let prepared = tokio::task::spawn_blocking(move || blobs.prepare(bytes.as_slice()))
        .await
        .map_err(|error| Error::File(error.to_string()))??;
    db.write(viewer, move |tx| {
        may_write_for(tx, who.tenant)?;
        sql::head(tx, entry)?.ok_or(Error::NotFound)?;
        store::blobs::attach(tx, &prepared)?;
        let new = sql::NewFile {
            id,
            entry,
            stored: prepared.id(),
            name: &name,
            mime,
            size: prepared.size(),
        };
        sql::add_file(tx, &who, &new)?;
        tx.audit(
            Audit::new("programme.file.add", "entry_file")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.entry", entry.uuid(), Some(who.tenant))
    })
    .await
}

/// Removes a file and destroys its key.
///
/// # Errors
/// [`Error::NotFound`] when it is not this office's.
pub(crate) async fn remove_file(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    id: FileId,
) -> Result<EntryId, Error> {
    db.write(viewer, move |tx| {
        let (token, entry, stored) =
            sql::file_editable(tx, id, who.tenant)?.ok_or(Error::NotFound)?;
        sql::drop_file(tx, token)?;
        store::blobs::destroy(tx, stored)?;
        tx.audit(
            Audit::new("programme.file.remove", "entry_file")
                .id(id.uuid())
                .subject(who.tenant.uuid()),
        )?;
        tx.changed("programme.entry", entry.uuid(), Some(who.tenant))?;
        Ok(entry)
    })
    .await
}
