//! Finding providers: the index of this room, brought up to date before each search.
//!
//! [`search`] answers pages, the API and the map alike, so that list and map say the same. The index is read from the
//! database at the first search (a small one at once, a large one again in the background after an import).

mod api;
pub mod asked;
pub mod bench;
mod documents;
pub mod export;
pub mod map;
pub mod near;
mod opendata;
pub(crate) mod pages;
pub mod results;
pub mod rows;
pub mod today;
mod words;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use areas::Municipality;
use kernel::Time;
use search::{Audience, Dictionary, Follower, Hits, Index, Parsed, Point, Query, Step};
use store::{Conn, Db, Viewer};
use web::{NavItem, Permission, Route};

use crate::model::Kind;

pub use documents::STATEMENTS;

/// Changes of one provider, and changes after which everything is read again.
const ONE: &[&str] = &["provider"];
const ALL: &[&str] = &["directory"];
/// A larger index is read again in the background, and searches go on with the old one meanwhile.
const LARGE: usize = 20_000;

/// The index and what is needed to understand a query.
#[derive(Default)]
pub struct Finder {
    loaded: RwLock<Option<Arc<Loaded>>>,
    /// Held by the one who reads everything for the first time.
    first: tokio::sync::Mutex<()>,
    again: AtomicBool,
}

/// One reading of the whole directory.
pub struct Loaded {
    index: RwLock<Index>,
    follower: Mutex<Follower>,
    /// Municipalities in their order.
    pub towns: Vec<Municipality>,
    /// Kinds of service in their order.
    pub kinds: Vec<Kind>,
    dictionary: Dictionary,
    centres: HashMap<String, Point>,
    /// Days after which a confirmation is old, where a municipality has decided about it.
    stale: HashMap<String, i64>,
}

impl Loaded {
    /// About the middle of where people live in a municipality: the mean of its towns (大字・町丁目).
    #[must_use]
    pub fn centre(&self, code: &str) -> Option<Point> {
        self.centres.get(code).copied()
    }

    /// Days after which a confirmation of a municipality's record is old.
    #[must_use]
    pub fn stale_days(&self, code: &str) -> i64 {
        self.stale
            .get(code)
            .copied()
            .unwrap_or(crate::model::STALE_DAYS)
    }

    /// What a text means.
    #[must_use]
    pub fn parse(&self, text: &str) -> Parsed {
        self.dictionary.parse(text)
    }

    /// Searches.
    #[must_use]
    pub fn search(&self, query: &Query) -> Hits {
        self.index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .search(query)
    }

    /// How much it holds.
    #[must_use]
    pub fn size(&self) -> search::Size {
        self.index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .size()
    }

    /// A municipality by its code.
    #[must_use]
    pub fn town(&self, code: &str) -> Option<&Municipality> {
        self.towns.iter().find(|town| town.code == code)
    }

    /// A kind by its code.
    #[must_use]
    pub fn kind(&self, code: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }

    /// Reads everything. The place in the feed is taken first, so that no change falls between.
    fn read(conn: &mut Conn) -> store::Result<Self> {
        let follower = Follower::start(conn, ONE, ALL)?;
        let towns = areas::store::municipalities(conn)?;
        let kinds = crate::store::kinds(conn)?;
        let mut index = Index::default();
        documents::each(conn, &kinds, |document| index.put(&document))?;
        Ok(Self {
            dictionary: words::dictionary(&towns, &kinds),
            centres: documents::centres(conn)?,
            stale: crate::upkeep::store::stale_days(conn)?,
            index: RwLock::new(index),
            follower: Mutex::new(follower),
            towns,
            kinds,
        })
    }

    /// Reads what changed; false when everything has to be read again.
    fn catch_up(&self, conn: &mut Conn) -> store::Result<bool> {
        let mut follower = self.follower.lock().unwrap_or_else(PoisonError::into_inner);
        match follower.step(conn)? {
            Step::Everything => Ok(false),
            Step::Records(ids) if ids.is_empty() => Ok(true),
            Step::Records(ids) => {
                let fresh = documents::some(conn, &self.kinds, &ids)?;
                let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
                for id in ids {
                    index.remove(id);
                }
                for document in fresh {
                    index.put(&document);
                }
                Ok(true)
            }
        }
    }
}

/// The index as it is now: whatever was saved before this call is in it.
///
/// # Errors
/// What the database says.
pub async fn loaded(db: &Db, now: Time) -> store::Result<Arc<Loaded>> {
    let finder = db.attached::<Finder>();
    let system = Viewer::system("search index", now);
    let known = finder.known();
    let Some(known) = known else {
        let _first = finder.first.lock().await;
        if let Some(known) = finder.known() {
            return Ok(known);
        }
        let made = Arc::new(db.read_slow(&system, Loaded::read).await?);
        finder.keep(&made);
        return Ok(made);
    };
    let reading = Arc::clone(&known);
    let current = db.read(&system, move |conn| reading.catch_up(conn)).await?;
    if current {
        return Ok(known);
    }
    if known.size().documents <= LARGE {
        let made = Arc::new(db.read_slow(&system, Loaded::read).await?);
        finder.keep(&made);
        return Ok(made);
    }
    if !finder.again.swap(true, Ordering::AcqRel) {
        let db = db.clone();
        tokio::spawn(async move {
            let finder = db.attached::<Finder>();
            match db.read_slow(&system, Loaded::read).await {
                Ok(made) => finder.keep(&Arc::new(made)),
                Err(error) => tracing::warn!(%error, "the search index cannot be read"),
            }
            finder.again.store(false, Ordering::Release);
        });
    }
    Ok(known)
}

impl Finder {
    fn known(&self) -> Option<Arc<Loaded>> {
        self.loaded
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, made: &Arc<Loaded>) {
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(made));
    }
}

/// For whom a viewer of the pages searches.
#[must_use]
pub fn audience(cx: &web::Ctx) -> Audience {
    if cx.me.is_some() {
        Audience::Professionals
    } else {
        Audience::Public
    }
}

/// The entry of the navigation.
pub const NAV: &[NavItem] = &[
    NavItem {
        href: "/directory",
        label: |lang| crate::i18n::loader(lang).text("find-nav").to_owned(),
        order: 20,
        permission: &Permission::PUBLIC,
        public: true,
    },
    NavItem {
        href: "/opendata",
        label: |lang| crate::i18n::loader(lang).text("find-open-title").to_owned(),
        order: web::FOOTER_ONLY,
        permission: &Permission::PUBLIC,
        public: true,
    },
];

/// Addresses for finding.
#[must_use]
pub fn routes() -> Vec<Route> {
    let public = &Permission::PUBLIC;
    vec![
        Route::get("/directory", public, pages::search::show),
        Route::get("/directory/pins.json", public, api::pins),
        Route::get("/directory/boundaries.geojson", public, api::boundaries),
        Route::get("/directory/towns/{code}", public, pages::town::show),
        Route::get("/directory/providers/{id}", public, pages::provider::show),
        Route::get("/api", public, api::about),
        Route::get("/api/v1/providers", public, api::providers),
        Route::get("/opendata", public, opendata::catalogue),
        Route::get("/opendata/", public, opendata::catalogue),
        Route::get("/opendata/{file}", public, opendata::file),
    ]
}
