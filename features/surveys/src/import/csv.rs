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
    for record in reader.records() {
        let line = record
            .as_ref()
            .ok()
            .and_then(|r| r.position())
            .map_or(0, ::csv::Position::line);
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
    fn an_open_quotation_mark_is_found() {
        assert_eq!(open_quote("a,\"b\nc\",d\n\"e\"\"\",f"), None);
        assert_eq!(open_quote("a,b\nc,\"d\ne,f\n"), Some(2));
        assert_eq!(open_quote("5\" x,b"), None);
    }
}
