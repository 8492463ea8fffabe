//! Dates as Japan writes them.
use crate::{Date, Lang, Time};
/// An era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era { /// kanji
 pub ja: &'static str, /// romanised
 pub en: &'static str, /// initial
 pub letter: char }
/// Why a date was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct DateError;
/// Era and year in it.
pub fn era(_date: Date) -> Option<(&'static Era, i32)> { None }
/// `令和8年11月22日（日）`, `22 November 2026 (Sun)`.
pub fn format_date(_date: Date, _lang: Lang) -> String { String::new() }
/// JST.
pub fn format_time(_time: Time, _lang: Lang) -> String { String::new() }
/// Reads a date.
pub fn parse_date(_text: &str) -> Result<Date, DateError> { Err(DateError) }
/// April to March.
pub fn fiscal_year(_date: Date) -> i32 { 0 }
/// `令和6年度`, `FY2024`.
pub fn format_fiscal_year(_year: i32, _lang: Lang) -> String { String::new() }
