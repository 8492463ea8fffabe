//! Codes that people read from paper: invitations, recovery codes, numbered sheets. Letters that look alike are one letter.

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of an invitation code: 60 bits, single use, short life, counted attempts.
pub const INVITATION: usize = 12;
/// Characters of a recovery code: 50 bits.
pub const RECOVERY: usize = 10;
/// Recovery codes on one page.
pub const RECOVERY_COUNT: usize = 10;
/// Numbers on one printed sheet: a working day's sign-ins for about a month.
pub const SHEET_COUNT: i64 = 40;
/// Digits of a numbered code.
pub const SHEET_DIGITS: usize = 8;

/// A code of `length` characters from as many random bytes.
#[must_use]
pub fn letters(random: &[u8]) -> String {
    random
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect()
}

/// A numbered code of eight digits from eight random bytes (bias below 10⁻¹¹).
#[must_use]
pub fn numbered(random: [u8; 8]) -> String {
    format!("{:08}", u64::from_le_bytes(random) % 100_000_000)
}

/// Groups of `size` with spaces, as printed: `"ABCD EFGH JKMN"`.
#[must_use]
pub fn grouped(code: &str, size: usize) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    for (index, c) in code.chars().enumerate() {
        if index > 0 && index % size == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Reads what somebody typed from paper: case, width, spaces and hyphens do not count; I and L are 1, O is 0. `None` when it cannot
/// be a code of this length.
#[must_use]
pub fn read(typed: &str, length: usize) -> Option<String> {
    let mut out = String::with_capacity(length);
    for c in narrow(typed) {
        let c = match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        };
        if !c.is_ascii() || !ALPHABET.contains(&u8::try_from(c).ok()?) || out.len() == length {
            return None;
        }
        out.push(c);
    }
    (out.len() == length).then_some(out)
}

/// The digits of what somebody typed, in plain form; anything else makes the result useless on purpose.
#[must_use]
pub fn digits(typed: &str) -> String {
    narrow(typed).take(20).collect()
}

fn narrow(typed: &str) -> impl Iterator<Item = char> + '_ {
    typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .filter_map(|c| match c {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}' | '\u{ff70}' => {
                None
            }
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
            other => Some(other),
        })
}

/// A printed sheet as the rules see it: which numbers are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    used: std::collections::BTreeSet<i64>,
    voided: bool,
}

/// Why a number of a sheet does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetRefusal {
    /// A newer sheet was issued, or the sheet was withdrawn.
    Voided,
    /// The number was used before, or is not the one that was asked for.
    NotAsked,
}

impl Sheet {
    /// A sheet with these numbers already used.
    #[must_use]
    pub fn new(used: impl IntoIterator<Item = i64>, voided: bool) -> Self {
        Self {
            used: used.into_iter().collect(),
            voided,
        }
    }

    /// The number to ask for: the lowest that is unused. It stays the same until it is used, so that reloading the page does not
    /// let a thief with one number wait for it.
    #[must_use]
    pub fn asks(&self) -> Option<i64> {
        if self.voided {
            return None;
        }
        (1..=SHEET_COUNT).find(|number| !self.used.contains(number))
    }

    /// How many numbers are left.
    #[must_use]
    pub fn left(&self) -> i64 {
        if self.voided {
            0
        } else {
            SHEET_COUNT - i64::try_from(self.used.len()).unwrap_or(SHEET_COUNT)
        }
    }

    /// Uses a number whose code was right.
    ///
    /// # Errors
    /// When the sheet is void or this number is not the one asked for.
    pub fn spend(&mut self, number: i64) -> Result<(), SheetRefusal> {
        if self.voided {
            return Err(SheetRefusal::Voided);
        }
        if self.asks() != Some(number) {
            return Err(SheetRefusal::NotAsked);
        }
        self.used.insert(number);
        Ok(())
    }

    /// Withdraws the sheet; for good.
    pub fn void(&mut self) {
        self.voided = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paper_is_forgiving() {
        assert_eq!(read("abcd-efgh jkmn", 12).as_deref(), Some("ABCDEFGHJKMN"));
        assert_eq!(
            read("ＡＢＣＤ　ＥＦＧＨ　ｏｉｌ１", 12).as_deref(),
            Some("ABCDEFGH0111")
        );
        assert_eq!(read("ABCD", 12), None);
        assert_eq!(read("ABCDEFGHJKMNP", 12), None);
        assert_eq!(read("ABCDEFGHJKM＠", 12), None);
        assert_eq!(read("ABCDEFGHJKMあ", 12), None);
        assert_eq!(grouped("ABCDEFGHJKMN", 4), "ABCD EFGH JKMN");
        assert_eq!(numbered([0; 8]), "00000000");
    }

    proptest! {
        #[test]
        fn what_is_printed_can_be_typed(random in prop::collection::vec(any::<u8>(), 12)) {
            let code = letters(&random);
            prop_assert_eq!(read(&grouped(&code, 4).to_lowercase(), 12), Some(code));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,60}") {
            let _ = read(&text, 12);
            let _ = digits(&text);
        }

        /// Whatever order numbers are tried in, each opens at most once, only when asked for, and never after the sheet is void.
        #[test]
        fn each_number_once(tries in prop::collection::vec((0i64..45, prop::bool::weighted(0.02)), 0..200)) {
            let mut sheet = Sheet::default();
            let mut opened = std::collections::BTreeSet::new();
            let mut void = false;
            for (number, withdraw) in tries {
                if withdraw { sheet.void(); void = true; }
                let asked = sheet.asks();
                match sheet.spend(number) {
                    Ok(()) => {
                        prop_assert!(!void);
                        prop_assert_eq!(asked, Some(number));
                        prop_assert!(opened.insert(number), "twice");
                    }
                    Err(SheetRefusal::Voided) => prop_assert!(void),
                    Err(SheetRefusal::NotAsked) => prop_assert!(asked != Some(number)),
                }
                prop_assert_eq!(sheet.left(), if void { 0 } else { SHEET_COUNT - opened.len() as i64 });
            }
        }
    }
}
