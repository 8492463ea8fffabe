//! What was typed, and what was wrong with it.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Errors by field, in the order in which they were found. A form with errors answers 422 and shows what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(Cow<'static, str>, String)>);

impl Errors {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes what is wrong with a field and how to put it right.
    pub fn add(&mut self, name: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        self.0.push((name.into(), text.into()));
    }

    /// The first error of a field.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, t)| t.as_str())
    }

    /// Whether everything is right.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, t)| (n.as_ref(), t.as_str()))
    }
}

/// Everything a form sent, for forms whose fields are data. Repeated names keep all their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, Vec<String>>);

impl Values {
    /// The first value of a field, or nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(|v| v.first()).map(String::as_str)
    }

    /// The first value of a field without white space around it; empty when there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a field was sent (a checkbox that is not checked is not).
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Names and first values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter_map(|(n, v)| v.first().map(|v| (n.as_str(), v.as_str())))
    }

    /// Adds a value.
    pub fn push(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Values;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the fields of a form")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
                let mut values = Values::default();
                while let Some((name, value)) = map.next_entry()? {
                    values.push(name, value);
                }
                Ok(values)
            }
        }
        d.deserialize_map(Pairs)
    }
}

/// An optional number or date in a form is an empty text when it is left out: `#[serde(default, deserialize_with = "web::forms::optional")]`.
///
/// # Errors
/// When the text is neither empty nor a value.
pub fn optional<'de, D, T>(d: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let text = String::deserialize(d)?;
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(serde::de::Error::custom),
    }
}
