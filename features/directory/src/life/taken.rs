//! What one record gives to the one that takes its place, and how it gets it back.

use std::collections::BTreeMap;

use kernel::{AnyId, Uuid};
use serde::{Deserialize, Serialize};
use store::{Conn, Result, Tx};

use super::store::text_of;
use crate::model::{Provider, ProviderId};

store::statements! {
    SERVICES = "SELECT id FROM provider_service WHERE provider = :id";
    GIVE_SERVICES = "UPDATE provider_service SET provider = :to WHERE provider = :holder AND id IN LIST_ID(:ids)";
    NUMBERS = "SELECT scheme, value FROM provider_identifier WHERE provider = :id";
    GIVE_NUMBER = "UPDATE provider_identifier SET provider = :to WHERE scheme = :scheme AND value = :value AND provider = :holder";
    FACTS = "SELECT f.id FROM provider_fact f WHERE f.provider = :id AND NOT EXISTS (SELECT 1 FROM provider_fact o
        WHERE o.provider = :to AND o.scheme = f.scheme AND o.class = f.class AND o.number = f.number AND o.value = f.value)";
    GIVE_FACTS = "UPDATE provider_fact SET provider = :to WHERE provider = :holder AND id IN LIST_ID(:ids)";
    GIVE_CARE = "UPDATE provider_care SET provider = :to WHERE provider = :holder
        AND NOT EXISTS (SELECT 1 FROM provider_care o WHERE o.provider = :to)";
    KEEPERS = "SELECT k.organisation FROM provider_keeper k WHERE k.provider = :id
        AND NOT EXISTS (SELECT 1 FROM provider_keeper o WHERE o.provider = :to AND o.organisation = k.organisation)";
    GIVE_KEEPERS = "UPDATE provider_keeper SET provider = :to WHERE provider = :holder AND organisation IN LIST_ID(:ids)";
    ENTERED = "SELECT f.field FROM provider_field f WHERE f.provider = :id
        AND NOT EXISTS (SELECT 1 FROM provider_field o WHERE o.provider = :to AND o.field = f.field)";
    GIVE_ENTERED = "UPDATE provider_field SET provider = :to WHERE provider = :holder AND field IN LIST_TEXT(:fields)";
    FACILITY = "SELECT a.id FROM facility_partner a WHERE a.facility = :id AND a.ended_on IS NULL AND NOT EXISTS
        (SELECT 1 FROM facility_partner o WHERE o.facility = :to AND o.institution = a.institution AND o.ended_on IS NULL)";
    GIVE_FACILITY = "UPDATE facility_partner SET facility = :to WHERE facility = :holder AND id IN LIST_ID(:ids)";
    INSTITUTION = "SELECT a.id FROM facility_partner a WHERE a.institution = :id AND a.ended_on IS NULL AND NOT EXISTS
        (SELECT 1 FROM facility_partner o WHERE o.institution = :to AND o.facility = a.facility AND o.ended_on IS NULL)";
    GIVE_INSTITUTION = "UPDATE facility_partner SET institution = :to WHERE institution = :holder AND id IN LIST_ID(:ids)";
    NAME_TOO = "INSERT INTO provider_alias (provider, alias, kind, until_on) VALUES (:to, :alias, 'former', NULL)
        ON CONFLICT (provider, alias) DO NOTHING";
    NAME_NO_MORE = "DELETE FROM provider_alias WHERE provider = :to AND alias = :alias AND kind = 'former'";
    FILL = "UPDATE provider SET kana = :kana, postal = :postal, building = :building, phone = :phone, fax = :fax, url = :url,
        corporation = :corporation, corporation_number = :corporation_number, kinds = :kinds, lat = :lat, lon = :lon,
        precision_code = :precision, updated_at = :now, version = version + 1 WHERE id = :id";
}

/// What went from one record to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Taken {
    services: Vec<String>,
    numbers: Vec<(String, String)>,
    facts: Vec<String>,
    care: bool,
    keepers: Vec<String>,
    entered: Vec<String>,
    facility: Vec<String>,
    institution: Vec<String>,
    alias: String,
    /// Fields that were filled: what stood there, and what was written.
    filled: BTreeMap<String, (String, String)>,
}

/// A list for the statements; what is no id is left out.
fn listed(ids: &[String]) -> String {
    let ids: Vec<ProviderId> = ids
        .iter()
        .filter_map(|id| Uuid::parse_str(id).ok())
        .map(ProviderId::from_uuid)
        .collect();
    store::ids(&ids)
}

fn all(
    conn: &mut Conn,
    stmt: &'static store::Stmt,
    from: ProviderId,
    to: ProviderId,
) -> Result<Vec<String>> {
    conn.all(stmt, store::params! {"id" => from, "to" => to}, |r| {
        Ok(text_of(r.get::<Uuid>(0)?))
    })
}

fn give(
    tx: &mut Tx,
    stmt: &'static store::Stmt,
    (from, to): (ProviderId, ProviderId),
    ids: &[String],
) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    tx.exec(
        stmt,
        store::params! {"to" => to, "holder" => from, "ids" => listed(ids)},
    )
    .map(|_| ())
}

/// What lies in the tables, from one to the other and back.
fn pass(tx: &mut Tx, both: (ProviderId, ProviderId), taken: &Taken) -> Result<()> {
    let (from, to) = both;
    give(tx, &GIVE_SERVICES, both, &taken.services)?;
    give(tx, &GIVE_FACTS, both, &taken.facts)?;
    give(tx, &GIVE_KEEPERS, both, &taken.keepers)?;
    give(tx, &GIVE_FACILITY, both, &taken.facility)?;
    give(tx, &GIVE_INSTITUTION, both, &taken.institution)?;
    for (scheme, value) in &taken.numbers {
        tx.exec(
            &GIVE_NUMBER,
            store::params! {"to" => to, "scheme" => scheme.as_str(), "value" => value.as_str(), "holder" => from},
        )?;
    }
    if !taken.entered.is_empty() {
        tx.exec(
            &GIVE_ENTERED,
            store::params! {"to" => to, "holder" => from, "fields" => store::texts(&taken.entered)},
        )?;
    }
    Ok(())
}

/// The fields that an empty place of the other record takes.
fn fields(p: &Provider) -> [(&'static str, String); 9] {
    [
        ("kana", p.kana.clone()),
        ("postal", p.postal.clone()),
        ("building", p.building.clone()),
        ("phone", p.phone.clone()),
        ("fax", p.fax.clone()),
        ("url", p.url.clone()),
        ("corporation", p.corporation.clone()),
        ("corporation_number", p.corporation_number.clone()),
        ("kinds", p.kinds.join(" ")),
    ]
}

fn set(p: &mut Provider, field: &str, text: &str) {
    let text = text.to_owned();
    match field {
        "kana" => p.kana = text,
        "postal" => p.postal = text,
        "building" => p.building = text,
        "phone" => p.phone = text,
        "fax" => p.fax = text,
        "url" => p.url = text,
        "corporation" => p.corporation = text,
        "corporation_number" => p.corporation_number = text,
        _ => p.kinds = text.split_whitespace().map(str::to_owned).collect(),
    }
}

fn save(tx: &mut Tx, p: &Provider) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &FILL,
        store::params! {"kana" => p.kana.as_str(), "postal" => p.postal.as_str(), "building" => p.building.as_str(),
            "phone" => p.phone.as_str(), "fax" => p.fax.as_str(), "url" => p.url.as_str(), "corporation" => p.corporation.as_str(),
            "corporation_number" => p.corporation_number.as_str(), "kinds" => p.kinds.join(" "), "lat" => p.lat, "lon" => p.lon,
            "precision" => p.precision.code(), "now" => now, "id" => p.id},
    )
    .map(|_| ())
}

/// Services, numbers, facts, agreements and what was entered go from `from` to `to`; empty fields of `to` are filled. With
/// `place`, an exact place on the map fills one that is not: not after a move.
///
/// # Errors
/// What the database says.
pub(crate) fn take(tx: &mut Tx, from: &Provider, to: &Provider, place: bool) -> Result<Taken> {
    let both = (from.id, to.id);
    let mut taken = Taken {
        services: tx.all(&SERVICES, store::params! {"id" => from.id}, |r| {
            Ok(text_of(r.get::<Uuid>(0)?))
        })?,
        numbers: tx.all(&NUMBERS, store::params! {"id" => from.id}, |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?,
        facts: all(tx, &FACTS, from.id, to.id)?,
        keepers: all(tx, &KEEPERS, from.id, to.id)?,
        facility: all(tx, &FACILITY, from.id, to.id)?,
        institution: all(tx, &INSTITUTION, from.id, to.id)?,
        // After a move the old address is not the new one's.
        entered: tx
            .all(
                &ENTERED,
                store::params! {"id" => from.id, "to" => to.id},
                |r| r.get::<String>(0),
            )?
            .into_iter()
            .filter(|field| place || !matches!(field.as_str(), "address" | "postal" | "building"))
            .collect(),
        ..Taken::default()
    };
    // Where both once had an agreement with each other, nobody agrees with oneself.
    pass(tx, both, &taken)?;
    taken.care = tx.exec(
        &GIVE_CARE,
        store::params! {"to" => to.id, "holder" => from.id},
    )? == 1;
    if from.name != to.name {
        taken.alias.clone_from(&from.name);
        tx.exec(
            &NAME_TOO,
            store::params! {"to" => to.id, "alias" => from.name.as_str()},
        )?;
    }
    let mut filled = to.clone();
    for ((field, has), (_, gives)) in fields(to).into_iter().zip(fields(from)) {
        let new = if field == "kinds" {
            let mut kinds = to.kinds.clone();
            kinds.extend(from.kinds.iter().filter(|k| !to.kinds.contains(k)).cloned());
            kinds.join(" ")
        } else if has.is_empty() && (place || !matches!(field, "postal" | "building")) {
            gives
        } else {
            continue;
        };
        if new != has {
            set(&mut filled, field, &new);
            taken.filled.insert(field.to_owned(), (has, new));
        }
    }
    let exact = crate::model::Precision::Exact;
    if place && to.precision != exact && from.precision == exact {
        let spot = |p: &Provider| serde_json::json!([p.lat, p.lon, p.precision.code()]).to_string();
        (filled.lat, filled.lon, filled.precision) = (from.lat, from.lon, exact);
        taken
            .filled
            .insert("place".to_owned(), (spot(to), spot(from)));
    }
    save(tx, &filled)?;
    Ok(taken)
}

/// The way back: `to` gives to `from` what it took. Fields that were changed since stay.
///
/// # Errors
/// What the database says.
pub(crate) fn give_back(tx: &mut Tx, from: ProviderId, to: &Provider, taken: &Taken) -> Result<()> {
    pass(tx, (to.id, from), taken)?;
    if taken.care {
        tx.exec(&GIVE_CARE, store::params! {"to" => from, "holder" => to.id})?;
    }
    if !taken.alias.is_empty() {
        tx.exec(
            &NAME_NO_MORE,
            store::params! {"to" => to.id, "alias" => taken.alias.as_str()},
        )?;
    }
    let mut restored = to.clone();
    let now = fields(to);
    for (field, (was, written)) in &taken.filled {
        if field == "place" {
            type Spot = (Option<f64>, Option<f64>, String);
            if let Ok((lat, lon, precision)) = serde_json::from_str::<Spot>(was) {
                restored.precision = crate::model::Precision::from_code(&precision);
                (restored.lat, restored.lon) = (lat, lon);
            }
        } else if now
            .iter()
            .any(|(name, text)| name == field && text == written)
        {
            set(&mut restored, field, was);
        }
    }
    save(tx, &restored)
}
