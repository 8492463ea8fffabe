//! Scans, papers and their pages; pure.

use kernel::{AccountId, OrganisationId, Time};
use store::BlobId;

store::ids! {
    /// A file from the scanner.
    pub ScanId;
    /// Pages that belong together.
    pub PaperId;
    /// A page.
    pub PageId;
    /// A step in a paper's life.
    pub StepId;
}

/// Where a paper stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody and no code has said where it belongs.
    Waiting,
    /// With its record.
    Filed,
    /// Put aside: blank, twice scanned, not ours.
    Aside,
    /// Its pictures are destroyed; what became of it is still known.
    Gone,
}

impl State {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Filed, Self::Aside, Self::Gone];

    /// The stored word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Filed => "filed",
            Self::Aside => "aside",
            Self::Gone => "gone",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether pages may still be moved, turned and filed.
    #[must_use]
    pub fn open(self) -> bool {
        self != Self::Gone
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Identifier.
    pub id: PaperId,
    /// In whose tray.
    pub tenant: OrganisationId,
    /// The file it came in.
    pub scan: ScanId,
    /// Name of that file.
    pub scan_name: String,
    /// Where it stands.
    pub state: State,
    /// To what it belongs.
    pub target: Option<String>,
    /// A code that was read and belongs to nothing of this office; empty when there is none.
    pub code: String,
    /// When it came.
    pub arrived_at: Time,
    /// When somebody or its code decided.
    pub decided_at: Option<Time>,
    /// When its pictures are destroyed.
    pub dispose_at: Option<Time>,
    /// Goes up with every change.
    pub version: i64,
    /// How many pages it has.
    pub pages: i64,
}

/// A file that is being read or was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Identifier.
    pub id: ScanId,
    /// Its name.
    pub name: String,
    /// Why it was refused; `None` while it is being read.
    pub refused: Option<crate::read::Reason>,
    /// At which page reading ended, from 1; 0 for the whole file.
    pub page: i64,
    /// When it came.
    pub arrived_at: Time,
}

/// A page as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Identifier.
    pub id: PageId,
    /// Its paper.
    pub paper: PaperId,
    /// Its page number in the file it came in.
    pub number: i64,
    /// The picture; `None` after disposal.
    pub blob: Option<BlobId>,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Turned by hand, degrees clockwise.
    pub turn: i64,
    /// When its paper came.
    pub arrived_at: Time,
    /// Name of the file it came in.
    pub scan_name: String,
}

/// A step in a paper's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its word: `arrived`, `filed`, `back`, `aside`, `turned`, `split`, `merged`, `gone`.
    pub what: String,
    /// Which page, from 1; 0 for the whole paper.
    pub page: i64,
    /// To what it was filed.
    pub target: Option<String>,
    /// When.
    pub at: Time,
    /// Who; `None` for the program.
    pub by: Option<AccountId>,
}
