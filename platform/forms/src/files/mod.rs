//! Forms that travel: the same list of blanks as XLSX or DOCX, written with what is known and read back with what was typed.
//!
//! Between the two a file passes through hands we do not know: Excel, LibreOffice, a gateway that removes active content and
//! saves everything anew. Names, styles, hidden sheets and content controls may be gone afterwards. So a file is read by what
//! a person sees: the number of a question, or its text. What the program itself put in (field ids, the form's code) is used
//! where it survived, and must then be genuine: it carries a keyed checksum.

mod convert;
mod docx_read;
mod docx_write;
mod grid;
mod identity;
mod lists;
mod matching;
mod package;
#[cfg(test)]
mod tests;
mod xlsx_read;
mod xlsx_write;

pub use self::{
    convert::{blanks, values},
    docx_read::read_docx,
    docx_write::{Part, docx, letter},
    xlsx_read::read_xlsx,
    xlsx_write::xlsx,
};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;
/// What a form may unpack to at most, in bytes.
pub const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
/// Most bytes of all texts of a file together.
pub const MAX_TEXT: usize = 16 * 1024 * 1024;
/// Most rows of all sheets or tables together.
pub const MAX_ROWS: usize = 10_000;
/// What a spreadsheet cell holds, in UTF-16 units; longer texts travel as DOCX.
pub const CELL: usize = 32_767;
/// So many problems are listed at once.
pub const MAX_PROBLEMS: usize = 100;

/// The words that are printed in the files and looked for when they come back; always in the language of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Heading of the column of numbers.
    pub number: String,
    /// Heading of the column of questions.
    pub question: String,
    /// Heading of the column of answers.
    pub answer: String,
    /// Heading of the column that says that there is no answer, and why.
    pub flag: String,
    /// Heading of last time's answers.
    pub last: String,
    /// There is nothing of the kind.
    pub not_applicable: String,
    /// Nobody knows.
    pub unknown: String,
    /// The mark for a chosen option.
    pub chosen: String,
    /// Stands before the number of a table.
    pub table: String,
    /// Points from the list of questions to the table.
    pub see_table: String,
    /// Says that a file travels otherwise.
    pub elsewhere: String,
    /// Stands before the unit of a figure.
    pub unit: String,
    /// Stands before the options of a choice.
    pub options: String,
    /// How a date is written.
    pub date: String,
    /// Stands before the code of the form.
    pub code: String,
    /// Name of the first sheet.
    pub sheet: String,
}

/// What a blank takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlankKind {
    /// Paragraphs.
    Long,
    /// One line.
    Short,
    /// One of the options, or several.
    Choice {
        /// What can be chosen, as printed.
        options: Vec<String>,
        /// Whether several may be chosen.
        many: bool,
    },
    /// A figure.
    Number {
        /// Its unit; may be empty.
        unit: String,
    },
    /// A day.
    Date,
    /// Rows under columns.
    Table {
        /// Headings.
        columns: Vec<String>,
        /// So many empty rows are offered beyond the filled ones.
        spare: usize,
    },
    /// Not in this file: an attachment.
    Elsewhere,
}

/// What stands in a blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    #[default]
    Nothing,
    /// A text as typed; figures and dates too.
    Text(String),
    /// Options, in the order of the form.
    Chosen(Vec<String>),
    /// Rows of a table, each as wide as the table.
    Rows(Vec<Vec<String>>),
    /// There is nothing of the kind.
    NotApplicable,
    /// Nobody knows.
    Unknown,
}

/// One thing to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The field's own name, never shown.
    pub id: String,
    /// Number as printed: `2(1)`.
    pub number: String,
    /// The question.
    pub label: String,
    /// What helps to answer it; may be empty.
    pub help: String,
    /// What it takes.
    pub kind: BlankKind,
    /// Whether "there is nothing of the kind" is an answer.
    pub none: bool,
    /// Whether "nobody knows" is an answer.
    pub unknown: bool,
    /// What stands in it.
    pub given: Given,
    /// Last time's answer, to read; may be empty.
    pub last: String,
}

impl Blank {
    /// The words that may stand in the column for answers that are none.
    fn flags(&self, words: &Words) -> Vec<String> {
        let mut flags = Vec::new();
        if self.none {
            flags.push(words.not_applicable.clone());
        }
        if self.unknown {
            flags.push(words.unknown.clone());
        }
        flags
    }
}

/// Which form a file is: of which round, for whom, and how far the answer had come when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The round: letters and digits.
    pub round: String,
    /// Who answers: letters and digits.
    pub respondent: String,
    /// Version of the answer that the file shows.
    pub version: i64,
}

impl Mark {
    /// The code printed on the form; `sign` gives a keyed checksum of a text.
    #[must_use]
    pub fn code(&self, sign: &dyn Fn(&str) -> String) -> String {
        format!("{PREFIX}{}.{}", self.plain(), sign(&self.plain()))
    }

    fn plain(&self) -> String {
        format!("{}.{}.{}", self.round, self.respondent, self.version)
    }

    /// Reads a code; `Ok(None)` when the text holds none.
    ///
    /// # Errors
    /// [`Reason::Forged`] when the checksum is not that of the text.
    fn of_code(text: &str, sign: &dyn Fn(&str) -> String) -> Result<Option<Self>, Reason> {
        let Some((_, rest)) = text.split_once(PREFIX) else {
            return Ok(None);
        };
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | '-'))
            .unwrap_or(rest.len());
        let parts: Vec<&str> = rest[..end].split('.').collect();
        let [round, respondent, version, check] = parts[..] else {
            return Err(Reason::Forged);
        };
        let mark = Self {
            round: round.to_owned(),
            respondent: respondent.to_owned(),
            version: version.parse().map_err(|_| Reason::Forged)?,
        };
        if same(&sign(&mark.plain()), check) {
            Ok(Some(mark))
        } else {
            Err(Reason::Forged)
        }
    }
}

/// Before the code of a form.
const PREFIX: &str = "renkei:";

/// Compares without telling by the time where two texts begin to differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

/// A form, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Title.
    pub title: String,
    /// Lines above the questions: who asks, until when, how to send it back.
    pub lead: Vec<String>,
    /// Who answers, as printed.
    pub respondent: String,
    /// What is asked.
    pub blanks: Vec<Blank>,
    /// Which form it is.
    pub mark: Mark,
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A text does not fit into a cell of a spreadsheet; DOCX takes it.
    #[error("the text of {number} does not fit into a cell")]
    TooLong {
        /// Number of the question.
        number: String,
    },
    /// The spreadsheet library.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// Packing.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// Writing to memory.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// A file that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Which form it says it is, proved; `None` when nothing of that survived.
    pub mark: Option<Mark>,
    /// What was found, in the order of the form.
    pub found: Vec<Found>,
    /// What could not be taken over; the rest can.
    pub problems: Vec<Problem>,
}

/// One blank that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The field.
    pub id: String,
    /// What stands in it.
    pub given: Given,
    /// Sheet or table, as printed.
    pub sheet: String,
    /// Row, from 1.
    pub line: u64,
}

/// Something in a file that could not be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Sheet or table; empty = the file as a whole.
    pub sheet: String,
    /// Row, from 1; 0 = no row.
    pub line: u64,
    /// Number of the question; empty when it is not known.
    pub number: String,
    /// What is wrong.
    pub reason: Reason,
}

impl Problem {
    fn file(reason: Reason) -> Self {
        Self {
            sheet: String::new(),
            line: 0,
            number: String::new(),
            reason,
        }
    }
}

/// What is wrong with a file or one of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Larger than [`MAX_BYTES`].
    TooLarge,
    /// Not a file of this kind, or damaged.
    Unreadable,
    /// Unpacks to more than a form can be.
    Unpacks,
    /// Macros, controls or embedded programs.
    Active,
    /// Reaches for data outside the file.
    External,
    /// The code or the hidden part was changed.
    Forged,
    /// No question of this form is in the file.
    NotThisForm,
    /// More rows than a form has.
    TooManyRows,
    /// A question of the form is not in the file; it stays as it is.
    RowMissing,
    /// A question is there twice; the first one counts.
    Twice {
        /// The line of the first one.
        first: u64,
    },
    /// An answer without a question.
    UnknownRow,
    /// A formula instead of an answer.
    Formula,
    /// A truth value or an error value instead of an answer.
    NotText,
    /// Not one of the options.
    NotAnOption {
        /// As typed.
        typed: String,
    },
    /// Neither of the two words for "no answer".
    NotAFlag {
        /// As typed.
        typed: String,
    },
    /// An answer, and the word that there is none.
    Both,
    /// A heading of a table is missing.
    ColumnMissing {
        /// The heading.
        heading: String,
    },
    /// A null byte or a control character.
    Control,
    /// What the field itself refuses.
    Check(crate::Problem),
}

impl Reason {
    /// Whether an answer stood there that could not be read.
    fn spoils(&self) -> bool {
        matches!(
            self,
            Self::Formula
                | Self::NotText
                | Self::NotAnOption { .. }
                | Self::NotAFlag { .. }
                | Self::ColumnMissing { .. }
                | Self::Control
        )
    }
}
