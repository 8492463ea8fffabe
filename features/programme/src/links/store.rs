//! The statements of links between entries.

use kernel::{AnyId, OrganisationId, Uuid};
use store::{Conn, Editable, Error, Result, Row, Tx};

use super::{Decided, Link, LinkId};
use crate::model::{EntryId, SourceId};

store::statements! {
    pub LINKS = "SELECT l.id, l.entry, l.other, l.kind, l.moved, l.named, l.made_at, l.undone_at FROM visible_entry_link l
        WHERE l.entry = :entry OR l.other = :entry ORDER BY l.made_at DESC, l.id";
    pub LINK = "SELECT l.id, l.entry, l.other, l.kind, l.moved, l.named, l.made_at, l.undone_at FROM visible_entry_link l
        WHERE l.id = :id";
    pub LINK_TOKEN = "SELECT id, level FROM visible_entry_link WHERE id = :id AND undone_at IS NULL";
    pub ADD_LINK = "INSERT INTO entry_link (id, tenant, entry, other, kind, moved, named, made_at, made_by, undone_at, undone_by)
        VALUES (:id, :tenant, :entry, :other, :kind, :moved, :named, :now, :account, NULL, NULL)";
    pub UNDO_LINK = "UPDATE entry_link SET undone_at = :now, undone_by = :account WHERE id = :id AND undone_at IS NULL";
    pub MOVE_SOME = "UPDATE source SET entry = :to, tenant = :tenant WHERE entry = :from AND id IN LIST_ID(:ids)";
    pub OF_RECORDS = "SELECT s.id, s.entry, s.record, s.paragraph, s.starts, s.ends, s.quote FROM visible_source s
        WHERE s.record IN LIST_ID(:records) ORDER BY s.record, s.paragraph, s.starts, s.ends, s.id";
    pub MINE = "SELECT id FROM visible_entry WHERE id IN LIST_ID(:ids) AND level >= 2";
}

fn row(r: &Row) -> Result<Link> {
    let words =
        |text: String| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    let kind: String = r.get(3)?;
    Ok(Link {
        id: r.get(0)?,
        entry: r.get(1)?,
        other: r.get(2)?,
        decided: Decided::from_code(&kind).ok_or(Error::Corrupt {
            table: "entry_link".to_owned(),
            column: "kind".to_owned(),
            row: kind,
        })?,
        moved: words(r.get(4)?)
            .iter()
            .filter_map(|id| id.parse().ok())
            .collect(),
        named: words(r.get(5)?),
        made_at: r.get(6)?,
        undone_at: r.get(7)?,
    })
}

/// The decisions about an entry that this viewer may read, newest first.
pub(crate) fn links(conn: &mut Conn, entry: EntryId) -> Result<Vec<Link>> {
    conn.all(&LINKS, store::params! {"entry" => entry}, row)
}

/// A decision that still holds and that this viewer may take back.
pub(crate) fn link(tx: &mut Tx, id: LinkId) -> Result<(Editable<LinkId>, Link)> {
    let params = store::params! {"id" => id};
    let token = store::token::editable(tx, &LINK_TOKEN, params)?.ok_or(Error::NotFound)?;
    Ok((token, tx.one(&LINK, store::params! {"id" => id}, row)?))
}

pub(crate) fn add(tx: &mut Tx, tenant: OrganisationId, link: &Link) -> Result<()> {
    let (now, account) = (tx.now(), tx.viewer().account());
    let moved: Vec<String> = link.moved.iter().map(ToString::to_string).collect();
    let params = store::params! {
        "id" => link.id, "tenant" => tenant, "entry" => link.entry, "other" => link.other, "kind" => link.decided.code(),
        "moved" => moved.join(" "), "named" => link.named.join(" "), "now" => now, "account" => account,
    };
    tx.exec(&ADD_LINK, params).map(drop)
}

pub(crate) fn undo(tx: &mut Tx, link: Editable<LinkId>) -> Result<bool> {
    let (now, account) = (tx.now(), tx.viewer().account());
    let params = store::params! {"id" => link.id(), "now" => now, "account" => account};
    Ok(tx.exec(&UNDO_LINK, params)? == 1)
}

/// Moves some quotes from one entry to another; both tokens prove that they are the writer's.
pub(crate) fn move_some(
    tx: &mut Tx,
    from: Editable<EntryId>,
    to: Editable<EntryId>,
    tenant: OrganisationId,
    sources: &[SourceId],
) -> Result<u64> {
    let params = store::params! {
        "from" => from.id(), "to" => to.id(), "tenant" => tenant, "ids" => store::ids(sources),
    };
    tx.exec(&MOVE_SOME, params)
}

/// Those of the entries that this viewer may change.
///
/// # Errors
/// When the database fails.
pub fn editable_of(conn: &mut Conn, entries: &[EntryId]) -> Result<Vec<EntryId>> {
    conn.all(&MINE, store::params! {"ids" => store::ids(entries)}, |r| {
        r.get(0)
    })
}

/// A quote of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Which.
    pub source: SourceId,
    /// Of which entry.
    pub entry: EntryId,
    /// The record (an answer).
    pub record: Uuid,
    /// Zero-based line, first code point, code point past the last.
    pub place: [i64; 3],
    /// The text itself.
    pub quote: String,
}

/// The quotes of some records that this viewer may read, in the order of the texts.
///
/// # Errors
/// When the database fails.
pub fn cited<I: AnyId>(conn: &mut Conn, records: &[I]) -> Result<Vec<Cited>> {
    let params = store::params! {"records" => store::ids(records)};
    conn.all(&OF_RECORDS, params, |r| {
        Ok(Cited {
            source: r.get(0)?,
            entry: r.get(1)?,
            record: r.get(2)?,
            place: [r.get(3)?, r.get(4)?, r.get(5)?],
            quote: r.get(6)?,
        })
    })
}
