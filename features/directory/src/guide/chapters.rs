//! What a chapter says beside its tables: pins, and what the municipality has not; pure.

use std::collections::{BTreeMap, BTreeSet};

use areas::Municipality;
use kernel::Lang;

use super::content::{Facts, Lacking, Placed};
use crate::model::{Kind, Provider, ProviderId, Service};

/// Providers with a place on the map, by number.
pub(super) fn placed(
    providers: &[&Provider],
    numbers: &BTreeMap<ProviderId, usize>,
    offers: &BTreeMap<ProviderId, Vec<&Service>>,
    kinds: &BTreeMap<&str, &Kind>,
) -> Vec<Placed> {
    let mut all: Vec<Placed> = providers
        .iter()
        .filter_map(|provider| {
            let place = (provider.lon?, provider.lat?);
            // The middle of a municipality is no place.
            let exact = match provider.precision.code() {
                "exact" => true,
                "town" => false,
                _ => return None,
            };
            let mut pins = BTreeMap::new();
            for service in &offers[&provider.id] {
                let kind = kinds.get(service.kind.as_str())?;
                pins.entry(kind.family.clone())
                    .or_insert_with(|| (kind.tone.clone(), kind.shape.clone()));
            }
            Some(Placed {
                number: *numbers.get(&provider.id)?,
                place,
                exact,
                families: pins.keys().cloned().collect(),
                pins,
            })
        })
        .collect();
    all.sort_by_key(|p| p.number);
    all
}

/// Kinds that somebody else in the area has and this municipality has not (HK-18).
pub(super) fn lacking(
    facts: &Facts,
    kinds: &BTreeMap<&str, &Kind>,
    town: &Municipality,
    offers: &BTreeMap<ProviderId, Vec<&Service>>,
    here: &[&Provider],
    lang: Lang,
) -> Vec<Lacking> {
    let own: BTreeSet<&str> = here
        .iter()
        .flat_map(|p| offers[&p.id].iter().map(|s| s.kind.as_str()))
        .collect();
    let wanted: BTreeSet<&str> = offers.values().flatten().map(|s| s.kind.as_str()).collect();
    facts
        .kinds
        .iter()
        .filter(|k| !own.contains(k.code.as_str()) && kinds.contains_key(k.code.as_str()))
        .filter_map(|kind| {
            let near: Vec<(String, i64)> = facts
                .names
                .iter()
                .filter(|(code, _)| *code != town.code)
                .filter_map(|(code, name)| {
                    let found = facts
                        .counts
                        .iter()
                        .find(|(c, k, _)| c == code && *k == kind.code)?;
                    Some((name.clone(), found.2))
                })
                .collect();
            let known = wanted.contains(kind.code.as_str()) || !near.is_empty();
            (known && !near.is_empty()).then(|| Lacking {
                name: kind.name(lang).to_owned(),
                near,
            })
        })
        .collect()
}
