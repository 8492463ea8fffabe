//! Accepting an edition: one number moves, then changed rows are applied in pieces.

use std::collections::HashMap;

use kernel::Uuid;
use serde_json::Value;
use store::{Audit, Conn, Db, FieldChange, Outcome, Tx, Viewer};

use super::{FileReport, ImportError, keys, record::Record, sql as bulk, writes::service_cells};

/// Changed rows applied per write.
const PIECE: i64 = 200;

store::statements! {
    pub EDITION = "SELECT number, title, files, state, rows_read, added, changed, unchanged, vanished, refused, suspicious,
        outside, report, by_name, created_at, accepted_at, undone_at, version FROM directory_edition WHERE number = :number";
    pub EDITIONS = "SELECT number, title, files, state, rows_read, added, changed, unchanged, vanished, refused, suspicious,
        outside, report, by_name, created_at, accepted_at, undone_at, version FROM directory_edition
        ORDER BY number DESC LIMIT 50";
    pub ACCEPT = "UPDATE directory_edition SET state = 'accepted', accepted_at = :now, version = version + 1
        WHERE number = :number AND state = 'ready'";
    pub MOVE = "UPDATE directory_state SET current = :number WHERE id = 1 AND current < :number";
    pub TO_APPLY = "SELECT seq, outcome, service, provider, payload, before FROM edition_row WHERE edition = :number AND applied = 0
        AND outcome IN ('added', 'changed', 'vanished') ORDER BY seq LIMIT :count";
    pub APPLIED = "UPDATE edition_row SET applied = 1, before = r ->> 1 FROM LIST_ROWS(:rows) AS x
        WHERE edition = :number AND seq = CAST(r ->> 0 AS BIGINT)";
    pub DONE = "UPDATE directory_edition SET state = 'applied', slot = NULL, version = version + 1
        WHERE number = :number AND state = 'accepted'";
    pub GONE = "UPDATE provider_service SET absent_since = :day WHERE id IN LIST_ID(:ids) AND absent_since IS NULL";
    pub PROVIDERS_GONE = "UPDATE provider SET absent_since = :day WHERE id IN LIST_ID(:ids) AND absent_since IS NULL
        AND NOT EXISTS (SELECT 1 FROM provider_service s WHERE s.provider = provider.id AND s.absent_since IS NULL
          AND s.ended_on IS NULL)";
    pub BACK = "UPDATE provider SET absent_since = NULL WHERE id IN LIST_ID(:ids)";
    pub PROVIDER_FIELDS = "SELECT id, name, kana, postal, address, building, phone, fax, url, corporation, corporation_number
        FROM provider WHERE id IN LIST_ID(:ids)";
    pub ENTERED = "SELECT provider, field FROM provider_field WHERE provider IN LIST_ID(:ids) AND entered = 1";
    pub SET_OFFICIAL = "UPDATE provider_field SET official = :value WHERE provider = :provider AND field = :field";
    pub SET_FIELDS = "UPDATE provider SET name = :name, name_key = :name_key, kana = :kana, postal = :postal, address = :address,
        building = :building, address_key = :address_key, phone = :phone, fax = :fax, url = :url, corporation = :corporation,
        corporation_number = :corporation_number, updated_at = :now, version = version + 1 WHERE id = :id";
    pub SET_DATE = "UPDATE provider SET source_date = :day WHERE id IN LIST_ID(:ids) AND (source_date IS NULL OR source_date < :day)";
    pub KEYS_OF = "SELECT id, dataset_key FROM provider_service WHERE id IN LIST_ID(:ids)";
}

/// Fields of a provider that an edition keeps up to date, in the order of the statements.
pub(crate) const FIELDS: [&str; 10] = [
    "name",
    "kana",
    "postal",
    "address",
    "building",
    "phone",
    "fax",
    "url",
    "corporation",
    "corporation_number",
];

/// The value of a field in a row.
pub(crate) fn field<'a>(record: &'a Record, name: &str) -> &'a str {
    match name {
        "name" => &record.name,
        "kana" => &record.kana,
        "postal" => &record.postal,
        "address" => &record.address,
        "building" => &record.building,
        "phone" => &record.phone,
        "fax" => &record.fax,
        "url" => &record.url,
        "corporation" => &record.corporation,
        _ => &record.corporation_number,
    }
}

/// Ends the staging.
pub(crate) fn ready(
    db: &Db,
    viewer: &Viewer,
    number: i64,
    files: &[FileReport],
) -> store::Result<()> {
    let sum = |of: fn(&FileReport) -> u64| {
        i64::try_from(files.iter().map(of).sum::<u64>()).unwrap_or(i64::MAX)
    };
    let mut short: Vec<FileReport> = files.to_vec();
    for file in &mut short {
        file.refusals.truncate(50);
        file.remarks.truncate(50);
    }
    let mut report = serde_json::to_string(&short).unwrap_or_default();
    if report.chars().count() > 200_000 {
        for file in &mut short {
            file.refusals.clear();
            file.remarks.clear();
        }
        report = serde_json::to_string(&short).unwrap_or_default();
    }
    let now = db.env().now();
    let (rows, added, changed, unchanged) = (
        sum(|f| f.read),
        sum(|f| f.added),
        sum(|f| f.changed),
        sum(|f| f.unchanged),
    );
    let (vanished, refused, suspicious, outside) = (
        sum(|f| f.vanished),
        sum(|f| f.refused),
        sum(|f| f.suspicious),
        sum(|f| f.outside),
    );
    db.write_blocking::<_, store::Error>(viewer, move |tx| {
        tx.exec(
            &bulk::READY,
            store::params! {"rows" => rows, "added" => added, "changed" => changed, "unchanged" => unchanged,
                "vanished" => vanished, "refused" => refused, "suspicious" => suspicious, "outside" => outside,
                "report" => report, "now" => now, "number" => number},
        )
        .map(|_| ())
    })
}

/// Accepts a staged edition: readers see its new rows at once; its changes follow in pieces before this returns. Blocks.
///
/// # Errors
/// [`ImportError::State`] when it is not ready, or was accepted already.
pub fn accept(db: &Db, viewer: &Viewer, number: i64) -> Result<(), ImportError> {
    let now = db.env().now();
    let done = db.write_blocking::<_, store::Error>(viewer, move |tx| {
        let changed = tx.exec(&ACCEPT, store::params! {"now" => now, "number" => number})?;
        if changed == 1 {
            tx.exec(&MOVE, store::params! {"number" => number})?;
            tx.audit(Audit {
                action: "directory.accept",
                table: "directory_edition",
                id: None,
                subject: None,
                fields: vec![FieldChange {
                    name: "current",
                    old: None,
                    new: Some(number.to_string()),
                }],
                purpose: None,
                result: Outcome::Done,
            })?;
        }
        Ok(changed)
    })?;
    if done != 1 {
        return Err(ImportError::State(number));
    }
    apply(db, number)?;
    Ok(())
}

/// Applies what is left of an accepted edition; a second run goes on where the first was cut off.
///
/// # Errors
/// When the database fails.
pub fn apply(db: &Db, number: i64) -> store::Result<()> {
    let viewer = Viewer::system("import of the directory", db.env().now());
    loop {
        let now = db.env().now();
        let left = db.write_blocking::<_, store::Error>(&viewer, move |tx| {
            let rows = tx.all(
                &TO_APPLY,
                store::params! {"number" => number, "count" => PIECE},
                |r| {
                    Ok(Todo {
                        seq: r.get(0)?,
                        outcome: r.get(1)?,
                        service: r.get(2)?,
                        provider: r.get(3)?,
                        payload: r.get(4)?,
                        before: r.get(5)?,
                    })
                },
            )?;
            if rows.is_empty() {
                tx.exec(&DONE, store::params! {"number" => number})?;
                tx.changed("directory", Uuid::nil(), None)?;
                return Ok(false);
            }
            piece(tx, number, &rows, now)?;
            Ok(true)
        })?;
        if !left {
            return Ok(());
        }
    }
}

pub(super) struct Todo {
    pub(super) seq: i64,
    pub(super) outcome: String,
    pub(super) service: Option<Uuid>,
    pub(super) provider: Option<Uuid>,
    pub(super) payload: String,
    pub(super) before: String,
}

pub(super) fn list<'a>(ids: impl Iterator<Item = &'a Uuid>) -> String {
    let ids: Vec<crate::model::ProviderId> = ids.map(|id| kernel::AnyId::from_uuid(*id)).collect();
    store::ids(&ids)
}

fn piece(tx: &mut Tx, number: i64, rows: &[Todo], now: kernel::Time) -> store::Result<()> {
    let of = |what: &'static str| rows.iter().filter(move |r| r.outcome == what);
    let fills: Vec<Vec<Value>> = of("added")
        .filter_map(|r| serde_json::from_str(&r.payload).ok())
        .collect();
    let mut once: HashMap<String, Vec<Value>> = HashMap::new();
    for fill in fills {
        let id = fill
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        match once.get_mut(&id) {
            None => {
                once.insert(id, fill);
            }
            Some(slot) => {
                for (at, cell) in fill.into_iter().enumerate() {
                    if at == 1 || slot[at] == "" || slot[at].is_null() {
                        slot[at] = cell;
                    }
                }
            }
        }
    }
    if !once.is_empty() {
        let fills: Vec<Vec<Value>> = once.into_values().collect();
        tx.exec(
            &bulk::FILL,
            store::params! {"now" => now, "rows" => store::rows(&fills)},
        )?;
    }
    let today = now.date_jst();
    let gone = list(of("vanished").filter_map(|r| r.service.as_ref()));
    tx.exec(&GONE, store::params! {"day" => today, "ids" => gone})?;
    let gone = list(of("vanished").filter_map(|r| r.provider.as_ref()));
    tx.exec(
        &PROVIDERS_GONE,
        store::params! {"day" => today, "ids" => gone},
    )?;
    let befores = changes(tx, of("changed"), now)?;
    let applied: Vec<Vec<Value>> = rows
        .iter()
        .map(|r| {
            let before = befores.get(&r.seq).unwrap_or(&r.before);
            vec![Value::from(r.seq), Value::from(before.as_str())]
        })
        .collect();
    tx.exec(
        &APPLIED,
        store::params! {"number" => number, "rows" => store::rows(&applied)},
    )?;
    Ok(())
}

/// Services take the new row; providers take a field when they still show what the old row said, or nothing.
fn changes<'a>(
    tx: &mut Tx,
    rows: impl Iterator<Item = &'a Todo>,
    now: kernel::Time,
) -> store::Result<HashMap<i64, String>> {
    let rows: Vec<&Todo> = rows.collect();
    let mut befores = HashMap::new();
    if rows.is_empty() {
        return Ok(befores);
    }
    let ids = list(rows.iter().filter_map(|r| r.provider.as_ref()));
    let services = list(rows.iter().filter_map(|r| r.service.as_ref()));
    let keys: HashMap<Uuid, String> = tx
        .all(&KEYS_OF, store::params! {"ids" => services}, |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?
        .into_iter()
        .collect();
    let mut shown = provider_fields(tx, &ids)?;
    let entered: Vec<(Uuid, String)> = tx.all(&ENTERED, store::params! {"ids" => ids}, |r| {
        Ok((r.get(0)?, r.get(1)?))
    })?;
    let mut cells = Vec::new();
    for row in &rows {
        let (Some(service), Some(provider)) = (row.service, row.provider) else {
            continue;
        };
        let new: Record = serde_json::from_str(&row.payload).unwrap_or_default();
        let old: Record = serde_json::from_str(&row.before).unwrap_or_default();
        let key = keys.get(&service).cloned().unwrap_or_default();
        cells.push(service_cells(service, provider, &key, &new));
        let Some(values) = shown.get_mut(&provider) else {
            continue;
        };
        let mut was = serde_json::Map::new();
        for (at, name) in FIELDS.iter().enumerate() {
            let (now_says, said) = (field(&new, name), field(&old, name));
            if now_says.is_empty() || now_says == values[at] {
                continue;
            }
            if entered.iter().any(|(p, f)| *p == provider && f == name) {
                tx.exec(
                    &SET_OFFICIAL,
                    store::params! {"value" => now_says, "provider" => provider, "field" => *name},
                )?;
            } else if values[at].is_empty() || values[at] == said {
                was.insert((*name).to_owned(), Value::from(values[at].as_str()));
                now_says.clone_into(&mut values[at]);
            }
        }
        if !was.is_empty() {
            save_fields(tx, provider, values, &new.municipality, now)?;
        }
        let both = serde_json::json!({"service": old, "provider": was});
        befores.insert(row.seq, both.to_string());
    }
    tx.exec(
        &bulk::SET_SERVICES,
        store::params! {"rows" => store::rows(&cells)},
    )?;
    let back = list(rows.iter().filter_map(|r| r.provider.as_ref()));
    tx.exec(&BACK, store::params! {"ids" => back})?;
    Ok(befores)
}

/// The fields of some providers, in the order of [`FIELDS`].
pub(super) fn provider_fields(
    conn: &mut Conn,
    ids: &str,
) -> store::Result<HashMap<Uuid, Vec<String>>> {
    let rows = conn.all(&PROVIDER_FIELDS, store::params! {"ids" => ids}, |r| {
        let values = (1..=FIELDS.len())
            .map(|at| r.get(at))
            .collect::<store::Result<Vec<String>>>()?;
        Ok((r.get::<Uuid>(0)?, values))
    })?;
    Ok(rows.into_iter().collect())
}

/// Writes the fields of a provider with its keys.
pub(crate) fn save_fields(
    tx: &mut Tx,
    id: Uuid,
    v: &[String],
    municipality: &str,
    now: kernel::Time,
) -> store::Result<()> {
    tx.exec(
        &SET_FIELDS,
        store::params! {"name" => v[0], "name_key" => keys::name_key(&v[0]), "kana" => v[1], "postal" => v[2], "address" => v[3],
            "building" => v[4], "address_key" => keys::address_key(municipality, &v[3]), "phone" => v[5], "fax" => v[6],
            "url" => v[7], "corporation" => v[8], "corporation_number" => v[9], "now" => now, "id" => id},
    )
    .map(|_| ())
}
