//! Statements about today's work.

use kernel::{Date, OrganisationId};
use store::{Conn, Editable, Result, Tx};

use crate::{
    consultation_select,
    model::{Consultation, ConsultationId},
    store::read,
};

store::statements! {
    pub DUE = consultation_select!("WHERE c.tenant = :desk AND c.follow_up_on IS NOT NULL AND c.follow_up_on <= :until
        AND c.state IN ('open', 'waiting', 'handed_over') ORDER BY c.follow_up_on, c.received_at, c.id LIMIT :count");
    pub UNDATED = consultation_select!("WHERE c.tenant = :desk AND c.follow_up_on IS NULL
        AND c.state IN ('open', 'waiting', 'handed_over') ORDER BY c.received_at, c.id LIMIT :count");
    pub COUNT_DUE = "SELECT COUNT(*) FROM visible_consultation c WHERE c.tenant = :desk AND c.follow_up_on IS NOT NULL
        AND c.follow_up_on <= :until AND c.state IN ('open', 'waiting', 'handed_over')";
    pub SET_DAY = "UPDATE consultation SET follow_up_on = :day, changed_at = :now, version = version + 1
        WHERE id = :id AND version = :seen AND state IN ('open', 'waiting', 'handed_over')";
}

/// Records of a desk to be looked at until a day, the earliest first.
pub(crate) fn due(
    conn: &mut Conn,
    desk: OrganisationId,
    until: Date,
    count: i64,
) -> Result<Vec<Consultation>> {
    let params = store::params! {"desk" => desk, "until" => until, "count" => count};
    conn.all(&DUE, params, read)
}

/// Records that are not closed and have no day: the oldest first, so that none is forgotten.
pub(crate) fn undated(
    conn: &mut Conn,
    desk: OrganisationId,
    count: i64,
) -> Result<Vec<Consultation>> {
    conn.all(
        &UNDATED,
        store::params! {"desk" => desk, "count" => count},
        read,
    )
}

/// How many are due.
pub(crate) fn count_due(conn: &mut Conn, desk: OrganisationId, until: Date) -> Result<i64> {
    conn.one(
        &COUNT_DUE,
        store::params! {"desk" => desk, "until" => until},
        |row| row.get(0),
    )
}

/// Sets the day. False when somebody else saved in between, or it is closed.
pub(crate) fn set_day(
    tx: &mut Tx,
    proof: Editable<ConsultationId>,
    seen: i64,
    day: Option<Date>,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {"id" => proof.id(), "seen" => seen, "day" => day, "now" => now};
    Ok(tx.exec(&SET_DAY, params)? == 1)
}
