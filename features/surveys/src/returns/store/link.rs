//! SQL of links without an account, and what is read past the views behind one.

use kernel::{AccountId, Time};
use store::{Conn, Editable, Error, Result, Row, Tx};

use super::return_row;
use crate::{
    returns::model::{Link, LinkId, Return, ReturnId},
    rounds::{
        model::{
            Attachment, FieldDraft, FileId, Reply, ReplyId, Round, RoundId, Version, VersionId,
        },
        store::{rows, write::Entitled},
    },
};

macro_rules! link_select {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.reply, l.recipient, l.made_at, l.ends, l.revoked_at, l.used_at FROM visible_form_link l ",
            $rest
        )
    };
}

store::statements! {
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
    pub BASE_FILES = "SELECT id, reply, field, file, name, mime, size, added_at, CAST(NULL AS TEXT) AS added_name, submitted_at
        FROM round_file WHERE reply = :reply AND removed_at IS NULL ORDER BY added_at, id";
    pub BASE_VERSION = "SELECT v.id, v.reply, v.tenant, v.number, v.answers, v.state, v.made_at, CAST(NULL AS TEXT) AS made_name,
        v.approval, v.approved_at, CAST(NULL AS TEXT) AS approved_name, v.document_number, v.decided_on, v.decider_post,
        v.submitted_at, v.late, v.note, v.decided_at, v.shared_at, 'tenant' AS side FROM round_version v
        WHERE v.id = :id AND v.reply = :reply";
    pub LINK_FILES = "SELECT id, reply, field, file, name, mime, size, added_at, CAST(NULL AS TEXT) AS added_name, submitted_at
        FROM round_file WHERE reply = :reply AND removed_at IS NULL AND added_by IS NULL ORDER BY added_at, id";
    pub DROP_LINK_FILE = "UPDATE round_file SET removed_at = :now WHERE id = :id AND reply = :reply AND added_by IS NULL
        AND submitted_at IS NULL AND removed_at IS NULL";
    pub BASE_WAITING = "SELECT f.id, f.reply, f.round, f.tenant, f.via, f.state, f.answers, f.problems, f.file_name, f.stamp,
        f.entered_at, CAST(NULL AS TEXT) AS entered_name, f.entered_office, CAST(NULL AS TEXT) AS office_name
        FROM form_return f WHERE f.reply = :reply AND f.state = 'waiting' AND f.via IN ('proxy', 'link')
        ORDER BY f.entered_at, f.id";
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
pub(in crate::returns) fn open(
    conn: &mut Conn,
    hash: &str,
) -> Result<Option<(LinkId, ReplyId, i64, i64)>> {
    let now = conn.now();
    conn.opt(&OPEN, store::params! {"hash" => hash, "now" => now}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
    })
}

/// Notes that a link was used.
pub(in crate::returns) fn used(
    tx: &mut Tx,
    id: LinkId,
    window_at: i64,
    window_uses: i64,
) -> Result<()> {
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

/// All files beside an answer, whoever added them: for completing a version.
pub(in crate::returns) fn files_past_views(
    conn: &mut Conn,
    reply: ReplyId,
) -> Result<Vec<Attachment>> {
    conn.all(
        &BASE_FILES,
        store::params! {"reply" => reply},
        rows::attachment,
    )
}

/// The version of an answer that is valid, for 内容確認 behind a link.
pub(in crate::returns) fn version_past_views(
    conn: &mut Conn,
    reply: ReplyId,
    id: VersionId,
) -> Result<Option<Version>> {
    let params = store::params! {"id" => id, "reply" => reply};
    conn.opt(&BASE_VERSION, params, rows::version)
}

/// The files that came through links.
pub(in crate::returns) fn link_files(conn: &mut Conn, reply: ReplyId) -> Result<Vec<Attachment>> {
    conn.all(
        &LINK_FILES,
        store::params! {"reply" => reply},
        rows::attachment,
    )
}

/// Takes a file away that came through a link and was not submitted. `false` when there is none.
pub(in crate::returns) fn drop_link_file(
    tx: &mut Tx,
    proof: &impl Entitled,
    id: FileId,
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {"id" => id, "reply" => proof.id(), "now" => now};
    Ok(tx.exec(&DROP_LINK_FILE, params)? == 1)
}

/// Reads past the views; see the statements.
pub(in crate::returns) fn whole_past_views(conn: &mut Conn, id: ReplyId) -> Result<Whole> {
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
pub(in crate::returns) fn return_past_views(
    conn: &mut Conn,
    reply: ReplyId,
    id: ReturnId,
) -> Result<Return> {
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
pub(in crate::returns) fn waiting_past_views(
    conn: &mut Conn,
    reply: ReplyId,
) -> Result<Vec<Return>> {
    let list = conn.all(&BASE_WAITING, store::params! {"reply" => reply}, return_row)?;
    list.into_iter().map(|one| named(conn, one)).collect()
}
