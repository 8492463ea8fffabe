//! Which publication a header belongs to, and which column says what.

use std::collections::HashMap;

use super::words::{HEADERS, code_of, group, squeeze};

/// The layouts that are known by their headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// 介護サービス情報公表, whole or in part, and municipal lists of care offices.
    Care,
    /// 医療情報ネット facility files: hospitals, clinics, dentists, midwives, pharmacies.
    Navii,
    /// 医療情報ネット departments and hours.
    NaviiHours,
    /// 地方厚生局 list of designated institutions.
    Insured,
    /// 地方厚生局 list of filings.
    Filings,
    /// 病床機能報告.
    Beds,
    /// Municipal list of medical institutions.
    Medical,
    /// Any other table with names and addresses.
    Sheet,
}

impl Layout {
    /// The dataset whose rows it keeps up to date.
    #[must_use]
    pub const fn dataset(self) -> &'static str {
        match self {
            Self::Care => "kaigo",
            Self::Navii | Self::NaviiHours => "navii",
            Self::Insured | Self::Filings => "hoken",
            Self::Beds => "beds",
            Self::Medical => "municipal",
            Self::Sheet => "sheet",
        }
    }

    /// The publication, as a code that the texts name.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Care => "mhlw-kaigo",
            Self::Navii | Self::NaviiHours => "mhlw-navii",
            Self::Insured | Self::Filings => "kouseikyoku",
            Self::Beds => "mhlw-beds",
            Self::Medical => "municipal",
            Self::Sheet => "sheet",
        }
    }

    /// Whether a row that is missing from a file of this layout is missing from its dataset.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Care | Self::Navii | Self::Insured)
    }
}

/// A column whose meaning is in its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    /// Open (1) or closed (0) on this day of each week.
    Weekly(u8),
    /// Open (1) or closed (0) on this day of the n-th week.
    Nth(u8, u8),
    /// Open (1) or closed (0) on holidays.
    Holiday,
    /// Opens on this day, in this slot.
    Opens(u8, u8),
    /// Closes on this day, in this slot.
    Closes(u8, u8),
}

/// The columns of a file.
#[derive(Clone, Debug)]
pub struct Columns {
    /// What the file is.
    pub layout: Layout,
    /// How many columns the header has.
    pub width: usize,
    fields: HashMap<&'static str, usize>,
    pub(crate) flags: Vec<(usize, Flag)>,
}

impl Columns {
    /// Reads a header line. `None` when there is no column for a name.
    #[must_use]
    pub fn of(header: &[String], mapping: &HashMap<String, String>) -> Option<Self> {
        let mut fields = HashMap::new();
        let mut flags = Vec::new();
        for (at, cell) in header.iter().enumerate() {
            let text = squeeze(cell.trim_start_matches('\u{feff}'));
            if let Some(field) = HEADERS.get(&text) {
                fields.entry(*field).or_insert(at);
            } else if let Some(flag) = flag(&text) {
                flags.push((at, flag));
            }
        }
        for (field, column) in mapping {
            let known = HEADERS.values().find(|f| **f == field);
            let at = header.iter().position(|h| squeeze(h) == squeeze(column));
            if let (Some(known), Some(at)) = (known, at) {
                fields.insert(known, at);
            }
        }
        let has = |field| fields.contains_key(field);
        let layout = if has("department_code") && has("navii_id") {
            Layout::NaviiHours
        } else if !has("name") {
            return None;
        } else if has("filing_name") {
            Layout::Filings
        } else if has("hoken_nine") {
            Layout::Insured
        } else if has("bed_functions") && has("hoken_ten") {
            Layout::Beds
        } else if has("kind_text") && (has("hoken_ten") || has("departments")) {
            Layout::Medical
        } else if has("navii_id") && !has("kind_text") && !has("kaigo_number") {
            Layout::Navii
        } else if has("kaigo_number") || (has("kind_text") && has("no")) {
            Layout::Care
        } else {
            Layout::Sheet
        };
        Some(Self {
            layout,
            width: header.len(),
            fields,
            flags,
        })
    }

    /// The trimmed cell of a field; empty when there is no such column.
    #[must_use]
    pub fn get<'a>(&self, cells: &'a [String], field: &str) -> &'a str {
        self.fields
            .get(field)
            .and_then(|at| cells.get(*at))
            .map_or("", |cell| kernel::text::trim(cell))
    }

    /// Whether one of the columns that are read is among `columns`.
    #[must_use]
    pub fn reads(&self, columns: &[usize]) -> bool {
        self.fields.values().any(|at| columns.contains(at))
    }
}

fn flag(text: &str) -> Option<Flag> {
    let day_in = |s: &str| -> Option<u8> {
        let inside = s.rsplit_once('(').map(|(_, d)| d.trim_end_matches(')'))?;
        code_of("day", inside)?.parse().ok()
    };
    let starts = |name| {
        group(name)
            .iter()
            .any(|(_, w)| text.starts_with(w.as_str()))
    };
    if starts("closed_nth") {
        let week = text.chars().find(char::is_ascii_digit)?;
        return Some(Flag::Nth(
            u8::try_from(week.to_digit(10)?).ok()?,
            day_in(text)?,
        ));
    }
    if starts("closed_week") {
        return day_in(text).map(Flag::Weekly);
    }
    if group("holiday_closed").iter().any(|(_, w)| text == w) {
        return Some(Flag::Holiday);
    }
    let (day, rest) = text.split_once('_')?;
    let day: u8 = code_of("day", day)?.parse().ok()?;
    if group("slot_reception")
        .iter()
        .any(|(_, w)| rest.contains(w.as_str()))
    {
        return None;
    }
    let slot = rest
        .chars()
        .find_map(|c| c.to_digit(10))
        .and_then(|n| u8::try_from(n).ok());
    let ends = |name| group(name).iter().any(|(_, w)| rest.ends_with(w.as_str()));
    if ends("slot_opens") {
        Some(Flag::Opens(day, slot.unwrap_or(1)))
    } else if ends("slot_closes") {
        Some(Flag::Closes(day, slot.unwrap_or(1)))
    } else {
        None
    }
}
