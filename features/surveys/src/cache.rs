//! Groupings in memory. Only what is public is kept, under the survey's version, so nothing is ever stale or leaked.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
};

use kernel::Lang;

use crate::{
    grouping::Grouping,
    model::{Question, Respondent, State, Survey},
};

/// Rendered pages kept beside one collation; readers rarely go further.
const PAGES: usize = 4;

/// All entries together hold at most about so many bytes of text.
const ROOM: usize = 32 * 1024 * 1024;

/// What the collation of one question shows.
#[derive(Debug, Default)]
pub struct Collation {
    /// Who answered, in the survey's order.
    pub respondents: Vec<Respondent>,
    /// What they answered; places are indexes into `respondents`.
    pub grouping: Grouping,
    /// Pages of it as they were last rendered. They live and go with the collation.
    pages: Mutex<HashMap<Shown, Arc<str>>>,
}

/// Everything besides the collation that a rendered page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shown {
    /// Address of the survey, for the links.
    pub address: String,
    /// Language of the page.
    pub lang: Lang,
    /// Fingerprint of the names shown instead of the survey's own.
    pub names: u64,
    /// Page of rows, from 1.
    pub page: usize,
}

impl Collation {
    /// Who answered, and what, with nothing rendered yet.
    #[must_use]
    pub fn new(respondents: Vec<Respondent>, grouping: Grouping) -> Self {
        Self {
            respondents,
            grouping,
            pages: Mutex::default(),
        }
    }

    /// A page as rendered before, or rendered now. Marking the differences word by word is most of the work.
    pub fn page(&self, shown: Shown, render: impl FnOnce() -> String) -> Arc<str> {
        if let Some(found) = self.pages().get(&shown) {
            return Arc::clone(found);
        }
        let made: Arc<str> = render().into();
        let mut pages = self.pages();
        if pages.len() >= PAGES {
            pages.clear();
        }
        pages.insert(shown, Arc::clone(&made));
        made
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<Shown, Arc<str>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Fingerprint, version and place of the question: the content itself, so that no chance of ids can mix two surveys up.
type Key = (String, i64, String);

#[derive(Default)]
struct Kept {
    entries: HashMap<Key, (Arc<Collation>, usize, u64)>,
    used: usize,
    clock: u64,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

fn key(survey: &Survey, question: &Question) -> Option<Key> {
    let key = || {
        (
            survey.fingerprint.clone(),
            survey.version,
            question.anchor.clone(),
        )
    };
    (survey.state == State::Published).then(key)
}

/// The collation of a question, if it is kept.
pub fn get(survey: &Survey, question: &Question) -> Option<Arc<Collation>> {
    let key = key(survey, question)?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.clock += 1;
    let now = kept.clock;
    kept.entries.get_mut(&key).map(|(collation, _, last)| {
        *last = now;
        Arc::clone(collation)
    })
}

/// Keeps a collation; the least recently used make room.
pub fn put(survey: &Survey, question: &Question, collation: &Arc<Collation>) {
    let Some(key) = key(survey, question) else {
        return;
    };
    let weight = collation.grouping.weight() + collation.respondents.len() * 100;
    if weight > ROOM / 2 {
        return;
    }
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.clock += 1;
    let now = kept.clock;
    if let Some((_, old, _)) = kept
        .entries
        .insert(key, (Arc::clone(collation), weight, now))
    {
        kept.used -= old;
    }
    kept.used += weight;
    while kept.used > ROOM {
        let Some(oldest) = kept
            .entries
            .iter()
            .min_by_key(|(_, (_, _, last))| *last)
            .map(|(key, _)| key.clone())
        else {
            return;
        };
        if let Some((_, weight, _)) = kept.entries.remove(&oldest) {
            kept.used -= weight;
        }
    }
}
