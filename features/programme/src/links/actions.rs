//! The four operations on two entries.

use kernel::{Env, OrganisationId};
use store::{Audit, Db, Editable, Error, Result, Tx, Viewer};

use super::{Decided, Link, LinkId, store as sql};
use crate::{
    actions::refresh,
    model::{EntryId, HistoryId, NewEntry, SourceId},
    store::{self as entries, writes},
};

/// Ids drawn before the write, because its closure may run twice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    link: LinkId,
    entry: EntryId,
    histories: [HistoryId; 3],
}

impl Ids {
    pub(crate) fn draw(env: &Env) -> Self {
        Self {
            link: env.id(),
            entry: env.id(),
            histories: [env.id(), env.id(), env.id()],
        }
    }
}

fn note(
    tx: &mut Tx,
    entry: EntryId,
    history: HistoryId,
    action: &'static str,
    detail: &str,
) -> Result<OrganisationId> {
    writes::touch(tx, entry)?;
    refresh(tx, entry)?;
    let now = writes::standing(tx, entry)?;
    writes::add_history(
        tx,
        history,
        (entry, now.tenant, now.version),
        action,
        detail,
    )?;
    tx.changed("programme.entry", entry.uuid(), Some(now.tenant))?;
    Ok(now.tenant)
}

fn audit(tx: &mut Tx, action: &'static str, entry: EntryId, other: EntryId) -> Result<()> {
    tx.audit(Audit::new(action, "entry").id(entry).field(
        "other",
        None::<String>,
        Some(other.to_string()),
    ))
}

fn link(ids: Ids, (entry, other): (EntryId, EntryId), decided: Decided, at: kernel::Time) -> Link {
    Link {
        id: ids.link,
        entry,
        other,
        decided,
        moved: Vec::new(),
        named: Vec::new(),
        made_at: at,
        undone_at: None,
    }
}

/// Says that two entries have to do with each other.
///
/// # Errors
/// [`Error::NotFound`] when the first is not the writer's to change or the second is not visible, or both are the same.
pub(crate) async fn relate(
    db: &Db,
    viewer: &Viewer,
    ids: Ids,
    entry: EntryId,
    other: EntryId,
) -> Result<()> {
    db.write(viewer, move |tx| {
        entries::editable(tx, entry)?;
        entries::seen(tx, other)?;
        let there = sql::links(tx, entry)?;
        let same =
            |l: &Link| [l.entry, l.other] == [entry, other] || [l.entry, l.other] == [other, entry];
        if entry == other {
            return Err(Error::NotFound);
        }
        if there
            .iter()
            .any(|l| l.undone_at.is_none() && l.decided == Decided::Related && same(l))
        {
            return Ok(());
        }
        let title = writes::standing(tx, other)?.title;
        let tenant = note(tx, entry, ids.histories[0], "related", &title)?;
        let now = tx.now();
        sql::add(
            tx,
            tenant,
            &link(ids, (entry, other), Decided::Related, now),
        )?;
        audit(tx, "programme.entry.relate", entry, other)
    })
    .await
}

/// Puts one entry into another of the same kind: its quotes and municipalities go there, it is taken back with `reason`, and stays
/// readable with its history. Municipalities that come with it have not approved the other's words.
///
/// # Errors
/// [`Error::NotFound`] when one of them is not the writer's to change, they are of different kinds, or one was taken back.
pub(crate) async fn merge(
    db: &Db,
    viewer: &Viewer,
    ids: Ids,
    (from, into): (EntryId, EntryId),
    reason: String,
) -> Result<()> {
    db.write(viewer, move |tx| {
        let (first, second) = (entries::editable(tx, from)?, entries::editable(tx, into)?);
        let (old, target) = (writes::standing(tx, from)?, writes::standing(tx, into)?);
        if from == into || old.kind != target.kind || old.withdrawn || target.withdrawn {
            return Err(Error::NotFound);
        }
        let moved: Vec<SourceId> = entries::sources(tx, from)?
            .into_iter()
            .map(|s| s.id)
            .collect();
        sql::move_some(tx, first, second, target.tenant, &moved)?;
        let named = add_parts(tx, from, (into, target.tenant))?;
        if !writes::withdraw(tx, from, old.version, &reason)? {
            return Err(Error::NotFound);
        }
        writes::disapprove(tx, from, None)?;
        note(tx, from, ids.histories[0], "merged-into", &target.title)?;
        note(tx, into, ids.histories[1], "merged", &old.title)?;
        let now = tx.now();
        let made = Link {
            moved,
            named,
            ..link(ids, (from, into), Decided::Merged, now)
        };
        sql::add(tx, target.tenant, &made)?;
        audit(tx, "programme.entry.merge", from, into)
    })
    .await
}

/// Municipalities that the second entry does not name yet; says which.
fn add_parts(
    tx: &mut Tx,
    from: EntryId,
    (into, tenant): (EntryId, OrganisationId),
) -> Result<Vec<String>> {
    let there = writes::parts(tx, into)?;
    let mut named = Vec::new();
    for (sort, part) in (there.len() + 1..).zip(writes::parts(tx, from)?) {
        if there.iter().all(|p| p.municipality != part.municipality) {
            let sort = i64::try_from(sort).unwrap_or(i64::MAX);
            writes::add_part(
                tx,
                (into, tenant),
                &part.municipality,
                part.organisation,
                sort,
                None,
            )?;
            named.push(part.municipality);
        }
    }
    Ok(named)
}

/// Makes a new entry from some quotes of another and says which; it is internal like everything new.
///
/// # Errors
/// [`Error::NotFound`] when the entry is not the writer's to change or has none of the quotes.
pub(crate) async fn split(
    db: &Db,
    viewer: &Viewer,
    ids: Ids,
    entry: EntryId,
    chosen: Vec<SourceId>,
    title: String,
) -> Result<EntryId> {
    db.write(viewer, move |tx| {
        let token = entries::editable(tx, entry)?;
        let old = entries::entry(tx, entry)?.ok_or(Error::NotFound)?;
        let sources: Vec<_> = entries::sources(tx, entry)?
            .into_iter()
            .filter(|s| chosen.contains(&s.id))
            .collect();
        if sources.is_empty() || old.withdrawn_at.is_some() {
            return Err(Error::NotFound);
        }
        let mut towns: Vec<String> = sources
            .iter()
            .map(|s| s.municipality.clone())
            .filter(|t| !t.is_empty())
            .collect();
        towns.sort();
        towns.dedup();
        let new = NewEntry {
            kind: old.kind,
            owner: Some(old.owner),
            title: title.clone(),
            items: old.items.clone(),
            scenes: old.scenes.clone(),
            tags: old.tags.clone(),
            municipalities: towns,
            fiscal_year: old.fiscal_year,
            origin: old.origin.clone(),
            needs_rewrite: old.needs_rewrite,
            fictional: old.fictional,
            ..NewEntry::default()
        };
        let made = crate::NewIds {
            entry: ids.entry,
            history: ids.histories[0],
            sources: Vec::new(),
        };
        crate::actions::create(tx, &made, &new)?;
        let second = entries::editable(tx, ids.entry)?;
        let moved: Vec<SourceId> = sources.iter().map(|s| s.id).collect();
        sql::move_some(tx, token, second, old.owner, &moved)?;
        note(tx, entry, ids.histories[1], "split", &title)?;
        note(tx, ids.entry, ids.histories[2], "split-from", &old.title)?;
        let now = tx.now();
        let made = Link {
            moved,
            ..link(ids, (entry, ids.entry), Decided::Split, now)
        };
        sql::add(tx, old.owner, &made)?;
        audit(tx, "programme.entry.split", entry, ids.entry)?;
        Ok(ids.entry)
    })
    .await
}

/// "Not the same after all": takes a decision back. Quotes and municipalities that a merge or a split moved go back to where they
/// came from, as far as they still stand there; an entry that went into another is restored in the first state of its kind.
/// What a split made stays, without those quotes.
///
/// # Errors
/// [`Error::NotFound`] when the decision does not hold any more or is not the writer's to take back.
pub(crate) async fn undo(db: &Db, viewer: &Viewer, ids: Ids, id: LinkId) -> Result<()> {
    db.write(viewer, move |tx| {
        let (token, link) = sql::link(tx, id)?;
        let titles = [
            writes::standing(tx, link.entry)?.title,
            writes::standing(tx, link.other)?.title,
        ];
        if link.decided != Decided::Related {
            let (first, second) = (
                entries::editable(tx, link.entry)?,
                entries::editable(tx, link.other)?,
            );
            give_back(tx, first, second, &link)?;
            note(tx, link.other, ids.histories[1], "unlinked", &titles[0])?;
        } else {
            entries::editable(tx, link.entry)?;
        }
        note(tx, link.entry, ids.histories[0], "unlinked", &titles[1])?;
        if !sql::undo(tx, token)? {
            return Err(Error::NotFound);
        }
        audit(tx, "programme.entry.unlink", link.entry, link.other)
    })
    .await
}

fn give_back(
    tx: &mut Tx,
    first: Editable<EntryId>,
    second: Editable<EntryId>,
    link: &Link,
) -> Result<()> {
    let old = writes::standing(tx, link.entry)?;
    sql::move_some(tx, second, first, old.tenant, &link.moved)?;
    for part in writes::parts(tx, link.other)? {
        if link.named.contains(&part.municipality) {
            writes::drop_part(tx, link.other, &part.municipality)?;
        }
    }
    if link.decided == Decided::Merged && old.withdrawn {
        writes::restore(tx, link.entry, old.version, old.kind.first_status())?;
    }
    Ok(())
}
