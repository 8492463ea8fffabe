//! What of this room the one search box finds, and for whom: surveys, questions, answers, rounds, what was sent for approval or
//! submitted, and what a municipality is writing. Who may find a text is who may read it through its view; a test compares both.

use std::collections::{HashMap, HashSet};

use forms::Value;
use kernel::{AnyId, Lang, Uuid};
use search::{Audience, Document, Room, Sheet, Shown, Spot, part_id};
use store::{Conn, Result, Row};

use crate::{
    i18n::tl,
    rounds::model::{Answers, RoundId},
};

/// Everything that may be found: what, record, subject of its changes, its round, part, tenant, asker, scope, name, text,
/// municipality.
macro_rules! documents {
    ($survey:literal, $question:literal, $answer:literal, $round:literal, $version:literal, $field:literal) => {
        concat!(
            "SELECT 'survey' AS what, s.id AS id, s.id AS subject, s.id AS round, '' AS part, CAST(NULL AS BLOB) AS tenant,
               CAST(NULL AS BLOB) AS asker, 'public' AS scope, s.title AS name,
               s.title_en || ' ' || s.note || ' ' || s.source AS text, '' AS town
             FROM survey s WHERE s.state = 'published' ", $survey, "
             UNION ALL
             SELECT 'question', q.id, q.survey, q.survey, '', NULL, NULL, 'public', q.body, q.body_en || ' ' || q.short, ''
             FROM question q JOIN survey s ON s.id = q.survey WHERE s.state = 'published' ", $question, "
             UNION ALL
             SELECT 'answer', w.id, w.survey, w.survey, '', w.tenant, w.asker,
               CASE WHEN w.published_at IS NULL THEN 'own' ELSE 'public' END, '', r.name || ' ' || w.body, w.municipality
             FROM answer w JOIN response r ON r.survey = w.survey AND r.sort = w.sort WHERE w.body <> '' ", $answer, "
             UNION ALL
             SELECT 'round', d.id, d.id, d.id, '', d.tenant, d.tenant, 'round', d.title,
               d.title_en || ' ' || d.letter_body || ' ' || d.letter_number, ''
             FROM survey_round d ", $round, "
             UNION ALL
             SELECT 'version', v.id, v.reply, v.round, '', v.tenant, v.asker,
               CASE WHEN v.shared_at IS NOT NULL THEN 'shared' WHEN v.submitted_at IS NOT NULL THEN 'asked' ELSE 'own' END,
               '', v.answers, p.municipality
             FROM round_version v JOIN round_reply p ON p.id = v.reply
             WHERE (v.number = (SELECT MAX(x.number) FROM round_version x WHERE x.reply = v.reply)
               OR v.number = (SELECT MAX(x.number) FROM round_version x WHERE x.reply = v.reply AND x.submitted_at IS NOT NULL)) ", $version, "
             UNION ALL
             SELECT 'draft', f.reply, f.reply, p.round, f.field, f.tenant, NULL, 'own', '', f.value, p.municipality
             FROM round_field f JOIN round_reply p ON p.id = f.reply WHERE p.state IN ('draft', 'returned') ", $field
        )
    };
}

store::statements! {
    ALL = documents!("", "", "", "", "", "");
    SOME = documents!(
        "AND s.id IN LIST_ID(:ids)", "AND q.survey IN LIST_ID(:ids)", "AND w.survey IN LIST_ID(:ids)", "WHERE d.id IN LIST_ID(:ids)",
        "AND (v.reply IN LIST_ID(:ids) OR v.round IN LIST_ID(:ids))", "AND (f.reply IN LIST_ID(:ids) OR p.round IN LIST_ID(:ids))"
    );
    READERS = "SELECT g.round, g.subject, g.side FROM round_reader g";
    READERS_OF = "SELECT g.round, g.subject, g.side FROM round_reader g WHERE g.round IN LIST_ID(:ids)
        OR g.round IN (SELECT p.round FROM round_reply p WHERE p.id IN LIST_ID(:ids))";
    /// Hits, through the views: what, record, part, title in both languages, who, text, side, and what an address needs.
    SHOW = "SELECT 'survey' AS what, s.id AS id, '' AS part, s.title AS title, s.title_en AS title_en, s.label AS who, s.note AS text,
          '' AS side, s.slug AS slug, '' AS code, '' AS anchor, CAST(NULL AS BLOB) AS leads, CAST(NULL AS BLOB) AS round, 0 AS number, CAST(NULL AS BLOB) AS tenant
        FROM survey s WHERE s.state = 'published' AND s.id IN LIST_ID(:surveys)
        UNION ALL
        SELECT 'question', q.id, '', q.body, q.body_en, s.title, q.body, '', s.slug, '', q.anchor, NULL, NULL, 0, NULL
        FROM question q JOIN survey s ON s.id = q.survey WHERE s.state = 'published' AND q.id IN LIST_ID(:questions)
        UNION ALL
        SELECT 'answer', w.id, '', q.short, q.short_en, r.name, w.body, CASE WHEN w.published_at IS NULL THEN 'own' ELSE 'public' END,
          s.slug, w.municipality, q.anchor, NULL, NULL, 0, NULL
        FROM visible_answer w JOIN question q ON q.id = w.question JOIN survey s ON s.id = w.survey
          JOIN visible_response r ON r.survey = w.survey AND r.sort = w.sort WHERE w.id IN LIST_ID(:answers)
        UNION ALL
        SELECT 'round', d.id, '', d.title, d.title_en, '', d.letter_body, d.side, '', '', '', d.id, d.id, 0, NULL
        FROM visible_survey_round d WHERE d.id IN LIST_ID(:rounds)
        UNION ALL
        SELECT 'version', v.id, '', d.title, d.title_en,
          '', v.answers, v.side, '', '', '',
          CASE WHEN v.side = 'fellow' THEN (SELECT p.id FROM visible_round_reply p WHERE p.round = v.round AND p.side = 'tenant'
            ORDER BY p.sort LIMIT 1) ELSE v.reply END, v.round, v.number, v.tenant
        FROM visible_round_version v JOIN visible_survey_round d ON d.id = v.round WHERE v.id IN LIST_ID(:versions)
        UNION ALL
        SELECT 'draft', f.reply, f.field, d.title, d.title_en, p.name, f.value, 'tenant', '', '', '', f.reply, p.round, 0, NULL
        FROM visible_round_field f JOIN visible_round_reply p ON p.id = f.reply JOIN visible_survey_round d ON d.id = p.round
        WHERE f.reply IN LIST_ID(:drafts)";
}

/// What this room gives to the search box.
#[must_use]
pub fn room() -> Room {
    Room {
        name: "surveys",
        changes: &["survey", "survey_round", "round_reply"],
        read,
        show,
    }
}

const WHAT: [&str; 6] = ["survey", "question", "answer", "round", "version", "draft"];

/// Organisations by round, and whether each is the one that asks.
type Readers = HashMap<Uuid, Vec<(Uuid, bool)>>;

fn list(ids: impl IntoIterator<Item = Uuid>) -> String {
    let ids: HashSet<Uuid> = ids.into_iter().collect();
    let ids: Vec<RoundId> = ids.into_iter().map(RoundId::from_uuid).collect();
    store::ids(&ids)
}

fn read(conn: &mut Conn, subjects: Option<&[Uuid]>, take: &mut dyn FnMut(Sheet)) -> Result<()> {
    let ids = subjects.map(|subjects| list(subjects.iter().copied()));
    let mut readers = Readers::new();
    let mut add = |row: &Row<'_>| {
        let side: String = row.get(2)?;
        let one = (row.get(1)?, side == "asker");
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
    let Some(what) = WHAT.into_iter().find(|known| *known == word) else {
        return Ok(None);
    };
    let (id, subject, round): (Uuid, Uuid, Uuid) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let part: String = row.get(4)?;
    let (tenant, asker): (Option<Uuid>, Option<Uuid>) = (row.get(5)?, row.get(6)?);
    let scope: String = row.get(7)?;
    let text = plain(what, row.get(9)?);
    if text.trim().is_empty() {
        return Ok(None);
    }
    let town: String = row.get(10)?;
    let of_round = || readers.get(&round).into_iter().flatten();
    let mut who: Vec<Uuid> = Vec::new();
    match scope.as_str() {
        "round" => who.extend(of_round().map(|(id, _)| *id)),
        "shared" => {
            who.extend(tenant.into_iter().chain(asker));
            who.extend(of_round().filter(|(_, asks)| !asks).map(|(id, _)| *id));
        }
        // An imported answer belongs to the town and to the office that imported it; a version is the asker's after submission.
        "own" if what == "version" => who.extend(tenant),
        _ => who.extend(tenant.into_iter().chain(asker)),
    }
    let mut marks = vec![
        format!(
            "what:{}",
            match what {
                "version" => "draft",
                "round" => "survey",
                other => other,
            }
        ),
        "room:surveys".to_owned(),
    ];
    if !town.is_empty() {
        marks.push(format!("town:{town}"));
    }
    let mut subjects = vec![subject];
    if round != subject {
        subjects.push(round);
    }
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
            texts: vec![text],
            marks,
            ..Document::default()
        },
        spot: Spot { what, id, part },
        subjects,
    }))
}

/// The words of a stored text; codes of choices are no words.
fn plain(what: &str, text: String) -> String {
    let words = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Rows(rows) => rows
            .iter()
            .map(|row| row.join(" "))
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Files(names) => names.join("\n"),
        _ => String::new(),
    };
    match what {
        "draft" => Value::from_json(&text).map_or_else(|_| String::new(), |value| words(&value)),
        "version" => serde_json::from_str::<Answers>(&text).map_or_else(
            |_| String::new(),
            |answers| {
                let texts = answers.values().map(|given| words(&given.value));
                texts
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join("\n")
            },
        ),
        _ => text,
    }
}

fn show(conn: &mut Conn, lang: Lang, spots: &[&Spot]) -> Result<Vec<Option<Shown>>> {
    if spots.is_empty() {
        return Ok(Vec::new());
    }
    let of = |what: &str| list(spots.iter().filter(|s| s.what == what).map(|s| s.id));
    let params = store::params! {
        "surveys" => of("survey"), "questions" => of("question"), "answers" => of("answer"), "rounds" => of("round"),
        "versions" => of("version"), "drafts" => of("draft"),
    };
    let organisations = if spots.iter().any(|spot| spot.what == "version") {
        areas::store::organisations(conn)?
    } else {
        Vec::new()
    };
    let mut seen: HashMap<(String, Uuid, String), Shown> = HashMap::new();
    conn.each(&SHOW, params, |row| {
        let what: String = row.get(0)?;
        let tenant: Option<Uuid> = row.get(14)?;
        let office = organisations.iter().find(|o| Some(o.id.uuid()) == tenant);
        let shown = shown(row, lang, &what, office.map(|o| o.label(lang)))?;
        // Somebody on several sides of a round sees a record once; the side that may do more comes first in the views.
        seen.entry((what, row.get(1)?, row.get(2)?))
            .or_insert(shown);
        Ok(())
    })?;
    let key = |spot: &&Spot| (spot.what.to_owned(), spot.id, spot.part.clone());
    Ok(spots.iter().map(|spot| seen.remove(&key(spot))).collect())
}

fn shown(row: &Row<'_>, lang: Lang, what: &str, office: Option<&str>) -> Result<Shown> {
    let (title, english): (String, String) = (row.get(3)?, row.get(4)?);
    let title = match lang {
        Lang::En if !english.is_empty() => english,
        _ => title,
    };
    let who: String = match office {
        Some(office) => office.to_owned(),
        None => row.get(5)?,
    };
    let text = plain(what, row.get(6)?);
    let side: String = row.get(7)?;
    let (slug, code, anchor): (String, String, String) = (row.get(8)?, row.get(9)?, row.get(10)?);
    let leads: Option<Uuid> = row.get(11)?;
    let round: Option<Uuid> = row.get(12)?;
    let number: i64 = row.get(13)?;
    let with_town = |title: String| tl!(lang, "found-of", town = who.as_str(), question = title);
    let leads_to = |under: &str, after: &str| {
        leads.map_or_else(String::new, |id| format!("/surveys/{under}/{id}{after}"))
    };
    let (title, about, href) = match what {
        "survey" => (title, tl!(lang, "found-survey"), format!("/surveys/{slug}")),
        "question" => (
            title,
            format!("{} / {who}", tl!(lang, "found-question")),
            format!("/surveys/{slug}?q={anchor}"),
        ),
        "answer" => {
            let about = if side == "public" {
                tl!(lang, "found-answer")
            } else {
                tl!(lang, "found-answer-unpublished")
            };
            (
                with_town(title),
                about,
                format!("/surveys/{slug}/answers/{code}/{anchor}"),
            )
        }
        "round" if side == "asker" => (title, tl!(lang, "found-round"), leads_to("rounds", "")),
        "round" => (
            title,
            tl!(lang, "found-round"),
            "/surveys/rounds".to_owned(),
        ),
        "version" => {
            let about = tl!(lang, "found-version", number = number.to_string());
            let href = match (side.as_str(), round) {
                ("fellow", _) => leads_to("replies", "/check"),
                ("asker", Some(round)) => leads_to(&format!("rounds/{round}/answers"), ""),
                _ => leads_to("replies", ""),
            };
            (with_town(title), about, href)
        }
        _ => (
            with_town(title),
            tl!(lang, "found-draft"),
            leads_to("replies", ""),
        ),
    };
    Ok(Shown {
        title,
        about,
        text,
        href,
    })
}
