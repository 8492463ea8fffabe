//! Why a file is refused, line by line, in the reader's language.

use kernel::{Lang, codes::CodeError, decode::DecodeError};

use crate::i18n::tl;

/// One thing that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Line of the file, counted from 1 (XLSX: row); 0 = the file as a whole.
    pub line: u64,
    /// Column, field or question; empty = the whole line.
    pub column: String,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong, with what a person needs to put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file is larger than allowed.
    TooLarge {
        /// The limit in MB.
        megabytes: usize,
    },
    /// Not text in any known encoding.
    Encoding(DecodeError),
    /// Not a file of this kind, or damaged.
    Unreadable,
    /// JSON does not follow the layout; the parser's own words, which are English.
    Json {
        /// What the parser expected.
        detail: String,
    },
    /// A quotation mark is missing or misplaced.
    Quotes,
    /// The file unpacks to far more than a survey can be.
    Unpacks,
    /// No rows at all.
    Empty,
    /// More rows than municipalities exist.
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// More questions than a survey may have.
    TooManyQuestions {
        /// The limit.
        limit: usize,
    },
    /// A column that must be there is not.
    ColumnMissing {
        /// Its heading.
        heading: String,
    },
    /// A row has another number of cells than the heading.
    Cells {
        /// In the heading.
        expected: usize,
        /// In this row.
        found: usize,
    },
    /// There is text in a column without a heading.
    NoHeading,
    /// No question column.
    NoQuestions,
    /// A question's number cannot become part of an address.
    QuestionNumber,
    /// Two questions share a number.
    QuestionTwice,
    /// A text that must be there is empty.
    Missing,
    /// A text is too long.
    TooLong {
        /// The limit in characters.
        limit: usize,
    },
    /// A control character; 0 is the null byte.
    Control {
        /// Its code point.
        code: u32,
    },
    /// A formula instead of text.
    Formula,
    /// A date, a truth value or an error value of a spreadsheet instead of text.
    NotText,
    /// The cell was cut by an export, because a spreadsheet cell holds no more.
    Cut,
    /// The municipality code is missing, has another form or a wrong check digit (it says the right one).
    Code(CodeError),
    /// A right code of a municipality that this installation does not know.
    CodeUnknown {
        /// As typed.
        typed: String,
    },
    /// The municipality has a row already.
    Twice {
        /// The line of that row.
        first: u64,
    },
    /// The name belongs to another code.
    Name {
        /// As typed.
        typed: String,
        /// The name of the code.
        expected: String,
    },
    /// Not fit for an address.
    Slug,
    /// Not a year.
    FiscalYear,
    /// Not a web address.
    Link,
    /// The survey is there already.
    SlugTaken,
    /// Twelve digits that could be somebody's individual number.
    MyNumber,
}

impl RowProblem {
    /// Where it is, in words.
    #[must_use]
    pub fn place(&self, lang: Lang) -> String {
        let (line, column) = (self.line.to_string(), self.column.as_str());
        match (self.line, column.is_empty()) {
            (0, true) => tl!(lang, "problem-file"),
            (0, false) => column.to_owned(),
            (_, true) => tl!(lang, "problem-line", line = line),
            (_, false) => tl!(lang, "problem-line-column", line = line, column = column),
        }
    }

    /// What is wrong and how to put it right.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let number = |n: usize| n.to_string();
        match &self.reason {
            Reason::TooLarge { megabytes } => {
                tl!(lang, "reason-too-large", megabytes = number(*megabytes))
            }
            Reason::Encoding(error) => error.message(lang),
            Reason::Unreadable => tl!(lang, "reason-unreadable"),
            Reason::Json { detail } => tl!(lang, "reason-json", detail = detail.as_str()),
            Reason::Quotes => tl!(lang, "reason-quotes"),
            Reason::Unpacks => tl!(lang, "reason-unpacks"),
            Reason::Empty => tl!(lang, "reason-empty"),
            Reason::TooManyRows { limit } => {
                tl!(lang, "reason-too-many-rows", limit = number(*limit))
            }
            Reason::TooManyQuestions { limit } => {
                tl!(lang, "reason-too-many-questions", limit = number(*limit))
            }
            Reason::ColumnMissing { heading } => {
                tl!(lang, "reason-column-missing", heading = heading.as_str())
            }
            Reason::Cells { expected, found } => {
                tl!(
                    lang,
                    "reason-cells",
                    expected = number(*expected),
                    found = number(*found)
                )
            }
            Reason::NoHeading => tl!(lang, "reason-no-heading"),
            Reason::NoQuestions => tl!(lang, "reason-no-questions"),
            Reason::QuestionNumber => tl!(lang, "reason-question-number"),
            Reason::QuestionTwice => tl!(lang, "reason-question-twice"),
            Reason::Missing => tl!(lang, "reason-missing"),
            Reason::TooLong { limit } => tl!(lang, "reason-too-long", limit = number(*limit)),
            Reason::Control { code: 0 } => tl!(lang, "reason-null"),
            Reason::Control { code } => tl!(lang, "reason-control", code = format!("U+{code:04X}")),
            Reason::Formula => tl!(lang, "reason-formula"),
            Reason::NotText => tl!(lang, "reason-not-text"),
            Reason::Cut => tl!(lang, "reason-cut"),
            Reason::Code(error) => error.message(lang),
            Reason::CodeUnknown { typed } => {
                tl!(lang, "reason-code-unknown", typed = typed.as_str())
            }
            Reason::Twice { first } => tl!(lang, "reason-twice", first = first.to_string()),
            Reason::Name { typed, expected } => {
                tl!(
                    lang,
                    "reason-name",
                    typed = typed.as_str(),
                    expected = expected.as_str()
                )
            }
            Reason::Slug => tl!(lang, "reason-slug"),
            Reason::FiscalYear => tl!(lang, "reason-fiscal-year"),
            Reason::Link => tl!(lang, "reason-link"),
            Reason::MyNumber => tl!(lang, "reason-my-number"),
            Reason::SlugTaken => tl!(lang, "reason-slug-taken"),
        }
    }
}
