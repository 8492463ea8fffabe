//! A workbook that came back.

use std::{
    collections::BTreeMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};

use super::{
    Blank, Filled, MAX_ROWS, MAX_TEXT, Problem, Reason, Words,
    grid::{Cell, CellKind, Content, Grid, Line},
    matching, package,
    xlsx_write::HIDDEN,
};

/// Most sheets of a form.
const MAX_SHEETS: usize = 100;
/// A cell beyond this column is none of ours.
const MAX_COLUMNS: usize = 60;

/// Reads a form; `sign` gives a keyed checksum of a text.
///
/// # Errors
/// Why the whole file cannot be taken; problems of single rows are in [`Filled::problems`].
pub fn read_xlsx(
    bytes: &[u8],
    blanks: &[Blank],
    words: &Words,
    sign: &dyn Fn(&str) -> String,
) -> Result<Filled, Problem> {
    package::check(bytes).map_err(Problem::file)?;
    // The parser is not ours, and a file from outside must not end the process.
    let content = catch_unwind(AssertUnwindSafe(|| content(bytes)))
        .unwrap_or(Err(Reason::Unreadable))
        .map_err(Problem::file)?;
    matching::filled(&content, blanks, words, sign)
}

fn content(bytes: &[u8]) -> Result<Content, Reason> {
    let broken = |_| Reason::Unreadable;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(Reason::Unpacks);
    }
    let mut left = (MAX_TEXT, MAX_ROWS);
    let mut content = Content::default();
    for name in names {
        let lines = sheet(&mut book, &name, &mut left)?;
        content.grids.push(Grid { name, lines });
    }
    Ok(content)
}

fn sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    left: &mut (usize, usize),
) -> Result<Vec<Line>, Reason> {
    let broken = |_| Reason::Unreadable;
    let Ok(mut cells) = book.worksheet_cells_reader(name) else {
        // Chart sheets and the like.
        return Ok(Vec::new());
    };
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let column = usize::try_from(record.pos.1).unwrap_or(usize::MAX);
        if column >= MAX_COLUMNS {
            continue;
        }
        let cell = if record.formula.is_some() {
            Cell {
                kind: CellKind::Formula,
                ..Cell::default()
            }
        } else {
            match value(&record.value, &mut left.0)? {
                Some(cell) => cell,
                None => continue,
            }
        };
        if !rows.contains_key(&record.pos.0) {
            left.1 = left.1.checked_sub(1).ok_or(Reason::TooManyRows)?;
        }
        let row = rows.entry(record.pos.0).or_default();
        if row.len() <= column {
            row.resize(column + 1, Cell::default());
        }
        row[column] = cell;
    }
    let line = |(row, cells): (u32, Vec<Cell>)| Line {
        number: u64::from(row) + 1,
        cells,
    };
    Ok(rows.into_iter().map(line).collect())
}

fn value(value: &DataRef<'_>, left: &mut usize) -> Result<Option<Cell>, Reason> {
    let mut text = |text: &str| {
        *left = left.checked_sub(text.len()).ok_or(Reason::Unpacks)?;
        Ok(Some(Cell {
            text: text.to_owned(),
            ..Cell::default()
        }))
    };
    match value {
        DataRef::Empty => Ok(None),
        DataRef::String(s) => text(s),
        DataRef::SharedString(s) => text(s),
        DataRef::Int(n) => text(&n.to_string()),
        DataRef::Float(n) => text(&n.to_string()),
        DataRef::DateTimeIso(s) => text(s),
        // A spreadsheet makes dates of what looks like one.
        DataRef::DateTime(at) => match (at.as_f64(), at.is_datetime()) {
            (days, true) => text(&day(days).unwrap_or_else(|| days.to_string())),
            (number, false) => text(&number.to_string()),
        },
        _ => Ok(Some(Cell {
            kind: CellKind::Other,
            ..Cell::default()
        })),
    }
}

/// The ISO day of a serial number, counted from the end of 1899.
fn day(serial: f64) -> Option<String> {
    if !(61.0..2_958_466.0).contains(&serial) {
        return None;
    }
    // Civil date from a count of days (H. Hinnant's algorithm); 25,569 days lie between 1899-12-30 and 1970-01-01.
    let days = serial.trunc() as i64 - 25_569 + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Whether a sheet is the one that only the program reads.
pub(super) fn is_hidden(name: &str) -> bool {
    name == HIDDEN
}

#[cfg(test)]
mod day_tests {
    #[test]
    fn serial_numbers_are_days() {
        assert_eq!(super::day(45_658.0).as_deref(), Some("2025-01-01"));
        assert_eq!(super::day(45_716.5).as_deref(), Some("2025-02-28"));
        assert_eq!(super::day(45_351.0).as_deref(), Some("2024-02-29"));
        assert_eq!(super::day(1.0), None);
    }
}
