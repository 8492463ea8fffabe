//! Entries of the programme: their kinds, ranges, states, scenes and items, and the rules that need no database.

mod new;
mod reach;

use kernel::{AccountId, OrganisationId, Time, Uuid};

pub use new::{MOST_BODY, MOST_TITLE, NewEntry, NewIds, NewSource};
pub use reach::Range;

store::ids! {
    /// An initiative, issue, request or strength.
    pub EntryId;
    /// A stretch of text from which an entry was taken.
    pub SourceId;
    /// One line of an entry's history.
    pub HistoryId;
    /// The vision, or the goal of a scene.
    pub GoalId;
    /// A view of the board under a name of one's own.
    pub ViewId;
}

/// What an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 取組: what is done.
    Initiative,
    /// 課題: what is hard.
    #[default]
    Issue,
    /// 意見・要望: what is asked for.
    Request,
    /// 受け止め: what goes well.
    Strength,
}

impl Kind {
    /// All kinds, in the order of pages and files.
    pub const ALL: [Self; 4] = [Self::Initiative, Self::Issue, Self::Request, Self::Strength];

    /// The stored word, also in addresses and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Initiative => "initiative",
            Self::Issue => "issue",
            Self::Request => "request",
            Self::Strength => "strength",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The states in which such an entry can be, in the order of the board. [`WITHDRAWN`] is not among them.
    #[must_use]
    pub const fn statuses(self) -> &'static [&'static str] {
        match self {
            Self::Initiative => &["planned", "running", "paused", "ended"],
            Self::Issue => &["open", "working", "handed_over", "resolved"],
            Self::Request => &["received", "considering", "handed_over", "answered"],
            Self::Strength => &["recorded"],
        }
    }

    /// The state of a new entry.
    #[must_use]
    pub fn first_status(self) -> &'static str {
        match self {
            Self::Initiative => "running",
            Self::Issue => "open",
            Self::Request => "received",
            Self::Strength => "recorded",
        }
    }

    /// Whether an entry of this kind can be in a state.
    #[must_use]
    pub fn has_status(self, status: &str) -> bool {
        status == WITHDRAWN || self.statuses().contains(&status)
    }
}

/// The state of an entry that was taken back; any kind can be in it.
pub const WITHDRAWN: &str = "withdrawn";

/// The four scenes of the programme and what belongs to none of them, in their usual order.
pub const SCENES: [&str; 5] = ["daily", "transition", "acute", "endoflife", COMMON];

/// 共通（場面を問わない）: shown in every scene.
pub const COMMON: &str = "common";

/// The eight items of the programme as they were before 2020, by the letters of the official list; kept in
/// `data/items.txt`, because letters are data and not code.
pub fn items() -> impl Iterator<Item = char> {
    ITEMS.chars().filter(|c| !c.is_whitespace())
}

const ITEMS: &str = include_str!("../data/items.txt");

/// Tags that cut across scenes.
pub const TAGS: [&str; 2] = ["dementia", "infection_disaster"];

/// One bit per scene, in the order of [`SCENES`]; unknown words count nothing.
#[must_use]
pub fn scene_mask<S: AsRef<str>>(scenes: &[S]) -> i64 {
    let bit = |scene: &S| {
        SCENES
            .iter()
            .position(|known| *known == scene.as_ref())
            .map_or(0, |at| 1 << at)
    };
    scenes.iter().fold(0, |mask, scene| mask | bit(scene))
}

/// What a view of one scene takes: the scene itself and 共通, which is folded in and never hidden.
#[must_use]
pub fn scene_filter(scene: &str) -> i64 {
    scene_mask(&[scene, COMMON])
}

/// One bit per item, in the order of the list.
#[must_use]
pub fn item_mask<S: AsRef<str>>(chosen: &[S]) -> i64 {
    items().enumerate().fold(0, |mask, (at, letter)| {
        let named = chosen.iter().any(|item| item.as_ref().starts_with(letter));
        if named { mask | 1 << at } else { mask }
    })
}

/// An entry as a viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub id: EntryId,
    /// The organisation whose entry it is.
    pub owner: OrganisationId,
    /// What it is.
    pub kind: Kind,
    /// The clerk's paraphrase; pages mark it as such.
    pub title: String,
    /// More words; may be empty.
    pub body: String,
    /// One of [`Kind::statuses`], or [`WITHDRAWN`].
    pub status: String,
    /// Who may see it.
    pub range: Range,
    /// Whether everybody sees it.
    pub open: bool,
    /// The fiscal year it belongs to, when it belongs to one.
    pub fiscal_year: Option<i32>,
    /// Letters of the eight items.
    pub items: Vec<String>,
    /// Scenes it belongs to.
    pub scenes: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Row IDs of the requirements it serves, or the office's own numbers.
    pub refs: Vec<String>,
    /// 団体コード of the municipalities this viewer may know of: all when inside, otherwise those that approved.
    pub municipalities: Vec<String>,
    /// 団体コード of those that approved publication.
    pub approved: Vec<String>,
    /// Scene of the goal that it blocks.
    pub goal: Option<String>,
    /// How many sources it has in all.
    pub sources: i64,
    /// `manual`, `survey`, or the word of another room.
    pub origin: String,
    /// Born from consultations or the like, and not yet rewritten and confirmed by a second person.
    pub needs_rewrite: bool,
    /// Who rewrote it.
    pub rewritten_by: Option<AccountId>,
    /// Invented for the demo.
    pub fictional: bool,
    /// When it was taken back.
    pub withdrawn_at: Option<Time>,
    /// Why it was taken back.
    pub withdrawn_reason: Option<String>,
    /// Counts every change.
    pub version: i64,
    /// When it was written first.
    pub created_at: Time,
    /// When it was changed last.
    pub updated_at: Time,
    /// What this viewer may do with it.
    pub level: store::Level,
    /// Whether this viewer sees it for another reason than that it is public.
    pub inside: bool,
}

impl Entry {
    /// Whether this viewer may change it.
    #[must_use]
    pub fn editable(&self) -> bool {
        self.inside && self.level >= store::Level::Edit
    }

    /// Whether several municipalities are named.
    #[must_use]
    pub fn shared(&self) -> bool {
        self.municipalities.len() > 1
    }
}

/// The few words that lists and other rooms print of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBrief {
    /// Which.
    pub id: EntryId,
    /// What it is.
    pub kind: Kind,
    /// The paraphrase.
    pub title: String,
    /// Its state.
    pub status: String,
    /// Who may see it.
    pub range: Range,
    /// Whether everybody sees it.
    pub open: bool,
    /// Letters of the eight items.
    pub items: Vec<String>,
    /// Scenes.
    pub scenes: Vec<String>,
    /// Row IDs.
    pub refs: Vec<String>,
    /// 団体コード that this viewer may know of.
    pub municipalities: Vec<String>,
    /// How many sources it has.
    pub sources: i64,
    /// Invented for the demo.
    pub fictional: bool,
    /// Scene of the goal it blocks.
    pub goal: Option<String>,
    /// When it was changed last.
    pub updated_at: Time,
}

/// A municipality named by an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// 団体コード.
    pub municipality: String,
    /// As an organisation; none for neighbours that take no part.
    pub organisation: Option<OrganisationId>,
    /// Its own words; empty when it uses the common ones.
    pub wording: String,
    /// Its own state, when it differs.
    pub status: Option<String>,
    /// When it approved publication of the present text.
    pub approved_at: Option<Time>,
    /// Who approved, as printed then.
    pub approved_name: String,
    /// The day it stepped back.
    pub withdrawn_on: Option<kernel::Date>,
    /// Counts every change.
    pub version: i64,
    /// What this viewer may do for it.
    pub level: store::Level,
}

/// A stretch of text from which an entry was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which.
    pub id: SourceId,
    /// Of which entry.
    pub entry: EntryId,
    /// `answer`, or the word of another room.
    pub kind: String,
    /// The cited record.
    pub record: Uuid,
    /// Its version when it was cited.
    pub record_version: i64,
    /// Address of the survey.
    pub survey: String,
    /// 団体コード of the municipality that wrote it.
    pub municipality: String,
    /// Anchor of the question.
    pub question: String,
    /// Zero-based line of the record.
    pub paragraph: i64,
    /// First code point.
    pub start: i64,
    /// Code point after the last.
    pub end: i64,
    /// The text itself, never edited.
    pub quote: String,
    /// Whether the cited record is published.
    pub published: bool,
}

/// One line of an entry's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// What was done: `create`, `edit`, `range`, `approve` …
    pub action: String,
    /// What it was about, in the writer's words or as codes.
    pub detail: String,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Who.
    pub account: Option<AccountId>,
    /// The version after it.
    pub version: i64,
    /// When.
    pub at: Time,
}

/// The vision (`part` = `vision`) or the goal of a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Which.
    pub id: GoalId,
    /// Whose.
    pub owner: OrganisationId,
    /// `vision` or a scene.
    pub part: String,
    /// The text.
    pub body: String,
    /// Invented for the demo.
    pub fictional: bool,
    /// When it was published.
    pub published_at: Option<Time>,
    /// Counts every change.
    pub version: i64,
    /// When it was saved last.
    pub saved_at: Time,
}

/// The parts of めざすべき姿: the vision first, then one goal per scene.
pub const GOAL_PARTS: [&str; 6] = [
    "vision",
    "daily",
    "transition",
    "acute",
    "endoflife",
    "common",
];

/// A view of the board under a name of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Which.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// What stands after the question mark.
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_states_belong_to_kinds() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            assert!(kind.has_status(kind.first_status()) && kind.has_status(WITHDRAWN));
            assert!(!kind.has_status("nonsense"));
        }
        for range in Range::ALL {
            assert_eq!(Range::from_code(range.code()), Some(range));
        }
        assert!(!Kind::Strength.has_status("open"));
    }

    #[test]
    fn a_scene_takes_what_belongs_to_none() {
        assert_eq!(scene_mask(&["daily", "common"]), 0b1_0001);
        assert_eq!(scene_filter("acute"), 0b1_0100);
        assert_eq!(scene_mask(&["nonsense"]), 0);
        for scene in SCENES {
            assert!(scene_filter(scene) & scene_mask(&[COMMON]) != 0, "{scene}");
        }
    }

    #[test]
    fn there_are_eight_items_and_each_has_its_bit() {
        let all: Vec<String> = items().map(String::from).collect();
        assert_eq!(all.len(), 8);
        assert_eq!(item_mask(&all), 255);
        assert_eq!(item_mask(&[all[2].clone()]), 4);
        assert_eq!(item_mask(&["x"]), 0);
    }
}
