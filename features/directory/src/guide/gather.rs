//! Reads what a document says: one read, on a thread that may wait.

use areas::Municipality;
use kernel::{Date, Lang};
use print::{Document, PrintError};
use store::{Conn, Db, Viewer};

use super::{
    content::{self, Book, Changes, Facts, Part, Snapshot},
    paper::{self, Desk, Frame},
    store::{self as sql, PrintId},
    words::Words,
};
use crate::i18n::tl;

/// The code of the whole area.
pub const AREA: &str = "area";

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Which providers.
    pub part: Part,
    /// The area, a district or a municipality of the area.
    pub scope: String,
    /// In which language.
    pub lang: Lang,
    /// The day on the cover.
    pub day: Date,
    /// Who publishes it; may be empty.
    pub publisher: String,
    /// Address of the installation, without a slash at the end.
    pub base: String,
    /// The edition being made: compare with the one before it.
    pub edition: Option<PrintId>,
}

/// Everything that was read, in order.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The content.
    pub book: Book,
    /// What stands around it.
    pub frame: Frame,
    /// The words.
    pub words: Words,
    /// Which providers.
    pub part: Part,
}

impl Part {
    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "guide",
            Self::Medical => "medical",
            Self::Care => "care",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::All, Self::Medical, Self::Care]
            .into_iter()
            .find(|p| p.code() == code)
    }
}

/// The stored word of a language.
#[must_use]
pub fn lang_code(lang: Lang) -> &'static str {
    if lang == Lang::Ja { "ja" } else { "en" }
}

/// Reads the stored word of a language.
#[must_use]
pub fn lang_of(code: &str) -> Lang {
    if code == "en" { Lang::En } else { Lang::Ja }
}

/// The name of an area, district or municipality and the municipalities in it; `None` when it is none of them.
#[must_use]
pub fn place(
    all: &[Municipality],
    area: &(String, String),
    scope: &str,
    lang: Lang,
) -> Option<(String, Vec<Municipality>)> {
    let core: Vec<&Municipality> = all.iter().filter(|m| m.in_area).collect();
    let many = |name: &str, towns: Vec<Municipality>| {
        let count = towns.len();
        (
            tl!(lang, "guide-whole-area", name = name, count = count),
            towns,
        )
    };
    if scope == AREA {
        let name = areas::model::pick(lang, &area.0, &area.1);
        return Some(many(name, core.into_iter().cloned().collect()))
            .filter(|(_, t)| !t.is_empty());
    }
    if let Some(town) = core.iter().find(|m| m.code == scope) {
        return Some((town.name(lang).to_owned(), vec![(*town).clone()]));
    }
    let towns: Vec<Municipality> = core
        .into_iter()
        .filter(|m| m.district.as_ref().is_some_and(|d| d.code == scope))
        .cloned()
        .collect();
    let name = towns.first()?.district.as_ref()?.name(lang).to_owned();
    Some(many(&name, towns))
}

/// Reads and orders what a document says; `None` when there is no such area, district or municipality.
///
/// # Errors
/// When the database fails.
pub async fn gather(db: &Db, viewer: &Viewer, ask: Ask) -> Result<Option<Gathered>, store::Error> {
    db.read_slow(viewer, move |conn| read(conn, &ask)).await
}

/// As [`gather`], for the command line.
///
/// # Errors
/// When the database fails.
pub fn gather_blocking(
    db: &Db,
    viewer: &Viewer,
    ask: Ask,
) -> Result<Option<Gathered>, store::Error> {
    db.read_blocking(viewer, move |conn| read(conn, &ask))
}

fn read(conn: &mut Conn, ask: &Ask) -> Result<Option<Gathered>, store::Error> {
    let lang = ask.lang;
    let all = areas::store::municipalities(conn)?;
    let area = areas::store::area_name(conn)?;
    let Some((place, towns)) = place(&all, &area, &ask.scope, lang) else {
        return Ok(None);
    };
    let codes: Vec<String> = towns.iter().map(|t| t.code.clone()).collect();
    let words = Words::of(lang);
    let kinds: Vec<crate::model::Kind> = crate::store::kinds(conn)?
        .into_iter()
        .filter(|k| k.is_valid(ask.day))
        .collect();
    let facts = Facts {
        kinds,
        providers: sql::providers(conn, &codes)?,
        services: sql::services(conn, &codes)?,
        care: sql::care(conn, &codes)?,
        places: sql::towns(conn, &codes)?,
        counts: crate::store::counts(conn)?,
        names: all
            .iter()
            .map(|m| (m.code.clone(), m.name(lang).to_owned()))
            .collect(),
        towns,
    };
    let book = content::book(&facts, ask.part, lang, ask.day, &words);
    let mut desks: Vec<Desk> = Vec::new();
    for contact in areas::store::contacts_of_area(conn)? {
        if codes.contains(&contact.municipality) {
            desks.push(Desk::of(&contact, &words));
        }
    }
    let urgent = areas::store::urgent_numbers(conn)?
        .into_iter()
        .filter(|u| u.verified)
        .map(|u| {
            (
                u.number,
                u.name.get(lang).to_owned(),
                u.when.get(lang).to_owned(),
            )
        })
        .collect();
    let before = match ask.edition {
        Some(id) => sql::before(conn, (ask.part.code(), &ask.scope, lang_code(lang)), id)?,
        None => None,
    };
    let changes: Option<(Date, Changes)> = before.map(|(body, day)| {
        let old: Snapshot = serde_json::from_str(&body).unwrap_or_default();
        (day, content::compare(&old, &book.snapshot, &words.fields()))
    });
    let used = |kind: &crate::model::Kind| {
        book.chapters
            .iter()
            .any(|c| c.tables.iter().any(|t| t.code == kind.code))
    };
    let frame = Frame {
        scope: ask.scope.clone(),
        place,
        day: ask.day,
        publisher: ask.publisher.clone(),
        base: ask.base.clone(),
        desks,
        urgent,
        changes,
        towns: facts.places,
        kinds: facts.kinds.into_iter().filter(used).collect(),
    };
    Ok(Some(Gathered {
        book,
        frame,
        words,
        part: ask.part,
    }))
}

impl Gathered {
    /// The document.
    ///
    /// # Errors
    /// [`PrintError::Data`].
    pub fn document(&self) -> Result<Document, PrintError> {
        match self.part {
            Part::All => paper::booklet(&self.book, &self.frame, &self.words),
            part => super::big::a3(&self.book, part, &self.frame, &self.words),
        }
    }

    /// Names and addresses with characters that the font does not have, each with the characters.
    #[must_use]
    pub fn missing(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let rows = self
            .book
            .chapters
            .iter()
            .flat_map(|c| c.tables.iter().flat_map(|t| &t.rows));
        for row in rows.filter(|row| row.anchor.is_some()) {
            let text = format!("{}{}{}", row.name, row.address, row.facts.concat());
            let mut bad: Vec<String> = print::missing_glyphs(&text)
                .into_iter()
                .map(String::from)
                .collect();
            bad.extend(print::missing_variants(&text));
            if !bad.is_empty() {
                found.push((row.name.clone(), bad.join(" ")));
            }
        }
        found
    }
}
