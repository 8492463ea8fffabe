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
