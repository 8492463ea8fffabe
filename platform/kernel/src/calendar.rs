//! Days on which an office is open.
use crate::Date;
/// Days on which an office is open.
#[derive(Clone, Debug, Default)]
pub struct BusinessCalendar { closed: std::collections::BTreeMap<Date, String> }
impl BusinessCalendar {
    /// As most public offices.
    pub fn office() -> Self { Self::default() }
    /// Closes a day.
    pub fn close(&mut self, day: Date, name: &str) { self.closed.insert(day, name.to_owned()); }
    /// Open on that day?
    pub fn is_open(&self, _day: Date) -> bool { true }
    /// First open day on or after.
    pub fn next_open(&self, day: Date) -> Option<Date> { Some(day) }
    /// The n-th open day after.
    pub fn add_business_days(&self, day: Date, _days: u32) -> Option<Date> { Some(day) }
}
