//! Every statement about hand-offs.

use std::collections::BTreeMap;

use kernel::{Date, OrganisationId, Time, Uuid};
use store::{Conn, Editable, Level, Result, Row, Tx};

use super::model::{HandoffId, HandoffKind, HandoffState, Side, StepId};
use crate::model::EntryId;

macro_rules! handoff_select {
    ($rest:literal) => {
        concat!(
            "SELECT h.id, h.kind, h.tenant, h.sender_name, h.receiver, h.receiver_name, h.entry, h.title, h.body, h.due_on, ",
            "h.state, h.code, h.sent_at, h.moved_on, h.version, h.sends, h.receives FROM visible_handoff h ",
            $rest
        )
    };
}

store::statements! {
    pub ONE = handoff_select!("WHERE h.id = :id");
    pub MINE = handoff_select!("WHERE (h.tenant = :tenant OR h.receiver = :tenant)
        AND (h.state <> 'closed' OR :all = 1) ORDER BY h.due_on, h.id LIMIT 500");
    pub OF_YEAR = handoff_select!("WHERE h.tenant = :tenant AND h.sent_at >= :first AND h.sent_at < :past
        ORDER BY h.sent_at, h.id LIMIT 2000");
    pub EDITABLE = "SELECT h.id, h.level FROM visible_handoff h WHERE h.id = :id";
    pub STEPS = "SELECT step, body, due_on, by_name, behalf, happened_on, at FROM visible_handoff_step
        WHERE handoff = :handoff ORDER BY version";
    pub STEPS_OF = "SELECT step, body, due_on, by_name, behalf, happened_on, at, handoff FROM visible_handoff_step
        WHERE handoff IN LIST_ID(:handoffs) ORDER BY handoff, version";
    pub ADD = "INSERT INTO handoff (id, kind, tenant, sender_name, receiver, council, receiver_name, entry, title, body, due_on,
        state, code, sent_at, moved_on, version) VALUES (:id, :kind, :tenant, :sender_name, :receiver, :council, :receiver_name,
        :entry, :title, :body, :due, 'sent', :code, :now, :today, 1)";
    pub MOVE = "UPDATE handoff SET state = :state, due_on = :due, moved_on = :today, version = version + 1
        WHERE id = :id AND version = :seen";
    pub ADD_STEP = "INSERT INTO handoff_step (id, handoff, tenant, receiver, step, body, due_on, by_name, behalf, happened_on,
        version, at) VALUES (:id, :handoff, :tenant, :receiver, :step, :body, :due, :by, :behalf, :happened, :version, :now)";
}

/// A hand-off as one of its two sides sees it.
#[derive(Clone, Debug)]
pub(crate) struct Handoff {
    pub(crate) id: HandoffId,
    pub(crate) kind: HandoffKind,
    pub(crate) tenant: OrganisationId,
    pub(crate) sender_name: String,
    pub(crate) receiver: Option<OrganisationId>,
    pub(crate) receiver_name: String,
    pub(crate) entry: Option<EntryId>,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) due: Date,
    pub(crate) state: HandoffState,
    pub(crate) code: String,
    pub(crate) sent_at: Time,
    pub(crate) moved_on: Date,
    pub(crate) version: i64,
    pub(crate) sends: i64,
    pub(crate) receives: i64,
}

impl Handoff {
    /// Whether it is late for the side whose turn it is.
    pub(crate) fn late(&self, today: Date) -> bool {
        self.state.late(self.due, self.moved_on, today)
    }

    /// Whether an office has the next step. A sender types in for a receiver on paper, so it has both sides' turns.
    pub(crate) fn waits_for(&self, office: OrganisationId) -> bool {
        match self.state.turn() {
            Some(Side::Sender) => office == self.tenant,
            Some(Side::Receiver) => self.receiver.unwrap_or(self.tenant) == office,
            None => false,
        }
    }

    /// Whether an office may take steps of a side; with paper the sender types them in.
    pub(crate) fn may(&self, office: OrganisationId, side: Side) -> bool {
        let edit = |level: i64| level >= Level::Edit as i64;
        match side {
            Side::Sender => office == self.tenant && edit(self.sends),
            Side::Receiver => {
                (Some(office) == self.receiver && edit(self.receives))
                    || (office == self.tenant && edit(self.sends))
            }
        }
    }
}

fn handoff_row(row: &Row<'_>) -> Result<Handoff> {
    Ok(Handoff {
        id: row.get(0)?,
        kind: row.get(1)?,
        tenant: row.get(2)?,
        sender_name: row.get(3)?,
        receiver: row.get(4)?,
        receiver_name: row.get(5)?,
        entry: row.get(6)?,
        title: row.get(7)?,
        body: row.get(8)?,
        due: row.get(9)?,
        state: row.get(10)?,
        code: row.get(11)?,
        sent_at: row.get(12)?,
        moved_on: row.get(13)?,
        version: row.get(14)?,
        sends: row.get(15)?,
        receives: row.get(16)?,
    })
}

pub(crate) fn one(conn: &mut Conn, id: HandoffId) -> Result<Option<Handoff>> {
    conn.opt(&ONE, store::params! {"id" => id}, handoff_row)
}

/// What an office sent or received, the nearest date first; closed ones only when asked for.
pub(crate) fn mine(conn: &mut Conn, tenant: OrganisationId, all: bool) -> Result<Vec<Handoff>> {
    conn.all(
        &MINE,
        store::params! {"tenant" => tenant, "all" => all},
        handoff_row,
    )
}

/// What an office sent between two instants.
pub(crate) fn of_year(
    conn: &mut Conn,
    tenant: OrganisationId,
    first: Time,
    past: Time,
) -> Result<Vec<Handoff>> {
    conn.all(
        &OF_YEAR,
        store::params! {"tenant" => tenant, "first" => first, "past" => past},
        handoff_row,
    )
}

/// Proof that one of the sides may write.
pub(crate) fn editable(conn: &mut Conn, id: HandoffId) -> Result<Option<Editable<HandoffId>>> {
    store::token::editable(conn, &EDITABLE, store::params! {"id" => id})
}

/// One step of its history.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) step: String,
    pub(crate) body: String,
    pub(crate) due: Option<Date>,
    pub(crate) by: String,
    pub(crate) behalf: String,
    pub(crate) happened: Date,
    pub(crate) at: Time,
}

fn taken_row(row: &Row<'_>) -> Result<Taken> {
    Ok(Taken {
        step: row.get(0)?,
        body: row.get(1)?,
        due: row.get(2)?,
        by: row.get(3)?,
        behalf: row.get(4)?,
        happened: row.get(5)?,
        at: row.get(6)?,
    })
}

pub(crate) fn steps(conn: &mut Conn, id: HandoffId) -> Result<Vec<Taken>> {
    conn.all(&STEPS, store::params! {"handoff" => id}, taken_row)
}

/// The histories of several.
pub(crate) fn steps_of(
    conn: &mut Conn,
    list: &[HandoffId],
) -> Result<BTreeMap<HandoffId, Vec<Taken>>> {
    let mut all: BTreeMap<HandoffId, Vec<Taken>> = BTreeMap::new();
    conn.each(
        &STEPS_OF,
        store::params! {"handoffs" => store::ids(list)},
        |row| {
            all.entry(row.get(7)?).or_default().push(taken_row(row)?);
            Ok(())
        },
    )?;
    Ok(all)
}

/// To whom something goes.
#[derive(Clone, Debug)]
pub(crate) struct Receiver {
    /// Who answers in Renkei; none when it goes on paper.
    pub(crate) organisation: Option<OrganisationId>,
    /// The council, when it goes to one.
    pub(crate) council: Option<Uuid>,
    /// As printed.
    pub(crate) name: String,
}

/// A hand-off before it is written.
#[derive(Clone, Debug)]
pub(crate) struct NewHandoff {
    pub(crate) id: HandoffId,
    pub(crate) kind: HandoffKind,
    pub(crate) to: Receiver,
    pub(crate) entry: Option<EntryId>,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) due: Date,
    pub(crate) code: String,
}

pub(crate) fn add(tx: &mut Tx, who: &crate::pdca::who::Actor, new: &NewHandoff) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => new.id, "kind" => new.kind, "tenant" => who.tenant, "sender_name" => who.tenant_name,
        "receiver" => new.to.organisation, "council" => new.to.council, "receiver_name" => new.to.name, "entry" => new.entry,
        "title" => new.title, "body" => new.body, "due" => new.due, "code" => new.code, "now" => now, "today" => now.date_jst(),
    };
    tx.exec(&ADD, params).map(drop)
}

/// False when somebody else was faster.
pub(crate) fn advance(
    tx: &mut Tx,
    id: Editable<HandoffId>,
    seen: i64,
    state: HandoffState,
    due: Date,
) -> Result<bool> {
    let today = tx.now().date_jst();
    let params = store::params! {"id" => id.id(), "seen" => seen, "state" => state, "due" => due, "today" => today};
    Ok(tx.exec(&MOVE, params)? == 1)
}

pub(crate) fn add_step(
    tx: &mut Tx,
    id: StepId,
    (handoff, tenant, receiver): (HandoffId, OrganisationId, Option<OrganisationId>),
    version: i64,
    taken: &Taken,
) -> Result<()> {
    let params = store::params! {
        "id" => id, "handoff" => handoff, "tenant" => tenant, "receiver" => receiver, "step" => taken.step, "body" => taken.body,
        "due" => taken.due, "by" => taken.by, "behalf" => taken.behalf, "happened" => taken.happened, "version" => version,
        "now" => taken.at,
    };
    tx.exec(&ADD_STEP, params).map(drop)
}
