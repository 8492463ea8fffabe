//! What changed between two editions; pure.

use std::collections::BTreeMap;

use serde::Serialize;

/// A snapshot for the comparison of editions: by the provider's id.
pub type Snapshot = BTreeMap<String, Vec<String>>;

/// A field by its word, as it was, as it is.
pub type Difference = (String, String, String);

/// What changed since an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// New: municipality and name.
    pub added: Vec<(String, String)>,
    /// Changed: municipality, name, and what, each as word, before, after.
    pub changed: Vec<(String, String, Vec<Difference>)>,
    /// No longer in it: municipality and name.
    pub gone: Vec<(String, String)>,
}

/// Compares two editions. `fields` names what is remembered after the municipality.
#[must_use]
pub fn compare(old: &Snapshot, new: &Snapshot, fields: &[String]) -> Changes {
    let head = |row: &[String]| {
        (
            row.first().cloned().unwrap_or_default(),
            row.get(1).cloned().unwrap_or_default(),
        )
    };
    let mut changes = Changes::default();
    for (id, row) in new {
        let (town, name) = head(row);
        let Some(before) = old.get(id) else {
            changes.added.push((town, name));
            continue;
        };
        let what: Vec<Difference> = fields
            .iter()
            .zip(before.iter().skip(1).zip(row.iter().skip(1)))
            .filter(|(_, (a, b))| a != b)
            .map(|(field, (a, b))| (field.clone(), a.clone(), b.clone()))
            .collect();
        if !what.is_empty() {
            changes.changed.push((town, name, what));
        }
    }
    changes.gone = old
        .iter()
        .filter(|(id, _)| !new.contains_key(*id))
        .map(|(_, row)| head(row))
        .collect();
    changes.added.sort();
    changes.changed.sort();
    changes.gone.sort();
    changes
}
