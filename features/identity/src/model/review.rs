//! The quarterly review of an office's members (R34): which quarter it is, and whether it is due.

use kernel::Date;

/// A quarter of the fiscal year, written `2026-3` for October to December of fiscal year 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// Fiscal year (April to March).
    pub year: i32,
    /// 1 to 4.
    pub number: i32,
}

impl Quarter {
    /// The quarter that contains a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let month = i32::from(day.month());
        let year = i32::from(day.year()) - i32::from(month < 4);
        Self {
            year,
            number: (month + 8) % 12 / 3 + 1,
        }
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_begin_in_april() {
        for (day, quarter) in [
            ("2026-04-01", "2026-1"),
            ("2026-06-30", "2026-1"),
            ("2026-07-01", "2026-2"),
            ("2026-12-31", "2026-3"),
            ("2027-01-01", "2026-4"),
            ("2027-03-31", "2026-4"),
        ] {
            assert_eq!(
                Quarter::of(kernel::parse_date(day).unwrap()).to_string(),
                quarter,
                "{day}"
            );
        }
    }
}
