//! Files to rows: CSV in any encoding of the trade, read in pieces; the first sheet of an XLSX; one of them in a ZIP.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Cursor, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};

/// Bytes decoded at a time.
const BLOCK: usize = 1 << 20;
/// A line longer than this is not a row of a table.
const LONGEST: usize = 16 << 20;
/// What an archive may unpack to at most.
const MAX_UNPACKED: u64 = 600 << 20;
/// Cells of a workbook at most; larger tables come as CSV.
const MAX_CELLS: usize = 6_000_000;

/// Why a file cannot be read at all: a code for the texts and what goes into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// `file`, `encoding`, `zip`, `unpacks`, `workbook`, `empty`, `line`, `cells`.
    pub code: &'static str,
    /// Where or what.
    pub detail: String,
}

impl Unreadable {
    pub(crate) fn new(code: &'static str, detail: impl std::fmt::Display) -> Self {
        Self {
            code,
            detail: detail.to_string(),
        }
    }
}

/// One row of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1; a row of several lines has the number of its first.
    pub number: u64,
    /// The cells.
    pub cells: Vec<String>,
    /// Columns (from 0) whose cell is a formula: its result is not trusted.
    pub formulas: Vec<usize>,
}

/// Calls `take` with every row of the file at `path`, the header first. `take` says whether to go on.
///
/// # Errors
/// [`Unreadable`]; rows given before the bad place stay given.
pub fn each_line(path: &Path, take: &mut dyn FnMut(Line) -> bool) -> Result<(), Unreadable> {
    let file = File::open(path).map_err(|e| Unreadable::new("file", e))?;
    each_line_of(BufReader::new(file), take)
}

/// As [`each_line`] for an open file or bytes.
///
/// # Errors
/// As [`each_line`].
pub fn each_line_of(
    mut from: impl Read + Seek,
    take: &mut dyn FnMut(Line) -> bool,
) -> Result<(), Unreadable> {
    let mut start = [0_u8; 4];
    let got = fill(&mut from, &mut start).map_err(|e| Unreadable::new("file", e))?;
    from.rewind().map_err(|e| Unreadable::new("file", e))?;
    if got < 4 || &start != b"PK\x03\x04" {
        return csv_lines(from, take);
    }
    let mut archive = zip::ZipArchive::new(from).map_err(|e| Unreadable::new("zip", e))?;
    let names: Vec<String> = (0..archive.len())
        .filter_map(|at| {
            archive
                .name_for_index(at)
                .and_then(Result::ok)
                .map(std::borrow::Cow::into_owned)
        })
        .collect();
    if names.iter().any(|n| n.starts_with("xl/")) {
        for at in 0..archive.len() {
            bounded(&mut archive, at, &mut std::io::sink())?;
        }
        let mut inner = archive.into_inner();
        inner.rewind().map_err(|e| Unreadable::new("file", e))?;
        return catch_unwind(AssertUnwindSafe(|| workbook(inner, take)))
            .unwrap_or_else(|_| Err(Unreadable::new("workbook", "")));
    }
    let lower = |n: &String| n.to_ascii_lowercase();
    let at = (0..names.len())
        .find(|at| lower(&names[*at]).ends_with(".csv"))
        .ok_or_else(|| Unreadable::new("zip", "no CSV inside"))?;
    let entry = archive
        .by_name(&names[at])
        .map_err(|e| Unreadable::new("zip", e))?;
    csv_lines(entry.take(MAX_UNPACKED), take)
}

fn bounded<R: Read + Seek>(
    archive: &mut zip::ZipArchive<R>,
    at: usize,
    to: &mut dyn std::io::Write,
) -> Result<(), Unreadable> {
    let entry = archive
        .by_index(at)
        .map_err(|e| Unreadable::new("zip", e))?;
    let limit = MAX_UNPACKED / 2;
    let count =
        std::io::copy(&mut entry.take(limit + 1), to).map_err(|e| Unreadable::new("zip", e))?;
    if count > limit {
        return Err(Unreadable::new("unpacks", limit >> 20));
    }
    Ok(())
}

fn fill(from: &mut impl Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut got = 0;
    while got < into.len() {
        match from.read(&mut into[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

/// Decodes line by line in blocks, so that a file of any size needs the memory of one block.
struct Decoding<R> {
    from: R,
    pending: Vec<u8>,
    text: Cursor<Vec<u8>>,
    lines: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    fn more(&mut self) -> std::io::Result<()> {
        let old = self.pending.len();
        self.pending.resize(old + BLOCK, 0);
        let got = fill(&mut self.from, &mut self.pending[old..])?;
        self.pending.truncate(old + got);
        self.ended = got < BLOCK;
        let wide = self.pending.starts_with(b"\xff\xfe") || self.pending.starts_with(b"\xfe\xff");
        let cut = if self.ended {
            self.pending.len()
        } else if wide {
            0
        } else {
            self.pending
                .iter()
                .rposition(|b| *b == b'\n')
                .map_or(0, |at| at + 1)
        };
        if cut == 0 && self.pending.len() > if wide { 4 * LONGEST } else { LONGEST } {
            return Err(std::io::Error::other("a line without an end"));
        }
        let block: Vec<u8> = self.pending.drain(..cut).collect();
        let decoded = kernel::decode::text(&block).map_err(|mut error| {
            error.line += self.lines;
            std::io::Error::other(error)
        })?;
        self.lines += block.iter().filter(|b| **b == b'\n').count();
        // The reader of CSV counts a line at its last byte: with one byte per line end its numbers are those people see.
        self.text = Cursor::new(decoded.text.replace("\r\n", "\n").into_bytes());
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let got = self.text.read(into)?;
            if got > 0 || (self.ended && self.pending.is_empty()) {
                return Ok(got);
            }
            self.more()?;
        }
    }
}

fn csv_lines(from: impl Read, take: &mut dyn FnMut(Line) -> bool) -> Result<(), Unreadable> {
    let decoding = Decoding {
        from,
        pending: Vec::new(),
        text: Cursor::new(Vec::new()),
        lines: 0,
        ended: false,
    };
    let mut sniff = BufReader::with_capacity(1 << 16, decoding);
    let first =
        std::io::BufRead::fill_buf(&mut sniff).map_err(|e| Unreadable::new("encoding", e))?;
    let head = first.split(|b| *b == b'\n').next().unwrap_or_default();
    let tabs = head.contains(&b'\t') && !head.contains(&b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if tabs { b'\t' } else { b',' })
        .from_reader(sniff);
    let mut record = csv::StringRecord::new();
    let mut any = false;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                any = true;
                let number = record.position().map_or(0, csv::Position::line);
                let cells = record.iter().map(str::to_owned).collect();
                if !take(Line {
                    number,
                    cells,
                    formulas: Vec::new(),
                }) {
                    return Ok(());
                }
            }
            Err(error) => return Err(Unreadable::new("encoding", error)),
        }
    }
    if any {
        Ok(())
    } else {
        Err(Unreadable::new("empty", ""))
    }
}

fn workbook(from: impl Read + Seek, take: &mut dyn FnMut(Line) -> bool) -> Result<(), Unreadable> {
    let broken = |e: calamine::XlsxError| Unreadable::new("workbook", e);
    let mut book: Xlsx<_> = open_workbook_from_rs(from).map_err(broken)?;
    let sheet = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or_else(|| Unreadable::new("empty", ""))?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut rows: BTreeMap<u32, Line> = BTreeMap::new();
    let mut left = MAX_CELLS;
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let (row, column) = (record.pos.0, record.pos.1 as usize);
        left = left
            .checked_sub(1)
            .ok_or_else(|| Unreadable::new("cells", MAX_CELLS))?;
        if column >= 500 {
            continue;
        }
        let text = match &record.value {
            DataRef::Empty => continue,
            DataRef::String(s) => s.clone(),
            DataRef::SharedString(s) => (*s).to_owned(),
            DataRef::Int(n) => n.to_string(),
            DataRef::Float(n) => n.to_string(),
            DataRef::Bool(b) => u8::from(*b).to_string(),
            DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
            DataRef::DateTime(d) => d.as_f64().to_string(),
            DataRef::Error(_) => String::new(),
        };
        let line = rows.entry(row).or_default();
        line.number = u64::from(row) + 1;
        if line.cells.len() <= column {
            line.cells.resize(column + 1, String::new());
        }
        if record.formula.is_some() {
            line.formulas.push(column);
        } else {
            line.cells[column] = text;
        }
    }
    if rows.is_empty() {
        return Err(Unreadable::new("empty", ""));
    }
    for (_, line) in rows {
        if !take(line) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
        let mut all = Vec::new();
        each_line_of(Cursor::new(bytes.to_vec()), &mut |line| {
            all.push(line);
            true
        })?;
        Ok(all)
    }

    #[test]
    fn encodings_and_blocks() {
        let text = "名称,住所\r\n\"間中\r\n病院\",本町\r\n";
        let mut bom = b"\xef\xbb\xbf".to_vec();
        bom.extend(text.as_bytes());
        let wide: Vec<u8> = b"\xff\xfe"
            .iter()
            .copied()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in [text.as_bytes(), &bom, &wide] {
            let all = lines(bytes).unwrap();
            assert_eq!(all.len(), 2);
            assert_eq!(all[0].cells, ["名称", "住所"]);
            assert_eq!(all[1].number, 2);
        }
        let mut long = String::from("名称,住所\n");
        for n in 0..90_000 {
            long.push_str(&format!("第{n}薬局,本町{n}\n"));
        }
        assert_eq!(lines(long.as_bytes()).unwrap().len(), 90_001);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(lines(b"").unwrap_err().code, "empty");
        assert!(lines(b"PK\x03\x04nonsense").is_err());
        assert!(lines(b"a,b\n\x00\x01,2\n").is_err());
    }
}
