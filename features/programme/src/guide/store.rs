//! Every statement about new issues on their way.

use kernel::{OrganisationId, Time};
use store::{Conn, Editable, Result, Row, Tx};

use super::model::{Answers, DraftId};
use crate::model::EntryId;

macro_rules! draft_select {
    ($rest:literal) => {
        concat!("SELECT d.id, d.tenant, d.by_name, d.answers, d.step, d.entry, d.version, d.saved_at FROM visible_issue_draft d ", $rest)
    };
}

store::statements! {
    pub OPEN = draft_select!("WHERE d.tenant = :tenant AND d.entry IS NULL ORDER BY d.saved_at DESC, d.id LIMIT 100");
    pub ONE = draft_select!("WHERE d.id = :id AND d.tenant = :tenant");
    pub EDITABLE = "SELECT d.id, d.level FROM visible_issue_draft d WHERE d.id = :id AND d.tenant = :tenant AND d.entry IS NULL";
    pub ADD = "INSERT INTO issue_draft (id, tenant, by_name, answers, step, entry, version, saved_at)
        VALUES (:id, :tenant, :by, :answers, 1, NULL, 1, :now)";
    pub SAVE = "UPDATE issue_draft SET answers = :answers, step = :step, by_name = :by, version = version + 1, saved_at = :now
        WHERE id = :id AND version = :seen";
    pub END = "UPDATE issue_draft SET entry = :entry, version = version + 1, saved_at = :now WHERE id = :id AND version = :seen";
    pub DROP_DRAFT = "DELETE FROM issue_draft WHERE id = :id";
}

/// A new issue on its way.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) id: DraftId,
    pub(crate) by: String,
    pub(crate) answers: Answers,
    pub(crate) step: i64,
    pub(crate) entry: Option<EntryId>,
    pub(crate) version: i64,
    pub(crate) saved_at: Time,
}

fn draft_row(row: &Row<'_>) -> Result<Draft> {
    let answers: String = row.get(3)?;
    Ok(Draft {
        id: row.get(0)?,
        by: row.get(2)?,
        answers: serde_json::from_str(&answers).unwrap_or_default(),
        step: row.get(4)?,
        entry: row.get(5)?,
        version: row.get(6)?,
        saved_at: row.get(7)?,
    })
}

fn text(answers: &Answers) -> String {
    serde_json::to_string(answers).unwrap_or_else(|_| "{}".to_owned())
}

/// Of an office, the latest first.
pub(crate) fn open(conn: &mut Conn, tenant: OrganisationId) -> Result<Vec<Draft>> {
    conn.all(&OPEN, store::params! {"tenant" => tenant}, draft_row)
}

pub(crate) fn one(conn: &mut Conn, id: DraftId, tenant: OrganisationId) -> Result<Option<Draft>> {
    conn.opt(
        &ONE,
        store::params! {"id" => id, "tenant" => tenant},
        draft_row,
    )
}

pub(crate) fn editable(
    conn: &mut Conn,
    id: DraftId,
    tenant: OrganisationId,
) -> Result<Option<Editable<DraftId>>> {
    store::token::editable(
        conn,
        &EDITABLE,
        store::params! {"id" => id, "tenant" => tenant},
    )
}

pub(crate) fn add(tx: &mut Tx, id: DraftId, tenant: OrganisationId, by: &str) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"id" => id, "tenant" => tenant, "by" => by, "answers" => text(&Answers::default()), "now" => now};
    tx.exec(&ADD, params).map(drop)
}

/// False when somebody else was faster.
pub(crate) fn save(
    tx: &mut Tx,
    id: Editable<DraftId>,
    seen: i64,
    (answers, step, by): (&Answers, i64, &str),
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => id.id(), "seen" => seen, "answers" => text(answers), "step" => step, "by" => by, "now" => now,
    };
    Ok(tx.exec(&SAVE, params)? == 1)
}

pub(crate) fn end(tx: &mut Tx, id: Editable<DraftId>, seen: i64, entry: EntryId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(
        &END,
        store::params! {"id" => id.id(), "seen" => seen, "entry" => entry, "now" => now},
    )? == 1)
}

pub(crate) fn remove(tx: &mut Tx, id: Editable<DraftId>) -> Result<()> {
    tx.exec(&DROP_DRAFT, store::params! {"id" => id.id()})
        .map(drop)
}
