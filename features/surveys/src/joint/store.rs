//! SQL of joint answers.

use kernel::{OrganisationId, Time};
use store::{Conn, Editable, Error, Result, Row, Tx};

use super::model::{Joint, JointId, Member, MemberState, Own};
use crate::rounds::model::{ReplyId, RoundId};

macro_rules! joint_select {
    ($rest:literal) => {
        concat!(
            "SELECT j.id, j.round, j.field, j.lead, j.lead_name, j.base, j.version, j.made_at, j.changed_at, j.changed_name ",
            "FROM visible_joint_text j ",
            $rest
        )
    };
}

store::statements! {
    pub JOINTS = joint_select!("WHERE j.reply = :reply ORDER BY j.made_at, j.id");
    pub JOINT = joint_select!("WHERE j.id = :id AND j.reply = :reply");
    pub MEMBERS = "SELECT m.tenant, m.reply, m.name, m.state, m.own, m.own_version, m.adopted_base, m.adopted_own, m.adopted_at
        FROM visible_joint_member m WHERE m.joint = :joint AND m.viewed_from = :reply AND m.state <> 'left' ORDER BY m.sort";
    pub MEMBER_EDITABLE = "SELECT joint, level FROM visible_joint_member
        WHERE joint = :joint AND reply = :reply AND viewed_from = :reply";
    pub STALE = "SELECT j.reply, m.name, r.title, r.title_en, j.id FROM visible_joint_text j
        JOIN visible_joint_member m ON m.joint = j.id AND m.reply = j.reply AND m.viewed_from = j.reply
        JOIN visible_survey_round r ON r.id = j.round AND r.side = 'tenant' AND r.reader = j.tenant
        WHERE m.state = 'invited' OR (m.adopted_at IS NOT NULL
          AND (m.adopted_base <> j.version OR m.adopted_own <> m.own_version))";
    pub ADD = "INSERT INTO joint_text (id, round, field, lead, lead_name, base, version, made_at, changed_at, changed_name)
        VALUES (:id, :round, :field, :lead, :lead_name, :base, 1, :now, :now, :lead_name)";
    pub ADD_MEMBER = "INSERT INTO joint_member (joint, tenant, reply, name, sort, state, own, own_version, adopted_base,
        adopted_own, adopted_at, changed_at) VALUES (:joint, :tenant, :reply, :name, :sort, :state, :own, 0, 0, 0, NULL, :now)";
    pub ADD_READER = "INSERT INTO joint_reader (joint, subject, reply, inside) VALUES (:joint, :tenant, :reply, :inside)";
    pub OPEN_READER = "UPDATE joint_reader SET inside = 1 WHERE joint = :joint AND reply = :reply";
    pub DROP_READER = "DELETE FROM joint_reader WHERE joint = :joint AND reply = :reply";
    pub SAVE_BASE = "UPDATE joint_text SET base = :base, version = version + 1, changed_at = :now, changed_name = :office
        WHERE id = :id AND version = :seen";
    pub SAVE_STATE = "UPDATE joint_member SET state = :state, changed_at = :now WHERE joint = :joint AND reply = :reply";
    pub SAVE_OWN = "UPDATE joint_member SET own = :own, own_version = own_version + :step, changed_at = :now
        WHERE joint = :joint AND reply = :reply";
    pub ADOPT = "UPDATE joint_member SET adopted_base = :base, adopted_own = :own, adopted_at = :now
        WHERE joint = :joint AND reply = :reply";
    // Past the views, inside a write that has proved its right: who else is asked, whether a text for the question is there
    // already, and the differences of all, which move when the common text changes.
    pub ASKED = "SELECT id, tenant, name, sort FROM round_reply WHERE round = :round AND opened_at IS NOT NULL ORDER BY sort";
    pub TAKEN = "SELECT COUNT(*) FROM joint_member m JOIN joint_text j ON j.id = m.joint
        WHERE j.round = :round AND j.field = :field AND m.reply = :reply AND m.state = 'joined'";
    pub OWNS = "SELECT reply, own FROM joint_member WHERE joint = :joint";
}

fn corrupt(error: &impl ToString) -> Error {
    Error::Corrupt {
        table: "joint_member".to_owned(),
        column: "own".to_owned(),
        row: error.to_string(),
    }
}

fn joint_row(r: &Row) -> Result<Joint> {
    Ok(Joint {
        id: r.get(0)?,
        round: r.get(1)?,
        field: r.get(2)?,
        lead: r.get(3)?,
        lead_name: r.get(4)?,
        base: r.get(5)?,
        version: r.get(6)?,
        made_at: r.get(7)?,
        changed_at: r.get(8)?,
        changed_name: r.get(9)?,
    })
}

fn own(text: &str) -> Result<Own> {
    serde_json::from_str(text).map_err(|e| corrupt(&e))
}

fn json(own: &Own) -> Result<String> {
    serde_json::to_string(own).map_err(|e| corrupt(&e))
}

fn member_row(r: &Row) -> Result<Member> {
    let (state, words): (String, String) = (r.get(3)?, r.get(4)?);
    Ok(Member {
        tenant: r.get(0)?,
        reply: r.get(1)?,
        name: r.get(2)?,
        state: MemberState::from_code(&state).ok_or_else(|| corrupt(&state))?,
        own: own(&words)?,
        own_version: r.get(5)?,
        adopted_base: r.get(6)?,
        adopted_own: r.get(7)?,
        adopted_at: r.get(8)?,
    })
}

/// The joint texts in which an answer's municipality takes part or is invited.
///
/// # Errors
/// What the engine says.
pub fn joints(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Joint>> {
    conn.all(&JOINTS, store::params! {"reply" => reply}, joint_row)
}

/// A joint text as one member sees it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn joint(conn: &mut Conn, reply: ReplyId, id: JointId) -> Result<Joint> {
    conn.opt(
        &JOINT,
        store::params! {"id" => id, "reply" => reply},
        joint_row,
    )?
    .ok_or(Error::NotFound)
}

/// The members as one of them sees them: all for who has joined, only itself for who is invited.
///
/// # Errors
/// What the engine says.
pub fn members(conn: &mut Conn, reply: ReplyId, id: JointId) -> Result<Vec<Member>> {
    let params = store::params! {"joint" => id, "reply" => reply};
    conn.all(&MEMBERS, params, member_row)
}

/// Proof that this viewer may act for a member.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn member_editable(tx: &mut Tx, reply: ReplyId, id: JointId) -> Result<Editable<JointId>> {
    let params = store::params! {"joint" => id, "reply" => reply};
    store::token::editable(tx, &MEMBER_EDITABLE, params)?.ok_or(Error::NotFound)
}

/// A joint text that asks a member for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The member's answer.
    pub reply: ReplyId,
    /// The municipality.
    pub name: String,
    /// Title of the round.
    pub title: String,
    /// Its English title; may be empty.
    pub title_en: String,
    /// The text.
    pub joint: JointId,
}

/// Invitations, and texts that changed after adoption, of the viewer's municipalities.
///
/// # Errors
/// What the engine says.
pub fn asking(conn: &mut Conn) -> Result<Vec<Asking>> {
    conn.all(&STALE, store::params! {}, |r| {
        Ok(Asking {
            reply: r.get(0)?,
            name: r.get(1)?,
            title: r.get(2)?,
            title_en: r.get(3)?,
            joint: r.get(4)?,
        })
    })
}

/// Who is asked in a round: answer, municipality, name, place.
pub(super) fn asked(
    tx: &mut Tx,
    round: RoundId,
) -> Result<Vec<(ReplyId, OrganisationId, String, i64)>> {
    tx.all(&ASKED, store::params! {"round" => round}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
    })
}

/// Whether a municipality works on a joint text for this question already.
pub(super) fn taken(tx: &mut Tx, round: RoundId, field: &str, reply: ReplyId) -> Result<bool> {
    let params = store::params! {"round" => round, "field" => field, "reply" => reply};
    let count: i64 = tx.one(&TAKEN, params, |r| r.get(0))?;
    Ok(count > 0)
}

/// Adds a joint text.
pub(super) fn add(tx: &mut Tx, joint: &Joint) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => joint.id, "round" => joint.round, "field" => joint.field, "lead" => joint.lead,
        "lead_name" => joint.lead_name, "base" => joint.base, "now" => now,
    };
    tx.exec(&ADD, params).map(drop)
}

/// Adds a member.
pub(super) fn add_member(
    tx: &mut Tx,
    joint: JointId,
    (reply, tenant, name, sort): &(ReplyId, OrganisationId, String, i64),
    state: MemberState,
) -> Result<()> {
    let (now, own) = (tx.now(), json(&Own::default())?);
    let params = store::params! {
        "joint" => joint, "tenant" => *tenant, "reply" => *reply, "name" => name.as_str(), "sort" => *sort,
        "state" => state.code(), "own" => own, "now" => now,
    };
    tx.exec(&ADD_MEMBER, params)?;
    let params = store::params! {
        "joint" => joint, "tenant" => *tenant, "reply" => *reply, "inside" => state == MemberState::Joined,
    };
    tx.exec(&ADD_READER, params).map(drop)
}

/// Changes the common text and moves everybody's differences with it. `false` when somebody else saved in between.
pub(super) fn save_base(
    tx: &mut Tx,
    proof: Editable<JointId>,
    old: &Joint,
    base: &str,
    seen: i64,
    office: &str,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.id(), "base" => base, "seen" => seen, "now" => now, "office" => office,
    };
    if tx.exec(&SAVE_BASE, params)? == 0 {
        return Ok(false);
    }
    let list = tx.all(&OWNS, store::params! {"joint" => proof.id()}, |r| {
        Ok((r.get::<ReplyId>(0)?, r.get::<String>(1)?))
    })?;
    for (reply, words) in list {
        let mine = own(&words)?;
        let moved = mine.moved(&old.base, base);
        if moved != mine {
            write_own(tx, proof, reply, &moved, 0)?;
        }
    }
    Ok(true)
}

/// Saves a member's differences.
pub(super) fn save_own(
    tx: &mut Tx,
    proof: Editable<JointId>,
    reply: ReplyId,
    own: &Own,
) -> Result<()> {
    write_own(tx, proof, reply, own, 1)
}

fn write_own(
    tx: &mut Tx,
    proof: Editable<JointId>,
    reply: ReplyId,
    own: &Own,
    step: i64,
) -> Result<()> {
    let (now, own) = (tx.now(), json(own)?);
    let params = store::params! {
        "joint" => proof.id(), "reply" => reply, "own" => own, "step" => step, "now" => now,
    };
    tx.exec(&SAVE_OWN, params).map(drop)
}

/// Sets where a member stands.
pub(super) fn save_state(
    tx: &mut Tx,
    proof: Editable<JointId>,
    reply: ReplyId,
    state: MemberState,
) -> Result<()> {
    let now: Time = tx.now();
    let params = store::params! {
        "joint" => proof.id(), "reply" => reply, "state" => state.code(), "now" => now,
    };
    tx.exec(&SAVE_STATE, params)?;
    let reader = store::params! {"joint" => proof.id(), "reply" => reply};
    match state {
        MemberState::Invited => Ok(()),
        MemberState::Joined => tx.exec(&OPEN_READER, reader).map(drop),
        MemberState::Left => tx.exec(&DROP_READER, reader).map(drop),
    }
}

/// Notes that a member took the text into its answer.
pub(super) fn adopt(
    tx: &mut Tx,
    proof: Editable<JointId>,
    reply: ReplyId,
    base: i64,
    own: i64,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "joint" => proof.id(), "reply" => reply, "base" => base, "own" => own, "now" => now,
    };
    tx.exec(&ADOPT, params).map(drop)
}
