//! Text as people type it, and the folded form that searching compares.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text holds a null byte, which PostgreSQL cannot store and no person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text holds a null byte at byte {at}")]
pub struct NullByte {
    /// Where, in bytes from the start.
    pub at: usize,
}

/// What every text field of a form passes: line ends become `\n`, and nothing else changes.
///
/// Variation selectors of names, emoji, full-width forms and spaces stay as typed.
///
/// # Errors
/// [`NullByte`] when the text holds U+0000.
pub fn clean(text: &str) -> Result<String, NullByte> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Err(NullByte { at });
    }
    if !text.as_bytes().contains(&b'\r') {
        return Ok(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\r') {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
    Ok(out)
}

/// Folds a text for searching: NFKC, lower case, katakana to hiragana, variation selectors and
/// invisible characters dropped, runs of white space as one space, none at the ends.
///
/// 「ﾎｰﾑ　ヘルパー」 and 「ほーむ へるぱー」 fold alike; 「葛󠄀」 with a variation selector folds to 「葛」.
/// Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |mut c: char| {
        if c.is_whitespace() {
            gap = true;
            return;
        }
        if is_invisible(c) {
            return;
        }
        if gap {
            if !out.is_empty() {
                out.push(' ');
            }
            gap = false;
        }
        c = hiragana(c);
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    };
    if is_plain(text) {
        text.chars().for_each(&mut push);
        return out;
    }
    text.chars()
        .filter(|c| !is_invisible(*c))
        .nfkc()
        .for_each(&mut push);
    // Lower case and kana can open a new composition (İ, or a voiced mark that stood alone); such
    // characters are rare, and one more pass settles them.
    if out
        .chars()
        .any(|c| matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}'..='\u{309c}'))
    {
        out = out
            .nfkc()
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
    }
    out
}

/// Drops what is around the words: white space of both widths at the ends.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Full-width letters, digits and signs to ASCII, for codes and numbers that people type.
#[must_use]
pub fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(half_width_char).collect())
}

/// One character of [`half_width`]; the many dashes and long marks that stand for a hyphen become one.
pub(crate) fn half_width_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff70}' => '-',
        _ => c,
    }
}

/// True when NFKC cannot change the text: ASCII, hiragana, katakana and common ideographs.
/// Most text of this system is such, and skipping the tables makes folding several times faster.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, '\0'..='\u{7f}' | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}')
    })
}

/// Selectors and marks that no one sees: variation selectors (also of ideographs), zero-width
/// spaces and joiners, direction marks, soft hyphen, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
            | '\u{180b}'..='\u{180d}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{ad}'
    )
}

fn hiragana(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' | '\u{30fd}' | '\u{30fe}' => {
            char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_line_ends_change() {
        for (typed, kept) in [
            ("一行\r\n二行\r三行\n\r\n", "一行\n二行\n三行\n\n"),
            ("葛\u{e0100}城市　👩‍⚕️ ﾊﾝｶｸ", "葛\u{e0100}城市　👩‍⚕️ ﾊﾝｶｸ"),
            ("", ""),
            ("\r", "\n"),
        ] {
            assert_eq!(clean(typed).unwrap(), kept);
        }
        assert_eq!(clean("あ\0い"), Err(NullByte { at: 3 }));
    }

    #[test]
    fn what_people_mean_folds_alike() {
        for (one, two) in [
            ("ﾎｰﾑ　ヘルパー", "ほーむ へるぱー"),
            ("葛\u{e0100}城", "葛城"),
            ("ＭＳＷ", "msw"),
            ("ｶﾞｲﾄﾞ", "がいど"),
            ("か\u{3099}いど", "ガイド"),
            ("①", "1"),
            ("㈱アシガラ", "(株)あしがら"),
            ("  前後 \n 空白  ", "前後 空白"),
            ("㋿", "令和"),
            ("ヴ", "ゔ"),
            ("a\u{200b}b", "AB"),
        ] {
            assert_eq!(fold(one), fold(two), "{one}");
        }
        assert_eq!(fold("高橋"), "高橋");
        assert_ne!(
            fold("髙橋"),
            fold("高橋"),
            "different letters stay different"
        );
    }

    #[test]
    fn typed_codes_become_ascii() {
        assert_eq!(half_width("１４２０６９"), "142069");
        assert_eq!(half_width("０４６５−３３ー１８５７　Ａ"), "0465-33-1857 A");
        assert_eq!(trim("\u{feff}　真鶴町 \n"), "真鶴町");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_japanese_twice_changes_nothing(text in "[ぁ-んァ-ヶー゛゜ｱ-ﾟ一-三Ａ-ｚ　 \u{3099}\u{309a}\u{fe0f}]{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn cleaning_loses_nothing_but_carriage_returns(text in "[a-c\r\n葛\u{e0100}]{0,40}") {
            let kept = clean(&text).unwrap();
            prop_assert!(!kept.contains('\r'));
            let without = |s: &str| s.replace(['\r', '\n'], "");
            prop_assert_eq!(without(&kept), without(&text));
        }
    }
}
