//! SQL of answers without the page.

use std::collections::BTreeMap;

use forms::Value;
use kernel::{AccountId, OrganisationId, Time};
use store::{Conn, Editable, Error, Result, Row, Tx};

use super::model::{Line, Link, LinkId, Return, ReturnId, ReturnState, Via};
use crate::{
    model::SurveyId,
    rounds::{
        model::{FieldDraft, Reply, ReplyId, Round, RoundId},
        store::rows,
    },
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

macro_rules! link_select {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.reply, l.recipient, l.made_at, l.ends, l.revoked_at, l.used_at FROM visible_form_link l ",
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
    pub RETURN_EDITABLE = "SELECT id, level FROM visible_form_return WHERE id = :id AND side = :side AND state = 'waiting'";
    pub DECIDE = "UPDATE form_return SET state = :state, decided_at = :now, decided_by = :by, confirmed = :confirmed
        WHERE id = :id AND state = 'waiting'";
    pub ADD_LINK = "INSERT INTO form_link (id, reply, round, tenant, asker, hash, recipient, made_at, made_by, ends, revoked_at,
        used_at, window_at, window_uses)
        VALUES (:id, :reply, :round, :tenant, :asker, :hash, :recipient, :now, :by, :ends, NULL, NULL, 0, 0)";
    pub LINKS_ASKED = link_select!("WHERE l.round = :round AND l.side = 'asker' ORDER BY l.made_at DESC, l.id");
    pub LINKS_MINE = link_select!("WHERE l.reply = :reply AND l.side = 'tenant' AND l.revoked_at IS NULL AND l.ends > :now
        ORDER BY l.made_at DESC, l.id");
    pub LINK_EDITABLE = "SELECT id, level FROM visible_form_link WHERE id = :id AND side = :side AND revoked_at IS NULL";
    pub REVOKE = "UPDATE form_link SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL";
    pub OPEN = "SELECT id, reply, window_at, window_uses FROM form_link
        WHERE hash = :hash AND revoked_at IS NULL AND ends > :now";
    pub USED = "UPDATE form_link SET used_at = :now, window_at = :window_at, window_uses = :window_uses WHERE id = :id";
    // Past the views: behind a link nobody is signed in, and for an answer that is confirmed on paper the office that asks writes
    // without reading. Only after the link or the right to decide was proved in the same transaction.
    pub BASE_REPLY = "SELECT p.id, p.round, p.tenant, p.asker, p.municipality, p.name, p.sort, p.due, p.state, p.started_at,
        p.changed_at, p.submitted_at, p.late, p.reminded_at, p.reminders, p.versions, p.current, p.check_state, p.check_at,
        p.check_version, p.check_note, p.version, 'tenant' AS side FROM round_reply p
        WHERE p.id = :id AND p.opened_at IS NOT NULL";
    pub BASE_ROUND = "SELECT r.id, r.tenant, r.slug, r.title, r.title_en, r.fiscal_year, r.based_on, r.catalogue, r.letter_to,
        r.letter_number, r.letter_date, r.letter_body, r.contact, r.due, r.default_range, r.state, r.check_due, r.survey,
        r.fictional, r.sent_at, r.published_at, r.version, 'tenant' AS side FROM survey_round r WHERE r.id = :id";
    pub BASE_FIELDS = "SELECT field, value, answer_range, channel, saved_at, saved_by, CAST(NULL AS TEXT) AS saved_name,
        saved_office, version FROM round_field WHERE reply = :reply ORDER BY field";
    pub BASE_RETURN = "SELECT f.id, f.reply, f.round, f.tenant, f.via, f.state, f.answers, f.problems, f.file_name, f.stamp,
        f.entered_at, CAST(NULL AS TEXT) AS entered_name, f.entered_office, CAST(NULL AS TEXT) AS office_name
        FROM form_return f WHERE f.id = :id AND f.reply = :reply";
    pub BASE_WAITING = "SELECT f.id, f.reply, f.round, f.tenant, f.via, f.state, f.answers, f.problems, f.file_name, f.stamp,
        f.entered_at, CAST(NULL AS TEXT) AS entered_name, f.entered_office, CAST(NULL AS TEXT) AS office_name
        FROM form_return f WHERE f.reply = :reply AND f.state = 'waiting' AND f.via IN ('proxy', 'link')
        ORDER BY f.entered_at, f.id";
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

fn link_row(r: &Row) -> Result<Link> {
    Ok(Link {
        id: r.get(0)?,
        reply: r.get(1)?,
        recipient: r.get(2)?,
        made_at: r.get(3)?,
        ends: r.get(4)?,
        revoked_at: r.get(5)?,
        used_at: r.get(6)?,
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

/// A new link.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// Identifier, drawn before the write.
    pub id: LinkId,
    /// Keyed hash of its secret.
    pub hash: String,
    /// To which address it goes; may be empty.
    pub recipient: String,
    /// When it stops.
    pub ends: Time,
    /// Who made it.
    pub by: Option<AccountId>,
}

/// Adds a link.
///
/// # Errors
/// What the engine says.
pub fn add_link(
    tx: &mut Tx,
    _proof: Editable<ReplyId>,
    reply: &Reply,
    link: &NewLink,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => link.id, "reply" => reply.id, "round" => reply.round, "tenant" => reply.tenant, "asker" => reply.asker,
        "hash" => link.hash, "recipient" => link.recipient, "now" => now, "by" => link.by, "ends" => link.ends,
    };
    tx.exec(&ADD_LINK, params).map(drop)
}

/// Links of a round, for the office that asks, newest first.
///
/// # Errors
/// What the engine says.
pub fn links_asked(conn: &mut Conn, round: RoundId) -> Result<Vec<Link>> {
    conn.all(&LINKS_ASKED, store::params! {"round" => round}, link_row)
}

/// Open links to an answer, for the municipality.
///
/// # Errors
/// What the engine says.
pub fn links_mine(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Link>> {
    let now = conn.now();
    let params = store::params! {"reply" => reply, "now" => now};
    conn.all(&LINKS_MINE, params, link_row)
}

/// Stops a link; `side` is `tenant` or `asker`.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn revoke(tx: &mut Tx, id: LinkId, side: &str) -> Result<()> {
    let params = store::params! {"id" => id, "side" => side};
    let proof: Editable<LinkId> =
        store::token::editable(tx, &LINK_EDITABLE, params)?.ok_or(Error::NotFound)?;
    let now = tx.now();
    tx.exec(&REVOKE, store::params! {"id" => proof.id(), "now" => now})
        .map(drop)
}

/// An open link by the hash of its secret: id, answer, begin of the counted hour, uploads in it.
pub(super) fn open(conn: &mut Conn, hash: &str) -> Result<Option<(LinkId, ReplyId, i64, i64)>> {
    let now = conn.now();
    conn.opt(&OPEN, store::params! {"hash" => hash, "now" => now}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
    })
}

/// Notes that a link was used.
pub(super) fn used(tx: &mut Tx, id: LinkId, window_at: i64, window_uses: i64) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => id, "now" => now, "window_at" => window_at, "window_uses" => window_uses,
    };
    tx.exec(&USED, params).map(drop)
}

/// An answer with its round and its texts.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The answer.
    pub reply: Reply,
    /// The round.
    pub round: Round,
    /// The working texts.
    pub fields: Vec<FieldDraft>,
}

/// Reads past the views; see the statements.
pub(super) fn whole_past_views(conn: &mut Conn, id: ReplyId) -> Result<Whole> {
    let reply = conn
        .opt(&BASE_REPLY, store::params! {"id" => id}, rows::reply)?
        .ok_or(Error::NotFound)?;
    let round = conn
        .opt(
            &BASE_ROUND,
            store::params! {"id" => reply.round},
            rows::round,
        )?
        .ok_or(Error::NotFound)?;
    let fields = conn.all(&BASE_FIELDS, store::params! {"reply" => id}, rows::field)?;
    Ok(Whole {
        reply,
        round,
        fields,
    })
}

/// A return behind a link.
pub(super) fn return_past_views(conn: &mut Conn, reply: ReplyId, id: ReturnId) -> Result<Return> {
    let params = store::params! {"id" => id, "reply" => reply};
    let found = conn
        .opt(&BASE_RETURN, params, return_row)?
        .ok_or(Error::NotFound)?;
    named(conn, found)
}

/// The return with the name of the office that entered it.
fn named(conn: &mut Conn, mut found: Return) -> Result<Return> {
    if let Some(office) = found.office {
        found.office_name = areas::store::organisation(conn, office)?.map(|o| o.name);
    }
    Ok(found)
}

/// What waits behind a link: entries on behalf, and files that came through links. A municipality's own uploads are not shown.
pub(super) fn waiting_past_views(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Return>> {
    let list = conn.all(&BASE_WAITING, store::params! {"reply" => reply}, return_row)?;
    list.into_iter().map(|one| named(conn, one)).collect()
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
