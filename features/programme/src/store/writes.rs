//! Everything that changes rows of entries, and what writes read past the views after their token was taken.

use kernel::{AccountId, Date, OrganisationId, Time, Uuid};
use store::{Conn, Level, Result, Tx};

use crate::model::{EntryId, HistoryId, Kind, NewSource, Range, SourceId};

store::statements! {
    pub LEVEL = "SELECT a.level FROM access a WHERE a.account = :account AND a.subject = :subject AND a.until > :now";
    pub ADD = "INSERT INTO entry (id, tenant, kind, title, body, status, reach, open, waits, fiscal_year, items, item_mask, scenes,
        scene_mask, tags, refs, municipalities, approved, districts, open_districts, goal, folded, sources, origin,
        needs_rewrite, rewritten_by, fictional, seed, withdrawn_at, withdrawn_reason, version, created_at, updated_at)
        VALUES (:id, :tenant, :kind, :title, :body, :status, :reach, 0, 0, :fiscal_year, :items, :item_mask, :scenes,
        :scene_mask, :tags, :refs, '', '', '', '', :goal, :folded, 0, :origin, :needs_rewrite, NULL, :fictional, :seed,
        NULL, NULL, 1, :now, :now)";
    pub EDIT = "UPDATE entry SET kind = :kind, title = :title, body = :body, status = :status, fiscal_year = :fiscal_year,
        items = :items, item_mask = :item_mask, scenes = :scenes, scene_mask = :scene_mask, tags = :tags, refs = :refs,
        goal = :goal, folded = :folded, needs_rewrite = :needs_rewrite, rewritten_by = :rewritten_by,
        version = version + 1, updated_at = :now WHERE id = :id AND version = :seen";
    pub SET_STATUS = "UPDATE entry SET status = :status, version = version + 1, updated_at = :now WHERE id = :id";
    pub SET_RANGE = "UPDATE entry SET reach = :reach, version = version + 1, updated_at = :now
        WHERE id = :id AND version = :seen";
    pub SET_REWRITE = "UPDATE entry SET needs_rewrite = :needs, version = version + 1, updated_at = :now
        WHERE id = :id AND version = :seen";
    pub WITHDRAW = "UPDATE entry SET status = 'withdrawn', withdrawn_at = :at, withdrawn_reason = :reason,
        version = version + 1, updated_at = :now WHERE id = :id AND version = :seen";
    pub RESTORE = "UPDATE entry SET status = :status, withdrawn_at = NULL, withdrawn_reason = NULL,
        version = version + 1, updated_at = :now WHERE id = :id AND version = :seen";
    pub TOUCH = "UPDATE entry SET version = version + 1, updated_at = :now WHERE id = :id";
    pub STANDING = "SELECT tenant, kind, status, reach, open, version, needs_rewrite, title, body, origin, withdrawn_at
        FROM entry WHERE id = :id";
    pub DERIVED = "UPDATE entry SET municipalities = :municipalities, approved = :approved, districts = :districts,
        open_districts = :open_districts, open = :open, waits = :waits, sources = (SELECT COUNT(*) FROM source s WHERE s.entry = :id)
        WHERE id = :id";
    pub BY_SEED = "SELECT id FROM entry WHERE seed = :seed";

    pub PARTS = "SELECT municipality, organisation, approved_at, withdrawn_on, version FROM entry_municipality
        WHERE entry = :entry ORDER BY sort";
    pub ADD_PART = "INSERT INTO entry_municipality (entry, municipality, tenant, organisation, sort, wording, status, approved_at,
        approved_by, approved_name, withdrawn_on, version) VALUES (:entry, :municipality, :tenant, :organisation, :sort, '',
        NULL, :approved_at, NULL, :approved_name, NULL, 1)";
    pub DROP_PART = "DELETE FROM entry_municipality WHERE entry = :entry AND municipality = :municipality";
    pub SORT_PART = "UPDATE entry_municipality SET sort = :sort WHERE entry = :entry AND municipality = :municipality";
    pub APPROVE = "UPDATE entry_municipality SET approved_at = :now, approved_by = :account, approved_name = :name,
        version = version + 1 WHERE entry = :entry AND municipality = :municipality";
    pub DISAPPROVE = "UPDATE entry_municipality SET approved_at = NULL, approved_by = NULL, approved_name = '',
        version = version + 1 WHERE entry = :entry AND municipality = :municipality AND approved_at IS NOT NULL";
    pub DISAPPROVE_ALL = "UPDATE entry_municipality SET approved_at = NULL, approved_by = NULL, approved_name = '',
        version = version + 1 WHERE entry = :entry AND approved_at IS NOT NULL";
    pub SET_PART = "UPDATE entry_municipality SET wording = :wording, status = :status, version = version + 1
        WHERE entry = :entry AND municipality = :municipality AND version = :seen";
    pub STEP_BACK = "UPDATE entry_municipality SET withdrawn_on = :day, version = version + 1
        WHERE entry = :entry AND municipality = :municipality";

    pub READERS = "SELECT organisation FROM entry_reader WHERE entry = :entry";
    pub ADD_READER = "INSERT INTO entry_reader (entry, organisation) VALUES (:entry, :organisation)
        ON CONFLICT (entry, organisation) DO NOTHING";
    pub DROP_READER = "DELETE FROM entry_reader WHERE entry = :entry AND organisation = :organisation";

    pub PARTICIPANTS = "SELECT organisation FROM entry_participant WHERE entry = :entry";
    pub ADD_PARTICIPANT = "INSERT INTO entry_participant (entry, organisation) VALUES (:entry, :organisation)
        ON CONFLICT (entry, organisation) DO NOTHING";
    pub DROP_PARTICIPANTS = "DELETE FROM entry_participant WHERE entry = :entry";

    pub ADD_SOURCE = "INSERT INTO source (id, entry, tenant, organisation, kind, record, record_version, survey, municipality,
        question, paragraph, starts, ends, quote, published, sort, added_at) VALUES (:id, :entry, :tenant, :organisation,
        :kind, :record, :record_version, :survey, :municipality, :question, :paragraph, :starts, :ends, :quote, :published,
        (SELECT COALESCE(MAX(x.sort), 0) + 1 FROM source x WHERE x.entry = :entry), :now)";
    pub DROP_SOURCE = "DELETE FROM source WHERE id = :id AND entry = :entry";
    pub MOVE_SOURCES = "UPDATE source SET entry = :to, tenant = :tenant WHERE entry = :from";
    pub PUBLISH_RECORD = "UPDATE source SET published = :published WHERE record = :record AND published <> :published";
    pub ADD_HISTORY = "INSERT INTO entry_history (id, entry, tenant, organisation, account, action, detail, version, at)
        VALUES (:id, :entry, :tenant, :organisation, :account, :action, :detail, :version, :now)";
    pub BUMP = "UPDATE programme_state SET public_version = public_version + 1, changed_at = :now WHERE id = 1";
}

/// What the account behind a write may do with an organisation's records; nothing for a visitor.
pub(crate) fn level(conn: &mut Conn, organisation: OrganisationId) -> Result<Option<Level>> {
    let Some(account) = conn.viewer().account() else {
        return Ok(None);
    };
    let now = conn.now();
    conn.opt(
        &LEVEL,
        store::params! {"account" => account, "subject" => organisation.uuid(), "now" => now},
        |r| r.get(0),
    )
}

/// The words and marks of an entry, ready for its row.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) status: String,
    pub(crate) fiscal_year: Option<i32>,
    pub(crate) items: String,
    pub(crate) item_mask: i64,
    pub(crate) scenes: String,
    pub(crate) scene_mask: i64,
    pub(crate) tags: String,
    pub(crate) refs: String,
    pub(crate) goal: Option<String>,
    pub(crate) folded: String,
}

/// Everything of a new row that is not [`Texts`].
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) id: EntryId,
    pub(crate) tenant: OrganisationId,
    pub(crate) range: Range,
    pub(crate) origin: String,
    pub(crate) needs_rewrite: bool,
    pub(crate) fictional: bool,
    pub(crate) seed: Option<String>,
}

pub(crate) fn add(tx: &mut Tx, head: &Head, texts: &Texts) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => head.id, "tenant" => head.tenant, "kind" => texts.kind.code(), "title" => texts.title, "body" => texts.body,
        "status" => texts.status, "reach" => head.range.code(), "fiscal_year" => texts.fiscal_year, "items" => texts.items,
        "item_mask" => texts.item_mask, "scenes" => texts.scenes, "scene_mask" => texts.scene_mask, "tags" => texts.tags,
        "refs" => texts.refs, "goal" => texts.goal, "folded" => texts.folded, "origin" => head.origin,
        "needs_rewrite" => head.needs_rewrite, "fictional" => head.fictional, "seed" => head.seed, "now" => now,
    };
    tx.exec(&ADD, params).map(drop)
}

/// Writes the words of an entry; `false` when somebody else was faster.
pub(crate) fn edit(
    tx: &mut Tx,
    id: EntryId,
    seen: i64,
    texts: &Texts,
    (needs_rewrite, rewritten_by): (bool, Option<AccountId>),
) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {
        "id" => id, "seen" => seen, "kind" => texts.kind.code(), "title" => texts.title, "body" => texts.body,
        "status" => texts.status, "fiscal_year" => texts.fiscal_year, "items" => texts.items, "item_mask" => texts.item_mask,
        "scenes" => texts.scenes, "scene_mask" => texts.scene_mask, "tags" => texts.tags, "refs" => texts.refs,
        "goal" => texts.goal, "folded" => texts.folded, "needs_rewrite" => needs_rewrite, "rewritten_by" => rewritten_by,
        "now" => now,
    };
    Ok(tx.exec(&EDIT, params)? == 1)
}

pub(crate) fn set_status(tx: &mut Tx, id: EntryId, status: &str) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &SET_STATUS,
        store::params! {"id" => id, "status" => status, "now" => now},
    )
    .map(drop)
}

pub(crate) fn set_range(tx: &mut Tx, id: EntryId, seen: i64, range: Range) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {"id" => id, "seen" => seen, "reach" => range.code(), "now" => now};
    Ok(tx.exec(&SET_RANGE, params)? == 1)
}

pub(crate) fn set_rewrite(tx: &mut Tx, id: EntryId, seen: i64, needs: bool) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {"id" => id, "seen" => seen, "needs" => needs, "now" => now};
    Ok(tx.exec(&SET_REWRITE, params)? == 1)
}

/// Takes an entry back, with the reason; `None` restores it in a state.
pub(crate) fn withdraw(tx: &mut Tx, id: EntryId, seen: i64, reason: &str) -> Result<bool> {
    let now = tx.now();
    let params =
        store::params! {"id" => id, "seen" => seen, "reason" => reason, "at" => now, "now" => now};
    Ok(tx.exec(&WITHDRAW, params)? == 1)
}

pub(crate) fn restore(tx: &mut Tx, id: EntryId, seen: i64, status: &str) -> Result<bool> {
    let now = tx.now();
    let params = store::params! {"id" => id, "seen" => seen, "status" => status, "now" => now};
    Ok(tx.exec(&RESTORE, params)? == 1)
}

/// Counts a change that touches no word of the entry's own row.
pub(crate) fn touch(tx: &mut Tx, id: EntryId) -> Result<()> {
    let now = tx.now();
    tx.exec(&TOUCH, store::params! {"id" => id, "now" => now})
        .map(drop)
}

/// What a decision about an entry needs to know, read after its token was taken.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) tenant: OrganisationId,
    pub(crate) kind: Kind,
    pub(crate) status: String,
    pub(crate) range: Range,
    pub(crate) open: bool,
    pub(crate) version: i64,
    pub(crate) needs_rewrite: bool,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) origin: String,
    pub(crate) withdrawn: bool,
}

pub(crate) fn standing(tx: &mut Tx, id: EntryId) -> Result<Standing> {
    tx.one(&STANDING, store::params! {"id" => id}, |r| {
        Ok(Standing {
            tenant: r.get(0)?,
            kind: Kind::from_code(&r.get::<String>(1)?).unwrap_or_default(),
            status: r.get(2)?,
            range: Range::from_code(&r.get::<String>(3)?).unwrap_or_default(),
            open: r.get(4)?,
            version: r.get(5)?,
            needs_rewrite: r.get(6)?,
            title: r.get(7)?,
            body: r.get(8)?,
            origin: r.get(9)?,
            withdrawn: r.get::<Option<Time>>(10)?.is_some(),
        })
    })
}

/// The entry that a loader made under this word.
pub(crate) fn by_seed(tx: &mut Tx, seed: &str) -> Result<Option<EntryId>> {
    tx.opt(&BY_SEED, store::params! {"seed" => seed}, |r| r.get(0))
}

/// A named municipality as decisions need it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) municipality: String,
    pub(crate) organisation: Option<OrganisationId>,
    pub(crate) approved: bool,
    pub(crate) withdrawn: bool,
    pub(crate) version: i64,
}

pub(crate) fn parts(tx: &mut Tx, entry: EntryId) -> Result<Vec<Part>> {
    tx.all(&PARTS, store::params! {"entry" => entry}, |r| {
        Ok(Part {
            municipality: r.get(0)?,
            organisation: r.get(1)?,
            approved: r.get::<Option<Time>>(2)?.is_some(),
            withdrawn: r.get::<Option<Date>>(3)?.is_some(),
            version: r.get(4)?,
        })
    })
}

pub(crate) fn add_part(
    tx: &mut Tx,
    (entry, tenant): (EntryId, OrganisationId),
    municipality: &str,
    organisation: Option<OrganisationId>,
    sort: i64,
    approved: Option<&str>,
) -> Result<()> {
    let at = approved.map(|_| tx.now());
    let params = store::params! {
        "entry" => entry, "municipality" => municipality, "tenant" => tenant, "organisation" => organisation,
        "sort" => sort, "approved_at" => at, "approved_name" => approved.unwrap_or_default(),
    };
    tx.exec(&ADD_PART, params).map(drop)
}

pub(crate) fn drop_part(tx: &mut Tx, entry: EntryId, municipality: &str) -> Result<()> {
    tx.exec(
        &DROP_PART,
        store::params! {"entry" => entry, "municipality" => municipality},
    )
    .map(drop)
}

pub(crate) fn sort_part(tx: &mut Tx, entry: EntryId, municipality: &str, sort: i64) -> Result<()> {
    tx.exec(
        &SORT_PART,
        store::params! {"entry" => entry, "municipality" => municipality, "sort" => sort},
    )
    .map(drop)
}

pub(crate) fn approve(tx: &mut Tx, entry: EntryId, municipality: &str, name: &str) -> Result<()> {
    let (now, account) = (tx.now(), tx.viewer().account());
    let params = store::params! {
        "entry" => entry, "municipality" => municipality, "now" => now, "account" => account, "name" => name,
    };
    tx.exec(&APPROVE, params).map(drop)
}

/// Takes an approval back; of all named municipalities when none is given.
pub(crate) fn disapprove(tx: &mut Tx, entry: EntryId, municipality: Option<&str>) -> Result<u64> {
    match municipality {
        Some(code) => tx.exec(
            &DISAPPROVE,
            store::params! {"entry" => entry, "municipality" => code},
        ),
        None => tx.exec(&DISAPPROVE_ALL, store::params! {"entry" => entry}),
    }
}

pub(crate) fn set_part(
    tx: &mut Tx,
    entry: EntryId,
    municipality: &str,
    seen: i64,
    (wording, status): (&str, Option<&str>),
) -> Result<bool> {
    let params = store::params! {
        "entry" => entry, "municipality" => municipality, "seen" => seen, "wording" => wording, "status" => status,
    };
    Ok(tx.exec(&SET_PART, params)? == 1)
}

pub(crate) fn step_back(
    tx: &mut Tx,
    entry: EntryId,
    municipality: &str,
    day: Option<Date>,
) -> Result<()> {
    let params = store::params! {"entry" => entry, "municipality" => municipality, "day" => day};
    tx.exec(&STEP_BACK, params).map(drop)
}

/// Writes what is derived: lists on the row, openness, readers.
pub(crate) fn derive(
    tx: &mut Tx,
    id: EntryId,
    [municipalities, approved, districts, open_districts]: [&str; 4],
    (open, waits): (bool, bool),
    readers: &[OrganisationId],
) -> Result<()> {
    let params = store::params! {
        "id" => id, "municipalities" => municipalities, "approved" => approved, "districts" => districts,
        "open_districts" => open_districts, "open" => open, "waits" => waits,
    };
    tx.exec(&DERIVED, params)?;
    let old: Vec<OrganisationId> =
        tx.all(&READERS, store::params! {"entry" => id}, |r| r.get(0))?;
    for organisation in old.iter().filter(|o| !readers.contains(o)) {
        tx.exec(
            &DROP_READER,
            store::params! {"entry" => id, "organisation" => *organisation},
        )?;
    }
    for organisation in readers.iter().filter(|o| !old.contains(o)) {
        tx.exec(
            &ADD_READER,
            store::params! {"entry" => id, "organisation" => *organisation},
        )?;
    }
    Ok(())
}

/// The organisations invited to take part, whatever the range is.
pub(crate) fn participants(tx: &mut Tx, entry: EntryId) -> Result<Vec<OrganisationId>> {
    tx.all(&PARTICIPANTS, store::params! {"entry" => entry}, |r| {
        r.get(0)
    })
}

/// Makes these the whole of the participants.
pub(crate) fn set_participants(
    tx: &mut Tx,
    entry: EntryId,
    organisations: &[OrganisationId],
) -> Result<()> {
    tx.exec(&DROP_PARTICIPANTS, store::params! {"entry" => entry})?;
    for organisation in organisations {
        tx.exec(
            &ADD_PARTICIPANT,
            store::params! {"entry" => entry, "organisation" => *organisation},
        )?;
    }
    Ok(())
}

pub(crate) fn add_source(
    tx: &mut Tx,
    id: SourceId,
    (entry, tenant): (EntryId, OrganisationId),
    organisation: Option<OrganisationId>,
    new: &NewSource,
) -> Result<()> {
    let now = tx.now();
    let params = store::params! {
        "id" => id, "entry" => entry, "tenant" => tenant, "organisation" => organisation, "kind" => new.kind,
        "record" => new.record, "record_version" => new.record_version, "survey" => new.survey,
        "municipality" => new.municipality, "question" => new.question, "paragraph" => new.paragraph,
        "starts" => new.start, "ends" => new.end, "quote" => new.quote, "published" => new.published, "now" => now,
    };
    tx.exec(&ADD_SOURCE, params).map(drop)
}

pub(crate) fn drop_source(tx: &mut Tx, entry: EntryId, id: SourceId) -> Result<bool> {
    Ok(tx.exec(&DROP_SOURCE, store::params! {"id" => id, "entry" => entry})? == 1)
}

pub(crate) fn move_sources(
    tx: &mut Tx,
    from: EntryId,
    to: EntryId,
    tenant: OrganisationId,
) -> Result<()> {
    tx.exec(
        &MOVE_SOURCES,
        store::params! {"from" => from, "to" => to, "tenant" => tenant},
    )
    .map(drop)
}

pub(crate) fn publish_record(tx: &mut Tx, record: Uuid, published: bool) -> Result<u64> {
    tx.exec(
        &PUBLISH_RECORD,
        store::params! {"record" => record, "published" => published},
    )
}

/// Adds a line to an entry's history. The actor comes from the viewer.
pub(crate) fn add_history(
    tx: &mut Tx,
    id: HistoryId,
    (entry, tenant, version): (EntryId, OrganisationId, i64),
    action: &str,
    detail: &str,
) -> Result<()> {
    let now = tx.now();
    let account = tx.viewer().account();
    let organisation = tx.viewer().acting_for().or(tx.viewer().organisation());
    let params = store::params! {
        "id" => id, "entry" => entry, "tenant" => tenant, "organisation" => organisation, "account" => account,
        "action" => action, "detail" => detail, "version" => version, "now" => now,
    };
    tx.exec(&ADD_HISTORY, params).map(drop)
}

/// What the public sees has changed.
pub(crate) fn bump(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    tx.exec(&BUMP, store::params! {"now" => now}).map(drop)
}

/// Words in a row, with a space on both sides of each, so that a filter finds whole words only.
pub(crate) fn padded(list: &[String]) -> String {
    if list.is_empty() {
        return String::new();
    }
    format!(" {} ", list.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padded_lists_read_back() {
        let list = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(crate::store::rows::words(&padded(&list)), list);
        assert_eq!(padded(&[]), "");
    }
}
