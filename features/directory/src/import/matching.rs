//! Which provider a row is about.

use kernel::Uuid;
use serde_json::json;

use super::{
    keys::{address_key, name_key, same_name},
    known::{Found, Known},
    record::Record,
    stage::Stage,
    writes::{Writes, id_cell_of},
};

impl Stage<'_> {
    /// The provider that this row is about: by number, by name and address, or a new one.
    pub(super) fn provider_for(
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
            })
            // Two forms of one letter in a name (U+FA11 for U+5D0E): likely, and for a person to say.
            .or_else(|| {
                let plain = search::folded(&name);
                here.iter()
                    .find(|k| has_number && search::folded(&k.name_key) == plain)
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
    pub(super) fn fill(
        &mut self,
        id: Uuid,
        record: &Record,
        found: &mut Found,
        writes: &mut Writes,
    ) {
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
}
