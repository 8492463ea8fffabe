//! Every statement about stories and about issues proposed from calls.

use kernel::{AccountId, OrganisationId, Time, Uuid};
use store::{Conn, Editable, Error, Result, Row, Tx};

use super::model::{State, Story, StoryId, Words};
use crate::model::ConsultationId;

macro_rules! story_select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.tenant, s.consultation, s.state, s.title, s.situation, s.together, s.outcome, s.category_mask, ",
            "s.scene_mask, s.treatment_mask, s.written_by, s.written_name, s.checked_name, s.reason, s.fictional, s.changed_at, ",
            "s.version, s.own FROM visible_story s ",
            $rest
        )
    };
}

store::statements! {
    pub LIST = story_select!("WHERE s.state <> 'withdrawn' AND (:word = '' OR s.folded LIKE :like)
        AND (:categories = 0 OR (s.category_mask & :categories) <> 0)
        ORDER BY CASE s.state WHEN 'asked' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, s.changed_at DESC, s.id LIMIT 100");
    pub LIKE = story_select!("WHERE s.state = 'shared'
        AND ((s.category_mask & :categories) <> 0 OR (s.treatment_mask & :treatments) <> 0)
        ORDER BY CASE WHEN (s.treatment_mask & :treatments) <> 0 THEN 0 ELSE 1 END, s.changed_at DESC, s.id LIMIT 3");
    pub ONE = story_select!("WHERE s.id = :id");
    pub OF_CASE = story_select!("WHERE s.consultation = :consultation AND s.state <> 'withdrawn'");
    pub EDITABLE = "SELECT id, level FROM visible_story WHERE id = :id";
    pub ADD = "INSERT INTO story (id, tenant, consultation, state, reach, title, situation, together, outcome, category_mask,
        scene_mask, treatment_mask, folded, written_by, written_name, checked_by, checked_name, checked_at, reason, fictional,
        created_at, changed_at, version)
        VALUES (:id, :desk, :consultation, :state, 'area', :title, :situation, :together, :outcome, :categories, :scenes,
        :treatments, :folded, :by, :name, :checked_by, :checked_name, :checked_at, '', :fictional, :now, :now, 1)";
    pub SAVE = "UPDATE story SET title = :title, situation = :situation, together = :together, outcome = :outcome,
        folded = :folded, state = 'draft', checked_by = NULL, checked_name = '', checked_at = NULL, written_by = :by,
        written_name = :name, changed_at = :now, version = version + 1 WHERE id = :id AND version = :seen";
    pub STEP = "UPDATE story SET state = :state, reason = :reason, checked_by = CAST(:checked_by AS BLOB), checked_name = :checked_name,
        checked_at = :checked_at, changed_at = :now, version = version + 1 WHERE id = :id AND version = :seen";
    pub ADD_ISSUE = "INSERT INTO consultation_issue (consultation, entry, tenant, title, at, by_account)
        VALUES (:consultation, :entry, :desk, :title, :now, :by) ON CONFLICT (consultation, entry) DO NOTHING";
    pub ISSUES = "SELECT entry, MAX(title), COUNT(*), MAX(at) FROM visible_consultation_issue WHERE tenant = :desk
        GROUP BY entry ORDER BY COUNT(*) DESC, MAX(at) DESC LIMIT 200";
    pub ISSUES_OF = "SELECT entry, title FROM visible_consultation_issue WHERE consultation = :consultation ORDER BY at";
}

fn read(row: &Row<'_>) -> Result<Story> {
    let state: String = row.get(3)?;
    Ok(Story {
        id: row.get(0)?,
        tenant: row.get(1)?,
        consultation: row.get(2)?,
        state: State::from_code(&state).ok_or_else(|| Error::Corrupt {
            table: "story".to_owned(),
            column: "state".to_owned(),
            row: state.clone(),
        })?,
        words: Words {
            title: row.get(4)?,
            situation: row.get(5)?,
            together: row.get(6)?,
            outcome: row.get(7)?,
        },
        masks: (row.get(8)?, row.get(9)?, row.get(10)?),
        written_by: row.get(11)?,
        written_name: row.get(12)?,
        checked_name: row.get(13)?,
        reason: row.get(14)?,
        fictional: row.get(15)?,
        changed_at: row.get(16)?,
        version: row.get(17)?,
        own: row.get::<i64>(18)? == 1,
    })
}

/// The stories that this viewer sees, by a word and by categories.
///
/// # Errors
/// What the engine says.
pub fn list(conn: &mut Conn, word: &str, categories: i64) -> Result<Vec<Story>> {
    let folded = kernel::text::fold(word);
    let safe: String = folded.chars().filter(|c| !"%_".contains(*c)).collect();
    let params = store::params! {"word" => safe.trim(), "like" => format!("%{}%", safe.trim()), "categories" => categories};
    conn.all(&LIST, params, read)
}

/// Up to three shared stories about the same, for somebody who takes a call: same treatment first.
///
/// # Errors
/// What the engine says.
pub fn like(conn: &mut Conn, categories: i64, treatments: i64) -> Result<Vec<Story>> {
    conn.all(
        &LIKE,
        store::params! {"categories" => categories, "treatments" => treatments},
        read,
    )
}

/// One story.
///
/// # Errors
/// [`Error::NotFound`] when it is not there or not this viewer's.
pub fn one(conn: &mut Conn, id: StoryId) -> Result<Story> {
    conn.opt(&ONE, store::params! {"id" => id}, read)?
        .ok_or(Error::NotFound)
}

/// The story of a case.
///
/// # Errors
/// What the engine says.
pub fn of_case(conn: &mut Conn, consultation: ConsultationId) -> Result<Option<Story>> {
    conn.opt(
        &OF_CASE,
        store::params! {"consultation" => consultation},
        read,
    )
}

pub(crate) fn editable(tx: &mut Tx, id: StoryId) -> Result<Editable<StoryId>> {
    store::token::editable(tx, &EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// A story on its way in.
#[derive(Clone, Debug)]
pub struct New {
    /// Its id.
    pub id: StoryId,
    /// The desk.
    pub desk: OrganisationId,
    /// The case.
    pub consultation: Option<ConsultationId>,
    /// The words.
    pub words: Words,
    /// Categories, scenes, treatments as masks.
    pub masks: (i64, i64, i64),
    /// Who writes.
    pub by: Option<AccountId>,
    /// Their name.
    pub name: String,
    /// Shared at once, with the name of who read it; for the demo.
    pub shared: Option<(AccountId, String)>,
    /// Invented.
    pub fictional: bool,
}

pub(crate) fn add(tx: &mut Tx, new: &New) -> Result<()> {
    let now = tx.now();
    let state = if new.shared.is_some() {
        State::Shared
    } else {
        State::Draft
    };
    let params = store::params! {
        "id" => new.id, "desk" => new.desk, "consultation" => new.consultation, "state" => state.code(),
        "title" => new.words.title, "situation" => new.words.situation, "together" => new.words.together,
        "outcome" => new.words.outcome, "categories" => new.masks.0, "scenes" => new.masks.1, "treatments" => new.masks.2,
        "folded" => kernel::text::fold(&new.words.all()), "by" => new.by, "name" => new.name,
        "checked_by" => new.shared.as_ref().map(|(a, _)| *a),
        "checked_name" => new.shared.as_ref().map_or("", |(_, n)| n.as_str()),
        "checked_at" => new.shared.as_ref().map(|_| now), "fictional" => new.fictional, "now" => now,
    };
    tx.exec(&ADD, params).map(drop)
}

/// Saves new words: it is a draft again. `false` when somebody else was faster.
pub(crate) fn save(
    tx: &mut Tx,
    proof: Editable<StoryId>,
    words: &Words,
    (by, name): (AccountId, &str),
    seen: i64,
) -> Result<bool> {
    let params = store::params! {
        "id" => proof.id(), "title" => words.title, "situation" => words.situation, "together" => words.together,
        "outcome" => words.outcome, "folded" => kernel::text::fold(&words.all()), "by" => by, "name" => name,
        "now" => tx.now(), "seen" => seen,
    };
    Ok(tx.exec(&SAVE, params)? == 1)
}

/// Sets a state. `checked`: who read it, when it is shared.
pub(crate) fn step(
    tx: &mut Tx,
    proof: Editable<StoryId>,
    (state, reason): (State, &str),
    checked: Option<(AccountId, &str)>,
    seen: i64,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => proof.id(), "state" => state.code(), "reason" => reason, "checked_by" => checked.map(|(a, _)| a),
        "checked_name" => checked.map_or("", |(_, n)| n), "checked_at" => checked.map(|_| now), "now" => now, "seen" => seen,
    };
    Ok(tx.exec(&STEP, params)? == 1)
}

/// Remembers that a call stands behind an issue.
pub(crate) fn add_issue(
    tx: &mut Tx,
    consultation: ConsultationId,
    entry: Uuid,
    (desk, by): (OrganisationId, Option<AccountId>),
    title: &str,
) -> Result<()> {
    let params = store::params! {
        "consultation" => consultation, "entry" => entry, "desk" => desk, "title" => title, "now" => tx.now(), "by" => by,
    };
    tx.exec(&ADD_ISSUE, params).map(drop)
}

/// An issue with the number of calls behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The entry of the programme.
    pub entry: Uuid,
    /// As it was called when the last call was laid to it.
    pub title: String,
    /// Calls.
    pub calls: i64,
    /// The last of them.
    pub last: Time,
}

/// The issues that this desk proposed, most calls first.
///
/// # Errors
/// What the engine says.
pub fn issues(conn: &mut Conn, desk: OrganisationId) -> Result<Vec<Issue>> {
    conn.all(&ISSUES, store::params! {"desk" => desk}, |row| {
        Ok(Issue {
            entry: row.get(0)?,
            title: row.get(1)?,
            calls: row.get(2)?,
            last: row.get(3)?,
        })
    })
}

/// The issues behind which a call stands: entry and title.
///
/// # Errors
/// What the engine says.
pub fn issues_of(conn: &mut Conn, consultation: ConsultationId) -> Result<Vec<(Uuid, String)>> {
    conn.all(
        &ISSUES_OF,
        store::params! {"consultation" => consultation},
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
