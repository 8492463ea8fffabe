//! Writes a survey as a file, piece by piece, so that the first byte leaves before the last answer is read.

mod csv;
mod json;
mod xlsx;

use crate::model::{Question, Survey};

/// The three files of a survey. Each is read back by the importer of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The whole survey with its source; the only one with all texts about it.
    Json,
    /// A table, UTF-8 with a byte order mark, for every program.
    Csv,
    /// A table for Excel, laid out for A3.
    Xlsx,
}

impl Format {
    /// All.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Xlsx];

    /// The end of its address.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Reads the end of an address.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.code() == code)
    }

    /// Its type in HTTP.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// One municipality on its way into a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportRow {
    /// 団体コード.
    pub code: String,
    /// Name on the day of the survey.
    pub name: String,
    /// One per question: `None` = not answered, empty = nothing was written.
    pub answers: Vec<Option<String>>,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The CSV writer.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// The workbook.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The table.
    #[error(transparent)]
    Table(#[from] forms::TableError),
    /// JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Writing.
    #[error(transparent)]
    Write(#[from] std::io::Error),
    /// The survey changed while it was being read.
    #[error("the survey changed during the export")]
    Changed,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A file being written. Each step returns the bytes that are ready.
pub enum Export {
    /// As JSON.
    Json(json::Writer),
    /// As CSV.
    Csv(csv::Writer),
    /// As XLSX.
    Xlsx(Box<xlsx::Writer>),
}

impl Export {
    /// Begins a file.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn start(
        format: Format,
        survey: &Survey,
        questions: &[Question],
    ) -> Result<(Self, Vec<u8>), ExportError> {
        Ok(match format {
            Format::Json => {
                let (writer, bytes) = json::Writer::start(survey, questions)?;
                (Self::Json(writer), bytes)
            }
            Format::Csv => {
                let (writer, bytes) = csv::Writer::start(questions)?;
                (Self::Csv(writer), bytes)
            }
            Format::Xlsx => {
                let (writer, bytes) = xlsx::Writer::start(survey, questions)?;
                (Self::Xlsx(Box::new(writer)), bytes)
            }
        })
    }

    /// Writes some municipalities.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn rows(&mut self, rows: &[ExportRow]) -> Result<Vec<u8>, ExportError> {
        match self {
            Self::Json(writer) => writer.rows(rows),
            Self::Csv(writer) => writer.rows(rows),
            Self::Xlsx(writer) => writer.rows(rows),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn finish(self) -> Result<Vec<u8>, ExportError> {
        match self {
            Self::Json(writer) => writer.finish(),
            Self::Csv(_) => Ok(Vec::new()),
            Self::Xlsx(writer) => writer.finish(),
        }
    }
}
