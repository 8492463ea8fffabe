//! An entry on its way into the database, from a form, a file or another room.

use kernel::{Env, OrganisationId, Uuid};

use super::{EntryId, HistoryId, Kind, Range, SourceId};

/// Most characters of a title.
pub const MOST_TITLE: usize = 200;
/// Most characters of a body.
pub const MOST_BODY: usize = 10_000;

/// A stretch of text from which an entry is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSource {
    /// `answer`, or the word of another room.
    pub kind: &'static str,
    /// The cited record (the answer's id).
    pub record: Uuid,
    /// Its version now; 0 when records of that kind have none.
    pub record_version: i64,
    /// Address (slug) of the survey; empty elsewhere.
    pub survey: String,
    /// 団体コード of the municipality that wrote it; empty when none did.
    pub municipality: String,
    /// Anchor of the question in addresses, for example `2-2`.
    pub question: String,
    /// Zero-based line of the record.
    pub paragraph: i64,
    /// First code point inside the line.
    pub start: i64,
    /// Code point after the last.
    pub end: i64,
    /// The text itself.
    pub quote: String,
    /// Whether the record is published now; [`crate::actions::record_published`] changes it later.
    pub published: bool,
}

/// An entry before it is written. Everything left at its default is what a new entry has: internal, first state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewEntry {
    /// What it is.
    pub kind: Kind,
    /// The organisation whose entry it is.
    pub owner: Option<OrganisationId>,
    /// The clerk's paraphrase, 1 to [`MOST_TITLE`] characters.
    pub title: String,
    /// More words, up to [`MOST_BODY`] characters.
    pub body: String,
    /// Row IDs of requirements, or the office's own numbers; no spaces inside one.
    pub refs: Vec<String>,
    /// Letters of the eight items.
    pub items: Vec<String>,
    /// Scenes; empty means 共通.
    pub scenes: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// One of the kind's states; empty means its first.
    pub status: String,
    /// Who may see it. Only the program's own loader may begin with [`Range::Public`].
    pub range: Range,
    /// 団体コード of the municipalities it names.
    pub municipalities: Vec<String>,
    /// The municipalities approve publication with the same act: for quotations of published texts.
    pub approved: bool,
    /// Scene of the goal it blocks.
    pub goal: Option<String>,
    /// The fiscal year it belongs to.
    pub fiscal_year: Option<i32>,
    /// Where it was taken from.
    pub sources: Vec<NewSource>,
    /// `manual`, `survey`, `consultation` …; empty means `manual`.
    pub origin: String,
    /// Born from something about persons: never public before it is rewritten and a second person has confirmed it.
    pub needs_rewrite: bool,
    /// Invented for the demo.
    pub fictional: bool,
    /// A fixed word by which a loader knows it again.
    pub seed: Option<String>,
}

/// The ids a new entry needs, drawn before the write because its closure may run twice.
#[derive(Clone, Debug)]
pub struct NewIds {
    /// The entry.
    pub entry: EntryId,
    /// Its first line of history.
    pub history: HistoryId,
    /// One per source.
    pub sources: Vec<SourceId>,
}

impl NewEntry {
    /// Draws the ids for this entry.
    #[must_use]
    pub fn ids(&self, env: &Env) -> NewIds {
        NewIds {
            entry: env.id(),
            history: env.id(),
            sources: self.sources.iter().map(|_| env.id()).collect(),
        }
    }
}
