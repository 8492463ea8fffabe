//! Whether a value may stand in a field.

use kernel::Lang;

use crate::{
    MOST_ROWS,
    catalogue::{Cell, Field, Kind},
    i18n::tl,
    value::Value,
};

/// Most characters of a cell of a table.
pub(crate) const MOST_CELL: usize = 200;

/// What is wrong with an answer; [`Problem::words`] says it and how to put it right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Must be answered before submission.
    Required,
    /// More characters than allowed.
    TooLong {
        /// The limit.
        most: usize,
        /// How many there are.
        is: usize,
    },
    /// Line breaks in a field of one line.
    Lines,
    /// Not one of the choices.
    Choice,
    /// Not a number, or more digits after the point than allowed.
    Number {
        /// Digits after the point.
        decimals: u8,
    },
    /// Smaller or larger than allowed.
    Range {
        /// Smallest value, as text; may be empty.
        least: String,
        /// Largest value, as text; may be empty.
        most: String,
    },
    /// Not a day.
    Date,
    /// More rows than allowed.
    Rows {
        /// The limit.
        most: usize,
    },
    /// A cell of a table.
    Cell {
        /// Row, from 1.
        row: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong with it.
        what: Box<Problem>,
    },
    /// 該当なし or 把握していない where the form does not offer it.
    State,
    /// A value of another kind than the field's.
    Kind,
}

impl Problem {
    /// The problem in words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Required => tl!(lang, "forms-problem-required"),
            Self::TooLong { most, is } => {
                tl!(
                    lang,
                    "forms-problem-long",
                    most = most.to_string(),
                    is = is.to_string()
                )
            }
            Self::Lines => tl!(lang, "forms-problem-lines"),
            Self::Choice => tl!(lang, "forms-problem-choice"),
            Self::Number { decimals: 0 } => tl!(lang, "forms-problem-whole"),
            Self::Number { decimals } => {
                tl!(
                    lang,
                    "forms-problem-number",
                    decimals = decimals.to_string()
                )
            }
            Self::Range { least, most } => {
                tl!(
                    lang,
                    "forms-problem-range",
                    least = least.as_str(),
                    most = most.as_str()
                )
            }
            Self::Date => tl!(lang, "forms-problem-date"),
            Self::Rows { most } => tl!(lang, "forms-problem-rows", most = most.to_string()),
            Self::Cell { row, column, what } => tl!(
                lang,
                "forms-problem-cell",
                row = row.to_string(),
                column = column.to_string(),
                what = what.words(lang)
            ),
            Self::State => tl!(lang, "forms-problem-state"),
            Self::Kind => tl!(lang, "forms-problem-kind"),
        }
    }
}

impl Field {
    /// Whether a value may be kept as a draft: everything but being filled in.
    ///
    /// # Errors
    /// The first problem.
    pub fn check(&self, value: &Value) -> Result<(), Problem> {
        match (&self.kind, value) {
            (_, Value::Blank) => Ok(()),
            (_, Value::None) if self.none => Ok(()),
            (_, Value::Unknown) if self.unknown => Ok(()),
            (_, Value::None | Value::Unknown) => Err(Problem::State),
            (Kind::Short { most }, Value::Text(text)) => {
                if text.contains('\n') {
                    return Err(Problem::Lines);
                }
                length(text, *most)
            }
            (Kind::Long { most }, Value::Text(text)) => length(text, *most),
            (Kind::One { choices }, Value::One(code)) => {
                if choices.iter().any(|c| c.code == *code) {
                    Ok(())
                } else {
                    Err(Problem::Choice)
                }
            }
            (Kind::Many { choices }, Value::Many(codes)) => {
                let known = codes.iter().enumerate().all(|(at, c)| {
                    choices.iter().any(|k| k.code == *c) && !codes[..at].contains(c)
                });
                if known { Ok(()) } else { Err(Problem::Choice) }
            }
            (
                Kind::Number {
                    least,
                    most,
                    decimals,
                    ..
                },
                Value::Number(digits),
            ) => number(digits, *least, *most, *decimals),
            (Kind::Date, Value::Date(day)) => day
                .parse::<kernel::Date>()
                .map(drop)
                .map_err(|_| Problem::Date),
            (
                Kind::Table {
                    columns,
                    rows: most,
                },
                Value::Rows(rows),
            ) => {
                let most = (*most).min(MOST_ROWS);
                if rows.len() > most {
                    return Err(Problem::Rows { most });
                }
                for (r, row) in rows.iter().enumerate() {
                    if row.len() != columns.len() {
                        return Err(Problem::Kind);
                    }
                    for (c, (cell, column)) in row.iter().zip(columns).enumerate() {
                        check_cell(cell, column.cell).map_err(|what| Problem::Cell {
                            row: r + 1,
                            column: c + 1,
                            what: Box::new(what),
                        })?;
                    }
                }
                Ok(())
            }
            (Kind::File, Value::Files(_)) => Ok(()),
            _ => Err(Problem::Kind),
        }
    }

    /// Whether a value may be submitted: as [`Field::check`], and filled in where the form asks for it. `None`: never answered.
    ///
    /// # Errors
    /// The first problem.
    pub fn check_final(&self, value: Option<&Value>) -> Result<(), Problem> {
        let blank = value.is_none_or(Value::is_blank);
        if self.required && blank {
            return Err(Problem::Required);
        }
        value.map_or(Ok(()), |value| self.check(value))
    }
}

fn length(text: &str, most: usize) -> Result<(), Problem> {
    let is = text.chars().count();
    if is > most {
        Err(Problem::TooLong { most, is })
    } else {
        Ok(())
    }
}

/// A cell as stored: empty, or canonical for its kind.
fn check_cell(cell: &str, kind: Cell) -> Result<(), Problem> {
    if cell.is_empty() {
        return Ok(());
    }
    match kind {
        Cell::Text if cell.contains('\n') => Err(Problem::Lines),
        Cell::Text => length(cell, MOST_CELL),
        Cell::Number => number(cell, None, None, 6),
        Cell::Date => cell
            .parse::<kernel::Date>()
            .map(drop)
            .map_err(|_| Problem::Date),
    }
}

/// A stored number: optional minus, digits, at most one point.
fn number(
    digits: &str,
    least: Option<i64>,
    most: Option<i64>,
    decimals: u8,
) -> Result<(), Problem> {
    let wrong = || Problem::Number { decimals };
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, tail) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 15
        || !plain(whole)
        || !plain(tail)
        || tail.len() > usize::from(decimals)
        || unsigned.ends_with('.')
    {
        return Err(wrong());
    }
    let value: i64 = whole.parse().map_err(|_| wrong())?;
    let value = if digits.starts_with('-') {
        -value
    } else {
        value
    };
    let fraction = tail.bytes().any(|b| b != b'0');
    let low = least.is_some_and(|least| {
        value < least || (value == least && fraction && digits.starts_with('-'))
    });
    let high = most.is_some_and(|most| {
        value > most || (value == most && fraction && !digits.starts_with('-'))
    });
    if low || high {
        let text = |limit: Option<i64>| limit.map(|l| l.to_string()).unwrap_or_default();
        return Err(Problem::Range {
            least: text(least),
            most: text(most),
        });
    }
    Ok(())
}
