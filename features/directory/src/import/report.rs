//! What became of a file, for people and machines.

use serde::{Deserialize, Serialize};

/// Remarks kept per file; the rest is only counted.
const MOST: usize = 1000;

/// One remark about a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Line in the file, counted from 1; 0 for the whole file.
    pub line: u64,
    /// Why, as a code that the texts explain (`directory-why-…`).
    pub why: String,
    /// The value in question.
    pub detail: String,
    /// Name in the row.
    pub name: String,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// Which publication it is: `mhlw-kaigo`, `mhlw-navii`, `kouseikyoku` …; empty when unreadable.
    pub source: String,
    /// The day it describes, ISO; empty when unknown.
    pub as_of: String,
    /// Rows with content.
    pub read: u64,
    /// Services that are new.
    pub added: u64,
    /// Services that differ from the accepted edition.
    pub changed: u64,
    /// Rows put together with an earlier row of the same edition.
    pub merged: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// Services that the file no longer names.
    pub vanished: u64,
    /// Rows refused.
    pub refused: u64,
    /// Rows with something odd; they are taken.
    pub suspicious: u64,
    /// Of these: coordinates outside the municipality, not placed there.
    pub misplaced: u64,
    /// Pairs that may be one office.
    pub doubtful: u64,
    /// Rows of places that are not ours.
    pub outside: u64,
    /// Why the file cannot be read on, with a code.
    pub unreadable: Option<Remark>,
    /// Refused rows with line and reason.
    pub refusals: Vec<Remark>,
    /// Odd rows.
    pub remarks: Vec<Remark>,
}

impl FileReport {
    pub(crate) fn say(&mut self, line: u64, why: &str, detail: &str, name: &str) {
        push(&mut self.remarks, line, why, detail, name);
    }

    pub(crate) fn refuse(&mut self, line: u64, why: &str, detail: &str) {
        self.refused += 1;
        push(&mut self.refusals, line, why, detail, "");
    }

    /// Every row with content is in exactly one of these.
    #[must_use]
    pub fn accounted(&self) -> u64 {
        self.added + self.changed + self.merged + self.unchanged + self.refused + self.outside
    }
}

fn push(list: &mut Vec<Remark>, line: u64, why: &str, detail: &str, name: &str) {
    if list.len() < MOST {
        list.push(Remark {
            line,
            why: why.to_owned(),
            detail: detail.chars().take(120).collect(),
            name: name.chars().take(100).collect(),
        });
    }
}
