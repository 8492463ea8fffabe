//! Entries of the programme and the sentences they come from: what connects this room with the programme.
//!
//! A place is answer, paragraph, start and end in Unicode code points; the quote is what stands there and is never edited.

pub(crate) mod actions;
pub(crate) mod dismissal;
mod load;
pub(crate) mod store;

#[cfg(test)]
mod tests;

pub use load::{Fault, load};

use crate::model::AnswerId;

/// One answer as citing needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) id: AnswerId,
    /// 団体コード of the municipality that wrote it.
    pub(crate) municipality: String,
    /// Place of the question in addresses.
    pub(crate) question: String,
    pub(crate) body: String,
    pub(crate) published: bool,
}

/// A stretch of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// Line of the answer, from 0.
    pub(crate) paragraph: usize,
    /// First code point inside the line.
    pub(crate) start: usize,
    /// Past the last.
    pub(crate) end: usize,
}

impl Place {
    /// The characters there; `None` outside the text.
    pub(crate) fn quote(self, body: &str) -> Option<String> {
        crate::segments::slice(body, self.paragraph, self.start, self.end)
    }

    /// The stretch between two runs of words, for people who select without scripts: from the first place of `from` to the end of
    /// the first `to` behind it; without `to` the words of `from` alone.
    pub(crate) fn between(body: &str, from: &str, to: &str) -> Option<Self> {
        if from.is_empty() {
            return None;
        }
        for (paragraph, line) in crate::model::paragraphs(body).into_iter().enumerate() {
            let Some(first) = line.find(from) else {
                continue;
            };
            let past = if to.is_empty() {
                first + from.len()
            } else {
                match line[first..].find(to) {
                    Some(at) => first + at + to.len(),
                    None => continue,
                }
            };
            let start = line[..first].chars().count();
            let end = line[..past].chars().count();
            return (start < end).then_some(Self {
                paragraph,
                start,
                end,
            });
        }
        None
    }

    /// Where an old quote stands in a new text: letter by letter when it is still there, otherwise the nearest proposed segment
    /// that shares at least half of its words. The clerk confirms either.
    pub(crate) fn find_again(body: &str, quote: &str) -> Option<(Self, bool)> {
        const NEAR: f64 = 0.5;
        if let Some(place) = Self::between(body, quote, "") {
            return Some((place, true));
        }
        let mut best: Option<(f64, Self)> = None;
        for segment in crate::segments::propose(body, &[]) {
            let place = Self {
                paragraph: segment.paragraph,
                start: segment.start,
                end: segment.end,
            };
            let Some(text) = place.quote(body) else {
                continue;
            };
            let near = kernel::diff::similarity(quote, &text);
            if near >= NEAR && best.is_none_or(|(than, _)| near > than) {
                best = Some((near, place));
            }
        }
        best.map(|(_, place)| (place, false))
    }

    fn numbers(self) -> [i64; 3] {
        [self.paragraph, self.start, self.end].map(|n| i64::try_from(n).unwrap_or(i64::MAX))
    }
}
