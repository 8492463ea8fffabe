//! Searching: sets of candidates first, then only what is left of them is read, ranked and counted.

use std::borrow::Cow;

use memchr::memmem::Finder;
use roaring::RoaringBitmap;

use crate::{
    Audience, Hit, Hits, Point, Query, Word, index::Doc, index::Index, near, rank::Ranking,
    sets::group,
};

/// When more candidates than this are left for a word, they are taken as found: reading all their texts would take longer than
/// the whole search, and the pairs of so common a word hardly ever stand apart.
const CHECKED: u64 = 5_000;

type Set<'a> = Cow<'a, RoaringBitmap>;

/// One way to find a word: its letters, within documents that carry certain marks.
struct Way<'a> {
    /// `None`: anywhere.
    within: Option<Set<'a>>,
    text: &'a str,
    names: Set<'a>,
    texts: Set<'a>,
}

/// What one word may stand for.
struct Look<'a> {
    /// Found for certain, by meaning.
    sure: RoaringBitmap,
    ways: Vec<Way<'a>>,
    /// All that may be found.
    any: RoaringBitmap,
}

/// Documents that were found: all, and those of them where a word stands elsewhere than in name, reading or meaning.
struct Found {
    any: RoaringBitmap,
    low: RoaringBitmap,
    typos: Vec<String>,
}

impl Index {
    /// Searches. Hits stand in this order: called exactly so; found in name, reading or by meaning; found elsewhere; each by
    /// distance when a place is given, else by reading.
    #[must_use]
    pub fn search(&self, query: &Query) -> Hits {
        // Nothing outside is looked at: neither what is found nor what counts as mistyped depends on it.
        let allowed = self.allowed(query);
        let everybody = &*allowed;
        let words = self.words(query, everybody);
        let filters: Vec<(&str, Set)> = query
            .filters
            .iter()
            .map(|set| {
                let name = set.first().map_or("", |mark| group(mark));
                (name, self.one_of(set, query.audience))
            })
            .collect();
        let any = words.as_ref().map_or(everybody, |found| &found.any);
        let mut found = match filters.first() {
            Some((_, set)) => any & &**set,
            None => any.clone(),
        };
        for (_, set) in filters.iter().skip(1) {
            found &= &**set;
        }
        let mut ranking = Ranking::new(self, query);
        let tally = match &words {
            Some(words) => {
                let whole: String = query.words.iter().map(|word| word.text.as_str()).collect();
                let mut exact: Vec<u32> =
                    self.named(&whole).filter(|n| found.contains(*n)).collect();
                exact.sort_unstable();
                let exact = RoaringBitmap::from_sorted_iter(exact).unwrap_or_default();
                let mut low = &found & &words.low;
                low -= &exact;
                let mut top = &found - &exact;
                top -= &low;
                ranking.go(&[&exact, &top, &low])
            }
            None => ranking.go(&[&RoaringBitmap::new(), &found]),
        };
        let counts = self.counts(query, any, &found, &filters, &tally);
        let hits = ranking
            .hits(query.offset, query.limit)
            .into_iter()
            .filter_map(|number| {
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
            typos: words.map(|words| words.typos).unwrap_or_default(),
        }
    }

    /// What this search may find at all.
    fn allowed(&self, query: &Query) -> Set<'_> {
        match query.audience {
            Audience::Public => Cow::Borrowed(&self.public),
            Audience::Professionals => {
                let mut set = Cow::Borrowed(&self.shared);
                for more in query.readers.iter().filter_map(|r| self.readers.get(r)) {
                    *set.to_mut() |= more;
                }
                set
            }
        }
    }

    /// Documents with all words; `None` when there are no words.
    fn words(&self, query: &Query, everybody: &RoaringBitmap) -> Option<Found> {
        if query.words.is_empty() {
            return None;
        }
        let looks: Vec<Look> = query
            .words
            .iter()
            .map(|word| self.look(word, query.audience))
            .collect();
        let mut order: Vec<&Look> = looks.iter().collect();
        order.sort_by_key(|look| look.any.len());
        let mut any = everybody & &order[0].any;
        for look in &order[1..] {
            any &= &look.any;
        }
        let mut low = RoaringBitmap::new();
        for look in order {
            if any.is_empty() {
                break;
            }
            self.check(look, &mut any, &mut low);
        }
        low &= &any;
        if any.is_empty() {
            return Some(self.loosely(query, everybody));
        }
        Some(Found {
            any,
            low,
            typos: Vec::new(),
        })
    }

    /// Reads the candidates of one word: takes out of `any` what does not hold it, puts into `low` what holds it elsewhere
    /// than in name, reading or meaning.
    fn check(&self, look: &Look, any: &mut RoaringBitmap, low: &mut RoaringBitmap) {
        let maybe = &*any - &look.sure;
        if maybe.is_empty() {
            return;
        }
        if maybe.len() > CHECKED {
            let mut top = RoaringBitmap::new();
            for way in &look.ways {
                match &way.within {
                    Some(within) => top |= &**within & &*way.names,
                    None => top |= &*way.names,
                }
            }
            *low |= &(maybe - top);
            return;
        }
        let finders: Vec<Finder> = look.ways.iter().map(|way| Finder::new(way.text)).collect();
        let (mut out, mut elsewhere) = (Vec::new(), Vec::new());
        for number in maybe {
            let Some(doc) = self.doc(number) else {
                continue;
            };
            let mut best = None::<bool>;
            for (way, finder) in look.ways.iter().zip(&finders) {
                if way.within.as_ref().is_some_and(|set| !set.contains(number)) {
                    continue;
                }
                if let Some(at) = finder.find(doc.text.as_bytes()) {
                    let in_name = (at as u32) < doc.names_end;
                    best = Some(best.unwrap_or(false) || in_name);
                    if in_name {
                        break;
                    }
                }
            }
            match best {
                None => out.push(number),
                Some(false) => elsewhere.push(number),
                Some(true) => {}
            }
        }
        *any -= &RoaringBitmap::from_sorted_iter(out).unwrap_or_default();
        *low |= &RoaringBitmap::from_sorted_iter(elsewhere).unwrap_or_default();
    }

    fn look<'a>(&'a self, word: &'a Word, audience: Audience) -> Look<'a> {
        let mut sure = RoaringBitmap::new();
        let mut ways = vec![self.way(None, &word.text)];
        for meaning in &word.means {
            let mut sets = meaning.marks.iter();
            let mut set = match sets.next() {
                Some(first) => self.one_of(first, audience),
                None => Cow::Borrowed(&self.all),
            };
            for more in sets {
                set = Cow::Owned(&*set & &*self.one_of(more, audience));
            }
            if meaning.rest.is_empty() {
                sure |= &*set;
            } else {
                ways.push(self.way(Some(set), &meaning.rest));
            }
        }
        let mut any = sure.clone();
        for way in &ways {
            match &way.within {
                Some(within) => {
                    any |= &**within & &*way.names;
                    any |= &**within & &*way.texts;
                }
                None => {
                    any |= &*way.names;
                    any |= &*way.texts;
                }
            }
        }
        Look { sure, ways, any }
    }

    fn way<'a>(&'a self, within: Option<Set<'a>>, text: &'a str) -> Way<'a> {
        let letters: Vec<char> = text.chars().collect();
        Way {
            within,
            text,
            names: self.names.candidates(&letters),
            texts: self.texts.candidates(&letters),
        }
    }

    /// As [`Self::words`], but a word that nothing holds is looked for with one letter wrong.
    fn loosely(&self, query: &Query, everybody: &RoaringBitmap) -> Found {
        let mut typos = Vec::new();
        let mut any = everybody.clone();
        let mut top = everybody.clone();
        for word in &query.words {
            let look = self.look(word, query.audience);
            let (mut all, mut low) = (&look.any & everybody, RoaringBitmap::new());
            self.check(&look, &mut all, &mut low);
            if all.is_empty() {
                let letters: Vec<char> = word.text.chars().collect();
                all = near::find(&letters, &self.names, everybody, |doc| {
                    self.doc(doc).map(Doc::names)
                });
                if all.is_empty() {
                    all = near::find(&letters, &self.texts, everybody, |doc| {
                        self.doc(doc).map(Doc::texts)
                    });
                    low.clone_from(&all);
                }
                if !all.is_empty() {
                    typos.push(word.text.clone());
                }
            }
            any &= &all;
            top &= &(all - low);
            if any.is_empty() {
                break;
            }
        }
        Found {
            low: &any - &top,
            any,
            typos,
        }
    }

    fn counts(
        &self,
        query: &Query,
        any: &RoaringBitmap,
        found: &RoaringBitmap,
        filters: &[(&str, Set)],
        shared: &[u64],
    ) -> Vec<(String, u64)> {
        let mut list = Vec::new();
        for name in &query.count {
            let own = filters.iter().any(|(group, _)| group == name);
            let wider = own.then(|| {
                let mut set = any.clone();
                for (_, other) in filters.iter().filter(|(group, _)| group != name) {
                    set &= &**other;
                }
                let tally = self.tally(&set);
                (set, tally)
            });
            let (base, tally) = match &wider {
                Some((base, tally)) => (base, tally.as_slice()),
                None => (found, shared),
            };
            for (mark, number) in self.marks.groups.get(name).into_iter().flatten() {
                let count = tally.get(*number as usize).copied().unwrap_or(0);
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

    fn one_of(&self, marks: &[String], audience: Audience) -> Set<'_> {
        let guarded = audience == Audience::Professionals;
        let mut sets = marks
            .iter()
            .flat_map(|mark| {
                [
                    self.marks.get(mark),
                    self.guarded.get(mark).filter(|_| guarded),
                ]
            })
            .flatten();
        let Some(first) = sets.next() else {
            return Cow::Owned(RoaringBitmap::new());
        };
        let mut all = Cow::Borrowed(first);
        for more in sets {
            *all.to_mut() |= more;
        }
        all
    }
}
