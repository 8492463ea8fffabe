//! Statements about agreements, and the cases without names that they open.

use kernel::{Date, OrganisationId, Time};
use store::{Audit, Conn, Editable, Error, Result, Row, Tx};

store::ids! {
    /// An agreement.
    pub AgreementId;
}

store::statements! {
    pub MINE = "SELECT g.id, g.desk_name, g.town_name, g.first_on, g.last_on, g.desk_by, g.desk_at, g.town_by, g.town_at,
        g.ended_by, g.ended_at, g.version, g.side FROM visible_consultation_agreement g
        WHERE g.tenant = :office OR g.town = :office ORDER BY g.last_on DESC, g.id LIMIT 200";
    pub EDITABLE = "SELECT g.id, g.level FROM visible_consultation_agreement g WHERE g.id = :id AND g.side = :side";
    pub ADD = "INSERT INTO consultation_agreement (id, tenant, town, desk_name, town_name, municipality, first_on, last_on, desk_by,
        desk_at, town_by, town_at, ended_by, ended_at, version) VALUES (:id, :desk, :town, :desk_name, :town_name, :municipality,
        :first, :last, :by, :now, '', NULL, '', NULL, 1)";
    pub APPROVE = "UPDATE consultation_agreement SET town_by = :by, town_at = :now, version = version + 1
        WHERE id = :id AND version = :seen AND town_at IS NULL AND ended_at IS NULL";
    pub END = "UPDATE consultation_agreement SET ended_by = :by, ended_at = :now, version = version + 1
        WHERE id = :id AND version = :seen AND ended_at IS NULL";
    pub CASES = "SELECT c.day, c.caller, c.age_band, c.care_level, c.living, c.categories, c.scenes, c.treatments, c.responses,
        c.result, c.need_met, c.fictional
        FROM consultation_agreement g JOIN consultation c ON c.tenant = g.tenant AND c.municipality = g.municipality
        WHERE g.id IN LIST_ID(:ids) AND g.town = :town AND g.desk_at IS NOT NULL AND g.town_at IS NOT NULL AND g.ended_at IS NULL
        AND g.first_on <= :today AND g.last_on >= :today AND c.state = 'closed' AND c.day >= g.first_on AND c.day <= g.last_on
        ORDER BY c.received_at DESC LIMIT 500";
}

/// An agreement as one of its sides reads it.
#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub(crate) id: AgreementId,
    pub(crate) desk_name: String,
    pub(crate) town_name: String,
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) desk_by: String,
    pub(crate) desk_at: Option<Time>,
    pub(crate) town_by: String,
    pub(crate) town_at: Option<Time>,
    pub(crate) ended_by: String,
    pub(crate) ended_at: Option<Time>,
    pub(crate) version: i64,
    /// Whether the reader is the municipality.
    pub(crate) town_side: bool,
}

impl Agreement {
    /// Both have approved, nobody has ended it, and the day is within.
    pub(crate) fn in_force(&self, today: Date) -> bool {
        let approved = self.desk_at.is_some() && self.town_at.is_some();
        approved && self.ended_at.is_none() && self.first <= today && today <= self.last
    }
}

fn row(row: &Row<'_>) -> Result<Agreement> {
    Ok(Agreement {
        id: row.get(0)?,
        desk_name: row.get(1)?,
        town_name: row.get(2)?,
        first: row.get(3)?,
        last: row.get(4)?,
        desk_by: row.get(5)?,
        desk_at: row.get(6)?,
        town_by: row.get(7)?,
        town_at: row.get(8)?,
        ended_by: row.get(9)?,
        ended_at: row.get(10)?,
        version: row.get(11)?,
        town_side: row.get::<String>(12)? == "town",
    })
}

/// An office's agreements.
pub(crate) fn mine(conn: &mut Conn, office: OrganisationId) -> Result<Vec<Agreement>> {
    conn.all(&MINE, store::params! {"office" => office}, row)
}

/// An agreement that a desk proposes; its proposal is its approval.
#[derive(Clone, Debug)]
pub(crate) struct Proposed {
    pub(crate) id: AgreementId,
    pub(crate) desk: OrganisationId,
    pub(crate) desk_name: String,
    pub(crate) town: OrganisationId,
    pub(crate) town_name: String,
    pub(crate) municipality: String,
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) by: String,
}

pub(crate) fn propose(tx: &mut Tx, new: &Proposed) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => new.id, "desk" => new.desk, "town" => new.town, "desk_name" => new.desk_name, "town_name" => new.town_name,
        "municipality" => new.municipality, "first" => new.first, "last" => new.last, "by" => new.by, "now" => now,
    };
    tx.exec(&ADD, params)?;
    tx.audit(
        Audit::new("consultations.agreement.propose", "consultation_agreement")
            .id(new.id.uuid())
            .subject(new.desk.uuid())
            .field("town", None::<String>, Some(new.town.to_string())),
    )?;
    tx.changed("consultation.agreement", new.id.uuid(), Some(new.town))
}

fn proof(tx: &mut Tx, id: AgreementId, town_side: bool) -> Result<Editable<AgreementId>> {
    let side = if town_side { "town" } else { "desk" };
    store::token::editable(tx, &EDITABLE, store::params! {"id" => id, "side" => side})?
        .ok_or(Error::NotFound)
}

/// The municipality approves, or one side ends it. False when somebody was faster.
pub(crate) fn decide(
    tx: &mut Tx,
    id: AgreementId,
    seen: i64,
    (ends, town_side): (bool, bool),
    by: &str,
) -> Result<bool> {
    let proof = proof(tx, id, town_side || !ends)?;
    let now = tx.now();
    let params = store::params! {"id" => proof.id(), "seen" => seen, "by" => by, "now" => now};
    let (statement, action) = if ends {
        (&END, "consultations.agreement.end")
    } else {
        (&APPROVE, "consultations.agreement.approve")
    };
    let done = tx.exec(statement, params)? == 1;
    tx.audit(Audit::new(action, "consultation_agreement").id(id.uuid()))?;
    tx.changed("consultation.agreement", id.uuid(), None)?;
    Ok(done)
}

/// A case without names: codes and the month, never a text, a number or a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// `2026-11`.
    pub(crate) month: String,
    pub(crate) caller: String,
    pub(crate) age_band: String,
    pub(crate) care_level: String,
    pub(crate) living: String,
    pub(crate) categories: Vec<String>,
    pub(crate) scenes: Vec<String>,
    pub(crate) treatments: Vec<String>,
    pub(crate) responses: Vec<String>,
    pub(crate) result: String,
    pub(crate) need_met: String,
    pub(crate) fictional: bool,
}

/// Closed cases of a municipality under agreements that its own people see. The statement asks once more whether each is in
/// force, because it reads past the views.
pub(crate) fn cases(
    conn: &mut Conn,
    town: OrganisationId,
    ids: &[AgreementId],
) -> Result<Vec<Case>> {
    let today = conn.now().date_jst();
    let params = store::params! {"ids" => store::ids(ids), "town" => town, "today" => today};
    conn.all(&CASES, params, |row| {
        let day: String = row.get(0)?;
        let set = |index| {
            row.get::<String>(index)
                .map(|text| crate::codes::split(&text))
        };
        Ok(Case {
            month: day.chars().take(7).collect(),
            caller: row.get(1)?,
            age_band: row.get(2)?,
            care_level: row.get(3)?,
            living: row.get(4)?,
            categories: set(5)?,
            scenes: set(6)?,
            treatments: set(7)?,
            responses: set(8)?,
            result: row.get(9)?,
            need_met: row.get(10)?,
            fictional: row.get(11)?,
        })
    })
}
