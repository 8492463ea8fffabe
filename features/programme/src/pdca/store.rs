//! Every statement about countermeasures, comments, files and each municipality's standing.

use kernel::{Date, OrganisationId, Time, Uuid};
use store::{Conn, Editable, Level, Result, Row, Tx};

use crate::handoff::model::{HandoffId, HandoffState};

use super::model::{CommentId, FileId, MeasureId, MeasureState, Plan, Rating};
use crate::model::{EntryId, Range};

macro_rules! measure_select {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.entry, m.tenant, m.fiscal_year, m.plan, m.due_on, m.state, m.rating, m.reach, m.copied_from, ",
            "m.entered_by, m.frozen_at, m.version, m.updated_at, e.title, e.scenes, e.fictional ",
            "FROM visible_measure m LEFT JOIN visible_entry e ON e.id = m.entry ",
            $rest
        )
    };
}

store::statements! {
    pub HEAD = "SELECT id, title FROM visible_entry WHERE id = :id";
    pub OF_ENTRY = measure_select!("WHERE m.entry = :entry ORDER BY m.fiscal_year DESC, m.tenant, m.id LIMIT 200");
    pub ONE = measure_select!("WHERE m.id = :id");
    pub OF_YEAR = measure_select!("WHERE m.tenant = :tenant AND m.fiscal_year = :year ORDER BY m.entry, m.id LIMIT 2000");
    pub YEARS = "SELECT m.fiscal_year, COUNT(*) FROM visible_measure m WHERE m.tenant = :tenant GROUP BY m.fiscal_year
        ORDER BY m.fiscal_year DESC";
    pub LATE = "SELECT m.id, m.due_on, e.title FROM visible_measure m LEFT JOIN visible_entry e ON e.id = m.entry
        WHERE m.tenant = :tenant AND m.state IN ('planned', 'running') AND m.frozen_at IS NULL AND m.due_on <= :until
        ORDER BY m.due_on, m.id LIMIT 20";
    pub EDITABLE = "SELECT m.id, m.level FROM visible_measure m WHERE m.id = :id AND m.tenant = :tenant";
    pub ADD = "INSERT INTO measure (id, entry, tenant, fiscal_year, plan, due_on, state, rating, reach, copied_from, entered_by,
        frozen_at, version, created_at, updated_at) VALUES (:id, :entry, :tenant, :year, :plan, :due, :state, :rating, 'internal',
        :copied_from, :entered_by, NULL, 1, :now, :now)";
    pub SAVE = "UPDATE measure SET plan = :plan, due_on = :due, state = :state, rating = :rating, entered_by = :entered_by,
        updated_at = :now, version = version + 1 WHERE id = :id AND version = :seen
        AND (frozen_at IS NULL OR :correction = 1)";
    pub REACH = "UPDATE measure SET reach = :reach, updated_at = :now, version = version + 1 WHERE id = :id AND version = :seen";
    pub ADD_VERSION = "INSERT INTO measure_version (measure, version, tenant, plan, state, reason, after_close, by_name, saved_at)
        VALUES (:measure, :version, :tenant, :plan, :state, :reason, :after, :by, :now)";
    pub VERSIONS = "SELECT version, plan, state, reason, after_close, by_name, saved_at FROM visible_measure_version
        WHERE measure = :measure ORDER BY version DESC LIMIT 100";
    pub FREEZE = "UPDATE measure SET frozen_at = :now WHERE tenant = :tenant AND fiscal_year = :year AND frozen_at IS NULL";

    pub BESIDE = "SELECT 'comment' AS what, c.id, c.tenant, c.body, c.reach, c.by_name, c.version, COALESCE(c.withdrawn_at, 0),
          c.at, c.level, '' AS due_on, '' AS moved_on
        FROM visible_entry_comment c WHERE c.entry = :entry
        UNION ALL
        SELECT 'file', f.id, f.tenant, f.name, '', f.by_name, f.size, 0, f.at, f.level, '', ''
        FROM visible_entry_file f WHERE f.entry = :entry
        UNION ALL
        SELECT 'handoff', h.id, h.tenant, h.title, h.state, h.receiver_name, h.version, 0, h.sent_at, h.level, h.due_on, h.moved_on
        FROM visible_handoff h WHERE h.entry = :entry
        ORDER BY 9, 2 LIMIT 600";
    pub COMMENT_EDITABLE = "SELECT c.id, c.level FROM visible_entry_comment c WHERE c.id = :id AND c.tenant = :tenant";
    pub COMMENT_ENTRY = "SELECT c.entry FROM visible_entry_comment c WHERE c.id = :id";
    pub ADD_COMMENT = "INSERT INTO entry_comment (id, entry, tenant, body, reach, by_name, withdrawn_at, version, at)
        VALUES (:id, :entry, :tenant, :body, 'internal', :by, NULL, 1, :now)";
    pub COMMENT_REACH = "UPDATE entry_comment SET reach = :reach, version = version + 1 WHERE id = :id AND version = :seen
        AND withdrawn_at IS NULL";
    pub COMMENT_WITHDRAW = "UPDATE entry_comment SET withdrawn_at = :now, version = version + 1 WHERE id = :id AND version = :seen
        AND withdrawn_at IS NULL";

    pub FILE = "SELECT f.stored, f.name FROM visible_entry_file f WHERE f.id = :id";
    pub FILE_EDITABLE = "SELECT f.id, f.level FROM visible_entry_file f WHERE f.id = :id AND f.tenant = :tenant";
    pub FILE_ENTRY = "SELECT f.entry, f.stored FROM visible_entry_file f WHERE f.id = :id";
    pub ADD_FILE = "INSERT INTO entry_file (id, entry, tenant, stored, name, mime, size, by_name, at)
        VALUES (:id, :entry, :tenant, :stored, :name, :mime, :size, :by, :now)";
    pub DROP_FILE = "DELETE FROM entry_file WHERE id = :id";
}

/// What other records need to know of the entry they belong to.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) title: String,
}

/// A countermeasure as a viewer sees it.
#[derive(Clone, Debug)]
pub(crate) struct Measure {
    pub(crate) id: MeasureId,
    pub(crate) entry: EntryId,
    pub(crate) tenant: OrganisationId,
    pub(crate) year: i32,
    pub(crate) plan: Plan,
    pub(crate) due: Option<Date>,
    pub(crate) state: MeasureState,
    pub(crate) rating: Option<Rating>,
    pub(crate) reach: Range,
    pub(crate) copied_from: Option<Uuid>,
    pub(crate) on_behalf: bool,
    pub(crate) frozen_at: Option<Time>,
    pub(crate) version: i64,
    pub(crate) updated_at: Time,
    office: String,
    office_en: String,
    pub(crate) title: String,
    pub(crate) scenes: String,
    pub(crate) fictional: bool,
}

impl Measure {
    /// The office's name in a language.
    pub(crate) fn office(&self, lang: kernel::Lang) -> &str {
        lang.pick(&self.office, &self.office_en)
    }
}

fn measure_row(row: &Row<'_>) -> Result<Measure> {
    let plan: String = row.get(4)?;
    let reach: String = row.get(8)?;
    Ok(Measure {
        id: row.get(0)?,
        entry: row.get(1)?,
        tenant: row.get(2)?,
        year: row.get(3)?,
        plan: read_plan(&plan),
        due: row.get(5)?,
        state: row.get(6)?,
        rating: row.get(7)?,
        reach: Range::from_code(&reach).unwrap_or_default(),
        copied_from: row.get(9)?,
        on_behalf: row.get::<Option<Uuid>>(10)?.is_some(),
        frozen_at: row.get(11)?,
        version: row.get(12)?,
        updated_at: row.get(13)?,
        office: String::new(),
        office_en: String::new(),
        title: row.get::<Option<String>>(14)?.unwrap_or_default(),
        scenes: row.get::<Option<String>>(15)?.unwrap_or_default(),
        fictional: row.get::<Option<bool>>(16)?.unwrap_or_default(),
    })
}

/// The stored text of a plan; fields that an older program did not know are empty.
pub(crate) fn read_plan(text: &str) -> Plan {
    serde_json::from_str(text).unwrap_or_default()
}

/// A plan as it is stored.
pub(crate) fn write_plan(plan: &Plan) -> String {
    serde_json::to_string(plan).unwrap_or_else(|_| "{}".to_owned())
}

/// The entry, when this viewer sees it.
pub(crate) fn head(conn: &mut Conn, id: EntryId) -> Result<Option<Head>> {
    conn.opt(&HEAD, store::params! {"id" => id}, |row| {
        Ok(Head { title: row.get(1)? })
    })
}

/// Gives countermeasures the names of their offices; one statement for any number of them.
pub(crate) fn name_offices(conn: &mut Conn, list: &mut [Measure]) -> Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    let known = areas::store::organisations(conn)?;
    for one in list {
        if let Some(office) = known.iter().find(|office| office.id == one.tenant) {
            one.office.clone_from(&office.name);
            one.office_en.clone_from(&office.name_en);
        }
    }
    Ok(())
}

pub(crate) fn of_entry(conn: &mut Conn, entry: EntryId) -> Result<Vec<Measure>> {
    conn.all(&OF_ENTRY, store::params! {"entry" => entry}, measure_row)
}

pub(crate) fn one(conn: &mut Conn, id: MeasureId) -> Result<Option<Measure>> {
    conn.opt(&ONE, store::params! {"id" => id}, measure_row)
}

/// All of an office in a fiscal year.
pub(crate) fn of_year(conn: &mut Conn, tenant: OrganisationId, year: i32) -> Result<Vec<Measure>> {
    conn.all(
        &OF_YEAR,
        store::params! {"tenant" => tenant, "year" => year},
        measure_row,
    )
}

/// The fiscal years in which an office has countermeasures, newest first, with how many.
pub(crate) fn years(conn: &mut Conn, tenant: OrganisationId) -> Result<Vec<(i32, i64)>> {
    conn.all(&YEARS, store::params! {"tenant" => tenant}, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Open countermeasures of an office whose day is at hand or past: id, day, title of the entry.
pub(crate) fn due_until(
    conn: &mut Conn,
    tenant: OrganisationId,
    until: Date,
) -> Result<Vec<(MeasureId, Date, String)>> {
    conn.all(
        &LATE,
        store::params! {"tenant" => tenant, "until" => until},
        |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get::<Option<String>>(2)?.unwrap_or_default(),
            ))
        },
    )
}

/// Proof that this office may change a countermeasure.
pub(crate) fn editable(
    conn: &mut Conn,
    id: MeasureId,
    tenant: OrganisationId,
) -> Result<Option<Editable<MeasureId>>> {
    store::token::editable(
        conn,
        &EDITABLE,
        store::params! {"id" => id, "tenant" => tenant},
    )
}

/// A countermeasure to be written.
pub(crate) struct Writing<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) state: MeasureState,
    pub(crate) entered_by: Option<OrganisationId>,
    pub(crate) now: Time,
}

impl Writing<'_> {
    fn due(&self) -> Option<Date> {
        self.plan.due.as_ref().and_then(|day| day.parse().ok())
    }

    fn rating(&self) -> Option<Rating> {
        self.plan.check.rating
    }
}

pub(crate) fn add(
    tx: &mut Tx,
    id: MeasureId,
    (entry, tenant, year): (EntryId, OrganisationId, i32),
    copied_from: Option<MeasureId>,
    what: &Writing<'_>,
) -> Result<()> {
    let params = store::params! {
        "id" => id, "entry" => entry, "tenant" => tenant, "year" => year, "plan" => write_plan(what.plan), "due" => what.due(),
        "state" => what.state, "rating" => what.rating(), "copied_from" => copied_from, "entered_by" => what.entered_by,
        "now" => what.now,
    };
    tx.exec(&ADD, params).map(drop)
}

/// False when somebody else was faster, or the year is closed and this is no correction.
pub(crate) fn save(
    tx: &mut Tx,
    id: Editable<MeasureId>,
    seen: i64,
    correction: bool,
    what: &Writing<'_>,
) -> Result<bool> {
    let params = store::params! {
        "id" => id.id(), "seen" => seen, "plan" => write_plan(what.plan), "due" => what.due(), "state" => what.state,
        "rating" => what.rating(), "entered_by" => what.entered_by, "now" => what.now, "correction" => correction,
    };
    Ok(tx.exec(&SAVE, params)? == 1)
}

pub(crate) fn set_reach(
    tx: &mut Tx,
    id: Editable<MeasureId>,
    seen: i64,
    reach: Range,
) -> Result<bool> {
    let now = tx.now();
    let params =
        store::params! {"id" => id.id(), "seen" => seen, "reach" => reach.code(), "now" => now};
    Ok(tx.exec(&REACH, params)? == 1)
}

/// A saved text of a countermeasure.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) version: i64,
    pub(crate) plan: Plan,
    pub(crate) state: MeasureState,
    pub(crate) reason: String,
    pub(crate) after_close: bool,
    pub(crate) by: String,
    pub(crate) saved_at: Time,
}

pub(crate) fn add_version(
    tx: &mut Tx,
    measure: MeasureId,
    tenant: OrganisationId,
    what: &Version,
) -> Result<()> {
    let params = store::params! {
        "measure" => measure, "version" => what.version, "tenant" => tenant, "plan" => write_plan(&what.plan),
        "state" => what.state, "reason" => what.reason, "after" => what.after_close, "by" => what.by, "now" => what.saved_at,
    };
    tx.exec(&ADD_VERSION, params).map(drop)
}

/// Newest first.
pub(crate) fn versions(conn: &mut Conn, measure: MeasureId) -> Result<Vec<Version>> {
    conn.all(&VERSIONS, store::params! {"measure" => measure}, |row| {
        let plan: String = row.get(1)?;
        Ok(Version {
            version: row.get(0)?,
            plan: read_plan(&plan),
            state: row.get(2)?,
            reason: row.get(3)?,
            after_close: row.get(4)?,
            by: row.get(5)?,
            saved_at: row.get(6)?,
        })
    })
}

/// Closes all countermeasures of an office in a year; how many.
pub(crate) fn freeze(tx: &mut Tx, tenant: OrganisationId, year: i32) -> Result<i64> {
    let now = tx.now();
    let count = tx.exec(
        &FREEZE,
        store::params! {"tenant" => tenant, "year" => year, "now" => now},
    )?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A comment as a viewer sees it.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) id: CommentId,
    pub(crate) tenant: OrganisationId,
    pub(crate) body: String,
    pub(crate) reach: Range,
    pub(crate) by: String,
    pub(crate) withdrawn: bool,
    pub(crate) version: i64,
    pub(crate) at: Time,
    pub(crate) level: Level,
}

/// A hand-off as the entry's page lists it.
#[derive(Clone, Debug)]
pub(crate) struct Handed {
    pub(crate) id: HandoffId,
    pub(crate) title: String,
    pub(crate) state: HandoffState,
    pub(crate) receiver_name: String,
    pub(crate) due: Date,
    pub(crate) moved: Date,
}

/// What lies beside an entry, as far as the viewer sees it: comments, files, hand-offs; one statement, because the page has
/// many parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) comments: Vec<Comment>,
    pub(crate) files: Vec<File>,
    pub(crate) handoffs: Vec<Handed>,
}

pub(crate) fn beside(conn: &mut Conn, entry: EntryId) -> Result<Beside> {
    let mut all = Beside::default();
    conn.each(&BESIDE, store::params! {"entry" => entry}, |row| {
        let what: String = row.get(0)?;
        let tenant: OrganisationId = row.get(2)?;
        let (text, state, by): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let (number, withdrawn): (i64, i64) = (row.get(6)?, row.get(7)?);
        let at: Time = row.get(8)?;
        match what.as_str() {
            "comment" => all.comments.push(Comment {
                id: row.get(1)?,
                tenant,
                body: text,
                reach: Range::from_code(&state).unwrap_or_default(),
                by,
                withdrawn: withdrawn != 0,
                version: number,
                at,
                level: row.get(9)?,
            }),
            "file" => all.files.push(File {
                id: row.get(1)?,
                name: text,
                size: number,
                by,
                at,
                tenant,
                level: row.get(9)?,
            }),
            _ => all.handoffs.push(Handed {
                id: row.get(1)?,
                title: text,
                state: HandoffState::from_code(&state).unwrap_or(HandoffState::Sent),
                receiver_name: by,
                due: row.get(10)?,
                moved: row.get(11)?,
            }),
        }
        Ok(())
    })?;
    Ok(all)
}

pub(crate) fn comment_editable(
    conn: &mut Conn,
    id: CommentId,
    tenant: OrganisationId,
) -> Result<Option<(Editable<CommentId>, EntryId)>> {
    let Some(token) = store::token::editable(
        conn,
        &COMMENT_EDITABLE,
        store::params! {"id" => id, "tenant" => tenant},
    )?
    else {
        return Ok(None);
    };
    let entry = conn.one(&COMMENT_ENTRY, store::params! {"id" => id}, |row| {
        row.get(0)
    })?;
    Ok(Some((token, entry)))
}

pub(crate) fn add_comment(
    tx: &mut Tx,
    id: CommentId,
    entry: EntryId,
    who: &super::who::Actor,
    body: &str,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => id, "entry" => entry, "tenant" => who.tenant, "body" => body, "by" => who.by, "now" => now,
    };
    tx.exec(&ADD_COMMENT, params).map(drop)
}

/// Widens or narrows a comment; `None` withdraws it.
pub(crate) fn change_comment(
    tx: &mut Tx,
    id: Editable<CommentId>,
    seen: i64,
    reach: Option<Range>,
) -> Result<bool> {
    let now = tx.now();
    let count = match reach {
        Some(reach) => tx.exec(
            &COMMENT_REACH,
            store::params! {"id" => id.id(), "seen" => seen, "reach" => reach.code()},
        )?,
        None => tx.exec(
            &COMMENT_WITHDRAW,
            store::params! {"id" => id.id(), "seen" => seen, "now" => now},
        )?,
    };
    Ok(count == 1)
}

/// A file beside an entry.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: FileId,
    pub(crate) name: String,
    pub(crate) size: i64,
    pub(crate) by: String,
    pub(crate) at: Time,
    pub(crate) tenant: OrganisationId,
    pub(crate) level: Level,
}

/// Where a file lies, and its name.
pub(crate) fn file(conn: &mut Conn, id: FileId) -> Result<Option<(store::BlobId, String)>> {
    conn.opt(&FILE, store::params! {"id" => id}, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// A file being added.
pub(crate) struct NewFile<'a> {
    pub(crate) id: FileId,
    pub(crate) entry: EntryId,
    pub(crate) stored: store::BlobId,
    pub(crate) name: &'a str,
    pub(crate) mime: &'a str,
    pub(crate) size: i64,
}

pub(crate) fn add_file(tx: &mut Tx, who: &super::who::Actor, new: &NewFile<'_>) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => new.id, "entry" => new.entry, "tenant" => who.tenant, "stored" => new.stored, "name" => new.name,
        "mime" => new.mime, "size" => new.size, "by" => who.by, "now" => now,
    };
    tx.exec(&ADD_FILE, params).map(drop)
}

pub(crate) fn file_editable(
    conn: &mut Conn,
    id: FileId,
    tenant: OrganisationId,
) -> Result<Option<(Editable<FileId>, EntryId, store::BlobId)>> {
    let Some(token) = store::token::editable(
        conn,
        &FILE_EDITABLE,
        store::params! {"id" => id, "tenant" => tenant},
    )?
    else {
        return Ok(None);
    };
    let (entry, stored) = conn.one(&FILE_ENTRY, store::params! {"id" => id}, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(Some((token, entry, stored)))
}

pub(crate) fn drop_file(tx: &mut Tx, id: Editable<FileId>) -> Result<()> {
    tx.exec(&DROP_FILE, store::params! {"id" => id.id()})
        .map(drop)
}
