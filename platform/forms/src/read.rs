//! Between the form of a page and a value. Names: `f-<key>` for the answer, `f-<key>-state` for 該当なし (`none`) and 把握していない
//! (`unknown`), `f-<key>-<row>-<column>` for cells, counted from 0.

use kernel::text::{half_width, trim};
use web::Values;

use crate::{
    MOST_ROWS,
    catalogue::{Cell, Field, Kind},
    check::Problem,
    value::Value,
};

impl Field {
    /// The name of this field in forms.
    #[must_use]
    pub fn name(&self) -> String {
        format!("f-{}", self.key)
    }

    /// The name of the choice between an answer, 該当なし and 把握していない.
    #[must_use]
    pub fn state_name(&self) -> String {
        format!("f-{}-state", self.key)
    }

    /// Whether a form holds anything of this field.
    #[must_use]
    pub fn sent(&self, values: &Values) -> bool {
        let name = self.name();
        let cell = format!("{name}-");
        values
            .iter()
            .any(|(n, _)| n == name || n.starts_with(&cell))
    }

    /// What was typed, as a value that has been checked. Text that was typed counts even when 該当なし is chosen beside it, so
    /// that nothing typed is lost.
    ///
    /// # Errors
    /// The first problem; the form keeps what was typed.
    pub fn read(&self, values: &Values) -> Result<Value, Problem> {
        let value = self.read_answer(values)?;
        let value = if value.is_blank() {
            match values.text(&self.state_name()) {
                "none" => Value::None,
                "unknown" => Value::Unknown,
                _ => Value::Blank,
            }
        } else {
            value
        };
        self.check(&value)?;
        Ok(value)
    }

    fn read_answer(&self, values: &Values) -> Result<Value, Problem> {
        let name = self.name();
        let typed = values.get(&name).unwrap_or_default();
        Ok(match &self.kind {
            Kind::Short { .. } => Value::text(trim(typed)),
            Kind::Long { .. } => Value::text(typed.trim_end()),
            Kind::One { .. } => match trim(typed) {
                "" => Value::Blank,
                code => Value::One(code.to_owned()),
            },
            Kind::Many { choices } => {
                let sent = values.all(&name);
                if let Some(_stranger) = sent
                    .iter()
                    .find(|s| !s.is_empty() && !choices.iter().any(|c| c.code == **s))
                {
                    return Err(Problem::Choice);
                }
                let codes: Vec<String> = choices
                    .iter()
                    .filter(|c| sent.contains(&c.code))
                    .map(|c| c.code.clone())
                    .collect();
                if codes.is_empty() {
                    Value::Blank
                } else {
                    Value::Many(codes)
                }
            }
            Kind::Number { .. } => match trim(typed) {
                "" => Value::Blank,
                typed => Value::Number(plain_number(typed)),
            },
            Kind::Date => match trim(typed) {
                "" => Value::Blank,
                typed => Value::Date(plain_date(typed)?),
            },
            Kind::Table { columns, .. } => self.read_rows(values, columns)?,
            Kind::File => Value::Blank,
        })
    }

    fn read_rows(
        &self,
        values: &Values,
        columns: &[crate::catalogue::Column],
    ) -> Result<Value, Problem> {
        let name = self.name();
        let mut rows = Vec::new();
        for r in 0..=MOST_ROWS {
            let mut row = Vec::with_capacity(columns.len());
            let mut there = false;
            for (c, column) in columns.iter().enumerate() {
                let cell = values.get(&format!("{name}-{r}-{c}"));
                there |= cell.is_some();
                let typed = trim(cell.unwrap_or_default());
                row.push(match column.cell {
                    _ if typed.is_empty() => String::new(),
                    Cell::Text => typed.to_owned(),
                    Cell::Number => plain_number(typed),
                    Cell::Date => plain_date(typed).map_err(|what| Problem::Cell {
                        row: r + 1,
                        column: c + 1,
                        what: Box::new(what),
                    })?,
                });
            }
            if !there {
                break;
            }
            if row.iter().any(|c| !c.is_empty()) {
                rows.push(row);
            }
        }
        Ok(if rows.is_empty() {
            Value::Blank
        } else {
            Value::Rows(rows)
        })
    }

    /// The value as the fields of a form, for showing it again.
    pub fn write(&self, value: &Value, into: &mut Values) {
        let name = self.name();
        match value {
            Value::Blank => {}
            Value::None => into.push(self.state_name(), "none".to_owned()),
            Value::Unknown => into.push(self.state_name(), "unknown".to_owned()),
            Value::Text(text) | Value::One(text) | Value::Number(text) => {
                into.push(name, text.clone());
            }
            Value::Date(day) => into.push(
                name,
                day.parse()
                    .map_or_else(|_| day.clone(), |d: kernel::Date| d.to_string()),
            ),
            Value::Many(codes) => {
                for code in codes {
                    into.push(name.clone(), code.clone());
                }
            }
            Value::Rows(rows) => {
                for (r, row) in rows.iter().enumerate() {
                    for (c, cell) in row.iter().enumerate() {
                        into.push(format!("{name}-{r}-{c}"), cell.clone());
                    }
                }
            }
            Value::Files(_) => {}
        }
    }
}

/// A number as people type it (full width, commas, a plus) in plain digits; what is no number stays as it is and is refused later.
#[must_use]
fn plain_number(typed: &str) -> String {
    let half = half_width(typed);
    let kept: String = half
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '\u{3001}' | '\u{ff0c}'))
        .map(|c| match c {
            '\u{2212}' | '\u{ff0d}' | '\u{2010}' => '-',
            '\u{ff0e}' => '.',
            other => other,
        })
        .collect();
    let kept = kept.strip_prefix('+').unwrap_or(&kept);
    let (sign, rest) = kept
        .strip_prefix('-')
        .map_or(("", kept), |rest| ("-", rest));
    let (whole, tail) = rest.find('.').map_or((rest, ""), |at| rest.split_at(at));
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return kept.to_owned();
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    format!("{sign}{whole}{tail}")
}

fn plain_date(typed: &str) -> Result<String, Problem> {
    kernel::parse_date(typed)
        .map(|day| day.to_string())
        .map_err(|_| Problem::Date)
}
