//! The first hits and the counts of all, in one walk through the documents that were found.

use roaring::RoaringBitmap;

use crate::{
    Point, Query,
    index::{Index, Site},
};

/// Where a hit stands: rank and distance in one number, then reading, then number of the document.
type Key = (u64, u64, u32);

/// Keeps the best hits of a walk.
pub(crate) struct Ranking<'a> {
    index: &'a Index,
    from: Option<Measure>,
    /// So many are wanted; twice as many are kept before the worse half is thrown away.
    wanted: usize,
    kept: Vec<Key>,
    /// Nothing behind this can be among the wanted.
    worst: u64,
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(index: &'a Index, query: &Query) -> Self {
        Self {
            index,
            from: query.near.map(Measure::new),
            wanted: query.offset.saturating_add(query.limit),
            kept: Vec::new(),
            worst: u64::MAX,
        }
    }

    /// Walks through the tiers, the best first; the sum of marks by number.
    pub(crate) fn go(&mut self, tiers: &[&RoaringBitmap]) -> Vec<u64> {
        let whole: u64 = tiers.iter().map(|set| set.len()).sum();
        let counted = whole <= self.index.all.len() / 2;
        let mut tally = vec![0_u64; self.index.marks.sets.len() + 1];
        for (tier, set) in (0_u64..).zip(tiers) {
            for number in *set {
                let site = &self.index.sites[number as usize];
                if counted {
                    count(site, &mut tally);
                }
                if tier << 32 <= self.worst && self.wanted > 0 {
                    self.add(tier, number, site);
                }
            }
        }
        if counted {
            tally.remove(0);
            for set in tiers {
                self.index.count_many(set, &mut tally);
            }
            return tally;
        }
        let mut rest = self.index.all.clone();
        for set in tiers {
            rest -= *set;
        }
        self.index.without(&rest)
    }

    fn add(&mut self, tier: u64, number: u32, site: &Site) {
        let far = self.from.as_ref().map_or(0, |from| from.square(site));
        let first = tier << 32 | u64::from(far);
        if first > self.worst {
            return;
        }
        let order = self.index.orders[number as usize];
        self.kept.push((first, order, number));
        if self.kept.len() >= self.wanted.saturating_mul(2).max(64) {
            self.kept.select_nth_unstable(self.wanted - 1);
            self.kept.truncate(self.wanted);
            self.worst = self.kept[self.wanted - 1].0;
        }
    }

    /// The documents from `offset` on, at most `limit`, in order.
    pub(crate) fn hits(mut self, offset: usize, limit: usize) -> Vec<u32> {
        self.kept.sort_unstable();
        let wanted = self.kept.iter().skip(offset).take(limit);
        wanted.map(|key| key.2).collect()
    }
}

impl Index {
    /// How many of these documents carry each mark, by the mark's number.
    pub(crate) fn tally(&self, set: &RoaringBitmap) -> Vec<u64> {
        if set.len() > self.all.len() / 2 {
            return self.without(&(&self.all - set));
        }
        let mut tally = vec![0_u64; self.marks.sets.len() + 1];
        for number in set {
            count(&self.sites[number as usize], &mut tally);
        }
        tally.remove(0);
        self.count_many(set, &mut tally);
        tally
    }

    /// As [`Self::tally`] for all documents but these: of many, the few that are missing are counted.
    fn without(&self, few: &RoaringBitmap) -> Vec<u64> {
        let mut tally = vec![0_u64; self.marks.sets.len() + 1];
        for number in few {
            count(&self.sites[number as usize], &mut tally);
        }
        tally.remove(0);
        self.count_many(few, &mut tally);
        let totals = self.marks.sets.iter().map(RoaringBitmap::len);
        totals.zip(tally).map(|(all, gone)| all - gone).collect()
    }

    /// Documents whose marks do not lie beside their places.
    fn count_many(&self, set: &RoaringBitmap, tally: &mut [u64]) {
        if self.many.is_empty() {
            return;
        }
        for number in &(set & &self.many) {
            for mark in self.marks_of(number) {
                tally[mark as usize] += 1;
            }
        }
    }
}

/// One document's marks, each number plus one.
fn count(site: &Site, tally: &mut [u64]) {
    for mark in site.beside {
        if mark == 0 {
            break;
        }
        tally[usize::from(mark)] += 1;
    }
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

    /// Grows with the distance; a document without a place comes last. The bits of a number that is not negative stand in
    /// the order of the numbers.
    fn square(&self, doc: &Site) -> u32 {
        let (y, x) = (doc.lat - self.lat, (doc.lon - self.lon) * self.shrink);
        let square = x * x + y * y;
        if square.is_nan() {
            u32::MAX
        } else {
            square.to_bits()
        }
    }
}
