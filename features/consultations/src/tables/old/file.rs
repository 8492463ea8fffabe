//! A workbook or a CSV as lines of texts.

use std::{
    io::{Cursor, Read as _},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use web::FileKind;

use super::model::MOST_ROWS;

/// What a workbook can unpack to at most.
const MOST_UNPACKED: u64 = 100 * 1024 * 1024;

/// Lines with their numbers in the file, from 1. `None`: it cannot be read, or is too large.
pub(super) fn lines(kind: FileKind, bytes: &[u8]) -> Option<Vec<(u64, Vec<String>)>> {
    match kind {
        FileKind::Csv => csv_lines(bytes),
        FileKind::Xlsx if unpacks(bytes) => {
            // The parser is not ours, and a file from outside must not end the process.
            catch_unwind(AssertUnwindSafe(|| sheet_lines(bytes)))
                .ok()
                .flatten()
        }
        _ => None,
    }
}

fn csv_lines(bytes: &[u8]) -> Option<Vec<(u64, Vec<String>)>> {
    let text = kernel::decode::text(bytes).ok()?.text;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut out = Vec::new();
    for (number, record) in (1..).zip(reader.records()) {
        if out.len() > MOST_ROWS + 20 {
            return None;
        }
        out.push((number, record.ok()?.iter().map(str::to_owned).collect()));
    }
    Some(out)
}

/// Unpacks everything into nowhere and counts: what a file says about its sizes may be a lie.
fn unpacks(bytes: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let Ok(file) = archive.by_index(at) else {
            return false;
        };
        let Ok(count) = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()) else {
            return false;
        };
        match left.checked_sub(count) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    true
}

fn sheet_lines(bytes: &[u8]) -> Option<Vec<(u64, Vec<String>)>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let name = book.sheet_names().first().cloned()?;
    let mut cells = book.worksheet_cells_reader(&name).ok()?;
    let mut rows: std::collections::BTreeMap<u32, Vec<String>> = std::collections::BTreeMap::new();
    while let Some(cell) = cells.next_cell().ok()? {
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).ok()?;
        // A sheet may claim a million rows with one cell in each corner.
        if column > 200 || rows.len() > MOST_ROWS + 20 {
            return None;
        }
        let text = match Data::from(cell.get_value().clone()) {
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
            Data::Float(number) => number.to_string(),
            Data::Int(number) => number.to_string(),
            Data::Bool(yes) => yes.to_string(),
            Data::DateTime(at) => at.as_f64().to_string(),
            _ => String::new(),
        };
        let line = rows.entry(row).or_default();
        if line.len() <= column {
            line.resize(column + 1, String::new());
        }
        line[column] = text;
    }
    Some(
        rows.into_iter()
            .map(|(row, cells)| (u64::from(row) + 1, cells))
            .collect(),
    )
}
