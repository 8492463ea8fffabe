//! The common half of CSV and XLSX: a heading, then one row per municipality.

use std::collections::BTreeSet;

use kernel::Lang;

use super::{
    Draft, MAX_QUESTIONS, MAX_ROWS, Reason, Register, Row, RowProblem,
    check::{Municipalities, Problems, answer, check_head, check_questions},
};
use crate::{
    escape::{Guard, unanswered},
    i18n::tl,
    model::{Ask, Head, is_blank},
};

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Text,
    Formula,
    NotText,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// One line with its number in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) cells: Vec<Cell>,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.cells
            .iter()
            .all(|c| c.kind == Kind::Text && is_blank(&c.text))
    }
}

/// Where the columns are.
struct Columns {
    code: usize,
    name: usize,
    questions: Vec<usize>,
    width: usize,
}

/// Reads the table.
pub(super) fn draft(
    head: Head,
    lines: Vec<Line>,
    guard: Guard,
    register: &Register,
) -> Result<Draft, Vec<RowProblem>> {
    let mut problems = Problems::default();
    check_head(&head, &mut problems);
    let mut lines = lines.into_iter().filter(|line| !line.is_blank());
    let Some(first) = lines.next() else {
        return Err(problems.fatal(0, "", Reason::Empty));
    };
    let headings: Vec<String> = first
        .cells
        .iter()
        .map(|c| kernel::text::trim(guard.read(&c.text)).to_owned())
        .collect();
    for (at, cell) in first.cells.iter().enumerate() {
        check_kind(first.number, &column_letter(at), cell, guard, &mut problems);
    }
    let columns = columns(first.number, &headings, &mut problems);
    let (Some(columns), true) = (columns, problems.0.is_empty()) else {
        return problems.finish(Draft::default());
    };
    let questions: Vec<Ask> = columns
        .questions
        .iter()
        .enumerate()
        .map(|(at, column)| question(at, &headings[*column]))
        .collect();
    check_questions(&questions, first.number, &mut problems);

    let mut municipalities = Municipalities::of(register);
    let mut draft = Draft {
        head,
        questions,
        ..Draft::default()
    };
    let not_answered = unanswered();
    let mut count = 0;
    for line in lines {
        count += 1;
        if count > MAX_ROWS {
            return Err(problems.fatal(line.number, "", Reason::TooManyRows { limit: MAX_ROWS }));
        }
        let named = |at: usize| {
            let heading: String = headings
                .get(at)
                .map(|h| h.chars().take(20).collect())
                .unwrap_or_default();
            format!("{} {heading}", column_letter(at))
                .trim_end()
                .to_owned()
        };
        if line.cells.len() != columns.width {
            let reason = Reason::Cells {
                expected: columns.width,
                found: line.cells.len(),
            };
            problems.add(line.number, "", reason);
            continue;
        }
        for (at, cell) in line.cells.iter().enumerate() {
            check_kind(line.number, &named(at), cell, guard, &mut problems);
            if headings[at].is_empty() && !is_blank(&cell.text) {
                problems.add(line.number, named(at), Reason::NoHeading);
            }
        }
        let text = |at: usize| line.cells[at].text.as_str();
        let (code, name) = (
            guard.read(text(columns.code)),
            guard.read(text(columns.name)),
        );
        let places = (named(columns.code), named(columns.name));
        let code = municipalities.check(
            line.number,
            (&places.0, &places.1),
            code,
            name,
            &mut problems,
        );
        let mut answers = Vec::with_capacity(columns.questions.len());
        for at in &columns.questions {
            let cell = text(*at);
            let body = if cell == not_answered {
                None
            } else {
                if guard == Guard::Xlsx && cell.ends_with(&tl!(Lang::Ja, "file-cut")) {
                    problems.add(line.number, named(*at), Reason::Cut);
                }
                answer(
                    line.number,
                    &named(*at),
                    guard.read(cell),
                    &mut problems,
                    &mut draft.marks,
                )
            };
            answers.push(body);
        }
        draft.rows.push(Row {
            code: code.unwrap_or_default(),
            name: kernel::text::trim(name).to_owned(),
            answers,
        });
    }
    if count == 0 {
        return Err(problems.fatal(0, "", Reason::Empty));
    }
    problems.finish(draft)
}

fn check_kind(line: u64, column: &str, cell: &Cell, guard: Guard, problems: &mut Problems) {
    match cell.kind {
        Kind::Formula => problems.add(line, column, Reason::Formula),
        Kind::NotText => problems.add(line, column, Reason::NotText),
        Kind::Text if guard == Guard::Csv && crate::escape::is_formula(&cell.text) => {
            problems.add(line, column, Reason::Formula);
        }
        Kind::Text => {}
    }
}

fn columns(line: u64, headings: &[String], problems: &mut Problems) -> Option<Columns> {
    let mut find = |names: String| {
        let names: BTreeSet<&str> = names.split('|').collect();
        let found = headings.iter().position(|h| names.contains(h.as_str()));
        if found.is_none() {
            let heading = names
                .iter()
                .map(|n| (*n).to_owned())
                .min_by_key(String::len)
                .unwrap_or_default();
            problems.add(line, "", Reason::ColumnMissing { heading });
        }
        found
    };
    let (code, name) = (
        find(tl!(Lang::Ja, "file-code-names")),
        find(tl!(Lang::Ja, "file-name-names")),
    );
    let (code, name) = (code?, name?);
    let questions: Vec<usize> = (0..headings.len())
        .filter(|at| *at != code && *at != name && !headings[*at].is_empty())
        .collect();
    if questions.len() > MAX_QUESTIONS {
        problems.add(
            line,
            "",
            Reason::TooManyQuestions {
                limit: MAX_QUESTIONS,
            },
        );
        return None;
    }
    Some(Columns {
        code,
        name,
        questions,
        width: headings.len(),
    })
}

/// `2(1) text` has the number 2(1); a heading without a number takes its place as one.
fn question(at: usize, heading: &str) -> Ask {
    let numbered = heading
        .split_once([' ', '\u{3000}'])
        .filter(|(number, text)| {
            let half = kernel::text::half_width(number);
            let signs = |c: char| c.is_ascii_alphanumeric() || "().-".contains(c);
            number.chars().count() <= 12
                && half.chars().all(signs)
                && half.chars().any(|c| c.is_ascii_digit())
                && !is_blank(text)
        });
    match numbered {
        Some((number, text)) => Ask::of(number, text),
        None => Ask::of(&(at + 1).to_string(), heading),
    }
}

/// A, B … Z, AA …
pub(super) fn column_letter(at: usize) -> String {
    let (mut left, mut out) = (at + 1, Vec::new());
    while left > 0 {
        out.push(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default());
        left = (left - 1) / 26;
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}
