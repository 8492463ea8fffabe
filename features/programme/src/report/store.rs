//! Every statement about closed years, times of keeping and copies for disclosure.

use kernel::{OrganisationId, Time};
use store::{Conn, Result, Row, Tx};

use super::model::DisclosureId;
use crate::pdca::model::MeasureId;

macro_rules! copy_select {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.measure, d.measure_version, d.title, d.number, d.body, d.hidden, d.reason, d.by_name, d.at ",
            "FROM visible_disclosure d ",
            $rest
        )
    };
}

store::statements! {
    pub CLOSED = "SELECT y.closed_at, y.by_name FROM visible_year_close y WHERE y.tenant = :tenant AND y.fiscal_year = :year";
    pub CLOSE = "INSERT INTO year_close (tenant, fiscal_year, measures, by_name, closed_at)
        VALUES (:tenant, :year, :measures, :by, :now)";
    pub RETENTION = "SELECT r.kind, r.years, r.basis, r.version FROM visible_retention r WHERE r.tenant = :tenant";
    pub PUT_RETENTION = "INSERT INTO retention (tenant, kind, years, basis, version) VALUES (:tenant, :kind, :years, :basis, 1)
        ON CONFLICT (tenant, kind) DO UPDATE SET years = excluded.years, basis = excluded.basis, version = retention.version + 1";
    pub COPIES = copy_select!("WHERE d.tenant = :tenant ORDER BY d.at DESC, d.id LIMIT 200");
    pub COPY = copy_select!("WHERE d.id = :id");
    pub ADD_COPY = "INSERT INTO disclosure (id, tenant, measure, measure_version, title, number, body, hidden, reason, by_name, at)
        VALUES (:id, :tenant, :measure, :version, :title, :number, :body, :hidden, :reason, :by, :now)";
}

/// When an office closed a year, and who did; `None` while it is open.
pub(crate) fn closed(
    conn: &mut Conn,
    tenant: OrganisationId,
    year: i32,
) -> Result<Option<(Time, String)>> {
    conn.opt(
        &CLOSED,
        store::params! {"tenant" => tenant, "year" => year},
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn close(
    tx: &mut Tx,
    tenant: OrganisationId,
    year: i32,
    measures: i64,
    by: &str,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"tenant" => tenant, "year" => year, "measures" => measures, "by" => by, "now" => now};
    tx.exec(&CLOSE, params).map(drop)
}

/// How long an office keeps a kind of record, by its own rules.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) kind: String,
    pub(crate) years: i64,
    pub(crate) basis: String,
}

pub(crate) fn retention(conn: &mut Conn, tenant: OrganisationId) -> Result<Vec<Kept>> {
    conn.all(&RETENTION, store::params! {"tenant" => tenant}, |row| {
        Ok(Kept {
            kind: row.get(0)?,
            years: row.get(1)?,
            basis: row.get(2)?,
        })
    })
}

pub(crate) fn put_retention(tx: &mut Tx, tenant: OrganisationId, kept: &Kept) -> Result<()> {
    let params = store::params! {"tenant" => tenant, "kind" => kept.kind, "years" => kept.years, "basis" => kept.basis};
    tx.exec(&PUT_RETENTION, params).map(drop)
}

/// A copy for a request of disclosure.
#[derive(Clone, Debug)]
pub(crate) struct Disclosure {
    pub(crate) id: DisclosureId,
    pub(crate) measure: MeasureId,
    pub(crate) measure_version: i64,
    pub(crate) title: String,
    pub(crate) number: String,
    pub(crate) body: String,
    pub(crate) hidden: i64,
    pub(crate) reason: String,
    pub(crate) by: String,
    pub(crate) at: Time,
}

fn copy_row(row: &Row<'_>) -> Result<Disclosure> {
    Ok(Disclosure {
        id: row.get(0)?,
        measure: row.get(1)?,
        measure_version: row.get(2)?,
        title: row.get(3)?,
        number: row.get(4)?,
        body: row.get(5)?,
        hidden: row.get(6)?,
        reason: row.get(7)?,
        by: row.get(8)?,
        at: row.get(9)?,
    })
}

pub(crate) fn copies(conn: &mut Conn, tenant: OrganisationId) -> Result<Vec<Disclosure>> {
    conn.all(&COPIES, store::params! {"tenant" => tenant}, copy_row)
}

pub(crate) fn copy(conn: &mut Conn, id: DisclosureId) -> Result<Option<Disclosure>> {
    conn.opt(&COPY, store::params! {"id" => id}, copy_row)
}

pub(crate) fn add_copy(tx: &mut Tx, tenant: OrganisationId, what: &Disclosure) -> Result<()> {
    let params = store::params! {
        "id" => what.id, "tenant" => tenant, "measure" => what.measure, "version" => what.measure_version, "title" => what.title,
        "number" => what.number, "body" => what.body, "hidden" => what.hidden, "reason" => what.reason, "by" => what.by,
        "now" => what.at,
    };
    tx.exec(&ADD_COPY, params).map(drop)
}
