//! What of this room the one search box finds, and for whom: entries, the municipalities' own words, countermeasures,
//! comments, hand-offs, めざすべき姿 and notes. Who may find a text is who may read it through its view; a test compares both.

use std::collections::{HashMap, HashSet};

use kernel::{AnyId, Lang, Uuid};
use search::{Audience, Document, Room, Sheet, Shown, Spot, part_id};
use store::{Conn, Result, Row};

use crate::{
    i18n::tl,
    model::{EntryId, Kind},
    pages::words,
};

/// Everything that may be found: what, record, subject of its changes, part, owner, second office, the entry, scope, name,
/// text, kind, municipalities.
macro_rules! documents {
    ($entry:literal, $part:literal, $measure:literal, $comment:literal, $handoff:literal, $step:literal, $goal:literal, $note:literal) => {
        concat!(
            "SELECT 'entry' AS what, e.id AS id, e.id AS subject, '' AS part, e.tenant AS tenant, e.tenant AS second, e.id AS entry,
               CASE WHEN e.open = 1 THEN 'public' ELSE 'inside' END AS scope, e.title AS name,
               e.body || ' ' || e.refs || ' ' || e.tags AS text, e.kind AS kind,
               CASE WHEN e.open = 1 THEN e.approved ELSE e.municipalities END AS towns
             FROM entry e ", $entry, "
             UNION ALL
             SELECT 'part', m.entry, m.entry, m.municipality, e.tenant, e.tenant, e.id,
               CASE WHEN e.open = 1 AND m.approved_at IS NOT NULL AND m.withdrawn_on IS NULL THEN 'public' ELSE 'inside' END,
               '', m.wording, e.kind, m.municipality
             FROM entry_municipality m JOIN entry e ON e.id = m.entry WHERE m.wording <> '' ", $part, "
             UNION ALL
             SELECT 'measure', m.id, m.entry, '', m.tenant, e.tenant, e.id,
               CASE WHEN m.reach = 'internal' THEN 'own' WHEN m.reach = 'municipalities' THEN 'named'
                 WHEN m.reach = 'public' AND e.open = 1 THEN 'public' ELSE 'inside' END,
               '', m.plan, 'measure', ''
             FROM measure m JOIN entry e ON e.id = m.entry ", $measure, "
             UNION ALL
             SELECT 'comment', c.id, c.entry, '', c.tenant, e.tenant, e.id,
               CASE WHEN c.reach = 'internal' OR c.withdrawn_at IS NOT NULL THEN 'own' WHEN c.reach = 'municipalities' THEN 'named'
                 WHEN c.reach = 'public' AND e.open = 1 THEN 'public' ELSE 'inside' END,
               '', c.body, 'comment', ''
             FROM entry_comment c JOIN entry e ON e.id = c.entry ", $comment, "
             UNION ALL
             SELECT 'handoff', h.id, h.id, '', h.tenant, h.receiver, h.id, 'own', h.title,
               h.body || ' ' || h.code || ' ' || h.receiver_name, 'handoff', ''
             FROM handoff h ", $handoff, "
             UNION ALL
             SELECT 'step', s.id, s.handoff, '', s.tenant, s.receiver, s.handoff, 'own', '', s.body, 'handoff', ''
             FROM handoff_step s WHERE s.body <> '' ", $step, "
             UNION ALL
             SELECT 'goal', g.id, g.tenant, '', g.tenant, g.tenant, g.id,
               CASE WHEN g.published_at IS NULL THEN 'own' ELSE 'public' END, '', g.body, 'goal', ''
             FROM goal g ", $goal, "
             UNION ALL
             SELECT 'note', n.tenant, n.tenant, n.key, n.tenant, n.tenant, n.tenant, 'own', '', n.body, 'note', ''
             FROM duty_note n WHERE n.body <> '' AND n.version = (SELECT MAX(x.version) FROM duty_note x
               WHERE x.tenant = n.tenant AND x.key = n.key) ", $note
        )
    };
}

macro_rules! readers {
    ($where:literal) => {
        concat!(
            "SELECT r.entry, r.organisation, CASE WHEN EXISTS (SELECT 1 FROM entry_municipality n
               WHERE n.entry = r.entry AND n.organisation = r.organisation) THEN 1 ELSE 0 END FROM entry_reader r ",
            $where
        )
    };
}

store::statements! {
    ALL = documents!("", "", "", "", "", "", "", "");
    SOME = documents!(
        "WHERE e.id IN LIST_ID(:ids)", "AND m.entry IN LIST_ID(:ids)", "WHERE m.entry IN LIST_ID(:ids)",
        "WHERE c.entry IN LIST_ID(:ids)", "WHERE h.id IN LIST_ID(:ids)", "AND s.handoff IN LIST_ID(:ids)",
        "WHERE g.tenant IN LIST_ID(:ids)", "AND n.tenant IN LIST_ID(:ids)"
    );
    READERS = readers!("");
    READERS_OF = readers!("WHERE r.entry IN LIST_ID(:ids)");
    /// Hits, through the views: what, record, part, title, text, kind, state, owner's name, where it leads.
    SHOW = "SELECT 'entry' AS what, e.id AS id, '' AS part, e.title AS title, e.body AS text, e.kind AS kind, e.status AS state,
          e.tenant AS tenant, e.id AS leads
        FROM visible_entry e WHERE e.id IN LIST_ID(:entries)
        UNION ALL
        SELECT 'part', m.entry, m.municipality, e.title, m.wording, e.kind, '', m.tenant, e.id
        FROM visible_entry_municipality m JOIN visible_entry e ON e.id = m.entry WHERE m.entry IN LIST_ID(:parts)
        UNION ALL
        SELECT 'measure', m.id, '', e.title, m.plan, 'measure', m.state, m.tenant, m.id
        FROM visible_measure m LEFT JOIN visible_entry e ON e.id = m.entry WHERE m.id IN LIST_ID(:measures)
        UNION ALL
        SELECT 'comment', c.id, '', e.title, c.body, 'comment', '', c.tenant, e.id
        FROM visible_entry_comment c LEFT JOIN visible_entry e ON e.id = c.entry WHERE c.id IN LIST_ID(:comments)
        UNION ALL
        SELECT 'handoff', h.id, '', h.title, h.body, 'handoff', h.state, h.tenant, h.id
        FROM visible_handoff h WHERE h.id IN LIST_ID(:handoffs)
        UNION ALL
        SELECT 'step', s.id, '', h.title, s.body, 'handoff', h.state, h.tenant, h.id
        FROM visible_handoff_step s JOIN visible_handoff h ON h.id = s.handoff WHERE s.id IN LIST_ID(:steps)
        UNION ALL
        SELECT 'goal', g.id, '', g.part, g.body, 'goal', '', g.tenant, g.id FROM visible_goal g WHERE g.id IN LIST_ID(:goals)
        UNION ALL
        SELECT 'note', n.tenant, n.key, n.key, n.body, 'note', '', n.tenant, n.tenant
        FROM visible_duty_note n WHERE n.tenant IN LIST_ID(:notes) AND n.version = (SELECT MAX(x.version) FROM visible_duty_note x
          WHERE x.tenant = n.tenant AND x.key = n.key)";
}

/// What this room gives to the search box.
#[must_use]
pub fn room() -> Room {
    Room {
        name: "programme",
        changes: &[
            "programme.entry",
            "programme.handoff",
            "programme.goals",
            "programme.calendar",
        ],
        read,
        show,
    }
}

/// The kinds of spots of this room.
const WHAT: [&str; 8] = [
    "entry", "part", "measure", "comment", "handoff", "step", "goal", "note",
];

fn what(word: &str) -> Option<&'static str> {
    WHAT.into_iter().find(|known| *known == word)
}

/// Who reads an entry beside its owner, and whether as a named municipality.
type Readers = HashMap<Uuid, Vec<(Uuid, bool)>>;

fn list(ids: impl IntoIterator<Item = Uuid>) -> String {
    let ids: HashSet<Uuid> = ids.into_iter().collect();
    let ids: Vec<EntryId> = ids.into_iter().map(EntryId::from_uuid).collect();
    store::ids(&ids)
}

fn read(conn: &mut Conn, subjects: Option<&[Uuid]>, take: &mut dyn FnMut(Sheet)) -> Result<()> {
    let ids = subjects.map(|subjects| list(subjects.iter().copied()));
    let mut readers = Readers::new();
    let mut add = |row: &Row<'_>| {
        let one = (row.get(1)?, row.get(2)?);
        readers.entry(row.get(0)?).or_default().push(one);
        Ok(())
    };
    match &ids {
        Some(ids) => conn.each(&READERS_OF, store::params! {"ids" => ids}, &mut add)?,
        None => conn.each(&READERS, &[], &mut add)?,
    }
    let mut put = |row: &Row<'_>| {
        if let Some(sheet) = sheet(row, &readers)? {
            take(sheet);
        }
        Ok(())
    };
    match &ids {
        Some(ids) => conn.each(&SOME, store::params! {"ids" => ids}, &mut put),
        None => conn.each(&ALL, &[], &mut put),
    }
}

fn sheet(row: &Row<'_>, readers: &Readers) -> Result<Option<Sheet>> {
    let word: String = row.get(0)?;
    let Some(what) = what(&word) else {
        return Ok(None);
    };
    let (id, subject, part): (Uuid, Uuid, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let (tenant, second): (Uuid, Option<Uuid>) = (row.get(4)?, row.get(5)?);
    let entry: Uuid = row.get(6)?;
    let scope: String = row.get(7)?;
    let text: String = row.get(9)?;
    let kind: String = row.get(10)?;
    let towns: String = row.get(11)?;
    let mut who = vec![tenant];
    if scope == "inside" || scope == "named" || what == "handoff" || what == "step" {
        who.extend(second);
    }
    if scope == "inside" || scope == "named" {
        let more = readers.get(&entry).into_iter().flatten();
        who.extend(
            more.filter(|(_, named)| *named || scope == "inside")
                .map(|(id, _)| *id),
        );
    }
    let mut marks = vec![format!("what:{kind}"), "room:programme".to_owned()];
    marks.extend(towns.split_whitespace().map(|code| format!("town:{code}")));
    Ok(Some(Sheet {
        document: Document {
            id: if part.is_empty() {
                id
            } else {
                part_id(id, &part)
            },
            audience: if scope == "public" {
                Audience::Public
            } else {
                Audience::Professionals
            },
            readers: (scope != "public").then_some(who),
            name: row.get(8)?,
            texts: vec![plain(what, text)],
            marks,
            ..Document::default()
        },
        spot: Spot { what, id, part },
        subjects: vec![subject],
    }))
}

/// The words of a stored text: those of a countermeasure are fields.
fn plain(what: &str, text: String) -> String {
    if what != "measure" {
        return text;
    }
    let Ok(plan) = serde_json::from_str::<crate::pdca::model::Plan>(&text) else {
        return String::new();
    };
    let check = &plan.check;
    [
        &plan.body,
        &plan.cause,
        &plan.owner,
        &plan.partners,
        &plan.process.name,
        &plan.outcome.name,
        &plan.midyear,
        &check.result,
        &check.reason,
    ]
    .map(String::as_str)
    .into_iter()
    .filter(|part| !part.trim().is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}

fn show(conn: &mut Conn, lang: Lang, spots: &[&Spot]) -> Result<Vec<Option<Shown>>> {
    let of = |what: &str| list(spots.iter().filter(|s| s.what == what).map(|s| s.id));
    let params = store::params! {
        "entries" => of("entry"), "parts" => of("part"), "measures" => of("measure"), "comments" => of("comment"),
        "handoffs" => of("handoff"), "steps" => of("step"), "goals" => of("goal"), "notes" => of("note"),
    };
    let mut seen: HashMap<(String, Uuid, String), (Uuid, Shown)> = HashMap::new();
    conn.each(&SHOW, params, |row| {
        let what: String = row.get(0)?;
        let shown = shown(row, lang, &what)?;
        seen.insert((what, row.get(1)?, row.get(2)?), (row.get(7)?, shown));
        Ok(())
    })?;
    let organisations = if seen.is_empty() {
        Vec::new()
    } else {
        areas::store::organisations(conn)?
    };
    let owner = |id: Uuid| {
        let found = organisations.iter().find(|o| o.id.uuid() == id);
        found.map(|o| o.label(lang).to_owned())
    };
    let found = spots.iter().map(|spot| {
        let key = (spot.what.to_owned(), spot.id, spot.part.clone());
        let (tenant, mut shown) = seen.remove(&key)?;
        if let Some(owner) = owner(tenant) {
            shown.about = format!("{} / {owner}", shown.about);
        }
        Some(shown)
    });
    Ok(found.collect())
}

fn shown(row: &Row<'_>, lang: Lang, what: &str) -> Result<Shown> {
    // A record of one's own may stand beside an entry that one does not see any more: then it has no title of it and, where it has
    // no page of its own, no address.
    let (title, text): (Option<String>, String) = (row.get(3)?, row.get(4)?);
    let title = title.unwrap_or_else(|| tl!(lang, "found-elsewhere"));
    let kind: String = row.get(5)?;
    let state: String = row.get(6)?;
    let leads: Option<Uuid> = row.get(8)?;
    let address =
        |under: &str| leads.map_or_else(String::new, |id| format!("/programme/{under}/{id}"));
    let entry_kind =
        || Kind::from_code(&kind).map_or_else(String::new, |kind| words::kind(lang, kind));
    let (title, about, href) = match what {
        "entry" => (
            title,
            format!("{} / {}", entry_kind(), words::status(lang, &state)),
            address("entries"),
        ),
        "part" => (
            title,
            format!("{} / {}", entry_kind(), tl!(lang, "found-part")),
            address("entries"),
        ),
        "measure" => (title, tl!(lang, "found-measure"), address("measures")),
        "comment" => (title, tl!(lang, "found-comment"), address("entries")),
        "goal" => (
            format!("{} {}", tl!(lang, "found-goal"), words::scene(lang, &title)),
            tl!(lang, "found-goal"),
            "/programme/goals".to_owned(),
        ),
        "note" => (
            crate::calendar::model::fixed_duty(&title).map_or_else(
                || tl!(lang, "found-note"),
                |duty| duty.title(lang).to_owned(),
            ),
            tl!(lang, "found-note"),
            format!("/programme/calendar/notes/{title}"),
        ),
        _ => (title, tl!(lang, "found-handoff"), address("handoffs")),
    };
    Ok(Shown {
        title,
        about,
        text: plain(what, text),
        href,
    })
}
