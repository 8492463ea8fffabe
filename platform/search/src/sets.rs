//! Sets of documents: by pair of letters, and by mark.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use roaring::RoaringBitmap;

use crate::terms::{END, FIELD, pair, pairs};

/// Sets of documents by pair of letters.
#[derive(Default)]
pub(crate) struct Terms(pub(crate) BTreeMap<u64, RoaringBitmap>);

impl Terms {
    pub(crate) fn put(&mut self, text: &str, doc: u32) {
        for field in text.split(FIELD) {
            pairs(field, |key| {
                self.0.entry(key).or_default().insert(doc);
            });
        }
    }

    pub(crate) fn remove(&mut self, text: &str, doc: u32) {
        for field in text.split(FIELD) {
            pairs(field, |key| {
                if let Some(set) = self.0.get_mut(&key) {
                    set.remove(doc);
                    if set.is_empty() {
                        self.0.remove(&key);
                    }
                }
            });
        }
    }

    /// Documents that hold all pairs of these letters; not yet whether the pairs stand together.
    pub(crate) fn candidates(&self, letters: &[char]) -> Cow<'_, RoaringBitmap> {
        let none = || Cow::Owned(RoaringBitmap::new());
        match letters {
            [] => none(),
            [one] => {
                let range = pair(*one, END)..=pair(*one, char::MAX);
                let mut set = RoaringBitmap::new();
                for (_, more) in self.0.range(range) {
                    set |= more;
                }
                Cow::Owned(set)
            }
            [one, two] => self
                .0
                .get(&pair(*one, *two))
                .map_or_else(none, Cow::Borrowed),
            _ => {
                let mut sets = Vec::with_capacity(letters.len());
                for two in letters.windows(2) {
                    match self.0.get(&pair(two[0], two[1])) {
                        Some(set) => sets.push(set),
                        None => return none(),
                    }
                }
                sets.sort_by_key(|set| set.len());
                let mut found = sets[0] & sets[1];
                for set in &sets[2..] {
                    if found.is_empty() {
                        break;
                    }
                    found &= *set;
                }
                Cow::Owned(found)
            }
        }
    }
}

/// Sets of documents by mark.
#[derive(Default)]
pub(crate) struct Marks {
    numbers: HashMap<String, u32>,
    pub(crate) sets: Vec<RoaringBitmap>,
    pub(crate) groups: BTreeMap<String, Vec<(String, u32)>>,
}

impl Marks {
    pub(crate) fn put(&mut self, mark: &str, doc: u32) -> u32 {
        let number = match self.numbers.get(mark) {
            Some(number) => *number,
            None => {
                let number = self.sets.len() as u32;
                self.sets.push(RoaringBitmap::new());
                self.numbers.insert(mark.to_owned(), number);
                self.groups
                    .entry(group(mark).to_owned())
                    .or_default()
                    .push((mark.to_owned(), number));
                number
            }
        };
        self.sets[number as usize].insert(doc);
        number
    }

    pub(crate) fn get(&self, mark: &str) -> Option<&RoaringBitmap> {
        self.sets.get(*self.numbers.get(mark)? as usize)
    }
}

pub(crate) fn group(mark: &str) -> &str {
    mark.split(':').next().unwrap_or(mark)
}
