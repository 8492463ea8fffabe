//! Small cells on anything that leaves the desk: which cells of a table are hidden, so that nobody can reckon one back from the
//! totals. The rule is that of the offices of statistics: a number of 1 to [`SMALL`] − 1 is hidden, and with it so many others that
//! each hidden small number could be another one without any printed number changing.
//!
//! A table has a row per municipality and a column per value (caller, category …). The row totals are always printed: they say how
//! often a town's people called and nothing about whom. A column total is hidden when it is small itself, or when nothing else helps.

/// Numbers from 1 to one less than this are hidden.
pub const SMALL: i64 = 5;

/// Counts by municipality and value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// One list per row, all of the same length.
    pub cells: Vec<Vec<i64>>,
}

/// What of a [`Grid`] is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// `true` where the cell is hidden; as the grid.
    pub cells: Vec<Vec<bool>>,
    /// `true` where the total of a column is hidden.
    pub columns: Vec<bool>,
}

impl Hidden {
    /// Nothing is hidden: for the desk's own eyes.
    #[must_use]
    pub fn nothing(grid: &Grid) -> Self {
        Self {
            cells: grid
                .cells
                .iter()
                .map(|row| vec![false; row.len()])
                .collect(),
            columns: vec![false; grid.width()],
        }
    }

    /// Whether a cell is printed.
    #[must_use]
    pub fn shows(&self, row: usize, column: usize) -> bool {
        !self
            .cells
            .get(row)
            .and_then(|r| r.get(column))
            .copied()
            .unwrap_or(true)
    }

    /// Whether the total of a column is printed.
    #[must_use]
    pub fn shows_total(&self, column: usize) -> bool {
        !self.columns.get(column).copied().unwrap_or(true)
    }

    fn hide(&mut self, row: usize, column: usize) {
        if let Some(cell) = self.cells.get_mut(row).and_then(|r| r.get_mut(column)) {
            *cell = true;
        }
    }

    fn hide_total(&mut self, column: usize) {
        if let Some(cell) = self.columns.get_mut(column) {
            *cell = true;
        }
    }
}

impl Grid {
    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    /// A cell; 0 outside.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> i64 {
        self.cells
            .get(row)
            .and_then(|r| r.get(column))
            .copied()
            .unwrap_or(0)
    }

    /// The total of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> i64 {
        self.cells.get(row).map_or(0, |r| r.iter().sum())
    }

    /// The total of a column.
    #[must_use]
    pub fn column(&self, column: usize) -> i64 {
        (0..self.cells.len()).map(|row| self.at(row, column)).sum()
    }

    /// The total of everything.
    #[must_use]
    pub fn all(&self) -> i64 {
        (0..self.cells.len()).map(|row| self.row(row)).sum()
    }

    /// What is hidden of this table.
    #[must_use]
    pub fn protect(&self) -> Hidden {
        self.protect_with(&[])
    }

    /// As [`Grid::protect`], with cells that are hidden in any case: a year's cell of which exactly one month is hidden would
    /// give that month away.
    #[must_use]
    pub fn protect_with(&self, forced: &[(usize, usize)]) -> Hidden {
        let mut hidden = Hidden::nothing(self);
        let small = |n: i64| (1..SMALL).contains(&n);
        let mut sensitive: Vec<(usize, usize)> = Vec::new();
        for row in 0..self.cells.len() {
            for column in 0..self.width() {
                if small(self.at(row, column)) || forced.contains(&(row, column)) {
                    sensitive.push((row, column));
                    hidden.hide(row, column);
                }
            }
        }
        if self.width() < 2 {
            // With one column the row totals say it all; the caller prints the totals alone.
            return hidden;
        }
        for column in (0..self.width()).filter(|c| small(self.column(*c))) {
            hidden.hide_total(column);
        }
        for (row, column) in sensitive {
            self.cover(&mut hidden, row, column);
        }
        for column in 0..self.width() {
            if small(self.column(column)) {
                let best = (0..self.cells.len()).max_by_key(|row| self.at(*row, column));
                if let Some(row) = best {
                    self.cover_total(&mut hidden, row, column);
                }
            }
        }
        hidden
    }

    /// What hiding one more number costs; nothing when it is hidden already.
    fn price(&self, hidden: &Hidden, row: usize, column: usize) -> i64 {
        if hidden.shows(row, column) {
            // A zero hidden needlessly tells less than it costs in trust: after the small numbers.
            let n = self.at(row, column);
            if n == 0 { 40 } else { 10 + n }
        } else {
            0
        }
    }

    fn price_of_total(&self, hidden: &Hidden, column: usize) -> i64 {
        if hidden.shows_total(column) {
            1_000 + self.column(column)
        } else {
            0
        }
    }

    /// Hides so much that the cell could be another number: four corners of which two opposite ones can give one away to the other
    /// two, or, where no other row has anything, two cells of the row and the totals of their columns.
    fn cover(&self, hidden: &mut Hidden, row: usize, column: usize) {
        let mut best: Option<(i64, Option<usize>, usize)> = None;
        for other in (0..self.width()).filter(|c| *c != column) {
            let beside = self.price(hidden, row, other);
            let able = self.at(row, column) > 0 || self.at(row, other) > 0;
            if able {
                let cost = beside
                    + self.price_of_total(hidden, column)
                    + self.price_of_total(hidden, other);
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, None, other));
                }
            }
            for second in (0..self.cells.len()).filter(|r| *r != row) {
                let falls = self.at(row, column) > 0 && self.at(second, other) > 0;
                let rises = self.at(row, other) > 0 && self.at(second, column) > 0;
                if !falls && !rises {
                    continue;
                }
                let cost =
                    beside + self.price(hidden, second, column) + self.price(hidden, second, other);
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, Some(second), other));
                }
            }
        }
        if let Some((_, second, other)) = best {
            hidden.hide(row, other);
            match second {
                Some(second) => {
                    hidden.hide(second, column);
                    hidden.hide(second, other);
                }
                None => {
                    hidden.hide_total(column);
                    hidden.hide_total(other);
                }
            }
        }
    }

    /// Hides so much that the total of the column could be another number.
    fn cover_total(&self, hidden: &mut Hidden, row: usize, column: usize) {
        let best = (0..self.width())
            .filter(|other| *other != column)
            .min_by_key(|other| {
                self.price(hidden, row, *other) + self.price_of_total(hidden, *other)
            });
        if let Some(other) = best {
            hidden.hide(row, column);
            hidden.hide(row, other);
            hidden.hide_total(column);
            hidden.hide_total(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether there is another table with the same printed numbers in which one number is `want`: tried out, cell by cell, and
    /// knowing nothing of how the rule chose.
    fn possible(
        grid: &Grid,
        hidden: &Hidden,
        fixed: Option<((usize, usize), i64)>,
        total: Option<(usize, i64)>,
    ) -> bool {
        let mut free: Vec<(usize, usize)> = Vec::new();
        let mut rows: Vec<i64> = (0..grid.cells.len()).map(|r| grid.row(r)).collect();
        let mut columns: Vec<Option<i64>> = (0..grid.width())
            .map(|c| match total {
                Some((which, want)) if which == c => Some(want),
                _ => hidden.shows_total(c).then(|| grid.column(c)),
            })
            .collect();
        let places = (0..grid.cells.len()).flat_map(|r| (0..grid.width()).map(move |c| (r, c)));
        for (row, column) in places {
            let known = match fixed {
                Some((at, want)) if at == (row, column) => Some(want),
                _ => hidden.shows(row, column).then(|| grid.at(row, column)),
            };
            match known {
                Some(n) => {
                    rows[row] -= n;
                    columns[column] = columns[column].map(|c| c - n);
                }
                None => free.push((row, column)),
            }
        }
        fill(&free, &mut rows, &mut columns)
    }

    fn fill(free: &[(usize, usize)], rows: &mut [i64], columns: &mut [Option<i64>]) -> bool {
        if rows.iter().any(|r| *r < 0) || columns.iter().flatten().any(|c| *c < 0) {
            return false;
        }
        let Some(((row, column), rest)) = free.split_first() else {
            return rows.iter().all(|r| *r == 0) && columns.iter().flatten().all(|c| *c == 0);
        };
        let last = !rest.iter().any(|(r, _)| r == row);
        let most = columns[*column].map_or(rows[*row], |c| c.min(rows[*row]));
        let least = if last { rows[*row] } else { 0 };
        for n in least..=most {
            rows[*row] -= n;
            columns[*column] = columns[*column].map(|c| c - n);
            let found = fill(rest, rows, columns);
            rows[*row] += n;
            columns[*column] = columns[*column].map(|c| c + n);
            if found {
                return true;
            }
        }
        false
    }

    fn check(grid: &Grid, hidden: &Hidden) -> Result<(), TestCaseError> {
        for row in 0..grid.cells.len() {
            for column in 0..grid.width() {
                let n = grid.at(row, column);
                if !(1..SMALL).contains(&n) {
                    continue;
                }
                prop_assert!(
                    !hidden.shows(row, column),
                    "{n} at {row},{column} is printed"
                );
                let other = [n - 1, n + 1]
                    .into_iter()
                    .any(|want| possible(grid, hidden, Some(((row, column), want)), None));
                prop_assert!(
                    other,
                    "{n} at {row},{column} can be reckoned back: {grid:?} {hidden:?}"
                );
            }
        }
        for column in 0..grid.width() {
            let n = grid.column(column);
            if (1..SMALL).contains(&n) {
                prop_assert!(!hidden.shows_total(column));
                let other = [n - 1, n + 1]
                    .into_iter()
                    .any(|want| possible(grid, hidden, None, Some((column, want))));
                prop_assert!(
                    other,
                    "total {n} of {column} can be reckoned back: {grid:?} {hidden:?}"
                );
            }
        }
        Ok(())
    }

    fn grids() -> impl Strategy<Value = Grid> {
        (1_usize..4, 2_usize..5).prop_flat_map(|(rows, columns)| {
            let cell = prop_oneof![3 => Just(0_i64), 4 => 1_i64..5, 3 => 5_i64..9];
            proptest::collection::vec(proptest::collection::vec(cell, columns), rows)
                .prop_map(|cells| Grid { cells })
        })
    }

    proptest! {
        #[test]
        fn no_small_number_can_be_reckoned_back_from_the_totals(grid in grids()) {
            check(&grid, &grid.protect())?;
        }

        #[test]
        fn a_table_without_small_numbers_is_printed_whole(cells in proptest::collection::vec(proptest::collection::vec(5_i64..60, 4), 1..5)) {
            let grid = Grid { cells };
            prop_assert_eq!(grid.protect(), Hidden::nothing(&grid));
        }
    }

    #[test]
    fn a_single_small_cell_takes_others_with_it() {
        let grid = Grid {
            cells: vec![vec![2, 30, 12], vec![9, 8, 7]],
        };
        let hidden = grid.protect();
        let count = hidden.cells.iter().flatten().filter(|h| **h).count();
        assert_eq!(count, 4, "{hidden:?}");
        assert!(hidden.columns.iter().all(|h| !h));
    }

    #[test]
    fn one_town_alone_hides_two() {
        let grid = Grid {
            cells: vec![vec![3, 0, 0]],
        };
        let hidden = grid.protect();
        assert!(!hidden.shows(0, 0));
        assert_eq!(hidden.cells[0].iter().filter(|h| **h).count(), 2);
    }

    #[test]
    fn a_forced_cell_is_hidden_too() {
        let grid = Grid {
            cells: vec![vec![20, 30], vec![40, 50]],
        };
        assert!(!grid.protect_with(&[(0, 0)]).shows(0, 0));
    }
}
