//! The directory as files: 自治体標準オープンデータセット CSV, GeoJSON, JSON-LD (schema.org). Written piece by piece.

use std::{collections::HashMap, fmt::Write};

use kernel::Date;
use serde_json::{Value, json};
use store::{Conn, Result};

use super::rows;
use crate::{
    model::{Provider, ProviderId, Service},
    provider_select,
    store::rows::provider_row,
};

store::statements! {
    AFTER = provider_select!("FROM public_provider p WHERE p.status IN ('open', 'suspended') AND p.id > :after ORDER BY p.id LIMIT :count");
    COUNT = "SELECT COUNT(*) FROM public_provider WHERE status IN ('open', 'suspended')";
}

/// The first line of the CSV: the common block of the 自治体標準オープンデータセット, then what this directory adds.
pub const COLUMNS: &str = include_str!("../../../../data/kensei/directory/opendata-columns.csv");

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, UTF-8 with a byte order mark.
    Csv,
    /// Points with properties.
    GeoJson,
    /// schema.org in JSON-LD.
    JsonLd,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Csv, Self::GeoJson, Self::JsonLd];

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::JsonLd => "jsonld",
        }
    }

    /// The format of an ending.
    #[must_use]
    pub fn from_ending(ending: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.ending() == ending)
    }

    /// Its media type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::GeoJson => "application/geo+json",
            Self::JsonLd => "application/ld+json",
        }
    }
}

/// One provider with its services.
#[derive(Clone, Debug)]
pub struct Row {
    /// The provider.
    pub provider: Provider,
    /// Its services.
    pub services: Vec<Service>,
}

/// How many providers there are to write.
///
/// # Errors
/// What the database says.
pub fn count(conn: &mut Conn) -> Result<i64> {
    conn.one(&COUNT, &[], |row| row.get(0))
}

/// The providers after an id, in order of ids.
///
/// # Errors
/// What the database says.
pub fn after(conn: &mut Conn, id: Option<ProviderId>, count: i64) -> Result<Vec<Row>> {
    let after = id.unwrap_or_else(ProviderId::default_nil);
    let providers = conn.all(
        &AFTER,
        store::params! { "after" => after, "count" => count },
        provider_row,
    )?;
    let ids: Vec<ProviderId> = providers.iter().map(|provider| provider.id).collect();
    let mut services = rows::services(conn, &ids)?;
    let row = |provider: Provider| Row {
        services: services.remove(&provider.id).unwrap_or_default(),
        provider,
    };
    Ok(providers.into_iter().map(row).collect())
}

impl ProviderId {
    /// The id before all others.
    #[must_use]
    pub fn default_nil() -> Self {
        kernel::AnyId::from_uuid(kernel::Uuid::nil())
    }
}

/// A file being written.
#[derive(Debug)]
pub struct Export {
    format: Format,
    /// Code → prefecture and name.
    towns: HashMap<String, (String, String)>,
    kinds: HashMap<String, String>,
    /// Address of a provider's page, up to its id.
    base: String,
    today: Date,
    first: bool,
}

impl Export {
    /// A new file. `sample` is the public address of the nil provider's page.
    #[must_use]
    pub fn new(
        format: Format,
        towns: HashMap<String, (String, String)>,
        kinds: HashMap<String, String>,
        sample: &str,
        today: Date,
    ) -> Self {
        let base = sample
            .rsplit_once('/')
            .map_or(String::new(), |(base, _)| format!("{base}/"));
        Self {
            format,
            towns,
            kinds,
            base,
            today,
            first: true,
        }
    }

    /// What stands before the rows.
    #[must_use]
    pub fn begin(&self) -> Vec<u8> {
        let licence = "https://creativecommons.org/licenses/by/4.0/";
        match self.format {
            Format::Csv => format!("\u{feff}{}\r\n", COLUMNS.lines().next().unwrap_or_default()).into_bytes(),
            Format::GeoJson => format!("{{\"type\":\"FeatureCollection\",\"license\":\"{licence}\",\"date\":\"{}\",\"features\":[\n", self.today).into_bytes(),
            Format::JsonLd => format!(
                "{{\"@context\":\"https://schema.org\",\"@type\":\"Dataset\",\"license\":\"{licence}\",\"dateModified\":\"{}\",\"hasPart\":[\n",
                self.today
            )
            .into_bytes(),
        }
    }

    /// Some rows.
    #[must_use]
    pub fn rows(&mut self, rows: &[Row]) -> Vec<u8> {
        let mut out = String::with_capacity(rows.len() * 500);
        for row in rows {
            if self.format == Format::Csv {
                self.csv(row, &mut out);
                continue;
            }
            if !self.first {
                out.push_str(",\n");
            }
            self.first = false;
            let value = if self.format == Format::GeoJson {
                self.feature(row)
            } else {
                self.business(row)
            };
            let _ = write!(out, "{value}");
        }
        out.into_bytes()
    }

    /// What stands after the rows.
    #[must_use]
    pub fn end(&self) -> Vec<u8> {
        if self.format == Format::Csv {
            Vec::new()
        } else {
            b"\n]}\n".to_vec()
        }
    }

    fn names<'a>(&'a self, provider: &'a Provider) -> Vec<&'a str> {
        provider
            .kinds
            .iter()
            .map(|code| self.kinds.get(code).map_or(code.as_str(), String::as_str))
            .collect()
    }

    fn csv(&self, row: &Row, out: &mut String) {
        let p = &row.provider;
        let (prefecture, town) = self.towns.get(&p.municipality).cloned().unwrap_or_default();
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let number =
            |value: Option<f64>| value.map(|value| format!("{value:.6}")).unwrap_or_default();
        let rest = p.address.strip_prefix(&prefecture).unwrap_or(&p.address);
        let rest = rest.strip_prefix(&town).unwrap_or(rest);
        let capacity: i64 = row
            .services
            .iter()
            .filter_map(|service| service.capacity)
            .max()
            .unwrap_or(0);
        let cells = [
            p.municipality.clone(),
            p.id.to_string(),
            town.clone(),
            p.name.clone(),
            p.kana.clone(),
            p.name_en.clone(),
            self.names(p).join(";"),
            p.municipality.clone(),
            format!("{prefecture}{town}{rest}"),
            prefecture.clone(),
            town,
            rest.to_owned(),
            p.building.clone(),
            p.postal.clone(),
            number(p.lat),
            number(p.lon),
            p.precision.code().to_owned(),
            p.phone.clone(),
            p.fax.clone(),
            p.url.clone(),
            p.corporation_number.clone(),
            p.corporation.clone(),
            if capacity > 0 {
                capacity.to_string()
            } else {
                String::new()
            },
            p.source.clone(),
            day(p.source_date),
            day(p.verified_on),
            p.verified_by.clone(),
            if p.fictional {
                "1".to_owned()
            } else {
                String::new()
            },
            format!("{}{}", self.base, p.id),
        ];
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push_str(&cell_text(cell));
        }
        out.push_str("\r\n");
    }

    fn feature(&self, row: &Row) -> Value {
        let p = &row.provider;
        let geometry = match p.lat.zip(p.lon) {
            Some((lat, lon)) => json!({ "type": "Point", "coordinates": [lon, lat] }),
            None => Value::Null,
        };
        json!({
            "type": "Feature",
            "id": p.id.to_string(),
            "geometry": geometry,
            "properties": {
                "name": p.name, "kana": p.kana, "name_en": p.name_en, "kinds": p.kinds, "kind_names": self.names(p), "municipality": p.municipality,
                "address": p.address, "building": p.building, "postal": p.postal, "precision": p.precision.code(),
                "phone": p.phone, "fax": p.fax, "url": p.url, "corporation": p.corporation, "corporation_number": p.corporation_number,
                "source": p.source, "source_date": p.source_date.map(|d| d.to_string()), "verified_on": p.verified_on.map(|d| d.to_string()),
                "fictional": p.fictional, "page": format!("{}{}", self.base, p.id),
            },
        })
    }

    fn business(&self, row: &Row) -> Value {
        let p = &row.provider;
        let (prefecture, town) = self.towns.get(&p.municipality).cloned().unwrap_or_default();
        let medical = ["hospital", "clinic", "dental", "pharmacy"];
        let kind = match p
            .kinds
            .iter()
            .find(|code| medical.contains(&code.as_str()))
            .map(String::as_str)
        {
            Some("hospital") => "Hospital",
            Some("clinic") => "MedicalClinic",
            Some("dental") => "Dentist",
            Some("pharmacy") => "Pharmacy",
            _ => "LocalBusiness",
        };
        let mut value = json!({
            "@type": kind,
            "@id": format!("{}{}", self.base, p.id),
            "name": p.name,
            "additionalType": self.names(p),
            "address": { "@type": "PostalAddress", "addressCountry": "JP", "addressRegion": prefecture, "addressLocality": town, "streetAddress": format!("{} {}", p.address, p.building).trim(), "postalCode": p.postal },
        });
        let Value::Object(map) = &mut value else {
            return value;
        };
        let mut put = |name: &str, text: &str| {
            if !text.is_empty() {
                map.insert(name.to_owned(), json!(text));
            }
        };
        put("alternateName", &p.name_en);
        put("telephone", &p.phone);
        put("faxNumber", &p.fax);
        put("url", &p.url);
        if let Some((lat, lon)) = p.lat.zip(p.lon) {
            map.insert(
                "geo".to_owned(),
                json!({ "@type": "GeoCoordinates", "latitude": lat, "longitude": lon }),
            );
        }
        let hours: Vec<Value> = row
            .services
            .iter()
            .flat_map(|service| &service.hours)
            .filter(|hours| (1..=8).contains(&hours.day))
            .map(|hours| {
                let day = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays"][usize::from(hours.day) - 1];
                json!({ "@type": "OpeningHoursSpecification", "dayOfWeek": day, "opens": super::today::clock(hours.opens), "closes": super::today::clock(hours.closes) })
            })
            .collect();
        if !hours.is_empty() {
            map.insert("openingHoursSpecification".to_owned(), Value::Array(hours));
        }
        value
    }
}

/// A cell for any spreadsheet: quoted where needed, and never a formula.
pub(crate) fn cell_text(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let text = if text.starts_with(['=', '+', '-', '@', '\t']) {
        format!("'{text}")
    } else {
        text
    };
    if text.contains([',', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_no_formulas_and_no_breaks() {
        assert_eq!(cell_text("=1+1"), "'=1+1");
        assert_eq!(cell_text("a,\"b\"\nc"), "\"a,\"\"b\"\" c\"");
        assert_eq!(COLUMNS.lines().next().unwrap().split(',').count(), 29);
    }
}
