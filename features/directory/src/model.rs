//! Providers and services as types; rules that need no database.

use kernel::{Date, Lang, Time};

store::ids! {
    /// A provider: an organisation at a place.
    pub ProviderId;
    /// One service of a provider.
    pub ServiceId;
    /// One staged or accepted edition of publications.
    pub EditionId;
    /// A proposed change of a record.
    pub UpdateId;
    /// A yearly round of confirmation.
    pub RoundId;
    /// One provider in a round.
    pub ItemId;
}

/// How exactly a provider is placed on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// The building.
    Exact,
    /// A representative point of the town (大字・町丁目): hundreds of metres, in the mountains kilometres.
    Town,
    /// The municipality only.
    Municipality,
    /// Not placed.
    None,
}

impl Precision {
    /// The stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Town => "town",
            Self::Municipality => "municipality",
            Self::None => "none",
        }
    }

    /// Reads the stored code; an unknown one counts as not placed.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        [Self::Exact, Self::Town, Self::Municipality]
            .into_iter()
            .find(|p| p.code() == code)
            .unwrap_or(Self::None)
    }
}

/// Where a provider stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Works.
    Open,
    /// Rests for a time (休止).
    Suspended,
    /// Closed for good.
    Closed,
    /// Moved: the successor is the new record.
    Moved,
    /// Merged into the successor.
    Merged,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Suspended,
        Self::Closed,
        Self::Moved,
        Self::Merged,
    ];

    /// The stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
            Self::Moved => "moved",
            Self::Merged => "merged",
        }
    }

    /// Reads a stored or typed code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether a provider in this status may become `next`. Nothing comes back from a merger.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        self != next && self != Self::Merged
    }

    /// Whether lists and searches show it.
    #[must_use]
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Open | Self::Suspended)
    }
}

/// An organisation at a place, as lists and pages show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// Fixed for ever: addresses on paper carry it.
    pub id: ProviderId,
    /// 0 when entered here; otherwise the number of the edition that brought it.
    pub edition: i64,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub status_on: Option<Date>,
    /// The record that took its place.
    pub successor: Option<ProviderId>,
    /// Whether it lies in the area; neighbours' institutions are records like any other.
    pub in_area: bool,
    /// 団体コード, six digits.
    pub municipality: String,
    /// Name as its source writes it.
    pub name: String,
    /// Reading; empty when not known.
    pub kana: String,
    /// English name; empty when not known.
    pub name_en: String,
    /// Postal code `250-0011`; empty when not known.
    pub postal: String,
    /// Address after the municipality's name.
    pub address: String,
    /// Building and floor.
    pub building: String,
    /// Latitude in degrees (JGD2011); `None` when not placed.
    pub lat: Option<f64>,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// How exactly it is placed.
    pub precision: Precision,
    /// What the source says of the place, when that cannot be: outside the municipality.
    pub stated: Option<(f64, f64)>,
    /// Telephone; empty when not known.
    pub phone: String,
    /// FAX; empty when not known.
    pub fax: String,
    /// Page on the web; empty when not known.
    pub url: String,
    /// Name of the corporation.
    pub corporation: String,
    /// 法人番号, 13 digits; empty when not known.
    pub corporation_number: String,
    /// Codes of its services' kinds, in the order of the table of kinds.
    pub kinds: Vec<String>,
    /// Remark for everybody.
    pub note: String,
    /// Which publication or office the record comes from.
    pub source: String,
    /// The day that publication describes.
    pub source_date: Option<Date>,
    /// When somebody last confirmed the whole record.
    pub verified_on: Option<Date>,
    /// Who did.
    pub verified_by: String,
    /// Since when its publication no longer names it.
    pub absent_since: Option<Date>,
    /// Invented for the demo.
    pub fictional: bool,
    /// When the row was last written.
    pub updated_at: Time,
    /// Grows with each change.
    pub version: i64,
}

impl Provider {
    /// Name in the reader's language where there is one.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() {
            &self.name_en
        } else {
            &self.name
        }
    }
}

/// Opening on one day of the week, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// 1 Monday … 7 Sunday, 8 public holidays.
    pub day: u8,
    /// Opens.
    pub opens: u16,
    /// Closes; later than it opens, at most 1440.
    pub closes: u16,
}

/// One service of a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Whose it is.
    pub provider: ProviderId,
    /// Code of the kind; see [`Kind`].
    pub kind: String,
    /// Official number under which it is listed; empty when not known.
    pub number: String,
    /// Places; `None` when not stated or not applicable.
    pub capacity: Option<i64>,
    /// Days: digits 1 (Monday) to 7 (Sunday) and 8 (holidays); `None` when not stated.
    pub days: Option<String>,
    /// Opening hours; empty when not stated.
    pub hours: Vec<Opening>,
    /// What the publication says of days and hours in words.
    pub hours_note: String,
    /// Departments (診療科目), separated by `、`.
    pub departments: String,
    /// Beds by kind as JSON; `None` when not stated.
    pub beds: Option<String>,
    /// Which publication.
    pub source: String,
    /// The day it describes.
    pub source_date: Option<Date>,
    /// Since when the publication no longer names it.
    pub absent_since: Option<Date>,
    /// When it ended.
    pub ended_on: Option<Date>,
}

/// A kind of service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its code: three digits of the publication for care, a word for the others.
    pub code: String,
    /// The group it is filtered by: `medical`, `dental`, `pharmacy`, `nursing`, `visit`, `day`, `stay`, `home`, `plan`, `tool`, `desk`.
    pub family: String,
    /// Official name.
    pub name_ja: String,
    /// English name.
    pub name_en: String,
    /// Short Japanese name for pins and columns.
    pub short_ja: String,
    /// What it is, in plain Japanese.
    pub plain_ja: String,
    /// What it is, in English.
    pub plain_en: String,
    /// Everyday words that mean it.
    pub words: Vec<String>,
    /// サービス種類コード for billing; empty for others than care.
    pub billing_code: String,
    /// Colour family of the pin.
    pub tone: String,
    /// Shape of the pin.
    pub shape: String,
    /// First day of validity.
    pub valid_from: Option<Date>,
    /// Last day of validity.
    pub valid_until: Option<Date>,
}

impl Kind {
    /// The name in the reader's language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En {
            &self.name_en
        } else {
            &self.name_ja
        }
    }

    /// The explanation in the reader's language.
    #[must_use]
    pub fn plain(&self, lang: Lang) -> &str {
        if lang == Lang::En {
            &self.plain_en
        } else {
            &self.plain_ja
        }
    }

    /// Whether the kind exists on that day.
    #[must_use]
    pub fn is_valid(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day)
            && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// Reads hours as stored: `[[day, opens, closes], …]`; what cannot be is left out.
#[must_use]
pub fn parse_hours(json: &str) -> Vec<Opening> {
    let rows: Vec<(u8, u16, u16)> = serde_json::from_str(json).unwrap_or_default();
    rows.into_iter()
        .filter(|(day, opens, closes)| (1..=8).contains(day) && opens < closes && *closes <= 1440)
        .map(|(day, opens, closes)| Opening { day, opens, closes })
        .collect()
}

/// Hours as stored.
#[must_use]
pub fn format_hours(hours: &[Opening]) -> String {
    let rows: Vec<(u8, u16, u16)> = hours.iter().map(|h| (h.day, h.opens, h.closes)).collect();
    serde_json::to_string(&rows).unwrap_or_default()
}

/// Whole days between the day something was confirmed and today; `None` when it never was.
#[must_use]
pub fn age_days(verified_on: Option<Date>, today: Date) -> Option<i64> {
    let seconds = Time::from_jst_date(today).secs_since(Time::from_jst_date(verified_on?));
    Some((seconds / 86_400).max(0))
}

/// Records that nobody has confirmed for longer than this many days are shown as stale.
pub const STALE_DAYS: i64 = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merger_is_final_and_closed_offices_are_not_listed() {
        assert!(Status::Open.may_become(Status::Closed));
        assert!(Status::Closed.may_become(Status::Open));
        assert!(!Status::Merged.may_become(Status::Open));
        assert!(!Status::Open.may_become(Status::Open));
        assert!(Status::Suspended.is_listed() && !Status::Closed.is_listed());
        for status in Status::ALL {
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
    }

    #[test]
    fn hours_that_cannot_be_are_left_out() {
        let good = parse_hours("[[1,540,720],[9,1,2],[2,720,540]]");
        assert_eq!(
            good,
            [Opening {
                day: 1,
                opens: 540,
                closes: 720
            }]
        );
        assert_eq!(parse_hours(&format_hours(&good)), good);
        assert!(parse_hours("nonsense").is_empty());
    }

    #[test]
    fn age_counts_whole_days() {
        let day = |d| kernel::wareki::parse_date(d).unwrap();
        assert_eq!(
            age_days(Some(day("2026-11-01")), day("2026-11-22")),
            Some(21)
        );
        assert_eq!(age_days(None, day("2026-11-22")), None);
    }
}
