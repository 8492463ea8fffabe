//! Every statement about old workbooks.

use kernel::{OrganisationId, Time, Uuid};
use serde_json::Value;
use store::{Conn, Editable, Error, Result, Tx};

use super::actions::{Body, Sum};

store::ids! {
    /// A workbook that was read.
    pub OldFileId;
}

store::statements! {
    pub MAPPING = "SELECT body FROM visible_old_mapping WHERE tenant = :desk AND name = 'words'";
    pub PUT_MAPPING = "INSERT INTO old_mapping (id, tenant, name, body, version, changed_at)
        VALUES (:id, :desk, 'words', :body, 1, :now)
        ON CONFLICT (tenant, name) DO UPDATE SET body = excluded.body, version = old_mapping.version + 1,
        changed_at = excluded.changed_at";
    pub ADD = "INSERT INTO old_file (id, tenant, mapping, name, body, by_name, read_at, applied_at, version)
        VALUES (:id, :desk, NULL, :name, :body, :by, :now, NULL, 1)";
    pub ONE = "SELECT id, name, body, by_name, read_at, applied_at, version FROM visible_old_file WHERE id = :id";
    pub LIST = "SELECT id, name, by_name, read_at, applied_at FROM visible_old_file WHERE tenant = :desk
        ORDER BY read_at DESC, id LIMIT 50";
    pub EDITABLE = "SELECT id, level FROM visible_old_file WHERE id = :id";
    pub APPLY = "UPDATE old_file SET applied_at = :now, version = version + 1 WHERE id = :id AND version = :seen";
    pub CLEAR = "DELETE FROM old_count WHERE tenant = :desk AND month IN LIST_TEXT(:months)";
    pub FILL = "INSERT INTO old_count (tenant, month, dimension, municipality, value, calls, minutes, file)
        SELECT :desk, r ->> 0, r ->> 1, r ->> 2, r ->> 3, CAST(r ->> 4 AS BIGINT), CAST(r ->> 5 AS BIGINT), :file
        FROM LIST_ROWS(:rows) AS x";
    pub OLD = "SELECT month, CAST(SUM(calls) AS BIGINT) FROM visible_old_count WHERE tenant = :desk AND dimension = 'total'
        GROUP BY month";
    pub LIVE = "SELECT month, CAST(SUM(calls) AS BIGINT) FROM visible_consultation_count WHERE tenant = :desk AND dimension = 'total'
        GROUP BY month";
}

/// A workbook that was read.
#[derive(Clone, Debug)]
pub(crate) struct OldFile {
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) by: String,
    pub(crate) read_at: Time,
    pub(crate) applied_at: Option<Time>,
    pub(crate) version: i64,
}

fn json<T: serde::de::DeserializeOwned>(table: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Error::Corrupt {
        table: table.to_owned(),
        column: "body".to_owned(),
        row: String::new(),
    })
}

pub(super) fn mapping(conn: &mut Conn, desk: OrganisationId) -> Result<super::model::Mapping> {
    let body: Option<String> = conn.opt(&MAPPING, store::params! {"desk" => desk}, |r| r.get(0))?;
    body.map_or_else(
        || Ok(super::model::Mapping::default()),
        |b| json("old_mapping", &b),
    )
}

pub(super) fn put_mapping(tx: &mut Tx, id: Uuid, desk: OrganisationId, body: &str) -> Result<()> {
    tx.exec(
        &PUT_MAPPING,
        store::params! {"id" => id, "desk" => desk, "body" => body, "now" => tx.now()},
    )
    .map(drop)
}

pub(super) fn add(
    tx: &mut Tx,
    id: OldFileId,
    desk: OrganisationId,
    (name, body, by): (&str, &str, &str),
) -> Result<()> {
    let params = store::params! {"id" => id, "desk" => desk, "name" => name, "body" => body, "by" => by, "now" => tx.now()};
    tx.exec(&ADD, params).map(drop)
}

pub(super) fn one(conn: &mut Conn, id: OldFileId) -> Result<OldFile> {
    conn.opt(&ONE, store::params! {"id" => id}, |row| {
        let body: String = row.get(2)?;
        Ok(OldFile {
            name: row.get(1)?,
            body: json("old_file", &body)?,
            by: row.get(3)?,
            read_at: row.get(4)?,
            applied_at: row.get(5)?,
            version: row.get(6)?,
        })
    })?
    .ok_or(Error::NotFound)
}

/// Id, name, who, when read, when taken.
pub(super) type Listed = (OldFileId, String, String, Time, Option<Time>);

pub(super) fn list(conn: &mut Conn, desk: OrganisationId) -> Result<Vec<Listed>> {
    conn.all(&LIST, store::params! {"desk" => desk}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
    })
}

pub(super) fn editable(tx: &mut Tx, id: OldFileId) -> Result<Editable<OldFileId>> {
    store::token::editable(tx, &EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Takes the figures of a workbook: the months it names are replaced. `false` when somebody else was faster.
pub(super) fn apply(
    tx: &mut Tx,
    proof: Editable<OldFileId>,
    desk: OrganisationId,
    (months, sums): (&[String], &[Sum]),
    seen: i64,
) -> Result<bool> {
    let id = proof.id();
    if tx.exec(
        &APPLY,
        store::params! {"id" => id, "now" => tx.now(), "seen" => seen},
    )? != 1
    {
        return Ok(false);
    }
    tx.exec(
        &CLEAR,
        store::params! {"desk" => desk, "months" => store::texts(months)},
    )?;
    for some in sums.chunks(500) {
        let rows: Vec<Vec<Value>> = some
            .iter()
            .map(|(month, dimension, town, value, calls, minutes)| {
                vec![
                    Value::from(month.as_str()),
                    Value::from(dimension.as_str()),
                    Value::from(town.as_str()),
                    Value::from(value.as_str()),
                    Value::from(*calls),
                    Value::from(*minutes),
                ]
            })
            .collect();
        tx.exec(
            &FILL,
            store::params! {"desk" => desk, "rows" => store::rows(&rows), "file" => id},
        )?;
    }
    Ok(true)
}

/// Calls by month (`2026-04`).
pub(super) type Months = Vec<(String, i64)>;

/// Calls by month from earlier workbooks, and from this program.
pub(super) fn months(conn: &mut Conn, desk: OrganisationId) -> Result<(Months, Months)> {
    let old = conn.all(&OLD, store::params! {"desk" => desk}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })?;
    let live = conn.all(&LIVE, store::params! {"desk" => desk}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })?;
    Ok((old, live))
}
