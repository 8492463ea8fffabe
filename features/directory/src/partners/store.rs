//! Statements of the agreements.

use kernel::Date;
use store::{Conn, Result, Row, Tx};

use super::{FACILITIES, INSTITUTIONS};
use crate::model::ProviderId;

store::ids! {
    /// An agreement between a facility and a medical institution.
    pub PartnerId;
}

macro_rules! partner_select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.facility, a.institution, m.name, m.municipality, m.phone, m.fax, a.consults, a.visits, a.admits, ",
            "a.since_on, a.met_on, a.confirmed_on, a.confirmed_by, a.note, a.version ",
            "FROM facility_partner a JOIN public_provider f ON f.id = a.facility JOIN public_provider m ON m.id = a.institution ",
            "WHERE a.ended_on IS NULL AND ",
            $rest
        )
    };
}

store::statements! {
    FACILITIES_OF = "SELECT DISTINCT p.id, p.name, p.kana, p.kinds FROM public_provider p
        JOIN public_provider_service s ON s.provider = p.id AND s.ended_on IS NULL AND s.kind IN LIST_TEXT(:kinds)
        WHERE p.municipality = :code AND p.status IN ('open', 'suspended') ORDER BY p.kana, p.name, p.id";
    CANDIDATES = "SELECT DISTINCT p.id, p.name, p.municipality, p.kana FROM public_provider p
        JOIN public_provider_service s ON s.provider = p.id AND s.ended_on IS NULL AND s.kind IN LIST_TEXT(:kinds)
        WHERE p.status = 'open' ORDER BY p.municipality, p.kana, p.name, p.id LIMIT 3000";
    OF_TOWN = partner_select!("f.municipality = :code ORDER BY m.name, a.id");
    OF_FACILITY = partner_select!("a.facility = :facility ORDER BY m.name, a.id");
    ADD = "INSERT INTO facility_partner (id, facility, institution, consults, visits, admits, since_on, met_on, confirmed_on,
        confirmed_by, note, saved_at, version) VALUES (:id, :facility, :institution, :consults, :visits, :admits, :since, :met,
        :day, :by, :note, :now, 1)";
    CONFIRM = "UPDATE facility_partner SET consults = :consults, visits = :visits, admits = :admits, met_on = :met, note = :note,
        confirmed_on = :day, confirmed_by = :by, saved_at = :now, version = version + 1
        WHERE id = :id AND facility = :facility AND version = :version AND ended_on IS NULL";
    END = "UPDATE facility_partner SET ended_on = :day, saved_at = :now, version = version + 1
        WHERE id = :id AND facility = :facility AND version = :version AND ended_on IS NULL";
}

/// An agreement, with the medical institution.
#[derive(Clone, Debug)]
pub(crate) struct Partner {
    pub(crate) id: PartnerId,
    pub(crate) facility: ProviderId,
    pub(crate) institution: ProviderId,
    pub(crate) name: String,
    pub(crate) municipality: String,
    pub(crate) phone: String,
    pub(crate) fax: String,
    pub(crate) duties: Duties,
    pub(crate) since_on: Option<Date>,
    pub(crate) met_on: Option<Date>,
    pub(crate) confirmed_on: Option<Date>,
    pub(crate) confirmed_by: String,
    pub(crate) note: String,
    pub(crate) version: i64,
}

/// What an institution has agreed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Duties {
    pub(crate) consults: bool,
    pub(crate) visits: bool,
    pub(crate) admits: bool,
}

fn partner(r: &Row) -> Result<Partner> {
    let yes = |at| Ok::<_, store::Error>(r.get::<Option<i64>>(at)? == Some(1));
    Ok(Partner {
        id: r.get(0)?,
        facility: r.get(1)?,
        institution: r.get(2)?,
        name: r.get(3)?,
        municipality: r.get(4)?,
        phone: r.get(5)?,
        fax: r.get(6)?,
        duties: Duties {
            consults: yes(7)?,
            visits: yes(8)?,
            admits: yes(9)?,
        },
        since_on: r.get(10)?,
        met_on: r.get(11)?,
        confirmed_on: r.get(12)?,
        confirmed_by: r.get(13)?,
        note: r.get(14)?,
        version: r.get(15)?,
    })
}

/// The facilities of a municipality: id, name, kinds.
pub(crate) fn facilities(conn: &mut Conn, code: &str) -> Result<Vec<(ProviderId, String, String)>> {
    conn.all(
        &FACILITIES_OF,
        store::params! {"code" => code, "kinds" => store::texts(FACILITIES)},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(3)?)),
    )
}

/// Hospitals and clinics that can be chosen: id, name, municipality.
pub(crate) fn candidates(conn: &mut Conn) -> Result<Vec<(ProviderId, String, String)>> {
    conn.all(
        &CANDIDATES,
        store::params! {"kinds" => store::texts(INSTITUTIONS)},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}

pub(crate) fn of_town(conn: &mut Conn, code: &str) -> Result<Vec<Partner>> {
    conn.all(&OF_TOWN, store::params! {"code" => code}, partner)
}

pub(crate) fn of_facility(conn: &mut Conn, facility: ProviderId) -> Result<Vec<Partner>> {
    conn.all(
        &OF_FACILITY,
        store::params! {"facility" => facility},
        partner,
    )
}

/// What is written of an agreement.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) facility: ProviderId,
    pub(crate) duties: Duties,
    pub(crate) since_on: Option<Date>,
    pub(crate) met_on: Option<Date>,
    pub(crate) note: String,
    pub(crate) by: String,
}

pub(crate) fn add(
    tx: &mut Tx,
    id: PartnerId,
    institution: ProviderId,
    change: &Change,
) -> Result<()> {
    let now = tx.now();
    let flag = i64::from;
    tx.exec(
        &ADD,
        store::params! {
            "id" => id, "facility" => change.facility, "institution" => institution,
            "consults" => flag(change.duties.consults), "visits" => flag(change.duties.visits),
            "admits" => flag(change.duties.admits), "since" => change.since_on, "met" => change.met_on,
            "day" => now.date_jst(), "by" => change.by.as_str(), "note" => change.note.as_str(), "now" => now,
        },
    )
    .map(|_| ())
}

/// Renews the confirmation. False when somebody was faster.
pub(crate) fn confirm(tx: &mut Tx, id: PartnerId, version: i64, change: &Change) -> Result<bool> {
    let now = tx.now();
    let flag = i64::from;
    let rows = tx.exec(
        &CONFIRM,
        store::params! {
            "id" => id, "facility" => change.facility, "version" => version,
            "consults" => flag(change.duties.consults), "visits" => flag(change.duties.visits),
            "admits" => flag(change.duties.admits), "met" => change.met_on, "day" => now.date_jst(),
            "by" => change.by.as_str(), "note" => change.note.as_str(), "now" => now,
        },
    )?;
    Ok(rows == 1)
}

/// Ends an agreement. False when somebody was faster.
pub(crate) fn end(tx: &mut Tx, id: PartnerId, facility: ProviderId, version: i64) -> Result<bool> {
    let now = tx.now();
    let rows = tx.exec(
        &END,
        store::params! {"id" => id, "facility" => facility, "version" => version, "day" => now.date_jst(), "now" => now},
    )?;
    Ok(rows == 1)
}
