//! What was answered to one field.

use kernel::Lang;
use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{Choice, Field, Kind},
    i18n::loader,
};

/// One answer. Stored as JSON: `"blank"`, `"none"`, `"unknown"`, `{"text":"…"}`, `{"rows":[["…"]]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// 記載なし: the field was left empty.
    #[default]
    Blank,
    /// 該当なし.
    None,
    /// 把握していない.
    Unknown,
    /// Text of a short or long field, as typed; lines are paragraphs.
    Text(String),
    /// The code of the one choice.
    One(String),
    /// The codes of the choices, in the order of the catalogue.
    Many(Vec<String>),
    /// A decimal number in plain digits: `-12.5`.
    Number(String),
    /// A day: `2026-11-22`.
    Date(String),
    /// Rows of a table; each row has one cell per column.
    Rows(Vec<Vec<String>>),
    /// Names of the files beside the field.
    Files(Vec<String>),
}

impl Value {
    /// Reads a stored value.
    ///
    /// # Errors
    /// What is wrong with the JSON.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The value as it is stored.
    ///
    /// # Errors
    /// None that a value can cause.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Text, or 記載なし when nothing a reader could see is in it.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if kernel::text::trim(text).is_empty() {
            Self::Blank
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// Whether nothing is written. 該当なし and 把握していない are answers.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) | Self::One(text) | Self::Number(text) | Self::Date(text) => {
                kernel::text::trim(text).is_empty()
            }
            Self::Many(list) | Self::Files(list) => list.is_empty(),
            Self::Rows(rows) => rows
                .iter()
                .all(|row| row.iter().all(|c| c.trim().is_empty())),
            Self::None | Self::Unknown => false,
        }
    }

    /// The value as plain text, as it stands in tables, files and on paper; empty for 記載なし. Lines are paragraphs.
    #[must_use]
    pub fn plain(&self, field: &Field, lang: Lang) -> String {
        match self {
            Self::Blank => String::new(),
            Self::None => loader(lang).text("forms-none").to_owned(),
            Self::Unknown => loader(lang).text("forms-unknown").to_owned(),
            Self::Text(text) => text.clone(),
            Self::One(code) => choice_word(field, code, lang),
            Self::Many(codes) => {
                let words: Vec<String> =
                    codes.iter().map(|c| choice_word(field, c, lang)).collect();
                words.join(match lang {
                    Lang::Ja => "\u{3001}",
                    Lang::En => ", ",
                })
            }
            Self::Number(digits) => match &field.kind {
                Kind::Number { unit, .. } if !unit.is_empty() => {
                    format!("{} {}", grouped(digits), unit.get(lang))
                }
                _ => grouped(digits),
            },
            Self::Date(day) => day
                .parse()
                .map_or_else(|_| day.clone(), |day| kernel::format_date(day, lang)),
            Self::Rows(rows) => {
                let lines: Vec<String> = rows.iter().map(|row| row.join("\u{ff5c}")).collect();
                lines.join("\n")
            }
            Self::Files(names) => names.join("\n"),
        }
    }
}

fn choices(field: &Field) -> &[Choice] {
    match &field.kind {
        Kind::One { choices } | Kind::Many { choices } => choices,
        _ => &[],
    }
}

fn choice_word(field: &Field, code: &str, lang: Lang) -> String {
    choices(field)
        .iter()
        .find(|c| c.code == code)
        .map_or(code, |c| c.label.get(lang))
        .to_owned()
}

/// Digits in groups of three: `1234567.8` becomes `1,234,567.8`.
fn grouped(digits: &str) -> String {
    let (sign, rest) = digits
        .strip_prefix('-')
        .map_or(("", digits), |rest| ("-", rest));
    let (whole, tail) = rest.find('.').map_or((rest, ""), |at| rest.split_at(at));
    let mut out = String::from(sign);
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out.push_str(tail);
    out
}
