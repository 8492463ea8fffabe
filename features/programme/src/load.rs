//! The file of entries that a new area begins with: `data/kensei/programme/entries.toml`, whose head explains its fields.
//!
//! Reading it is pure. Whether each quote stands in the survey is for the room that owns the survey's texts: it finds the
//! answer of each source, compares, and makes the entries in one write.

use std::collections::BTreeSet;

use serde::Deserialize;

/// The whole file.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Place of the survey in addresses, such as `2024-renkei`.
    pub survey: String,
    /// The entries in their order.
    #[serde(rename = "entry")]
    pub entries: Vec<Listed>,
}

/// One entry of the file.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Row IDs of the requirements, such as `OD-14`.
    pub refs: Vec<String>,
    /// `initiative`, `issue`, `request` or `strength`.
    pub kind: String,
    /// Our own short words.
    pub title: String,
    /// Letters of the eight items.
    pub items: Vec<String>,
    /// Codes of the scenes.
    pub scenes: Vec<String>,
    /// Codes of the tags.
    pub tags: Vec<String>,
    /// Code of the status; which ones exist depends on the kind.
    pub status: String,
    /// Code of the range of visibility.
    pub range: String,
    /// 団体コード of those who say so.
    pub municipalities: Vec<String>,
    /// A remark in our own words; may be empty.
    #[serde(default)]
    pub note: String,
    /// Why there is no quote; empty where there is one.
    #[serde(default)]
    pub without_source: String,
    /// The places in the answers.
    #[serde(default)]
    pub sources: Vec<ListedSource>,
}

/// One place in an answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct ListedSource {
    /// 団体コード of the municipality that wrote it.
    pub municipality: String,
    /// Number of the question as printed: `2(1)`.
    pub question: String,
    /// Line of the answer, from 0.
    pub paragraph: i64,
    /// First character, in Unicode code points inside the line.
    pub start: i64,
    /// Past the last character.
    pub end: i64,
    /// The characters between.
    pub quote: String,
}

/// What is wrong with a file of entries.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Not TOML, or a field is missing, unknown or of another type.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// An entry contradicts itself.
    #[error("entry {entry}: {what}")]
    Entry {
        /// Its first row ID, or its title.
        entry: String,
        /// What is wrong.
        what: &'static str,
    },
}

/// Reads the file.
///
/// # Errors
/// The place in the file, or the entry and what is wrong with it: an entry without row ID or title, a row ID used twice,
/// a quote whose length is not that of its span, an entry that has neither a quote nor a reason for having none.
pub fn parse(text: &str) -> Result<File, Problem> {
    let file: File = toml::from_str(text)?;
    let mut seen = BTreeSet::new();
    for entry in &file.entries {
        if let Some(what) = wrong(entry) {
            let name = entry.refs.first().unwrap_or(&entry.title).clone();
            return Err(Problem::Entry { entry: name, what });
        }
        for id in &entry.refs {
            if !seen.insert(id) {
                return Err(Problem::Entry {
                    entry: id.clone(),
                    what: "another entry has this row ID",
                });
            }
        }
    }
    Ok(file)
}

/// The entry that a loader made under this word, if it is there.
///
/// # Errors
/// When the database fails.
pub fn known(tx: &mut store::Tx, seed: &str) -> store::Result<Option<crate::EntryId>> {
    crate::store::writes::by_seed(tx, seed)
}

fn wrong(entry: &Listed) -> Option<&'static str> {
    let length = |quote: &str| i64::try_from(quote.chars().count()).unwrap_or(i64::MAX);
    if entry.refs.is_empty() || entry.title.is_empty() {
        return Some("row ID and title are needed");
    }
    if entry.municipalities.is_empty() || entry.scenes.is_empty() {
        return Some("at least one municipality and one scene are needed");
    }
    if entry.sources.is_empty() == entry.without_source.is_empty() {
        return Some("either sources, or why there are none");
    }
    for source in &entry.sources {
        if source.paragraph < 0
            || source.start < 0
            || source.end.checked_sub(source.start) != Some(length(&source.quote))
            || source.quote.is_empty()
        {
            return Some("a quote is as long as its span");
        }
        if !entry.municipalities.contains(&source.municipality) {
            return Some("whoever is quoted stands among the municipalities");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../data/kensei/programme/entries.toml");

    #[test]
    fn the_area_begins_with_the_ninety_statements_of_its_survey() {
        let file = parse(FILE).expect("readable");
        let count = |kind| file.entries.iter().filter(|e| e.kind == kind).count();
        assert_eq!(file.survey, "2024-renkei");
        assert_eq!(
            ["initiative", "issue", "request", "strength"].map(count),
            [54, 21, 6, 9]
        );
        let of = |id: &str| {
            let found = file.entries.iter().find(|e| e.refs.iter().any(|r| r == id));
            found.expect("listed")
        };
        assert_eq!(of("AS-10").municipalities.len(), 5);
        for id in ["AS-11", "AS-12", "AS-13", "AS-14", "AS-15", "AS-16"] {
            assert_eq!(of(id).municipalities.len(), 6, "{id}");
        }
        let scene = |e: &&Listed| e.scenes.iter().any(|s| s != "common");
        assert!(file.entries.iter().filter(scene).count() < 10);
    }

    #[test]
    fn an_entry_that_contradicts_itself_is_named() {
        let good = "survey = \"s\"\n[[entry]]\nrefs = [\"X-1\"]\nkind = \"issue\"\ntitle = \"t\"\nitems = []\nscenes = [\"common\"]\n\
            tags = []\nstatus = \"open\"\nrange = \"public\"\nmunicipalities = [\"142069\"]\nsources = [{ municipality = \"142069\", \
            question = \"1\", paragraph = 0, start = 1, end = 3, quote = \"二字\" }]\n";
        assert!(parse(good).is_ok());
        for (from, to) in [
            ("end = 3", "end = 4"),
            ("start = 1", "start = -9223372036854775808"),
            ("refs = [\"X-1\"]", "refs = []"),
            ("refs = [\"X-1\"]", "refs = [\"X-1\", \"X-1\"]"),
            ("quote = \"二字\"", "quote = \"\""),
            (
                "municipalities = [\"142069\"]",
                "municipalities = [\"143821\"]",
            ),
            ("title = \"t\"", "title = \"t\"\nwithout_source = \"w\""),
        ] {
            let bad = parse(&good.replace(from, to));
            assert!(matches!(bad, Err(Problem::Entry { .. })), "{to}");
        }
        assert!(matches!(parse("survey = 1"), Err(Problem::Toml(_))));
    }
}
