//! The shared index of one opened database: read at the first search, brought up to date before each.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use kernel::{AccountId, Lang, Time, Uuid};
use search::{Hits, Query, Room, Shelf, Shown, Spot};
use store::{Conn, Db, Error, Result, Viewer};

/// A search waits no longer for the index than this; then it says that the latest changes are still missing.
const PATIENCE: Duration = Duration::from_secs(1);

/// The rooms whose documents the box finds.
fn rooms() -> Vec<Room> {
    vec![programme::findable::room(), surveys::findable::room()]
}

/// The index of a database, made at the first search.
#[derive(Default)]
pub(super) struct Shelves {
    known: RwLock<Option<Arc<RwLock<Shelf>>>>,
    /// Held by the one who reads everything.
    reading: tokio::sync::Mutex<()>,
}

/// The index as it is now.
pub(super) struct Current {
    pub(super) shelf: Held,
    /// For whom the account reads.
    pub(super) readers: Vec<Uuid>,
    /// Whether the latest changes are not in it yet.
    pub(super) behind: bool,
}

/// A hold on the index that searches it.
pub(super) struct Held(Arc<RwLock<Shelf>>);

impl Held {
    /// Searches; see [`Shelf::search`].
    pub(super) fn search(&self, query: &Query) -> (Hits, Vec<(usize, Spot)>) {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        shelf.search(query)
    }
}

/// The index with everything that was saved before this call, and for whom the account reads.
pub(super) async fn current(db: &Db, now: Time, account: Option<AccountId>) -> Result<Current> {
    let shelves = db.attached::<Shelves>();
    let system = Viewer::system("search index", now);
    let known = match shelves.known() {
        Some(known) => known,
        None => shelves.read(db, &system, None).await?,
    };
    let reading = Arc::clone(&known);
    let brought_up = db.read(&system, move |conn| {
        let readers = readers(conn, account)?;
        let mut shelf = reading.write().unwrap_or_else(PoisonError::into_inner);
        Ok::<_, Error>((shelf.catch_up(conn)?, readers))
    });
    let (shelf, readers, behind) = match tokio::time::timeout(PATIENCE, brought_up).await {
        Ok(done) => match done? {
            (true, readers) => (known, readers, false),
            // Too much has changed to follow: everything is read again, by one request for all.
            (false, readers) => {
                let again = shelves.read(db, &system, Some(&known));
                match tokio::time::timeout(PATIENCE, again).await {
                    Ok(fresh) => (fresh?, readers, false),
                    Err(_) => (known, readers, true),
                }
            }
        },
        Err(_) => {
            let readers = db.read(&system, move |conn| readers(conn, account)).await?;
            (known, readers, true)
        }
    };
    Ok(Current {
        shelf: Held(shelf),
        readers,
        behind,
    })
}

impl Shelves {
    fn known(&self) -> Option<Arc<RwLock<Shelf>>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }

    /// Reads everything, unless somebody else did so while this request waited.
    async fn read(
        &self,
        db: &Db,
        system: &Viewer,
        old: Option<&Arc<RwLock<Shelf>>>,
    ) -> Result<Arc<RwLock<Shelf>>> {
        let _one = self.reading.lock().await;
        if let Some(known) = self.known()
            && !old.is_some_and(|old| Arc::ptr_eq(old, &known))
        {
            return Ok(known);
        }
        let made = db
            .read_slow(system, |conn: &mut Conn| Shelf::read(conn, rooms()))
            .await?;
        let made = Arc::new(RwLock::new(made));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Some(Arc::clone(&made));
        Ok(made)
    }
}

/// The organisations for which an account reads at this moment; none for a visitor.
fn readers(conn: &mut Conn, account: Option<AccountId>) -> Result<Vec<Uuid>> {
    let Some(account) = account else {
        return Ok(Vec::new());
    };
    let now = conn.now();
    let grants = store::access::of(conn, account)?.into_iter();
    Ok(grants
        .filter(|g| g.until > now)
        .map(|g| g.subject)
        .collect())
}

/// The hits that this viewer sees, in their order.
pub(super) fn show(conn: &mut Conn, lang: Lang, spots: &[(usize, Spot)]) -> Result<Vec<Shown>> {
    let mut shown: Vec<Option<Shown>> = vec![None; spots.len()];
    for (number, room) in rooms().into_iter().enumerate() {
        let own = || {
            spots
                .iter()
                .enumerate()
                .filter(|(_, (of, _))| *of == number)
        };
        let asked: Vec<&Spot> = own().map(|(_, (_, spot))| spot).collect();
        if asked.is_empty() {
            continue;
        }
        let answers = (room.show)(conn, lang, &asked)?;
        for ((at, _), answer) in own().zip(answers) {
            shown[at] = answer;
        }
    }
    Ok(shown.into_iter().flatten().collect())
}
