//! Which archives stay: seven nights, five Mondays, twelve firsts of a month.

use std::collections::BTreeSet;

use kernel::Date;

const NIGHTS: usize = 7;
const WEEKS: usize = 5;
const MONTHS: usize = 12;

/// The nights whose archives are no longer needed. The newest night always stays.
pub fn outdated(nights: &BTreeSet<Date>) -> Vec<Date> {
    let newest_first: Vec<Date> = nights.iter().rev().copied().collect();
    let mut kept: BTreeSet<Date> = newest_first.iter().take(NIGHTS).copied().collect();
    // The first archive of each week and month, whatever day it was made: a night may have been missed.
    kept.extend(firsts(nights, WEEKS, |d| {
        let week = d.iso_week_date();
        (i32::from(week.year()), i32::from(week.week()))
    }));
    kept.extend(firsts(nights, MONTHS, |d| {
        (i32::from(d.year()), i32::from(d.month()))
    }));
    nights.difference(&kept).copied().collect()
}

/// The earliest night of each of the last `count` groups.
fn firsts(
    nights: &BTreeSet<Date>,
    count: usize,
    group: impl Fn(Date) -> (i32, i32),
) -> impl Iterator<Item = Date> {
    let mut found: Vec<(Date, (i32, i32))> = Vec::new();
    for &night in nights {
        let of = group(night);
        if found.last().is_none_or(|(_, last)| *last != of) {
            found.push((night, of));
        }
    }
    found.into_iter().rev().take(count).map(|(night, _)| night)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn a_year_of_nights_keeps_days_weeks_and_months() {
        let mut there = BTreeSet::new();
        let mut day = date(2026, 1, 1);
        while day <= date(2026, 12, 31) {
            there.insert(day);
            for old in outdated(&there) {
                there.remove(&old);
            }
            assert!(there.contains(&day));
            day = day.saturating_add(1.day());
        }
        assert!(there.contains(&date(2026, 12, 25)), "a week of nights");
        assert!(there.contains(&date(2026, 12, 7)), "Mondays");
        for month in 1..=12 {
            assert!(there.contains(&date(2026, month, 1)), "month {month}");
        }
        assert!(there.len() <= NIGHTS + WEEKS + MONTHS, "{}", there.len());
    }

    #[test]
    fn few_archives_all_stay() {
        let few: BTreeSet<Date> = [date(2026, 1, 3), date(2026, 5, 9)].into();
        assert_eq!(outdated(&few), Vec::<Date>::new());
        assert_eq!(outdated(&BTreeSet::new()), Vec::<Date>::new());
    }
}
