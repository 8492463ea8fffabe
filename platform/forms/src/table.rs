//! A long table as XLSX, written piece by piece: the workbook's parts come from `rust_xlsxwriter`, the rows are written into
//! its sheet as they are read, because that library gives nothing before everything is there.

use std::{
    borrow::Cow,
    io::{Cursor, Read, Write},
    sync::{Arc, Mutex, PoisonError},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

const SHEET: &str = "xl/worksheets/sheet1.xml";
/// What a cell of a spreadsheet holds, in UTF-16 units.
const CELL: usize = 32_767;

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The package.
    #[error(transparent)]
    Package(#[from] zip::result::ZipError),
    /// Writing.
    #[error(transparent)]
    Write(#[from] std::io::Error),
    /// The workbook's shell is not as expected.
    #[error("the shell of the workbook has no {0}")]
    Shell(&'static str),
}

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

/// An XLSX file being written. Each step returns the bytes that are ready.
pub struct Table {
    zip: ZipWriter<StreamWriter<Pipe>>,
    pipe: Pipe,
    row: u32,
    styles: Vec<String>,
    tail: String,
    cut: String,
}

impl Table {
    /// Begins a file. `shell` is a workbook whose first sheet has the headings in its first row and in its second a text in each
    /// of the `columns` with the look of that column; `cut` ends a text that is too long for a cell.
    ///
    /// # Errors
    /// When the shell is no such workbook.
    pub fn start(
        shell: Vec<u8>,
        columns: u16,
        cut: impl Into<String>,
    ) -> Result<(Self, Vec<u8>), TableError> {
        let mut parts = ZipArchive::new(Cursor::new(shell))?;
        let pipe = Pipe::default();
        let mut zip = ZipWriter::new_stream(pipe.clone());
        // One fixed time, so that the same table gives the same file.
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
            .ok_or(TableError::Shell("second row"))?;
        let past = from
            + sheet[from..]
                .find("</row>")
                .ok_or(TableError::Shell("end of row"))?
            + "</row>".len();
        let style = |at: u16| {
            let mark = format!("<c r=\"{}\" s=\"", place(1, at));
            let (_, rest) = sheet[from..past].split_once(&mark)?;
            rest.split_once('"').map(|(style, _)| style.to_owned())
        };
        let styles = (0..columns)
            .map(|at| style(at).ok_or(TableError::Shell("cell style")))
            .collect::<Result<_, _>>()?;
        zip.start_file(SHEET, options)?;
        zip.write_all(without_dimension(&sheet[..from]).as_bytes())?;
        let table = Self {
            zip,
            row: 1,
            styles,
            tail: sheet[past..].to_owned(),
            cut: cut.into(),
            pipe,
        };
        let bytes = table.pipe.take();
        Ok((table, bytes))
    }

    /// Writes some rows; cells beyond the columns of the shell are left out.
    ///
    /// # Errors
    /// When the package cannot be written.
    pub fn rows<'a, R>(&mut self, rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, TableError>
    where
        R: IntoIterator<Item = Cow<'a, str>>,
    {
        let mut xml = String::new();
        for row in rows {
            self.row += 1;
            xml.push_str(&format!("<row r=\"{}\">", self.row));
            for ((at, style), text) in (0_u16..).zip(&self.styles).zip(row) {
                let place = place(self.row - 1, at);
                xml.push_str(&format!(
                    "<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                ));
                escape(&fitted(&text, &self.cut), &mut xml);
                xml.push_str("</t></is></c>");
            }
            xml.push_str("</row>");
        }
        self.zip.write_all(xml.as_bytes())?;
        Ok(self.pipe.take())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the package cannot be written.
    pub fn finish(mut self) -> Result<Vec<u8>, TableError> {
        self.zip.write_all(self.tail.as_bytes())?;
        self.zip.finish()?;
        Ok(self.pipe.take())
    }
}

fn place(row: u32, at: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row, at)
}

/// The shell knows two rows only; readers do without this hint.
fn without_dimension(xml: &str) -> String {
    match (xml.find("<dimension "), xml.find("<sheetViews>")) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &xml[..from], &xml[to..]),
        _ => xml.to_owned(),
    }
}

/// A text that fits a cell of a spreadsheet; one that does not ends with `cut`, words that say where the rest is.
#[must_use]
pub fn fitted<'a>(text: &'a str, cut: &str) -> Cow<'a, str> {
    let units = |text: &str| text.encode_utf16().count();
    if text.len() <= CELL || units(text) <= CELL {
        return Cow::Borrowed(text);
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
    Cow::Owned(out)
}

/// XML text; `_x0041_` would be read as an escape, so its underscore is escaped itself. Control characters have no form in XML.
fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_escaped(&bytes[at..]) => out.push_str("_x005F_"),
            '\r' => out.push_str("_x000D_"),
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => {
                out.push_str(&format!("_x{:04X}_", u32::from(c)));
            }
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
