//! The inverted index: sets of documents by pairs of letters and by marks.

use std::collections::HashMap;

use kernel::Uuid;
use memchr::memmem::Finder;
use roaring::RoaringBitmap;

use crate::{
    Audience, Document, Hit, Hits, Point, Query, Word, near,
    sets::{Marks, Terms, group},
    sorted::window,
    terms::{FIELD, folded, order_key},
};

/// A word whose pairs of letters stand in more records than this is taken as found: reading all their texts would take longer
/// than the whole search, and the pairs of so common a word hardly ever stand apart.
const CHECKED: u64 = 5_000;

/// Records in memory, ready to be searched.
#[derive(Default)]
pub struct Index {
    docs: Vec<Option<Doc>>,
    /// Where each document is and where it stands in the order of readings, side by side so that going through many of them
    /// is going through memory.
    sites: Vec<Site>,
    /// The marks of each document, each number plus one; 0 after the last.
    beside: Vec<[u16; BESIDE]>,
    free: Vec<u32>,
    by_id: HashMap<Uuid, u32>,
    /// Documents with more marks than lie beside their places.
    many: RoaringBitmap,
    /// Documents that anybody may find, that any professional may find, and all.
    public: RoaringBitmap,
    shared: RoaringBitmap,
    all: RoaringBitmap,
    /// Documents by the one whose people may find them.
    readers: HashMap<Uuid, RoaringBitmap>,
    names: Terms,
    texts: Terms,
    /// Documents by the whole of their name, for hits that are called exactly so.
    exact: HashMap<u64, Vec<u32>>,
    marks: Marks,
    guarded: Marks,
}

/// One document as the index keeps it.
pub(crate) struct Doc {
    id: Uuid,
    /// Name, reading and texts, folded, without spaces, with a border after each.
    text: Box<str>,
    /// Where name and reading end in `text`.
    names_end: u32,
    marks: Box<[u32]>,
    guarded: Box<[u32]>,
    readers: Box<[Uuid]>,
}

/// So many marks of a document lie beside its place; few have more.
const BESIDE: usize = 12;
/// Sets up to this size are counted document by document, larger ones set by set.
const ONE_BY_ONE: u64 = 20_000;

#[derive(Clone, Copy)]
struct Site {
    order: u64,
    /// Not a number where the place is not known.
    lat: f32,
    lon: f32,
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

/// What one word found.
struct Found {
    /// In names, readings and by meaning.
    top: RoaringBitmap,
    /// Anywhere.
    any: RoaringBitmap,
    typo: bool,
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
            marks: put(&mut self.marks, &document.marks),
            guarded: put(&mut self.guarded, &document.guarded_marks),
            readers: document.readers.iter().flatten().copied().collect(),
        };
        self.exact.entry(hash(doc.name())).or_default().push(number);
        self.all.insert(number);
        for reader in &doc.readers {
            self.readers.entry(*reader).or_default().insert(number);
        }
        if document.readers.is_none() {
            self.shared.insert(number);
            if document.audience == Audience::Public {
                self.public.insert(number);
            }
        }
        self.by_id.insert(document.id, number);
        let mut beside = [0_u16; BESIDE];
        for (place, mark) in beside.iter_mut().zip(&doc.marks) {
            *place = u16::try_from(mark + 1).unwrap_or(0);
        }
        // More than fit, or with numbers that do not: counted set by set.
        let fits =
            doc.marks.len() <= BESIDE && doc.marks.iter().all(|mark| *mark < u32::from(u16::MAX));
        if !fits {
            beside = [0; BESIDE];
            self.many.insert(number);
        }
        let site = Site {
            order,
            lat: document.place.map_or(f32::NAN, |p| p.lat as f32),
            lon: document.place.map_or(f32::NAN, |p| p.lon as f32),
        };
        match self.docs.get_mut(number as usize) {
            Some(place) => {
                *place = Some(doc);
                self.sites[number as usize] = site;
                self.beside[number as usize] = beside;
            }
            None => {
                self.docs.push(Some(doc));
                self.sites.push(site);
                self.beside.push(beside);
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
        for (marks, list) in [
            (&mut self.marks, &doc.marks),
            (&mut self.guarded, &doc.guarded),
        ] {
            for mark in list {
                if let Some(set) = marks.sets.get_mut(*mark as usize) {
                    set.remove(number);
                }
            }
        }
        let key = hash(doc.name());
        if let Some(list) = self.exact.get_mut(&key) {
            list.retain(|other| *other != number);
            if list.is_empty() {
                self.exact.remove(&key);
            }
        }
        for reader in &doc.readers {
            if let Some(set) = self.readers.get_mut(reader) {
                set.remove(number);
                if set.is_empty() {
                    self.readers.remove(reader);
                }
            }
        }
        self.all.remove(number);
        self.many.remove(number);
        self.public.remove(number);
        self.shared.remove(number);
        self.free.push(number);
    }

    /// Searches. Hits stand in this order: called exactly so; found in name, reading or by meaning; found elsewhere; each by
    /// distance when a place is given, else by reading.
    #[must_use]
    pub fn search(&self, query: &Query) -> Hits {
        let mut typos = Vec::new();
        // Nothing outside is looked at: neither what is found nor what counts as mistyped depends on it.
        let allowed = self.allowed(query);
        let mut any = allowed.clone();
        let mut top = None::<RoaringBitmap>;
        for word in &query.words {
            let found = self.word(word, query.audience, &allowed);
            any &= &found.any;
            match &mut top {
                Some(top) => *top &= &found.top,
                None => top = Some(found.top),
            }
            if found.typo {
                typos.push(word.text.clone());
            }
            if any.is_empty() {
                return Hits {
                    typos,
                    ..Hits::default()
                };
            }
        }
        let filters: Vec<(&str, RoaringBitmap)> = query
            .filters
            .iter()
            .map(|set| {
                let name = set.first().map_or("", |mark| group(mark));
                (name, self.one_of(set, query.audience))
            })
            .collect();
        let mut found = any.clone();
        for (_, set) in &filters {
            found &= set;
        }
        let counts = self.counts(query, &any, &found, &filters);
        let exact: Vec<u32> = if query.words.is_empty() {
            Vec::new()
        } else {
            let whole: String = query.words.iter().map(|word| word.text.as_str()).collect();
            let named = self.exact.get(&hash(&whole));
            named
                .into_iter()
                .flatten()
                .copied()
                .filter(|doc| found.contains(*doc))
                .collect()
        };
        let from = query.near.map(Measure::new);
        let mut keyed: Vec<(u8, f32, u64, u32)> = Vec::with_capacity(found.len() as usize);
        let mut add = |tier: u8, set: &RoaringBitmap| {
            keyed.extend(set.iter().map(|number| {
                let site = self.sites[number as usize];
                let far = from.as_ref().map_or(0.0, |from| from.square(site));
                let tier = if exact.contains(&number) { 0 } else { tier };
                (tier, far, site.order, number)
            }));
        };
        match &top {
            Some(top) => {
                add(1, &(&found & top));
                add(2, &(&found - top));
            }
            None => add(1, &found),
        }
        let hits = window(keyed, query.offset, query.limit)
            .into_iter()
            .filter_map(|(_, _, _, number)| {
                let site = self.sites[number as usize];
                let place = (!site.lat.is_nan()).then(|| Point {
                    lat: f64::from(site.lat),
                    lon: f64::from(site.lon),
                });
                Some(Hit {
                    id: self.doc(number)?.id,
                    metres: query.near.zip(place).map(|(from, to)| from.metres(to)),
                })
            })
            .collect();
        Hits {
            total: found.len(),
            hits,
            counts,
            typos,
        }
    }

    /// What this search may find at all.
    fn allowed(&self, query: &Query) -> RoaringBitmap {
        match query.audience {
            Audience::Public => self.public.clone(),
            Audience::Professionals => {
                let mut set = self.shared.clone();
                for reader in &query.readers {
                    if let Some(more) = self.readers.get(reader) {
                        set |= more;
                    }
                }
                set
            }
        }
    }

    fn counts(
        &self,
        query: &Query,
        any: &RoaringBitmap,
        found: &RoaringBitmap,
        filters: &[(&str, RoaringBitmap)],
    ) -> Vec<(String, u64)> {
        let mut list = Vec::new();
        let shared = self.tally(found);
        for name in &query.count {
            let own = filters.iter().any(|(group, _)| group == name);
            let wider = own.then(|| {
                let mut set = any.clone();
                for (_, other) in filters.iter().filter(|(group, _)| group != name) {
                    set &= other;
                }
                set
            });
            let other = wider.as_ref().map(|set| self.tally(set));
            let (base, tally) = match (&wider, &other) {
                (Some(base), Some(tally)) => (base, tally),
                _ => (found, &shared),
            };
            for (mark, number) in self.marks.groups.get(name).into_iter().flatten() {
                let count = match tally {
                    Some(tally) => tally.get(*number as usize).copied().unwrap_or(0),
                    None => base.intersection_len(&self.marks.sets[*number as usize]),
                };
                if count > 0 {
                    list.push((mark.clone(), count));
                }
            }
            if query.audience == Audience::Professionals {
                for (mark, number) in self.guarded.groups.get(name).into_iter().flatten() {
                    let count = base.intersection_len(&self.guarded.sets[*number as usize]);
                    if count > 0 {
                        list.push((mark.clone(), count));
                    }
                }
            }
        }
        list
    }

    /// How many of these documents carry each mark; `None` where counting set by set is quicker.
    fn tally(&self, set: &RoaringBitmap) -> Option<Vec<u64>> {
        if set.len() > ONE_BY_ONE {
            return None;
        }
        let mut tally = vec![0_u64; self.marks.sets.len() + 1];
        for number in set {
            for mark in self.beside[number as usize] {
                if mark == 0 {
                    break;
                }
                tally[usize::from(mark)] += 1;
            }
        }
        tally.remove(0);
        for number in &(set & &self.many) {
            for mark in self.doc(number).into_iter().flat_map(|doc| &doc.marks) {
                tally[*mark as usize] += 1;
            }
        }
        Some(tally)
    }

    fn one_of(&self, marks: &[String], audience: Audience) -> RoaringBitmap {
        let mut set = RoaringBitmap::new();
        for mark in marks {
            if let Some(more) = self.marks.get(mark) {
                set |= more;
            }
            if audience == Audience::Professionals
                && let Some(more) = self.guarded.get(mark)
            {
                set |= more;
            }
        }
        set
    }

    fn word(&self, word: &Word, audience: Audience, allowed: &RoaringBitmap) -> Found {
        let (mut top, mut texts) = self.text(&word.text, allowed);
        for meaning in &word.means {
            let mut sets = meaning.marks.iter();
            let mut set = match sets.next() {
                Some(first) => self.one_of(first, audience),
                None => allowed.clone(),
            };
            for more in sets {
                set &= self.one_of(more, audience);
            }
            if !meaning.rest.is_empty() && !set.is_empty() {
                let (names, elsewhere) = self.text(&meaning.rest, allowed);
                texts |= &set & &elsewhere;
                set &= names;
            }
            top |= set;
        }
        let mut typo = false;
        if top.is_empty() && texts.is_empty() {
            let letters: Vec<char> = word.text.chars().collect();
            top = near::find(&letters, &self.names, allowed, |doc| {
                self.doc(doc).map(Doc::names)
            });
            if top.is_empty() {
                texts = near::find(&letters, &self.texts, allowed, |doc| {
                    self.doc(doc).map(Doc::texts)
                });
            }
            typo = !(top.is_empty() && texts.is_empty());
        }
        texts |= &top;
        Found {
            top,
            any: texts,
            typo,
        }
    }

    /// Documents that hold the text in name or reading, and in their other texts.
    fn text(&self, text: &str, allowed: &RoaringBitmap) -> (RoaringBitmap, RoaringBitmap) {
        let letters: Vec<char> = text.chars().collect();
        if letters.is_empty() {
            return (RoaringBitmap::new(), RoaringBitmap::new());
        }
        let mut names = self.names.candidates(&letters);
        let mut texts = self.texts.candidates(&letters);
        names &= allowed;
        texts &= allowed;
        if letters.len() > 2 && names.len().max(texts.len()) <= CHECKED {
            let finder = Finder::new(text);
            let holds = |part: Option<&str>| {
                part.is_some_and(|part| finder.find(part.as_bytes()).is_some())
            };
            names = kept(&names, |doc| holds(self.doc(doc).map(Doc::names)));
            texts = kept(&texts, |doc| holds(self.doc(doc).map(Doc::texts)));
        }
        (names, texts)
    }

    fn doc(&self, number: u32) -> Option<&Doc> {
        self.docs.get(number as usize)?.as_ref()
    }
}

fn kept(set: &RoaringBitmap, holds: impl Fn(u32) -> bool) -> RoaringBitmap {
    let list = set.iter().filter(|doc| holds(*doc));
    // Numbers of a set ascend, so this never fails; an empty set would only hide hits.
    RoaringBitmap::from_sorted_iter(list).unwrap_or_default()
}

fn hash(name: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Compares distances from one place without roots or angles of their own.
struct Measure {
    lat: f32,
    lon: f32,
    shrink: f32,
}

impl Measure {
    fn new(from: Point) -> Self {
        Self {
            lat: from.lat as f32,
            lon: from.lon as f32,
            shrink: from.lat.to_radians().cos() as f32,
        }
    }

    /// Grows with the distance; a document without a place comes last.
    fn square(&self, doc: Site) -> f32 {
        let (y, x) = (doc.lat - self.lat, (doc.lon - self.lon) * self.shrink);
        let square = x * x + y * y;
        if square.is_nan() {
            f32::INFINITY
        } else {
            square
        }
    }
}
