//! 国民の祝日 of 2000–2099, by the rules of the law and its exceptions.
//!
//! Source: 国民の祝日に関する法律 (昭和23年法律第178号) with its amendments, the special laws for the
//! enthronement of 2019 and the Olympic games of 2020 and 2021. The days of spring and autumn are
//! computed by the usual formula for 1980–2099; the official days are announced each February for
//! the year after, so a far year is a forecast. Years outside 2000–2099 have no holidays here.

use jiff::civil::Weekday;

use crate::{Date, Lang};

/// A public holiday of Japan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// As the law calls it.
    pub ja: &'static str,
    /// A common English rendering; the law has none.
    pub en: &'static str,
}

impl Holiday {
    /// The name in a language.
    #[must_use]
    pub const fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }
}

const fn day(ja: &'static str, en: &'static str) -> Holiday {
    Holiday { ja, en }
}

const NEW_YEAR: Holiday = day("元日", "New Year's Day");
const COMING_OF_AGE: Holiday = day("成人の日", "Coming of Age Day");
const FOUNDATION: Holiday = day("建国記念の日", "National Foundation Day");
const EMPEROR: Holiday = day("天皇誕生日", "Emperor's Birthday");
const SPRING: Holiday = day("春分の日", "Vernal Equinox Day");
const SHOWA: Holiday = day("昭和の日", "Showa Day");
const GREENERY: Holiday = day("みどりの日", "Greenery Day");
const CONSTITUTION: Holiday = day("憲法記念日", "Constitution Memorial Day");
const CHILDREN: Holiday = day("こどもの日", "Children's Day");
const MARINE: Holiday = day("海の日", "Marine Day");
const MOUNTAIN: Holiday = day("山の日", "Mountain Day");
const AGED: Holiday = day("敬老の日", "Respect for the Aged Day");
const AUTUMN: Holiday = day("秋分の日", "Autumnal Equinox Day");
const HEALTH: Holiday = day("体育の日", "Health and Sports Day");
const SPORTS: Holiday = day("スポーツの日", "Sports Day");
const CULTURE: Holiday = day("文化の日", "Culture Day");
const LABOUR: Holiday = day("勤労感謝の日", "Labour Thanksgiving Day");
const ACCESSION: Holiday = day("即位の日", "Enthronement Day");
const CEREMONY: Holiday = day("即位礼正殿の儀の行われる日", "Enthronement Ceremony Day");
const BETWEEN: Holiday = day("国民の休日", "Citizens' Holiday");
const SUBSTITUTE: Holiday = day("振替休日", "Substitute Holiday");

/// The holiday on that day, `None` on all others and outside 2000–2099.
#[must_use]
pub fn name(date: Date) -> Option<Holiday> {
    if !(2000..=2099).contains(&date.year()) {
        return None;
    }
    statutory(date)
        .or_else(|| substitute(date))
        .or_else(|| between(date))
}

/// The days that the law names (article 2), with the special laws.
fn statutory(date: Date) -> Option<Holiday> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let nth_monday = |nth: i8| date.weekday() == Weekday::Monday && (day - 1) / 7 + 1 == nth;
    Some(match (month, day) {
        (1, 1) => NEW_YEAR,
        (1, _) if nth_monday(2) => COMING_OF_AGE,
        (2, 11) => FOUNDATION,
        (2, 23) if year >= 2020 => EMPEROR,
        (3, _) if day == spring(year) => SPRING,
        (4, 29) if year >= 2007 => SHOWA,
        (4, 29) => GREENERY,
        (5, 1) if year == 2019 => ACCESSION,
        (5, 3) => CONSTITUTION,
        (5, 4) if year >= 2007 => GREENERY,
        (5, 5) => CHILDREN,
        (7, _) if is_marine(year, day, nth_monday(3)) => MARINE,
        (7, 24) if year == 2020 => SPORTS,
        (7, 23) if year == 2021 => SPORTS,
        (8, _) if day == mountain(year) => MOUNTAIN,
        (9, 15) if year < 2003 => AGED,
        (9, _) if year >= 2003 && nth_monday(3) => AGED,
        (9, _) if day == autumn(year) => AUTUMN,
        (10, 22) if year == 2019 => CEREMONY,
        (10, _) if nth_monday(2) && year < 2020 => HEALTH,
        (10, _) if nth_monday(2) && year > 2021 => SPORTS,
        (11, 3) => CULTURE,
        (11, 23) => LABOUR,
        (12, 23) if year < 2019 => EMPEROR,
        _ => return None,
    })
}

fn is_marine(year: i16, day: i8, third_monday: bool) -> bool {
    match year {
        ..2003 => day == 20,
        2020 => day == 23,
        2021 => day == 22,
        _ => third_monday,
    }
}

/// The day of August, 0 before 2016.
fn mountain(year: i16) -> i8 {
    match year {
        ..2016 => 0,
        2020 => 10,
        2021 => 8,
        _ => 11,
    }
}

/// 振替休日 (article 3.2): since 2007 the first day after a holiday on a Sunday that is no holiday
/// itself; before, only the Monday after it.
fn substitute(date: Date) -> Option<Holiday> {
    let mut before = date;
    loop {
        before = before.yesterday().ok()?;
        statutory(before)?;
        if before.weekday() == Weekday::Sunday {
            return Some(SUBSTITUTE);
        }
        if date.year() < 2007 {
            return None;
        }
    }
}

/// 国民の休日 (article 3.3): a day between two named holidays. Until 2006 not on a Sunday, and a
/// Monday that stands in for a Sunday kept that name.
fn between(date: Date) -> Option<Holiday> {
    if date.year() < 2007 && date.weekday() == Weekday::Sunday {
        return None;
    }
    statutory(date.yesterday().ok()?)?;
    statutory(date.tomorrow().ok()?)?;
    Some(BETWEEN)
}

/// The day of March, by the formula for 1980–2099.
fn spring(year: i16) -> i8 {
    equinox(year, 20_843_100)
}

/// The day of September, by the formula for 1980–2099.
fn autumn(year: i16) -> i8 {
    equinox(year, 23_248_800)
}

/// `base + 0.242194 × (year − 1980) − leap days since 1980`, in millionths of a day.
fn equinox(year: i16, base: i64) -> i8 {
    let years = i64::from(year) - 1980;
    let day = (base + 242_194 * years) / 1_000_000 - years / 4;
    i8::try_from(day).unwrap_or(0)
}

#[cfg(test)]
mod tests;
