//! One index over several rooms: each room says what of its records may be found and by whom, and shows again, within the
//! rights of the one who looks, what was found.

use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::{Lang, Uuid};
use store::{Conn, Result};

use crate::{Document, Follower, Hits, Index, Query, Step};

/// Where a document stands in its room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What it is, in the room's own words.
    pub what: &'static str,
    /// The record.
    pub id: Uuid,
    /// Which part of the record, where one has several documents.
    pub part: String,
}

/// A document together with where it stands.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Where.
    pub spot: Spot,
    /// Subjects of the change feed after whose change it is read again.
    pub subjects: Vec<Uuid>,
    /// What the index knows of it; its id is made by [`part_id`] where the record has several.
    pub document: Document,
}

/// A hit as the one who searched may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it is called.
    pub title: String,
    /// What it is and whose, in one line.
    pub about: String,
    /// Its text, from which a stretch is shown.
    pub text: String,
    /// Its address without the base path.
    pub href: String,
}

/// Reads documents: all, or those of some subjects of the change feed.
pub type ReadFn = fn(&mut Conn, Option<&[Uuid]>, &mut dyn FnMut(Sheet)) -> Result<()>;

/// Shows hits with the viewer's own rights, one answer per spot in their order; `None` for what this viewer does not see.
pub type ShowFn = fn(&mut Conn, Lang, &[&Spot]) -> Result<Vec<Option<Shown>>>;

/// What one room gives to the shared index.
#[derive(Clone, Copy)]
pub struct Room {
    /// Its word; documents carry the mark `room:` with it.
    pub name: &'static str,
    /// Kinds of changes whose subject is a record of the room.
    pub changes: &'static [&'static str],
    /// Reads its documents as the system.
    pub read: ReadFn,
    /// Shows hits.
    pub show: ShowFn,
}

/// The shared index.
pub struct Shelf {
    rooms: Vec<Room>,
    index: Index,
    /// Where each document stands: the room's number and the spot.
    spots: HashMap<Uuid, (usize, Spot)>,
    by_subject: HashMap<Uuid, HashSet<Uuid>>,
    follower: Follower,
    /// Subjects that changed and could not be read yet.
    pending: BTreeSet<Uuid>,
}

impl Shelf {
    /// Reads everything. The place in the feed is taken first, so that no change falls between.
    ///
    /// # Errors
    /// What the engine says; only a system viewer may read the feed and the tables.
    pub fn read(conn: &mut Conn, rooms: Vec<Room>) -> Result<Self> {
        let kinds: Vec<&'static str> = rooms.iter().flat_map(|r| r.changes).copied().collect();
        let mut shelf = Self {
            follower: Follower::start(conn, &kinds, &[])?,
            rooms,
            index: Index::default(),
            spots: HashMap::new(),
            by_subject: HashMap::new(),
            pending: BTreeSet::new(),
        };
        shelf.take(conn, None)?;
        Ok(shelf)
    }

    /// Reads what changed; false when everything has to be read again. What cannot be read now is tried again next time.
    ///
    /// # Errors
    /// What the engine says.
    pub fn catch_up(&mut self, conn: &mut Conn) -> Result<bool> {
        match self.follower.step(conn)? {
            Step::Everything => return Ok(false),
            Step::Records(ids) => self.pending.extend(ids),
        }
        if !self.pending.is_empty() {
            let ids: Vec<Uuid> = self.pending.iter().copied().collect();
            self.take(conn, Some(&ids))?;
            self.pending.clear();
        }
        Ok(true)
    }

    /// Reads first and changes the index afterwards, so that a failure leaves it whole.
    fn take(&mut self, conn: &mut Conn, subjects: Option<&[Uuid]>) -> Result<()> {
        let mut fresh = Vec::new();
        for (number, room) in self.rooms.iter().enumerate() {
            (room.read)(conn, subjects, &mut |sheet| fresh.push((number, sheet)))?;
        }
        for id in subjects
            .into_iter()
            .flatten()
            .filter_map(|subject| self.by_subject.remove(subject))
            .flatten()
        {
            self.index.remove(id);
            self.spots.remove(&id);
        }
        for (number, sheet) in fresh {
            let id = sheet.document.id;
            self.index.put(&sheet.document);
            for subject in sheet.subjects {
                self.by_subject.entry(subject).or_default().insert(id);
            }
            self.spots.insert(id, (number, sheet.spot));
        }
        Ok(())
    }

    /// Searches.
    #[must_use]
    pub fn search(&self, query: &Query) -> (Hits, Vec<(usize, Spot)>) {
        let hits = self.index.search(query);
        let spots = hits
            .hits
            .iter()
            .filter_map(|hit| self.spots.get(&hit.id).cloned())
            .collect();
        (hits, spots)
    }

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.index.size().documents
    }
}

/// The id of a part of a record: always the same for the same two.
#[must_use]
pub fn part_id(record: Uuid, part: &str) -> Uuid {
    // FNV-1a of 128 bits, over both.
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in record.as_bytes().iter().chain(part.as_bytes()) {
        hash ^= u128::from(*byte);
        hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    Uuid::from_u128(hash)
}
