//! Staging: rows go into the tables under a number that is not yet current, five hundred at a time.

use std::collections::{HashMap, HashSet};

use kernel::Uuid;
use serde_json::{Value, json};
use store::{Conn, Db, Viewer, id_cell};

use super::{
    columns::Layout,
    keys::{address_key, name_key, same_name},
    place::Places,
    record::Record,
    report::FileReport,
    sql,
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

/// A provider as far as matching needs it.
#[derive(Clone, Debug)]
struct Known {
    id: Uuid,
    edition: i64,
    municipality: String,
    name_key: String,
    address_key: String,
    phone: String,
    kinds: String,
    name: String,
}

struct OldService {
    id: Uuid,
    provider: Uuid,
    edition: i64,
    fingerprint: String,
    official: String,
    absent: bool,
}

#[derive(Default)]
struct Found {
    services: HashMap<String, OldService>,
    numbers: HashMap<(String, String), Uuid>,
    known: HashMap<Uuid, Known>,
    by_address: HashMap<String, Vec<Uuid>>,
    by_name: HashMap<String, Vec<Uuid>>,
}

impl Found {
    fn learn(&mut self, known: Known) {
        let entry = self
            .by_address
            .entry(known.address_key.clone())
            .or_default();
        if !entry.contains(&known.id) {
            entry.push(known.id);
        }
        let entry = self.by_name.entry(known.name_key.clone()).or_default();
        if !entry.contains(&known.id) {
            entry.push(known.id);
        }
        self.known.insert(known.id, known);
    }
}

/// What one chunk writes.
#[derive(Default)]
struct Writes {
    providers: Vec<Vec<Value>>,
    services: Vec<Vec<Value>>,
    set_services: Vec<Vec<Value>>,
    numbers: Vec<Vec<Value>>,
    aliases: Vec<Vec<Value>>,
    facts: Vec<Vec<Value>>,
    pairs: Vec<Vec<Value>>,
    rows: Vec<Vec<Value>>,
    fills: HashMap<Uuid, Vec<Value>>,
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

fn known_row(r: &store::Row) -> store::Result<Known> {
    Ok(Known {
        id: r.get(0)?,
        edition: r.get(1)?,
        municipality: r.get(2)?,
        name_key: r.get(3)?,
        address_key: r.get(4)?,
        phone: r.get(5)?,
        kinds: r.get(6)?,
        name: r.get(7)?,
    })
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

    fn find(&self, list: &[Incoming]) -> store::Result<Found> {
        let dataset = self.layout.dataset();
        let keys: Vec<String> = list.iter().map(|i| i.record.key()).collect();
        let records: Vec<(String, String, String, String)> = list
            .iter()
            .map(|i| {
                let r = &i.record;
                (
                    r.key(),
                    r.number.clone(),
                    address_key(&r.municipality, &r.address),
                    name_key(&r.name),
                )
            })
            .collect();
        self.db
            .read_blocking::<_, store::Error>(&self.viewer, move |c: &mut Conn| {
                let mut found = Found::default();
                let rows = c.all(
                    &sql::FIND_SERVICES,
                    store::params! {"dataset" => dataset, "keys" => store::texts(&keys)},
                    |r| {
                        let absent: Option<String> = r.get(6)?;
                        Ok((
                            r.get::<String>(0)?,
                            OldService {
                                id: r.get(1)?,
                                provider: r.get(2)?,
                                edition: r.get(3)?,
                                fingerprint: r.get(4)?,
                                official: r.get(5)?,
                                absent: absent.is_some(),
                            },
                        ))
                    },
                )?;
                found.services.extend(rows);
                let new: Vec<_> = records
                    .iter()
                    .filter(|r| !found.services.contains_key(&r.0))
                    .collect();
                if !new.is_empty() {
                    let list = |at: fn(&(String, String, String, String)) -> &String| {
                        let texts: Vec<&String> = new
                            .iter()
                            .map(|r| at(r))
                            .filter(|t| !t.is_empty())
                            .collect();
                        store::texts(&texts)
                    };
                    let numbers = c.all(
                        &sql::FIND_NUMBERS,
                        store::params! {"numbers" => list(|r| &r.1)},
                        |r| Ok(((r.get(0)?, r.get(1)?), r.get::<Uuid>(2)?)),
                    )?;
                    found.numbers.extend(numbers);
                    for known in c.all(
                        &sql::FIND_ADDRESSES,
                        store::params! {"keys" => list(|r| &r.2)},
                        known_row,
                    )? {
                        found.learn(known);
                    }
                    for known in c.all(
                        &sql::FIND_NAMES,
                        store::params! {"keys" => list(|r| &r.3)},
                        known_row,
                    )? {
                        found.learn(known);
                    }
                }
                let ids: HashSet<Uuid> = found
                    .numbers
                    .values()
                    .copied()
                    .chain(found.services.values().map(|s| s.provider))
                    .filter(|id| !found.known.contains_key(id))
                    .collect();
                let ids: Vec<crate::model::ProviderId> =
                    ids.into_iter().map(kernel::AnyId::from_uuid).collect();
                for known in c.all(
                    &sql::FIND_PROVIDERS,
                    store::params! {"ids" => store::ids(&ids)},
                    known_row,
                )? {
                    found.known.insert(known.id, known);
                }
                Ok(found)
            })
    }

    fn note(
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

    fn suspicious(
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

    /// The provider that this row is about: by number, by name and address, or a new one.
    fn provider_for(
        &mut self,
        line: u64,
        record: &Record,
        found: &mut Found,
        writes: &mut Writes,
    ) -> Uuid {
        let (name, address) = (
            name_key(&record.name),
            address_key(&record.municipality, &record.address),
        );
        let by_number = found
            .numbers
            .get(&(record.scheme.clone(), record.number.clone()))
            .copied();
        let candidates = |ids: Option<&Vec<Uuid>>| -> Vec<Known> {
            ids.into_iter()
                .flatten()
                .filter_map(|id| found.known.get(id))
                .cloned()
                .collect()
        };
        let here = candidates(found.by_address.get(&address));
        let named = candidates(found.by_name.get(&name));
        let has_number = address
            .bytes()
            .any(|b| b.is_ascii_digit() && address.len() > 7)
            && address[7..].bytes().any(|b| b.is_ascii_digit());
        let at_place = here
            .iter()
            .find(|k| has_number && same_name(&k.name_key, &name))
            .map(|k| k.id);
        // Publications without addresses, or with addresses cut off before the number, name an institution of the same town if
        // there is exactly one of that name whose address goes on where this one ends.
        let ends = |short: &str, long: &str| {
            long.starts_with(short) && !short[7..].bytes().any(|b| b.is_ascii_digit())
        };
        let in_town: Vec<Uuid> = named
            .iter()
            .filter(|k| {
                k.municipality == record.municipality
                    && (ends(&k.address_key, &address) || ends(&address, &k.address_key))
            })
            .map(|k| k.id)
            .collect();
        let at_place = at_place.or(in_town.first().copied().filter(|_| in_town.len() == 1));
        if let Some(id) = by_number.or(at_place) {
            if let Some(known) = found.known.get(&id).cloned() {
                if known.name_key != name
                    && by_number.is_some()
                    && at_place != Some(id)
                    && known.address_key != address
                {
                    self.suspicious(writes, line, record, "same-number", &known.name);
                }
                if known.name != record.name {
                    writes
                        .aliases
                        .push(vec![id_cell_of(id), json!(record.name)]);
                }
                self.fill(id, record, found, writes);
            }
            return id;
        }
        let id = kernel::AnyId::uuid(&self.db.env().id::<crate::model::ProviderId>());
        let doubt = here
            .iter()
            .find(|k| has_number && !record.phone.is_empty() && k.phone == record.phone)
            .map(|k| (k.id, "same-place"))
            .or_else(|| {
                named
                    .iter()
                    .find(|k| k.municipality == record.municipality)
                    .map(|k| (k.id, "same-name"))
            });
        if let Some((other, why)) = doubt {
            writes.pairs.push(vec![
                id_cell_of(other.min(id)),
                id_cell_of(other.max(id)),
                json!(why),
            ]);
            self.report.doubtful += 1;
        }
        let spot = self.places.spot(
            &record.municipality,
            &record.address,
            record.lat.zip(record.lon),
        );
        let (stated_lat, stated_lon) = spot
            .wrong
            .map_or((None, None), |(a, b, _)| (Some(a), Some(b)));
        writes.providers.push(vec![
            id_cell_of(id),
            json!(i64::from(self.places.in_area(&record.municipality))),
            json!(record.municipality),
            json!(record.name),
            json!(record.kana),
            json!(record.name_en),
            json!(name),
            json!(record.postal),
            json!(record.address),
            json!(record.building),
            json!(address),
            json!(spot.at.map(|a| a.0)),
            json!(spot.at.map(|a| a.1)),
            json!(spot.precision.code()),
            json!(stated_lat),
            json!(stated_lon),
            json!(record.phone),
            json!(record.fax),
            json!(record.url),
            json!(record.corporation),
            json!(record.corporation_number),
            json!(record.kind),
        ]);
        found.learn(Known {
            id,
            edition: self.edition,
            municipality: record.municipality.clone(),
            name_key: name,
            address_key: address,
            phone: record.phone.clone(),
            kinds: record.kind.clone(),
            name: record.name.clone(),
        });
        id
    }

    /// What the row knows and the provider does not, and its kind: at once for a staged provider, later for an accepted one.
    fn fill(&mut self, id: Uuid, record: &Record, found: &mut Found, writes: &mut Writes) {
        let Some(known) = found.known.get_mut(&id) else {
            return;
        };
        let new_kind = !known.kinds.split_whitespace().any(|k| k == record.kind);
        if new_kind {
            known.kinds = format!("{} {}", known.kinds, record.kind);
        }
        let spot = self.places.spot(
            &record.municipality,
            &record.address,
            record.lat.zip(record.lon),
        );
        let exact = spot
            .at
            .filter(|_| spot.precision == crate::model::Precision::Exact);
        let cells = vec![
            id_cell_of(id),
            json!(known.kinds),
            json!(record.kana),
            json!(record.phone),
            json!(record.fax),
            json!(record.url),
            json!(record.corporation),
            json!(record.corporation_number),
            json!(record.postal),
            json!(exact.map(|e| e.0)),
            json!(exact.map(|e| e.1)),
        ];
        if known.edition == self.edition {
            let slot = writes.fills.entry(id).or_insert_with(|| cells.clone());
            for (at, cell) in cells.into_iter().enumerate() {
                if at == 1 || slot[at] == json!("") || slot[at].is_null() {
                    slot[at] = cell;
                }
            }
        } else {
            let payload = serde_json::to_string(&cells).unwrap_or_default();
            let line = record.clone();
            self.note(
                writes,
                ("added", 0),
                &line,
                "",
                (None, Some(id)),
                (&payload, ""),
            );
        }
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

    fn write(&mut self, writes: Writes) -> store::Result<()> {
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

fn id_cell_of(id: Uuid) -> Value {
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
