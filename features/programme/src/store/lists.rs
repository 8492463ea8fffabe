//! Lists: pages by key, filters on the row itself, no counting.

use kernel::{AnyId, Time, Uuid};
use store::{Conn, Result};

use super::{brief_select, open_select, rows::brief_row};
use crate::model::{EntryBrief, EntryId, Kind, item_mask, scene_filter, scene_mask};

macro_rules! filters {
    ($municipalities:literal, $districts:literal, $rest:literal) => {
        concat!(
            "(CAST(:municipality AS TEXT) IS NULL OR ",
            $municipalities,
            " LIKE '%' || CAST(:municipality AS TEXT) || '%')
             AND (CAST(:district AS TEXT) IS NULL OR ",
            $districts,
            " LIKE '% ' || CAST(:district AS TEXT) || ' %')
             AND (CAST(:items AS BIGINT) = 0 OR (e.item_mask & CAST(:items AS BIGINT)) <> 0)
             AND (CAST(:scenes AS BIGINT) = 0 OR (e.scene_mask & CAST(:scenes AS BIGINT)) <> 0)
             AND (CAST(:reach AS TEXT) IS NULL OR e.reach = :reach)
             AND (CAST(:goal AS TEXT) IS NULL OR e.goal = :goal)
             AND (CAST(:under AS TEXT) IS NULL OR e.goal = :under
               OR (e.goal IS NULL AND (e.scene_mask & CAST(:under_scene AS BIGINT)) <> 0))
             AND (CAST(:text AS TEXT) IS NULL OR e.folded LIKE :text ESCAPE '!')
             AND (e.updated_at, e.id) < (:at, :id) ",
            $rest
        )
    };
}

macro_rules! list {
    ($select:ident, $where:literal, $municipalities:literal, $districts:literal) => {
        concat!(
            $select!(""),
            $where,
            filters!(
                $municipalities,
                $districts,
                "ORDER BY e.updated_at DESC, e.id DESC LIMIT :count"
            )
        )
    };
}

store::statements! {
    /// What a signed-in viewer sees.
    pub LIST = list!(
        brief_select,
        "WHERE (CAST(:kind AS TEXT) IS NULL OR e.kind = :kind)
          AND ((CAST(:status AS TEXT) IS NULL AND e.status <> 'withdrawn') OR e.status = :status) AND ",
        "e.municipalities", "e.districts");
    /// What everybody sees: walks the index of open entries.
    pub LIST_OPEN = list!(
        open_select,
        "WHERE e.open = 1 AND (CAST(:kind AS TEXT) IS NULL OR e.kind = :kind)
          AND ((CAST(:status AS TEXT) IS NULL AND e.status <> 'withdrawn') OR e.status = :status) AND ",
        "e.approved", "e.open_districts");
    pub COLUMN = list!(brief_select, "WHERE e.kind = :kind AND e.status = :status AND ", "e.municipalities", "e.districts");
    pub COLUMN_OPEN = list!(open_select, "WHERE e.open = 1 AND e.kind = :kind AND e.status = :status AND ", "e.approved", "e.open_districts");
    pub EACH_OPEN = "SELECT e.id, e.kind, e.title, e.status, e.items, e.scenes, e.refs, e.approved FROM visible_entry e
        WHERE e.open = 1 AND e.id > :after ORDER BY e.id LIMIT :count";
    pub STATE = "SELECT public_version, changed_at FROM programme_state WHERE id = 1";
}

/// Where a page of a list begins: after the entry with this time and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// When it was changed last.
    pub at: Time,
    /// Which.
    pub id: EntryId,
}

impl Key {
    /// Before the first entry.
    #[must_use]
    pub fn first() -> Self {
        Self {
            at: Time(i64::MAX),
            id: EntryId::from_uuid(Uuid::from_u128(u128::MAX)),
        }
    }

    /// After an entry.
    #[must_use]
    pub fn after(entry: &EntryBrief) -> Self {
        Self {
            at: entry.updated_at,
            id: entry.id,
        }
    }
}

/// What a list is narrowed to; the default takes everything that is not withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// One kind.
    pub kind: Option<Kind>,
    /// One state.
    pub status: Option<String>,
    /// 団体コード.
    pub municipality: Option<String>,
    /// Code of a district.
    pub district: Option<String>,
    /// Letter of an item.
    pub item: Option<String>,
    /// A scene; what belongs to none is folded in.
    pub scene: Option<String>,
    /// One range.
    pub range: Option<crate::model::Range>,
    /// Scene of the goal that is blocked.
    pub goal: Option<String>,
    /// What belongs under the goal of a scene: what blocks it, and what names no goal and is of that very scene.
    pub under: Option<String>,
    /// Words in title, body and references.
    pub text: Option<String>,
}

impl Filter {
    fn pattern(&self) -> Option<String> {
        let folded = kernel::text::fold(self.text.as_deref()?);
        if folded.is_empty() {
            return None;
        }
        let mut pattern = String::with_capacity(folded.len() + 2);
        pattern.push('%');
        for c in folded.chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        Some(pattern)
    }
}

/// A page of the list, latest changes first: `open` for what everybody sees, otherwise all that this viewer sees.
///
/// # Errors
/// When the database fails.
pub fn list(
    conn: &mut Conn,
    filter: &Filter,
    open: bool,
    after: Key,
    count: i64,
) -> Result<Vec<EntryBrief>> {
    let stmt = if open { &LIST_OPEN } else { &LIST };
    let (text, items, scenes) = masks(filter);
    let params = store::params! {
        "kind" => filter.kind.map(Kind::code), "status" => filter.status, "municipality" => filter.municipality,
        "district" => filter.district, "items" => items, "scenes" => scenes,
        "reach" => filter.range.map(crate::model::Range::code), "goal" => filter.goal, "under" => filter.under, "under_scene" => under(filter), "text" => text,
        "at" => after.at, "id" => after.id, "count" => count,
    };
    conn.all(stmt, params, brief_row)
}

/// The beginning of a column of the board: entries of one kind in one state.
///
/// # Errors
/// When the database fails.
pub fn board_column(
    conn: &mut Conn,
    filter: &Filter,
    open: bool,
    (kind, status): (Kind, &str),
    count: i64,
) -> Result<Vec<EntryBrief>> {
    let stmt = if open { &COLUMN_OPEN } else { &COLUMN };
    let (text, items, scenes) = masks(filter);
    let after = Key::first();
    let params = store::params! {
        "kind" => kind.code(), "status" => status, "municipality" => filter.municipality,
        "district" => filter.district, "items" => items, "scenes" => scenes,
        "reach" => filter.range.map(crate::model::Range::code), "goal" => filter.goal, "under" => filter.under, "under_scene" => under(filter), "text" => text,
        "at" => after.at, "id" => after.id, "count" => count,
    };
    conn.all(stmt, params, brief_row)
}

fn under(filter: &Filter) -> i64 {
    filter
        .under
        .as_ref()
        .map_or(0, |scene| scene_mask(&[scene]))
}

fn masks(filter: &Filter) -> (Option<String>, i64, i64) {
    (
        filter.pattern(),
        filter
            .item
            .as_ref()
            .map_or(0, |item| item_mask(&[item.as_str()])),
        filter.scene.as_deref().map_or(0, scene_filter),
    )
}

/// An open entry on its way into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEntry {
    /// Which.
    pub id: EntryId,
    /// Kind, as stored.
    pub kind: String,
    /// The paraphrase.
    pub title: String,
    /// State.
    pub status: String,
    /// Letters of items.
    pub items: Vec<String>,
    /// Scenes.
    pub scenes: Vec<String>,
    /// Row IDs.
    pub refs: Vec<String>,
    /// 団体コード of the municipalities that approved.
    pub municipalities: Vec<String>,
}

/// Some open entries in the order of their ids, after one of them.
///
/// # Errors
/// When the database fails.
pub fn each_open(conn: &mut Conn, after: Option<EntryId>, count: i64) -> Result<Vec<OpenEntry>> {
    let after = after.unwrap_or_else(|| AnyId::from_uuid(Uuid::nil()));
    let words = super::rows::words;
    conn.all(
        &EACH_OPEN,
        store::params! {"after" => after, "count" => count},
        |r| {
            Ok(OpenEntry {
                id: r.get(0)?,
                kind: r.get(1)?,
                title: r.get(2)?,
                status: r.get(3)?,
                items: r.get::<String>(4)?.chars().map(String::from).collect(),
                scenes: words(&r.get::<String>(5)?),
                refs: words(&r.get::<String>(6)?),
                municipalities: words(&r.get::<String>(7)?),
            })
        },
    )
}

/// How often what the public sees has changed, and when it did last.
///
/// # Errors
/// When the database fails.
pub(crate) fn public_state(conn: &mut Conn) -> Result<(i64, Time)> {
    conn.one(&STATE, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))
}
