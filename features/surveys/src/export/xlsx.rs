//! XLSX for A3: the workbook's parts come from `rust_xlsxwriter`; the rows are written into its sheet as they are read,
//! because that library gives nothing before everything is there.

use std::{
    io::{Cursor, Read, Write},
    sync::{Arc, Mutex, PoisonError},
};

use kernel::Lang;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

use super::{ExportError, ExportRow, csv::heading_of};
use crate::{
    escape::{Guard, unanswered},
    i18n::tl,
    model::{Question, Survey},
};

const SHEET: &str = "xl/worksheets/sheet1.xml";
/// What a cell of a spreadsheet holds, in UTF-16 units.
const CELL: usize = 32_767;
/// A3 in the numbering of spreadsheets.
const A3: u8 = 8;

/// Where the package is written; taken out after each step.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// An XLSX file being written.
pub struct Writer {
    zip: ZipWriter<StreamWriter<Pipe>>,
    pipe: Pipe,
    row: u32,
    styles: [String; 2],
    tail: String,
    unanswered: String,
    cut: String,
}

impl Writer {
    pub(super) fn start(
        survey: &Survey,
        questions: &[Question],
    ) -> Result<(Self, Vec<u8>), ExportError> {
        let shell = shell(survey, questions)?;
        let mut parts = ZipArchive::new(Cursor::new(shell))?;
        let pipe = Pipe::default();
        let mut zip = ZipWriter::new_stream(pipe.clone());
        // One fixed time, so that the same survey gives the same file.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let mut sheet = String::new();
        for at in 0..parts.len() {
            let mut part = parts.by_index(at)?;
            let name = part.name()?.into_owned();
            if name == SHEET {
                part.read_to_string(&mut sheet)?;
                continue;
            }
            zip.start_file(name, options)?;
            std::io::copy(&mut part, &mut zip)?;
        }
        let from = sheet
            .find("<row r=\"2\"")
            .ok_or(ExportError::Shell("second row"))?;
        let past = from
            + sheet[from..]
                .find("</row>")
                .ok_or(ExportError::Shell("end of row"))?
            + "</row>".len();
        let style = |cell: &str| {
            let mark = format!("<c r=\"{cell}\" s=\"");
            let (_, rest) = sheet[from..past].split_once(&mark)?;
            rest.split_once('"').map(|(style, _)| style.to_owned())
        };
        let missing = || ExportError::Shell("cell style");
        let styles = [
            style("A2").ok_or_else(missing)?,
            style("C2").ok_or_else(missing)?,
        ];
        zip.start_file(SHEET, options)?;
        zip.write_all(without_dimension(&sheet[..from]).as_bytes())?;
        let tail = sheet[past..].to_owned();
        let cut = tl!(Lang::Ja, "file-cut");
        let writer = Self {
            zip,
            pipe,
            row: 1,
            styles,
            tail,
            unanswered: unanswered(),
            cut,
        };
        let bytes = writer.pipe.take();
        Ok((writer, bytes))
    }

    pub(super) fn rows(&mut self, rows: &[ExportRow]) -> Result<Vec<u8>, ExportError> {
        let mut xml = String::new();
        for row in rows {
            self.row += 1;
            xml.push_str(&format!("<row r=\"{}\">", self.row));
            let texts = [Some(&row.code), Some(&row.name)]
                .into_iter()
                .chain(row.answers.iter().map(Option::as_ref));
            for (at, text) in texts.enumerate() {
                let cell = match text {
                    Some(text) => shorten(&Guard::Xlsx.write(text), &self.cut),
                    None => self.unanswered.clone(),
                };
                let place = rust_xlsxwriter::utility::row_col_to_cell(
                    self.row - 1,
                    u16::try_from(at).unwrap_or(u16::MAX),
                );
                let style = &self.styles[usize::from(at > 1)];
                xml.push_str(&format!(
                    "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                ));
                escape(&cell, &mut xml);
                xml.push_str("</t></is></c>");
            }
            xml.push_str("</row>");
        }
        self.zip.write_all(xml.as_bytes())?;
        Ok(self.pipe.take())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, ExportError> {
        self.zip.write_all(self.tail.as_bytes())?;
        self.zip.finish()?;
        Ok(self.pipe.take())
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

/// The shell knows two rows only; readers do without this hint.
fn without_dimension(xml: &str) -> String {
    match (xml.find("<dimension "), xml.find("<sheetViews>")) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &xml[..from], &xml[to..]),
        _ => xml.to_owned(),
    }
}

/// A text that fits a cell; one that does not ends with words that say where the rest is.
pub(crate) fn shorten(text: &str, cut: &str) -> String {
    let units = |text: &str| text.encode_utf16().count();
    if text.len() <= CELL || units(text) <= CELL {
        return text.to_owned();
    }
    let mut left = CELL - units(cut);
    let mut out: String = text
        .chars()
        .take_while(|c| {
            let fits = left >= c.len_utf16();
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect();
    out.push_str(cut);
    out
}

/// XML text; `_x0041_` would be read as an escape, so its underscore is escaped itself.
fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_escaped(&bytes[at..]) => out.push_str("_x005F_"),
            '\r' => out.push_str("_x000D_"),
            _ => out.push(c),
        }
    }
}

fn looks_escaped(bytes: &[u8]) -> bool {
    bytes.len() >= 7
        && bytes[1] == b'x'
        && bytes[6] == b'_'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}
