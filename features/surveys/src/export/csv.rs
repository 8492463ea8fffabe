//! CSV: UTF-8 with a byte order mark (Excel asks for it), CRLF between rows, LF between paragraphs.

use kernel::Lang;

use super::{ExportError, ExportRow};
use crate::{
    escape::{Guard, unanswered},
    i18n::tl,
    model::Question,
};

/// A CSV file being written.
pub struct Writer {
    unanswered: String,
}

impl Writer {
    pub(super) fn start(questions: &[Question]) -> Result<(Self, Vec<u8>), ExportError> {
        let mut heading = vec![tl!(Lang::Ja, "file-code"), tl!(Lang::Ja, "file-name")];
        heading.extend(
            questions
                .iter()
                .map(|q| Guard::Csv.write(&heading_of(q)).into_owned()),
        );
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend(records([heading].iter())?);
        Ok((
            Self {
                unanswered: unanswered(),
            },
            bytes,
        ))
    }

    pub(super) fn rows(&self, rows: &[ExportRow]) -> Result<Vec<u8>, ExportError> {
        let cells = |row: &ExportRow| {
            let mut cells = vec![row.code.clone(), Guard::Csv.write(&row.name).into_owned()];
            cells.extend(row.answers.iter().map(|body| match body {
                Some(body) => Guard::Csv.write(body).into_owned(),
                None => self.unanswered.clone(),
            }));
            cells
        };
        records(rows.iter().map(cells))
    }
}

/// Number and text in one cell, as the importer takes them apart again.
pub(super) fn heading_of(question: &Question) -> String {
    format!("{} {}", question.ask.number, question.ask.body)
}

fn records(rows: impl Iterator<Item = impl AsRef<[String]>>) -> Result<Vec<u8>, ExportError> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.as_ref())?;
    }
    writer
        .into_inner()
        .map_err(|error| ExportError::Write(error.into_error()))
}
