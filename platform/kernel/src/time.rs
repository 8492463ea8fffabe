//! An instant, kept as the database keeps it.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A day of the calendar, without a time or a zone.
pub type Date = jiff::civil::Date;

/// Japan has had no summer time since 1951, so the offset is a constant and no zone data is needed.
const JST: Offset = Offset::constant(9);
const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// An instant: microseconds since 1970-01-01T00:00:00Z.
///
/// Written as RFC 3339 in UTC. Adding saturates at the ends of what an `i64` holds; display is
/// capped at the years −9999 and 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub i64);

/// The text is not an RFC 3339 instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an instant in RFC 3339: {0:?}")]
pub struct TimeError(String);

impl Time {
    /// Midnight in Japan at the start of that day.
    #[must_use]
    pub fn from_jst_date(date: Date) -> Self {
        Self::from_jst(date.to_datetime(jiff::civil::Time::midnight()))
    }

    /// The instant at which clocks in Japan show this.
    #[must_use]
    pub fn from_jst(shown: DateTime) -> Self {
        let end = if shown.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Self(JST.to_timestamp(shown).unwrap_or(end).as_microsecond())
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// This many seconds later (or earlier, when negative).
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs.saturating_mul(SECOND)))
    }

    /// This many times 24 hours later (or earlier, when negative).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }

    /// Seconds from `earlier` to this instant, rounded down.
    #[must_use]
    pub const fn secs_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(SECOND)
    }

    /// What calendars and clocks in Japan show.
    #[must_use]
    pub fn jst(self) -> DateTime {
        JST.to_datetime(self.timestamp())
    }

    /// The day it is in Japan.
    #[must_use]
    pub fn date_jst(self) -> Date {
        self.jst().date()
    }

    fn timestamp(self) -> Timestamp {
        let end = if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::from_microsecond(self.0).unwrap_or(end)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.timestamp(), f)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Time({self})")
    }
}

impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.parse::<Timestamp>()
            .map(|stamp| Self(stamp.as_microsecond()))
            .map_err(|_| TimeError(text.to_owned()))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_japan() {
        let before: Time = "2026-11-21T14:59:59.999999Z".parse().unwrap();
        assert_eq!(before.date_jst(), date(2026, 11, 21));
        assert_eq!(Time(before.0 + 1).date_jst(), date(2026, 11, 22));
        assert_eq!(Time::from_jst_date(date(2026, 11, 22)), Time(before.0 + 1));
        assert_eq!(before.plus_days(1).date_jst(), date(2026, 11, 22));
        assert_eq!(
            before.jst(),
            datetime(2026, 11, 21, 23, 59, 59, 999_999_000)
        );
    }

    #[test]
    fn text_is_rfc_3339() {
        assert_eq!(Time(0).to_string(), "1970-01-01T00:00:00Z");
        assert_eq!(Time(-1).to_string(), "1969-12-31T23:59:59.999999Z");
        assert_eq!(
            serde_json::to_string(&Time(1)).unwrap(),
            "\"1970-01-01T00:00:00.000001Z\""
        );
        assert_eq!(
            "2026-11-22T09:00:00+09:00"
                .parse::<Time>()
                .unwrap()
                .to_string(),
            "2026-11-22T00:00:00Z"
        );
        assert!("yesterday".parse::<Time>().is_err());
    }

    #[test]
    fn the_ends_do_not_overflow() {
        for end in [Time(i64::MIN), Time(i64::MAX)] {
            assert!(!end.to_string().is_empty());
            let _ = end.date_jst();
            let _ = end
                .plus_days(i64::MAX)
                .plus_secs(i64::MAX)
                .plus_days(i64::MIN);
            let _ = end.secs_since(Time(1));
        }
        let _ = Time::from_jst(DateTime::MIN);
        let _ = Time::from_jst(DateTime::MAX);
    }

    proptest! {
        #[test]
        fn any_instant_survives_its_text(micros in -60_000_000_000_000_000_i64..250_000_000_000_000_000) {
            prop_assert_eq!(Time(micros).to_string().parse::<Time>().unwrap(), Time(micros));
            prop_assert_eq!(Time::from_jst(Time(micros).jst()), Time(micros));
        }
    }
}
