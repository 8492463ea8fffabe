//! What stands in a booklet or on a map, put in order; pure. Numbers are counted within each municipality.

use std::collections::{BTreeMap, BTreeSet};

use areas::Municipality;
use kernel::{Date, Lang, format_date};
use serde::Serialize;

pub use super::changes::{Changes, Difference, Snapshot, compare};
pub use super::order::{kana_row, ranges};
use super::{
    chapters::{lacking, placed},
    store::{Care, Town},
    words::Words,
};
use crate::model::{Kind, Provider, ProviderId, Service};

/// What is read for a booklet.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The municipalities, in order.
    pub towns: Vec<Municipality>,
    /// All kinds, in order.
    pub kinds: Vec<Kind>,
    /// The listed providers.
    pub providers: Vec<Provider>,
    /// Their services.
    pub services: Vec<Service>,
    /// What they can do.
    pub care: BTreeMap<ProviderId, Care>,
    /// Places by name.
    pub places: Vec<Town>,
    /// How many providers each municipality has of each kind, also those outside the booklet.
    pub counts: Vec<(String, String, i64)>,
    /// Names of all municipalities by code, in order.
    pub names: Vec<(String, String)>,
}

/// Which providers a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All.
    All,
    /// Hospitals, clinics, dentists, pharmacies.
    Medical,
    /// Care services.
    Care,
}

impl Part {
    /// Whether a family of kinds belongs to it.
    #[must_use]
    pub fn has(self, family: &str) -> bool {
        let medical = matches!(family, "medical" | "dental" | "pharmacy");
        match self {
            Self::All => true,
            Self::Medical => medical,
            Self::Care => !medical,
        }
    }
}

/// One municipality's part of a booklet.
#[derive(Clone, Debug, Serialize)]
pub struct Chapter {
    /// 団体コード.
    pub code: String,
    /// Name.
    pub name: String,
    /// Tables, one a kind.
    pub tables: Vec<KindTable>,
    /// Kinds that it has not, with who near it has.
    pub lacking: Vec<Lacking>,
    /// How many providers.
    pub count: usize,
    /// Those with a place on the map.
    #[serde(skip)]
    pub placed: Vec<Placed>,
}

/// The providers of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct KindTable {
    /// Code of the kind.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is, in plain words.
    pub plain: String,
    /// Its pin.
    pub pin: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One provider in a table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its number in the chapter.
    pub number: usize,
    /// A name within the document, only where it stands first.
    pub anchor: Option<String>,
    /// Its record.
    #[serde(skip)]
    pub id: ProviderId,
    /// Name.
    pub name: String,
    /// Address with building.
    pub address: String,
    /// Telephone; empty when not known.
    pub phone: String,
    /// FAX; empty when not known.
    pub fax: String,
    /// What to know: places, days, visits.
    pub facts: Vec<String>,
}

/// A kind that a municipality has not.
#[derive(Clone, Debug, Serialize)]
pub struct Lacking {
    /// The kind's name.
    pub name: String,
    /// Municipalities that have it, with how many.
    pub near: Vec<(String, i64)>,
}

/// A provider on a map.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its number.
    pub number: usize,
    /// Longitude and latitude.
    pub place: (f64, f64),
    /// Whether the place is the building.
    pub exact: bool,
    /// The families of its services.
    pub families: BTreeSet<String>,
    /// Colour and form by family.
    pub pins: BTreeMap<String, (String, String)>,
}

/// A line of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexLine {
    /// The heading it stands under: the first kana of its row, or empty.
    pub row: String,
    /// Name.
    pub name: String,
    /// Municipality.
    pub town: String,
    /// Number there.
    pub number: usize,
    /// Where it stands.
    pub anchor: String,
    /// 団体コード of the municipality.
    #[serde(skip)]
    pub code: String,
    /// Code of the kind in whose table it stands.
    #[serde(skip)]
    pub kind: String,
}

/// Everything a booklet says.
#[derive(Clone, Debug)]
pub struct Book {
    /// One a municipality.
    pub chapters: Vec<Chapter>,
    /// All names in the order of kana.
    pub index: Vec<IndexLine>,
    /// For the next edition.
    pub snapshot: Snapshot,
    /// Publications and offices the facts come from, with their days.
    pub sources: Vec<String>,
    /// How many providers.
    pub count: usize,
}

/// Puts the facts in order.
#[must_use]
pub fn book(facts: &Facts, part: Part, lang: Lang, today: Date, words: &Words) -> Book {
    let kinds: BTreeMap<&str, &Kind> = facts.kinds.iter().map(|k| (k.code.as_str(), k)).collect();
    let mut offers: BTreeMap<ProviderId, Vec<&Service>> = BTreeMap::new();
    for service in &facts.services {
        let fits = kinds
            .get(service.kind.as_str())
            .is_some_and(|k| part.has(&k.family) && k.is_valid(today));
        if fits {
            offers.entry(service.provider).or_default().push(service);
        }
    }
    let (mut index, mut snapshot, mut sources) = (Vec::new(), Snapshot::new(), BTreeSet::new());
    let mut chapters = Vec::new();
    for town in &facts.towns {
        let here: Vec<&Provider> = facts
            .providers
            .iter()
            .filter(|p| p.municipality == town.code && offers.contains_key(&p.id))
            .collect();
        let chapter = chapter(facts, &kinds, &offers, town, &here, lang, words);
        for table in &chapter.tables {
            for row in &table.rows {
                let Some(anchor) = &row.anchor else { continue };
                let Some(provider) = here.iter().find(|p| p.id == row.id) else {
                    continue;
                };
                index.push((
                    sort_key(provider),
                    IndexLine {
                        row: kana_row(&provider.kana),
                        name: row.name.clone(),
                        town: chapter.name.clone(),
                        number: row.number,
                        anchor: anchor.clone(),
                        code: town.code.clone(),
                        kind: table.code.clone(),
                    },
                ));
            }
        }
        for provider in &here {
            snapshot.insert(
                provider.id.to_string(),
                remembered(provider, &offers, &kinds, &chapter.name, lang),
            );
            sources.insert(source(
                &words.source(&provider.source),
                provider.source_date,
                lang,
            ));
            for service in &offers[&provider.id] {
                sources.insert(source(
                    &words.source(&service.source),
                    service.source_date,
                    lang,
                ));
            }
        }
        chapters.push(chapter);
    }
    index.sort_by(|(a, x), (b, y)| {
        a.cmp(b)
            .then(x.town.cmp(&y.town))
            .then(x.number.cmp(&y.number))
    });
    sources.remove("");
    Book {
        chapters,
        index: index.into_iter().map(|(_, line)| line).collect(),
        count: snapshot.len(),
        snapshot,
        sources: sources.into_iter().collect(),
    }
}

fn source(name: &str, day: Option<Date>, lang: Lang) -> String {
    match day {
        Some(day) if !name.is_empty() => format!("{name} ({})", format_date(day, lang)),
        _ => name.to_owned(),
    }
}

fn chapter(
    facts: &Facts,
    kinds: &BTreeMap<&str, &Kind>,
    offers: &BTreeMap<ProviderId, Vec<&Service>>,
    town: &Municipality,
    here: &[&Provider],
    lang: Lang,
    words: &Words,
) -> Chapter {
    let mut sorted = here.to_vec();
    sorted.sort_by_cached_key(|p| sort_key(p));
    let mut numbers: BTreeMap<ProviderId, usize> = BTreeMap::new();
    let mut tables = Vec::new();
    for kind in &facts.kinds {
        let mut rows = Vec::new();
        for provider in &sorted {
            let Some(service) = offers[&provider.id].iter().find(|s| s.kind == kind.code) else {
                continue;
            };
            let next = numbers.len() + 1;
            let number = *numbers.entry(provider.id).or_insert(next);
            let care = facts.care.get(&provider.id).copied().unwrap_or_default();
            rows.push(Row {
                number,
                anchor: (number == next).then(|| format!("p{}-{number}", town.code)),
                id: provider.id,
                name: provider.label(lang).to_owned(),
                address: joined(&provider.address, &provider.building),
                phone: provider.phone.clone(),
                fax: provider.fax.clone(),
                facts: words.facts(kind, provider, service, care),
            });
        }
        if !rows.is_empty() {
            tables.push(KindTable {
                code: kind.code.clone(),
                name: kind.name(lang).to_owned(),
                plain: kind.plain(lang).to_owned(),
                pin: super::draw::sample(&kind.tone, &kind.shape),
                rows,
            });
        }
    }
    Chapter {
        code: town.code.clone(),
        name: town.name(lang).to_owned(),
        lacking: lacking(facts, kinds, town, offers, here, lang),
        count: here.len(),
        placed: placed(&sorted, &numbers, offers, kinds),
        tables,
    }
}

fn joined(address: &str, building: &str) -> String {
    if building.is_empty() {
        address.to_owned()
    } else {
        format!("{address} {building}")
    }
}

/// By reading; those whose reading nobody knows come after them, by name.
fn sort_key(provider: &Provider) -> (bool, String, String) {
    let kana = kernel::text::fold(&provider.kana);
    (kana.is_empty(), kana, kernel::text::fold(&provider.name))
}

/// The fields that an edition remembers of a provider, in the order of [`Words::fields`]; the municipality and the name come first.
fn remembered(
    provider: &Provider,
    offers: &BTreeMap<ProviderId, Vec<&Service>>,
    kinds: &BTreeMap<&str, &Kind>,
    town: &str,
    lang: Lang,
) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for service in &offers[&provider.id] {
        if let Some(kind) = kinds.get(service.kind.as_str())
            && !names.contains(&kind.name(lang))
        {
            names.push(kind.name(lang));
        }
    }
    vec![
        town.to_owned(),
        provider.label(lang).to_owned(),
        joined(&provider.address, &provider.building),
        provider.phone.clone(),
        provider.fax.clone(),
        names.join(" / "),
    ]
}
