//! Holidays of Japan.
use crate::Date;
/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday { /// Japanese name
 pub ja: &'static str, /// English name
 pub en: &'static str }
/// The holiday on that day.
pub fn name(_date: Date) -> Option<Holiday> { None }
