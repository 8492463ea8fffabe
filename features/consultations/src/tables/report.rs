//! The report of a period: one table per way of counting, totals and minutes by town, the basis of sharing costs. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Date, Lang, fiscal_year};

use super::{
    count::Dimension,
    suppress::{Grid, Hidden},
};
use crate::codes::List;

/// A month or a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Year and month.
    Month(i32, u8),
    /// April to March.
    Year(i32),
}

impl Period {
    /// From addresses: `2026-10` or `2026`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once('-') {
            Some((year, month)) => {
                let (year, month): (i32, u8) = (year.parse().ok()?, month.parse().ok()?);
                ((2000..2200).contains(&year) && (1..=12).contains(&month))
                    .then_some(Self::Month(year, month))
            }
            None => code
                .parse()
                .ok()
                .filter(|y| (2000..2200).contains(y))
                .map(Self::Year),
        }
    }

    /// For addresses.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Year(year) => year.to_string(),
        }
    }

    /// The month of a day.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        Self::Month(
            i32::from(day.year()),
            u8::try_from(day.month()).unwrap_or(1),
        )
    }

    /// The fiscal year of a day.
    #[must_use]
    pub fn year_of(day: Date) -> Self {
        Self::Year(fiscal_year(day))
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        match self {
            Self::Month(year, 1) => Self::Month(year - 1, 12),
            Self::Month(year, month) => Self::Month(year, month - 1),
            Self::Year(year) => Self::Year(year - 1),
        }
    }

    /// First and last month, as the tables name them.
    #[must_use]
    pub fn months(self) -> (String, String) {
        match self {
            Self::Month(..) => (self.code(), self.code()),
            Self::Year(year) => (format!("{year}-04"), format!("{}-03", year + 1)),
        }
    }

    /// As people read it.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        match self {
            Self::Month(year, month) => {
                let day = Date::new(
                    i16::try_from(year).unwrap_or(2000),
                    i8::try_from(month).unwrap_or(1),
                    1,
                );
                match (day, lang) {
                    (Ok(day), Lang::Ja) => {
                        // The day of a full date is cut off behind the month's sign, its last two signs at the first of a month.
                        let full = kernel::format_date(day, lang);
                        let chars: Vec<char> = full
                            .split(['(', '\u{ff08}'])
                            .next()
                            .unwrap_or_default()
                            .trim()
                            .chars()
                            .collect();
                        chars[..chars.len().saturating_sub(2)].iter().collect()
                    }
                    (Ok(day), Lang::En) => day.strftime("%B %Y").to_string(),
                    (Err(_), _) => self.code(),
                }
            }
            Self::Year(year) => kernel::format_fiscal_year(year, lang),
        }
    }
}

/// One line of the stored figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `2026-10`.
    pub month: String,
    /// Way of counting.
    pub dimension: Dimension,
    /// 団体コード.
    pub town: String,
    /// Value.
    pub value: String,
    /// Calls.
    pub calls: i64,
    /// Minutes.
    pub minutes: i64,
}

/// A table: a row per town, a column per value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Way of counting.
    pub dimension: Dimension,
    /// Values in the order of their list.
    pub values: Vec<String>,
    /// Calls.
    pub calls: Grid,
    /// Minutes.
    pub minutes: Grid,
    /// What is hidden.
    pub hidden: Hidden,
}

/// The whole of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which period.
    pub period: Period,
    /// 団体コード of the rows.
    pub towns: Vec<String>,
    /// Calls and minutes by town.
    pub totals: Vec<(i64, i64)>,
    /// One per way of counting that was asked for.
    pub tables: Vec<Table>,
    /// Calls and minutes by month and town, months ascending.
    pub trend: Vec<(String, Vec<(i64, i64)>)>,
    /// Whether small numbers are hidden.
    pub protected: bool,
}

/// The tables that leave the desk.
pub const OUTSIDE: [Dimension; 7] = [
    Dimension::Caller,
    Dimension::Category,
    Dimension::Scene,
    Dimension::Result,
    Dimension::Met,
    Dimension::Lane,
    Dimension::Channel,
];

/// The list whose words a way of counting uses.
#[must_use]
pub fn list(dimension: Dimension) -> Option<List> {
    match dimension {
        Dimension::Channel => Some(List::Channel),
        Dimension::Caller => Some(List::Caller),
        Dimension::Category => Some(List::Category),
        Dimension::Scene => Some(List::Scene),
        Dimension::Result => Some(List::Result),
        Dimension::Met => Some(List::NeedMet),
        _ => None,
    }
}

/// The values of a way of counting in the order of their list; what stands in no list, and nothing, comes last.
fn values(dimension: Dimension, seen: &BTreeSet<&str>) -> Vec<String> {
    let known: Vec<&str> = match list(dimension) {
        Some(list) => list.all().iter().map(|c| c.code).collect(),
        None if dimension == Dimension::Lane => vec!["professional", "resident"],
        None => Vec::new(),
    };
    let mut out: Vec<String> = known
        .iter()
        .filter(|k| seen.contains(**k))
        .map(|k| (*k).to_owned())
        .collect();
    out.extend(
        seen.iter()
            .filter(|s| !s.is_empty() && !known.contains(s))
            .map(|s| (*s).to_owned()),
    );
    if seen.contains("") {
        out.push(String::new());
    }
    out
}

fn grids(lines: &[&Line], towns: &[String], values: &[String]) -> (Grid, Grid) {
    let blank = vec![vec![0_i64; values.len()]; towns.len()];
    let (mut calls, mut minutes) = (
        Grid {
            cells: blank.clone(),
        },
        Grid { cells: blank },
    );
    for line in lines {
        let at = towns
            .iter()
            .position(|t| *t == line.town)
            .zip(values.iter().position(|v| *v == line.value));
        if let Some((row, column)) = at {
            calls.cells[row][column] += line.calls;
            minutes.cells[row][column] += line.minutes;
        }
    }
    (calls, minutes)
}

/// Makes the report of a period from the stored lines; `towns` are the rows, `protect` hides small numbers.
#[must_use]
pub fn report(
    period: Period,
    towns: &[String],
    lines: &[Line],
    which: &[Dimension],
    protect: bool,
) -> Report {
    let (first, last) = period.months();
    let within: Vec<&Line> = lines
        .iter()
        .filter(|l| (first.as_str()..=last.as_str()).contains(&l.month.as_str()))
        .collect();
    let mut totals = vec![(0, 0); towns.len()];
    for line in within.iter().filter(|l| l.dimension == Dimension::Total) {
        if let Some(at) = towns.iter().position(|t| *t == line.town) {
            totals[at].0 += line.calls;
            totals[at].1 += line.minutes;
        }
    }
    let tables = which
        .iter()
        .map(|dimension| {
            let mine: Vec<&Line> = within
                .iter()
                .copied()
                .filter(|l| l.dimension == *dimension)
                .collect();
            let seen: BTreeSet<&str> = mine
                .iter()
                .filter(|l| l.calls != 0)
                .map(|l| l.value.as_str())
                .collect();
            let values = values(*dimension, &seen);
            let (calls, minutes) = grids(&mine, towns, &values);
            let hidden = if protect {
                hidden(period, &calls, &mine, towns, &values)
            } else {
                Hidden::nothing(&calls)
            };
            Table {
                dimension: *dimension,
                values,
                calls,
                minutes,
                hidden,
            }
        })
        .collect();
    Report {
        period,
        towns: towns.to_vec(),
        totals,
        tables,
        trend: trend(lines, towns),
        protected: protect,
    }
}

/// A year's cell of which exactly one month is hidden would give that month away: it is hidden too.
fn hidden(
    period: Period,
    calls: &Grid,
    lines: &[&Line],
    towns: &[String],
    values: &[String],
) -> Hidden {
    if matches!(period, Period::Month(..)) {
        return calls.protect();
    }
    let months: BTreeSet<&str> = lines.iter().map(|l| l.month.as_str()).collect();
    let mut times: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for month in months {
        let of_month: Vec<&Line> = lines.iter().copied().filter(|l| l.month == month).collect();
        let shown = grids(&of_month, towns, values).0.protect();
        for (row, cells) in shown.cells.iter().enumerate() {
            for (column, _) in cells.iter().enumerate().filter(|(_, hidden)| **hidden) {
                *times.entry((row, column)).or_default() += 1;
            }
        }
    }
    let forced: Vec<(usize, usize)> = times
        .into_iter()
        .filter(|(_, n)| *n == 1)
        .map(|(at, _)| at)
        .collect();
    calls.protect_with(&forced)
}

fn trend(lines: &[Line], towns: &[String]) -> Vec<(String, Vec<(i64, i64)>)> {
    let mut months: BTreeMap<&str, Vec<(i64, i64)>> = BTreeMap::new();
    for line in lines.iter().filter(|l| l.dimension == Dimension::Total) {
        let row = months
            .entry(&line.month)
            .or_insert_with(|| vec![(0, 0); towns.len()]);
        if let Some(at) = towns.iter().position(|t| *t == line.town) {
            row[at].0 += line.calls;
            row[at].1 += line.minutes;
        }
    }
    months
        .into_iter()
        .map(|(m, row)| (m.to_owned(), row))
        .collect()
}

impl Report {
    /// Only the rows of some towns, cut out after hiding: so that what one town reads and what the desk publishes never differ.
    #[must_use]
    pub fn only(mut self, keep: &[String]) -> Self {
        let rows: Vec<usize> = self
            .towns
            .iter()
            .enumerate()
            .filter(|(_, t)| keep.contains(t))
            .map(|(at, _)| at)
            .collect();
        let cut = |list: &[Vec<i64>]| -> Vec<Vec<i64>> {
            rows.iter().filter_map(|r| list.get(*r).cloned()).collect()
        };
        for table in &mut self.tables {
            table.calls.cells = cut(&table.calls.cells);
            table.minutes.cells = cut(&table.minutes.cells);
            table.hidden.cells = rows
                .iter()
                .filter_map(|r| table.hidden.cells.get(*r).cloned())
                .collect();
        }
        self.totals = rows
            .iter()
            .filter_map(|r| self.totals.get(*r).copied())
            .collect();
        for (_, row) in &mut self.trend {
            *row = rows.iter().filter_map(|r| row.get(*r).copied()).collect();
        }
        self.towns.retain(|t| keep.contains(t));
        self
    }

    /// Calls and minutes of all rows.
    #[must_use]
    pub fn all(&self) -> (i64, i64) {
        self.totals
            .iter()
            .fold((0, 0), |(calls, minutes), (c, m)| (calls + c, minutes + m))
    }
}

/// Shares of a whole in tenths of a percent; they add up to 1,000 (largest remainders first), or are all 0 when there is nothing.
#[must_use]
pub fn shares(parts: &[i64]) -> Vec<i64> {
    let sum: i64 = parts.iter().sum();
    if sum <= 0 {
        return vec![0; parts.len()];
    }
    let mut out: Vec<i64> = parts.iter().map(|part| part * 1_000 / sum).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| (-(parts[*at] * 1_000 % sum), *at));
    let left = 1_000 - out.iter().sum::<i64>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        out[at] += 1;
    }
    out
}

/// A share as people read it: 12.3.
#[must_use]
pub fn percent(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(month: &str, town: &str, value: &str, calls: i64) -> Vec<Line> {
        [(Dimension::Total, ""), (Dimension::Caller, value)]
            .into_iter()
            .map(|(dimension, value)| Line {
                month: month.to_owned(),
                dimension,
                town: town.to_owned(),
                value: value.to_owned(),
                calls,
                minutes: calls * 10,
            })
            .collect()
    }

    #[test]
    fn periods_are_read_and_named() {
        let month = Period::from_code("2026-10").unwrap();
        assert_eq!(
            (month.code().as_str(), month.before().code().as_str()),
            ("2026-10", "2026-09")
        );
        assert_eq!(month.name(Lang::Ja), "令和8年10月");
        assert_eq!(month.name(Lang::En), "October 2026");
        assert_eq!(
            Period::from_code("2026").unwrap().months(),
            ("2026-04".to_owned(), "2027-03".to_owned())
        );
        for bad in ["", "20x", "2026-13", "1"] {
            assert_eq!(Period::from_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn tables_add_up_and_a_town_reads_its_own_row_as_it_was_hidden() {
        let towns = ["142069".to_owned(), "143821".to_owned()];
        let lines: Vec<Line> = [
            line("2026-10", "142069", "family", 20),
            line("2026-10", "142069", "hospital", 30),
            line("2026-10", "143821", "family", 2),
            line("2026-10", "143821", "hospital", 9),
            line("2026-09", "143821", "hospital", 7),
        ]
        .concat();
        let open = report(
            Period::Month(2026, 10),
            &towns,
            &lines,
            &[Dimension::Caller],
            false,
        );
        assert_eq!(open.all(), (61, 610));
        assert_eq!(open.tables[0].calls.all(), 61);
        assert_eq!(open.trend.len(), 2);
        let shut = report(
            Period::Month(2026, 10),
            &towns,
            &lines,
            &[Dimension::Caller],
            true,
        );
        let own = shut.clone().only(&["143821".to_owned()]);
        assert_eq!(own.towns, ["143821"]);
        assert_eq!(
            own.tables[0].hidden.cells[0],
            shut.tables[0].hidden.cells[1]
        );
        assert!(own.tables[0].hidden.cells[0].iter().all(|h| *h));
        assert_eq!(own.all(), (11, 110));
    }

    #[test]
    fn a_year_does_not_give_its_one_hidden_month_away() {
        let towns = ["a".to_owned(), "b".to_owned()];
        let lines: Vec<Line> = [
            line("2026-04", "a", "family", 2),
            line("2026-05", "a", "family", 20),
            line("2026-04", "a", "hospital", 20),
            line("2026-05", "a", "hospital", 20),
            line("2026-04", "b", "family", 30),
            line("2026-05", "b", "family", 30),
            line("2026-04", "b", "hospital", 30),
            line("2026-05", "b", "hospital", 30),
        ]
        .concat();
        let year = report(
            Period::Year(2026),
            &towns,
            &lines,
            &[Dimension::Caller],
            true,
        );
        assert!(year.tables[0].hidden.cells[0][1] || year.tables[0].hidden.cells[0][0]);
    }

    proptest! {
        #[test]
        fn shares_add_up_to_a_hundred_percent(parts in proptest::collection::vec(0_i64..100_000, 1..12)) {
            let all = shares(&parts);
            let sum: i64 = all.iter().sum();
            prop_assert_eq!(sum, if parts.iter().sum::<i64>() > 0 { 1_000 } else { 0 });
            for (part, share) in parts.iter().zip(&all) {
                prop_assert!(*part > 0 || *share == 0);
            }
        }
    }
}
