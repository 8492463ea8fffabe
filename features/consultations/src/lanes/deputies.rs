//! Deputies of an office in their order, and the days on which somebody is away.

use kernel::{AccountId, Date, OrganisationId};
use store::{Audit, Conn, Db, Error, Result, Tx, Viewer};

use super::model::{AbsenceId, Away, Deputy};

store::statements! {
    pub LIST = "SELECT list, version, level FROM visible_consultation_deputies WHERE tenant = :office";
    pub AWAY = "SELECT id, account, name, first_on, last_on FROM visible_consultation_absence
        WHERE tenant = :office AND last_on >= :today ORDER BY first_on, id LIMIT 200";
    pub AWAY_EDITABLE = "SELECT id, level FROM visible_consultation_absence WHERE id = :id AND tenant = :office";
    pub OF = "SELECT list FROM consultation_deputies WHERE tenant = :office";
    pub AWAY_OF = "SELECT account, first_on, last_on FROM consultation_absence WHERE tenant = :office
        AND first_on <= :today AND last_on >= :today";
    pub PUT = "INSERT INTO consultation_deputies (tenant, list, by_name, saved_at, version)
        VALUES (:office, :list, :by, :now, 1)";
    pub SAVE = "UPDATE consultation_deputies SET list = :list, by_name = :by, saved_at = :now, version = version + 1
        WHERE tenant = :office AND version = :seen";
    pub ADD_AWAY = "INSERT INTO consultation_absence (id, tenant, account, name, first_on, last_on)
        VALUES (:id, :office, :account, :name, :first, :last)";
    pub DROP_AWAY = "DELETE FROM consultation_absence WHERE id = :id";
}

/// The list of an office and its version; version 0: none was saved yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    pub(crate) list: Vec<Deputy>,
    pub(crate) version: i64,
}

/// Days somebody is away.
#[derive(Clone, Debug)]
pub(crate) struct Absence {
    pub(crate) id: AbsenceId,
    pub(crate) account: AccountId,
    pub(crate) name: String,
    pub(crate) first: Date,
    pub(crate) last: Date,
}

fn parsed(text: &str) -> Vec<Deputy> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The office's own list.
pub(crate) fn list(conn: &mut Conn, office: OrganisationId) -> Result<Listed> {
    Ok(conn
        .opt(&LIST, store::params! {"office" => office}, |row| {
            Ok(Listed {
                list: parsed(&row.get::<String>(0)?),
                version: row.get(1)?,
            })
        })?
        .unwrap_or_default())
}

/// Absences of the office's people that are not over.
pub(crate) fn absences(conn: &mut Conn, office: OrganisationId) -> Result<Vec<Absence>> {
    let today = conn.now().date_jst();
    conn.all(
        &AWAY,
        store::params! {"office" => office, "today" => today},
        |row| {
            Ok(Absence {
                id: row.get(0)?,
                account: row.get(1)?,
                name: row.get(2)?,
                first: row.get(3)?,
                last: row.get(4)?,
            })
        },
    )
}

/// For the watch: the deputies of any office and who is away today. Only inside a write.
pub(crate) fn of(tx: &mut Tx, office: OrganisationId) -> Result<(Vec<Deputy>, Vec<Away>)> {
    let today = tx.now().date_jst();
    let list = tx
        .opt(&OF, store::params! {"office" => office}, |row| {
            row.get::<String>(0)
        })?
        .map(|text| parsed(&text))
        .unwrap_or_default();
    let away = tx.all(
        &AWAY_OF,
        store::params! {"office" => office, "today" => today},
        |row| {
            Ok(Away {
                account: row.get(0)?,
                first: row.get(1)?,
                last: row.get(2)?,
            })
        },
    )?;
    Ok((list, away))
}

/// Saves the list of the manager's own office. False when somebody else saved in between.
///
/// # Errors
/// What the engine says.
pub(crate) async fn save(
    db: &Db,
    viewer: &Viewer,
    office: OrganisationId,
    list: Vec<Deputy>,
    seen: i64,
    by: String,
) -> Result<bool> {
    db.write(viewer, move |tx| {
        let now = tx.now();
        let text = serde_json::to_string(&list).map_err(|e| Error::Engine(e.to_string()))?;
        let before = self::list(tx, office)?;
        if before.version != seen {
            return Ok(false);
        }
        let params = store::params! {"office" => office, "list" => text, "by" => by, "now" => now};
        if before.version == 0 {
            tx.exec(&PUT, params)?;
        } else {
            let params = store::params! {"office" => office, "list" => text, "by" => by, "now" => now, "seen" => seen};
            if tx.exec(&SAVE, params)? == 0 {
                return Ok(false);
            }
        }
        tx.audit(
            Audit::new("consultations.deputies", "consultation_deputies")
                .id(office.uuid())
                .subject(office.uuid()),
        )?;
        tx.changed("consultation.deputies", office.uuid(), Some(office))?;
        Ok(true)
    })
    .await
}

/// Notes days on which somebody is away.
///
/// # Errors
/// What the engine says.
pub(crate) async fn add_absence(
    db: &Db,
    viewer: &Viewer,
    office: OrganisationId,
    new: Absence,
) -> Result<()> {
    db.write(viewer, move |tx| {
        let params = store::params! {
            "id" => new.id, "office" => office, "account" => new.account, "name" => new.name, "first" => new.first,
            "last" => new.last,
        };
        tx.exec(&ADD_AWAY, params)?;
        tx.audit(
            Audit::new("consultations.absence", "consultation_absence")
                .id(new.id.uuid())
                .subject(office.uuid()),
        )?;
        tx.changed("consultation.deputies", office.uuid(), Some(office))
    })
    .await
}

/// Takes such days back.
///
/// # Errors
/// [`Error::NotFound`] when they are not the office's.
pub(crate) async fn drop_absence(
    db: &Db,
    viewer: &Viewer,
    office: OrganisationId,
    id: AbsenceId,
) -> Result<()> {
    db.write(viewer, move |tx| {
        let proof = store::token::editable::<AbsenceId>(
            tx,
            &AWAY_EDITABLE,
            store::params! {"id" => id, "office" => office},
        )?
        .ok_or(Error::NotFound)?;
        tx.exec(&DROP_AWAY, store::params! {"id" => proof.id()})?;
        tx.audit(
            Audit::new("consultations.absence-drop", "consultation_absence")
                .id(id.uuid())
                .subject(office.uuid()),
        )?;
        tx.changed("consultation.deputies", office.uuid(), Some(office))
    })
    .await
}
