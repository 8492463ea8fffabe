//! A CSV file as rows with names, and the list of everything that is wrong with it.

use std::{collections::HashMap, fmt, str::FromStr};

use kernel::{decode, parse_date, text};

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Name of the file.
    pub file: String,
    /// Line in it, counted from 1; 0 = the file as a whole.
    pub line: u64,
    /// What is wrong and how to put it right.
    pub reason: String,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, reason } = self;
        if *line == 0 {
            write!(f, "{file}: {reason}")
        } else {
            write!(f, "{file}, line {line}: {reason}")
        }
    }
}

/// A CSV file with its heading read.
pub(super) struct Table {
    file: &'static str,
    columns: HashMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl Table {
    /// Reads a whole file. What cannot be read at all is one bad entry and gives an empty table.
    pub(super) fn read(
        file: &'static str,
        bytes: &[u8],
        needed: &[&str],
        bad: &mut Vec<Bad>,
    ) -> Self {
        let mut table = Self {
            file,
            columns: HashMap::new(),
            rows: Vec::new(),
        };
        let mut refuse = |line: u64, reason: String| {
            bad.push(Bad {
                file: file.to_owned(),
                line,
                reason,
            });
        };
        let content = match decode::text(bytes) {
            Ok(decoded) => decoded.text,
            Err(error) => {
                refuse(error.line as u64, format!("not text in {}", error.encoding));
                return table;
            }
        };
        let mut reader = csv::ReaderBuilder::new().from_reader(content.as_bytes());
        match reader.headers() {
            Ok(names) => {
                table.columns = names
                    .iter()
                    .enumerate()
                    .map(|(at, name)| (name.trim().to_owned(), at))
                    .collect();
            }
            Err(error) => refuse(1, error.to_string()),
        }
        for name in needed
            .iter()
            .filter(|name| !table.columns.contains_key(**name))
        {
            refuse(1, format!("the column {name} is missing"));
        }
        if needed.iter().any(|name| !table.columns.contains_key(*name)) {
            return table;
        }
        for record in reader.into_records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    table.rows.push((line, record));
                }
                Err(error) => refuse(
                    error.position().map_or(0, csv::Position::line),
                    error.to_string(),
                ),
            }
        }
        table
    }

    /// Reads every row with `make`; rows with a problem are left out and reported.
    pub(super) fn rows<T>(
        &self,
        bad: &mut Vec<Bad>,
        make: impl Fn(&mut Fields<'_>) -> Option<T>,
    ) -> Vec<(u64, T)> {
        let mut made = Vec::new();
        for (line, record) in &self.rows {
            let before = bad.len();
            let mut fields = Fields {
                table: self,
                line: *line,
                record,
                bad: &mut *bad,
            };
            let one = make(&mut fields);
            if bad.len() == before
                && let Some(one) = one
            {
                made.push((*line, one));
            }
        }
        made
    }

    /// Reports a row.
    pub(super) fn refuse(&self, line: u64, reason: String, bad: &mut Vec<Bad>) {
        bad.push(Bad {
            file: self.file.to_owned(),
            line,
            reason,
        });
    }
}

/// One row, read by the names of its columns.
pub(super) struct Fields<'a> {
    table: &'a Table,
    line: u64,
    record: &'a csv::StringRecord,
    bad: &'a mut Vec<Bad>,
}

impl Fields<'_> {
    /// Reports this row.
    pub(super) fn refuse(&mut self, reason: String) {
        let line = self.line;
        self.bad.push(Bad {
            file: self.table.file.to_owned(),
            line,
            reason,
        });
    }

    /// A cell, trimmed; `None` when it is empty or the column does not exist.
    pub(super) fn opt(&mut self, column: &str) -> Option<String> {
        let at = *self.table.columns.get(column)?;
        let cell = self.record.get(at).unwrap_or_default().trim();
        if cell.is_empty() {
            return None;
        }
        match text::clean(cell) {
            Ok(cleaned) => Some(cleaned),
            Err(_) => {
                self.refuse(format!("{column} holds a null byte"));
                None
            }
        }
    }

    /// A cell that must not be empty, at most `most` characters.
    pub(super) fn text(&mut self, column: &str, most: usize) -> Option<String> {
        let Some(cell) = self.opt(column) else {
            self.refuse(format!("{column} is empty"));
            return None;
        };
        if cell.chars().count() > most {
            self.refuse(format!("{column} has more than {most} characters"));
            return None;
        }
        Some(cell)
    }

    /// A cell that may be empty, at most `most` characters.
    pub(super) fn note(&mut self, column: &str, most: usize) -> Option<String> {
        self.opt(column)?;
        self.text(column, most)
    }

    /// One of the listed words.
    pub(super) fn word(&mut self, column: &str, words: &[&str]) -> Option<String> {
        let cell = self.text(column, 100)?;
        if !words.contains(&cell.as_str()) {
            self.refuse(format!(
                "{column} is {cell:?}; one of {} is expected",
                words.join(", ")
            ));
            return None;
        }
        Some(cell)
    }

    /// A value that reads itself from text.
    pub(super) fn parse<T: FromStr>(&mut self, column: &str) -> Option<T>
    where
        T::Err: fmt::Display,
    {
        let cell = self.text(column, 100)?;
        match cell.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(format!("{column} {cell:?}: {error}"));
                None
            }
        }
    }

    /// A date in any form people write; may be empty.
    pub(super) fn date(&mut self, column: &str) -> Option<kernel::Date> {
        let cell = self.opt(column)?;
        let date = parse_date(&cell).ok();
        if date.is_none() {
            self.refuse(format!(
                "{column} {cell:?} is not a date such as 2026-11-22"
            ));
        }
        date
    }

    /// `1` or `0` (also `true` and `false`); empty is `0`.
    pub(super) fn flag(&mut self, column: &str) -> bool {
        match self.opt(column).as_deref() {
            Some("1" | "true") => true,
            None | Some("0" | "false") => false,
            Some(other) => {
                let reason = format!("{column} is {other:?}; 0 or 1 is expected");
                self.refuse(reason);
                false
            }
        }
    }

    /// `verified` or `unverified`; empty and an absent column count as unverified.
    pub(super) fn verified(&mut self, column: &str) -> bool {
        match self.opt(column).as_deref() {
            Some("verified") => true,
            None | Some("unverified") => false,
            Some(other) => {
                let reason = format!("{column} is {other:?}; verified or unverified is expected");
                self.refuse(reason);
                false
            }
        }
    }

    /// Several values in one cell, separated by `;` or spaces.
    pub(super) fn list(&mut self, column: &str) -> Vec<String> {
        let cell = self.opt(column).unwrap_or_default();
        cell.split([';', ' ', '|'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_columns_and_bad_cells_are_reported_with_their_line() {
        let mut bad = Vec::new();
        Table::read("a.csv", b"code\n1\n", &["code", "name"], &mut bad);
        assert_eq!(
            bad[0].to_string(),
            "a.csv, line 1: the column name is missing"
        );

        bad.clear();
        let table = Table::read(
            "a.csv",
            b"code,on\n1,1\n,0\n3,x\n",
            &["code", "on"],
            &mut bad,
        );
        let rows = table.rows(&mut bad, |f| {
            f.flag("on");
            f.parse::<i64>("code")
        });
        assert_eq!(rows.len(), 1);
        assert_eq!(bad.len(), 2);
        assert_eq!((bad[0].line, bad[1].line), (3, 4));
    }

    #[test]
    fn a_row_with_too_few_cells_is_refused() {
        let mut bad = Vec::new();
        Table::read("a.csv", b"code,name\n1,x\n2\n", &["code"], &mut bad);
        assert_eq!(bad.len(), 1);
        assert_eq!(bad[0].line, 3);
    }
}
