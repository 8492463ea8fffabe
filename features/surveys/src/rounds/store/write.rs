//! Statements that change rounds. Each function that changes a guarded row takes the proof that it was seen. Those of one answer:
//! [`answer`].

pub mod answer;

use kernel::{Date, OrganisationId, Time};
use store::{Editable, Result, Tx};

pub(crate) use answer::audited_at;
pub use answer::{
    Entitled, Writer, add_aside, add_file, add_version, decide_version, put_field, refuse_waiting,
    reminded, remove_file, resolve_aside, set_check, set_due, set_state, share, submit, waiting,
};

use super::super::model::{Reply, ReplyId, Round, RoundId, RoundState};
use crate::model::SurveyId;

store::statements! {
    pub ADD_ROUND = "INSERT INTO survey_round (id, tenant, slug, title, title_en, fiscal_year, based_on, catalogue, letter_to,
        letter_number, letter_date, letter_body, contact, due, default_range, state, check_due, survey, fictional, created_at,
        version) VALUES (:id, :tenant, :slug, :title, :title_en, :fiscal_year, :based_on, :catalogue, :letter_to,
        :letter_number, :letter_date, :letter_body, :contact, :due, :default_range, 'draft', '', NULL, :fictional, :now, 1)";
    pub ADD_READER = "INSERT INTO round_reader (round, subject, side) VALUES (:round, :subject, :side)
        ON CONFLICT (round, subject) DO NOTHING";
    pub DROP_READERS = "DELETE FROM round_reader WHERE round = :round AND side = 'tenant'";
    pub SAVE_ROUND = "UPDATE survey_round SET title = :title, title_en = :title_en, fiscal_year = :fiscal_year, slug = :slug,
        letter_to = :letter_to, letter_number = :letter_number, letter_date = :letter_date, letter_body = :letter_body,
        contact = :contact, due = :due, default_range = :default_range, version = version + 1
        WHERE id = :id AND version = :seen";
    pub SAVE_CATALOGUE = "UPDATE survey_round SET catalogue = :catalogue, version = version + 1
        WHERE id = :id AND version = :seen";
    pub SENT = "UPDATE survey_round SET state = :state, sent_at = :now, version = version + 1 WHERE id = :id";
    pub SET_ROUND_STATE = "UPDATE survey_round SET state = :state, closed_at = :closed, check_due = :check_due,
        version = version + 1 WHERE id = :id";
    pub PUBLISHED = "UPDATE survey_round SET state = 'published', survey = :survey,
        published_at = COALESCE(published_at, :now), version = version + 1 WHERE id = :id";
    pub ADD_REPLY = "INSERT INTO round_reply (id, round, tenant, asker, municipality, name, sort, due, state, late, reminders,
        versions, check_state, check_note, version)
        VALUES (:id, :round, :tenant, :asker, :code, :name, :sort, '', 'draft', 0, 0, 0, 'none', '', 1)";
    pub DROP_REPLIES = "DELETE FROM round_reply WHERE round = :round";
    pub OPEN_REPLIES = "UPDATE round_reply SET opened_at = :now WHERE round = :round";
}

fn day(day: Option<Date>) -> String {
    day.map(|d| d.to_string()).unwrap_or_default()
}

/// Adds a round as a draft, readable by the office that asks.
///
/// # Errors
/// [`store::Error::Conflict`] when the slug is taken; otherwise what the engine says.
pub fn add_round(tx: &mut Tx, round: &Round, catalogue: &str) -> Result<()> {
    let now = tx.now();
    let letter = &round.letter;
    let params = store::params! {
        "id" => round.id, "tenant" => round.asker, "slug" => round.slug, "title" => round.title, "title_en" => round.title_en,
        "fiscal_year" => round.fiscal_year, "based_on" => round.based_on, "catalogue" => catalogue, "letter_to" => letter.to,
        "letter_number" => letter.number, "letter_date" => day(letter.date), "letter_body" => letter.body,
        "contact" => letter.contact, "due" => day(letter.due), "default_range" => round.default_range.code(),
        "fictional" => round.fictional, "now" => now,
    };
    tx.exec(&ADD_ROUND, params)?;
    reader(tx, round.id, round.asker, "asker")
}

fn reader(tx: &mut Tx, round: RoundId, subject: OrganisationId, side: &str) -> Result<()> {
    let params = store::params! {"round" => round, "subject" => subject, "side" => side};
    tx.exec(&ADD_READER, params).map(drop)
}

/// Saves title, letter and range. `false` when somebody else saved in between.
///
/// # Errors
/// [`store::Error::Conflict`] when the slug is taken; otherwise what the engine says.
pub fn save_round(tx: &mut Tx, proof: Editable<RoundId>, round: &Round, seen: i64) -> Result<bool> {
    let letter = &round.letter;
    let params = store::params! {
        "id" => proof.id(), "seen" => seen, "slug" => round.slug, "title" => round.title, "title_en" => round.title_en,
        "fiscal_year" => round.fiscal_year, "letter_to" => letter.to, "letter_number" => letter.number,
        "letter_date" => day(letter.date), "letter_body" => letter.body, "contact" => letter.contact,
        "due" => day(letter.due), "default_range" => round.default_range.code(),
    };
    Ok(tx.exec(&SAVE_ROUND, params)? == 1)
}

/// Saves the questions. `false` when somebody else saved in between.
///
/// # Errors
/// What the engine says.
pub fn save_catalogue(
    tx: &mut Tx,
    proof: Editable<RoundId>,
    catalogue: &str,
    seen: i64,
) -> Result<bool> {
    let params = store::params! {"id" => proof.id(), "catalogue" => catalogue, "seen" => seen};
    Ok(tx.exec(&SAVE_CATALOGUE, params)? == 1)
}

/// A municipality that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Id of its answer.
    pub reply: ReplyId,
    /// The municipality as an organisation.
    pub tenant: OrganisationId,
    /// 団体コード.
    pub code: String,
    /// Its name today.
    pub name: String,
}

/// Makes a list the whole of who is asked; only for a draft, where nothing hangs on it yet.
///
/// # Errors
/// What the engine says.
pub fn set_addressees(
    tx: &mut Tx,
    proof: Editable<RoundId>,
    asker: OrganisationId,
    list: &[Addressee],
) -> Result<()> {
    let round = proof.id();
    tx.exec(&DROP_REPLIES, store::params! {"round" => round})?;
    for (sort, one) in (0_i64..).zip(list) {
        let params = store::params! {
            "id" => one.reply, "round" => round, "tenant" => one.tenant, "asker" => asker, "code" => one.code,
            "name" => one.name, "sort" => sort,
        };
        tx.exec(&ADD_REPLY, params)?;
    }
    Ok(())
}

/// Opens a round to everybody who is asked.
///
/// # Errors
/// What the engine says.
pub fn send(
    tx: &mut Tx,
    proof: Editable<RoundId>,
    replies: &[Reply],
    state: RoundState,
) -> Result<()> {
    let (round, now) = (proof.id(), tx.now());
    tx.exec(
        &SENT,
        store::params! {"id" => round, "state" => state.code(), "now" => now},
    )?;
    tx.exec(
        &OPEN_REPLIES,
        store::params! {"round" => round, "now" => now},
    )?;
    tx.exec(&DROP_READERS, store::params! {"round" => round})?;
    for reply in replies {
        reader(tx, round, reply.tenant, "tenant")?;
    }
    Ok(())
}

/// Sets the state of a round with what belongs to it.
///
/// # Errors
/// What the engine says.
pub fn set_round_state(
    tx: &mut Tx,
    proof: Editable<RoundId>,
    state: RoundState,
    closed: Option<Time>,
    check_due: Option<Date>,
) -> Result<()> {
    let params = store::params! {
        "id" => proof.id(), "state" => state.code(), "closed" => closed, "check_due" => day(check_due),
    };
    tx.exec(&SET_ROUND_STATE, params).map(drop)
}

/// Notes that a round is published as a survey.
///
/// # Errors
/// What the engine says.
pub fn published(tx: &mut Tx, proof: Editable<RoundId>, survey: SurveyId) -> Result<()> {
    let now = tx.now();
    let params = store::params! {"id" => proof.id(), "survey" => survey, "now" => now};
    tx.exec(&PUBLISHED, params).map(drop)
}
