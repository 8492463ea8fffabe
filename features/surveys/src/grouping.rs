//! Puts equal and nearly equal answers together, so that ten answers read like three.
//!
//! Deterministic and fast enough for every municipality of the country: equal texts are found by hashing; the rest is
//! compared only with those groups that share enough sampled trigrams, by the share of common bigrams.

use std::collections::HashMap;

/// Two texts are variants of each other from this share of common bigrams (Dice) on.
pub const NEAR: f64 = 0.8;
/// From this share on, a variant is called nearly the same; below, different.
pub const NEARLY_SAME: f64 = 0.9;
/// A text that contains the base almost whole is its variant too, as long as the base is at least this share of both.
const CONTAINED: (f64, f64) = (0.9, 0.5);
/// Below so many bigrams, containment says nothing.
const ENOUGH: usize = 40;
/// A trigram found in more groups than this tells them apart no more.
const COMMON: usize = 32;
/// How many likely groups a text is compared with.
const TRIES: usize = 4;

/// How a variant stands to its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// A word or two differ.
    Nearly,
    /// Most is shared, but a sentence or more differs.
    Different,
}

/// One wording and everybody who used it (places in the survey's order).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The text as the first of them typed it.
    pub body: String,
    /// Who, in the survey's order; never empty.
    pub who: Vec<usize>,
}

/// A common text and its variants.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The wording most of them used.
    pub base: Wording,
    /// The others, nearest first.
    pub variants: Vec<(Wording, Close)>,
}

impl Group {
    /// How many municipalities stand in this group.
    #[must_use]
    pub fn members(&self) -> usize {
        self.base.who.len()
            + self
                .variants
                .iter()
                .map(|(w, _)| w.who.len())
                .sum::<usize>()
    }
}

/// All answers to one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// Largest first, then in the survey's order.
    pub groups: Vec<Group>,
    /// Who wrote nothing.
    pub blank: Vec<usize>,
    /// Who did not answer this question.
    pub unanswered: Vec<usize>,
}

impl Grouping {
    /// How many bytes of text it holds, for the bound of the cache.
    #[must_use]
    pub fn weight(&self) -> usize {
        let wordings = self
            .groups
            .iter()
            .flat_map(|g| std::iter::once(&g.base).chain(g.variants.iter().map(|(w, _)| w)));
        let places = self.blank.len() + self.unanswered.len();
        wordings
            .map(|w| w.body.len() + w.who.len() * 8 + 100)
            .sum::<usize>()
            + places * 8
    }
}

/// Groups the answers to one question; the index in `bodies` is the municipality's place, `None` is no answer.
#[must_use]
pub fn group(bodies: &[Option<&str>]) -> Grouping {
    let mut out = Grouping::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut wordings: Vec<Wording> = Vec::new();
    for (who, body) in bodies.iter().enumerate() {
        match body {
            None => out.unanswered.push(who),
            Some(body) if crate::model::is_blank(body) => out.blank.push(who),
            Some(body) => {
                let place = *places.entry(normal(body)).or_insert_with(|| {
                    wordings.push(Wording {
                        body: (*body).to_owned(),
                        who: Vec::new(),
                    });
                    wordings.len() - 1
                });
                wordings[place].who.push(who);
            }
        }
    }
    wordings.sort_by_key(|w| (std::cmp::Reverse(w.who.len()), w.who[0]));
    let mut index = Index::default();
    for wording in wordings {
        let normal = normal(&wording.body);
        let grams = Grams::of(&normal);
        match index.nearest(&normal, &grams) {
            Some((at, dice)) => {
                let close = if dice >= NEARLY_SAME {
                    Close::Nearly
                } else {
                    Close::Different
                };
                index.groups[at].1.push((dice, close, wording));
            }
            None => index.add(&normal, grams, wording),
        }
    }
    out.groups = index.groups.into_iter().map(finish).collect();
    out.groups
        .sort_by_key(|g| (std::cmp::Reverse(g.members()), g.base.who[0]));
    out
}

/// A text without what no reader would call a difference: blank lines and the width of gaps.
fn normal(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.lines() {
        let start = out.len();
        for word in line.split_whitespace() {
            if out.len() > start {
                out.push(' ');
            } else if start > 0 {
                out.push('\n');
            }
            out.push_str(word);
        }
    }
    out
}

type Found = (Wording, Vec<(f64, Close, Wording)>);

fn finish((base, mut found): Found) -> Group {
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.2.who.len().cmp(&a.2.who.len()))
            .then(a.2.who[0].cmp(&b.2.who[0]))
    });
    Group {
        base,
        variants: found
            .into_iter()
            .map(|(_, close, wording)| (wording, close))
            .collect(),
    }
}

/// The multiset of a text's bigrams, sorted.
struct Grams(Vec<u64>);

impl Grams {
    fn of(text: &str) -> Self {
        let mut grams: Vec<u64> = text
            .chars()
            .zip(text.chars().skip(1))
            .map(|(a, b)| (u64::from(a) << 32) | u64::from(b))
            .collect();
        if grams.is_empty() {
            grams.extend(text.chars().map(u64::from));
        }
        grams.sort_unstable();
        Self(grams)
    }

    fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b, mut shared) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    a.next();
                    b.next();
                }
            }
        }
        shared
    }

    /// The Dice share, when the texts count as variants of one another.
    fn variant(&self, other: &Self) -> Option<f64> {
        let (shared, shorter) = (self.shared(other), self.0.len().min(other.0.len()));
        let dice = 2.0 * as_f64(shared) / as_f64(self.0.len() + other.0.len());
        let contained = shorter >= ENOUGH
            && as_f64(shared) >= CONTAINED.0 * as_f64(shorter)
            && dice >= CONTAINED.1;
        (dice >= NEAR || contained).then_some(dice)
    }
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// Groups so far, found by the trigrams of their base.
#[derive(Default)]
struct Index {
    groups: Vec<Found>,
    grams: Vec<Grams>,
    /// How many trigrams of each group are in `postings`.
    sampled: Vec<usize>,
    postings: HashMap<u64, Vec<u32>>,
}

impl Index {
    fn add(&mut self, normal: &str, grams: Grams, base: Wording) {
        let at = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let all = trigrams(normal);
        let sample: Vec<u64> = if all.len() > 64 {
            all.iter().copied().filter(|h| h % 4 == 0).collect()
        } else {
            all
        };
        let mut kept = 0;
        for hash in &sample {
            let list = self.postings.entry(*hash).or_default();
            if list.len() < COMMON {
                list.push(at);
                kept += 1;
            }
        }
        self.sampled.push(kept);
        self.grams.push(grams);
        self.groups.push((base, Vec::new()));
    }

    /// The best group for a text, with the Dice share of their common bigrams.
    fn nearest(&self, normal: &str, grams: &Grams) -> Option<(usize, f64)> {
        let mut hits = vec![0_usize; self.groups.len()];
        for hash in trigrams(normal) {
            for at in self.postings.get(&hash).into_iter().flatten() {
                hits[*at as usize] += 1;
            }
        }
        // A base that shares NEAR of its bigrams shares at least half of its trigrams in all but contrived texts; 0.3 leaves room for sampling.
        let mut likely: Vec<(usize, usize)> = hits
            .iter()
            .enumerate()
            .filter(|(at, hits)| **hits > 0 && **hits * 10 >= self.sampled[*at] * 3)
            .map(|(at, hits)| (hits * 1000 / self.sampled[at].max(1), at))
            .collect();
        likely.sort_unstable_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        likely
            .into_iter()
            .take(TRIES)
            .filter_map(|(_, at)| self.grams[at].variant(grams).map(|dice| (at, dice)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    }
}

/// The distinct trigrams of a text as hashes that are equal on every machine.
fn trigrams(text: &str) -> Vec<u64> {
    let chars: Vec<char> = text.chars().collect();
    let hash = |window: &[char]| {
        window.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| {
            let mixed = (hash ^ u64::from(*c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ (mixed >> 29)
        })
    };
    let mut all: Vec<u64> = if chars.len() < 3 {
        vec![hash(&chars)]
    } else {
        chars.windows(3).map(hash).collect()
    };
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
#[path = "grouping_tests.rs"]
mod tests;
