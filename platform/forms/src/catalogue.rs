//! What a form asks, as data.

use kernel::Lang;
use serde::{Deserialize, Serialize};

use crate::{MOST_CHARS, MOST_FIELDS, MOST_ROWS};

/// A text in both languages; the English one may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// Japanese.
    pub ja: String,
    /// English; empty when there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Words {
    /// Japanese only.
    #[must_use]
    pub fn ja(text: impl Into<String>) -> Self {
        Self {
            ja: text.into(),
            en: String::new(),
        }
    }

    /// Both languages.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }

    /// The text in a language, or the Japanese one where there is no other.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.ja,
        }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ja.is_empty() && self.en.is_empty()
    }
}

/// A form: its fields in the order of the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The fields.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in files and in the database: small letters, digits, underscores; never changes.
    pub key: String,
    /// Its number as printed, such as `2(1)`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The question.
    pub label: Words,
    /// A few words for column heads and chips; empty: the label serves.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub short: Words,
    /// What to write, with an example.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub hint: Words,
    /// Whether an empty answer stops the submission. 該当なし and 把握していない count as answers.
    #[serde(default)]
    pub required: bool,
    /// Whether 該当なし may be chosen.
    #[serde(default = "yes")]
    pub none: bool,
    /// Whether 把握していない may be chosen.
    #[serde(default = "yes")]
    pub unknown: bool,
    /// What kind of answer, with its limits.
    #[serde(flatten)]
    pub kind: Kind,
}

fn yes() -> bool {
    true
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Short {
        /// Most characters.
        most: usize,
    },
    /// Several lines; each line is a paragraph.
    Long {
        /// Most characters.
        most: usize,
    },
    /// One of some choices.
    One {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Any of some choices.
    Many {
        /// The choices.
        choices: Vec<Choice>,
    },
    /// A number with its unit.
    Number {
        /// Such as 人 or 円; may be empty.
        #[serde(default)]
        unit: Words,
        /// Smallest value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        /// Largest value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
        /// Digits after the point.
        #[serde(default)]
        decimals: u8,
    },
    /// A day.
    Date,
    /// A table whose rows are filled in.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// Most rows.
        rows: usize,
    },
    /// Files beside the text.
    File,
}

impl Kind {
    /// The stored word, also the name of a kind in forms.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Short { .. } => "short",
            Self::Long { .. } => "long",
            Self::One { .. } => "one",
            Self::Many { .. } => "many",
            Self::Number { .. } => "number",
            Self::Date => "date",
            Self::Table { .. } => "table",
            Self::File => "file",
        }
    }
}

/// One of some choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is stored.
    pub code: String,
    /// What is read.
    pub label: Words,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub label: Words,
    /// What its cells hold.
    pub cell: Cell,
}

/// What a cell of a table holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Text of one line, at most 200 characters.
    #[default]
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
}

/// What is wrong with a catalogue itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// No field, or more than [`MOST_FIELDS`].
    #[error("a form has 1 to {MOST_FIELDS} fields")]
    Count,
    /// A key that is empty, too long or has other characters.
    #[error("field {0}: a key is small letters, digits and underscores, at most 40")]
    Key(usize),
    /// Two fields with one key.
    #[error("field {0}: the key stands twice")]
    Twice(usize),
    /// No question.
    #[error("field {0}: the question is empty or too long")]
    Label(usize),
    /// Limits that no answer can keep.
    #[error("field {0}: limits that no answer can keep")]
    Limits(usize),
    /// Choices or columns that are missing, double or empty.
    #[error("field {0}: choices or columns are missing, double or empty")]
    Choices(usize),
}

impl Catalogue {
    /// Reads a stored catalogue.
    ///
    /// # Errors
    /// What is wrong with the JSON.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The catalogue as it is stored.
    ///
    /// # Errors
    /// None that a catalogue can cause.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The field with a key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// A key that no field has yet: `q5`.
    #[must_use]
    pub fn free_key(&self) -> String {
        let mut number = self.fields.len() + 1;
        while self.field(&format!("q{number}")).is_some() {
            number += 1;
        }
        format!("q{number}")
    }

    /// Whether a form can be made of it. Fields are counted from 1 in the errors.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), CatalogueError> {
        if self.fields.is_empty() || self.fields.len() > MOST_FIELDS {
            return Err(CatalogueError::Count);
        }
        for (at, field) in self.fields.iter().enumerate() {
            let number = at + 1;
            if !is_key(&field.key) {
                return Err(CatalogueError::Key(number));
            }
            if self.fields[..at].iter().any(|f| f.key == field.key) {
                return Err(CatalogueError::Twice(number));
            }
            let long = |text: &str, most: usize| text.chars().count() > most;
            if field.label.ja.trim().is_empty()
                || long(&field.label.ja, 2000)
                || long(&field.label.en, 2000)
                || long(&field.number, 20)
                || long(&field.short.ja, 60)
                || long(&field.short.en, 100)
                || long(&field.hint.ja, 2000)
                || long(&field.hint.en, 2000)
            {
                return Err(CatalogueError::Label(number));
            }
            field.check_kind(number)?;
        }
        Ok(())
    }
}

impl Field {
    /// A field of a kind with a key and a question.
    #[must_use]
    pub fn new(key: impl Into<String>, label: Words, kind: Kind) -> Self {
        Self {
            key: key.into(),
            number: String::new(),
            label,
            short: Words::default(),
            hint: Words::default(),
            required: false,
            none: true,
            unknown: true,
            kind,
        }
    }

    /// The few words for column heads; the beginning of the question when there are none.
    #[must_use]
    pub fn brief(&self, lang: Lang) -> String {
        const ROOM: usize = 14;
        if !self.short.is_empty() {
            return self.short.get(lang).to_owned();
        }
        let whole = self.label.get(lang);
        let mut out: String = whole.chars().take(ROOM).collect();
        if whole.chars().count() > ROOM {
            out.push('\u{2026}');
        }
        out
    }

    fn check_kind(&self, number: usize) -> Result<(), CatalogueError> {
        let fits = match &self.kind {
            Kind::Short { most } | Kind::Long { most } => (1..=MOST_CHARS).contains(most),
            Kind::Number {
                least,
                most,
                decimals,
                ..
            } => *decimals <= 6 && least.zip(*most).is_none_or(|(least, most)| least <= most),
            Kind::Table { columns, rows } => {
                if columns.is_empty()
                    || columns.len() > 20
                    || columns.iter().any(|c| c.label.ja.trim().is_empty())
                {
                    return Err(CatalogueError::Choices(number));
                }
                (1..=MOST_ROWS).contains(rows)
            }
            Kind::One { choices } | Kind::Many { choices } => {
                let codes: Vec<&str> = choices.iter().map(|c| c.code.as_str()).collect();
                let double = (1..codes.len()).any(|at| codes[..at].contains(&codes[at]));
                let empty = choices.iter().any(|c| {
                    c.code.is_empty() || c.code.len() > 80 || c.label.ja.trim().is_empty()
                });
                if choices.is_empty() || choices.len() > 100 || double || empty {
                    return Err(CatalogueError::Choices(number));
                }
                true
            }
            Kind::Date | Kind::File => true,
        };
        if fits {
            Ok(())
        } else {
            Err(CatalogueError::Limits(number))
        }
    }
}

/// Whether a text may be a field's key.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
