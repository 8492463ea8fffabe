//! SQL of answers without the page. Links: [`link`].

pub mod link;

use std::collections::BTreeMap;

use forms::Value;
use kernel::{AccountId, OrganisationId};
use store::{Conn, Editable, Error, Result, Row, Tx};

use super::model::{Line, Return, ReturnId, ReturnState, Via};
use crate::{
    model::SurveyId,
    rounds::model::{Reply, ReplyId, Round, RoundId},
};
pub use link::{NewLink, Whole, add_link, links_asked, links_mine, revoke};
pub(super) use link::{
    drop_link_file, files_past_views, link_files, open, return_past_views, used,
    version_past_views, waiting_past_views, whole_past_views,
};

macro_rules! return_select {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.reply, f.round, f.tenant, f.via, f.state, f.answers, f.problems, f.file_name, f.stamp, ",
            "f.entered_at, f.entered_name, f.entered_office, f.office_name FROM visible_form_return f ",
            $rest
        )
    };
}

store::statements! {
    pub ADD_RETURN = "INSERT INTO form_return (id, reply, round, tenant, asker, via, state, answers, problems, file_name, stamp,
        entered_at, entered_by, entered_office, decided_at, decided_by, confirmed)
        VALUES (:id, :reply, :round, :tenant, :asker, :via, 'waiting', :answers, :problems, :file_name, :stamp, :now, :by,
        :office, NULL, NULL, '')";
    pub RETURN_MINE = return_select!("WHERE f.id = :id AND f.reply = :reply AND f.side = 'tenant'");
    pub RETURN_ASKED = return_select!("WHERE f.id = :id AND f.round = :round AND f.side = 'asker'");
    pub WAITING_MINE = return_select!("WHERE f.reply = :reply AND f.side = 'tenant' AND f.state = 'waiting'
        ORDER BY f.entered_at, f.id");
    pub WAITING_ASKED = return_select!("WHERE f.round = :round AND f.side = 'asker' AND f.state = 'waiting'
        ORDER BY f.entered_at, f.id");
    pub WAITING_ENTERED = "SELECT DISTINCT f.reply, p.name, r.title, r.title_en FROM visible_form_return f
        JOIN visible_round_reply p ON p.id = f.reply AND p.side = 'tenant'
        JOIN visible_survey_round r ON r.id = f.round AND r.side = 'tenant' AND r.reader = f.tenant
        WHERE f.side = 'tenant' AND f.state = 'waiting' AND f.via = 'proxy'";
    pub AWAITED = "SELECT p.id, p.round, p.name, r.title, r.title_en FROM visible_round_reply p
        JOIN visible_survey_round r ON r.id = p.round AND r.side = 'asker' AND r.reader = p.asker
        WHERE p.side = 'asker' AND p.opened_at IS NOT NULL AND p.state IN ('draft', 'returned') AND r.state = 'open'
        ORDER BY r.sent_at DESC, p.sort LIMIT 200";
    pub RETURN_EDITABLE = "SELECT id, level FROM visible_form_return WHERE id = :id AND side = :side AND state = 'waiting'";
    pub DECIDE = "UPDATE form_return SET state = :state, decided_at = :now, decided_by = :by, confirmed = :confirmed
        WHERE id = :id AND state = 'waiting'";
    pub LAST = "SELECT q.field, q.number, w.body FROM visible_answer w JOIN question q ON q.id = w.question
        WHERE w.survey = :survey AND w.municipality = :code AND w.published_at IS NOT NULL";
}

fn corrupt(column: &str, error: &impl ToString) -> Error {
    Error::Corrupt {
        table: "form_return".to_owned(),
        column: column.to_owned(),
        row: error.to_string(),
    }
}

fn return_row(r: &Row) -> Result<Return> {
    let (via, state): (String, String) = (r.get(4)?, r.get(5)?);
    let (answers, problems): (String, String) = (r.get(6)?, r.get(7)?);
    Ok(Return {
        id: r.get(0)?,
        reply: r.get(1)?,
        round: r.get(2)?,
        tenant: r.get(3)?,
        via: Via::from_code(&via).ok_or_else(|| corrupt("via", &via))?,
        state: ReturnState::from_code(&state).ok_or_else(|| corrupt("state", &state))?,
        answers: serde_json::from_str(&answers).map_err(|e| corrupt("answers", &e))?,
        problems: serde_json::from_str(&problems).map_err(|e| corrupt("problems", &e))?,
        file_name: r.get(8)?,
        stamp: r.get(9)?,
        entered_at: r.get(10)?,
        entered_name: r.get(11)?,
        office: r.get(12)?,
        office_name: r.get(13)?,
    })
}

/// What is kept of something that came back.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Identifier, drawn before the write.
    pub id: ReturnId,
    /// How it came.
    pub via: Via,
    /// What it says.
    pub answers: BTreeMap<String, Value>,
    /// What could not be read.
    pub problems: Vec<Line>,
    /// Name of the file; empty when it was typed.
    pub file_name: String,
    /// How far the answer had come when the form was made.
    pub stamp: Option<i64>,
    /// Who brought it.
    pub by: Option<AccountId>,
    /// From which office.
    pub office: Option<OrganisationId>,
}

/// Keeps what came back; the caller has proved that it may write for this answer or enter on behalf.
///
/// # Errors
/// What the engine says.
pub fn add(tx: &mut Tx, reply: &Reply, arrived: &Arrived) -> Result<()> {
    let now = tx.now();
    let answers = serde_json::to_string(&arrived.answers).map_err(|e| corrupt("answers", &e))?;
    let problems = serde_json::to_string(&arrived.problems).map_err(|e| corrupt("problems", &e))?;
    let file_name: String = arrived.file_name.chars().take(300).collect();
    let params = store::params! {
        "id" => arrived.id, "reply" => reply.id, "round" => reply.round, "tenant" => reply.tenant, "asker" => reply.asker,
        "via" => arrived.via.code(), "answers" => answers, "problems" => problems, "file_name" => file_name,
        "stamp" => arrived.stamp, "now" => now, "by" => arrived.by, "office" => arrived.office,
    };
    tx.exec(&ADD_RETURN, params).map(drop)
}

/// A return as the municipality sees it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn return_mine(conn: &mut Conn, reply: ReplyId, id: ReturnId) -> Result<Return> {
    let params = store::params! {"id" => id, "reply" => reply};
    conn.opt(&RETURN_MINE, params, return_row)?
        .ok_or(Error::NotFound)
}

/// A return as the office that entered it on behalf sees it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn return_asked(conn: &mut Conn, round: RoundId, id: ReturnId) -> Result<Return> {
    let params = store::params! {"id" => id, "round" => round};
    conn.opt(&RETURN_ASKED, params, return_row)?
        .ok_or(Error::NotFound)
}

/// What waits for a decision of the municipality.
///
/// # Errors
/// What the engine says.
pub fn waiting_mine(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Return>> {
    conn.all(&WAITING_MINE, store::params! {"reply" => reply}, return_row)
}

/// What the office that asks has entered on behalf and nobody has confirmed.
///
/// # Errors
/// What the engine says.
pub fn waiting_asked(conn: &mut Conn, round: RoundId) -> Result<Vec<Return>> {
    conn.all(
        &WAITING_ASKED,
        store::params! {"round" => round},
        return_row,
    )
}

/// An answer in which somebody else's entry waits for the municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredFor {
    /// The answer.
    pub reply: ReplyId,
    /// The municipality.
    pub name: String,
    /// Title of the round.
    pub title: String,
    /// Its English title; may be empty.
    pub title_en: String,
}

/// Answers of the viewer's municipalities with entries on behalf that wait for confirmation.
///
/// # Errors
/// What the engine says.
pub fn entered_for_me(conn: &mut Conn) -> Result<Vec<EnteredFor>> {
    conn.all(&WAITING_ENTERED, store::params! {}, |r| {
        Ok(EnteredFor {
            reply: r.get(0)?,
            name: r.get(1)?,
            title: r.get(2)?,
            title_en: r.get(3)?,
        })
    })
}

/// An answer for which a form may come back on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// The answer.
    pub reply: ReplyId,
    /// Its round.
    pub round: RoundId,
    /// The municipality.
    pub name: String,
    /// Title of the round.
    pub title: String,
    /// Its English title; may be empty.
    pub title_en: String,
}

/// Answers that the viewer's office asked for and that may still be written.
///
/// # Errors
/// What the engine says.
pub fn awaited(conn: &mut Conn) -> Result<Vec<Awaited>> {
    conn.all(&AWAITED, store::params! {}, |r| {
        Ok(Awaited {
            reply: r.get(0)?,
            round: r.get(1)?,
            name: r.get(2)?,
            title: r.get(3)?,
            title_en: r.get(4)?,
        })
    })
}

/// Proof that this viewer may decide about a return that waits; `side` is `tenant` or `asker`.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn return_editable(tx: &mut Tx, id: ReturnId, side: &str) -> Result<Editable<ReturnId>> {
    let params = store::params! {"id" => id, "side" => side};
    store::token::editable(tx, &RETURN_EDITABLE, params)?.ok_or(Error::NotFound)
}

/// A return that this transaction may decide about: seen through its view, or lying behind an opened link.
pub trait Decidable {
    /// The return.
    fn return_id(&self) -> ReturnId;
}

impl Decidable for Editable<ReturnId> {
    fn return_id(&self) -> ReturnId {
        self.id()
    }
}

/// Notes what became of a return; `confirmed` says who confirmed it when that was not done here. `false` when it was decided before.
///
/// # Errors
/// What the engine says.
pub fn decide(
    tx: &mut Tx,
    proof: &impl Decidable,
    state: ReturnState,
    by: Option<AccountId>,
    confirmed: &str,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.return_id(), "state" => state.code(), "now" => now, "by" => by, "confirmed" => confirmed,
    };
    Ok(tx.exec(&DECIDE, params)? == 1)
}

/// Last time's published answers of a municipality, by field key of this round's form.
///
/// # Errors
/// What the engine says.
pub fn last_time(conn: &mut Conn, round: &Round, code: &str) -> Result<BTreeMap<String, Value>> {
    let survey: SurveyId = match round.based_on {
        Some(survey) => survey,
        None => return Ok(BTreeMap::new()),
    };
    let params = store::params! {"survey" => survey, "code" => code};
    let list = conn.all(&LAST, params, |r| {
        Ok((
            r.get::<String>(0)?,
            r.get::<String>(1)?,
            r.get::<String>(2)?,
        ))
    })?;
    let mut out = BTreeMap::new();
    for field in &round.catalogue.fields {
        let same = |(key, number, _): &&(String, String, String)| {
            *key == field.key || (!number.is_empty() && *number == field.number)
        };
        if let Some((_, _, body)) = list.iter().find(same) {
            out.insert(field.key.clone(), Value::text(body));
        }
    }
    Ok(out)
}
