//! Copying a year forward, closing it, times of keeping, copies for disclosure.

use std::collections::BTreeMap;

use kernel::Env;
use store::{Audit, Db, Error, Viewer};

use super::store::{self as sql, Disclosure, Kept};
use crate::pdca::{
    model::{MeasureId, MeasureState, Refused},
    store::{self as pdca, Version, Writing},
    who::{Actor, may_write},
};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// A rule stands against it.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// What was read has changed since.
    #[error("somebody else was faster")]
    Faster,
    /// The database, or nothing to see here.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Begins the next year's plan from a year's countermeasures: what was not ended, stopped or copied before goes on, planned
/// and internal, marked with what it was copied from. Says how many were copied.
///
/// # Errors
/// [`Refused::Frozen`] when the next year is closed already.
pub(crate) async fn forward(
    db: &Db,
    env: &Env,
    viewer: &Viewer,
    who: Actor,
    year: i32,
) -> Result<i64, Refusal> {
    let tenant = who.tenant;
    let old = db
        .read::<_, Error>(viewer, move |conn| pdca::of_year(conn, tenant, year))
        .await?;
    // Ids are drawn before the write, because its closure may run twice; one that appears meanwhile waits for the next time.
    let ids: BTreeMap<MeasureId, MeasureId> = old.iter().map(|one| (one.id, env.id())).collect();
    db.write(viewer, move |tx| {
        may_write(tx, tenant)?;
        if sql::closed(tx, tenant, year + 1)?.is_some() {
            return Err(Refused::Frozen.into());
        }
        let there: Vec<_> = pdca::of_year(tx, tenant, year + 1)?
            .into_iter()
            .filter_map(|one| one.copied_from)
            .collect();
        let mut count = 0;
        for one in pdca::of_year(tx, tenant, year)? {
            let (Some(id), Some(plan)) = (ids.get(&one.id), one.plan.forward()) else {
                continue;
            };
            if one.state == MeasureState::Stopped || there.contains(&one.id.uuid()) {
                continue;
            }
            let now = tx.now();
            let state = MeasureState::Planned;
            let writing = Writing {
                plan: &plan,
                state,
                entered_by: who.entered_by,
                now,
            };
            pdca::add(
                tx,
                *id,
                (one.entry, tenant, year + 1),
                Some(one.id),
                &writing,
            )?;
            let kept = Version {
                version: 1,
                plan: plan.clone(),
                state,
                reason: String::new(),
                after_close: false,
                by: who.by.clone(),
                saved_at: now,
            };
            pdca::add_version(tx, *id, tenant, &kept)?;
            count += 1;
        }
        let audit = Audit::new("programme.year.forward", "measure").subject(tenant.uuid());
        tx.audit(audit.field("year", Some(year.to_string()), Some((year + 1).to_string())))?;
        tx.changed("programme.year", tenant.uuid(), Some(tenant))?;
        Ok(count)
    })
    .await
}

/// Closes a year: its countermeasures take no edits any more, only corrections with a reason. Says how many there are.
///
/// # Errors
/// [`Refused::State`] when it is closed already, or lies ahead.
pub(crate) async fn close(db: &Db, viewer: &Viewer, who: Actor, year: i32) -> Result<i64, Refusal> {
    db.write(viewer, move |tx| {
        may_write(tx, who.tenant)?;
        let ahead = year > kernel::fiscal_year(tx.now().date_jst());
        if ahead || sql::closed(tx, who.tenant, year)?.is_some() {
            return Err(Refused::State.into());
        }
        let count = pdca::freeze(tx, who.tenant, year)?;
        sql::close(tx, who.tenant, year, count, &who.by)?;
        let audit = Audit::new("programme.year.close", "year_close").subject(who.tenant.uuid());
        tx.audit(audit.field("year", None::<String>, Some(year.to_string())))?;
        tx.changed("programme.year", who.tenant.uuid(), Some(who.tenant))?;
        Ok(count)
    })
    .await
}

/// Writes how long the office keeps each kind of record.
///
/// # Errors
/// [`Error::NotFound`] when the account may not write for this office.
pub(crate) async fn retention(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    list: Vec<Kept>,
) -> Result<(), Error> {
    db.write(viewer, move |tx| {
        may_write(tx, who.tenant)?;
        let mut audit =
            Audit::new("programme.retention.put", "retention").subject(who.tenant.uuid());
        for kept in &list {
            sql::put_retention(tx, who.tenant, kept)?;
            audit = audit.field(
                "years",
                Some(kept.kind.clone()),
                Some(kept.years.to_string()),
            );
        }
        tx.audit(audit)?;
        tx.changed("programme.retention", who.tenant.uuid(), Some(who.tenant))
    })
    .await
}

/// Keeps a copy for a request of disclosure. The original stays as it is; the copy is only taken from the version that was
/// looked at.
///
/// # Errors
/// [`Refusal::Faster`] when the original has changed since; not found when it is not this office's.
pub(crate) async fn disclose(
    db: &Db,
    viewer: &Viewer,
    who: Actor,
    copy: Disclosure,
) -> Result<(), Refusal> {
    db.write(viewer, move |tx| {
        pdca::editable(tx, copy.measure, who.tenant)?.ok_or(Error::NotFound)?;
        let one = pdca::one(tx, copy.measure)?.ok_or(Error::NotFound)?;
        if one.version != copy.measure_version {
            return Err(Refusal::Faster);
        }
        sql::add_copy(tx, who.tenant, &copy)?;
        let audit = Audit::new("programme.disclosure.make", "disclosure")
            .id(copy.id.uuid())
            .subject(who.tenant.uuid());
        tx.audit(audit.field("hidden", None::<String>, Some(copy.hidden.to_string())))?;
        tx.changed("programme.disclosure", copy.id.uuid(), Some(who.tenant))?;
        Ok(())
    })
    .await
}
