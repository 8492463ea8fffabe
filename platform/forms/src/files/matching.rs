//! From rows of cells to answers: by the field's mark where it survived, else by number, else by the question's text.

use std::collections::BTreeMap;

use kernel::text::{fold, trim};

use super::{
    Blank, BlankKind, Filled, Found, Given, MAX_PROBLEMS, Mark, Problem, Reason, Words,
    grid::{CellKind, Content, Grid, Line},
    identity::{Fields, identity},
    xlsx_read::is_hidden,
    xlsx_write::asked,
};

/// A number or a heading as it is compared: folded, without gaps.
fn key(text: &str) -> String {
    fold(text).split_whitespace().collect()
}

/// Takes the answers out of what a file holds.
pub(super) fn filled(
    content: &Content,
    blanks: &[Blank],
    words: &Words,
    sign: &dyn Fn(&str) -> String,
) -> Result<Filled, Problem> {
    let (mark, fields) = identity(content, sign).map_err(Problem::file)?;
    let mut reading = Reading::new(blanks, words, &fields);
    for grid in content.grids.iter().filter(|g| !is_hidden(&g.name)) {
        match reading.table_of(grid) {
            Some((blank, from)) => reading.table(grid, blank, from),
            None => reading.list(grid),
        }
    }
    reading.finish(mark)
}

/// Where the columns of a list of questions are.
#[derive(Clone, Copy)]
struct Columns {
    number: usize,
    question: usize,
    answer: usize,
    flag: usize,
}

struct Reading<'a> {
    blanks: &'a [Blank],
    words: &'a Words,
    by_id: BTreeMap<&'a str, usize>,
    by_number: BTreeMap<String, usize>,
    by_text: BTreeMap<String, usize>,
    found: Vec<Option<Found>>,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn new(blanks: &'a [Blank], words: &'a Words, fields: &Fields) -> Self {
        let by_id: BTreeMap<&str, usize> = blanks
            .iter()
            .enumerate()
            .map(|(at, b)| (b.id.as_str(), at))
            .collect();
        let mut by_number: BTreeMap<String, usize> = blanks
            .iter()
            .enumerate()
            .map(|(at, b)| (key(&b.number), at))
            .collect();
        // The numbers of the day on which the file was made.
        for (number, id) in fields {
            if let Some(at) = by_id.get(id.as_str()) {
                by_number.insert(key(number), *at);
            }
        }
        by_number.remove("");
        let mut by_text = BTreeMap::new();
        for (at, blank) in blanks.iter().enumerate() {
            by_text.insert(key(&asked(blank, words)), at);
            by_text.insert(key(&blank.label), at);
        }
        by_text.remove("");
        Self {
            blanks,
            words,
            by_id,
            by_number,
            by_text,
            found: vec![None; blanks.len()],
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, grid: &Grid, line: u64, number: &str, reason: Reason) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                sheet: grid.name.clone(),
                line,
                number: number.to_owned(),
                reason,
            });
        }
    }

    /// The table question that a grid is for, and the line after its title.
    fn table_of(&self, grid: &Grid) -> Option<(usize, usize)> {
        let (at, line) = grid.lines.iter().enumerate().find(|(_, l)| !l.is_blank())?;
        let title = key(line.text(0));
        let number = title.strip_prefix(&key(&self.words.table))?;
        let blank = *self.by_number.get(number)?;
        matches!(self.blanks[blank].kind, BlankKind::Table { .. }).then_some((blank, at + 1))
    }

    fn table(&mut self, grid: &Grid, at: usize, from: usize) {
        let blank = &self.blanks[at];
        let BlankKind::Table { columns, .. } = &blank.kind else {
            return;
        };
        let keys: Vec<String> = columns.iter().map(|c| key(c)).collect();
        let lines = &grid.lines[from..];
        // The headings are the first row in which one of them stands alone.
        let Some(head) = lines
            .iter()
            .position(|l| l.cells.iter().any(|c| keys.contains(&key(&c.text))))
        else {
            let line = lines.first().map_or(0, |l| l.number);
            let reason = Reason::ColumnMissing {
                heading: columns.first().cloned().unwrap_or_default(),
            };
            return self.problem(grid, line, &blank.number, reason);
        };
        let heads: Vec<String> = lines[head].cells.iter().map(|c| key(&c.text)).collect();
        let mut places = Vec::new();
        for (column, wanted) in columns.iter().zip(&keys) {
            match heads.iter().position(|h| h == wanted) {
                Some(place) => places.push(place),
                None => {
                    let reason = Reason::ColumnMissing {
                        heading: column.clone(),
                    };
                    return self.problem(grid, lines[head].number, &blank.number, reason);
                }
            }
        }
        let mut rows = Vec::new();
        for line in &lines[head + 1..] {
            let mut row = Vec::new();
            for place in &places {
                row.push(self.text(grid, line, *place, &blank.number));
            }
            if row.iter().any(|c| !trim(c).is_empty()) {
                rows.push(row);
            }
        }
        if !rows.is_empty() {
            self.put(grid, lines[head].number, at, Given::Rows(rows), true);
        }
    }

    /// Rows of questions.
    fn list(&mut self, grid: &Grid) {
        let w = self.words;
        let (number, answer) = (key(&w.number), key(&w.answer));
        let (question, flag) = (key(&w.question), key(&w.flag));
        let mut columns = Columns {
            number: 0,
            question: 1,
            answer: 2,
            flag: 3,
        };
        let mut several: Option<(usize, Vec<String>)> = None;
        for line in &grid.lines {
            let keys: Vec<String> = line.cells.iter().map(|c| key(&c.text)).collect();
            let place = |word: &String| keys.iter().position(|k| k == word);
            if let (Some(a), Some(b)) = (place(&number), place(&answer)) {
                columns = Columns {
                    number: a,
                    answer: b,
                    question: place(&question).unwrap_or(a + 1),
                    flag: place(&flag).unwrap_or(b + 1),
                };
                continue;
            }
            if let Some((at, chosen)) = &mut several
                && keys.get(columns.number).is_none_or(String::is_empty)
                && let BlankKind::Choice { options, .. } = &self.blanks[*at].kind
                && let Some(option) = options
                    .iter()
                    .find(|o| Some(&key(o)) == keys.get(columns.question))
            {
                if !trim(line.text(columns.answer)).is_empty() {
                    chosen.push(option.clone());
                }
                continue;
            }
            self.end_several(&mut several, grid);
            let Some(at) = self.row_of(line, &keys, columns) else {
                if columns_text(line, columns) && !self.is_heading(line) {
                    self.problem(grid, line.number, "", Reason::UnknownRow);
                }
                continue;
            };
            several = self.question(grid, line, at, columns);
        }
        self.end_several(&mut several, grid);
    }

    fn end_several(&mut self, several: &mut Option<(usize, Vec<String>)>, grid: &Grid) {
        if let Some((at, chosen)) = several.take()
            && !chosen.is_empty()
        {
            let line = self.found[at].as_ref().map_or(0, |f| f.line);
            self.put(grid, line, at, Given::Chosen(chosen), true);
        }
    }

    /// Rows above the list: title, sender, code. They fill one cell only.
    fn is_heading(&self, line: &Line) -> bool {
        line.cells
            .iter()
            .filter(|c| !trim(&c.text).is_empty())
            .count()
            < 2
            || self.found.iter().all(Option::is_none)
    }

    fn row_of(&self, line: &Line, keys: &[String], columns: Columns) -> Option<usize> {
        let tagged = line.cells.iter().find_map(|c| {
            let (kind, id) = c.tag.as_deref()?.split_once(':')?;
            matches!(kind, "q" | "f")
                .then(|| self.by_id.get(id).copied())
                .flatten()
        });
        tagged
            .or_else(|| self.by_number.get(keys.get(columns.number)?).copied())
            .or_else(|| self.by_text.get(keys.get(columns.question)?).copied())
    }

    /// One row; answers with the question whose options follow, if any.
    fn question(
        &mut self,
        grid: &Grid,
        line: &Line,
        at: usize,
        columns: Columns,
    ) -> Option<(usize, Vec<String>)> {
        let blank = &self.blanks[at];
        let number = blank.number.as_str();
        if let Some(first) = self.found[at].as_ref().map(|f| f.line) {
            self.problem(grid, line.number, number, Reason::Twice { first });
            return None;
        }
        let flag = self.flag(grid, line, columns.flag, blank);
        let typed = match blank.kind {
            BlankKind::Table { .. } | BlankKind::Elsewhere => String::new(),
            BlankKind::Choice { many: true, .. } => String::new(),
            _ => self.text(grid, line, columns.answer, number),
        };
        let given = if trim(&typed).is_empty() {
            flag.unwrap_or_default()
        } else if flag.is_some() {
            self.problem(grid, line.number, number, Reason::Both);
            self.given(grid, line, blank, typed)
        } else {
            self.given(grid, line, blank, typed)
        };
        self.put(grid, line.number, at, given, false);
        matches!(blank.kind, BlankKind::Choice { many: true, .. }).then(|| (at, Vec::new()))
    }

    fn given(&mut self, grid: &Grid, line: &Line, blank: &Blank, typed: String) -> Given {
        match &blank.kind {
            BlankKind::Choice { options, .. } => {
                match options.iter().find(|o| key(o) == key(&typed)) {
                    Some(option) => Given::Chosen(vec![option.clone()]),
                    None => {
                        let reason = Reason::NotAnOption { typed };
                        self.problem(grid, line.number, &blank.number, reason);
                        Given::Nothing
                    }
                }
            }
            BlankKind::Long => Given::Text(typed),
            _ => Given::Text(trim(&typed).to_owned()),
        }
    }

    fn flag(&mut self, grid: &Grid, line: &Line, place: usize, blank: &Blank) -> Option<Given> {
        let typed = trim(line.text(place)).to_owned();
        if typed.is_empty() || !(blank.none || blank.unknown) {
            return None;
        }
        if blank.none && key(&typed) == key(&self.words.not_applicable) {
            Some(Given::NotApplicable)
        } else if blank.unknown && key(&typed) == key(&self.words.unknown) {
            Some(Given::Unknown)
        } else {
            let reason = Reason::NotAFlag { typed };
            self.problem(grid, line.number, &blank.number, reason);
            None
        }
    }

    /// The text of a cell as typed, with one kind of line ends.
    fn text(&mut self, grid: &Grid, line: &Line, place: usize, number: &str) -> String {
        let Some(cell) = line.cells.get(place) else {
            return String::new();
        };
        let reason = match cell.kind {
            CellKind::Formula => Reason::Formula,
            CellKind::Other => Reason::NotText,
            CellKind::Text => match kernel::text::clean(&cell.text) {
                Ok(text)
                    if !text
                        .chars()
                        .any(|c| c.is_control() && !matches!(c, '\n' | '\t')) =>
                {
                    return text;
                }
                _ => Reason::Control,
            },
        };
        self.problem(grid, line.number, number, reason);
        String::new()
    }

    fn put(&mut self, grid: &Grid, line: u64, at: usize, given: Given, replace: bool) {
        let flagged = matches!(
            self.found[at].as_ref().map(|f| &f.given),
            Some(Given::NotApplicable | Given::Unknown)
        );
        if replace && flagged {
            self.problem(grid, line, &self.blanks[at].number, Reason::Both);
        }
        if self.found[at].is_none() || replace {
            self.found[at] = Some(Found {
                id: self.blanks[at].id.clone(),
                given,
                sheet: grid.name.clone(),
                line,
            });
        }
    }

    fn finish(mut self, mark: Option<Mark>) -> Result<Filled, Problem> {
        if self.found.iter().all(Option::is_none) {
            return Err(Problem::file(Reason::NotThisForm));
        }
        for (at, blank) in self.blanks.iter().enumerate() {
            if self.found[at].is_none() && blank.kind != BlankKind::Elsewhere {
                self.problem(&Grid::default(), 0, &blank.number, Reason::RowMissing);
            }
        }
        // An attachment never comes with the form: what is there stays.
        let elsewhere: Vec<&str> = self
            .blanks
            .iter()
            .filter(|b| b.kind == BlankKind::Elsewhere)
            .map(|b| b.id.as_str())
            .collect();
        let found = self
            .found
            .into_iter()
            .flatten()
            .filter(|f| !elsewhere.contains(&f.id.as_str()) || f.given != Given::Nothing)
            .collect();
        Ok(Filled {
            mark,
            found,
            problems: self.problems,
        })
    }
}

/// Whether something stands where an answer would.
fn columns_text(line: &Line, columns: Columns) -> bool {
    !trim(line.text(columns.answer)).is_empty()
}
