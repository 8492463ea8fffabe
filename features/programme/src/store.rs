//! Every statement of this room, and functions named by what they are for.
//!
//! The functions here are the room's public face: other rooms read entries through them, within the viewer's rights.

pub(crate) mod goals;
pub(crate) mod lists;
mod rows;
pub(crate) mod writes;

use kernel::{OrganisationId, Uuid};
use store::{Conn, Editable, Error, Result, Visible};

use crate::model::{Entry, EntryBrief, EntryId, Named, Past, Source};

pub use lists::{Filter, Key, board_column, each_open, list};

use self::rows::{brief_row, entry_row, named_row, past_row, source_row};

/// The lists of statements of all files of this room.
pub(crate) const ALL_STATEMENTS: &[&[store::Stmt]] = &[
    STATEMENTS,
    goals::STATEMENTS,
    lists::STATEMENTS,
    writes::STATEMENTS,
    crate::links::store::STATEMENTS,
    crate::pdca::store::STATEMENTS,
    crate::handoff::store::STATEMENTS,
    crate::guide::store::STATEMENTS,
    crate::calendar::store::STATEMENTS,
    crate::report::store::STATEMENTS,
    crate::work_demo::STATEMENTS,
    crate::findable::STATEMENTS,
];

macro_rules! brief_select {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.kind, e.title, e.status, e.reach, e.open, e.items, e.scenes, e.refs, ",
            "CASE WHEN e.inside = 1 THEN e.municipalities ELSE e.approved END, e.sources, e.fictional, e.goal, ",
            "e.updated_at FROM visible_entry e ",
            $rest
        )
    };
}
pub(crate) use brief_select;

/// The same of open entries as everybody sees them: no test of why this viewer sees them.
macro_rules! open_select {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.kind, e.title, e.status, e.reach, e.open, e.items, e.scenes, e.refs, ",
            "e.approved, e.sources, e.fictional, e.goal, e.updated_at FROM visible_entry e ",
            $rest
        )
    };
}
pub(crate) use open_select;

macro_rules! source_select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.entry, s.kind, s.record, s.record_version, s.survey, s.municipality, s.question, ",
            "s.paragraph, s.starts, s.ends, s.quote, s.published FROM visible_source s ",
            $rest
        )
    };
}

store::statements! {
    pub ENTRY = "SELECT e.id, e.tenant, e.kind, e.title, e.body, e.status, e.reach, e.open, e.fiscal_year, e.items,
        e.scenes, e.tags, e.refs, e.municipalities, e.approved, e.goal, e.sources, e.origin, e.needs_rewrite,
        e.rewritten_by, e.fictional, e.withdrawn_at, e.withdrawn_reason, e.version, e.created_at, e.updated_at, e.level,
        e.inside FROM visible_entry e WHERE e.id = :id";
    pub TOKEN = "SELECT id, level FROM visible_entry WHERE id = :id AND inside = 1";
    pub SEEN = "SELECT id FROM visible_entry WHERE id = :id";
    pub BRIEFS = brief_select!("WHERE e.id IN LIST_ID(:ids) ORDER BY e.id");
    pub OF_RECORD = brief_select!(
        "WHERE e.id IN (SELECT s.entry FROM visible_source s WHERE s.record = :record) ORDER BY e.id"
    );
    pub NAMED = "SELECT m.municipality, m.organisation, m.wording, m.status, m.approved_at, m.approved_name,
        m.withdrawn_on, m.version, m.level FROM visible_entry_municipality m WHERE m.entry = :entry ORDER BY m.sort";
    pub SOURCES = source_select!("WHERE s.entry = :entry ORDER BY s.sort, s.id");
    pub SOURCES_OF_MANY = source_select!("WHERE s.entry IN LIST_ID(:entries) ORDER BY s.entry, s.sort, s.id");
    pub HISTORY = "SELECT h.action, h.detail, h.organisation, h.account, h.version, h.at FROM visible_entry_history h
        WHERE h.entry = :entry ORDER BY h.at DESC, h.id DESC LIMIT :count";
    /// The municipalities, and before them who was invited to take part: one statement, because the page of an entry has no other to spare.
    pub NAMED_AND_INVITED = "SELECT m.municipality, m.organisation, m.wording, m.status, m.approved_at, m.approved_name,
        m.withdrawn_on, m.version, m.level, m.sort AS sort FROM visible_entry_municipality m WHERE m.entry = :entry
        UNION ALL
        SELECT '', p.organisation, '', NULL, NULL, '', NULL, 0, 1, -1 FROM visible_entry_participant p WHERE p.entry = :entry
        ORDER BY sort, organisation";
    pub WAITING = brief_select!(
        "WHERE e.waits = 1 AND EXISTS (
            SELECT 1 FROM visible_entry_municipality m WHERE m.entry = e.id AND m.organisation = :organisation
              AND m.approved_at IS NULL AND m.withdrawn_on IS NULL AND m.level >= 2)
         ORDER BY e.updated_at DESC, e.id DESC LIMIT 6"
    );
}

/// One entry, if this viewer may see it.
///
/// # Errors
/// When the database fails.
pub fn entry(conn: &mut Conn, id: EntryId) -> Result<Option<Entry>> {
    conn.opt(&ENTRY, store::params! {"id" => id}, entry_row)
}

/// Proof that this viewer sees an entry for another reason than that it is public.
///
/// # Errors
/// [`Error::NotFound`] when it does not; otherwise what the engine says.
pub fn visible(conn: &mut Conn, id: EntryId) -> Result<Visible<EntryId>> {
    store::token::visible(conn, &TOKEN, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Proof that this viewer sees an entry, be it only because it is public.
///
/// # Errors
/// [`Error::NotFound`] when it does not; otherwise what the engine says.
pub fn seen(conn: &mut Conn, id: EntryId) -> Result<Visible<EntryId>> {
    store::token::visible(conn, &SEEN, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Proof that this viewer may change an entry: it is the own organisation's, or that of a town acted for.
///
/// # Errors
/// [`Error::NotFound`] when it may not; otherwise what the engine says.
pub fn editable(conn: &mut Conn, id: EntryId) -> Result<Editable<EntryId>> {
    store::token::editable(conn, &TOKEN, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Those of the entries that this viewer sees, in few words.
///
/// # Errors
/// When the database fails.
pub fn briefs(conn: &mut Conn, ids: &[EntryId]) -> Result<Vec<EntryBrief>> {
    conn.all(
        &BRIEFS,
        store::params! {"ids" => store::ids(ids)},
        brief_row,
    )
}

/// The entries that cite a record (an answer) and that this viewer sees.
///
/// # Errors
/// When the database fails.
pub fn entries_of_record(conn: &mut Conn, record: Uuid) -> Result<Vec<EntryBrief>> {
    conn.all(&OF_RECORD, store::params! {"record" => record}, brief_row)
}

/// The municipalities an entry names, as this viewer may know them.
///
/// # Errors
/// When the database fails.
pub fn named(conn: &mut Conn, entry: EntryId) -> Result<Vec<Named>> {
    conn.all(&NAMED, store::params! {"entry" => entry}, named_row)
}

/// The sources of an entry that this viewer may read, in their order.
///
/// # Errors
/// When the database fails.
pub fn sources(conn: &mut Conn, entry: EntryId) -> Result<Vec<Source>> {
    conn.all(&SOURCES, store::params! {"entry" => entry}, source_row)
}

/// The sources of several entries, by entry.
///
/// # Errors
/// When the database fails.
pub fn sources_of_many(conn: &mut Conn, entries: &[EntryId]) -> Result<Vec<Source>> {
    conn.all(
        &SOURCES_OF_MANY,
        store::params! {"entries" => store::ids(entries)},
        source_row,
    )
}

/// The latest lines of an entry's history that this viewer may read, newest first.
///
/// # Errors
/// When the database fails.
pub fn history(conn: &mut Conn, entry: EntryId, count: i64) -> Result<Vec<Past>> {
    conn.all(
        &HISTORY,
        store::params! {"entry" => entry, "count" => count},
        past_row,
    )
}

/// The municipalities an entry names, as this viewer may know them, and the organisations that were invited to take part.
///
/// # Errors
/// When the database fails.
pub(crate) fn named_and_invited(
    conn: &mut Conn,
    entry: EntryId,
) -> Result<(Vec<Named>, Vec<OrganisationId>)> {
    let all = conn.all(
        &NAMED_AND_INVITED,
        store::params! {"entry" => entry},
        named_row,
    )?;
    let (invited, named): (Vec<Named>, Vec<Named>) =
        all.into_iter().partition(|one| one.municipality.is_empty());
    let invited = invited.into_iter().filter_map(|one| one.organisation);
    Ok((named, invited.collect()))
}

/// Entries that wait for an organisation's approval before they are public; at most six, newest first.
///
/// # Errors
/// When the database fails.
pub fn waiting(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<EntryBrief>> {
    conn.all(
        &WAITING,
        store::params! {"organisation" => organisation},
        brief_row,
    )
}
