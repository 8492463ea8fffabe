//! From the content to paper: the booklet on A4, the maps on A3.

use std::collections::BTreeMap;

use areas::model::pick_text;
use kernel::{Date, Lang, format_date};
use print::{Document, PrintError};
use serde::Serialize;

pub use super::order::index_rows;
use super::{
    content::{Book, Changes, Chapter, Part, Placed, ranges},
    draw::{self, Drawn, MapOf, Spot},
    store::Town,
    words::{Words, family},
};
use crate::{i18n::tl, model::Kind, outline::OUTLINES};

/// What stands around the content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Code of the area, district or municipality.
    pub scope: String,
    /// Its name.
    pub place: String,
    /// The day it describes.
    pub day: Date,
    /// Who publishes it; empty: nobody is named.
    pub publisher: String,
    /// Address of the installation with its path, without a slash at the end.
    pub base: String,
    /// Whom to call.
    pub desks: Vec<Desk>,
    /// Numbers for any hour: number, name, when.
    pub urgent: Vec<(String, String, String)>,
    /// What changed since the day of an edition.
    pub changes: Option<(Date, Changes)>,
    /// Places by name.
    pub towns: Vec<Town>,
    /// All kinds that the document explains.
    pub kinds: Vec<Kind>,
}

/// A window of a municipality.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Desk {
    /// Municipality.
    pub town: String,
    /// For whom.
    pub audience: String,
    /// Its name; empty when not known.
    pub name: String,
    /// Telephone; empty when not known.
    pub phone: String,
    /// FAX; empty when not known.
    pub fax: String,
    /// Hours in words; empty when not known.
    pub hours: String,
    /// What to do outside them; empty when not known.
    pub outside: String,
    /// When it was confirmed; empty when it was not.
    pub verified: String,
}

impl Desk {
    /// A window as paper shows it.
    #[must_use]
    pub fn of(contact: &areas::Contact, words: &Words) -> Self {
        let lang = words.lang;
        let texts = &contact.texts;
        let text = |ja: &Option<String>, en: &Option<String>| {
            pick_text(lang, ja.as_deref(), en.as_deref())
                .map_or_else(String::new, |(t, _)| t.to_owned())
        };
        let mut hours = texts.hours.as_ref().map_or_else(String::new, |h| {
            format!(
                "{} {}\u{2013}{}",
                words.days(&h.days),
                areas::hours::format_minute(h.opens),
                areas::hours::format_minute(h.closes)
            )
        });
        let note = text(&texts.hours_note_ja, &texts.hours_note_en);
        if !note.is_empty() {
            if !hours.is_empty() {
                hours.push('\n');
            }
            hours.push_str(&note);
        }
        Self {
            town: contact.municipality_name.get(lang).to_owned(),
            audience: match contact.audience {
                areas::Audience::Resident => words.get("resident").to_owned(),
                areas::Audience::Professional => words.get("professional").to_owned(),
            },
            name: text(&texts.window_ja, &texts.window_en),
            phone: texts.phone.clone().unwrap_or_default(),
            fax: texts.fax.clone().unwrap_or_default(),
            hours,
            outside: text(&texts.outside_ja, &texts.outside_en),
            verified: contact
                .verified_on
                .map_or_else(String::new, |d| format_date(d, lang)),
        }
    }
}

/// A map of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// What it shows.
    pub title: String,
    /// Its drawing.
    #[serde(skip)]
    pub svg: String,
    /// The drawing's name among the files.
    pub file: String,
    /// Letters: letter, name of the town (or empty), numbers.
    pub letters: Vec<(String, String, String)>,
}

/// The groups of families that get a map of their own.
pub(super) const GROUPS: [(&str, &[&str]); 3] = [
    ("medical", &["medical"]),
    ("dental", &["dental", "pharmacy"]),
    (
        "care",
        &[
            "nursing", "plan", "visit", "day", "multi", "stay", "home", "facility", "tool", "desk",
            "other",
        ],
    ),
];

fn group_title(lang: Lang, group: &str) -> String {
    match group {
        "medical" => tl!(lang, "guide-map-medical"),
        "dental" => tl!(lang, "guide-map-dental"),
        _ => tl!(lang, "guide-map-care"),
    }
}

pub(super) fn spots(placed: &[Placed], families: &[&str]) -> Vec<Spot> {
    placed
        .iter()
        .filter_map(|p| {
            let name = families.iter().find(|f| p.families.contains(**f))?;
            let (tone, shape) = p.pins.get(*name)?;
            Some(Spot {
                number: p.number,
                place: p.place,
                tone: tone.clone(),
                shape: shape.clone(),
                exact: p.exact,
            })
        })
        .collect()
}

/// The letters of a drawing with the names of their towns, where the places are known by town only.
pub(super) fn letters(
    drawn: &Drawn,
    spots: &[Spot],
    towns: &[Town],
) -> Vec<(String, String, String)> {
    drawn
        .letters
        .iter()
        .map(|(letter, numbers, exact)| {
            let at = spots.iter().find(|s| numbers.first() == Some(&s.number));
            let near = |(_, _, lon, lat): &&Town| {
                at.is_some_and(|s| (s.place.0 - lon).abs() < 2e-5 && (s.place.1 - lat).abs() < 2e-5)
            };
            let name = towns
                .iter()
                .find(near)
                .filter(|_| !exact)
                .map_or_else(String::new, |t| t.1.clone());
            (letter.clone(), name, ranges(numbers))
        })
        .collect()
}

/// The maps of a chapter.
#[must_use]
pub fn sheets(chapter: &Chapter, frame: &Frame, words: &Words) -> Vec<Sheet> {
    let codes = [chapter.code.clone()];
    let towns = town_names(&frame.towns, &codes);
    let map = MapOf {
        outlines: &OUTLINES,
        codes: &codes,
        size: (172.0, 158.0),
        radius: 2.7,
        towns: &towns,
        kilometres: &tl!(words.lang, "guide-kilometres"),
    };
    GROUPS
        .iter()
        .filter_map(|(group, families)| {
            let spots = spots(&chapter.placed, families);
            if spots.is_empty() {
                return None;
            }
            let drawn = draw::draw(&map, &spots)?;
            Some(Sheet {
                title: group_title(words.lang, group),
                letters: letters(&drawn, &spots, &frame.towns),
                svg: drawn.svg,
                file: format!("map-{}-{group}.svg", chapter.code),
            })
        })
        .collect()
}

pub(super) fn town_names(towns: &[Town], codes: &[String]) -> Vec<(String, f64, f64)> {
    let mut all: Vec<(String, f64, f64)> = towns
        .iter()
        .filter(|(code, ..)| codes.contains(code))
        // Blocks of one town (一丁目, 二丁目) would fill the map: the name without its number stands once.
        .map(|(_, name, lon, lat)| (without_block(name), *lon, *lat))
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|a, b| a.0 == b.0);
    // Short names first: they find room, and most are the old villages.
    all.sort_by_key(|(name, ..)| name.chars().count());
    all
}

/// A town's name without the number of its block.
fn without_block(name: &str) -> String {
    // U+4E01 U+76EE is the word for a block; its numbers are written before it.
    let Some(head) = name.strip_suffix("\u{4e01}\u{76ee}") else {
        return name.to_owned();
    };
    let number = |c: char| {
        matches!(
            c,
            '\u{4e00}'
                | '\u{4e8c}'
                | '\u{4e09}'
                | '\u{56db}'
                | '\u{4e94}'
                | '\u{516d}'
                | '\u{4e03}'
                | '\u{516b}'
                | '\u{4e5d}'
                | '\u{5341}'
        )
    };
    head.trim_end_matches(number).to_owned()
}

#[derive(Serialize)]
struct PaperChapter<'a> {
    #[serde(flatten)]
    chapter: &'a Chapter,
    maps: &'a [Sheet],
    count_word: String,
    url: String,
    qr: String,
}

#[derive(Serialize)]
pub(super) struct PaperKind<'a> {
    pub(super) name: &'a str,
    pub(super) plain: &'a str,
    pub(super) pin: String,
}

#[derive(Serialize)]
struct Paper<'a> {
    lang: &'static str,
    title: String,
    place: &'a str,
    edition: String,
    day: String,
    publisher: &'a str,
    url: String,
    has_cover: bool,
    words: &'a BTreeMap<&'static str, String>,
    families: Vec<(String, Vec<PaperKind<'a>>)>,
    desks: &'a [Desk],
    urgent: &'a [(String, String, String)],
    chapters: Vec<PaperChapter<'a>>,
    index: Vec<(String, Vec<&'a super::content::IndexLine>)>,
    changes: Option<(String, &'a Changes)>,
    sources: &'a [String],
}

pub(super) fn lang_code(lang: Lang) -> &'static str {
    if lang == Lang::Ja { "ja" } else { "en" }
}

/// What stands on the cover.
#[must_use]
pub fn title(lang: Lang, part: Part) -> String {
    match part {
        Part::All => tl!(lang, "guide-title"),
        Part::Medical => tl!(lang, "guide-title-medical"),
        Part::Care => tl!(lang, "guide-title-care"),
    }
}

/// Kinds by family, in their order.
fn families(kinds: &[Kind], lang: Lang) -> Vec<(String, Vec<PaperKind<'_>>)> {
    let mut groups: Vec<(String, Vec<PaperKind<'_>>)> = Vec::new();
    for kind in kinds {
        let name = family(lang, &kind.family);
        let entry = PaperKind {
            name: kind.name(lang),
            plain: kind.plain(lang),
            pin: draw::sample(&kind.tone, &kind.shape),
        };
        match groups.iter_mut().find(|(group, _)| *group == name) {
            Some((_, list)) => list.push(entry),
            None => groups.push((name, vec![entry])),
        }
    }
    groups
}

/// The booklet.
///
/// # Errors
/// [`PrintError::Data`].
pub fn booklet(book: &Book, frame: &Frame, words: &Words) -> Result<Document, PrintError> {
    let lang = words.lang;
    let mut document = Document::new("guide", include_str!("../../typ/guide.typ"));
    let all: Vec<Vec<Sheet>> = book
        .chapters
        .iter()
        .map(|c| sheets(c, frame, words))
        .collect();
    let url = format!("{}/directory/guide/{}", frame.base, frame.scope);
    let codes: Vec<String> = book.chapters.iter().map(|c| c.code.clone()).collect();
    let cover = draw::silhouette(&OUTLINES, &codes, (150.0, 105.0));
    let chapters = book
        .chapters
        .iter()
        .zip(&all)
        .map(|(chapter, maps)| {
            let url = format!("{}/directory/guide/{}", frame.base, chapter.code);
            PaperChapter {
                chapter,
                maps,
                count_word: tl!(lang, "guide-count", count = chapter.count),
                qr: print::qr_svg(&url).unwrap_or_default(),
                url,
            }
        })
        .collect();
    let (year, month) = (frame.day.year(), frame.day.month());
    let paper = Paper {
        lang: lang_code(lang),
        title: title(lang, Part::All),
        place: &frame.place,
        edition: tl!(
            lang,
            "guide-edition",
            year = i64::from(year),
            month = i64::from(month)
        ),
        day: format_date(frame.day, lang),
        publisher: &frame.publisher,
        has_cover: cover.is_some(),
        words: &words.all,
        families: families(&frame.kinds, lang),
        desks: &frame.desks,
        urgent: &frame.urgent,
        chapters,
        index: index_rows(book, words),
        changes: frame.changes.as_ref().map(|(day, changes)| {
            (
                tl!(lang, "guide-changes-since", day = format_date(*day, lang)),
                changes,
            )
        }),
        sources: &book.sources,
        url,
    };
    document.data(&paper)?;
    if let Some(svg) = cover {
        document.file("cover.svg", svg.into_bytes());
    }
    if let Some(svg) = print::qr_svg(&paper.url) {
        document.file("qr.svg", svg.into_bytes());
    }
    for sheet in all.into_iter().flatten() {
        document.file(sheet.file, sheet.svg.into_bytes());
    }
    Ok(document)
}
