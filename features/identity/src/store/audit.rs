//! Reading the audit trail: an office its own rows, the administrator all. Every reading is itself a row.

use kernel::{AccountId, OrganisationId, Time, Uuid};
use store::{Conn, Result, Row};

macro_rules! rows {
    ($scope:literal) => {
        concat!(
            "SELECT e.at, e.account, e.acting_for, e.organisation, e.address, e.action, e.about, e.row_id, e.subject,
             e.fields, e.purpose, e.outcome, e.who FROM audit_event e WHERE ",
            $scope,
            " AND (CAST(:action AS TEXT) IS NULL OR e.action = CAST(:action AS TEXT))
             AND (CAST(:person AS BLOB) IS NULL OR e.account = CAST(:person AS BLOB) OR e.subject = CAST(:person AS BLOB)
               OR e.row_id = CAST(:person AS BLOB))
             AND e.at >= :first AND e.at < :last
             ORDER BY e.at DESC, e.chain, e.position DESC LIMIT :most OFFSET :skip"
        )
    };
}

store::statements! {
    OF_OFFICE = rows!("(e.organisation = :organisation OR e.acting_for = :organisation OR e.subject = :organisation)");
    OF_ALL = rows!("1 = 1");
    ACTIONS_OFFICE = "SELECT DISTINCT e.action FROM audit_event e
        WHERE (e.organisation = :organisation OR e.acting_for = :organisation OR e.subject = :organisation) AND e.at >= :first
        ORDER BY e.action";
    ACTIONS = "SELECT DISTINCT e.action FROM audit_event e WHERE e.at >= :first ORDER BY e.action";
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The office; none = all (administrator).
    pub organisation: Option<OrganisationId>,
    /// One action.
    pub action: Option<String>,
    /// One account: as the one who acts or the one concerned.
    pub person: Option<AccountId>,
    /// From this instant.
    pub first: Time,
    /// Before this instant.
    pub last: Time,
}

/// One row of the trail.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub at: Time,
    /// Who; none for the program and for visitors who are not signed in.
    pub account: Option<AccountId>,
    /// For whom they acted.
    pub acting_for: Option<OrganisationId>,
    /// From which office.
    pub organisation: Option<OrganisationId>,
    /// From which address.
    pub address: String,
    /// What was done.
    pub action: String,
    /// The table it is about.
    pub about: String,
    /// The row.
    pub row: Option<Uuid>,
    /// The person or organisation concerned.
    pub subject: Option<Uuid>,
    /// Names of the fields that changed, with keyed hashes (JSON).
    pub fields: String,
    /// The stated purpose.
    pub purpose: Option<String>,
    /// Whether it was done; else refused.
    pub done: bool,
    /// Account, public or the program with its reason.
    pub who: String,
}

fn line(r: &Row<'_>) -> Result<Line> {
    let outcome: String = r.get(11)?;
    Ok(Line {
        at: r.get(0)?,
        account: r.get(1)?,
        acting_for: r.get(2)?,
        organisation: r.get(3)?,
        address: r.get(4)?,
        action: r.get(5)?,
        about: r.get(6)?,
        row: r.get(7)?,
        subject: r.get(8)?,
        fields: r.get(9)?,
        purpose: r.get(10)?,
        done: outcome == "done",
        who: r.get(12)?,
    })
}

/// Rows that fit, the latest first. Needs a system viewer; the caller has checked whose rows may be seen.
pub(crate) fn lines(conn: &mut Conn, filter: &Filter, most: i64, skip: i64) -> Result<Vec<Line>> {
    let person = filter.person.map(|p| p.uuid());
    let action = filter.action.as_deref();
    match filter.organisation {
        Some(organisation) => conn.all(
            &OF_OFFICE,
            store::params! {
                "organisation" => organisation, "action" => action, "person" => person, "first" => filter.first,
                "last" => filter.last, "most" => most, "skip" => skip,
            },
            line,
        ),
        None => conn.all(
            &OF_ALL,
            store::params! {
                "action" => action, "person" => person, "first" => filter.first, "last" => filter.last,
                "most" => most, "skip" => skip,
            },
            line,
        ),
    }
}

/// The actions that occur, for the filter's list.
pub(crate) fn actions(
    conn: &mut Conn,
    organisation: Option<OrganisationId>,
    first: Time,
) -> Result<Vec<String>> {
    match organisation {
        Some(organisation) => conn.all(
            &ACTIONS_OFFICE,
            store::params! {"organisation" => organisation, "first" => first},
            |r| r.get(0),
        ),
        None => conn.all(&ACTIONS, store::params! {"first" => first}, |r| r.get(0)),
    }
}
