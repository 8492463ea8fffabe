//! Dates and fiscal years as Japan writes them, in Japanese and English, and reading what people
//! type.

use std::fmt;

use crate::{Date, Lang, Time};

mod parse;

pub use parse::{DateError, parse_date, parse_fiscal_year};

/// An era since Meiji.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era {
    /// In ideographs, `令和`.
    pub ja: &'static str,
    /// In Latin letters, `Reiwa`.
    pub en: &'static str,
    /// The initial on forms, `R`.
    pub letter: char,
    /// Year, month and day of its first day.
    first: (i16, i8, i8),
}

/// The eras, newest first. Meiji begins with the day of its proclamation, 23 October 1868 in the
/// calendar of today (8th day of the 9th month of Keiō 4); days before 1873 were then counted
/// otherwise.
pub static ERAS: [Era; 5] = [
    Era {
        ja: "令和",
        en: "Reiwa",
        letter: 'R',
        first: (2019, 5, 1),
    },
    Era {
        ja: "平成",
        en: "Heisei",
        letter: 'H',
        first: (1989, 1, 8),
    },
    Era {
        ja: "昭和",
        en: "Showa",
        letter: 'S',
        first: (1926, 12, 25),
    },
    Era {
        ja: "大正",
        en: "Taisho",
        letter: 'T',
        first: (1912, 7, 30),
    },
    Era {
        ja: "明治",
        en: "Meiji",
        letter: 'M',
        first: (1868, 10, 23),
    },
];

impl Era {
    /// The first day of the era.
    #[must_use]
    pub fn first_day(&self) -> Date {
        let (year, month, day) = self.first;
        Date::constant(year, month, day)
    }

    /// The last day, `None` for the present era.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        let at = ERAS.iter().position(|era| era == self)?;
        ERAS.get(at.checked_sub(1)?)?.first_day().yesterday().ok()
    }
}

/// The era of a day and the year in it, counted from 1. `None` before Meiji.
#[must_use]
pub fn era(date: Date) -> Option<(&'static Era, i16)> {
    let era = ERAS.iter().find(|era| date >= era.first_day())?;
    Some((era, date.year() - era.first.0 + 1))
}

/// `令和8年11月22日（日）` or `22 November 2026 (Sun)`. Days before Meiji have the common year in both.
#[must_use]
pub fn format_date(date: Date, lang: Lang) -> String {
    let (day, weekday) = (
        date.day(),
        usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()),
    );
    match lang {
        Lang::Ja => format!(
            "{}{}月{day}日（{}）",
            EraYear(date),
            date.month(),
            ["月", "火", "水", "木", "金", "土", "日"][weekday]
        ),
        Lang::En => {
            let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday];
            format!(
                "{day} {} {} ({weekday})",
                month_name(date.month()),
                date.year()
            )
        }
    }
}

/// As [`format_date`] without the day of the week, for tables and forms.
#[must_use]
pub fn format_day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}{}月{}日", EraYear(date), date.month(), date.day()),
        Lang::En => format!(
            "{} {} {}",
            date.day(),
            month_name(date.month()),
            date.year()
        ),
    }
}

/// As written on narrow columns and forms: `R8.11.22`. Days before Meiji as `1868-10-22`.
#[must_use]
pub fn format_short(date: Date) -> String {
    match era(date) {
        Some((era, year)) => format!("{}{year}.{}.{}", era.letter, date.month(), date.day()),
        None => date.to_string(),
    }
}

/// Day and minute in Japan: `令和8年11月22日（日）9:05` or `22 November 2026 (Sun), 9:05`.
#[must_use]
pub fn format_time(time: Time, lang: Lang) -> String {
    let shown = time.jst();
    let comma = lang.pick("", ", ");
    format!(
        "{}{comma}{}:{:02}",
        format_date(shown.date(), lang),
        shown.hour(),
        shown.minute()
    )
}

/// Hour and minute in Japan, `9:05`.
#[must_use]
pub fn format_clock(time: Time) -> String {
    let shown = time.jst();
    format!("{}:{:02}", shown.hour(), shown.minute())
}

/// The fiscal year of a day, April to March, as the common year in which it begins.
#[must_use]
pub fn fiscal_year(date: Date) -> i32 {
    i32::from(date.year()) - i32::from(date.month() < 4)
}

/// The first and the last day of a fiscal year; `None` outside the calendar's range.
#[must_use]
pub fn fiscal_year_days(year: i32) -> Option<(Date, Date)> {
    let year = i16::try_from(year).ok()?;
    Some((
        Date::new(year, 4, 1).ok()?,
        Date::new(year.checked_add(1)?, 3, 31).ok()?,
    ))
}

/// `令和6年度` or `FY2024`. The year takes the era of its 1 April, except that the one in which
/// Reiwa began is 令和元年度, as the state calls its budget.
#[must_use]
pub fn format_fiscal_year(year: i32, lang: Lang) -> String {
    match (lang, named_day(year)) {
        (Lang::En, _) => format!("FY{year}"),
        (Lang::Ja, Some(day)) => format!("{}度", EraYear(day)),
        (Lang::Ja, None) => format!("{year}年度"),
    }
}

/// The day that gives a fiscal year its name.
fn named_day(year: i32) -> Option<Date> {
    if year == 2019 {
        return Some(ERAS[0].first_day());
    }
    fiscal_year_days(year).map(|(first, _)| first)
}

/// `令和8年`, `令和元年`, or `1868年` before Meiji.
struct EraYear(Date);

impl fmt::Display for EraYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match era(self.0) {
            Some((era, 1)) => write!(f, "{}元年", era.ja),
            Some((era, year)) => write!(f, "{}{year}年", era.ja),
            None => write!(f, "{}年", self.0.year()),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
