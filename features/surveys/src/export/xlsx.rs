//! XLSX for A3; the rows leave as they are read ([`forms::Table`]).

use std::borrow::Cow;

use forms::Table;
use kernel::Lang;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

use super::{ExportError, ExportRow, csv::heading_of};
use crate::{
    escape::{Guard, unanswered},
    i18n::tl,
    model::{Question, Survey},
};

/// A3 in the numbering of spreadsheets.
const A3: u8 = 8;

/// An XLSX file being written.
pub struct Writer {
    table: Table,
    unanswered: String,
}

impl Writer {
    pub(super) fn start(
        survey: &Survey,
        questions: &[Question],
    ) -> Result<(Self, Vec<u8>), ExportError> {
        let columns = u16::try_from(questions.len() + 2).unwrap_or(u16::MAX);
        let cut = tl!(Lang::Ja, "file-cut");
        let (table, bytes) = Table::start(shell(survey, questions)?, columns, cut)?;
        let writer = Self {
            table,
            unanswered: unanswered(),
        };
        Ok((writer, bytes))
    }

    pub(super) fn rows(&mut self, rows: &[ExportRow]) -> Result<Vec<u8>, ExportError> {
        let unanswered = &self.unanswered;
        let rows = rows.iter().map(|row| {
            let texts = [Some(&row.code), Some(&row.name)]
                .into_iter()
                .chain(row.answers.iter().map(Option::as_ref));
            texts.map(|text| match text {
                Some(text) => Guard::Xlsx.write(text),
                None => Cow::Borrowed(unanswered.as_str()),
            })
        });
        Ok(self.table.rows(rows)?)
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, ExportError> {
        Ok(self.table.finish()?)
    }
}

/// A workbook with its heading, its layout, and one row that shows the styles.
fn shell(survey: &Survey, questions: &[Question]) -> Result<Vec<u8>, ExportError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_background_color("EEF4F0");
    let place = Format::new()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_num_format("@");
    let text = place.clone().set_text_wrap();
    let mut book = Workbook::new();
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &rust_xlsxwriter::DocProperties::new()
            .set_title(&survey.head.title)
            .set_creation_datetime(&epoch),
    );
    let sheet = book.add_worksheet();
    let mut titles = vec![tl!(Lang::Ja, "file-code"), tl!(Lang::Ja, "file-name")];
    titles.extend(
        questions
            .iter()
            .map(|q| Guard::Xlsx.write(&heading_of(q)).into_owned()),
    );
    let wide = if questions.len() > 6 { 30.0 } else { 48.0 };
    for (at, title) in (0_u16..).zip(&titles) {
        sheet.write_string_with_format(0, at, title, &heading)?;
        sheet.write_string_with_format(1, at, "x", if at < 2 { &place } else { &text })?;
        sheet.set_column_width(
            at,
            match at {
                0 => 10.0,
                1 => 14.0,
                _ => wide,
            },
        )?;
    }
    sheet
        .set_landscape()
        .set_paper_size(A3)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, 2)?;
    let title: String = survey
        .head
        .title
        .replace('&', "&&")
        .chars()
        .take(100)
        .collect();
    sheet
        .set_header(format!("&L{title}"))
        .set_footer("&C&P / &N");
    Ok(book.save_to_buffer()?)
}
