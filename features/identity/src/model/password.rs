//! What a password must be (R2). No rotation, no composition rules, no hints: length, and not one of the common ones.

use std::{collections::HashSet, sync::LazyLock};

/// Characters a password needs while it stands alone.
pub const MIN_ALONE: usize = 13;
/// Characters a password needs beside a second factor.
pub const MIN_WITH_SECOND_FACTOR: usize = 8;
/// Longest password that is taken, in characters; hashing a book costs the server, not the thief.
pub const MAX: usize = 200;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Shorter than this many characters.
    Short(usize),
    /// Longer than [`MAX`] characters.
    Long,
    /// Among the first that anybody tries.
    Common,
    /// It is, or nearly is, the sign-in name, the person's name or the product's.
    Name,
}

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/common_passwords.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .collect()
});

/// Checks a new password. `known` are words that a stranger knows about the person (sign-in name, name, address).
///
/// # Errors
/// The first weakness found.
pub fn check(password: &str, second_factor: bool, known: &[&str]) -> Result<(), Weakness> {
    let length = password.chars().count();
    let least = if second_factor {
        MIN_WITH_SECOND_FACTOR
    } else {
        MIN_ALONE
    };
    if length < least {
        return Err(Weakness::Short(least));
    }
    if length > MAX {
        return Err(Weakness::Long);
    }
    let folded = plain(password);
    if is_common(&folded) {
        return Err(Weakness::Common);
    }
    let words = known.iter().copied().chain(["renkei"]).flat_map(|word| {
        let whole = plain(word);
        let local = whole.split('@').next().unwrap_or_default().to_owned();
        [whole, local]
    });
    for word in words {
        // The name and at most three characters more is still the name.
        if word.chars().count() >= 3
            && folded.contains(&word)
            && folded.chars().count() <= word.chars().count() + 3
        {
            return Err(Weakness::Name);
        }
    }
    Ok(())
}

/// Whether the password may stand alone, without a second factor.
#[must_use]
pub fn stands_alone(password: &str) -> bool {
    password.chars().count() >= MIN_ALONE
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect()
}

fn is_common(folded: &str) -> bool {
    let bare = folded
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '!' | '.' | '?' | '-' | '_'));
    let chars: Vec<char> = folded.chars().collect();
    let distinct: HashSet<char> = chars.iter().copied().collect();
    // "1234567890123" goes on at 1 after 0, and so do fingers.
    let after = |a: char, b: char| match (a.to_digit(10), b.to_digit(10)) {
        (Some(a), Some(b)) => (a + 1) % 10 == b,
        _ => u32::from(a) + 1 == u32::from(b),
    };
    let runs = chars.windows(2).all(|pair| after(pair[0], pair[1]));
    let backwards = chars.windows(2).all(|pair| after(pair[1], pair[0]));
    let repeated = (1..=chars.len() / 2).any(|n| {
        chars.len().is_multiple_of(n) && n <= 4 && chars.chunks(n).all(|c| c == &chars[..n])
    });
    COMMON.contains(folded)
        || COMMON.contains(bare)
        || distinct.len() <= 3
        || runs
        || backwards
        || repeated
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn length_depends_on_the_second_factor() {
        assert_eq!(check("kawa to yama", false, &[]), Err(Weakness::Short(13)));
        assert_eq!(check("kawa to yama", true, &[]), Ok(()));
        assert_eq!(check("kawa to yama 8", false, &[]), Ok(()));
        assert_eq!(check("short12", true, &[]), Err(Weakness::Short(8)));
        assert_eq!(check(&"ab1x".repeat(60), false, &[]), Err(Weakness::Long));
        // Characters count, not bytes: thirteen kana are thirteen.
        assert_eq!(check("あさひがのぼるふじのやまかげ", false, &[]), Ok(()));
    }

    #[test]
    fn what_everybody_tries_is_refused() {
        for bad in [
            "password",
            "Password1234!",
            "1234567890123",
            "aaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "9876543210987",
            "qwertyuiop",
            "odawara2026",
            "P A S S W O R D",
        ] {
            assert!(check(bad, true, &[]).is_err(), "{bad}");
        }
        assert_eq!(
            check("numata.kei12", true, &["numata.kei"]),
            Err(Weakness::Name)
        );
        assert_eq!(
            check("numata.kei99", true, &["numata.kei@town.example.jp"]),
            Err(Weakness::Name)
        );
        assert_eq!(
            check("numata.kei rides a red bicycle", true, &["numata.kei"]),
            Ok(())
        );
    }

    proptest! {
        #[test]
        fn never_panics_and_never_below_the_least(text in "\\PC{0,40}", second in any::<bool>()) {
            let least = if second { MIN_WITH_SECOND_FACTOR } else { MIN_ALONE };
            if check(&text, second, &["x"]).is_ok() {
                prop_assert!(text.chars().count() >= least);
            }
        }
    }
}
