//! Codes with check digits: municipalities, insurers, providers, corporations, and the individual
//! numbers that must not be stored by mistake.
//!
//! People type codes in full-width digits, with spaces and hyphens; all of these are read. A
//! municipality's code and its number as an insurer share five digits and differ in the sixth.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{Lang, text::half_width_char};

mod individual;

pub use individual::find_my_numbers;

/// Which code was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// 全国地方公共団体コード.
    Municipality,
    /// 介護保険の保険者番号.
    Insurer,
    /// 介護保険の事業所番号.
    Provider,
    /// 法人番号.
    Corporate,
}

impl What {
    /// The name of the code.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Municipality, Lang::Ja) => "団体コード",
            (Self::Municipality, Lang::En) => "municipality code",
            (Self::Insurer, Lang::Ja) => "保険者番号",
            (Self::Insurer, Lang::En) => "insurer number",
            (Self::Provider, Lang::Ja) => "事業所番号",
            (Self::Provider, Lang::En) => "provider number",
            (Self::Corporate, Lang::Ja) => "法人番号",
            (Self::Corporate, Lang::En) => "corporate number",
        }
    }
}

/// A code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeError {
    /// Which code was meant.
    pub what: What,
    /// What is wrong with it.
    pub why: CodeFault,
}

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing was typed.
    Empty,
    /// Too short or too long.
    Length {
        /// How many characters there were.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// A character that this code cannot have.
    Character(char),
    /// The first two digits are no prefecture (01–47).
    Prefecture,
    /// One digit is mistyped, or two are swapped.
    CheckDigit {
        /// As typed.
        found: char,
        /// What the other digits ask for.
        expected: char,
    },
}

impl CodeError {
    /// The sentence for the person who typed it.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let name = self.what.name(lang);
        match (lang, self.why) {
            (Lang::Ja, CodeFault::Empty) => format!("{name}が入力されていません。"),
            (Lang::En, CodeFault::Empty) => format!("The {name} is missing."),
            (Lang::Ja, CodeFault::Length { found, expected }) => {
                format!("{name}は{expected}桁です（入力は{found}桁）。")
            }
            (Lang::En, CodeFault::Length { found, expected }) => {
                format!("A {name} has {expected} characters; this has {found}.")
            }
            (Lang::Ja, CodeFault::Character(c)) => format!("{name}に「{c}」は使えません。"),
            (Lang::En, CodeFault::Character(c)) => format!("A {name} cannot hold \"{c}\"."),
            (Lang::Ja, CodeFault::Prefecture) => {
                format!("{name}の先頭2桁が都道府県番号（01〜47）ではありません。")
            }
            (Lang::En, CodeFault::Prefecture) => {
                format!("The first two digits of the {name} are no prefecture (01–47).")
            }
            (Lang::Ja, CodeFault::CheckDigit { found, expected }) => {
                format!(
                    "{name}の検査数字が合いません（入力は{found}、正しくは{expected}）。打ち間違いがないか確かめてください。"
                )
            }
            (Lang::En, CodeFault::CheckDigit { found, expected }) => {
                format!(
                    "The check digit of the {name} is {found} where {expected} is expected. Please look for a typing slip."
                )
            }
        }
    }
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for CodeError {}

macro_rules! code {
    ($(#[$meta:meta])* $name:ident, $length:literal, $what:ident, $check:path) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// The code in ASCII, without separators.
            #[must_use]
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).expect("only ASCII letters and digits are let in")
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                let code = characters::<$length>(text, What::$what)?;
                $check(&code).map_err(|why| CodeError { what: What::$what, why })?;
                Ok(Self(code))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

code! {
    /// 全国地方公共団体コード: two digits of the prefecture, three of the municipality, and a check
    /// digit by weights 6 5 4 3 2 modulo 11. A prefecture itself has 000 in the middle.
    MunicipalityCode, 6, Municipality, check_municipality
}

code! {
    /// 介護保険の保険者番号: the same five digits with a check digit by weights 2 1 2 1 2, sums of
    /// digits, modulo 10. Wide-area unions have numbers of their own, so the first five digits are
    /// not always a municipality.
    InsurerNumber, 6, Insurer, check_insurer
}

code! {
    /// 介護保険の事業所番号: ten characters that begin with the prefecture. Offices of additional
    /// kinds have letters in the third place, and no check is published for those, so only length,
    /// characters and prefecture are looked at.
    ProviderNumber, 10, Provider, check_provider
}

code! {
    /// 法人番号: a check digit in front (9 minus a weighted sum modulo 9), then twelve digits.
    CorporateNumber, 13, Corporate, check_corporate
}

impl MunicipalityCode {
    /// Makes the code from its first five digits.
    ///
    /// # Errors
    /// [`CodeError`] when these are not five digits that begin with a prefecture.
    pub fn from_five(text: &str) -> Result<Self, CodeError> {
        let five = characters::<5>(text, What::Municipality)?;
        let mut code = [b'0'; 6];
        code[..5].copy_from_slice(&five);
        digits(&code)
            .and_then(|()| prefecture(&code))
            .map_err(|why| CodeError {
                what: What::Municipality,
                why,
            })?;
        code[5] = municipality_digit(&code);
        Ok(Self(code))
    }

    /// The number of this municipality as an insurer of long-term care, by its own check digit.
    #[must_use]
    pub fn insurer(&self) -> InsurerNumber {
        let mut code = self.0;
        code[5] = insurer_digit(&code);
        InsurerNumber(code)
    }

    /// The two digits of the prefecture, `"14"` for 神奈川県.
    #[must_use]
    pub fn prefecture(&self) -> &str {
        &self.as_str()[..2]
    }
}

impl ProviderNumber {
    /// The two digits of the prefecture.
    #[must_use]
    pub fn prefecture(&self) -> &str {
        &self.as_str()[..2]
    }
}

/// Letters and digits of a typed code in ASCII capitals; white space and hyphens are passed over.
fn characters<const N: usize>(text: &str, what: What) -> Result<[u8; N], CodeError> {
    let mut code = [0; N];
    let mut found = 0;
    for typed in text.chars() {
        let c = half_width_char(typed).to_ascii_uppercase();
        if c.is_whitespace() || c == '-' || c == '\u{feff}' {
            continue;
        }
        if !c.is_ascii_alphanumeric() {
            return Err(CodeError {
                what,
                why: CodeFault::Character(typed),
            });
        }
        if let (Some(place), Ok(byte)) = (code.get_mut(found), u8::try_from(c)) {
            *place = byte;
        }
        found += 1;
    }
    match found {
        0 => Err(CodeError {
            what,
            why: CodeFault::Empty,
        }),
        _ if found == N => Ok(code),
        _ => Err(CodeError {
            what,
            why: CodeFault::Length { found, expected: N },
        }),
    }
}

fn check_municipality(code: &[u8; 6]) -> Result<(), CodeFault> {
    digits(code)?;
    prefecture(code)?;
    same(code[5], municipality_digit(code))
}

fn check_insurer(code: &[u8; 6]) -> Result<(), CodeFault> {
    digits(code)?;
    prefecture(code)?;
    same(code[5], insurer_digit(code))
}

fn check_provider(code: &[u8; 10]) -> Result<(), CodeFault> {
    digits(&code[..2])?;
    prefecture(code)
}

fn check_corporate(code: &[u8; 13]) -> Result<(), CodeFault> {
    digits(code)?;
    let sum: u32 = code[1..]
        .iter()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    same(code[0], digit(9 - sum % 9))
}

fn municipality_digit(code: &[u8]) -> u8 {
    let sum: u32 = code[..5]
        .iter()
        .zip([6, 5, 4, 3, 2])
        .map(|(byte, weight)| value(*byte) * weight)
        .sum();
    digit((11 - sum % 11) % 10)
}

fn insurer_digit(code: &[u8]) -> u8 {
    let sum: u32 = code[..5]
        .iter()
        .zip([2, 1, 2, 1, 2])
        .map(|(byte, weight)| value(*byte) * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    digit((10 - sum % 10) % 10)
}

fn digits(code: &[u8]) -> Result<(), CodeFault> {
    code.iter()
        .find(|byte| !byte.is_ascii_digit())
        .map_or(Ok(()), |byte| Err(CodeFault::Character(char::from(*byte))))
}

fn prefecture(code: &[u8]) -> Result<(), CodeFault> {
    match value(code[0]) * 10 + value(code[1]) {
        1..=47 => Ok(()),
        _ => Err(CodeFault::Prefecture),
    }
}

fn same(found: u8, expected: u8) -> Result<(), CodeFault> {
    if found == expected {
        return Ok(());
    }
    Err(CodeFault::CheckDigit {
        found: char::from(found),
        expected: char::from(expected),
    })
}

fn value(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(b'0'))
}

fn digit(value: u32) -> u8 {
    u8::try_from(value % 10).map_or(b'0', |value| b'0' + value)
}

#[cfg(test)]
mod tests;
