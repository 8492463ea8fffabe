//! One row of a publication, understood.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A dated fact of a row: a filing, a function of beds.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fact {
    /// `filing` or `beds`.
    pub scheme: String,
    /// What was filed; the function.
    pub class: String,
    /// Number of the filing.
    pub number: String,
    /// The figure, if there is one.
    pub value: String,
    /// Since when, ISO day; empty when not stated.
    pub from: String,
}

/// What one row says. Empty means that it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Code of the kind.
    pub kind: String,
    /// Scheme of the official number: `kaigo`, `navii`, `hoken`; empty without one.
    pub scheme: String,
    /// The official number.
    pub number: String,
    /// 団体コード.
    pub municipality: String,
    /// Name as written.
    pub name: String,
    /// Reading.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kana: String,
    /// English name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Postal code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postal: String,
    /// Address after the municipality.
    pub address: String,
    /// Building.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub building: String,
    /// Latitude as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Telephone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// FAX.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fax: String,
    /// Page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Corporation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub corporation: String,
    /// 法人番号.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub corporation_number: String,
    /// Places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<i64>,
    /// Days, digits 1 to 8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<String>,
    /// Hours: day, opens, closes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<(u8, u16, u16)>,
    /// Closed in the n-th week on this day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closed_weeks: Vec<(u8, u8)>,
    /// Remarks on days and hours.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hours_note: String,
    /// Departments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<String>,
    /// Beds by kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub beds: BTreeMap<String, i64>,
    /// Dated facts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// The day the publication describes, ISO.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub as_of: String,
}

impl Record {
    /// The key of this row in its dataset: the number with the kind, or name and place where there is no number.
    #[must_use]
    pub fn key(&self) -> String {
        let tail = if self.number.is_empty() {
            format!(
                "{}:{}",
                self.municipality,
                super::keys::name_key(&self.name)
            )
        } else {
            self.number.clone()
        };
        let mut key = if self.scheme == "kaigo" || self.number.is_empty() {
            format!("{}:{tail}", self.kind)
        } else {
            tail
        };
        if key.chars().count() > 120 {
            key = key.chars().take(120).collect();
        }
        key
    }

    /// This row over an older one: what it states wins, what it leaves empty stays. A row of an older day only fills gaps.
    #[must_use]
    pub fn over(&self, old: &Self) -> Self {
        let newer = self.as_of >= old.as_of;
        let (top, base) = if newer { (self, old) } else { (old, self) };
        let text = |a: &String, b: &String| if a.is_empty() { b.clone() } else { a.clone() };
        let same_day = self.as_of == old.as_of;
        let (lat, lon) = if top.lat.is_some() {
            (top.lat, top.lon)
        } else {
            (base.lat, base.lon)
        };
        Self {
            kind: text(&top.kind, &base.kind),
            scheme: text(&top.scheme, &base.scheme),
            number: text(&top.number, &base.number),
            municipality: text(&top.municipality, &base.municipality),
            name: text(&top.name, &base.name),
            kana: text(&top.kana, &base.kana),
            name_en: text(&top.name_en, &base.name_en),
            postal: text(&top.postal, &base.postal),
            address: text(&top.address, &base.address),
            building: text(&top.building, &base.building),
            lat,
            lon,
            phone: text(&top.phone, &base.phone),
            fax: text(&top.fax, &base.fax),
            url: text(&top.url, &base.url),
            corporation: text(&top.corporation, &base.corporation),
            corporation_number: text(&top.corporation_number, &base.corporation_number),
            capacity: top.capacity.or(base.capacity),
            days: top.days.clone().or_else(|| base.days.clone()),
            hours: union(&top.hours, &base.hours, same_day),
            closed_weeks: union(&top.closed_weeks, &base.closed_weeks, false),
            hours_note: text(&top.hours_note, &base.hours_note),
            departments: union(&top.departments, &base.departments, same_day),
            beds: if top.beds.is_empty() {
                base.beds.clone()
            } else {
                top.beds.clone()
            },
            facts: union(&top.facts, &base.facts, true),
            as_of: top.as_of.clone(),
        }
    }

    /// As kept with the service.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A short digest of everything but the day: equal rows of two editions are unchanged.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut timeless = self.clone();
        timeless.as_of.clear();
        let digest = Sha256::digest(timeless.to_json().as_bytes());
        digest[..12].iter().map(|b| format!("{b:02x}")).collect()
    }
}

fn union<T: Clone + Ord>(top: &[T], base: &[T], both: bool) -> Vec<T> {
    if top.is_empty() {
        return base.to_vec();
    }
    let mut all = top.to_vec();
    if both {
        all.extend_from_slice(base);
    }
    all.sort();
    all.dedup();
    all
}
