//! Reads a survey from a file: everything that is wrong is reported at once, with its line; nothing is written here.
//!
//! Three layouts give the same [`Draft`]: the project's own JSON ([`from_json`]), and a table of one row per municipality as
//! CSV ([`from_csv`]) or XLSX ([`from_xlsx`]). The layouts are described in `docs/features/surveys.md`.

mod check;
mod csv;
mod json;
mod problem;
mod table;
mod xlsx;

use std::{collections::BTreeMap, ops::Range};

use kernel::{OrganisationId, decode::Encoding};
use sha2::{Digest, Sha256};

pub use self::{
    csv::from_csv,
    json::from_json,
    problem::{Reason, RowProblem},
    xlsx::from_xlsx,
};
pub use crate::actions::load;
use crate::model::{Ask, Head};

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
            m.organisation.map(|organisation| {
                (
                    m.code.clone(),
                    Known {
                        name: m.name_ja.clone(),
                        organisation,
                    },
                )
            })
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
        for text in [
            &h.slug,
            &h.title,
            &h.title_en,
            &h.label,
            &h.source,
            &h.source_en,
            &h.note,
            &h.note_en,
            &h.licence,
            &h.licence_en,
            &h.trailing_link,
        ] {
            part(text);
        }
        part(&format!("{} {}", h.fiscal_year, h.fiscal_year_inferred));
        for q in &self.questions {
            for text in [
                &q.number,
                &q.field,
                &q.body,
                &q.body_en,
                &q.short,
                &q.short_en,
            ] {
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
        hash.finalize()
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
                use std::fmt::Write as _;
                // Writing to a String cannot fail.
                let _ = write!(out, "{byte:02x}");
                out
            })
    }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
pub(crate) mod tests;
