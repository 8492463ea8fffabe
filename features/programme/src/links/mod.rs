//! What entries have to do with each other: merge, split, "related", and "not the same after all". Each is one write with its audit
//! row and a line in the history of both entries; nothing is erased, and quotes only move, letter by letter as they are.

pub(crate) mod actions;
pub(crate) mod pages;
mod section;
pub mod store;

pub(crate) use section::section;

use kernel::Time;

use crate::model::EntryId;

::store::ids! {
    /// One decision about two entries.
    pub LinkId;
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// They have to do with each other.
    Related,
    /// The first went into the second.
    Merged,
    /// The second was made from quotes of the first.
    Split,
}

impl Decided {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Related => "related",
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Related, Self::Merged, Self::Split]
            .into_iter()
            .find(|d| d.code() == code)
    }
}

/// A decision as this viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which.
    pub id: LinkId,
    /// The first entry.
    pub entry: EntryId,
    /// The second.
    pub other: EntryId,
    /// What was decided.
    pub decided: Decided,
    /// Quotes that moved from the first to the second.
    pub moved: Vec<crate::SourceId>,
    /// Municipalities that the second got with them.
    pub named: Vec<String>,
    /// When.
    pub made_at: Time,
    /// Since when it no longer holds.
    pub undone_at: Option<Time>,
}
