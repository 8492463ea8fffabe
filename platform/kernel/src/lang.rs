//! The two languages of the interface.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the interface. Japanese is the first and the fallback.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Both, Japanese first.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// `"ja"` or `"en"`: the value of the `lang` attribute, of the cookie and of the folder of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language that a page offers to switch to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }

    /// Picks one of a pair that lies side by side in data.
    #[must_use]
    pub const fn pick<'a>(self, ja: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// Chooses from an `Accept-Language` header: the first of the two that is asked for by weight,
    /// Japanese where the header names neither.
    #[must_use]
    pub fn from_accept(header: &str) -> Self {
        let mut best: Option<(Self, f32)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            let Ok(lang) = tag.split('-').next().unwrap_or_default().parse::<Self>() else {
                continue;
            };
            if weight > 0.0 && best.is_none_or(|(_, most)| weight > most) {
                best = Some((lang, weight));
            }
        }
        best.map_or(Self::Ja, |(lang, _)| lang)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names neither `ja` nor `en`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the language is ja or en")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        Self::ALL
            .into_iter()
            .find(|lang| text.eq_ignore_ascii_case(lang.code()))
            .ok_or(UnknownLang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_understood() {
        for (header, lang) in [
            ("ja,en-US;q=0.9,en;q=0.8", Lang::Ja),
            ("en-GB,en;q=0.9,ja;q=0.8", Lang::En),
            ("en;q=0.3, ja;q=0.7", Lang::Ja),
            ("de-DE,de;q=0.9,en;q=0.8", Lang::En),
            ("pt-BR", Lang::Ja),
            ("en;q=0", Lang::Ja),
            ("en;q=x", Lang::Ja),
            ("", Lang::Ja),
        ] {
            assert_eq!(Lang::from_accept(header), lang, "{header}");
        }
    }
}
