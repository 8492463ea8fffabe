//! Every statement of rounds that reads, and functions named by what they are for. Writing: [`write`].

pub(crate) mod rows;
pub mod write;

use kernel::OrganisationId;
use store::{Conn, Editable, Error, Result, Tx};

use super::model::{
    Aside, AsideId, Attachment, FieldDraft, FileId, Reply, ReplyId, Round, RoundId, Version,
    VersionId,
};

macro_rules! round_select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.tenant, r.slug, r.title, r.title_en, r.fiscal_year, r.based_on, r.catalogue, r.letter_to, ",
            "r.letter_number, r.letter_date, r.letter_body, r.contact, r.due, r.default_range, r.state, r.check_due, ",
            "r.survey, r.fictional, r.sent_at, r.published_at, r.version, r.side FROM visible_survey_round r ",
            $rest
        )
    };
}

macro_rules! reply_select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.round, p.tenant, p.asker, p.municipality, p.name, p.sort, p.due, p.state, p.started_at, ",
            "p.changed_at, p.submitted_at, p.late, p.reminded_at, p.reminders, p.versions, p.current, p.check_state, ",
            "p.check_at, p.check_version, p.check_note, p.version, p.side FROM visible_round_reply p ",
            $rest
        )
    };
}

macro_rules! version_select {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.reply, v.tenant, v.number, v.answers, v.state, v.made_at, v.made_name, v.approval, ",
            "v.approved_at, v.approved_name, v.document_number, v.decided_on, v.decider_post, v.submitted_at, v.late, ",
            "v.note, v.decided_at, v.shared_at, v.side FROM visible_round_version v ",
            $rest
        )
    };
}

macro_rules! file_select {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.reply, f.field, f.file, f.name, f.mime, f.size, f.added_at, f.added_name, f.submitted_at ",
            "FROM visible_round_file f ",
            $rest
        )
    };
}

store::statements! {
    // `asker` sorts before `tenant`: of several ways to see a round, the asking office's own comes first.
    pub ROUND = round_select!("WHERE r.id = :id ORDER BY r.side, r.reader LIMIT 1");
    pub ROUNDS_ASKED = round_select!("WHERE r.side = 'asker' ORDER BY r.fiscal_year DESC, r.created_at DESC LIMIT :count");
    pub ROUNDS_MINE = round_select!("WHERE r.side = 'tenant' ORDER BY r.sent_at DESC, r.id LIMIT :count");
    pub ROUND_EDITABLE = "SELECT id, level FROM visible_survey_round WHERE id = :id AND side = 'asker'";
    pub REPLIES = reply_select!("WHERE p.round = :round AND p.side = 'asker' ORDER BY p.sort");
    pub REPLIES_MINE = reply_select!("WHERE p.side = 'tenant' AND (CAST(:tenant AS BLOB) IS NULL OR p.tenant = :tenant)
        ORDER BY p.opened_at DESC, p.sort LIMIT :count");
    pub REPLIES_MINE_OF = reply_select!("WHERE p.round = :round AND p.side = 'tenant' ORDER BY p.sort");
    pub SUBMITTED_COUNTS = "SELECT p.round, COUNT(*) FROM visible_round_reply p
        WHERE p.side = 'asker' AND p.state = 'submitted' GROUP BY p.round";
    pub REPLY_MINE = reply_select!("WHERE p.id = :id AND p.side = 'tenant'");
    pub REPLY_ASKED = reply_select!("WHERE p.id = :id AND p.side = 'asker'");
    pub REPLY_EDITABLE = "SELECT id, level FROM visible_round_reply WHERE id = :id AND side = 'tenant'";
    pub REPLY_DECIDABLE = "SELECT id, level FROM visible_round_reply WHERE id = :id AND side = 'asker'";
    pub FIELDS = "SELECT field, value, answer_range, channel, saved_at, saved_by, saved_name, saved_office, version
        FROM visible_round_field WHERE reply = :reply ORDER BY field";
    pub ASIDES = "SELECT id, field, value, saved_at, saved_name FROM visible_round_aside
        WHERE reply = :reply AND resolved_at IS NULL ORDER BY saved_at, id";
    pub ASIDE_EDITABLE = "SELECT id, level FROM visible_round_aside WHERE id = :id AND reply = :reply AND resolved_at IS NULL";
    pub VERSIONS = version_select!("WHERE v.reply = :reply AND v.side = :side ORDER BY v.number DESC");
    pub VERSION = version_select!("WHERE v.id = :id AND v.side = :side");
    pub CURRENT = version_select!("WHERE v.round = :round AND v.side = 'asker' AND v.state IN ('submitted', 'accepted', 'published')
        ORDER BY v.reply, v.number");
    pub VERSIONS_OF = version_select!("WHERE v.id IN LIST_ID(:ids) AND v.side = 'asker' ORDER BY v.reply");
    pub SHARED = version_select!("WHERE v.round = :round AND v.shared_at IS NOT NULL ORDER BY v.reply, v.number, v.side");
    pub FILES = file_select!("WHERE f.reply = :reply AND f.removed_at IS NULL AND f.side = :side ORDER BY f.added_at, f.id");
    pub FILE = file_select!("WHERE f.id = :id AND f.reply = :reply AND f.removed_at IS NULL ORDER BY f.side LIMIT 1");
    pub FILE_EDITABLE = "SELECT id, level FROM visible_round_file
        WHERE id = :id AND reply = :reply AND removed_at IS NULL AND side = 'tenant'";
}

/// A round this viewer may see.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn round(conn: &mut Conn, id: RoundId) -> Result<Round> {
    conn.opt(&ROUND, store::params! {"id" => id}, rows::round)?
        .ok_or(Error::NotFound)
}

/// Rounds of the viewer's own office, newest first.
///
/// # Errors
/// What the engine says.
pub fn rounds_asked(conn: &mut Conn, count: i64) -> Result<Vec<Round>> {
    conn.all(
        &ROUNDS_ASKED,
        store::params! {"count" => count},
        rows::round,
    )
}

/// Rounds in which the viewer's municipalities are asked, newest first, each once.
///
/// # Errors
/// What the engine says.
pub fn rounds_mine(conn: &mut Conn, count: i64) -> Result<Vec<Round>> {
    let mut all = conn.all(&ROUNDS_MINE, store::params! {"count" => count}, rows::round)?;
    all.dedup_by_key(|round| round.id);
    Ok(all)
}

/// Proof that this viewer's office asks in this round and that the viewer may change it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn round_editable(tx: &mut Tx, id: RoundId) -> Result<Editable<RoundId>> {
    store::token::editable(tx, &ROUND_EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// All municipalities of a round, for the office that asks.
///
/// # Errors
/// What the engine says.
pub fn replies(conn: &mut Conn, round: RoundId) -> Result<Vec<Reply>> {
    conn.all(&REPLIES, store::params! {"round" => round}, rows::reply)
}

/// What the viewer's municipalities are asked, newest first; of one municipality when given.
///
/// # Errors
/// What the engine says.
pub fn replies_mine(
    conn: &mut Conn,
    tenant: Option<OrganisationId>,
    count: i64,
) -> Result<Vec<Reply>> {
    conn.all(
        &REPLIES_MINE,
        store::params! {"tenant" => tenant, "count" => count},
        rows::reply,
    )
}

/// Rounds of the viewer's own office with answers that wait to be taken, and how many.
///
/// # Errors
/// What the engine says.
pub fn submitted_counts(conn: &mut Conn) -> Result<Vec<(RoundId, i64)>> {
    conn.all(&SUBMITTED_COUNTS, store::params! {}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// The viewer's municipalities in one round.
///
/// # Errors
/// What the engine says.
pub fn replies_mine_of(conn: &mut Conn, round: RoundId) -> Result<Vec<Reply>> {
    conn.all(
        &REPLIES_MINE_OF,
        store::params! {"round" => round},
        rows::reply,
    )
}

/// One answer, as the municipality sees it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn reply_mine(conn: &mut Conn, id: ReplyId) -> Result<Reply> {
    conn.opt(&REPLY_MINE, store::params! {"id" => id}, rows::reply)?
        .ok_or(Error::NotFound)
}

/// One answer, as the office that asks sees it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn reply_asked(conn: &mut Conn, id: ReplyId) -> Result<Reply> {
    conn.opt(&REPLY_ASKED, store::params! {"id" => id}, rows::reply)?
        .ok_or(Error::NotFound)
}

/// Proof that this viewer may write for the municipality.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn reply_editable(tx: &mut Tx, id: ReplyId) -> Result<Editable<ReplyId>> {
    store::token::editable(tx, &REPLY_EDITABLE, store::params! {"id" => id})?.ok_or(Error::NotFound)
}

/// Proof that this viewer may decide for the office that asks.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn reply_decidable(tx: &mut Tx, id: ReplyId) -> Result<Editable<ReplyId>> {
    store::token::editable(tx, &REPLY_DECIDABLE, store::params! {"id" => id})?
        .ok_or(Error::NotFound)
}

/// The working texts; none for anybody but the municipality and who acts for it.
///
/// # Errors
/// What the engine says.
pub fn fields(conn: &mut Conn, reply: ReplyId) -> Result<Vec<FieldDraft>> {
    conn.all(&FIELDS, store::params! {"reply" => reply}, rows::field)
}

/// Texts that met others and wait for a decision.
///
/// # Errors
/// What the engine says.
pub fn asides(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Aside>> {
    conn.all(&ASIDES, store::params! {"reply" => reply}, rows::aside)
}

/// Proof that this viewer may decide about a text kept beside a field.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn aside_editable(tx: &mut Tx, reply: ReplyId, id: AsideId) -> Result<Editable<AsideId>> {
    let params = store::params! {"id" => id, "reply" => reply};
    store::token::editable(tx, &ASIDE_EDITABLE, params)?.ok_or(Error::NotFound)
}

/// All versions of an answer as the municipality sees them, newest first.
///
/// # Errors
/// What the engine says.
pub fn versions_mine(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Version>> {
    versions(conn, reply, "tenant")
}

/// The submitted versions of an answer, for the office that asks, newest first.
///
/// # Errors
/// What the engine says.
pub fn versions_asked(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Version>> {
    versions(conn, reply, "asker")
}

fn versions(conn: &mut Conn, reply: ReplyId, side: &str) -> Result<Vec<Version>> {
    conn.all(
        &VERSIONS,
        store::params! {"reply" => reply, "side" => side},
        rows::version,
    )
}

/// One version, as the municipality sees it.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn version_mine(conn: &mut Conn, id: VersionId) -> Result<Version> {
    conn.opt(
        &VERSION,
        store::params! {"id" => id, "side" => "tenant"},
        rows::version,
    )?
    .ok_or(Error::NotFound)
}

/// The valid version of each municipality that has submitted, for the office that asks: the latest that was not returned.
///
/// # Errors
/// What the engine says.
pub fn current_versions(conn: &mut Conn, round: RoundId) -> Result<Vec<Version>> {
    let all = conn.all(&CURRENT, store::params! {"round" => round}, rows::version)?;
    Ok(latest(all))
}

/// Some submitted versions, for the office that asks.
///
/// # Errors
/// What the engine says.
pub fn versions_of(conn: &mut Conn, ids: &[VersionId]) -> Result<Vec<Version>> {
    conn.all(
        &VERSIONS_OF,
        store::params! {"ids" => store::ids(ids)},
        rows::version,
    )
}

/// The versions that lie before all municipalities of a round (内容確認), the latest of each.
///
/// # Errors
/// What the engine says.
pub fn shared_versions(conn: &mut Conn, round: RoundId) -> Result<Vec<Version>> {
    let all = conn.all(&SHARED, store::params! {"round" => round}, rows::version)?;
    Ok(latest(all))
}

/// Of versions in the order of answer and number the last of each answer.
fn latest(all: Vec<Version>) -> Vec<Version> {
    let mut out: Vec<Version> = Vec::new();
    for version in all {
        match out.last_mut() {
            Some(last) if last.reply == version.reply => *last = version,
            _ => out.push(version),
        }
    }
    out
}

/// Files beside an answer, as the municipality sees them.
///
/// # Errors
/// What the engine says.
pub fn files_mine(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Attachment>> {
    files(conn, reply, "tenant")
}

/// Files beside a submitted answer, for the office that asks.
///
/// # Errors
/// What the engine says.
pub fn files_asked(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Attachment>> {
    files(conn, reply, "asker")
}

fn files(conn: &mut Conn, reply: ReplyId, side: &str) -> Result<Vec<Attachment>> {
    conn.all(
        &FILES,
        store::params! {"reply" => reply, "side" => side},
        rows::attachment,
    )
}

/// One file this viewer may see.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn file(conn: &mut Conn, reply: ReplyId, id: FileId) -> Result<Attachment> {
    conn.opt(
        &FILE,
        store::params! {"id" => id, "reply" => reply},
        rows::attachment,
    )?
    .ok_or(Error::NotFound)
}

/// Proof that this viewer may remove a file.
///
/// # Errors
/// [`Error::NotFound`], or what the engine says.
pub fn file_editable(tx: &mut Tx, reply: ReplyId, id: FileId) -> Result<Editable<FileId>> {
    let params = store::params! {"id" => id, "reply" => reply};
    store::token::editable(tx, &FILE_EDITABLE, params)?.ok_or(Error::NotFound)
}
