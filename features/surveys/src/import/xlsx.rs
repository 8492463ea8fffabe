//! XLSX: the first sheet, as text.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};

use super::{
    Draft, MAX_QUESTIONS, MAX_ROWS, Reason, Register, RowProblem,
    check::{Problems, too_large},
    table::{self, Cell, Kind, Line},
};
use crate::{escape::Guard, model::Head};

/// What a survey can unpack to at most; a file that claims to be more is not one.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;
/// Most bytes of all cells together. A workbook keeps a text once and names it in each cell: a few kilobytes can say a gigabyte.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Reads a survey from the first sheet of a workbook; the layout is that of CSV.
///
/// # Errors
/// Every problem with its row; at most [`super::MAX_PROBLEMS`].
pub fn from_xlsx(bytes: &[u8], head: Head, register: &Register) -> Result<Draft, Vec<RowProblem>> {
    too_large(bytes)?;
    let fatal = |reason| Problems::default().fatal(0, "", reason);
    unpacks(bytes).map_err(fatal)?;
    // The parser is not ours, and a file from outside must not end the process.
    let lines =
        catch_unwind(AssertUnwindSafe(|| lines(bytes))).unwrap_or(Err((0, Reason::Unreadable)));
    let lines = lines.map_err(|(line, reason)| Problems::default().fatal(line, "", reason))?;
    table::draft(head, lines, Guard::Xlsx, register)
}

/// Unpacks everything into nowhere and counts: what a file says about its sizes may be a lie.
fn unpacks(bytes: &[u8]) -> Result<(), Reason> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Reason::Unreadable)?;
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| Reason::Unreadable)?;
        let count = std::io::copy(&mut file.take(left + 1), &mut std::io::sink())
            .map_err(|_| Reason::Unreadable)?;
        left = left.checked_sub(count).ok_or(Reason::Unpacks)?;
    }
    Ok(())
}

/// The filled cells, row by row. Cells come one by one, because a sheet may claim a million rows with one cell in each corner.
fn lines(bytes: &[u8]) -> Result<Vec<Line>, (u64, Reason)> {
    const WIDTH: usize = MAX_QUESTIONS * 4;
    let broken = |_| (0, Reason::Unreadable);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let sheet = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or((0, Reason::Empty))?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut rows: BTreeMap<u32, BTreeMap<usize, Cell>> = BTreeMap::new();
    let mut left = MAX_TEXT;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let (row, column) = (
            record.pos.0,
            usize::try_from(record.pos.1).unwrap_or(usize::MAX),
        );
        // Counted before it is copied.
        let length = match &record.value {
            DataRef::String(s) => s.len(),
            DataRef::SharedString(s) => s.len(),
            _ => 0,
        };
        left = left
            .checked_sub(length)
            .ok_or((u64::from(row) + 1, Reason::Unpacks))?;
        let text = |text: &str| Cell {
            text: text.to_owned(),
            kind: Kind::Text,
        };
        let cell = match (record.formula.is_some(), &record.value) {
            (true, _) => Cell {
                text: String::new(),
                kind: Kind::Formula,
            },
            (_, DataRef::Empty) => continue,
            (_, DataRef::String(s)) => text(s),
            (_, DataRef::SharedString(s)) => text(s),
            (_, DataRef::Int(n)) => text(&n.to_string()),
            (_, DataRef::Float(n)) => text(&n.to_string()),
            _ => Cell {
                text: String::new(),
                kind: Kind::NotText,
            },
        };
        if column >= WIDTH {
            return Err((
                u64::from(row) + 1,
                Reason::TooManyQuestions {
                    limit: MAX_QUESTIONS,
                },
            ));
        }
        rows.entry(row).or_default().insert(column, cell);
        if rows.len() > MAX_ROWS + 2 {
            return Err((u64::from(row) + 1, Reason::TooManyRows { limit: MAX_ROWS }));
        }
    }
    // A row ends with its last filled cell: all are brought to the width of the widest.
    let width = rows
        .values()
        .filter_map(|r| r.keys().next_back())
        .max()
        .map_or(0, |last| last + 1);
    let line = |(row, mut cells): (u32, BTreeMap<usize, Cell>)| Line {
        number: u64::from(row) + 1,
        cells: (0..width)
            .map(|at| cells.remove(&at).unwrap_or_default())
            .collect(),
    };
    Ok(rows.into_iter().map(line).collect())
}
