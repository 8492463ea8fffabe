//! What a reader asked for, as it stands in the address.

use search::Point;

/// How the hits are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// One card each.
    #[default]
    List,
    /// One line each, for a desk on the telephone.
    Phone,
    /// On the map, with the list beside it.
    Map,
}

impl View {
    /// Its word in the address.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Phone => "phone",
            Self::Map => "map",
        }
    }
}

/// Abilities that can be filtered by; marks `can:…`.
pub const ABILITIES: [&str; 7] = [
    "house_call",
    "home_visit",
    "day_and_night",
    "end_of_life",
    "new_patients",
    "vacancy",
    "wheelchair",
];

/// A search as asked for in an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The text.
    pub q: String,
    /// Municipality by its code; empty for all.
    pub town: String,
    /// Only those who come to this municipality, by its code; empty for all.
    pub covers: String,
    /// Kind of service by its code; empty for all.
    pub kind: String,
    /// Group of kinds; empty for all.
    pub family: String,
    /// Abilities, all of which are asked for.
    pub can: Vec<String>,
    /// Language spoken, as a code; empty for any.
    pub language: String,
    /// Treatments, all of which are asked for; professionals only.
    pub treats: Vec<String>,
    /// Measure distances from here.
    pub near: Option<Point>,
    /// How the hits are shown.
    pub view: View,
    /// Page of hits, from 1.
    pub page: usize,
}

/// A parameter nobody knows, or a value that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    /// The parameter.
    pub name: String,
    /// Whether the name is known and only its value is strange.
    pub known: bool,
}

impl Asked {
    /// Reads the part of an address after its question mark. Pages forgive what they do not know: the second part says what
    /// that was, for the API, which does not.
    #[must_use]
    pub fn read(query: &str) -> (Self, Vec<Strange>) {
        let mut asked = Self {
            page: 1,
            ..Self::default()
        };
        let mut strange = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value: String = value.chars().filter(|c| *c != '\0').take(400).collect();
            let code = |most: usize| {
                value.len() <= most
                    && value
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            };
            let good = match &*name {
                "q" => {
                    asked.q = value.trim().to_owned();
                    true
                }
                "town" | "covers" | "kind" | "family" | "lang" if code(20) => {
                    match &*name {
                        "town" => asked.town = value,
                        "covers" => asked.covers = value,
                        "kind" => asked.kind = value,
                        "family" => asked.family = value,
                        _ => asked.language = value,
                    }
                    true
                }
                "can" if ABILITIES.contains(&value.as_str()) => {
                    if !asked.can.contains(&value) {
                        asked.can.push(value);
                    }
                    true
                }
                "treats" if code(20) => {
                    if !asked.treats.contains(&value) && asked.treats.len() < 20 {
                        asked.treats.push(value);
                    }
                    true
                }
                "near" if value.is_empty() => true,
                "near" => {
                    asked.near = point(&value);
                    asked.near.is_some()
                }
                "view" => {
                    asked.view = match value.as_str() {
                        "phone" => View::Phone,
                        "map" => View::Map,
                        _ => View::List,
                    };
                    matches!(value.as_str(), "list" | "phone" | "map")
                }
                "page" => match value.parse::<usize>() {
                    Ok(page) if (1..=1_000_000).contains(&page) => {
                        asked.page = page;
                        true
                    }
                    _ => false,
                },
                _ => false,
            };
            if !good {
                strange.push(Strange {
                    name: name.chars().take(40).collect(),
                    known: matches!(
                        &*name,
                        "town"
                            | "covers"
                            | "kind"
                            | "family"
                            | "lang"
                            | "can"
                            | "treats"
                            | "near"
                            | "view"
                            | "page"
                    ),
                });
            }
        }
        (asked, strange)
    }

    /// The part of the address after the question mark that asks for this again.
    #[must_use]
    pub fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        };
        put("q", &self.q);
        put("town", &self.town);
        put("covers", &self.covers);
        put("kind", &self.kind);
        put("family", &self.family);
        for one in &self.can {
            put("can", one);
        }
        put("lang", &self.language);
        for one in &self.treats {
            put("treats", one);
        }
        if let Some(near) = self.near {
            put("near", &format!("{:.4},{:.4}", near.lat, near.lon));
        }
        if self.view != View::List {
            put("view", self.view.code());
        }
        if self.page > 1 {
            put("page", &self.page.to_string());
        }
        out.finish()
    }

    /// The same with a change, back on the first page.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self {
            page: 1,
            ..self.clone()
        };
        change(&mut other);
        other
    }

    /// Whether nothing is asked for yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self {
            near: None,
            view: View::List,
            page: 1,
            ..self.clone()
        } == Self {
            page: 1,
            ..Self::default()
        }
    }

    /// Whether filters beyond town and kind are set.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !(self.can.is_empty()
            && self.language.is_empty()
            && self.treats.is_empty()
            && self.covers.is_empty())
    }
}

/// `35.15,139.11`: latitude and longitude.
fn point(text: &str) -> Option<Point> {
    let (lat, lon) = text.split_once(',')?;
    let (lat, lon): (f64, f64) = (lat.trim().parse().ok()?, lon.trim().parse().ok()?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Point { lat, lon })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_same_after_reading_and_writing() {
        let text = "q=%E8%96%AC%E5%B1%80&town=143847&can=home_visit&can=vacancy&near=35.1500%2C139.1100&view=phone&page=3";
        let (asked, strange) = Asked::read(text);
        assert!(strange.is_empty());
        assert_eq!(asked.query(), text);
        assert_eq!(asked.with(|a| a.view = View::List).page, 1);
        assert!(!asked.is_empty() && Asked::read("view=map").0.is_empty());
    }

    #[test]
    fn what_cannot_be_is_named() {
        let (_, strange) =
            Asked::read("near=1000,5&radius=3&can=fly&page=0&town=%27%3B--&near=NaN,NaN");
        let names: Vec<(&str, bool)> = strange.iter().map(|s| (s.name.as_str(), s.known)).collect();
        assert_eq!(
            names,
            [
                ("near", true),
                ("radius", false),
                ("can", true),
                ("page", true),
                ("town", true),
                ("near", true)
            ]
        );
    }
}
