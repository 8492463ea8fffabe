//! What stands in a booklet or on a map, put in order; pure. Numbers are counted within each municipality.

use std::collections::{BTreeMap, BTreeSet};

use areas::Municipality;
use kernel::{Date, Lang, format_date};
use serde::Serialize;

use super::{
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
}

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

fn placed(
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
fn lacking(
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

/// By reading; those whose reading nobody knows come after them, by name.
fn sort_key(provider: &Provider) -> (bool, String, String) {
    let kana = kernel::text::fold(&provider.kana);
    (kana.is_empty(), kana, kernel::text::fold(&provider.name))
}

/// The first kana of the row that a reading belongs to; empty when it begins otherwise.
#[must_use]
pub fn kana_row(kana: &str) -> String {
    // The last character of each row and its first kana, in the block of hiragana.
    const ROWS: [(u32, u32); 10] = [
        (0x304a, 0x3042),
        (0x3054, 0x304b),
        (0x305e, 0x3055),
        (0x3069, 0x305f),
        (0x306e, 0x306a),
        (0x307d, 0x306f),
        (0x3082, 0x307e),
        (0x3088, 0x3084),
        (0x308d, 0x3089),
        (0x3094, 0x308f),
    ];
    let folded = kernel::text::fold(kana);
    let Some(first) = folded.chars().next().map(u32::from) else {
        return String::new();
    };
    if first < 0x3041 {
        return String::new();
    }
    ROWS.iter()
        .find(|(last, _)| first <= *last)
        .and_then(|(_, name)| char::from_u32(*name))
        .map(String::from)
        .unwrap_or_default()
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

/// `1, 2, 3, 7` as `1–3, 7`.
#[must_use]
pub fn ranges(numbers: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &n in numbers {
        match parts.last_mut() {
            Some((_, end)) if *end + 1 == n => *end = n,
            _ => parts.push((n, n)),
        }
    }
    let word = |(a, b): &(usize, usize)| {
        if a == b {
            a.to_string()
        } else if a + 1 == *b {
            format!("{a}, {b}")
        } else {
            format!("{a}\u{2013}{b}")
        }
    };
    parts.iter().map(word).collect::<Vec<_>>().join(", ")
}
