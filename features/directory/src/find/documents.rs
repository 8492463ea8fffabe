//! What the index knows of each provider.

use std::collections::HashMap;

use kernel::Uuid;
use search::{Document, Point};
use store::{Conn, Result, Row};

use crate::model::Kind;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.status, p.in_area, p.municipality, p.name, p.kana, p.name_en, p.postal, p.address, p.building, ",
            "p.lat, p.lon, p.phone, p.fax, p.corporation, p.kinds, c.house_call, c.home_visit, c.visit_area, c.day_and_night, ",
            "c.end_of_life, c.new_patients, c.vacancy, c.languages, c.wheelchair, f.treatments ",
            "FROM public_provider p LEFT JOIN provider_care c ON c.provider = p.id ",
            "LEFT JOIN provider_professional f ON f.provider = p.id ",
            $rest
        )
    };
}

store::statements! {
    ALL = select!("ORDER BY p.municipality, p.kinds");
    SOME = select!("WHERE p.id IN LIST_ID(:ids)");
    ALIASES = "SELECT provider, alias FROM provider_alias";
    ALIASES_OF = "SELECT provider, alias FROM provider_alias WHERE provider IN LIST_ID(:ids)";
    NUMBERS = "SELECT provider, value FROM provider_identifier";
    CENTRES = "SELECT municipality, AVG(lat), AVG(lon) FROM town_point GROUP BY municipality";
    NUMBERS_OF = "SELECT provider, value FROM provider_identifier WHERE provider IN LIST_ID(:ids)";
}

/// The middle of each municipality's towns.
pub(super) fn centres(conn: &mut Conn) -> Result<HashMap<String, Point>> {
    let rows = conn.all(&CENTRES, &[], |row| {
        Ok((
            row.get(0)?,
            Point {
                lat: row.get(1)?,
                lon: row.get(2)?,
            },
        ))
    })?;
    Ok(rows.into_iter().collect())
}

type More = HashMap<Uuid, Vec<String>>;

/// Every accepted provider, also closed ones (marked so). By municipality and kind: what is searched for together then lies
/// together in the index.
pub(super) fn each(conn: &mut Conn, kinds: &[Kind], mut take: impl FnMut(Document)) -> Result<()> {
    let mut more = More::new();
    for statement in [&ALIASES, &NUMBERS] {
        conn.each(statement, &[], |row| {
            more.entry(row.get(0)?).or_default().push(row.get(1)?);
            Ok(())
        })?;
    }
    conn.each(&ALL, &[], |row| {
        take(document(row, kinds, &more)?);
        Ok(())
    })
}

/// Some of them.
pub(super) fn some(conn: &mut Conn, kinds: &[Kind], ids: &[Uuid]) -> Result<Vec<Document>> {
    let ids: Vec<crate::model::ProviderId> =
        ids.iter().map(|id| kernel::AnyId::from_uuid(*id)).collect();
    let ids = store::ids(&ids);
    let mut more = More::new();
    for statement in [&ALIASES_OF, &NUMBERS_OF] {
        conn.each(statement, store::params! { "ids" => ids }, |row| {
            more.entry(row.get(0)?).or_default().push(row.get(1)?);
            Ok(())
        })?;
    }
    conn.all(&SOME, store::params! { "ids" => ids }, |row| {
        document(row, kinds, &more)
    })
}

fn document(row: &Row<'_>, kinds: &[Kind], more: &More) -> Result<Document> {
    let text = |at: usize| row.get::<String>(at);
    let flag = |at: usize| row.get::<Option<i64>>(at).map(|flag| flag == Some(1));
    let id: Uuid = row.get(0)?;
    let listed = matches!(text(1)?.as_str(), "open" | "suspended");
    let mut marks = vec![
        format!("status:{}", if listed { "open" } else { "gone" }),
        format!("area:{}", if row.get::<bool>(2)? { "in" } else { "out" }),
        format!("town:{}", text(3)?),
    ];
    for code in text(15)?.split_whitespace() {
        marks.push(format!("kind:{code}"));
        let family = kinds
            .iter()
            .find(|kind| kind.code == code)
            .map(|kind| format!("family:{}", kind.family));
        if let Some(family) = family.filter(|family| !marks.contains(family)) {
            marks.push(family);
        }
    }
    for (at, name) in [
        (16, "house_call"),
        (17, "home_visit"),
        (19, "day_and_night"),
        (20, "end_of_life"),
        (24, "wheelchair"),
    ] {
        if flag(at)? {
            marks.push(format!("can:{name}"));
        }
    }
    let words = |at: usize, group: &str| -> Result<Vec<String>> {
        let list: Option<String> = row.get(at)?;
        let list = list.unwrap_or_default();
        let codes = list.split([' ', ',', ';']).filter(|word| !word.is_empty());
        Ok(codes.map(|word| format!("{group}:{word}")).collect())
    };
    marks.extend(words(18, "covers")?);
    if row.get::<Option<String>>(21)?.as_deref() == Some("yes") {
        marks.push("can:new_patients".to_owned());
    }
    if row.get::<Option<i64>>(22)?.is_some_and(|places| places > 0) {
        marks.push("can:vacancy".to_owned());
    }
    marks.extend(words(23, "language")?);
    let digits = |text: String| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let mut texts = vec![
        text(6)?,
        format!("{}{}", text(8)?, text(9)?),
        text(14)?,
        digits(text(7)?),
        digits(text(12)?),
        digits(text(13)?),
    ];
    texts.retain(|text| !text.is_empty());
    texts.extend(more.get(&id).into_iter().flatten().cloned());
    let place = row.get::<Option<f64>>(10)?.zip(row.get(11)?);
    Ok(Document {
        id,
        name: text(4)?,
        kana: text(5)?,
        texts,
        marks,
        guarded_marks: words(25, "treats")?,
        place: place.map(|(lat, lon)| Point { lat, lon }),
        ..Document::default()
    })
}
