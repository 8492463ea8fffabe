//! Saved column mappings: which column of somebody's own table says what, for tables whose header no publication has.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Audit, Conn, Db, FieldChange, Outcome, Result, Tx, Viewer};

store::ids! {
    /// A saved column mapping.
    pub MappingId;
}

store::statements! {
    ALL = "SELECT id, name, kind, columns, saved_at, version FROM column_mapping ORDER BY name";
    ONE = "SELECT id, name, kind, columns, saved_at, version FROM column_mapping WHERE id = :id";
    BY_NAME = "SELECT id, name, kind, columns, saved_at, version FROM column_mapping WHERE name = :name";
    ADD = "INSERT INTO column_mapping (id, name, kind, columns, saved_at, version) VALUES (:id, :name, :kind, :columns, :now, 1)";
    SET = "UPDATE column_mapping SET name = :name, kind = :kind, columns = :columns, saved_at = :now, version = version + 1
        WHERE id = :id AND version = :seen";
    REMOVE = "DELETE FROM column_mapping WHERE id = :id";
}

/// The fields that can be mapped, in the order of the page.
pub(crate) const FIELDS: [&str; 18] = [
    "name",
    "kana",
    "kind_text",
    "city",
    "code",
    "postal",
    "address",
    "building",
    "phone",
    "fax",
    "url",
    "corporation",
    "corporation_number",
    "capacity",
    "days_text",
    "departments",
    "lat",
    "lon",
];

/// So many columns can be offered.
pub(crate) const MOST_COLUMNS: usize = 80;

/// What is kept of a table's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// The header, as it was read.
    pub header: Vec<String>,
    /// Field to column.
    pub fields: BTreeMap<String, String>,
}

/// A saved mapping.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Its id.
    pub id: MappingId,
    /// What people call it.
    pub name: String,
    /// Kind of service of every row, when no column says it; empty when one does.
    pub kind: String,
    /// Its columns.
    pub table: Table,
    /// When it was saved.
    pub saved_at: kernel::Time,
    /// Grows with each change.
    pub version: i64,
}

fn row(r: &store::Row) -> Result<Mapping> {
    let columns: String = r.get(3)?;
    Ok(Mapping {
        id: r.get(0)?,
        name: r.get(1)?,
        kind: r.get(2)?,
        table: serde_json::from_str(&columns).unwrap_or_default(),
        saved_at: r.get(4)?,
        version: r.get(5)?,
    })
}

/// Every mapping, by name.
///
/// # Errors
/// What the database says.
pub fn all(conn: &mut Conn) -> Result<Vec<Mapping>> {
    conn.all(&ALL, store::params! {}, row)
}

/// One mapping.
///
/// # Errors
/// What the database says.
pub fn one(conn: &mut Conn, id: MappingId) -> Result<Option<Mapping>> {
    conn.opt(&ONE, store::params! {"id" => id}, row)
}

/// A mapping by its name, for the command line.
///
/// # Errors
/// What the database says.
pub fn named(conn: &mut Conn, name: &str) -> Result<Option<Mapping>> {
    conn.opt(&BY_NAME, store::params! {"name" => name}, row)
}

/// What was typed.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) id: Option<MappingId>,
    pub(crate) seen: i64,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) table: Table,
}

/// How saving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is kept.
    Done,
    /// Somebody saved in between, or it is gone.
    Conflict,
    /// Another one is called so.
    Taken,
}

fn audit(tx: &mut Tx, action: &'static str, id: MappingId, name: &str) -> Result<()> {
    tx.audit(Audit {
        action,
        table: "column_mapping",
        id: Some(kernel::AnyId::uuid(&id)),
        subject: None,
        fields: vec![FieldChange {
            name: "name",
            old: None,
            new: Some(name.to_owned()),
        }],
        purpose: None,
        result: Outcome::Done,
    })
}

/// Keeps a mapping, new or changed.
pub(crate) async fn save(db: &Db, viewer: &Viewer, change: Change) -> Result<Saved> {
    let new: MappingId = db.env().id();
    db.write(viewer, move |tx| {
        let now = tx.now();
        let other = named(tx, &change.name)?;
        if other.is_some_and(|other| Some(other.id) != change.id) {
            return Ok(Saved::Taken);
        }
        let columns = serde_json::to_string(&change.table).unwrap_or_default();
        let (name, kind) = (change.name.as_str(), change.kind.as_str());
        let id = match change.id {
            None => {
                tx.exec(
                    &ADD,
                    store::params! {"id" => new, "name" => name, "kind" => kind, "columns" => columns, "now" => now},
                )?;
                new
            }
            Some(id) => {
                let rows = tx.exec(
                    &SET,
                    store::params! {"name" => name, "kind" => kind, "columns" => columns, "now" => now, "id" => id, "seen" => change.seen},
                )?;
                if rows != 1 {
                    return Ok(Saved::Conflict);
                }
                id
            }
        };
        audit(tx, "directory.mapping.save", id, name)?;
        Ok(Saved::Done)
    })
    .await
}

/// Forgets a mapping; editions that were read by it stay.
pub(crate) async fn remove(db: &Db, viewer: &Viewer, id: MappingId) -> Result<()> {
    db.write(viewer, move |tx| {
        if tx.exec(&REMOVE, store::params! {"id" => id})? == 1 {
            audit(tx, "directory.mapping.remove", id, "")?;
        }
        Ok(())
    })
    .await
}
