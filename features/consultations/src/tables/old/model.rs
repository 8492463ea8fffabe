//! An old workbook as rows: which column is which, what its words mean, which rows are refused and why. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;
use serde::{Deserialize, Serialize};

use crate::{
    codes::List,
    model::{Fields, Lane},
    tables::count::Facts,
};

/// Most rows of a workbook.
pub const MOST_ROWS: usize = 20_000;

/// A field that a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Day of the call.
    Date,
    /// Municipality.
    Town,
    /// Who asked.
    Caller,
    /// Subject.
    Category,
    /// Scene.
    Scene,
    /// Result.
    Result,
    /// Minutes.
    Minutes,
}

impl Field {
    /// All, in the order of a row.
    pub const ALL: [Self; 7] = [
        Self::Date,
        Self::Town,
        Self::Caller,
        Self::Category,
        Self::Scene,
        Self::Result,
        Self::Minutes,
    ];

    /// The word in the mapping.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Town => "town",
            Self::Caller => "caller",
            Self::Category => "category",
            Self::Scene => "scene",
            Self::Result => "result",
            Self::Minutes => "minutes",
        }
    }

    /// The list whose codes its words become; towns are a list of their own.
    #[must_use]
    pub const fn list(self) -> Option<List> {
        match self {
            Self::Caller => Some(List::Caller),
            Self::Category => Some(List::Category),
            Self::Scene => Some(List::Scene),
            Self::Result => Some(List::Result),
            Self::Date | Self::Town | Self::Minutes => None,
        }
    }
}

/// What a desk once said about its workbooks: words by field and their codes (`caller:ケアマネ` → `care_manager`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// Heads of columns by field.
    pub columns: BTreeMap<String, String>,
    /// Codes by field and word.
    pub words: BTreeMap<String, String>,
}

/// A workbook: heads and rows of the columns that are counted, nothing else of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// Heads of the columns that were found, by field.
    pub columns: BTreeMap<String, String>,
    /// Line in the file and cells by [`Field::ALL`].
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Why a row is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No day, or none that can be read.
    Date,
    /// A town for which the desk does not work.
    Town,
    /// A word that nobody has given a code.
    Word,
    /// Minutes that are no number from 0 to 1440.
    Minutes,
}

/// What a workbook says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// What the rows that count are counted as.
    pub facts: Vec<Facts>,
    /// Refused rows: line, column's field, reason. The words of the cell stay in the workbook.
    pub refused: Vec<(u64, &'static str, Reason)>,
    /// Words without a code, by field.
    pub unknown: BTreeSet<(Field, String)>,
}

fn heads() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    include_str!("../../../data/old_columns.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split('\t');
            Some((parts.next()?, parts.collect()))
        })
}

/// Finds the columns: as the mapping says, otherwise by the usual words. The head is the first line in which at least three are found.
#[must_use]
pub fn sheet(lines: &[(u64, Vec<String>)], mapping: &Mapping) -> Option<Sheet> {
    for (at, (_, cells)) in lines.iter().enumerate().take(20) {
        let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (field, words) in heads() {
            let said = mapping.columns.get(field);
            let column = cells
                .iter()
                .position(|c| said.is_some_and(|s| s == c))
                .or_else(|| {
                    words.iter().find_map(|word| {
                        cells.iter().enumerate().position(|(i, c)| {
                            c.to_lowercase().contains(word) && !found.values().any(|f| *f == i)
                        })
                    })
                });
            if let Some(column) = column {
                found.insert(field, column);
            }
        }
        if found.len() < 3 || !found.contains_key("date") {
            continue;
        }
        let rows = lines[at + 1..]
            .iter()
            .filter(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty()))
            .map(|(line, cells)| {
                let row = Field::ALL
                    .iter()
                    .map(|f| {
                        found
                            .get(f.code())
                            .and_then(|i| cells.get(*i))
                            .map(|c| kernel::text::trim(c).to_owned())
                            .unwrap_or_default()
                    })
                    .collect();
                (*line, row)
            })
            .collect();
        let columns = found
            .iter()
            .filter_map(|(f, i)| Some(((*f).to_owned(), cells.get(*i)?.clone())))
            .collect();
        return Some(Sheet { columns, rows });
    }
    None
}

/// A day as workbooks write it: a Japanese or plain date, or the number of days that a workbook keeps.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    if let Ok(number) = text.parse::<f64>() {
        let days = number.trunc();
        if (30_000.0..80_000.0).contains(&days) {
            let start: Date = Date::new(1899, 12, 30).ok()?;
            // Within the range above, so nothing is lost.
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number of five digits"
            )]
            return Some(
                kernel::Time::from_jst_date(start)
                    .plus_days(days as i64)
                    .date_jst(),
            );
        }
        return None;
    }
    kernel::parse_date(text).ok()
}

/// The code of a word: as the mapping says, otherwise the code itself or its printed word.
fn code(field: Field, word: &str, mapping: &Mapping) -> Option<String> {
    if word.is_empty() {
        return Some(String::new());
    }
    if let Some(code) = mapping.words.get(&format!("{}:{word}", field.code())) {
        return Some(code.clone());
    }
    let list = field.list()?;
    let folded = kernel::text::fold(word);
    list.all()
        .iter()
        .find(|c| {
            c.code == word
                || [kernel::Lang::Ja, kernel::Lang::En]
                    .iter()
                    .any(|l| kernel::text::fold(c.word(*l)) == folded)
        })
        .map(|c| c.code.to_owned())
}

/// Reads the rows. `towns`: code and names of the municipalities for which the desk works.
#[must_use]
pub fn read(sheet: &Sheet, mapping: &Mapping, towns: &[(String, String)]) -> Read {
    let mut out = Read::default();
    for (line, cells) in &sheet.rows {
        let cell = |field: Field| {
            Field::ALL
                .iter()
                .position(|f| *f == field)
                .and_then(|i| cells.get(i))
                .map_or("", String::as_str)
        };
        let mut refuse =
            |field: Field, reason: Reason| out.refused.push((*line, field.code(), reason));
        let Some(day) = day(cell(Field::Date)) else {
            refuse(Field::Date, Reason::Date);
            continue;
        };
        let town = kernel::text::half_width(cell(Field::Town)).into_owned();
        let said = mapping.words.get(&format!("town:{town}"));
        let Some((town, _)) = towns.iter().find(|(code, name)| {
            *code == town
                || *name == town
                || said == Some(code)
                || (!town.is_empty() && name.starts_with(&town))
        }) else {
            refuse(Field::Town, Reason::Town);
            continue;
        };
        let typed = kernel::text::half_width(cell(Field::Minutes)).into_owned();
        let digits = typed.trim_end_matches(|c: char| !c.is_ascii_digit());
        let minutes: Option<i64> = if typed.is_empty() {
            Some(0)
        } else {
            digits.split('.').next().and_then(|m| m.parse().ok())
        };
        let Some(minutes) = minutes.filter(|m| (0..=1440).contains(m)) else {
            refuse(Field::Minutes, Reason::Minutes);
            continue;
        };
        let mut codes: BTreeMap<Field, String> = BTreeMap::new();
        let mut known = true;
        for field in [Field::Caller, Field::Category, Field::Scene, Field::Result] {
            match code(field, cell(field), mapping) {
                Some(code) => {
                    codes.insert(field, code);
                }
                None => {
                    out.unknown.insert((field, cell(field).to_owned()));
                    if known {
                        out.refused.push((*line, field.code(), Reason::Word));
                    }
                    known = false;
                }
            }
        }
        if !known {
            continue;
        }
        let mut take = |field: Field| codes.remove(&field).unwrap_or_default();
        let caller = take(Field::Caller);
        let list = |code: String| {
            if code.is_empty() {
                Vec::new()
            } else {
                vec![code]
            }
        };
        let fields = Fields {
            municipality: town.clone(),
            lane: Lane::of_caller(&caller),
            caller,
            categories: list(take(Field::Category)),
            scenes: list(take(Field::Scene)),
            result: take(Field::Result),
            minutes,
            ..Fields::default()
        };
        out.facts.push(Facts::of(&fields, &day.to_string()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[&[&str]]) -> Vec<(u64, Vec<String>)> {
        (1..)
            .zip(rows)
            .map(|(n, row)| (n, row.iter().map(|c| (*c).to_owned()).collect()))
            .collect()
    }

    #[test]
    fn rows_count_or_are_refused_with_line_and_reason() {
        let rows = lines(&[
            &["令和5年度 相談一覧", "", "", "", ""],
            &["受付日", "市町名", "相談者", "内容", "所要時間（分）"],
            &[
                "令和5年4月3日",
                "開成町",
                "ケアマネジャー",
                "訪問看護",
                "１５",
            ],
            &["45020", "大井", "包括さん", "認知症", "10"],
            &["あした", "開成町", "家族", "認知症", "10"],
            &["2023-05-01", "横浜市", "家族", "認知症", "10"],
            &["2023-05-01", "開成町", "家族", "認知症", "長い"],
        ]);
        let mut mapping = Mapping::default();
        let sheet = sheet(&rows, &mapping).unwrap();
        assert_eq!(sheet.rows.len(), 5);
        let towns = [
            ("143669".to_owned(), "開成町".to_owned()),
            ("143626".to_owned(), "大井町".to_owned()),
        ];
        let first = read(&sheet, &mapping, &towns);
        assert_eq!(first.facts.len(), 1, "{first:?}");
        assert_eq!(first.facts[0].minutes, 15);
        assert_eq!(first.facts[0].month, "2023-04");
        let reasons: Vec<(u64, Reason)> = first.refused.iter().map(|(l, _, r)| (*l, *r)).collect();
        assert_eq!(
            reasons,
            [
                (4, Reason::Word),
                (5, Reason::Date),
                (6, Reason::Town),
                (7, Reason::Minutes)
            ]
        );
        mapping
            .words
            .insert("caller:包括さん".to_owned(), "support_center".to_owned());
        let second = read(&sheet, &mapping, &towns);
        assert_eq!(second.facts.len(), 2);
        assert!(second.unknown.is_empty());
    }

    #[test]
    fn days_as_workbooks_keep_them() {
        assert_eq!(day("45020").unwrap().to_string(), "2023-04-04");
        assert_eq!(
            day("R5.4.3").map(|d| d.to_string()),
            kernel::parse_date("R5.4.3").ok().map(|d| d.to_string())
        );
        assert_eq!(day("12"), None);
    }
}
