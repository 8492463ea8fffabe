//! CSV: UTF-8 with or without a mark, UTF-16 or CP932.

use super::{
    Draft, MAX_QUESTIONS, MAX_ROWS, Reason, Register, RowProblem,
    check::{Problems, too_large},
    table::{self, Cell, Kind, Line},
};
use crate::{escape::Guard, model::Head};

/// Reads a survey from CSV: a heading (団体コード, 市町村名, one column per question), then one row per municipality.
///
/// # Errors
/// Every problem with its line; at most [`super::MAX_PROBLEMS`].
pub fn from_csv(bytes: &[u8], head: Head, register: &Register) -> Result<Draft, Vec<RowProblem>> {
    too_large(bytes)?;
    let decoded = kernel::decode::text(bytes).map_err(|error| {
        let line = u64::try_from(error.line).unwrap_or(0);
        Problems::default().fatal(line, "", Reason::Encoding(error))
    })?;
    if let Some(line) = open_quote(&decoded.text) {
        return Err(Problems::default().fatal(line, "", Reason::Quotes));
    }
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(decoded.text.as_bytes());
    let mut lines = Vec::new();
    let mut rows = Rows::new(&decoded.text);
    for record in reader.records() {
        let line = record
            .as_ref()
            .ok()
            .and_then(|r| r.position())
            .map_or(0, |place| rows.at(place.byte()));
        let Ok(record) = record else {
            return Err(Problems::default().fatal(line, "", Reason::Unreadable));
        };
        if lines.len() > MAX_ROWS + 1 {
            return Err(Problems::default().fatal(
                line,
                "",
                Reason::TooManyRows { limit: MAX_ROWS },
            ));
        }
        if record.len() > MAX_QUESTIONS * 4 {
            return Err(Problems::default().fatal(
                line,
                "",
                Reason::TooManyQuestions {
                    limit: MAX_QUESTIONS,
                },
            ));
        }
        let cell = |text: &str| Cell {
            text: text.to_owned(),
            kind: Kind::Text,
        };
        lines.push(Line {
            number: line,
            cells: record.iter().map(cell).collect(),
        });
    }
    let mut draft = table::draft(head, lines, Guard::Csv, register)?;
    draft.encoding = Some(decoded.encoding);
    Ok(draft)
}

/// Counts rows as a spreadsheet numbers them: a cell of several lines is one row, an empty line is a row too.
struct Rows<'t> {
    bytes: &'t [u8],
    next: usize,
    row: u64,
    quoted: bool,
    at_start: bool,
}

impl<'t> Rows<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            next: 0,
            row: 1,
            quoted: false,
            at_start: true,
        }
    }

    /// The row of the record that begins at this byte, or after the line ends that stand there. Bytes must not go back.
    fn at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(&here) = self.bytes.get(self.next) {
            let between = !self.quoted && matches!(here, b'\n' | b'\r');
            if self.next >= byte && !between {
                break;
            }
            let after = self.bytes.get(self.next + 1).copied();
            match here {
                b'"' if self.quoted && after == Some(b'"') => self.next += 1,
                b'"' if self.quoted => self.quoted = false,
                b'"' if self.at_start => self.quoted = true,
                b'\n' if !self.quoted => self.row += 1,
                b'\r' if !self.quoted && after != Some(b'\n') => self.row += 1,
                _ => {}
            }
            self.at_start = !self.quoted && matches!(here, b',' | b'\n' | b'\r');
            self.next += 1;
        }
        self.row
    }
}

/// The line of a quotation mark that is never closed: a parser would swallow the rest of the file as one cell.
fn open_quote(text: &str) -> Option<u64> {
    let (mut inside, mut at_start, mut line, mut opened) = (false, true, 1_u64, 1_u64);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => drop(chars.next()),
            '"' if inside => inside = false,
            '"' if at_start => (inside, opened) = (true, line),
            _ => {}
        }
        at_start = !inside && matches!(c, ',' | '\n' | '\r');
        line += u64::from(c == '\n');
    }
    inside.then_some(opened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_as_in_a_spreadsheet() {
        for text in [
            "a,b\r\n1,\"x\r\ny \"\"z\"\"\"\r\n\r\n2,5\" w\r\n3,c\r\n",
            "a,b\n1,\"x\ny \"\"z\"\"\"\n\n2,5\" w\n3,c",
        ] {
            let mut rows = Rows::new(text);
            let found: Vec<u64> = ::csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes())
                .records()
                .map(|r| rows.at(r.expect("record").position().expect("place").byte()))
                .collect();
            assert_eq!(found, [1, 2, 4, 5], "{text}");
        }
    }

    #[test]
    fn an_open_quotation_mark_is_found() {
        assert_eq!(open_quote("a,\"b\nc\",d\n\"e\"\"\",f"), None);
        assert_eq!(open_quote("a,b\nc,\"d\ne,f\n"), Some(2));
        assert_eq!(open_quote("5\" x,b"), None);
    }
}
