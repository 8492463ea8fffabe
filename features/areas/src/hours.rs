//! When a window is open: weekday hours, national holidays, the owner's own closed days.
//!
//! Everything is computed for Japanese time from the facts given; nothing here reads a clock.

use std::collections::BTreeSet;

use kernel::{Date, Time, holidays};

/// Minutes in a day.
pub const DAY: i64 = 24 * 60;

/// How many days ahead the next opening is looked for. Longer closures say only "closed".
pub const LOOK_AHEAD_DAYS: i64 = 40;

/// The weekly hours of a window. Times of day are minutes after midnight, Japanese time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// Digits `1` (Monday) to `7` (Sunday), ascending, none twice.
    pub days: String,
    /// First minute of service.
    pub opens: i64,
    /// First minute after service.
    pub closes: i64,
}

/// Why a day is not a day of service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosedBy {
    /// Not one of the window's weekdays.
    Weekday,
    /// A national holiday (its Japanese and English names).
    Holiday(&'static str, &'static str),
    /// The owner's own closed day.
    Own,
}

/// The next moment at which the window opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The day, Japanese time.
    pub day: Date,
    /// Minutes after midnight.
    pub minute: i64,
}

/// Whether the window is open at a given moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// The hours are not registered: nothing is claimed.
    Unknown,
    /// Open until this minute of today.
    Open {
        /// Minutes after midnight.
        until: i64,
    },
    /// Closed now.
    Closed {
        /// Why today is no day of service; `None` when only the time of day is outside the hours.
        today: Option<ClosedBy>,
        /// The next opening, if one lies within [`LOOK_AHEAD_DAYS`].
        next: Option<Opening>,
    },
}

/// Why `day` is not a day of service, or `None` when it is one.
#[must_use]
pub fn closed_by(hours: &Hours, own: &BTreeSet<Date>, day: Date) -> Option<ClosedBy> {
    let digit = day.weekday().to_monday_one_offset().to_string();
    if own.contains(&day) {
        return Some(ClosedBy::Own);
    }
    if let Some(holiday) = holidays::name(day) {
        return Some(ClosedBy::Holiday(holiday.ja, holiday.en));
    }
    (!hours.days.contains(&digit)).then_some(ClosedBy::Weekday)
}

/// Whether the window is open at `now`, and when it opens next.
///
/// `own` are the owner's closed days from today on.
#[must_use]
pub fn open_state(hours: Option<&Hours>, own: &BTreeSet<Date>, now: Time) -> OpenState {
    let Some(hours) = hours else {
        return OpenState::Unknown;
    };
    let today = now.date_jst();
    let minute = minute_jst(now);
    let reason = closed_by(hours, own, today);
    if reason.is_none() && (hours.opens..hours.closes).contains(&minute) {
        return OpenState::Open {
            until: hours.closes,
        };
    }
    let still_today = reason.is_none() && minute < hours.opens;
    let next = if still_today {
        Some(today)
    } else {
        next_day(hours, own, today)
    };
    OpenState::Closed {
        today: reason,
        next: next.map(|day| Opening {
            day,
            minute: hours.opens,
        }),
    }
}

fn next_day(hours: &Hours, own: &BTreeSet<Date>, today: Date) -> Option<Date> {
    let mut day = today;
    for _ in 0..LOOK_AHEAD_DAYS {
        day = day.tomorrow().ok()?;
        if closed_by(hours, own, day).is_none() {
            return Some(day);
        }
    }
    None
}

/// The minute of the day of `now` in Japanese time.
#[must_use]
pub fn minute_jst(now: Time) -> i64 {
    let clock = now.jst();
    i64::from(clock.hour()) * 60 + i64::from(clock.minute())
}

/// Reads a time of day: `8:30`, `08:30`, `８：３０`, `830`. `24:00` is the end of the day.
#[must_use]
pub fn parse_minute(text: &str) -> Option<i64> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let (hour, minute) = match plain.split_once(':') {
        Some(pair) => pair,
        None if (3..=4).contains(&plain.len()) && plain.is_ascii() => {
            plain.split_at(plain.len() - 2)
        }
        None => return None,
    };
    let digits = |part: &str| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(hour) || !digits(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total)
}

/// Writes a minute of the day as `8:30`.
#[must_use]
pub fn format_minute(minute: i64) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// Full-width digits and punctuation of telephone numbers and times as ASCII; other characters unchanged.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // The dashes that Japanese keyboards and word processors produce between digits.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff70}' => '-',
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours() -> Hours {
        Hours {
            days: "12345".into(),
            opens: 8 * 60 + 30,
            closes: 17 * 60 + 15,
        }
    }

    fn at(text: &str) -> Time {
        text.parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn open_on_a_weekday_within_the_hours_and_closed_at_the_last_minute() {
        let none = BTreeSet::new();
        let open = open_state(Some(&hours()), &none, at("2026-11-24T08:30:00+09:00"));
        assert_eq!(
            open,
            OpenState::Open {
                until: 17 * 60 + 15
            }
        );
        let shut = open_state(Some(&hours()), &none, at("2026-11-24T17:15:00+09:00"));
        let next = Some(Opening {
            day: day("2026-11-25"),
            minute: 510,
        });
        assert_eq!(shut, OpenState::Closed { today: None, next });
    }

    #[test]
    fn before_opening_the_next_opening_is_today() {
        let state = open_state(
            Some(&hours()),
            &BTreeSet::new(),
            at("2026-11-24T07:00:00+09:00"),
        );
        let next = Some(Opening {
            day: day("2026-11-24"),
            minute: 510,
        });
        assert_eq!(state, OpenState::Closed { today: None, next });
    }

    #[test]
    fn a_long_weekend_with_a_holiday_and_an_own_closed_day_is_passed_over() {
        // Sunday 22 November 2026; Monday 23 is a national holiday; Tuesday is the owner's own.
        let own = BTreeSet::from([day("2026-11-24")]);
        let state = open_state(Some(&hours()), &own, at("2026-11-22T10:00:00+09:00"));
        let next = Some(Opening {
            day: day("2026-11-25"),
            minute: 510,
        });
        assert_eq!(
            state,
            OpenState::Closed {
                today: Some(ClosedBy::Weekday),
                next
            }
        );
        assert!(matches!(
            closed_by(&hours(), &own, day("2026-11-23")),
            Some(ClosedBy::Holiday(..))
        ));
        assert_eq!(
            closed_by(&hours(), &own, day("2026-11-24")),
            Some(ClosedBy::Own)
        );
    }

    #[test]
    fn the_day_is_japanese_not_utc() {
        // 23:45 UTC on Monday is 8:45 on Tuesday in Japan.
        let state = open_state(Some(&hours()), &BTreeSet::new(), at("2026-11-30T23:45:00Z"));
        assert_eq!(
            state,
            OpenState::Open {
                until: 17 * 60 + 15
            }
        );
        assert_eq!(minute_jst(at("2026-11-30T23:45:00Z")), 8 * 60 + 45);
        assert_eq!(minute_jst(Time(-1)), 8 * 60 + 59);
    }

    #[test]
    fn unknown_hours_claim_nothing_and_a_year_of_closed_days_ends() {
        assert_eq!(
            open_state(None, &BTreeSet::new(), at("2026-11-24T10:00:00+09:00")),
            OpenState::Unknown
        );
        let never = Hours {
            days: String::new(),
            ..hours()
        };
        let state = open_state(
            Some(&never),
            &BTreeSet::new(),
            at("2026-11-24T10:00:00+09:00"),
        );
        assert_eq!(
            state,
            OpenState::Closed {
                today: Some(ClosedBy::Weekday),
                next: None
            }
        );
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for (text, expected) in [
            ("8:30", Some(510)),
            ("08:30", Some(510)),
            ("８：３０", Some(510)),
            ("830", Some(510)),
            ("1715", Some(1035)),
            ("24:00", Some(1440)),
            ("24:01", None),
            ("8:60", None),
            ("8", None),
            ("", None),
            ("8:3", None),
            ("-8:30", None),
            ("８時半", None),
        ] {
            assert_eq!(parse_minute(text), expected, "{text}");
        }
        assert_eq!(format_minute(510), "8:30");
    }
}
