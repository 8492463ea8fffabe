//! Full-text search over bigrams of folded text, within the rights of the one who searches.
//!
//! A feature makes a [`Document`] of each of its records and keeps them in an [`Index`]: an inverted index in memory,
//! the same on both engines of the database, thrown away and read again at any time. [`Dictionary`] turns what people
//! type into a [`Query`]: several words must all be found, everyday words and names of places are known by data.
//! [`Follower`] brings the index up to date with the change feed before each search, so that a saved change is found by
//! the next one. Every query names its [`Audience`]; there is none without.
//!
//! Why not the database's own index, with the measurements: `docs/decisions/0008-search.md`.

mod dictionary;
mod follow;
mod index;
mod near;
mod rank;
mod rooms;
mod seek;
mod sets;
mod terms;

pub use dictionary::{Dictionary, Parsed};
pub use follow::{Follower, Step};
pub use index::{Index, Size};
pub use rooms::{Room, Sheet, Shelf, Shown, Spot, part_id};
pub use terms::folded;

use kernel::Uuid;

/// Who searches, or for whom something may be found. Each includes those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Anybody.
    #[default]
    Public,
    /// Members of offices who are signed in.
    Professionals,
}

/// A place on the earth, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Latitude, −90 to 90.
    pub lat: f64,
    /// Longitude, −180 to 180.
    pub lon: f64,
}

impl Point {
    /// Metres to another place, along the sphere; exact to about 0.3 % at the distances of an area.
    #[must_use]
    pub fn metres(self, other: Self) -> f64 {
        let mean = f64::midpoint(self.lat, other.lat).to_radians();
        let x = (other.lon - self.lon).to_radians() * mean.cos();
        let y = (other.lat - self.lat).to_radians();
        6_371_000.0 * x.hypot(y)
    }
}

/// What the index knows of one record.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The record.
    pub id: Uuid,
    /// Who may find it.
    pub audience: Audience,
    /// Only the people of these (organisations) may find it, whatever the audience; nobody where the list is empty.
    pub readers: Option<Vec<Uuid>>,
    /// What it is called; words found here or in the reading count more than in the texts.
    pub name: String,
    /// How the name is read; also the order of hits that are otherwise equal.
    pub kana: String,
    /// Address, corporation and whatever else may be typed.
    pub texts: Vec<String>,
    /// What it is, as `group:value`: `town:143847`, `kind:110`. Filters and counts go by these.
    pub marks: Vec<String>,
    /// Marks that only professionals may filter by and see counted.
    pub guarded_marks: Vec<String>,
    /// Where it is.
    pub place: Option<Point>,
}

/// One word of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// As it is looked for in names and texts; folded.
    pub text: String,
    /// What else it means: any of these.
    pub means: Vec<Meaning>,
}

/// One thing that a word can mean: all of these sets of marks, of each any, and the rest of the word as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Sets of marks; one of each set must be there.
    pub marks: Vec<Vec<String>>,
    /// What remains of the word, to be found as text; may be empty.
    pub rest: String,
}

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// For whom.
    pub audience: Audience,
    /// For whom the one who searches reads; counts only for professionals.
    pub readers: Vec<Uuid>,
    /// All of these must be found.
    pub words: Vec<Word>,
    /// Sets of marks; one of each set must be there. The counts of a group leave its own set out.
    pub filters: Vec<Vec<String>>,
    /// From where distances are measured; hits are ordered by it.
    pub near: Option<Point>,
    /// Groups of marks to be counted.
    pub count: Vec<String>,
    /// How many hits to leave out; the cost does not grow with it.
    pub offset: usize,
    /// How many hits to give.
    pub limit: usize,
}

/// One record that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The record.
    pub id: Uuid,
    /// Metres from [`Query::near`], when both places are known.
    pub metres: Option<f64>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How many there are in all.
    pub total: u64,
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
    /// Marks of the groups asked for, each with its number of hits; none without any.
    pub counts: Vec<(String, u64)>,
    /// Words that were found only with one letter changed, left out or put in.
    pub typos: Vec<String>,
}

#[cfg(test)]
mod speed;
#[cfg(test)]
mod tests;
