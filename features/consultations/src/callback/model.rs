//! A resident's request to be called back: what is asked, by when the desk promises to call, and what became of it. No illness is
//! asked for; the number and the name are sealed.

use kernel::{BusinessCalendar, Date, OrganisationId, Time};

store::ids! {
    /// One request to be called back.
    pub CallbackId;
}

/// Most requests that one address may send within an hour. A library or a town hall is one address.
pub const MOST_PER_HOUR: i64 = 20;
/// Days for which name and number of a finished request are kept.
pub const KEPT_DAYS: i64 = 90;
/// Most characters of the words a resident adds.
pub const MOST_WORDS: usize = 200;

/// When somebody would like to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Any hour at which the desk is there.
    Any,
    /// Before noon.
    Morning,
    /// From noon on.
    Afternoon,
    /// After four.
    Late,
}

impl Hours {
    /// All, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Any, Self::Morning, Self::Afternoon, Self::Late];

    /// The word in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Late => "late",
        }
    }

    /// The word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.code() == code)
    }
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Called and talked.
    Reached,
    /// Called three times, nobody there.
    NotReached,
    /// Not ours: told whom to call.
    PassedOn,
}

impl Outcome {
    /// All, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Reached, Self::NotReached, Self::PassedOn];

    /// The word in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NotReached => "not_reached",
            Self::PassedOn => "passed_on",
        }
    }

    /// The word back.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.code() == code)
    }
}

/// How it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// The form on the public page.
    Web,
    /// The A4 form, typed in by the desk.
    Paper,
}

impl Channel {
    /// The word in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Paper => "paper",
        }
    }
}

/// A request as the desk sees it, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// Its id.
    pub id: CallbackId,
    /// Whose it is.
    pub tenant: OrganisationId,
    /// 団体コード of the town.
    pub municipality: String,
    /// Whom to ask for.
    pub name: String,
    /// The number.
    pub number: String,
    /// When to call.
    pub hours: String,
    /// Their own words; may be empty.
    pub words: String,
    /// How it came.
    pub channel: String,
    /// When it came.
    pub received_at: Time,
    /// The promise: called before this moment.
    pub promised_by: Time,
    /// When the promise was broken and others were told.
    pub escalated_at: Option<Time>,
    /// When it was done, and who did it, and what came of it.
    pub done: Option<Done>,
    /// For the check of versions.
    pub version: i64,
    /// Invented for the demo.
    pub fictional: bool,
}

/// The stamp under a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub at: Time,
    /// Who, with the office.
    pub by: String,
    /// What came of it.
    pub outcome: String,
}

/// The moment before which the desk promises to call: five in the afternoon of the next day on which it is open.
#[must_use]
pub fn promise(calendar: &BusinessCalendar, received: Time) -> Time {
    let day = calendar
        .add_business_days(received.date_jst(), 1)
        .unwrap_or_else(|| received.plus_days(1).date_jst());
    Time::from_jst_date(day).plus_secs(17 * 3600)
}

/// The last day on which a request is kept.
#[must_use]
pub fn kept_until(done: Time) -> Date {
    done.plus_days(KEPT_DAYS).date_jst()
}

/// A telephone number as it is dialled: digits of any width, with or without dashes. `None` when it is none.
#[must_use]
pub fn number(typed: &str) -> Option<String> {
    let plain = kernel::text::half_width(typed);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let others = plain.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || "-()+\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{30fc}\u{ff0d}"
                .contains(c)
    });
    let fits = digits.starts_with('0') && (10..=11).contains(&digits.len());
    (others && fits).then(|| kernel::text::trim(&plain).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, hour: i64) -> Time {
        Time::from_jst_date(text.parse().unwrap()).plus_secs(hour * 3600)
    }

    #[test]
    fn a_promise_is_the_next_day_the_desk_is_open() {
        let office = BusinessCalendar::office();
        assert_eq!(promise(&office, at("2026-11-24", 10)), at("2026-11-25", 17));
        assert_eq!(
            promise(&office, at("2026-11-27", 18)),
            at("2026-11-30", 17),
            "over a weekend"
        );
        assert_eq!(
            promise(&office, at("2026-12-28", 9)),
            at("2027-01-04", 17),
            "over the New Year"
        );
    }

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(
            number("０４６５－１２－３４５６").as_deref(),
            Some("0465-12-3456")
        );
        assert!(number("090 1234 5678").is_some());
        for bad in ["12345", "電話なし", "0465-12-3456 内線 x", ""] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }
}
