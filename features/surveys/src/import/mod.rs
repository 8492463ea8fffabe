//! Reads a survey from a file: everything that is wrong is reported at once, with its line; nothing is written here.
//!
//! Three layouts give the same [`Draft`]: the project's own JSON ([`from_json`]), and a table of one row per municipality as
//! CSV ([`from_csv`]) or XLSX ([`from_xlsx`]). The layouts are described in `docs/features/surveys.md`.

mod csv;
mod json;
mod problem;
mod table;
mod xlsx;

use std::{collections::BTreeMap, ops::Range};

use kernel::{OrganisationId, codes::MunicipalityCode, decode::Encoding};
use sha2::{Digest, Sha256};

pub use self::{
    csv::from_csv,
    json::from_json,
    problem::{Reason, RowProblem},
    xlsx::from_xlsx,
};
pub use crate::actions::load;
use crate::model::{Ask, Head, is_slug};

/// The largest file: 20 MB.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// More municipalities than the country has.
pub const MAX_ROWS: usize = 2_000;
/// The most questions of one survey.
pub const MAX_QUESTIONS: usize = 60;
/// The longest answer, in characters.
pub const MAX_CHARS: usize = 200_000;
/// So many problems are listed at once.
pub const MAX_PROBLEMS: usize = 100;

/// A municipality that may appear in a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its name today.
    pub name: String,
    /// The municipality as an organisation: the owner of its answers.
    pub organisation: OrganisationId,
}

/// The municipalities this installation knows, by 団体コード.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register(BTreeMap<String, Known>);

impl Register {
    /// Adds one.
    pub fn insert(&mut self, code: &str, known: Known) {
        self.0.insert(code.to_owned(), known);
    }

    /// Looks one up.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Known> {
        self.0.get(code)
    }

    /// The register from the area's data; neighbours without an organisation take no part.
    #[must_use]
    pub fn of(municipalities: &[areas::Municipality]) -> Self {
        let known = |m: &areas::Municipality| {
            m.organisation.map(|organisation| (m.code.clone(), Known { name: m.name_ja.clone(), organisation }))
        };
        Self(municipalities.iter().filter_map(known).collect())
    }
}

/// One municipality's row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// 団体コード, checked.
    pub code: String,
    /// Name as in the file.
    pub name: String,
    /// One per question, in their order: `None` = not answered, empty = nothing was written.
    pub answers: Vec<Option<String>>,
}

/// A run of digits that could be somebody's individual number (マイナンバー).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Line of the file (JSON: of the municipality's entry).
    pub line: u64,
    /// Column or field.
    pub column: String,
    /// Where in the text, in bytes.
    pub range: Range<usize>,
}

/// A survey that passed every check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What it says about itself.
    pub head: Head,
    /// Its questions.
    pub questions: Vec<Ask>,
    /// Who answered what.
    pub rows: Vec<Row>,
    /// How the file was written, when it was text.
    pub encoding: Option<Encoding>,
    /// Runs that need the sender's word that they are no individual numbers.
    pub marks: Vec<Mark>,
}

/// What a preview counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Municipalities.
    pub responses: usize,
    /// Questions.
    pub questions: usize,
    /// Answers with text.
    pub written: usize,
    /// Answers in which nothing was written.
    pub blank: usize,
}

impl Draft {
    /// Counts for the preview.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let bodies = || self.rows.iter().flat_map(|r| &r.answers).flatten();
        let blank = bodies().filter(|b| crate::model::is_blank(b)).count();
        Counts {
            responses: self.rows.len(),
            questions: self.questions.len(),
            written: bodies().count() - blank,
            blank,
        }
    }

    /// SHA-256 over questions and answers, hexadecimal: the same survey read twice has the same one.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            hash.update(text.len().to_be_bytes());
            hash.update(text);
        };
        let h = &self.head;
        for text in [&h.slug, &h.title, &h.title_en, &h.label, &h.source, &h.source_en, &h.note, &h.note_en, &h.licence, &h.licence_en, &h.trailing_link] {
            part(text);
        }
        part(&format!("{} {}", h.fiscal_year, h.fiscal_year_inferred));
        for q in &self.questions {
            for text in [&q.number, &q.field, &q.body, &q.body_en, &q.short, &q.short_en] {
                part(text);
            }
        }
        for row in &self.rows {
            part(&row.code);
            part(&row.name);
            for answer in &row.answers {
                part(if answer.is_some() { "+" } else { "-" });
                part(answer.as_deref().unwrap_or_default());
            }
        }
        hash.finalize().iter().fold(String::with_capacity(64), |mut out, byte| {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

/// Collects problems, at most [`MAX_PROBLEMS`].
#[derive(Default)]
struct Problems(Vec<RowProblem>);

impl Problems {
    fn add(&mut self, line: u64, column: impl Into<String>, reason: Reason) {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push(RowProblem { line, column: column.into(), reason });
        }
    }

    /// Some callers cannot go on: the problems so far, and this one.
    fn fatal(mut self, line: u64, column: impl Into<String>, reason: Reason) -> Vec<RowProblem> {
        self.0.truncate(MAX_PROBLEMS - 1);
        self.add(line, column, reason);
        self.0
    }

    fn finish<T>(mut self, value: T) -> Result<T, Vec<RowProblem>> {
        self.0.sort_by_key(|p| p.line);
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}

fn too_large(bytes: &[u8]) -> Result<(), Vec<RowProblem>> {
    if bytes.len() <= MAX_BYTES {
        return Ok(());
    }
    Err(Problems::default().fatal(0, "", Reason::TooLarge { megabytes: MAX_BYTES / 1024 / 1024 }))
}

/// The head: what a form or a file says about the survey.
fn check_head(head: &Head, problems: &mut Problems) {
    if !is_slug(&head.slug) {
        problems.add(0, "slug", Reason::Slug);
    }
    if !(1947..=2200).contains(&head.fiscal_year) {
        problems.add(0, "fiscal_year", Reason::FiscalYear);
    }
    for (field, text, least, most) in [
        ("title", &head.title, 1, 300),
        ("title_en", &head.title_en, 0, 500),
        ("label", &head.label, 0, 100),
        ("source", &head.source, 1, 2000),
        ("source_en", &head.source_en, 0, 2000),
        ("note", &head.note, 0, 2000),
        ("note_en", &head.note_en, 0, 2000),
        ("licence", &head.licence, 0, 500),
        ("licence_en", &head.licence_en, 0, 500),
        ("trailing_link", &head.trailing_link, 0, 2000),
    ] {
        text_fits(problems, 0, field, text, least, most);
    }
    if !head.trailing_link.is_empty() && !["https://", "http://"].iter().any(|s| head.trailing_link.starts_with(s)) {
        problems.add(0, "trailing_link", Reason::Link);
    }
}

/// Questions: texts of a fitting length, and every name used once.
fn check_questions(questions: &[Ask], line: u64, problems: &mut Problems) {
    if questions.is_empty() {
        problems.add(line, "", Reason::NoQuestions);
    }
    if questions.len() > MAX_QUESTIONS {
        problems.add(line, "", Reason::TooManyQuestions { limit: MAX_QUESTIONS });
    }
    let (mut anchors, mut fields) = (BTreeMap::new(), BTreeMap::new());
    for q in questions {
        let column = q.number.as_str();
        for (text, least, most) in [(&q.number, 1, 20), (&q.body, 1, 2000), (&q.body_en, 0, 2000), (&q.short, 1, 60), (&q.short_en, 0, 100)] {
            text_fits(problems, line, column, text, least, most);
        }
        let name = q.field.as_bytes();
        let named = (1..=40).contains(&name.len()) && name.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_');
        if !named || ["code", "name"].contains(&q.field.as_str()) || q.anchor().is_empty() || q.anchor().len() > 20 {
            problems.add(line, column, Reason::QuestionNumber);
        } else if anchors.insert(q.anchor(), ()).is_some() || fields.insert(q.field.clone(), ()).is_some() {
            problems.add(line, column, Reason::QuestionTwice);
        }
    }
}

fn text_fits(problems: &mut Problems, line: u64, column: &str, text: &str, least: usize, most: usize) {
    let count = text.chars().count();
    if count < least || (least > 0 && crate::model::is_blank(text)) {
        problems.add(line, column, Reason::Missing);
    } else if count > most {
        problems.add(line, column, Reason::TooLong { limit: most });
    }
    if let Some(found) = control(text) {
        problems.add(line, column, Reason::Control { code: u32::from(found) });
    }
}

/// A character that no one types and that spreadsheets cannot hold.
fn control(text: &str) -> Option<char> {
    text.chars().find(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Checks one municipality's code and name, whatever the layout.
struct Municipalities<'a> {
    register: &'a Register,
    seen: BTreeMap<String, u64>,
}

impl<'a> Municipalities<'a> {
    fn of(register: &'a Register) -> Self {
        Self { register, seen: BTreeMap::new() }
    }

    /// The code in its stored form, if everything about it is right.
    fn check(&mut self, line: u64, columns: (&str, &str), typed: &str, name: &str, problems: &mut Problems) -> Option<String> {
        let reason = match typed.parse::<MunicipalityCode>() {
            Err(error) => Reason::Code(error),
            Ok(code) => {
                let code = code.to_string();
                match (self.seen.insert(code.clone(), line), self.register.get(&code)) {
                    (Some(first), _) => Reason::Twice { first },
                    (None, None) => Reason::CodeUnknown { typed: code },
                    (None, Some(known)) if known.name != kernel::text::trim(name) => {
                        let typed = name.chars().take(40).collect();
                        problems.add(line, columns.1, Reason::Name { typed, expected: known.name.clone() });
                        return None;
                    }
                    (None, Some(_)) => return Some(code),
                }
            }
        };
        problems.add(line, columns.0, reason);
        None
    }
}

/// The text of an answer as it is stored, with what stands in its way.
fn answer(line: u64, column: &str, typed: &str, problems: &mut Problems, marks: &mut Vec<Mark>) -> Option<String> {
    let Ok(text) = kernel::text::clean(typed) else {
        problems.add(line, column, Reason::Control { code: 0 });
        return None;
    };
    if let Some(found) = control(&text) {
        problems.add(line, column, Reason::Control { code: u32::from(found) });
        return None;
    }
    if text.chars().count() > MAX_CHARS {
        problems.add(line, column, Reason::TooLong { limit: MAX_CHARS });
        return None;
    }
    let found = kernel::codes::find_my_numbers(&text);
    marks.extend(found.into_iter().map(|range| Mark { line, column: column.to_owned(), range }));
    Some(text)
}

#[cfg(test)]
mod tests;
