//! On which days an office is open, and counting in open days.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Weekday;

use crate::{Date, holidays};

/// How far ahead an open day is looked for. An office closed for longer has stopped working.
const HORIZON: u32 = 400;

/// The days on which one office is open.
///
/// Own days win over everything: an office that opens on one Sunday is open on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessCalendar {
    weekdays: [bool; 7],
    holidays: bool,
    new_year: bool,
    closed: BTreeMap<Date, String>,
    opened: BTreeSet<Date>,
}

/// Why an office is closed on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed<'a> {
    /// Closed each week on this day.
    Weekday(Weekday),
    /// A public holiday.
    Holiday(holidays::Holiday),
    /// 29 December to 3 January.
    NewYear,
    /// A day of this office's own, with its name.
    Own(&'a str),
}

impl Default for BusinessCalendar {
    fn default() -> Self {
        Self::office()
    }
}

impl BusinessCalendar {
    /// As town halls and most desks: closed on Saturdays, Sundays, public holidays and from
    /// 29 December to 3 January.
    #[must_use]
    pub fn office() -> Self {
        Self {
            new_year: true,
            holidays: true,
            ..Self::always()
                .close_weekday(Weekday::Saturday)
                .close_weekday(Weekday::Sunday)
        }
    }

    /// Open on every day; a start for offices with other rules.
    #[must_use]
    pub fn always() -> Self {
        Self {
            weekdays: [true; 7],
            holidays: false,
            new_year: false,
            closed: BTreeMap::new(),
            opened: BTreeSet::new(),
        }
    }

    /// Closes a day of the week.
    #[must_use]
    pub fn close_weekday(mut self, weekday: Weekday) -> Self {
        self.weekdays[index(weekday)] = false;
        self
    }

    /// Opens a day of the week.
    #[must_use]
    pub fn open_weekday(mut self, weekday: Weekday) -> Self {
        self.weekdays[index(weekday)] = true;
        self
    }

    /// Whether public holidays are days off.
    #[must_use]
    pub fn with_holidays(mut self, closed: bool) -> Self {
        self.holidays = closed;
        self
    }

    /// Whether 29 December to 3 January are days off.
    #[must_use]
    pub fn with_new_year(mut self, closed: bool) -> Self {
        self.new_year = closed;
        self
    }

    /// Closes one day, with the name that people see (a founding day, a training of all staff).
    pub fn close(&mut self, day: Date, name: &str) {
        self.opened.remove(&day);
        self.closed.insert(day, name.to_owned());
    }

    /// Opens one day on which the office would be closed.
    pub fn open(&mut self, day: Date) {
        self.closed.remove(&day);
        self.opened.insert(day);
    }

    /// Whether the office is open on that day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        self.why_closed(day).is_none()
    }

    /// Why the office is closed, `None` when it is open.
    #[must_use]
    pub fn why_closed(&self, day: Date) -> Option<Closed<'_>> {
        if self.opened.contains(&day) {
            return None;
        }
        if let Some(name) = self.closed.get(&day) {
            return Some(Closed::Own(name));
        }
        if self.holidays
            && let Some(holiday) = holidays::name(day)
        {
            return Some(Closed::Holiday(holiday));
        }
        if self.new_year && matches!((day.month(), day.day()), (12, 29..) | (1, ..=3)) {
            return Some(Closed::NewYear);
        }
        (!self.weekdays[index(day.weekday())]).then(|| Closed::Weekday(day.weekday()))
    }

    /// The first open day from this day on, which may be this day. `None` when there is none within
    /// 400 days.
    #[must_use]
    pub fn next_open(&self, day: Date) -> Option<Date> {
        let mut candidate = day;
        for _ in 0..HORIZON {
            if self.is_open(candidate) {
                return Some(candidate);
            }
            candidate = candidate.tomorrow().ok()?;
        }
        None
    }

    /// The `count`-th open day after this day; with 0 the first open day from this day on. `None`
    /// when the office stays closed for more than 400 days on the way.
    #[must_use]
    pub fn add_business_days(&self, day: Date, count: u32) -> Option<Date> {
        let mut reached = day;
        if count == 0 {
            return self.next_open(day);
        }
        for _ in 0..count {
            reached = self.next_open(reached.tomorrow().ok()?)?;
        }
        Some(reached)
    }

    /// How many open days lie after `from` up to and with `to`; 0 when `to` is not after `from`.
    #[must_use]
    pub fn business_days_between(&self, from: Date, to: Date) -> u32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            count += u32::from(self.is_open(day));
        }
        count
    }
}

fn index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_town_hall_over_the_new_year() {
        let office = BusinessCalendar::office();
        assert_eq!(office.next_open(date(2026, 12, 29)), Some(date(2027, 1, 4)));
        assert_eq!(office.why_closed(date(2026, 12, 31)), Some(Closed::NewYear));
        assert_eq!(
            office.why_closed(date(2026, 11, 22)),
            Some(Closed::Weekday(Weekday::Sunday))
        );
        assert!(
            matches!(office.why_closed(date(2026, 11, 23)), Some(Closed::Holiday(holiday)) if holiday.ja == "勤労感謝の日")
        );
        // Friday, then a weekend and a holiday on Monday.
        assert_eq!(
            office.add_business_days(date(2026, 11, 20), 1),
            Some(date(2026, 11, 24))
        );
        assert_eq!(
            office.add_business_days(date(2026, 11, 21), 0),
            Some(date(2026, 11, 24))
        );
        assert_eq!(
            office.business_days_between(date(2026, 11, 20), date(2026, 11, 25)),
            2
        );
        assert_eq!(
            office.business_days_between(date(2026, 11, 25), date(2026, 11, 20)),
            0
        );
    }

    #[test]
    fn an_offices_own_days_win() {
        let mut clinic = BusinessCalendar::office()
            .open_weekday(Weekday::Saturday)
            .close_weekday(Weekday::Thursday);
        clinic.close(date(2026, 11, 24), "職員研修");
        clinic.open(date(2026, 11, 22));
        assert!(clinic.is_open(date(2026, 11, 21)));
        assert!(clinic.is_open(date(2026, 11, 22)));
        assert_eq!(
            clinic.why_closed(date(2026, 11, 24)),
            Some(Closed::Own("職員研修"))
        );
        assert!(!clinic.is_open(date(2026, 11, 26)));
        clinic.open(date(2026, 11, 24));
        assert!(clinic.is_open(date(2026, 11, 24)));
        assert!(BusinessCalendar::always().is_open(date(2027, 1, 1)));
        assert!(
            BusinessCalendar::office()
                .with_holidays(false)
                .with_new_year(false)
                .is_open(date(2027, 1, 1))
        );
    }

    #[test]
    fn an_office_that_never_opens_ends_the_search() {
        let never = Weekday::Monday
            .cycle_forward()
            .take(7)
            .fold(BusinessCalendar::always(), BusinessCalendar::close_weekday);
        assert_eq!(never.next_open(date(2026, 1, 1)), None);
        assert_eq!(never.add_business_days(date(2026, 1, 1), 3), None);
        assert_eq!(
            BusinessCalendar::office().add_business_days(Date::MAX, 1),
            None
        );
    }

    proptest! {
        #[test]
        fn adding_and_counting_agree(days in 0_i32..36_000, count in 1_u32..60) {
            let office = BusinessCalendar::office();
            let from = date(2000, 1, 1).checked_add(days.days()).unwrap();
            let to = office.add_business_days(from, count).unwrap();
            prop_assert!(office.is_open(to));
            prop_assert_eq!(office.business_days_between(from, to), count);
        }
    }
}
