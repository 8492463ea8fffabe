//! Every statement about hand-overs.

use kernel::{AccountId, Date, OrganisationId, Time};
use store::{Conn, Editable, Level, Result, Row, Tx};

use super::model::{HandoverId, HandoverStepId, Kind, Side, Stage};
use crate::model::{ConsultationId, State};

macro_rules! handover_select {
    ($rest:literal) => {
        concat!(
            "SELECT h.id, h.kind, h.tenant, h.sender_name, h.receiver, h.receiver_name, h.receiver_fax, h.consultation, ",
            "h.municipality, h.category, h.reasons, h.whole, h.basis, h.texts, h.due_on, h.state, h.outcome, h.code, h.sent_at, ",
            "h.seen_at, h.moved_on, h.escalations, h.deputy, h.deputy_name, h.deputy_of, h.escalated_on, h.fictional, h.version, ",
            "h.sends, h.receives FROM visible_consultation_handover h ",
            $rest
        )
    };
}

store::statements! {
    pub ONE = handover_select!("WHERE h.id = :id");
    pub OPEN = handover_select!("WHERE (h.tenant = :office OR h.receiver = :office) AND h.state <> 'closed'
        ORDER BY h.due_on, h.id LIMIT 500");
    pub CLOSED = handover_select!("WHERE (h.tenant = :office OR h.receiver = :office) AND h.state = 'closed'
        ORDER BY h.sent_at DESC, h.id LIMIT 200");
    pub OF = handover_select!("WHERE h.consultation = :consultation ORDER BY h.sent_at DESC, h.id LIMIT 50");
    pub EDITABLE = "SELECT h.id, h.level FROM visible_consultation_handover h WHERE h.id = :id";
    pub STEPS = "SELECT step, note, due_on, by_name, behalf, happened_on, at FROM visible_consultation_handover_step
        WHERE handover = :id ORDER BY at, id LIMIT 200";
    pub ADD = "INSERT INTO consultation_handover (id, kind, tenant, sender_name, receiver, receiver_name, receiver_fax, consultation,
        municipality, category, reasons, whole, basis, texts, due_on, state, outcome, code, sent_at, seen_at, moved_on, escalations,
        deputy, deputy_name, deputy_of, escalated_on, fictional, version) VALUES (:id, :kind, :tenant, :sender_name, :receiver,
        :receiver_name, :fax, :consultation, :municipality, :category, :reasons, :whole, :basis, :texts, :due, 'sent', '', :code,
        :now, NULL, :today, 0, NULL, '', NULL, NULL, :fictional, 1)";
    pub MOVE = "UPDATE consultation_handover SET state = :state, due_on = :due, outcome = :outcome, moved_on = :today,
        seen_at = COALESCE(seen_at, :seen_at), escalated_on = CASE WHEN :state = 'accepted' THEN NULL ELSE escalated_on END,
        version = version + 1 WHERE id = :id AND version = :seen";
    pub SEEN = "UPDATE consultation_handover SET seen_at = :now WHERE id = :id AND seen_at IS NULL";
    pub ADD_STEP = "INSERT INTO consultation_handover_step (id, handover, tenant, step, note, due_on, by_name, behalf, happened_on,
        version, at) VALUES (:id, :handover, :tenant, :step, :note, :due, :by, :behalf, :happened, :version, :now)";
    pub NAME_DEPUTY = "UPDATE consultation_handover SET deputy = :deputy, deputy_name = :name, deputy_of = :office,
        escalated_on = :today, escalations = escalations + 1, version = version + 1
        WHERE id = :id AND version = :seen AND state IN ('sent', 'accepted')";
    pub WATCHED = "SELECT id, tenant, receiver, state, due_on, escalated_on, escalations, version, consultation
        FROM consultation_handover WHERE id = :id";
    pub BEHIND = "SELECT c.id, c.state, c.version, c.follow_up_on FROM consultation_handover h
        JOIN consultation c ON c.id = h.consultation WHERE h.id = :handover";
    pub MOVE_RECORD = "UPDATE consultation SET state = :state, receiver = :receiver, follow_up_on = :follow_up, changed_at = :now,
        version = version + 1 WHERE id = (SELECT h.consultation FROM consultation_handover h WHERE h.id = :handover)";
}

/// A hand-over as one of its sides reads it.
#[derive(Clone, Debug)]
pub(crate) struct Handover {
    pub(crate) id: HandoverId,
    pub(crate) kind: Kind,
    pub(crate) tenant: OrganisationId,
    pub(crate) sender_name: String,
    /// None: it goes on paper, and the desk types the answer in.
    pub(crate) receiver: Option<OrganisationId>,
    pub(crate) receiver_name: String,
    pub(crate) receiver_fax: String,
    /// Only for the desk, and for the receiver when the whole record was agreed on.
    pub(crate) consultation: Option<ConsultationId>,
    pub(crate) municipality: String,
    pub(crate) category: String,
    pub(crate) reasons: Vec<String>,
    pub(crate) whole: bool,
    pub(crate) basis: String,
    pub(crate) sealed: Vec<u8>,
    pub(crate) due: Date,
    pub(crate) stage: Stage,
    pub(crate) outcome: String,
    pub(crate) code: String,
    pub(crate) sent_at: Time,
    pub(crate) seen_at: Option<Time>,
    pub(crate) moved_on: Date,
    pub(crate) escalations: i64,
    pub(crate) deputy: Option<AccountId>,
    pub(crate) deputy_name: String,
    pub(crate) fictional: bool,
    pub(crate) version: i64,
    sends: i64,
    receives: i64,
}

impl Handover {
    pub(crate) fn late(&self, today: Date) -> bool {
        self.stage.late(self.due, self.moved_on, today)
    }

    /// On which side this viewer stands; the sender's when both.
    pub(crate) fn side(&self) -> Side {
        if self.sends > 0 {
            Side::Sender
        } else {
            Side::Receiver
        }
    }

    /// Whether this viewer may take steps of a side; on paper the desk types them in for the receiver.
    pub(crate) fn may(&self, side: Side) -> bool {
        let edit = |level: i64| level >= Level::Edit as i64;
        match side {
            Side::Sender => edit(self.sends),
            Side::Receiver => edit(self.receives) || (self.receiver.is_none() && edit(self.sends)),
        }
    }

    /// Whether the viewer's office has the next step.
    pub(crate) fn ours(&self) -> bool {
        match self.stage.turn() {
            Some(Side::Sender) => self.sends > 0,
            Some(Side::Receiver) => {
                self.receives > 0 || (self.receiver.is_none() && self.sends > 0)
            }
            None => false,
        }
    }
}

fn row(row: &Row<'_>) -> Result<Handover> {
    Ok(Handover {
        id: row.get(0)?,
        kind: row.get(1)?,
        tenant: row.get(2)?,
        sender_name: row.get(3)?,
        receiver: row.get(4)?,
        receiver_name: row.get(5)?,
        receiver_fax: row.get(6)?,
        consultation: row.get(7)?,
        municipality: row.get(8)?,
        category: row.get(9)?,
        reasons: crate::codes::split(&row.get::<String>(10)?),
        whole: row.get(11)?,
        basis: row.get(12)?,
        sealed: row.get(13)?,
        due: row.get(14)?,
        stage: row.get(15)?,
        outcome: row.get(16)?,
        code: row.get(17)?,
        sent_at: row.get(18)?,
        seen_at: row.get(19)?,
        moved_on: row.get(20)?,
        escalations: row.get(21)?,
        deputy: row.get(22)?,
        deputy_name: row.get(23)?,
        fictional: row.get(26)?,
        version: row.get(27)?,
        sends: row.get(28)?,
        receives: row.get(29)?,
    })
}

pub(crate) fn one(conn: &mut Conn, id: HandoverId) -> Result<Option<Handover>> {
    conn.opt(&ONE, store::params! {"id" => id}, row)
}

/// What an office sent or received and is not over, the nearest day first.
pub(crate) fn open(conn: &mut Conn, office: OrganisationId) -> Result<Vec<Handover>> {
    conn.all(&OPEN, store::params! {"office" => office}, row)
}

/// The latest that are over.
pub(crate) fn closed(conn: &mut Conn, office: OrganisationId) -> Result<Vec<Handover>> {
    conn.all(&CLOSED, store::params! {"office" => office}, row)
}

/// Of one consultation, newest first.
pub(crate) fn of(conn: &mut Conn, consultation: ConsultationId) -> Result<Vec<Handover>> {
    conn.all(&OF, store::params! {"consultation" => consultation}, row)
}

/// Proof that one of the sides may write.
pub(crate) fn editable(conn: &mut Conn, id: HandoverId) -> Result<Option<Editable<HandoverId>>> {
    store::token::editable(conn, &EDITABLE, store::params! {"id" => id})
}

/// One step of its history.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) step: String,
    /// Sealed.
    pub(crate) note: Option<Vec<u8>>,
    pub(crate) due: Option<Date>,
    pub(crate) by: String,
    pub(crate) behalf: String,
    pub(crate) happened: Date,
    pub(crate) at: Time,
}

pub(crate) fn steps(conn: &mut Conn, id: HandoverId) -> Result<Vec<Taken>> {
    conn.all(&STEPS, store::params! {"id" => id}, |row| {
        Ok(Taken {
            step: row.get(0)?,
            note: row.get(1)?,
            due: row.get(2)?,
            by: row.get(3)?,
            behalf: row.get(4)?,
            happened: row.get(5)?,
            at: row.get(6)?,
        })
    })
}

/// A hand-over before it is written.
#[derive(Clone, Debug)]
pub(crate) struct NewHandover {
    pub(crate) id: HandoverId,
    pub(crate) kind: Kind,
    pub(crate) tenant: OrganisationId,
    pub(crate) sender_name: String,
    pub(crate) receiver: Option<OrganisationId>,
    pub(crate) receiver_name: String,
    pub(crate) receiver_fax: String,
    pub(crate) consultation: ConsultationId,
    pub(crate) whole: bool,
    pub(crate) basis: String,
    pub(crate) texts: Vec<u8>,
    pub(crate) due: Date,
    pub(crate) code: String,
}

pub(crate) fn add(
    tx: &mut Tx,
    new: &NewHandover,
    of: &crate::model::Consultation,
    reasons: &[&str],
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => new.id, "kind" => new.kind, "tenant" => new.tenant, "sender_name" => new.sender_name, "receiver" => new.receiver,
        "receiver_name" => new.receiver_name, "fax" => new.receiver_fax, "consultation" => new.consultation,
        "municipality" => of.fields.municipality, "category" => of.fields.category(),
        "reasons" => crate::codes::joined(reasons), "whole" => new.whole, "basis" => new.basis, "texts" => new.texts,
        "due" => new.due, "code" => new.code, "now" => now, "today" => now.date_jst(), "fictional" => of.fictional,
    };
    tx.exec(&ADD, params).map(drop)
}

/// False when somebody else was faster.
pub(crate) fn advance(
    tx: &mut Tx,
    proof: Editable<HandoverId>,
    seen: i64,
    (stage, due, outcome): (Stage, Date, &str),
    by_receiver: bool,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.id(), "seen" => seen, "state" => stage, "due" => due, "outcome" => outcome, "today" => now.date_jst(),
        "seen_at" => by_receiver.then_some(now),
    };
    Ok(tx.exec(&MOVE, params)? == 1)
}

/// The receipt: when the other side first opened it.
pub(crate) fn note_seen(tx: &mut Tx, id: HandoverId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.exec(&SEEN, store::params! {"id" => id, "now" => now})? == 1)
}

pub(crate) fn add_step(
    tx: &mut Tx,
    id: HandoverStepId,
    (handover, tenant): (HandoverId, OrganisationId),
    version: i64,
    taken: &Taken,
) -> Result<()> {
    let params = store::params! {
        "id" => id, "handover" => handover, "tenant" => tenant, "step" => taken.step, "note" => taken.note, "due" => taken.due,
        "by" => taken.by, "behalf" => taken.behalf, "happened" => taken.happened, "version" => version, "now" => taken.at,
    };
    tx.exec(&ADD_STEP, params).map(drop)
}

/// The part of the record behind a hand-over that its steps move.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Behind {
    pub(crate) id: ConsultationId,
    pub(crate) state: State,
    pub(crate) version: i64,
    pub(crate) follow_up_on: Option<Date>,
}

/// The record behind a hand-over that the viewer may write, also when the record itself is not the viewer's to read.
pub(crate) fn behind(tx: &mut Tx, proof: Editable<HandoverId>) -> Result<Behind> {
    tx.one(&BEHIND, store::params! {"handover" => proof.id()}, |row| {
        Ok(Behind {
            id: row.get(0)?,
            state: State::from_code(&row.get::<String>(1)?).unwrap_or(State::Closed),
            version: row.get(2)?,
            follow_up_on: row.get(3)?,
        })
    })
}

/// Sets the state of the record behind it, who reads it beside the desk, and when the desk looks at it again.
pub(crate) fn move_record(
    tx: &mut Tx,
    proof: Editable<HandoverId>,
    state: State,
    receiver: Option<OrganisationId>,
    follow_up: Option<Date>,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "handover" => proof.id(), "state" => state.code(), "receiver" => receiver, "follow_up" => follow_up, "now" => now,
    };
    tx.exec(&MOVE_RECORD, params).map(drop)
}

/// What the watch needs to know of a hand-over.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub(crate) id: HandoverId,
    pub(crate) tenant: OrganisationId,
    pub(crate) receiver: Option<OrganisationId>,
    pub(crate) stage: Stage,
    pub(crate) due: Date,
    pub(crate) escalated_on: Option<Date>,
    pub(crate) escalations: i64,
    pub(crate) version: i64,
    pub(crate) consultation: ConsultationId,
}

pub(crate) fn watched(conn: &mut Conn, id: HandoverId) -> Result<Option<Watched>> {
    conn.opt(&WATCHED, store::params! {"id" => id}, |row| {
        Ok(Watched {
            id: row.get(0)?,
            tenant: row.get(1)?,
            receiver: row.get(2)?,
            stage: row.get(3)?,
            due: row.get(4)?,
            escalated_on: row.get(5)?,
            escalations: row.get(6)?,
            version: row.get(7)?,
            consultation: row.get(8)?,
        })
    })
}

/// Names the deputy. False when somebody answered meanwhile.
pub(crate) fn name_deputy(
    tx: &mut Tx,
    of: &Watched,
    deputy: Option<(OrganisationId, AccountId, &str)>,
) -> Result<bool> {
    let today = tx.now().date_jst();
    let params = store::params! {
        "id" => of.id, "seen" => of.version, "deputy" => deputy.map(|d| d.1), "name" => deputy.map_or("", |d| d.2),
        "office" => deputy.map(|d| d.0), "today" => today,
    };
    Ok(tx.exec(&NAME_DEPUTY, params)? == 1)
}
