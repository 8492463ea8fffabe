//! What is known already of the rows of a chunk: services by key, providers by number, name and address.

use std::collections::{HashMap, HashSet};

use kernel::Uuid;
use store::Conn;

use super::{
    keys::{address_key, name_key},
    sql,
    stage::{Incoming, Stage},
};

/// A provider as far as matching needs it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: Uuid,
    pub(super) edition: i64,
    pub(super) municipality: String,
    pub(super) name_key: String,
    pub(super) address_key: String,
    pub(super) phone: String,
    pub(super) kinds: String,
    pub(super) name: String,
}

pub(super) struct OldService {
    pub(super) id: Uuid,
    pub(super) provider: Uuid,
    pub(super) edition: i64,
    pub(super) fingerprint: String,
    pub(super) official: String,
    pub(super) absent: bool,
}

#[derive(Default)]
pub(super) struct Found {
    pub(super) services: HashMap<String, OldService>,
    pub(super) numbers: HashMap<(String, String), Uuid>,
    pub(super) known: HashMap<Uuid, Known>,
    pub(super) by_address: HashMap<String, Vec<Uuid>>,
    pub(super) by_name: HashMap<String, Vec<Uuid>>,
}

impl Found {
    pub(super) fn learn(&mut self, known: Known) {
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

pub(super) fn known_row(r: &store::Row) -> store::Result<Known> {
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

impl Stage<'_> {
    /// Reads what the rows of a chunk may be about.
    pub(super) fn find(&self, list: &[Incoming]) -> store::Result<Found> {
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
}
