//! Staging: rows go into the tables under a number that is not yet current, five hundred at a time.

use std::collections::HashSet;

use kernel::Uuid;
use serde_json::{Value, json};
use store::{Db, Viewer};

use super::{
    columns::Layout,
    known::{Found, OldService},
    place::Places,
    record::Record,
    report::FileReport,
    sql,
    writes::{Writes, id_cell_of, service_cells},
};
use crate::model::ServiceId;

/// Rows per write: short enough that other writes wait little.
pub(crate) const CHUNK: usize = 500;

/// A row that was understood.
pub(crate) struct Incoming {
    pub(crate) line: u64,
    pub(crate) record: Record,
    pub(crate) odd: Vec<(&'static str, String)>,
}

/// One file on its way in.
pub(crate) struct Stage<'a> {
    pub(crate) db: &'a Db,
    pub(crate) viewer: Viewer,
    pub(crate) edition: i64,
    pub(crate) places: &'a Places,
    pub(crate) layout: Layout,
    pub(crate) file: String,
    pub(crate) as_of: String,
    pub(crate) seq: i64,
    pub(crate) report: FileReport,
    pub(crate) seen: HashSet<u64>,
    pub(crate) scope: HashSet<(String, String)>,
}

/// A hash to remember a key by; good enough to tell half a million apart.
pub(crate) fn mark(text: &str) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

impl Stage<'_> {
    /// Stages one chunk.
    pub(crate) fn chunk(&mut self, list: Vec<Incoming>) -> store::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        let mut found = self.find(&list)?;
        let mut writes = Writes::default();
        for incoming in list {
            self.one(incoming, &mut found, &mut writes);
        }
        self.write(writes)
    }

    pub(super) fn note(
        &mut self,
        writes: &mut Writes,
        (outcome, line): (&'static str, u64),
        record: &Record,
        reason: &str,
        ids: (Option<Uuid>, Option<Uuid>),
        texts: (&str, &str),
    ) {
        self.seq += 1;
        let id = |id: Option<Uuid>| id.map_or(Value::Null, |id| json!(id.simple().to_string()));
        writes.rows.push(vec![
            json!(self.seq),
            json!(outcome),
            json!(self.file),
            json!(line),
            json!(record.kind),
            json!(record.municipality),
            json!(record.name),
            json!(reason),
            id(ids.0),
            id(ids.1),
            json!(texts.0),
            json!(texts.1),
        ]);
    }

    fn one(&mut self, incoming: Incoming, found: &mut Found, writes: &mut Writes) {
        let Incoming { line, record, odd } = incoming;
        let key = record.key();
        self.seen.insert(mark(&key));
        self.scope.insert((
            record.kind.clone(),
            record.municipality.get(..2).unwrap_or_default().to_owned(),
        ));
        let hours_only = self.layout == Layout::NaviiHours;
        if let Some(old) = found.services.get_mut(&key) {
            let before: Record = serde_json::from_str(&old.official).unwrap_or_default();
            let merged = record.over(&before);
            let fingerprint = merged.fingerprint();
            if fingerprint == old.fingerprint && !old.absent {
                self.report.unchanged += 1;
                return;
            }
            let ids = (old.id, old.provider);
            let (staged, old_json) = (old.edition == self.edition, old.official.clone());
            let new_json = merged.to_json();
            old.official.clone_from(&new_json);
            old.fingerprint = fingerprint;
            old.absent = false;
            if staged {
                // An earlier row of this edition said less of the same: put together, not a change.
                writes.set_services.retain(|r| r[0] != id_cell_of(ids.0));
                writes
                    .set_services
                    .push(service_cells(ids.0, ids.1, &key, &merged));
                self.fill(ids.1, &merged, found, writes);
                self.facts(ids.1, &merged, writes);
                self.report.merged += 1;
            } else {
                self.report.changed += 1;
                self.note(
                    writes,
                    ("changed", line),
                    &merged,
                    "",
                    (Some(ids.0), Some(ids.1)),
                    (&new_json, &old_json),
                );
                self.facts(ids.1, &merged, writes);
            }
            return;
        }
        if hours_only {
            // Hours of an institution that is not among ours.
            self.report.outside += 1;
            return;
        }
        for (what, detail) in &odd {
            self.suspicious(writes, line, &record, what, detail);
        }
        let spot = self.places.spot(
            &record.municipality,
            &record.address,
            record.lat.zip(record.lon),
        );
        if let Some((_, _, km)) = spot.wrong {
            self.report.misplaced += 1;
            self.suspicious(
                writes,
                line,
                &record,
                "outside-municipality",
                &format!("{km:.0}"),
            );
        }
        if spot.swapped {
            self.suspicious(writes, line, &record, "swapped-coordinates", "");
        }
        let provider = self.provider_for(line, &record, found, writes);
        let service: ServiceId = self.db.env().id();
        writes.services.push(service_cells(
            kernel::AnyId::uuid(&service),
            provider,
            &key,
            &record,
        ));
        if !record.number.is_empty() {
            writes.numbers.push(vec![
                json!(record.scheme),
                json!(record.number),
                id_cell_of(provider),
            ]);
            found
                .numbers
                .entry((record.scheme.clone(), record.number.clone()))
                .or_insert(provider);
        }
        self.facts(provider, &record, writes);
        found.services.insert(
            key,
            OldService {
                id: kernel::AnyId::uuid(&service),
                provider,
                edition: self.edition,
                fingerprint: record.fingerprint(),
                official: record.to_json(),
                absent: false,
            },
        );
        self.report.added += 1;
    }

    pub(super) fn suspicious(
        &mut self,
        writes: &mut Writes,
        line: u64,
        record: &Record,
        what: &str,
        detail: &str,
    ) {
        self.report.suspicious += 1;
        self.report.say(line, what, detail, &record.name);
        self.note(
            writes,
            ("suspicious", line),
            record,
            &format!("{what}\t{detail}"),
            (None, None),
            ("", ""),
        );
    }

    fn facts(&self, provider: Uuid, record: &Record, writes: &mut Writes) {
        for fact in &record.facts {
            let id = kernel::AnyId::uuid(&self.db.env().id::<ServiceId>());
            let from = if fact.from.is_empty() {
                Value::Null
            } else {
                json!(fact.from)
            };
            writes.facts.push(vec![
                id_cell_of(id),
                id_cell_of(provider),
                json!(fact.scheme),
                json!(fact.class),
                json!(fact.number),
                json!(fact.value),
                from,
            ]);
        }
    }

    /// Rows that were refused, kept for the review; and what the file no longer names.
    pub(crate) fn finish(&mut self, refused: &[(u64, &'static str, String)]) -> store::Result<()> {
        let mut writes = Writes::default();
        for (line, why, what) in refused {
            let nobody = Record {
                name: what.chars().take(200).collect(),
                ..Record::default()
            };
            self.note(
                &mut writes,
                ("refused", *line),
                &nobody,
                &format!("{why}\t{what}"),
                (None, None),
                ("", ""),
            );
        }
        self.write(std::mem::take(&mut writes))?;
        if !self.layout.is_whole() || self.report.read == 0 {
            return Ok(());
        }
        let (dataset, edition) = (self.layout.dataset(), self.edition);
        let all = self
            .db
            .read_blocking::<_, store::Error>(&self.viewer, move |c| {
                c.all(
                    &sql::SERVICES_TO_MISS,
                    store::params! {"dataset" => dataset, "edition" => edition},
                    |r| {
                        Ok((
                            r.get::<Uuid>(0)?,
                            r.get::<Uuid>(1)?,
                            r.get::<String>(2)?,
                            r.get::<String>(3)?,
                            r.get::<String>(4)?,
                            r.get::<String>(5)?,
                        ))
                    },
                )
            })?;
        for (service, provider, kind, key, municipality, name) in all {
            let scope = (
                kind.clone(),
                municipality.get(..2).unwrap_or_default().to_owned(),
            );
            if self.scope.contains(&scope) && !self.seen.contains(&mark(&key)) {
                self.report.vanished += 1;
                let gone = Record {
                    kind,
                    municipality,
                    name,
                    ..Record::default()
                };
                self.note(
                    &mut writes,
                    ("vanished", 0),
                    &gone,
                    "",
                    (Some(service), Some(provider)),
                    ("", ""),
                );
                if writes.rows.len() >= CHUNK {
                    self.write(std::mem::take(&mut writes))?;
                }
            }
        }
        self.write(writes)
    }
}
