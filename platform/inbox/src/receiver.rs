//! Rooms that receive papers. A paper's target is a word of the room and what the room needs to find the record.

use kernel::{Lang, OrganisationId};
use parking_lot::RwLock;
use store::{Conn, Tx};

/// Where a paper is typed in, as the room names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the paper belongs to: `回答様式 小田原市 / 令和8年度 …`.
    pub title: String,
    /// The page on which it is typed, without the base path. That page shows [`crate::beside`] next to its form.
    pub path: String,
}

/// Records for which papers are awaited: the rest of the target, and the place.
pub type Awaited = Vec<(String, Place)>;
/// What a room does in the write that lays a paper at its record.
pub type Arrived = fn(&mut Tx, OrganisationId, &str) -> store::Result<()>;

/// A room that receives papers. A feature keeps one as a `static` and hands it over with [`register`] in its `feature()`.
///
/// ```ignore
/// static RETURNS: inbox::Receiver = inbox::Receiver { prefix: "return", place, open, arrived: None,
///     keep_days: 365 * 3 };
/// ```
#[derive(Clone, Copy)]
pub struct Receiver {
    /// The word before the colon of its targets: `return`.
    pub prefix: &'static str,
    /// The record behind the rest of a target, as this viewer may see it; `None` when it is not there or not this viewer's.
    pub place: fn(&mut Conn, Lang, &str) -> store::Result<Option<Place>>,
    /// Records for which papers are awaited just now, to choose from by hand: rest of the target and place. At most 200.
    pub open: fn(&mut Conn, Lang) -> store::Result<Awaited>,
    /// What else the room does in the same write when a paper is laid at its record (the rest of the target); mostly nothing.
    pub arrived: Option<Arrived>,
    /// For how many days the pictures of a filed paper are kept, counted from filing.
    pub keep_days: i64,
}

static ALL: RwLock<Vec<&'static Receiver>> = RwLock::new(Vec::new());

/// Makes a room known. A second registration of the same prefix changes nothing.
pub fn register(receiver: &'static Receiver) {
    let mut all = ALL.write();
    if all.iter().all(|known| known.prefix != receiver.prefix) {
        all.push(receiver);
    }
}

/// Every room that receives papers.
pub(crate) fn all() -> Vec<&'static Receiver> {
    ALL.read().clone()
}

/// The room of a target and the rest of the target.
pub(crate) fn of(target: &str) -> Option<(&'static Receiver, &str)> {
    let (prefix, rest) = target.split_once(':')?;
    let receiver = ALL.read().iter().copied().find(|r| r.prefix == prefix)?;
    Some((receiver, rest))
}

/// The place of a target, as this viewer may see it.
///
/// # Errors
/// What the engine says.
pub fn place(conn: &mut Conn, lang: Lang, target: &str) -> store::Result<Option<Place>> {
    match of(target) {
        Some((receiver, rest)) => (receiver.place)(conn, lang, rest),
        None => Ok(None),
    }
}
