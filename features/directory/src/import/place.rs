//! Where an address lies: municipality, town point, and whether stated coordinates can be.

use std::collections::HashMap;

use areas::Municipality;
use kernel::codes::MunicipalityCode;

use super::{
    keys::{code, street},
    words::{group, squeeze},
};
use crate::model::Precision;

/// Farther than this from every town of its municipality, a point cannot be inside it (km). The largest municipality with
/// few points, 山北町, needs eleven.
const FARTHEST_KM: f64 = 12.0;

/// Municipalities and points of towns.
#[derive(Clone, Debug, Default)]
pub struct Places {
    towns: Vec<(String, String, String, bool)>,
    points: HashMap<String, Vec<(String, f64, f64)>>,
    /// Take rows of municipalities that are not in the table, too.
    pub everywhere: bool,
}

/// Where a row lies.
#[derive(Clone, Debug, PartialEq)]
pub enum Where {
    /// A known municipality, in the area or a neighbour: code, address after its name, in the area.
    Known(String, String, bool),
    /// Somewhere else.
    Outside,
    /// Neither code nor name say.
    Unknown,
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Latitude and longitude.
    pub at: Option<(f64, f64)>,
    /// How exact.
    pub precision: Precision,
    /// Stated coordinates that cannot be, with the distance in km.
    pub wrong: Option<(f64, f64, f64)>,
    /// Latitude and longitude were in each other's column.
    pub swapped: bool,
}

impl Places {
    /// From the table of municipalities and the points of towns: code, town, latitude, longitude.
    #[must_use]
    pub fn new(municipalities: &[Municipality], points: &[(String, String, f64, f64)]) -> Self {
        let mut all = Self {
            towns: municipalities
                .iter()
                .map(|m| {
                    (
                        m.code.clone(),
                        squeeze(&m.prefecture),
                        squeeze(&m.name_ja),
                        m.in_area,
                    )
                })
                .collect(),
            ..Self::default()
        };
        for (code, town, lat, lon) in points {
            let point = (street(town), *lat, *lon);
            all.points.entry(code.clone()).or_default().push(point);
        }
        all
    }

    /// Finds the municipality of a row from its code columns, its names and its address.
    #[must_use]
    pub fn find(&self, codes: [&str; 3], pref: &str, city: &str, address: &str) -> Where {
        let by_code = self.by_code(codes);
        let text = squeeze(address);
        let named = |t: &&(String, String, String, bool)| {
            let rest = text.strip_prefix(t.1.as_str()).unwrap_or(&text);
            squeeze(city).ends_with(t.2.as_str())
                || rest.starts_with(t.2.as_str())
                || group("county").iter().any(|(_, county)| {
                    rest.split_once(county.as_str())
                        .is_some_and(|(_, after)| after.starts_with(t.2.as_str()))
                })
        };
        let known = match &by_code {
            Some(code) => self.towns.iter().find(|t| t.0 == *code),
            None => self
                .towns
                .iter()
                .find(|t| named(t) && (pref.is_empty() || squeeze(pref) == t.1)),
        };
        match (known, by_code) {
            (Some(town), _) => Where::Known(town.0.clone(), self.rest(town, address), town.3),
            (None, Some(code)) if self.everywhere => Where::Known(code, address.to_owned(), false),
            (None, Some(_)) => Where::Outside,
            (None, None) if city.is_empty() && address.is_empty() => Where::Unknown,
            (None, None) if pref.is_empty() && city.is_empty() && !self.has_prefecture(&text) => {
                Where::Unknown
            }
            (None, None) => Where::Outside,
        }
    }

    fn has_prefecture(&self, text: &str) -> bool {
        let fourth = text.chars().take(4);
        // 都, 道, 府, 県 end the first word of an address that names its prefecture.
        fourth
            .skip(2)
            .any(|c| "\u{90fd}\u{9053}\u{5e9c}\u{770c}".contains(c))
    }

    fn by_code(&self, [six, pref, city]: [&str; 3]) -> Option<String> {
        let digits = |t: &str| code(t).filter(|c| c.bytes().all(|b| b.is_ascii_digit()));
        let try_six = |c: String| match c.len() {
            6 => c
                .parse::<MunicipalityCode>()
                .ok()
                .map(|m| m.as_str().to_owned()),
            5 if c.starts_with('0') || c.as_str() > "01" => MunicipalityCode::from_five(&c)
                .ok()
                .map(|m| m.as_str().to_owned()),
            _ => None,
        };
        let whole = digits(six).and_then(&try_six);
        let split = || {
            let (pref, city) = (digits(pref)?, digits(city)?);
            match city.len() {
                1..=3 => try_six(format!("{pref:0>2}{city:0>3}")),
                _ => try_six(city),
            }
        };
        let city_alone = || digits(city).filter(|c| c.len() >= 5).and_then(&try_six);
        whole
            .or_else(split)
            .or_else(city_alone)
            .filter(|c| &c[2..5] != "000")
    }

    /// The address after prefecture, county and municipality, as written.
    fn rest(&self, town: &(String, String, String, bool), address: &str) -> String {
        let mut end = 0;
        for (at, c) in address.char_indices() {
            let upto = squeeze(&address[..at + c.len_utf8()]);
            if upto.ends_with(town.2.as_str()) {
                end = at + c.len_utf8();
                break;
            }
            if at > 60 {
                break;
            }
        }
        kernel::text::trim(&address[end..]).to_owned()
    }

    /// Places an address: by stated coordinates when they can be, else at its town's point, else not at all.
    #[must_use]
    pub fn spot(&self, code: &str, address: &str, stated: Option<(f64, f64)>) -> Spot {
        let stated = stated.filter(|(a, b)| *a != 0.0 || *b != 0.0);
        let (stated, swapped) = match stated {
            Some((a, b)) if (20.0..46.5).contains(&b) && (122.0..155.0).contains(&a) => {
                (Some((b, a)), true)
            }
            other => (other, false),
        };
        let points = self.points.get(code).map_or(&[][..], Vec::as_slice);
        let mut wrong = None;
        if let Some((lat, lon)) = stated {
            let nearest = points
                .iter()
                .map(|(_, a, b)| kilometres((lat, lon), (*a, *b)))
                .fold(f64::INFINITY, f64::min);
            let in_japan = (20.0..46.5).contains(&lat) && (122.0..155.0).contains(&lon);
            if in_japan && (points.is_empty() || nearest <= FARTHEST_KM) {
                return Spot {
                    at: Some((lat, lon)),
                    precision: Precision::Exact,
                    wrong: None,
                    swapped,
                };
            }
            wrong = Some((lat, lon, if nearest.is_finite() { nearest } else { -1.0 }));
        }
        let text = street(address);
        let town = points
            .iter()
            .filter(|(key, _, _)| !key.is_empty() && text.starts_with(key.as_str()))
            .max_by_key(|(key, _, _)| key.len());
        let (at, precision) = match town {
            Some((_, lat, lon)) => (Some((*lat, *lon)), Precision::Town),
            None => middle(points, &text),
        };
        Spot {
            at,
            precision,
            wrong,
            swapped,
        }
    }

    /// Whether the municipality belongs to the area.
    #[must_use]
    pub fn in_area(&self, code: &str) -> bool {
        self.towns.iter().any(|t| t.0 == code && t.3)
    }
}

/// An address cut off before its block (丁目): the middle of the blocks, when they lie together.
fn middle(points: &[(String, f64, f64)], text: &str) -> (Option<(f64, f64)>, Precision) {
    let of: Vec<_> = points
        .iter()
        .filter(|(key, _, _)| !text.is_empty() && key.starts_with(text))
        .collect();
    let count = f64::from(u32::try_from(of.len()).unwrap_or(u32::MAX));
    let sum = of.iter().fold((0.0, 0.0), |s, p| (s.0 + p.1, s.1 + p.2));
    let at = (sum.0 / count, sum.1 / count);
    if of.is_empty() || of.iter().any(|p| kilometres(at, (p.1, p.2)) > 3.0) {
        return (None, Precision::None);
    }
    (Some(at), Precision::Town)
}

/// Distance on the sphere in kilometres.
#[must_use]
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let (dla, dlo) = (lb - la, (b.1 - a.1).to_radians());
    let h = (dla / 2.0).sin().powi(2) + la.cos() * lb.cos() * (dlo / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
