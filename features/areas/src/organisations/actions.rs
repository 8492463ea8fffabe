//! Adding and correcting an organisation: one write each, with its audit row and its notice of change.

use kernel::OrganisationId;
use store::{Audit, Db, Error, FieldChange, Outcome, Result, Tx, Viewer};

use super::{
    form::{Facts, same},
    rows,
};
use crate::{model::Organisation, store as area};

/// How saving ended.
#[derive(Clone, Debug)]
pub(super) enum Saved {
    /// It is on disk.
    Done,
    /// Another one of the same name in the same municipality is registered. Nothing was written.
    Duplicate(Box<Organisation>),
    /// Somebody else was faster: the facts as they are now. Nothing was written.
    Conflict(Box<Facts>),
}

/// Registers an organisation. `sure` = also when one of the same name in the same municipality is registered.
pub(super) async fn add(
    db: &Db,
    viewer: &Viewer,
    id: OrganisationId,
    facts: Facts,
    (sure, stated): (bool, bool),
) -> Result<Saved> {
    db.write(viewer, move |tx| {
        if let Some(other) = other_of(tx, id, &facts, sure)? {
            return Ok(Saved::Duplicate(Box::new(other)));
        }
        let organisation = organisation(tx, id, &facts, None);
        rows::save(tx, &organisation, &[], &facts.aliases)?;
        finish(
            tx,
            "areas.organisation.add",
            id,
            changes(None, &facts),
            stated,
        )
    })
    .await
}

/// Corrects an organisation. `seen` is the print of the facts the writer saw.
///
/// # Errors
/// [`Error::NotFound`] when there is no such organisation.
pub(super) async fn save(
    db: &Db,
    viewer: &Viewer,
    id: OrganisationId,
    seen: String,
    facts: Facts,
    (sure, stated): (bool, bool),
) -> Result<Saved> {
    db.write(viewer, move |tx| {
        let old = area::organisation(tx, id)?.ok_or(Error::NotFound)?;
        let before = Facts::of(&old, rows::aliases(tx, id)?);
        if before.seen() != seen {
            return Ok(Saved::Conflict(Box::new(before)));
        }
        let renamed = before.name != facts.name || before.municipality != facts.municipality;
        if let Some(other) = other_of(tx, id, &facts, sure || !renamed)? {
            return Ok(Saved::Duplicate(Box::new(other)));
        }
        let organisation = organisation(tx, id, &facts, Some(&old));
        rows::save(tx, &organisation, &before.aliases, &facts.aliases)?;
        if before.kind != facts.kind {
            // Open sessions carry the kind with them, and rights hang on it.
            let kind = crate::rules::rights_of(&facts.kind);
            web::session::set_kind_of(tx, id, kind)?;
        }
        finish(
            tx,
            "areas.organisation.save",
            id,
            changes(Some(&before), &facts),
            stated,
        )
    })
    .await
}

fn other_of(
    tx: &mut Tx,
    id: OrganisationId,
    facts: &Facts,
    sure: bool,
) -> Result<Option<Organisation>> {
    if sure {
        return Ok(None);
    }
    let town = facts.municipality.as_deref();
    Ok(area::organisations(tx)?
        .into_iter()
        .find(|other| other.id != id && same(&facts.name, town, other)))
}

fn organisation(
    tx: &Tx,
    id: OrganisationId,
    facts: &Facts,
    old: Option<&Organisation>,
) -> Organisation {
    let today = tx.now().date_jst();
    Organisation {
        id,
        kind: facts.kind.clone(),
        name: facts.name.clone(),
        short_name: facts.short_name.clone(),
        name_en: facts.name_en.clone(),
        regime: facts.regime.clone(),
        municipality: facts.municipality.clone(),
        fictional: old.is_some_and(|old| old.fictional),
        source: facts.source.clone(),
        verified_on: facts.verified.then_some(today),
        verified: facts.verified,
    }
}

fn changes(before: Option<&Facts>, facts: &Facts) -> Vec<FieldChange> {
    let old = before.map(Facts::columns);
    let mut changed = Vec::new();
    for (at, (name, new)) in facts.columns().into_iter().enumerate() {
        let old = old.as_ref().map(|columns| columns[at].1.clone());
        if old.as_deref().unwrap_or_default() != new {
            changed.push(FieldChange {
                name,
                old,
                new: Some(new),
            });
        }
    }
    changed
}

fn finish(
    tx: &mut Tx,
    action: &'static str,
    id: OrganisationId,
    mut fields: Vec<FieldChange>,
    stated: bool,
) -> Result<Saved> {
    if stated {
        fields.push(FieldChange {
            name: "stated_other_number",
            old: None,
            new: Some("yes".to_owned()),
        });
    }
    tx.audit(Audit {
        action,
        table: "organisation",
        id: Some(id.uuid()),
        subject: Some(id.uuid()),
        fields,
        purpose: None,
        result: Outcome::Done,
    })?;
    tx.changed("areas.organisation", id.uuid(), None)?;
    Ok(Saved::Done)
}
