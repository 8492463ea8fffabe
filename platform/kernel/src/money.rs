//! Amounts in whole yen.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Lang;

/// An amount in whole yen; may be negative. Integers only: no amount is ever a float.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Yen(pub i64);

impl Yen {
    /// With groups of three digits: `1,234,567円` in Japanese, `¥1,234,567` in English.
    #[must_use]
    pub fn format(self, lang: Lang) -> String {
        let (sign, digits) = (
            if self.0 < 0 { "-" } else { "" },
            group(self.0.unsigned_abs()),
        );
        match lang {
            Lang::Ja => format!("{sign}{digits}円"),
            Lang::En => format!("{sign}¥{digits}"),
        }
    }

    /// The sum, `None` when it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl fmt::Display for Yen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Digits in groups of three, as both languages write them.
#[must_use]
pub fn group(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        for (yen, ja, en) in [
            (0, "0円", "¥0"),
            (999, "999円", "¥999"),
            (1_000, "1,000円", "¥1,000"),
            (-1_234_567, "-1,234,567円", "-¥1,234,567"),
            (
                i64::MIN,
                "-9,223,372,036,854,775,808円",
                "-¥9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(Yen(yen).format(Lang::Ja), ja);
            assert_eq!(Yen(yen).format(Lang::En), en);
        }
        assert_eq!(Yen(1).checked_add(Yen(i64::MAX)), None);
    }
}
