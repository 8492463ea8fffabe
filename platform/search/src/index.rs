//! The inverted index: sets of documents by pairs of letters and by marks.

use std::collections::{HashMap, hash_map::Entry};

use kernel::Uuid;
use roaring::RoaringBitmap;

use crate::{
    Audience, Document,
    sets::{Marks, Terms},
    terms::{FIELD, folded, order_key},
};

/// Records in memory, ready to be searched.
#[derive(Default)]
pub struct Index {
    docs: Vec<Option<Doc>>,
    /// What a walk through many documents reads of each, side by side, so that it is a walk through memory.
    pub(crate) sites: Vec<Site>,
    /// Where each document stands in the order of readings.
    pub(crate) orders: Vec<u64>,
    free: Vec<u32>,
    by_id: HashMap<Uuid, u32>,
    /// Documents with more marks than lie beside their places.
    pub(crate) many: RoaringBitmap,
    many_marks: HashMap<u32, Box<[u32]>>,
    guarded_marks: HashMap<u32, Box<[u32]>>,
    /// Documents that anybody may find, that any professional may find, and all.
    pub(crate) public: RoaringBitmap,
    pub(crate) shared: RoaringBitmap,
    pub(crate) all: RoaringBitmap,
    /// Documents by the one whose people may find them.
    pub(crate) readers: HashMap<Uuid, RoaringBitmap>,
    readers_of: HashMap<u32, Vec<Uuid>>,
    pub(crate) names: Terms,
    pub(crate) texts: Terms,
    /// Documents by the whole of their name, for hits that are called exactly so: the first, and the others.
    exact: HashMap<u64, u32>,
    exact_too: HashMap<u64, Vec<u32>>,
    pub(crate) marks: Marks,
    pub(crate) guarded: Marks,
}

/// One document as the index keeps it.
pub(crate) struct Doc {
    pub(crate) id: Uuid,
    /// Name, reading and texts, folded, without spaces, with a border after each.
    pub(crate) text: Box<str>,
    /// Where name and reading end in `text`.
    pub(crate) names_end: u32,
}

/// So many marks of a document lie beside its place; few have more.
pub(crate) const BESIDE: usize = 12;

/// Where a document is, and its marks: half a line of the processor's memory.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(crate) struct Site {
    /// Not a number where the place is not known.
    pub(crate) lat: f32,
    pub(crate) lon: f32,
    /// Each number plus one; 0 after the last.
    pub(crate) beside: [u16; BESIDE],
}

impl Doc {
    pub(crate) fn names(&self) -> &str {
        &self.text[..self.names_end as usize]
    }

    pub(crate) fn texts(&self) -> &str {
        &self.text[self.names_end as usize..]
    }

    fn name(&self) -> &str {
        self.text.split(FIELD).next().unwrap_or_default()
    }
}

/// How much an index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Documents.
    pub documents: usize,
    /// Different pairs of letters.
    pub pairs: usize,
}

impl Index {
    /// How much it holds.
    #[must_use]
    pub fn size(&self) -> Size {
        Size {
            documents: self.by_id.len(),
            pairs: self.names.0.len() + self.texts.0.len(),
        }
    }

    /// Puts a record in, or the newer text of one that is there.
    pub fn put(&mut self, document: &Document) {
        self.remove(document.id);
        let number = self.free.pop().unwrap_or(self.docs.len() as u32);
        let squeezed = |text: &str| {
            let mut out = folded(text);
            out.retain(|c| c != ' ' && c != FIELD);
            out.push(FIELD);
            out
        };
        let mut text = squeezed(&document.name);
        text.push_str(&squeezed(&document.kana));
        let names_end = text.len();
        for more in &document.texts {
            text.push_str(&squeezed(more));
        }
        self.names.put(&text[..names_end], number);
        self.texts.put(&text[names_end..], number);
        let put = |marks: &mut Marks, list: &[String]| -> Box<[u32]> {
            list.iter().map(|mark| marks.put(mark, number)).collect()
        };
        let order = if document.kana.is_empty() {
            order_key(&folded(&document.name))
        } else {
            order_key(&folded(&document.kana))
        };
        let doc = Doc {
            id: document.id,
            names_end: names_end as u32,
            text: text.into_boxed_str(),
        };
        let marks = put(&mut self.marks, &document.marks);
        let guarded = put(&mut self.guarded, &document.guarded_marks);
        if !guarded.is_empty() {
            self.guarded_marks.insert(number, guarded);
        }
        let key = hash(doc.name());
        match self.exact.entry(key) {
            Entry::Vacant(place) => {
                place.insert(number);
            }
            Entry::Occupied(_) => self.exact_too.entry(key).or_default().push(number),
        }
        self.all.insert(number);
        match &document.readers {
            None => {
                self.shared.insert(number);
                if document.audience == Audience::Public {
                    self.public.insert(number);
                }
            }
            Some(readers) => {
                for reader in readers {
                    self.readers.entry(*reader).or_default().insert(number);
                }
                self.readers_of.insert(number, readers.clone());
            }
        }
        self.by_id.insert(document.id, number);
        let mut beside = [0_u16; BESIDE];
        for (place, mark) in beside.iter_mut().zip(&marks) {
            *place = u16::try_from(mark + 1).unwrap_or(0);
        }
        // More than fit, or with numbers that do not: counted set by set.
        let fits = marks.len() <= BESIDE && marks.iter().all(|mark| *mark < u32::from(u16::MAX));
        if !fits {
            beside = [0; BESIDE];
            self.many.insert(number);
            self.many_marks.insert(number, marks);
        }
        let site = Site {
            beside,
            lat: document.place.map_or(f32::NAN, |p| p.lat as f32),
            lon: document.place.map_or(f32::NAN, |p| p.lon as f32),
        };
        match self.docs.get_mut(number as usize) {
            Some(place) => {
                *place = Some(doc);
                self.sites[number as usize] = site;
                self.orders[number as usize] = order;
            }
            None => {
                self.docs.push(Some(doc));
                self.sites.push(site);
                self.orders.push(order);
            }
        }
    }

    /// Takes a record out; nothing happens when it is not there.
    pub fn remove(&mut self, id: Uuid) {
        let Some(number) = self.by_id.remove(&id) else {
            return;
        };
        let Some(doc) = self.docs.get_mut(number as usize).and_then(Option::take) else {
            return;
        };
        self.names.remove(doc.names(), number);
        self.texts.remove(doc.texts(), number);
        let own: Vec<u32> = self.marks_of(number).collect();
        self.many_marks.remove(&number);
        let guarded = self.guarded_marks.remove(&number).unwrap_or_default();
        for (marks, list) in [
            (&mut self.marks, own.as_slice()),
            (&mut self.guarded, &*guarded),
        ] {
            for mark in list {
                if let Some(set) = marks.sets.get_mut(*mark as usize) {
                    set.remove(number);
                }
            }
        }
        self.forget_name(hash(doc.name()), number);
        for reader in self.readers_of.remove(&number).unwrap_or_default() {
            if let Some(set) = self.readers.get_mut(&reader) {
                set.remove(number);
                if set.is_empty() {
                    self.readers.remove(&reader);
                }
            }
        }
        self.all.remove(number);
        self.shared.remove(number);
        self.many.remove(number);
        self.public.remove(number);
        self.free.push(number);
    }

    pub(crate) fn doc(&self, number: u32) -> Option<&Doc> {
        self.docs.get(number as usize)?.as_ref()
    }

    /// The numbers of a document's marks.
    pub(crate) fn marks_of(&self, number: u32) -> impl Iterator<Item = u32> {
        let many = self.many_marks.get(&number).map_or(&[][..], |list| list);
        let site = self.sites.get(number as usize);
        let few = site.into_iter().flat_map(|site| &site.beside);
        let few = few.take_while(|mark| **mark != 0);
        few.map(|mark| u32::from(*mark) - 1)
            .chain(many.iter().copied())
    }

    /// Documents that are called exactly so.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = u32> {
        let key = hash(name);
        let more = self.exact_too.get(&key).into_iter().flatten();
        self.exact.get(&key).into_iter().chain(more).copied()
    }

    fn forget_name(&mut self, key: u64, number: u32) {
        let Some(list) = self.exact_too.get_mut(&key) else {
            if self.exact.get(&key) == Some(&number) {
                self.exact.remove(&key);
            }
            return;
        };
        if self.exact.get(&key) == Some(&number) {
            if let Some(next) = list.pop() {
                self.exact.insert(key, next);
            }
        } else {
            list.retain(|other| *other != number);
        }
        if list.is_empty() {
            self.exact_too.remove(&key);
        }
    }
}

pub(crate) fn hash(name: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
