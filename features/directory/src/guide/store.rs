//! Statements of the guide: what it shows, and its editions.

use std::collections::BTreeMap;

use kernel::{Date, OrganisationId, Time};
use store::{BlobId, Conn, Result, Row, Tx};

use crate::{
    model::{Provider, ProviderId, Service},
    provider_select,
    store::rows::{provider_row, service_row},
};

store::ids! {
    /// A printed edition.
    pub PrintId;
}

store::statements! {
    PROVIDERS = provider_select!(
        "FROM public_provider p WHERE p.municipality IN LIST_TEXT(:codes) AND p.status IN ('open', 'suspended') ORDER BY p.name, p.id"
    );
    SERVICES = "SELECT s.id, s.provider, s.kind, s.number, s.capacity, s.days, s.hours, s.hours_note, s.departments, s.beds,
        s.source, s.source_date, s.absent_since, s.ended_on FROM public_provider_service s
        JOIN public_provider p ON p.id = s.provider
        WHERE p.municipality IN LIST_TEXT(:codes) AND p.status IN ('open', 'suspended') AND s.ended_on IS NULL
        ORDER BY s.provider, s.kind, s.id";
    CARE = "SELECT c.provider, c.house_call, c.home_visit, c.day_and_night, c.end_of_life FROM provider_care c
        JOIN public_provider p ON p.id = c.provider WHERE p.municipality IN LIST_TEXT(:codes)";
    TOWNS = "SELECT municipality, town, lon, lat FROM town_point WHERE municipality IN LIST_TEXT(:codes) ORDER BY town";
    INSERT = "INSERT INTO print_edition (id, kind, scope, lang, title, state, publisher, ordered_by, ordered_at, version)
        VALUES (:id, :kind, :scope, :lang, :title, 'waiting', :publisher, :ordered_by, :now, 1)";
    START = "UPDATE print_edition SET state = 'making', version = version + 1 WHERE id = :id AND state <> 'done'";
    DONE = "UPDATE print_edition SET state = 'done', pages = :pages, bytes = :bytes, file = :file, providers = :providers,
        missing = :missing, added = :added, changed = :changed, gone = :gone, millis = :millis, finished_at = :now, error = '',
        version = version + 1 WHERE id = :id AND state <> 'done'";
    FAILED = "UPDATE print_edition SET state = 'failed', error = :error, finished_at = :now, version = version + 1
        WHERE id = :id AND state <> 'done'";
    SNAPSHOT = "INSERT INTO print_snapshot (edition, body) VALUES (:id, :body) ON CONFLICT (edition) DO NOTHING";
    BEFORE = "SELECT s.body, e.finished_at FROM print_edition e JOIN print_snapshot s ON s.edition = e.id
        WHERE e.kind = :kind AND e.scope = :scope AND e.lang = :lang AND e.state = 'done' AND e.id <> :id
        ORDER BY e.finished_at DESC, e.id DESC LIMIT 1";
    EDITIONS = "SELECT id, kind, scope, lang, title, state, publisher, ordered_by, ordered_at, finished_at, pages, bytes, file, providers,
        missing, added, changed, gone, millis, error FROM print_edition ORDER BY ordered_at DESC, id DESC LIMIT :count";
    EDITION = "SELECT id, kind, scope, lang, title, state, publisher, ordered_by, ordered_at, finished_at, pages, bytes, file, providers,
        missing, added, changed, gone, millis, error FROM print_edition WHERE id = :id";
}

/// What somebody said a provider can do; `None`: not stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// 往診.
    pub house_call: Option<bool>,
    /// 訪問診療.
    pub home_visit: Option<bool>,
    /// Day and night.
    pub day_and_night: Option<bool>,
    /// 看取り.
    pub end_of_life: Option<bool>,
}

/// The listed providers of some municipalities.
///
/// # Errors
/// When the database fails.
pub fn providers(conn: &mut Conn, codes: &[String]) -> Result<Vec<Provider>> {
    conn.all(
        &PROVIDERS,
        store::params! {"codes" => store::texts(codes)},
        provider_row,
    )
}

/// Their services.
///
/// # Errors
/// When the database fails.
pub fn services(conn: &mut Conn, codes: &[String]) -> Result<Vec<Service>> {
    conn.all(
        &SERVICES,
        store::params! {"codes" => store::texts(codes)},
        service_row,
    )
}

/// What they can do, as far as somebody said.
///
/// # Errors
/// When the database fails.
pub fn care(conn: &mut Conn, codes: &[String]) -> Result<BTreeMap<ProviderId, Care>> {
    let flag = |r: &Row, at| Ok::<_, store::Error>(r.get::<Option<i64>>(at)?.map(|n| n == 1));
    let rows = conn.all(
        &CARE,
        store::params! {"codes" => store::texts(codes)},
        |r| {
            Ok((
                r.get(0)?,
                Care {
                    house_call: flag(r, 1)?,
                    home_visit: flag(r, 2)?,
                    day_and_night: flag(r, 3)?,
                    end_of_life: flag(r, 4)?,
                },
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// A town by name: municipality, name, longitude, latitude.
pub type Town = (String, String, f64, f64);

/// The towns (大字・町丁目) of some municipalities.
///
/// # Errors
/// When the database fails.
pub fn towns(conn: &mut Conn, codes: &[String]) -> Result<Vec<Town>> {
    conn.all(
        &TOWNS,
        store::params! {"codes" => store::texts(codes)},
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)),
    )
}

/// A printed edition, as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    /// Its id.
    pub id: PrintId,
    /// `guide`, `medical`, `care`.
    pub kind: String,
    /// The area, a district or a municipality, by code.
    pub scope: String,
    /// `ja` or `en`.
    pub lang: String,
    /// What stands on its cover.
    pub title: String,
    /// `waiting`, `making`, `done`, `failed`.
    pub state: String,
    /// Who publishes it.
    pub publisher: String,
    /// Who ordered it.
    pub ordered_by: String,
    /// When.
    pub ordered_at: Time,
    /// When it was ready.
    pub finished_at: Option<Time>,
    /// How many pages.
    pub pages: i64,
    /// How many bytes.
    pub bytes: i64,
    /// The file.
    pub file: Option<BlobId>,
    /// How many providers stand in it.
    pub providers: i64,
    /// Names with characters that the font does not have, one a line.
    pub missing: String,
    /// Since the edition before: new ones.
    pub added: i64,
    /// Changed ones.
    pub changed: i64,
    /// Those that are no longer in it.
    pub gone: i64,
    /// How long it took, in milliseconds.
    pub millis: i64,
    /// Why it failed.
    pub error: String,
}

fn edition_row(r: &Row) -> Result<Edition> {
    Ok(Edition {
        id: r.get(0)?,
        kind: r.get(1)?,
        scope: r.get(2)?,
        lang: r.get(3)?,
        title: r.get(4)?,
        state: r.get(5)?,
        publisher: r.get(6)?,
        ordered_by: r.get(7)?,
        ordered_at: r.get(8)?,
        finished_at: r.get(9)?,
        pages: r.get(10)?,
        bytes: r.get(11)?,
        file: r.get(12)?,
        providers: r.get(13)?,
        missing: r.get(14)?,
        added: r.get(15)?,
        changed: r.get(16)?,
        gone: r.get(17)?,
        millis: r.get(18)?,
        error: r.get(19)?,
    })
}

/// The latest editions.
///
/// # Errors
/// When the database fails.
pub fn editions(conn: &mut Conn, count: i64) -> Result<Vec<Edition>> {
    conn.all(&EDITIONS, store::params! {"count" => count}, edition_row)
}

/// One edition.
///
/// # Errors
/// When the database fails.
pub fn edition(conn: &mut Conn, id: PrintId) -> Result<Option<Edition>> {
    conn.opt(&EDITION, store::params! {"id" => id}, edition_row)
}

/// What stood in the edition before this one: its snapshot and its day.
///
/// # Errors
/// When the database fails.
pub fn before(
    conn: &mut Conn,
    (kind, scope, lang): (&str, &str, &str),
    id: PrintId,
) -> Result<Option<(String, Date)>> {
    let params = store::params! {"kind" => kind, "scope" => scope, "lang" => lang, "id" => id};
    conn.opt(&BEFORE, params, |r| {
        Ok((r.get(0)?, r.get::<Time>(1)?.date_jst()))
    })
}

/// An order as it is written.
#[derive(Clone, Debug)]
pub struct NewEdition {
    /// Its id.
    pub id: PrintId,
    /// `guide`, `medical`, `care`.
    pub kind: &'static str,
    /// The area, a district or a municipality, by code.
    pub scope: String,
    /// `ja` or `en`.
    pub lang: &'static str,
    /// What stands on its cover.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Who ordered it.
    pub ordered_by: OrganisationId,
}

/// Writes an order.
pub(crate) fn insert(tx: &mut Tx, new: &NewEdition, name: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &INSERT,
        store::params! {
            "id" => new.id, "kind" => new.kind, "scope" => new.scope.as_str(), "lang" => new.lang,
            "title" => new.title.as_str(), "publisher" => new.publisher.as_str(), "ordered_by" => name, "now" => now,
        },
    )
    .map(|_| ())
}

/// An edition is being made. False when it is done already.
pub(crate) fn start(tx: &mut Tx, id: PrintId) -> Result<bool> {
    Ok(tx.exec(&START, store::params! {"id" => id})? == 1)
}

/// How an edition came out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made {
    pub(crate) pages: i64,
    pub(crate) bytes: i64,
    pub(crate) providers: i64,
    pub(crate) missing: String,
    pub(crate) added: i64,
    pub(crate) changed: i64,
    pub(crate) gone: i64,
    pub(crate) millis: i64,
    pub(crate) snapshot: String,
}

/// An edition is ready. False when it was before.
pub(crate) fn done(tx: &mut Tx, id: PrintId, file: BlobId, made: &Made) -> Result<bool> {
    let now = tx.now();
    let rows = tx.exec(
        &DONE,
        store::params! {
            "id" => id, "pages" => made.pages, "bytes" => made.bytes, "file" => file, "providers" => made.providers,
            "missing" => made.missing.as_str(), "added" => made.added, "changed" => made.changed, "gone" => made.gone,
            "millis" => made.millis, "now" => now,
        },
    )?;
    if rows == 1 {
        tx.exec(
            &SNAPSHOT,
            store::params! {"id" => id, "body" => made.snapshot.as_str()},
        )?;
    }
    Ok(rows == 1)
}

/// An edition failed.
pub(crate) fn failed(tx: &mut Tx, id: PrintId, error: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &FAILED,
        store::params! {"id" => id, "error" => error, "now" => now},
    )
    .map(|_| ())
}
