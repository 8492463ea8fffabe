//! What people and other rooms do with entries, one function per intention.
//!
//! The functions that take a `Tx` are for other rooms too: they run inside the caller's own write, so that an entry and what
//! it was born from are one transaction. Each writes the entry's history and its own audit row.

mod edit;
mod goals;
mod sharing;

use kernel::{OrganisationId, Uuid};
use store::{Audit, Editable, Error, Level, Result, Tx};

pub use edit::{Edited, edit, restore, set_status, withdraw};
pub use goals::{GoalsSaved, Typed, drop_view, put_view, save_goals};
pub use sharing::{
    Approval, RangeSaved, approve, confirm_rewrite, disapprove, save_part, set_participants,
    set_range, step_back,
};

use crate::{
    model::{
        EntryId, HistoryId, NewEntry, NewIds, NewSource, Range, SourceId, item_mask, items,
        scene_mask,
    },
    store::writes::{self, Head, Part, Texts, padded},
};

/// Writes a new entry with its municipalities and sources. Usable by other rooms inside their own write.
///
/// # Errors
/// [`Error::NotFound`] when the account may not write for `new.owner`; a conflict when the seed is taken; otherwise what the
/// engine says.
pub fn create(tx: &mut Tx, ids: &NewIds, new: &NewEntry) -> Result<EntryId> {
    let Some(tenant) = new.owner else {
        return Err(Error::NotFound);
    };
    if !tx.viewer().is_system() && writes::level(tx, tenant)? < Some(Level::Edit) {
        return Err(Error::NotFound);
    }
    // Only the program itself may begin with more than 内部, or with an approval.
    let trusted = tx.viewer().is_system();
    let range = if trusted {
        new.range
    } else {
        new.range.min(Range::Municipalities)
    };
    let head = Head {
        id: ids.entry,
        tenant,
        range,
        origin: if new.origin.is_empty() {
            "manual".to_owned()
        } else {
            new.origin.clone()
        },
        needs_rewrite: new.needs_rewrite,
        fictional: new.fictional,
        seed: new.seed.clone(),
    };
    writes::add(tx, &head, &texts(new))?;
    let towns = areas::store::municipalities(tx)?;
    for (sort, code) in (1..).zip(&new.municipalities) {
        let organisation = towns
            .iter()
            .find(|t| t.code == *code)
            .and_then(|t| t.organisation);
        let approved = (trusted && new.approved && range == Range::Public).then_some("");
        writes::add_part(tx, (ids.entry, tenant), code, organisation, sort, approved)?;
    }
    for (id, source) in ids.sources.iter().zip(&new.sources) {
        insert_source(tx, *id, (ids.entry, tenant), source, &towns)?;
    }
    refresh(tx, ids.entry)?;
    writes::add_history(
        tx,
        ids.history,
        (ids.entry, tenant, 1),
        "create",
        &new.title,
    )?;
    tx.audit(
        Audit::new("programme.entry.create", "entry")
            .id(ids.entry)
            .subject(tenant)
            .field("title", None::<String>, Some(new.title.clone()))
            .field("range", None::<String>, Some(range.code())),
    )?;
    tx.changed("programme.entry", ids.entry.uuid(), Some(tenant))?;
    Ok(ids.entry)
}

/// Adds a stretch of text from which an entry was taken.
///
/// # Errors
/// What the engine says.
pub fn add_source(
    tx: &mut Tx,
    entry: Editable<EntryId>,
    (id, history): (SourceId, HistoryId),
    new: &NewSource,
) -> Result<()> {
    let standing = writes::standing(tx, entry.id())?;
    let towns = areas::store::municipalities(tx)?;
    insert_source(tx, id, (entry.id(), standing.tenant), new, &towns)?;
    after(tx, entry.id(), history, "source-add", &new.quote)
}

/// Takes a source off an entry; `false` when it has no such source.
///
/// # Errors
/// What the engine says.
pub fn remove_source(
    tx: &mut Tx,
    entry: Editable<EntryId>,
    (id, history): (SourceId, HistoryId),
) -> Result<bool> {
    if !writes::drop_source(tx, entry.id(), id)? {
        return Ok(false);
    }
    after(tx, entry.id(), history, "source-remove", "")?;
    Ok(true)
}

/// Gives all sources of one entry to another, for merging. Both are the writer's to change.
///
/// # Errors
/// What the engine says.
pub fn move_sources(
    tx: &mut Tx,
    from: Editable<EntryId>,
    to: Editable<EntryId>,
    histories: [HistoryId; 2],
) -> Result<()> {
    let target = writes::standing(tx, to.id())?;
    writes::move_sources(tx, from.id(), to.id(), target.tenant)?;
    let [first, second] = histories;
    after(tx, from.id(), first, "source-moved", &to.id().to_string())?;
    after(tx, to.id(), second, "source-taken", &from.id().to_string())
}

/// A record (an answer) was published, or is no longer: quotes of it follow. The room that owns the record calls it inside
/// the write that publishes. Says how many quotes changed.
///
/// # Errors
/// What the engine says.
pub fn record_published(tx: &mut Tx, record: Uuid, published: bool) -> Result<u64> {
    let changed = writes::publish_record(tx, record, published)?;
    if changed > 0 {
        writes::bump(tx)?;
    }
    Ok(changed)
}

/// Adds a line to an entry's history, for operations of other rooms; `action` becomes the text key
/// `past-<action>` of this room.
///
/// # Errors
/// What the engine says.
pub fn note(
    tx: &mut Tx,
    entry: Editable<EntryId>,
    history: HistoryId,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    let standing = writes::standing(tx, entry.id())?;
    let at = (entry.id(), standing.tenant, standing.version);
    writes::add_history(tx, history, at, action, &clip(detail))
}

/// Adds a line to an entry's history on behalf of a municipality that the entry names and whose people do not own it.
///
/// # Errors
/// [`Error::NotFound`] when the account may not write for that municipality.
pub fn note_for_part(
    tx: &mut Tx,
    entry: EntryId,
    municipality: &str,
    history: HistoryId,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    part_editable(tx, entry, municipality)?;
    let standing = writes::standing(tx, entry)?;
    let at = (entry, standing.tenant, standing.version);
    writes::add_history(tx, history, at, action, &clip(detail))
}

/// After a change of an entry's parts: what is derived, history, audit, notice.
fn after(
    tx: &mut Tx,
    entry: EntryId,
    history: HistoryId,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    writes::touch(tx, entry)?;
    finish(tx, entry, history, action, detail)
}

/// After a change of an entry's own row.
fn finish(
    tx: &mut Tx,
    entry: EntryId,
    history: HistoryId,
    action: &'static str,
    detail: &str,
) -> Result<()> {
    refresh(tx, entry)?;
    let now = writes::standing(tx, entry)?;
    let at = (entry, now.tenant, now.version);
    writes::add_history(tx, history, at, action, &clip(detail))?;
    tx.audit(
        Audit::new("programme.entry.change", "entry")
            .id(entry)
            .subject(now.tenant)
            .field("operation", None::<String>, Some(action)),
    )?;
    tx.changed("programme.entry", entry.uuid(), Some(now.tenant))
}

fn clip(text: &str) -> String {
    text.chars().take(20_000).collect()
}

fn insert_source(
    tx: &mut Tx,
    id: SourceId,
    at: (EntryId, OrganisationId),
    new: &NewSource,
    towns: &[areas::Municipality],
) -> Result<()> {
    let organisation = towns
        .iter()
        .find(|t| t.code == new.municipality)
        .and_then(|t| t.organisation);
    writes::add_source(tx, id, at, organisation, new)
}

/// Brings the lists on an entry's row, its openness and its readers up to date with its municipalities and its range.
///
/// Open is what its owner put at 公開, needs no rewriting, was not taken back, and what at least one named municipality
/// approved in its present words; the others are not printed until they approve.
pub(crate) fn refresh(tx: &mut Tx, entry: EntryId) -> Result<()> {
    let standing = writes::standing(tx, entry)?;
    let parts = writes::parts(tx, entry)?;
    let towns = areas::store::municipalities(tx)?;
    let codes = |keep: &dyn Fn(&Part) -> bool| -> Vec<String> {
        parts
            .iter()
            .filter(|p| !p.withdrawn && keep(p))
            .map(|p| p.municipality.clone())
            .collect()
    };
    let (all, approved) = (codes(&|_| true), codes(&|p| p.approved));
    let districts = |codes: &[String]| {
        let mut list: Vec<String> = towns
            .iter()
            .filter(|t| codes.contains(&t.code))
            .filter_map(|t| t.district.as_ref().map(|d| d.code.clone()))
            .collect();
        list.dedup();
        padded(&list)
    };
    let open = standing.range == Range::Public
        && !standing.needs_rewrite
        && !standing.withdrawn
        && !approved.is_empty();
    let waits = standing.range == Range::Public
        && !standing.withdrawn
        && parts.iter().any(|p| !p.withdrawn && !p.approved);
    let mut readers: Vec<OrganisationId> = Vec::new();
    if standing.range >= Range::Municipalities {
        readers.extend(parts.iter().filter_map(|p| p.organisation));
    }
    if standing.range >= Range::Participants {
        readers.extend(writes::participants(tx, entry)?);
    }
    readers.sort_unstable();
    readers.dedup();
    let approved = if standing.range == Range::Public {
        approved
    } else {
        Vec::new()
    };
    let (all_text, approved_text) = (padded(&all), padded(&approved));
    let (in_districts, open_districts) = (districts(&all), districts(&approved));
    writes::derive(
        tx,
        entry,
        [&all_text, &approved_text, &in_districts, &open_districts],
        (open, waits),
        &readers,
    )?;
    if open || standing.open {
        writes::bump(tx)?;
    }
    Ok(())
}

/// What this write may do for a named municipality: its people, and whoever acts for it.
pub(crate) fn part_editable(tx: &mut Tx, entry: EntryId, municipality: &str) -> Result<Part> {
    crate::store::visible(tx, entry)?;
    let part = writes::parts(tx, entry)?
        .into_iter()
        .find(|p| p.municipality == municipality)
        .ok_or(Error::NotFound)?;
    let Some(organisation) = part.organisation else {
        return Err(Error::NotFound);
    };
    if writes::level(tx, organisation)? < Some(Level::Edit) {
        return Err(Error::NotFound);
    }
    Ok(part)
}

/// The words of an entry as its row keeps them.
pub(crate) fn texts(new: &NewEntry) -> Texts {
    let scenes: Vec<String> = crate::model::SCENES
        .into_iter()
        .filter(|scene| new.scenes.iter().any(|s| s == scene))
        .map(str::to_owned)
        .collect();
    let scenes = if scenes.is_empty() {
        vec![crate::model::COMMON.to_owned()]
    } else {
        scenes
    };
    let letters: String = items()
        .filter(|letter| new.items.iter().any(|item| item.starts_with(*letter)))
        .collect();
    let refs = new.refs.join(" ");
    let folded = kernel::text::fold(&format!("{}\n{}\n{refs}", new.title, new.body));
    let status = if new.kind.has_status(&new.status) && !new.status.is_empty() {
        new.status.clone()
    } else {
        new.kind.first_status().to_owned()
    };
    Texts {
        kind: new.kind,
        title: new.title.clone(),
        body: new.body.clone(),
        status,
        fiscal_year: new.fiscal_year,
        item_mask: item_mask(&new.items),
        items: letters,
        scene_mask: scene_mask(&scenes),
        scenes: scenes.join(" "),
        tags: new.tags.join(" "),
        refs,
        goal: new.goal.clone(),
        folded,
    }
}
