//! Every statement of this room, and functions named by what they are for.
//!
//! The functions at the top are the room's public face: other rooms read the area through them.

pub(crate) mod batch;
mod windows;

use kernel::OrganisationId;
use store::{Conn, Result, Row};

use crate::model::{
    Alias, Council, District, Municipality, Names, Organisation, Tone, UrgentNumber,
};

pub use batch::{add_acting_for, save_organisation};
pub(crate) use windows::{
    Waits, add_closed_day, contact_editable, contacts_mine, contacts_waiting, remove_closed_day,
    save_contact, verify_contact,
};
pub use windows::{closed_ahead, closed_days, contact_for, contacts_of, contacts_of_area};

/// The lists of statements of all files of this room.
pub(crate) const ALL_STATEMENTS: &[&[store::Stmt]] = &[
    STATEMENTS,
    windows::STATEMENTS,
    batch::STATEMENTS,
    crate::organisations::STATEMENTS,
];

macro_rules! municipality_select {
    ($rest:literal) => {
        concat!(
            "SELECT m.code, m.insurer, m.name_ja, m.name_kana, m.name_en, m.prefecture, m.in_area, o.id, ",
            "m.insurer_verified, m.note, ",
            "d.code, d.name_ja, d.name_en, d.tone ",
            "FROM municipality m LEFT JOIN district d ON d.code = m.district ",
            "LEFT JOIN organisation o ON o.municipality = m.code AND o.kind = 'municipality' ",
            $rest
        )
    };
}

macro_rules! organisation_select {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.kind, o.name, o.short_name, o.name_en, o.regime, o.municipality, o.fictional, ",
            "o.source, o.verified_on, o.verified FROM organisation o ",
            $rest
        )
    };
}

store::statements! {
    pub AREA = "SELECT name_ja, name_en FROM area WHERE id = 1";
    pub DISTRICTS = "SELECT code, name_ja, name_en, tone FROM district ORDER BY sort, code";
    pub MUNICIPALITIES = municipality_select!("ORDER BY m.in_area DESC, COALESCE(d.sort, 0), m.sort, m.code");
    pub MUNICIPALITY = municipality_select!("WHERE m.code = :code");
    pub ORGANISATIONS = organisation_select!("ORDER BY o.kind, o.municipality, o.name");
    pub ORGANISATION = organisation_select!("WHERE o.id = :id");
    pub DESKS_OF = organisation_select!(
        "JOIN acting_for a ON a.organisation = o.id JOIN organisation t ON t.id = a.municipality_org
         WHERE t.municipality = :code AND t.kind = 'municipality' ORDER BY o.name"
    );
    pub ACTS_FOR = organisation_select!(
        "JOIN acting_for a ON a.municipality_org = o.id JOIN municipality m ON m.code = o.municipality
         WHERE a.organisation = :organisation ORDER BY m.sort"
    );
    pub ALIASES = "SELECT a.alias, o.name, o.name_en, a.source, a.verified, d.code, d.name_ja, d.name_en, d.tone
        FROM organisation_alias a JOIN organisation o ON o.id = a.organisation
        LEFT JOIN district d ON d.code = a.scope_district ORDER BY a.alias, COALESCE(d.sort, 0), o.name";
    pub ALIASES_OF = "SELECT a.alias, o.name, o.name_en, a.source, a.verified, d.code, d.name_ja, d.name_en, d.tone
        FROM organisation_alias a JOIN organisation o ON o.id = a.organisation
        LEFT JOIN district d ON d.code = a.scope_district
        WHERE a.scope_district IS NULL
           OR a.scope_district = (SELECT district FROM municipality WHERE code = :code) ORDER BY a.alias, o.name";
    pub URGENT_NUMBERS = "SELECT number, name_ja, name_en, when_ja, when_en, scope, verified
        FROM urgent_number ORDER BY sort, number";
    pub COUNCILS = "SELECT id, name, name_en, source, verified FROM council ORDER BY sort, name";
    pub COUNCILS_OF = "SELECT k.id, k.name, k.name_en, k.source, k.verified FROM council k
        JOIN council_municipality p ON p.council = k.id WHERE p.municipality = :code ORDER BY k.sort, k.name";
}

/// The short name of the area in Japanese and English; both empty before data has been loaded.
///
/// # Errors
/// When the database fails.
pub fn area_name(conn: &mut Conn) -> Result<(String, String)> {
    let found = conn.opt(&AREA, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(found.unwrap_or_default())
}

/// The districts of the area in their usual order.
///
/// # Errors
/// When the database fails.
pub fn districts(conn: &mut Conn) -> Result<Vec<District>> {
    conn.all(&DISTRICTS, store::params! {}, |r| district(r, 0))
}

/// All municipalities: those of the area by district, then the neighbours its people use.
///
/// # Errors
/// When the database fails.
pub fn municipalities(conn: &mut Conn) -> Result<Vec<Municipality>> {
    conn.all(&MUNICIPALITIES, store::params! {}, municipality_row)
}

/// One municipality by its 団体コード (six digits).
///
/// # Errors
/// When the database fails.
pub fn municipality(conn: &mut Conn, code: &str) -> Result<Option<Municipality>> {
    conn.opt(
        &MUNICIPALITY,
        store::params! {"code" => code},
        municipality_row,
    )
}

/// All organisations of the area's data, by kind.
///
/// # Errors
/// When the database fails.
pub fn organisations(conn: &mut Conn) -> Result<Vec<Organisation>> {
    conn.all(&ORGANISATIONS, store::params! {}, organisation_row)
}

/// One organisation.
///
/// # Errors
/// When the database fails.
pub fn organisation(conn: &mut Conn, id: OrganisationId) -> Result<Option<Organisation>> {
    conn.opt(&ORGANISATION, store::params! {"id" => id}, organisation_row)
}

/// The municipalities (as organisations) for which `organisation` is declared to act; empty for most.
///
/// # Errors
/// When the database fails.
pub fn acts_for(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Organisation>> {
    conn.all(
        &ACTS_FOR,
        store::params! {"organisation" => organisation},
        organisation_row,
    )
}

/// The desks that act for the municipality with this 団体コード.
///
/// # Errors
/// When the database fails.
pub fn desks_of(conn: &mut Conn, code: &str) -> Result<Vec<Organisation>> {
    conn.all(&DESKS_OF, store::params! {"code" => code}, organisation_row)
}

/// All aliases with their owners and scope.
///
/// # Errors
/// When the database fails.
pub fn aliases(conn: &mut Conn) -> Result<Vec<Alias>> {
    conn.all(&ALIASES, store::params! {}, alias_row)
}

/// The aliases that mean something in this municipality.
///
/// # Errors
/// When the database fails.
pub fn aliases_of(conn: &mut Conn, code: &str) -> Result<Vec<Alias>> {
    conn.all(&ALIASES_OF, store::params! {"code" => code}, alias_row)
}

/// The numbers that help at any hour, most urgent first.
///
/// # Errors
/// When the database fails.
pub fn urgent_numbers(conn: &mut Conn) -> Result<Vec<UrgentNumber>> {
    conn.all(&URGENT_NUMBERS, store::params! {}, |r| {
        Ok(UrgentNumber {
            number: r.get(0)?,
            name: Names {
                ja: r.get(1)?,
                en: r.get(2)?,
            },
            when: Names {
                ja: r.get(3)?,
                en: r.get(4)?,
            },
            scope: r.get(5)?,
            verified: r.get(6)?,
        })
    })
}

/// All councils.
///
/// # Errors
/// When the database fails.
pub fn councils(conn: &mut Conn) -> Result<Vec<Council>> {
    conn.all(&COUNCILS, store::params! {}, council_row)
}

/// The councils in which this municipality takes part.
///
/// # Errors
/// When the database fails.
pub fn councils_of(conn: &mut Conn, code: &str) -> Result<Vec<Council>> {
    conn.all(&COUNCILS_OF, store::params! {"code" => code}, council_row)
}

fn district(r: &Row, at: usize) -> Result<District> {
    Ok(District {
        code: r.get(at)?,
        name_ja: r.get(at + 1)?,
        name_en: r.get(at + 2)?,
        tone: Tone::from_code(&r.get::<String>(at + 3)?),
    })
}

fn district_opt(r: &Row, at: usize) -> Result<Option<District>> {
    let code: Option<String> = r.get(at)?;
    code.map(|_| district(r, at)).transpose()
}

fn municipality_row(r: &Row) -> Result<Municipality> {
    Ok(Municipality {
        code: r.get(0)?,
        insurer: r.get(1)?,
        name_ja: r.get(2)?,
        name_kana: r.get(3)?,
        name_en: r.get(4)?,
        prefecture: r.get(5)?,
        in_area: r.get(6)?,
        organisation: r.get(7)?,
        insurer_verified: r.get(8)?,
        note: r.get(9)?,
        district: district_opt(r, 10)?,
    })
}

fn organisation_row(r: &Row) -> Result<Organisation> {
    Ok(Organisation {
        id: r.get(0)?,
        kind: r.get(1)?,
        name: r.get(2)?,
        short_name: r.get(3)?,
        name_en: r.get(4)?,
        regime: r.get(5)?,
        municipality: r.get(6)?,
        fictional: r.get(7)?,
        source: r.get(8)?,
        verified_on: r.get(9)?,
        verified: r.get(10)?,
    })
}

fn alias_row(r: &Row) -> Result<Alias> {
    Ok(Alias {
        alias: r.get(0)?,
        organisation: r.get(1)?,
        organisation_en: r.get(2)?,
        source: r.get(3)?,
        verified: r.get(4)?,
        district: district_opt(r, 5)?,
    })
}

fn council_row(r: &Row) -> Result<Council> {
    Ok(Council {
        id: r.get(0)?,
        name: r.get(1)?,
        name_en: r.get(2)?,
        source: r.get(3)?,
        verified: r.get(4)?,
    })
}
