//! The year's end: what a copy for a request of disclosure shows, and how long records are kept.

use std::sync::LazyLock;

use kernel::{Date, Lang};
use serde::Deserialize;

::store::ids! {
    /// A copy for a request of disclosure.
    pub DisclosureId;
}

/// What stands in a copy where something was blacked out. Always the same length, so that it does not tell how much.
pub const BAR: &str = "\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}\u{2588}";

/// A text cut into the pieces that can be blacked out one by one: sentences and lines, nothing lost between them.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\n' | '\u{3002}') {
            let past = at + c.len_utf8();
            found.push(&text[from..past]);
            from = past;
        }
    }
    if from < text.len() {
        found.push(&text[from..]);
    }
    found
}

/// The copy: the pieces as they are, and a bar for each one that is hidden. Line ends stay, so that the paper keeps its form.
/// Nothing of a hidden piece is in the result.
#[must_use]
pub fn redact(text: &str, hidden: &[usize]) -> (String, usize) {
    let mut copy = String::with_capacity(text.len());
    let mut count = 0;
    for (at, piece) in pieces(text).into_iter().enumerate() {
        if hidden.contains(&at) && !piece.trim().is_empty() {
            copy.push_str(BAR);
            if piece.ends_with('\n') {
                copy.push('\n');
            }
            count += 1;
        } else {
            copy.push_str(piece);
        }
    }
    (copy, count)
}

/// A kind of official record with the proposed time of keeping.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordKind {
    /// Its word.
    pub key: String,
    name_ja: String,
    name_en: String,
    /// Proposed years.
    pub years: i64,
}

impl RecordKind {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ja, &self.name_en)
    }
}

#[derive(Deserialize, Default)]
struct Kinds {
    #[serde(default)]
    kind: Vec<RecordKind>,
}

/// The kinds of official records of the programme; a test reads the file, so it is never empty.
#[must_use]
pub fn record_kinds() -> &'static [RecordKind] {
    static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
        toml::from_str(include_str!(
            "../../../../data/kensei/programme/records.toml"
        ))
        .unwrap_or_default()
    });
    &KINDS.kind
}

/// The last day on which a record of a fiscal year is kept: so many years from the 1 April that follows it.
#[must_use]
pub fn kept_until(fiscal_year: i32, years: i64) -> Option<Date> {
    let year = i64::from(fiscal_year).checked_add(years)?.checked_add(1)?;
    Date::new(i16::try_from(year).ok()?, 3, 31).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn kinds_are_read() {
        assert_eq!(record_kinds().len(), 4);
    }

    #[test]
    fn what_is_hidden_is_not_in_the_copy() {
        let text = "担当は健康課。電話は担当者の私用。\n次の行";
        assert_eq!(pieces(text).len(), 4);
        let (copy, count) = redact(text, &[1, 2]);
        assert!(!copy.contains("私用"), "{copy}");
        assert!(copy.starts_with("担当は健康課。") && copy.ends_with("次の行"));
        assert_eq!(count, 1, "an empty piece is nothing to hide");
    }

    #[test]
    fn five_years_are_counted_from_the_april_after() {
        assert_eq!(kept_until(2026, 5).unwrap().to_string(), "2032-03-31");
    }

    proptest! {
        #[test]
        fn no_hidden_sentence_survives(parts in proptest::collection::vec("[a-z]{4,12}", 1..12), mask in 0_u16..4096) {
            // Each sentence is told apart by its number, so that a shown one cannot look like a hidden one.
            let text: String = parts.iter().enumerate().map(|(i, p)| format!("{p}#{i};\u{3002}")).collect();
            let hidden: Vec<usize> = (0..parts.len()).filter(|i| mask & (1 << i) != 0).collect();
            let (copy, count) = redact(&text, &hidden);
            prop_assert_eq!(count, hidden.len());
            for (at, part) in parts.iter().enumerate() {
                let own = format!("{part}#{at};");
                prop_assert_eq!(copy.contains(&own), !hidden.contains(&at));
            }
            prop_assert_eq!(pieces(&text).concat(), text);
        }
    }
}
