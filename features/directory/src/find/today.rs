//! Open today? From days and hours as published.

use kernel::{Date, Time};

use crate::model::Service;

/// What is known of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Today {
    /// Hours as pairs of minutes after midnight.
    Hours(Vec<(u16, u16)>),
    /// Works on this day; hours not stated.
    Works,
    /// Does not work on this day.
    Closed,
    /// Not stated.
    Unknown,
}

/// 1 Monday … 7 Sunday, 8 on public holidays.
#[must_use]
pub fn day_number(day: Date) -> u8 {
    if kernel::holidays::name(day).is_some() {
        8
    } else {
        day.weekday().to_monday_one_offset().unsigned_abs()
    }
}

/// What one service says of a day.
#[must_use]
pub fn of(service: &Service, day: Date) -> Today {
    let number = day_number(day);
    // Publications leave holidays out more often than not: silence about them is not "closed".
    if number == 8 && !says_holidays(service) {
        return Today::Unknown;
    }
    if !service.hours.is_empty() {
        let mut hours: Vec<(u16, u16)> = service
            .hours
            .iter()
            .filter(|h| h.day == number)
            .map(|h| (h.opens, h.closes))
            .collect();
        hours.sort_unstable();
        hours.dedup();
        return if hours.is_empty() {
            Today::Closed
        } else {
            Today::Hours(hours)
        };
    }
    match &service.days {
        Some(days) if days.contains(char::from(b'0' + number)) => Today::Works,
        Some(days) if !days.is_empty() => Today::Closed,
        _ => Today::Unknown,
    }
}

fn says_holidays(service: &Service) -> bool {
    service.hours.iter().any(|h| h.day == 8)
        || service
            .days
            .as_deref()
            .is_some_and(|days| days.contains('8'))
}

/// What the first service that says anything says of the day of `now`.
#[must_use]
pub fn first(services: &[Service], now: Time) -> Today {
    services
        .iter()
        .map(|service| of(service, now.date_jst()))
        .find(|today| *today != Today::Unknown)
        .unwrap_or(Today::Unknown)
}

/// `8:30`
#[must_use]
pub fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Opening, ProviderId, ServiceId};

    fn service(days: Option<&str>, hours: &[(u8, u16, u16)]) -> Service {
        let id = kernel::Uuid::from_u128(1);
        Service {
            id: <ServiceId as kernel::AnyId>::from_uuid(id),
            provider: <ProviderId as kernel::AnyId>::from_uuid(id),
            kind: "clinic".to_owned(),
            number: String::new(),
            capacity: None,
            days: days.map(str::to_owned),
            hours: hours
                .iter()
                .map(|&(day, opens, closes)| Opening { day, opens, closes })
                .collect(),
            hours_note: String::new(),
            departments: String::new(),
            beds: None,
            source: String::new(),
            source_date: None,
            absent_since: None,
            ended_on: None,
        }
    }

    #[test]
    fn a_day_is_open_closed_or_not_stated() {
        let day = |text: &str| kernel::wareki::parse_date(text).unwrap();
        let (monday, sunday, holiday) = (day("2026-11-16"), day("2026-11-22"), day("2026-11-23"));
        let weekdays = service(Some("12345"), &[]);
        assert_eq!(of(&weekdays, monday), Today::Works);
        assert_eq!(of(&weekdays, sunday), Today::Closed);
        assert_eq!(
            of(&weekdays, holiday),
            Today::Unknown,
            "holidays are not mentioned"
        );
        assert_eq!(of(&service(Some("123458"), &[]), holiday), Today::Works);
        let hours = service(None, &[(1, 540, 720), (1, 840, 1080)]);
        assert_eq!(
            of(&hours, monday),
            Today::Hours(vec![(540, 720), (840, 1080)])
        );
        assert_eq!(of(&hours, sunday), Today::Closed);
        assert_eq!(of(&service(None, &[]), monday), Today::Unknown);
    }
}
