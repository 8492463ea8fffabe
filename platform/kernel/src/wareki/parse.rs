//! Reading dates as people type them.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::{ERAS, Era, MONTHS, era, format_date};
use crate::{Date, Lang};

/// A typed date was not understood or does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was typed.
    Empty,
    /// No notation that is known.
    Format,
    /// 31 April, 29 February of a common year, a 13th month.
    NoSuchDay,
    /// A day outside the era it was written with, such as 平成32年1月1日; the day is what was meant.
    OutsideEra(Date),
    /// The day of the week does not belong to the day.
    Weekday(Date),
}

impl DateError {
    /// The sentence for the person who typed it.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Ja, Self::Empty) => "日付が入力されていません。".to_owned(),
            (Lang::En, Self::Empty) => "The date is missing.".to_owned(),
            (Lang::Ja, Self::Format) => "日付として読めません。「令和8年11月22日」「R8.11.22」「2026-11-22」のように入力してください。".to_owned(),
            (Lang::En, Self::Format) => "This cannot be read as a date. Type it like 2026-11-22, R8.11.22 or 22 November 2026.".to_owned(),
            (Lang::Ja, Self::NoSuchDay) => "その日付はカレンダーにありません。".to_owned(),
            (Lang::En, Self::NoSuchDay) => "There is no such day in the calendar.".to_owned(),
            (Lang::Ja, Self::OutsideEra(day)) => format!("その元号の期間にない日付です。{}のことですか。", format_date(*day, lang)),
            (Lang::En, Self::OutsideEra(day)) => format!("That day is outside the era. Did you mean {}?", format_date(*day, lang)),
            (Lang::Ja, Self::Weekday(day)) => format!("曜日が合いません。その日は{}です。", format_date(*day, lang)),
            (Lang::En, Self::Weekday(day)) => format!("The day of the week does not fit: that day is {}.", format_date(*day, lang)),
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for DateError {}

/// Reads a day: `2026-11-22`, `2026/11/22`, `20261122`, `2026年11月22日`, `R8.11.22`, `R081122`,
/// `令和8年11月22日（日）`, `令和元年五月一日`, `22 November 2026 (Sun)`; digits of both widths.
///
/// # Errors
/// [`DateError`]; a date outside its era and a wrong day of the week are errors, because one of the
/// two halves is a slip and nobody but the writer knows which.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    // No date needs more; a long text is not worth normalising.
    let folded: String = text
        .chars()
        .take(80)
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    if folded.is_empty() {
        return Err(DateError::Empty);
    }
    let (body, weekday) = split_weekday(&folded);
    let (date, named) = match english(body) {
        Some(found) => (found?, None),
        None => japanese(body)?,
    };
    if named.is_some_and(|named| era(date).is_none_or(|(actual, _)| actual != named)) {
        return Err(DateError::OutsideEra(date));
    }
    if weekday.is_some_and(|weekday| {
        weekday != usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())
    }) {
        return Err(DateError::Weekday(date));
    }
    Ok(date)
}

/// Reads a fiscal year: `令和6年度`, `R6`, `FY2024`, `2024年度`, `2024`. `平成31年度` is 2019.
///
/// # Errors
/// [`DateError::Empty`] or [`DateError::Format`].
pub fn parse_fiscal_year(text: &str) -> Result<i32, DateError> {
    let folded: String = text
        .chars()
        .take(40)
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    if folded.is_empty() {
        return Err(DateError::Empty);
    }
    let body = folded.trim_end_matches("年度").trim_end_matches('年');
    let body = body.strip_prefix("fy").unwrap_or(body);
    let (era, rest) = split_era(body);
    let year = number(rest).ok_or(DateError::Format)?;
    match era {
        Some(era) if (1..=99).contains(&year) => Ok(i32::from(era.first.0) + year - 1),
        None if (1868..=2999).contains(&year) => Ok(year),
        _ => Err(DateError::Format),
    }
}

/// Takes a day of the week in brackets, or a Japanese one at the end, off the text.
fn split_weekday(text: &str) -> (&str, Option<usize>) {
    let (body, bracketed) = match text
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
    {
        Some((body, inside)) => (body, inside),
        None => match text
            .strip_suffix("曜日")
            .or_else(|| text.strip_suffix("曜"))
            .and_then(|rest| {
                rest.char_indices()
                    .next_back()
                    .map(|(at, _)| rest.split_at(at))
            }) {
            Some((body, inside)) => (body, inside),
            None => return (text, None),
        },
    };
    let name = bracketed.trim_end_matches("曜日").trim_end_matches('曜');
    let japanese = ["月", "火", "水", "木", "金", "土", "日"]
        .iter()
        .position(|day| *day == name);
    let english = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .position(|day| name.starts_with(day));
    match japanese.or(english) {
        Some(found) => (body, Some(found)),
        None => (text, None),
    }
}

/// `22november2026` or `november22,2026`; `None` when no month is named.
fn english(text: &str) -> Option<Result<Date, DateError>> {
    let (month, (before, after)) = MONTHS.iter().zip(1_i32..).find_map(|(name, month)| {
        let name = name.to_lowercase();
        let at = text.find(&name[..3])?;
        let rest = &text[at..];
        let long = if rest.starts_with(&name) {
            name.len()
        } else {
            3
        };
        Some((month, (&text[..at], &rest[long..])))
    })?;
    let (day, year) = match (before, after.split_once(',')) {
        ("", Some((day, year))) => (day, year),
        _ => (before, after.trim_start_matches(['.', ','])),
    };
    let day = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| day.strip_suffix(ending))
        .unwrap_or(day);
    Some(match (day.parse().ok(), year.parse().ok()) {
        (Some(day), Some(year)) => build(year, month, day),
        _ => Err(DateError::Format),
    })
}

fn japanese(text: &str) -> Result<(Date, Option<&'static Era>), DateError> {
    let (named, rest) = split_era(text);
    let first = named.map_or(1, |era| i32::from(era.first.0));
    let (year, month, day) = parts(rest, named.is_some()).ok_or(DateError::Format)?;
    if named.is_some() && year < 1 {
        return Err(DateError::Format);
    }
    Ok((build(first + year - 1, month, day)?, named))
}

fn split_era(text: &str) -> (Option<&'static Era>, &str) {
    for era in &ERAS {
        let short = era.ja.chars().next().unwrap_or_default();
        let rest = text
            .strip_prefix(era.ja)
            .or_else(|| text.strip_prefix(short))
            .or_else(|| text.strip_prefix(era.en.to_lowercase().as_str()))
            .or_else(|| text.strip_prefix(era.letter.to_ascii_lowercase()));
        if let Some(rest) = rest {
            return (Some(era), rest.trim_start_matches('.'));
        }
    }
    (None, text)
}

/// Year, month and day, with signs between them or as one run of 8 digits (6 with an era).
fn parts(text: &str, in_era: bool) -> Option<(i32, i32, i32)> {
    let run = if in_era { 6 } else { 8 };
    if text.len() == run && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at(run - 4);
        return Some((
            year.parse().ok()?,
            rest[..2].parse().ok()?,
            rest[2..].parse().ok()?,
        ));
    }
    let pieces: Vec<&str> = match text
        .strip_suffix('日')
        .and_then(|rest| rest.split_once('年'))
    {
        Some((year, rest)) => std::iter::once(year).chain(rest.split('月')).collect(),
        None => text
            .split(|c| {
                matches!(
                    c,
                    '-' | '/' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}'
                )
            })
            .collect(),
    };
    let [year, month, day] = pieces.try_into().ok()?;
    let long = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !in_era && !long(year) && number(year).is_none_or(|year| year < 1000) {
        return None;
    }
    Some((number(year)?, number(month)?, number(day)?))
}

/// A number in digits, 元, or ideographs up to 9999 (`二十二`, `二〇二六`).
fn number(text: &str) -> Option<i32> {
    if text == "元" {
        return Some(1);
    }
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    let digit = |c: char| {
        "〇一二三四五六七八九"
            .chars()
            .zip(0_i32..)
            .find_map(|(known, value)| (known == c).then_some(value))
    };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let one = |text: &str, empty: i32| match (text.chars().next(), text.chars().nth(1)) {
                (None, _) => Some(empty),
                (Some(c), None) => digit(c).filter(|value| *value > 0),
                _ => None,
            };
            Some(one(tens, 1)? * 10 + one(ones, 0)?)
        }
        None => text
            .chars()
            .try_fold(0, |value, c| Some(value * 10 + digit(c)?)),
    }
}

fn build(year: i32, month: i32, day: i32) -> Result<Date, DateError> {
    let (Ok(year), Ok(month), Ok(day)) =
        (i16::try_from(year), i8::try_from(month), i8::try_from(day))
    else {
        return Err(DateError::NoSuchDay);
    };
    Date::new(year, month, day).map_err(|_| DateError::NoSuchDay)
}
