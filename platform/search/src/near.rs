//! Words with one letter changed, left out or put in.

use roaring::RoaringBitmap;

use crate::sets::Terms;

/// Shorter words have too many neighbours.
const SHORTEST: usize = 3;
/// So many documents are read at most; enough for every name of an area.
const READ: usize = 20_000;

/// Documents whose text holds the word with at most one letter changed, left out or put in. One half of the word is then
/// still whole, so only documents with one of the halves are read, and only those that may be found.
pub(crate) fn find<'a>(
    letters: &[char],
    terms: &Terms,
    allowed: &RoaringBitmap,
    text: impl Fn(u32) -> Option<&'a str>,
) -> RoaringBitmap {
    if letters.len() < SHORTEST {
        return RoaringBitmap::new();
    }
    let (left, right) = letters.split_at(letters.len() / 2);
    let mut candidates = terms.candidates(right).into_owned();
    candidates |= &*terms.candidates(left);
    candidates &= allowed;
    let mut rows = Vec::new();
    let near = candidates
        .iter()
        .take(READ)
        .filter(|doc| text(*doc).is_some_and(|text| holds(text, letters, &mut rows)));
    let list: Vec<u32> = near.collect();
    RoaringBitmap::from_sorted_iter(list).unwrap_or_default()
}

/// Whether a part of the text is at most one edit away from the word (Sellers 1980: the matrix of edits, where a match may
/// begin anywhere).
pub(crate) fn holds(text: &str, word: &[char], row: &mut Vec<u8>) -> bool {
    row.clear();
    row.extend((0..=word.len()).map(|n| n.min(9) as u8));
    for letter in text.chars() {
        let mut before = row[0];
        for (at, wanted) in word.iter().enumerate() {
            let change = before + u8::from(*wanted != letter);
            before = row[at + 1];
            row[at + 1] = change.min(before + 1).min(row[at] + 1);
        }
        if row[word.len()] <= 1 {
            return true;
        }
    }
    false
}

/// Whether two words are at most one edit apart.
pub(crate) fn whole(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same..], &other[same..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => a.is_empty() || a[1..] == b[1..],
        std::cmp::Ordering::Less => a == &b[1..],
        std::cmp::Ordering::Greater => &a[1..] == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_differ_and_two_may_not() {
        let near = |text: &str, word: &str| {
            holds(text, &word.chars().collect::<Vec<_>>(), &mut Vec::new())
        };
        assert!(near("ひかり薬局\n", "ひかい薬局"), "changed");
        assert!(near("ひかり薬局\n", "ひり薬局"), "left out");
        assert!(near("ひかり薬局\n", "ひかかり薬局"), "put in");
        assert!(!near("ひかり薬局\n", "ひいい薬局"));
        assert!(near("小田原ひかり薬局\n", "ひかり薬"), "in the middle");
    }
}
