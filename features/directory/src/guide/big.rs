//! The maps on A3: one map over all their municipalities, the list behind.

use std::collections::BTreeMap;

use kernel::{Lang, format_date};
use print::{Document, PrintError};
use serde::Serialize;

use super::{
    content::{Book, Part},
    draw::{self, MapOf},
    paper::{Frame, GROUPS, PaperKind, Sheet, lang_code, letters, spots, title, town_names},
    words::Words,
};
use crate::{i18n::tl, model::Kind, outline::OUTLINES};

/// The one map of an A3 sheet, over all its municipalities; numbers are counted anew over all of them.
#[must_use]
pub fn big_map(
    book: &Book,
    frame: &Frame,
    words: &Words,
) -> (Option<Sheet>, Vec<(String, Vec<BigRow>)>) {
    let codes: Vec<String> = book.chapters.iter().map(|c| c.code.clone()).collect();
    let (mut all, mut lists, mut number) = (Vec::new(), Vec::new(), 0);
    for chapter in &book.chapters {
        let mut rows: Vec<BigRow> = Vec::new();
        for row in chapter
            .tables
            .iter()
            .flat_map(|t| t.rows.iter().map(move |r| (t, r)))
        {
            let (table, row) = row;
            if let Some(before) = rows.iter_mut().find(|r| r.within == row.number) {
                before.kinds.push(table.name.clone());
                continue;
            }
            number += 1;
            rows.push(BigRow {
                number,
                within: row.number,
                name: row.name.clone(),
                phone: row.phone.clone(),
                kinds: vec![table.name.clone()],
            });
        }
        for placed in &chapter.placed {
            if let Some(row) = rows.iter().find(|r| r.within == placed.number) {
                let mut placed = placed.clone();
                placed.number = row.number;
                all.push(placed);
            }
        }
        lists.push((chapter.name.clone(), rows));
    }
    let families: Vec<&str> = GROUPS.iter().flat_map(|(_, f)| f.iter().copied()).collect();
    let spots = spots(&all, &families);
    let towns = town_names(&frame.towns, &codes);
    let map = MapOf {
        outlines: &OUTLINES,
        codes: &codes,
        size: (300.0, 246.0),
        radius: 3.1,
        towns: &towns,
        kilometres: &tl!(words.lang, "guide-kilometres"),
    };
    let sheet = draw::draw(&map, &spots).map(|drawn| Sheet {
        title: String::new(),
        letters: letters(&drawn, &spots, &frame.towns),
        svg: drawn.svg,
        file: "map.svg".to_owned(),
    });
    (sheet, lists)
}

/// A line in the list of an A3 sheet.
#[derive(Clone, Debug, Serialize)]
pub struct BigRow {
    /// Its number on the sheet.
    pub number: usize,
    #[serde(skip)]
    within: usize,
    /// Name.
    pub name: String,
    /// Telephone; empty when not known.
    pub phone: String,
    /// What it offers.
    pub kinds: Vec<String>,
}

#[derive(Serialize)]
struct A3<'a> {
    lang: &'static str,
    title: String,
    place: &'a str,
    day: String,
    publisher: &'a str,
    url: &'a str,
    words: &'a BTreeMap<&'static str, String>,
    map: Option<&'a Sheet>,
    pins: Vec<PaperKind<'a>>,
    lists: &'a [(String, Vec<BigRow>)],
    sources: &'a [String],
}

/// An A3 sheet: the map in front, the list behind.
///
/// # Errors
/// [`PrintError::Data`].
pub fn a3(book: &Book, part: Part, frame: &Frame, words: &Words) -> Result<Document, PrintError> {
    let lang = words.lang;
    let mut document = Document::new("map", include_str!("../../typ/map.typ"));
    let (sheet, lists) = big_map(book, frame, words);
    let code = if part == Part::Medical {
        "medical"
    } else {
        "care"
    };
    let url = format!("{}/directory/maps/{code}/{}", frame.base, frame.scope);
    document.data(&A3 {
        lang: lang_code(lang),
        title: title(lang, part),
        place: &frame.place,
        day: format_date(frame.day, lang),
        publisher: &frame.publisher,
        url: &url,
        words: &words.all,
        map: sheet.as_ref(),
        pins: legend(&frame.kinds, part, book, lang),
        lists: &lists,
        sources: &book.sources,
    })?;
    if let Some(sheet) = sheet {
        document.file(sheet.file, sheet.svg.into_bytes());
    }
    if let Some(svg) = print::qr_svg(&url) {
        document.file("qr.svg", svg.into_bytes());
    }
    Ok(document)
}

/// One pin for each kind that the sheet shows.
fn legend<'a>(kinds: &'a [Kind], part: Part, book: &Book, lang: Lang) -> Vec<PaperKind<'a>> {
    let shown = |kind: &&Kind| {
        part.has(&kind.family)
            && book
                .chapters
                .iter()
                .any(|c| c.tables.iter().any(|t| t.code == kind.code))
    };
    kinds
        .iter()
        .filter(shown)
        .map(|kind| PaperKind {
            name: kind.name(lang),
            plain: "",
            pin: draw::sample(&kind.tone, &kind.shape),
        })
        .collect()
}
