//! What an office typed into the form of its window, and whether it can be kept.

use kernel::{codes::find_my_numbers, text};
use serde::Deserialize;

use crate::{
    hours::{Hours, format_minute, half_width, parse_minute},
    model::{Contact, Texts},
};

/// Largest length of each field, in characters; the database holds the same limits.
pub const LIMITS: [(&str, usize); 10] = [
    ("window_ja", 200),
    ("window_en", 200),
    ("phone", 40),
    ("fax", 40),
    ("hours_note_ja", 500),
    ("hours_note_en", 500),
    ("outside_ja", 1000),
    ("outside_en", 1000),
    ("url", 500),
    ("name", 100),
];

/// The form exactly as typed. Absent fields are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    /// Name of the window, Japanese.
    pub window_ja: String,
    /// Name of the window, English.
    pub window_en: String,
    /// Telephone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// Each of the seven is present (`on`) when the window serves on that weekday.
    pub day1: String,
    /// Tuesday.
    pub day2: String,
    /// Wednesday.
    pub day3: String,
    /// Thursday.
    pub day4: String,
    /// Friday.
    pub day5: String,
    /// Saturday.
    pub day6: String,
    /// Sunday.
    pub day7: String,
    /// First minute of service, as typed.
    pub opens: String,
    /// End of service, as typed.
    pub closes: String,
    /// Note on hours, Japanese.
    pub hours_note_ja: String,
    /// Note on hours, English.
    pub hours_note_en: String,
    /// Outside the hours, Japanese.
    pub outside_ja: String,
    /// Outside the hours, English.
    pub outside_en: String,
    /// Address of a page.
    pub url: String,
    /// The version the writer saw.
    pub version: i64,
    /// Present when the writer states that a 12-digit number is no individual number.
    #[serde(rename = "texts_other_number")]
    pub other_number: String,
    /// `check` = nothing changed, only verified; anything else saves the texts.
    pub act: String,
}

/// What is wrong with a field. The page puts it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More than so many characters.
    TooLong(usize),
    /// Not a telephone number.
    Phone,
    /// Not a time of day.
    Time,
    /// Opening without closing or the other way round.
    TimePair,
    /// Closing is not after opening.
    TimeOrder,
    /// Times without a weekday.
    Days,
    /// Weekdays without times.
    DaysOnly,
    /// Not an address that begins with http:// or https://.
    Url,
    /// Must not be empty.
    Required,
    /// Not a date.
    Date,
    /// The last day lies before the first, or too far away.
    Range,
    /// A 12-digit run that passes the check of the individual number (マイナンバー).
    MyNumber,
    /// A null byte.
    NullByte,
}

/// A problem and the field it belongs to.
pub type Problems = Vec<(&'static str, Problem)>;

impl ContactForm {
    /// The form filled with what is registered.
    #[must_use]
    pub fn of(contact: &Contact) -> Self {
        let texts = &contact.texts;
        let own = |value: &Option<String>| value.clone().unwrap_or_default();
        let hours = texts.hours.as_ref();
        let on = |day: char| {
            let on = hours.is_some_and(|h| h.days.contains(day));
            if on { "on".to_owned() } else { String::new() }
        };
        Self {
            window_ja: own(&texts.window_ja),
            window_en: own(&texts.window_en),
            phone: own(&texts.phone),
            fax: own(&texts.fax),
            day1: on('1'),
            day2: on('2'),
            day3: on('3'),
            day4: on('4'),
            day5: on('5'),
            day6: on('6'),
            day7: on('7'),
            opens: hours.map(|h| format_minute(h.opens)).unwrap_or_default(),
            closes: hours.map(|h| format_minute(h.closes)).unwrap_or_default(),
            hours_note_ja: own(&texts.hours_note_ja),
            hours_note_en: own(&texts.hours_note_en),
            outside_ja: own(&texts.outside_ja),
            outside_en: own(&texts.outside_en),
            url: own(&texts.url),
            version: contact.version,
            other_number: String::new(),
            act: String::new(),
        }
    }

    /// Weekdays ticked, as the digits `1` (Monday) to `7`.
    #[must_use]
    pub fn days(&self) -> String {
        let ticks = [
            &self.day1, &self.day2, &self.day3, &self.day4, &self.day5, &self.day6, &self.day7,
        ];
        let digits = ticks.into_iter().zip('1'..='7');
        digits
            .filter(|(tick, _)| !tick.is_empty())
            .map(|(_, digit)| digit)
            .collect()
    }

    /// Every text as typed, by the name of its column, in the order of the page.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, String); 12] {
        [
            ("window_ja", self.window_ja.clone()),
            ("window_en", self.window_en.clone()),
            ("phone", self.phone.clone()),
            ("fax", self.fax.clone()),
            ("days", self.days()),
            ("opens", self.opens.clone()),
            ("closes", self.closes.clone()),
            ("hours_note_ja", self.hours_note_ja.clone()),
            ("hours_note_en", self.hours_note_en.clone()),
            ("outside_ja", self.outside_ja.clone()),
            ("outside_en", self.outside_en.clone()),
            ("url", self.url.clone()),
        ]
    }

    /// Whether the writer only confirms what is registered.
    #[must_use]
    pub fn only_check(&self) -> bool {
        self.act == "check"
    }

    /// Whether the writer states that a number is not an individual number.
    #[must_use]
    pub fn stated(&self) -> bool {
        !self.other_number.is_empty()
    }

    /// The texts to keep, or every problem found, each at its field.
    ///
    /// # Errors
    /// All problems, in the order of the fields on the page.
    pub fn check(&self) -> Result<Texts, Problems> {
        let mut found = Problems::new();
        let stated = self.stated();
        let mut free =
            |field: &'static str, typed: &str| free_text(field, typed, stated, &mut found);
        let texts = Texts {
            window_ja: free("window_ja", &self.window_ja),
            window_en: free("window_en", &self.window_en),
            phone: None,
            fax: None,
            hours: None,
            hours_note_ja: free("hours_note_ja", &self.hours_note_ja),
            hours_note_en: free("hours_note_en", &self.hours_note_en),
            outside_ja: free("outside_ja", &self.outside_ja),
            outside_en: free("outside_en", &self.outside_en),
            url: free("url", &self.url),
        };
        if texts.url.as_ref().is_some_and(|url| !is_web_address(url)) {
            found.push(("url", Problem::Url));
        }
        let phone = number("phone", &self.phone, &mut found);
        let fax = number("fax", &self.fax, &mut found);
        let hours = self.hours(&mut found);
        if found.is_empty() {
            Ok(Texts {
                phone,
                fax,
                hours,
                ..texts
            })
        } else {
            let places = self.columns().map(|(name, _)| name);
            found.sort_by_key(|(name, _)| places.iter().position(|place| place == name));
            Err(found)
        }
    }

    fn hours(&self, found: &mut Problems) -> Option<Hours> {
        let days = self.days();
        let mut time = |field: &'static str, typed: &str| {
            if typed.trim().is_empty() {
                return None;
            }
            let minute = parse_minute(typed);
            if minute.is_none() {
                found.push((field, Problem::Time));
            }
            minute
        };
        let (opens, closes) = (time("opens", &self.opens), time("closes", &self.closes));
        let (no_opens, no_closes) = (self.opens.trim().is_empty(), self.closes.trim().is_empty());
        if no_opens != no_closes {
            found.push((if no_opens { "opens" } else { "closes" }, Problem::TimePair));
        }
        if no_opens && no_closes {
            if !days.is_empty() {
                found.push(("opens", Problem::DaysOnly));
            }
            return None;
        }
        if days.is_empty() {
            found.push(("days", Problem::Days));
        }
        let (opens, closes) = (opens?, closes?);
        if opens >= closes || opens >= crate::hours::DAY {
            found.push(("closes", Problem::TimeOrder));
        }
        Some(Hours {
            days,
            opens,
            closes,
        })
    }
}

/// Cleans a free text; empty becomes `None`.
pub(crate) fn free_text(
    field: &'static str,
    typed: &str,
    stated: bool,
    found: &mut Problems,
) -> Option<String> {
    let Ok(kept) = text::clean(typed) else {
        found.push((field, Problem::NullByte));
        return None;
    };
    let kept = kept.trim();
    let limit = LIMITS
        .iter()
        .find(|(name, _)| *name == field)
        .map_or(usize::MAX, |(_, limit)| *limit);
    if kept.chars().count() > limit {
        found.push((field, Problem::TooLong(limit)));
    }
    if !stated && !find_my_numbers(kept).is_empty() {
        found.push((field, Problem::MyNumber));
    }
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// A telephone or fax number as it is dialled: half-width digits with hyphens. Empty becomes `None`.
fn number(field: &'static str, typed: &str, found: &mut Problems) -> Option<String> {
    let plain: String = typed.trim().chars().map(half_width).collect();
    if plain.is_empty() {
        return None;
    }
    if !is_phone(&plain) {
        found.push((field, Problem::Phone));
    }
    Some(plain)
}

/// Nine to eleven digits beginning with 0, a short number such as `119`, or `#` and four digits; hyphens, spaces and
/// brackets between digits are allowed.
#[must_use]
pub fn is_phone(plain: &str) -> bool {
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let others = plain
        .chars()
        .filter(|c| !c.is_ascii_digit())
        .all(|c| "-() ".contains(c));
    if let Some(rest) = plain.strip_prefix('#') {
        return rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit());
    }
    others
        && ((9..=11).contains(&digits.len()) && digits.starts_with('0')
            || digits.len() == 3 && digits.starts_with('1'))
}

/// Whether a link can be made of it: a web address without spaces or control characters.
#[must_use]
pub fn is_web_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.'))
        && !url
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
}

#[cfg(test)]
mod tests;
