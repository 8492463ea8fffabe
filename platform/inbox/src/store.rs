//! SQL of the paper tray.

use kernel::{AccountId, OrganisationId, Time};
use store::{BlobId, Conn, Editable, Error, Result, Row, Tx};

use crate::{
    code::ShortCode,
    intake::Via,
    model::{Page, PageId, Paper, PaperId, Scan, ScanId, State, Step, StepId},
    read::{Reason, Refusal},
};

macro_rules! page_select {
    ($rest:literal) => {
        concat!(
            "SELECT g.id, g.paper, g.number, g.blob, g.width, g.height, g.turn, p.arrived_at, s.name AS scan_name ",
            "FROM visible_inbox_page g JOIN visible_inbox_paper p ON p.id = g.paper JOIN visible_inbox_scan s ON s.id = p.scan ",
            $rest
        )
    };
}

macro_rules! paper_select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.tenant, p.scan, s.name AS scan_name, p.state, p.target, p.code, p.arrived_at, p.decided_at, p.dispose_at, ",
            "p.version, (SELECT COUNT(*) FROM visible_inbox_page g WHERE g.paper = p.id) AS pages FROM visible_inbox_paper p ",
            "JOIN visible_inbox_scan s ON s.id = p.scan ",
            $rest
        )
    };
}

store::statements! {
    pub PAGES_OF_TARGET = page_select!("WHERE p.target = :target AND p.state = 'filed' ORDER BY p.arrived_at, p.id, g.place");
    pub PAGES = page_select!("WHERE g.paper = :paper ORDER BY g.place");
    pub PAGE = page_select!("WHERE g.id = :id");
    pub PAPER = paper_select!("WHERE p.id = :id");
    pub PAPERS_IN = paper_select!("WHERE p.tenant = :tenant AND p.state = :state ORDER BY p.arrived_at DESC, p.id DESC LIMIT :most");
    pub EDITABLE = "SELECT id, level, tenant, version FROM visible_inbox_paper WHERE id = :id";
    pub STEPS = "SELECT what, page, target, at, by_account FROM visible_inbox_history WHERE paper = :paper ORDER BY at, id";
    pub SCANS = "SELECT id, name, via, state, problem, problem_page, pages, arrived_at FROM visible_inbox_scan
        WHERE tenant = :tenant AND (state = 'reading' OR (state = 'refused' AND arrived_at > :since))
        ORDER BY arrived_at DESC, id DESC LIMIT 100";
    pub TARGET = "SELECT target FROM visible_inbox_code WHERE code = :code AND tenant = :tenant";
    pub TARGET_SEEN = "SELECT target FROM visible_inbox_code WHERE code = :code";
    pub WAITING = "SELECT COUNT(*), MIN(arrived_at) FROM visible_inbox_paper WHERE tenant = :tenant AND state = 'waiting'";
    // Past the views: the program reads, files and disposes for every office; what a person moves was proved by a token before.
    pub SCAN_TO_READ = "SELECT tenant, blob FROM inbox_scan WHERE id = :id AND state = 'reading'";
    pub KNOWN = "SELECT id FROM inbox_scan WHERE tenant = :tenant AND hash = :hash AND state <> 'refused' AND blob IS NOT NULL LIMIT 1";
    pub TARGET_OF = "SELECT target FROM inbox_code WHERE tenant = :tenant AND code = :code";
    pub ADD_SCAN = "INSERT INTO inbox_scan (id, tenant, name, via, bytes, hash, blob, state, problem, problem_page, pages, arrived_at,
        arrived_by) VALUES (:id, :tenant, :name, :via, :bytes, :hash, :blob, :state, :problem, :page, 0, :now, :by)";
    pub REFUSE = "UPDATE inbox_scan SET state = 'refused', blob = NULL, problem = :problem, problem_page = :page
        WHERE id = :id AND state = 'reading'";
    pub SCAN_READ = "UPDATE inbox_scan SET state = 'read', pages = :pages WHERE id = :id";
    pub ADD_PAPER = "INSERT INTO inbox_paper (id, tenant, scan, state, target, how, code, arrived_at, decided_at, decided_by,
        dispose_at, version) VALUES (:id, :tenant, :scan, :state, NULL, '', :code, :now, NULL, NULL, :dispose_at, 1)";
    pub ADD_PAGE = "INSERT INTO inbox_page (id, tenant, paper, place, number, blob, width, height, turn, reading)
        VALUES (:id, :tenant, :paper, :place, :number, :blob, :width, :height, 0, :reading)";
    pub ADD_STEP = "INSERT INTO inbox_history (id, tenant, paper, what, page, target, at, by_account)
        VALUES (:id, :tenant, :paper, :what, :page, :target, :now, :by)";
    pub FILE = "UPDATE inbox_paper SET state = 'filed', target = :target, how = :how, decided_at = :now, decided_by = :by,
        dispose_at = :dispose_at, version = version + 1 WHERE id = :id AND state <> 'gone'";
    pub UNFILE = "UPDATE inbox_paper SET state = :state, target = NULL, how = '', decided_at = :now, decided_by = :by,
        dispose_at = :dispose_at, version = version + 1 WHERE id = :id AND state <> 'gone'";
    pub TOUCH = "UPDATE inbox_paper SET version = version + 1 WHERE id = :id";
    pub TURN = "UPDATE inbox_page SET turn = (turn + 90) % 360 WHERE id = :id AND paper = :paper";
    pub MOVE_FROM = "UPDATE inbox_page SET paper = :to, place = place - :from WHERE paper = :paper AND place >= :from";
    pub MOVE_ALL = "UPDATE inbox_page SET paper = :to, place = place + :after WHERE paper = :paper";
    pub NEXT_PLACE = "SELECT COALESCE(MAX(place) + 1, 0) FROM inbox_page WHERE paper = :paper";
    pub DUE = "SELECT id, tenant, scan FROM inbox_paper WHERE dispose_at <= :now AND state <> 'gone' ORDER BY dispose_at LIMIT 20";
    pub BLOBS_OF = "SELECT blob FROM inbox_page WHERE paper = :paper AND blob IS NOT NULL";
    pub CLEAR_PAGES = "UPDATE inbox_page SET blob = NULL WHERE paper = :paper";
    pub GONE = "UPDATE inbox_paper SET state = 'gone', target = NULL, how = '', dispose_at = NULL, version = version + 1 WHERE id = :id";
    pub SCAN_DONE = "SELECT blob FROM inbox_scan s WHERE s.id = :scan AND s.blob IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM inbox_paper p WHERE p.scan = s.id AND p.state <> 'gone')";
    pub CLEAR_SCAN = "UPDATE inbox_scan SET blob = NULL WHERE id = :scan";
}

fn page_row(r: &Row) -> Result<Page> {
    Ok(Page {
        id: r.get(0)?,
        paper: r.get(1)?,
        number: r.get(2)?,
        blob: r.get(3)?,
        width: r.get(4)?,
        height: r.get(5)?,
        turn: r.get(6)?,
        arrived_at: r.get(7)?,
        scan_name: r.get(8)?,
    })
}

fn paper_row(r: &Row) -> Result<Paper> {
    let state: String = r.get(4)?;
    Ok(Paper {
        id: r.get(0)?,
        tenant: r.get(1)?,
        scan: r.get(2)?,
        scan_name: r.get(3)?,
        state: State::from_code(&state).ok_or_else(|| corrupt("inbox_paper", "state", &state))?,
        target: r.get(5)?,
        code: r.get(6)?,
        arrived_at: r.get(7)?,
        decided_at: r.get(8)?,
        dispose_at: r.get(9)?,
        version: r.get(10)?,
        pages: r.get(11)?,
    })
}

fn corrupt(table: &str, column: &str, row: &str) -> Error {
    Error::Corrupt {
        table: table.to_owned(),
        column: column.to_owned(),
        row: row.to_owned(),
    }
}

/// The pages of all papers filed under a record, as this viewer may see them.
///
/// # Errors
/// What the engine says.
pub fn pages_of_target(conn: &mut Conn, target: &str) -> Result<Vec<Page>> {
    conn.all(
        &PAGES_OF_TARGET,
        store::params! {"target" => target},
        page_row,
    )
}

/// The pages of a paper.
///
/// # Errors
/// What the engine says.
pub fn pages(conn: &mut Conn, paper: PaperId) -> Result<Vec<Page>> {
    conn.all(&PAGES, store::params! {"paper" => paper}, page_row)
}

/// A page.
///
/// # Errors
/// [`Error::NotFound`] when it is not there or not this viewer's.
pub fn page(conn: &mut Conn, id: PageId) -> Result<Page> {
    conn.opt(&PAGE, store::params! {"id" => id}, page_row)?
        .ok_or(Error::NotFound)
}

/// A paper.
///
/// # Errors
/// [`Error::NotFound`] when it is not there or not this viewer's.
pub fn paper(conn: &mut Conn, id: PaperId) -> Result<Paper> {
    conn.opt(&PAPER, store::params! {"id" => id}, paper_row)?
        .ok_or(Error::NotFound)
}

/// The latest papers of a tray in one state.
///
/// # Errors
/// What the engine says.
pub fn papers(
    conn: &mut Conn,
    tenant: OrganisationId,
    state: State,
    most: i64,
) -> Result<Vec<Paper>> {
    let params = store::params! {"tenant" => tenant, "state" => state.code(), "most" => most};
    conn.all(&PAPERS_IN, params, paper_row)
}

/// How many papers wait in a tray, and since when.
///
/// # Errors
/// What the engine says.
pub fn waiting(conn: &mut Conn, tenant: OrganisationId) -> Result<(i64, Option<Time>)> {
    conn.one(&WAITING, store::params! {"tenant" => tenant}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// What became of a paper, oldest first.
///
/// # Errors
/// What the engine says.
pub fn steps(conn: &mut Conn, paper: PaperId) -> Result<Vec<Step>> {
    conn.all(&STEPS, store::params! {"paper" => paper}, |r| {
        Ok(Step {
            what: r.get(0)?,
            page: r.get(1)?,
            target: r.get(2)?,
            at: r.get(3)?,
            by: r.get(4)?,
        })
    })
}

/// Files of a tray that are being read, or were refused since `since`.
///
/// # Errors
/// What the engine says.
pub fn scans(conn: &mut Conn, tenant: OrganisationId, since: Time) -> Result<Vec<Scan>> {
    let params = store::params! {"tenant" => tenant, "since" => since};
    conn.all(&SCANS, params, |r| {
        let problem: String = r.get(4)?;
        Ok(Scan {
            id: r.get(0)?,
            name: r.get(1)?,
            refused: Reason::from_code(&problem),
            page: r.get(5)?,
            arrived_at: r.get(7)?,
        })
    })
}

/// What a code of this office stands for, as this viewer may see it.
///
/// # Errors
/// What the engine says.
pub fn target(conn: &mut Conn, tenant: OrganisationId, code: ShortCode) -> Result<Option<String>> {
    let params = store::params! {"tenant" => tenant, "code" => code.plain()};
    conn.opt(&TARGET, params, |r| r.get(0))
}

/// What a code of any of this viewer's offices stands for.
///
/// # Errors
/// What the engine says.
pub fn target_seen(conn: &mut Conn, code: ShortCode) -> Result<Option<String>> {
    conn.opt(&TARGET_SEEN, store::params! {"code" => code.plain()}, |r| {
        r.get(0)
    })
}

/// A paper that this viewer may move, with its tray. The version is the one the viewer saw.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when somebody else was faster.
pub fn editable(
    tx: &mut Tx,
    id: PaperId,
    version: i64,
) -> Result<(Editable<PaperId>, OrganisationId)> {
    let params = store::params! {"id" => id};
    let proof = store::token::editable(tx, &EDITABLE, params)?.ok_or(Error::NotFound)?;
    let (tenant, now): (OrganisationId, i64) =
        tx.one(&EDITABLE, store::params! {"id" => id}, |r| {
            Ok((r.get(2)?, r.get(3)?))
        })?;
    if now == version {
        Ok((proof, tenant))
    } else {
        Err(Error::Conflict("inbox_paper".to_owned()))
    }
}

/// A file as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct NewScan {
    pub(crate) id: ScanId,
    pub(crate) tenant: OrganisationId,
    pub(crate) name: String,
    pub(crate) via: Via,
    pub(crate) bytes: i64,
    pub(crate) hash: String,
    pub(crate) by: Option<AccountId>,
}

fn insert_scan(
    tx: &mut Tx,
    scan: &NewScan,
    blob: Option<BlobId>,
    refusal: Option<Refusal>,
) -> Result<()> {
    let now = tx.now();
    let state = if refusal.is_some() {
        "refused"
    } else {
        "reading"
    };
    let params = store::params! {
        "id" => scan.id, "tenant" => scan.tenant, "name" => scan.name, "via" => scan.via.code(), "bytes" => scan.bytes,
        "hash" => scan.hash, "blob" => blob, "state" => state, "problem" => refusal.map_or("", |r| r.reason.code()),
        "page" => refusal.map_or(0, |r| r.page as i64), "now" => now, "by" => scan.by,
    };
    tx.exec(&ADD_SCAN, params).map(drop)
}

pub(crate) fn add_scan(tx: &mut Tx, scan: &NewScan, blob: BlobId) -> Result<()> {
    insert_scan(tx, scan, Some(blob), None)
}

pub(crate) fn add_refused(tx: &mut Tx, scan: &NewScan, refusal: Refusal) -> Result<()> {
    insert_scan(tx, scan, None, Some(refusal))
}

/// Whether the same bytes lie in this tray already.
pub(crate) fn known(tx: &mut Tx, tenant: OrganisationId, hash: &str) -> Result<bool> {
    let params = store::params! {"tenant" => tenant, "hash" => hash};
    Ok(tx.opt(&KNOWN, params, |r| r.get::<ScanId>(0))?.is_some())
}

pub(crate) fn scan_to_read(
    conn: &mut Conn,
    id: ScanId,
) -> Result<Option<(OrganisationId, BlobId)>> {
    conn.opt(&SCAN_TO_READ, store::params! {"id" => id}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

pub(crate) fn refuse(tx: &mut Tx, id: ScanId, refusal: Refusal) -> Result<()> {
    let params = store::params! {
        "id" => id, "problem" => refusal.reason.code(), "page" => refusal.page as i64,
    };
    tx.exec(&REFUSE, params).map(drop)
}

pub(crate) fn scan_read(tx: &mut Tx, id: ScanId, pages: i64) -> Result<()> {
    tx.exec(&SCAN_READ, store::params! {"id" => id, "pages" => pages})
        .map(drop)
}

pub(crate) fn target_of(
    tx: &mut Tx,
    tenant: OrganisationId,
    code: ShortCode,
) -> Result<Option<String>> {
    let params = store::params! {"tenant" => tenant, "code" => code.plain()};
    tx.opt(&TARGET_OF, params, |r| r.get(0))
}

/// A paper as it arrives.
pub(crate) struct NewPaper {
    pub(crate) id: PaperId,
    pub(crate) tenant: OrganisationId,
    pub(crate) scan: ScanId,
    pub(crate) aside: bool,
    pub(crate) code: String,
}

/// What is put aside is kept so long, in case it was put aside by mistake.
pub(crate) const ASIDE_DAYS: i64 = 30;

pub(crate) fn add_paper(tx: &mut Tx, new: &NewPaper) -> Result<()> {
    let now = tx.now();
    let dispose_at = new.aside.then(|| now.plus_days(ASIDE_DAYS));
    let state = if new.aside {
        State::Aside
    } else {
        State::Waiting
    };
    let params = store::params! {
        "id" => new.id, "tenant" => new.tenant, "scan" => new.scan, "state" => state.code(), "code" => new.code,
        "now" => now, "dispose_at" => dispose_at,
    };
    tx.exec(&ADD_PAPER, params).map(drop)
}

/// A page as it arrives.
pub(crate) struct NewPage {
    pub(crate) id: PageId,
    pub(crate) tenant: OrganisationId,
    pub(crate) paper: PaperId,
    pub(crate) place: i64,
    pub(crate) number: i64,
    pub(crate) blob: BlobId,
    pub(crate) width: i64,
    pub(crate) height: i64,
    pub(crate) reading: &'static str,
}

pub(crate) fn add_page(tx: &mut Tx, new: &NewPage) -> Result<()> {
    let params = store::params! {
        "id" => new.id, "tenant" => new.tenant, "paper" => new.paper, "place" => new.place, "number" => new.number,
        "blob" => new.blob, "width" => new.width, "height" => new.height, "reading" => new.reading,
    };
    tx.exec(&ADD_PAGE, params).map(drop)
}

/// A step of the program or of a person.
pub(crate) struct NewStep<'a> {
    pub(crate) id: StepId,
    pub(crate) tenant: OrganisationId,
    pub(crate) paper: PaperId,
    pub(crate) what: &'static str,
    pub(crate) page: i64,
    pub(crate) target: Option<&'a str>,
    pub(crate) by: Option<AccountId>,
}

pub(crate) fn add_step(tx: &mut Tx, step: &NewStep<'_>) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => step.id, "tenant" => step.tenant, "paper" => step.paper, "what" => step.what, "page" => step.page,
        "target" => step.target, "now" => now, "by" => step.by,
    };
    tx.exec(&ADD_STEP, params).map(drop)
}

/// Lays a paper at a record; its pictures are kept for `days`. The caller holds the token or is the program.
pub(crate) fn file(
    tx: &mut Tx,
    paper: PaperId,
    target: &str,
    how: &'static str,
    by: Option<AccountId>,
    days: i64,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => paper, "target" => target, "how" => how, "now" => now, "by" => by, "dispose_at" => now.plus_days(days),
    };
    tx.exec(&FILE, params).map(drop)
}

/// Takes a paper back into the tray, or puts it aside.
pub(crate) fn unfile(
    tx: &mut Tx,
    paper: &Editable<PaperId>,
    state: State,
    by: AccountId,
) -> Result<()> {
    let now = tx.now();
    let dispose_at = (state == State::Aside).then(|| now.plus_days(ASIDE_DAYS));
    let params = store::params! {
        "id" => paper.id(), "state" => state.code(), "now" => now, "by" => by, "dispose_at" => dispose_at,
    };
    tx.exec(&UNFILE, params).map(drop)
}

/// Turns a page by a quarter, clockwise. False when the page is not of this paper.
pub(crate) fn turn(tx: &mut Tx, paper: &Editable<PaperId>, page: PageId) -> Result<bool> {
    let params = store::params! {"id" => page, "paper" => paper.id()};
    let turned = tx.exec(&TURN, params)? == 1;
    touch(tx, paper)?;
    Ok(turned)
}

fn touch(tx: &mut Tx, paper: &Editable<PaperId>) -> Result<()> {
    tx.exec(&TOUCH, store::params! {"id" => paper.id()})
        .map(drop)
}

/// Moves the pages from place `from` on to another paper, where they come first. Says how many.
pub(crate) fn move_from(
    tx: &mut Tx,
    paper: &Editable<PaperId>,
    from: i64,
    to: PaperId,
) -> Result<u64> {
    touch(tx, paper)?;
    let params = store::params! {"paper" => paper.id(), "from" => from, "to" => to};
    tx.exec(&MOVE_FROM, params)
}

/// Moves all pages behind those of another paper.
pub(crate) fn move_all(
    tx: &mut Tx,
    paper: &Editable<PaperId>,
    to: &Editable<PaperId>,
) -> Result<u64> {
    let after: i64 = tx.one(&NEXT_PLACE, store::params! {"paper" => to.id()}, |r| {
        r.get(0)
    })?;
    touch(tx, to)?;
    let params = store::params! {"paper" => paper.id(), "to" => to.id(), "after" => after};
    tx.exec(&MOVE_ALL, params)
}

/// A paper whose pages all went to another one is no paper any more.
pub(crate) fn emptied(tx: &mut Tx, paper: &Editable<PaperId>) -> Result<()> {
    tx.exec(&GONE, store::params! {"id" => paper.id()})
        .map(drop)
}

/// Papers whose time is over.
pub(crate) fn due(tx: &mut Tx) -> Result<Vec<(PaperId, OrganisationId, ScanId)>> {
    let now = tx.now();
    tx.all(&DUE, store::params! {"now" => now}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?))
    })
}

/// Destroys the keys of a paper's pictures, and of its file when that was the last paper of it.
pub(crate) fn dispose(tx: &mut Tx, paper: PaperId, scan: ScanId) -> Result<()> {
    let mut blobs: Vec<BlobId> =
        tx.all(&BLOBS_OF, store::params! {"paper" => paper}, |r| r.get(0))?;
    tx.exec(&CLEAR_PAGES, store::params! {"paper" => paper})?;
    tx.exec(&GONE, store::params! {"id" => paper})?;
    let whole: Option<BlobId> =
        tx.opt(&SCAN_DONE, store::params! {"scan" => scan}, |r| r.get(0))?;
    if whole.is_some() {
        tx.exec(&CLEAR_SCAN, store::params! {"scan" => scan})?;
        blobs.extend(whole);
    }
    for blob in blobs {
        store::blobs::destroy(tx, blob)?;
    }
    Ok(())
}
