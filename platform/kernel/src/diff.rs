//! What differs between two texts, word by word, so that a reader sees it in one glance.
//!
//! Words are those of the Unicode segmenter with its Japanese dictionary. Paragraphs (lines) are
//! compared first and words only inside the paragraphs that differ, so long texts with few changes
//! are cheap. Where a stretch is longer than [`WORDS`] words on a side, or shares hardly a word with
//! what replaced it, its paragraphs are marked whole: marks between unrelated sentences help nobody.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};
use similar::{Algorithm, DiffOp, capture_diff_slices};

mod tidy;

/// The longest stretch of changed paragraphs, in words of either side, that is compared by words.
/// The comparison is quadratic at worst; this bounds it to about a tenth of a second.
pub const WORDS: usize = 6_000;

/// The share of common words below which a stretch counts as replaced rather than edited.
const KIN: f64 = 0.2;

/// What happened to a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In both texts.
    Same,
    /// Only in the base.
    Deleted,
    /// Only in the other.
    Inserted,
}

/// A piece of one or both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What happened to it.
    pub kind: Kind,
    /// Its words, with spaces and signs as written.
    pub text: String,
}

/// The differences of `other` from `base`.
///
/// All pieces but the inserted ones, joined, are `base`; all but the deleted ones are `other`. No
/// two neighbours are of one kind, no piece is empty, and where a piece is replaced the deleted
/// words stand before the inserted ones. A single short word that stayed between two changes is
/// marked with them.
#[must_use]
pub fn words(base: &str, other: &str) -> Vec<Piece> {
    let mut out = Pieces::default();
    if base == other {
        out.push(Kind::Same, base);
        return out.0;
    }
    let (old, new) = (lines(base), lines(other));
    let (old_ids, new_ids) = number(&old, &new);
    for op in capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids) {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => out.push(Kind::Same, &old[old_range].concat()),
            _ => stretch(&mut out, &old[old_range].concat(), &new[new_range].concat()),
        }
    }
    tidy::tidy(out.0)
}

/// How alike two texts are, from 0 (no word in common) to 1 (equal but for white space): twice the
/// characters of the words in common, in order, over the characters of both.
///
/// Beyond [`WORDS`] words a side the order is no longer looked at.
#[must_use]
pub fn similarity(a: &str, b: &str) -> f64 {
    let (a, b) = (without_space(a), without_space(b));
    if a == b {
        return 1.0;
    }
    let (old, new) = (split(&a), split(&b));
    let (old_ids, new_ids) = number(&old, &new);
    let common: usize = if old.len().max(new.len()) > WORDS {
        in_common(&old, &old_ids, &new_ids)
    } else {
        capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids)
            .iter()
            .filter(|op| matches!(op, DiffOp::Equal { .. }))
            .map(|op| length(&old[op.old_range()]))
            .sum()
    };
    share(common, length(&old), length(&new))
}

/// The words of one text without their order: tells cheaply that two texts cannot be alike, where
/// many texts are compared with many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Hash and characters of each word, sorted.
    words: Vec<(u64, usize)>,
    length: usize,
}

impl Profile {
    /// Counts the words of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = without_space(text);
        let mut words: Vec<(u64, usize)> = split(&text)
            .into_iter()
            .map(|word| {
                let mut hasher = DefaultHasher::new();
                word.hash(&mut hasher);
                (hasher.finish(), word.chars().count())
            })
            .collect();
        words.sort_unstable();
        let length = words.iter().map(|(_, length)| length).sum();
        Self { words, length }
    }

    /// A bound that [`similarity`] of the two texts does not exceed.
    #[must_use]
    pub fn at_most(&self, other: &Self) -> f64 {
        let (mut left, mut right) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut common = 0;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common += one.1;
                    left.next();
                    right.next();
                }
            }
        }
        share(common, self.length, other.length)
    }
}

/// Pieces as they are found; neighbours of one kind grow together.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, kind: Kind, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.0.push(Piece {
                kind,
                text: text.to_owned(),
            }),
        }
    }
}

/// Compares paragraphs that replaced each other by their words.
fn stretch(out: &mut Pieces, base: &str, other: &str) {
    let whole = |out: &mut Pieces| {
        out.push(Kind::Deleted, base);
        out.push(Kind::Inserted, other);
    };
    if base.is_empty() || other.is_empty() {
        return whole(out);
    }
    let (old, new) = (split(base), split(other));
    if old.len().max(new.len()) > WORDS {
        return whole(out);
    }
    let (old_ids, new_ids) = number(&old, &new);
    let smaller = length(&old).min(length(&new));
    if share(in_common(&old, &old_ids, &new_ids), smaller, smaller) < KIN {
        return whole(out);
    }
    for op in capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids) {
        let (gone, come) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        if matches!(op, DiffOp::Equal { .. }) {
            out.push(Kind::Same, &gone);
        } else {
            out.push(Kind::Deleted, &gone);
            out.push(Kind::Inserted, &come);
        }
    }
}

/// Lines with their ends.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Words, signs and spaces, in order; joined they are the text.
fn split(text: &str) -> Vec<&str> {
    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));
    let mut from = 0;
    SEGMENTER
        .segment_str(text)
        .filter_map(|to| {
            let word = text.get(from..to).filter(|word| !word.is_empty());
            from = to;
            word
        })
        .collect()
}

/// Small numbers for words, so that comparing them costs nothing.
fn number<'a>(old: &[&'a str], new: &[&'a str]) -> (Vec<u32>, Vec<u32>) {
    let mut known: HashMap<&str, u32> = HashMap::with_capacity(old.len());
    let mut ids = |words: &[&'a str]| -> Vec<u32> {
        words
            .iter()
            .map(|word| {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(word).or_insert(next)
            })
            .collect()
    };
    (ids(old), ids(new))
}

/// Characters of the words that both have, wherever they stand.
fn in_common(old: &[&str], old_ids: &[u32], new_ids: &[u32]) -> usize {
    let mut counts: HashMap<u32, usize> = HashMap::with_capacity(new_ids.len());
    for id in new_ids {
        *counts.entry(*id).or_default() += 1;
    }
    old.iter()
        .zip(old_ids)
        .filter(|(_, id)| {
            let Some(left) = counts.get_mut(id).filter(|left| **left > 0) else {
                return false;
            };
            *left -= 1;
            true
        })
        .map(|(word, _)| word.chars().count())
        .sum()
}

fn length(words: &[&str]) -> usize {
    words.iter().map(|word| word.chars().count()).sum()
}

fn share(common: usize, one: usize, two: usize) -> f64 {
    let whole = u32::try_from(one + two).unwrap_or(u32::MAX);
    if whole == 0 {
        return 1.0;
    }
    (2.0 * f64::from(u32::try_from(common).unwrap_or(u32::MAX)) / f64::from(whole)).clamp(0.0, 1.0)
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests;
