//! Next year's draft from the programme's records: question 1 from initiatives, 2(2) from open issues, 2(3) from requests. Only
//! proposals: each leads to its record, and nothing enters an answer unless the writer takes it.

use std::collections::BTreeMap;

use programme::{
    EntryBrief, Kind,
    store::{Filter, Key},
};
use store::{Conn, Result};

use crate::{
    model::anchor,
    rounds::model::{Reply, Round},
};

/// Most proposals of one kind.
const MOST: i64 = 100;

/// One proposal with where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    /// The record's title, a paraphrase by whoever wrote it.
    pub(super) title: String,
    /// The record's page.
    pub(super) path: String,
    /// Row IDs.
    pub(super) refs: String,
    /// How many sentences of answers it cites.
    pub(super) sources: i64,
}

/// Questions by the names of their fields or their numbers, the kind of record that answers them, and the states that are over.
const MAP: [(&str, &str, Kind, &[&str]); 3] = [
    ("initiatives", "1", Kind::Initiative, &["ended"]),
    (
        "challenges",
        "2-2",
        Kind::Issue,
        &["resolved", "handed_over", "withdrawn"],
    ),
    ("opinions", "2-3", Kind::Request, &["answered", "withdrawn"]),
];

/// What the records propose for each question of one municipality, by field key; as this viewer may see them.
pub(super) fn of_municipality(
    conn: &mut Conn,
    round: &Round,
    reply: &Reply,
) -> Result<BTreeMap<String, Vec<Proposal>>> {
    let mut all = BTreeMap::new();
    for (key, number, kind, over) in MAP {
        let long = |f: &&forms::Field| matches!(f.kind, forms::Kind::Long { .. });
        let named = round
            .catalogue
            .fields
            .iter()
            .filter(long)
            .find(|f| f.key == key);
        let numbered = || {
            round
                .catalogue
                .fields
                .iter()
                .filter(long)
                .find(|f| anchor(&f.number) == number)
        };
        let Some(field) = named.or_else(numbered) else {
            continue;
        };
        let filter = Filter {
            kind: Some(kind),
            municipality: Some(reply.code.clone()),
            ..Filter::default()
        };
        let entries = programme::store::list(conn, &filter, false, Key::first(), MOST)?;
        let list: Vec<Proposal> = entries
            .iter()
            .filter(|entry| !over.contains(&entry.status.as_str()))
            .map(proposal)
            .collect();
        if !list.is_empty() {
            all.insert(field.key.clone(), list);
        }
    }
    Ok(all)
}

fn proposal(entry: &EntryBrief) -> Proposal {
    Proposal {
        title: entry.title.clone(),
        path: format!("/programme/entries/{}", entry.id),
        refs: entry.refs.join(" "),
        sources: entry.sources,
    }
}

/// Proposals as the text that goes into a field: one paragraph each.
pub(super) fn text(list: &[Proposal]) -> String {
    let lines: Vec<String> = list
        .iter()
        .map(|p| format!("\u{30fb}{}", p.title))
        .collect();
    lines.join("\n")
}
