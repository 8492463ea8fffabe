//! What a chunk of rows writes, in one transaction.

use std::collections::HashMap;

use kernel::Uuid;
use serde_json::{Value, json};
use store::id_cell;

use super::{record::Record, sql, stage::Stage};

/// What one chunk writes.
#[derive(Default)]
pub(super) struct Writes {
    pub(super) providers: Vec<Vec<Value>>,
    pub(super) services: Vec<Vec<Value>>,
    pub(super) set_services: Vec<Vec<Value>>,
    pub(super) numbers: Vec<Vec<Value>>,
    pub(super) aliases: Vec<Vec<Value>>,
    pub(super) facts: Vec<Vec<Value>>,
    pub(super) pairs: Vec<Vec<Value>>,
    pub(super) rows: Vec<Vec<Value>>,
    pub(super) fills: HashMap<Uuid, Vec<Value>>,
}

impl Stage<'_> {
    /// Writes a chunk.
    pub(super) fn write(&mut self, writes: Writes) -> store::Result<()> {
        let edition = self.edition;
        let (dataset, source) = (self.layout.dataset(), self.layout.source());
        let as_of = (!self.as_of.is_empty()).then(|| self.as_of.clone());
        let now = self.db.env().now();
        let fills: Vec<Vec<Value>> = writes.fills.into_values().collect();
        let (providers, services, set, numbers, aliases, facts, pairs, rows, fills) = (
            store::rows(&writes.providers),
            store::rows(&writes.services),
            store::rows(&writes.set_services),
            store::rows(&writes.numbers),
            store::rows(&writes.aliases),
            store::rows(&writes.facts),
            store::rows(&writes.pairs),
            store::rows(&writes.rows),
            store::rows(&fills),
        );
        self.db.write_blocking::<_, store::Error>(&self.viewer, move |tx| {
            let any = |json: &String| json.len() > 2;
            if any(&providers) {
                tx.exec(&sql::ADD_PROVIDERS, store::params! {"edition" => edition, "source" => source, "as_of" => as_of, "now" => now, "rows" => providers})?;
            }
            if any(&services) {
                tx.exec(&sql::ADD_SERVICES, store::params! {"edition" => edition, "dataset" => dataset, "source" => source, "rows" => services})?;
            }
            if any(&set) {
                tx.exec(&sql::SET_SERVICES, store::params! {"rows" => set})?;
            }
            if any(&numbers) {
                tx.exec(&sql::ADD_NUMBERS, store::params! {"edition" => edition, "rows" => numbers})?;
            }
            if any(&aliases) {
                tx.exec(&sql::ADD_ALIASES, store::params! {"rows" => aliases})?;
            }
            if any(&facts) {
                tx.exec(&sql::ADD_FACTS, store::params! {"edition" => edition, "source" => source, "as_of" => as_of, "rows" => facts})?;
            }
            if any(&pairs) {
                tx.exec(&sql::ADD_PAIRS, store::params! {"edition" => edition, "rows" => pairs})?;
            }
            if any(&rows) {
                tx.exec(&sql::ADD_ROWS, store::params! {"edition" => edition, "rows" => rows})?;
            }
            if any(&fills) {
                tx.exec(&sql::FILL, store::params! {"now" => now, "rows" => fills})?;
            }
            tx.exec(&sql::TOUCH, store::params! {"now" => now, "number" => edition})?;
            Ok(())
        })
    }
}

/// An id as a cell of the bulk statements.
pub(super) fn id_cell_of(id: Uuid) -> Value {
    id_cell(<crate::model::ProviderId as kernel::AnyId>::from_uuid(id))
}

/// The cells of a service for the bulk statements.
pub(crate) fn service_cells(id: Uuid, provider: Uuid, key: &str, r: &Record) -> Vec<Value> {
    let hours = (!r.hours.is_empty()).then(|| serde_json::to_string(&r.hours).unwrap_or_default());
    let beds = (!r.beds.is_empty()).then(|| serde_json::to_string(&r.beds).unwrap_or_default());
    let as_of = (!r.as_of.is_empty()).then(|| r.as_of.clone());
    let departments: String = r.departments.join("\u{3001}").chars().take(2000).collect();
    vec![
        id_cell_of(id),
        id_cell_of(provider),
        json!(r.kind),
        json!(r.number),
        json!(r.capacity),
        json!(r.days),
        json!(hours),
        json!(r.hours_note),
        json!(departments),
        json!(beds),
        json!(key),
        json!(r.fingerprint()),
        json!(r.to_json()),
        json!(as_of),
    ]
}
