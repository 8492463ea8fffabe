//! Writing accepted fields into a record, each with where it comes from; confirming a record as it stands.

use kernel::{Date, OrganisationId, Uuid};
use store::{Audit, FieldChange, Outcome, Result, Tx};

use super::{
    fields::{Field, Fields, Place},
    store as sql,
};
use crate::{
    import::accept,
    model::{Provider, ProviderId},
};

store::statements! {
    SAVE_CARE = "INSERT INTO provider_care (provider, house_call, home_visit, visit_area, visit_note, day_and_night,
        end_of_life, new_patients, new_patients_on, vacancy, vacancy_on, languages, wheelchair, source, verified_on, verified_by,
        updated_at)
        VALUES (:id, :house_call, :home_visit, :visit_area, :visit_note, :day_and_night, :end_of_life, :new_patients,
        :new_patients_on, :vacancy, :vacancy_on, :languages, :wheelchair, :source, :on, :by, :now)
        ON CONFLICT (provider) DO UPDATE SET house_call = excluded.house_call, home_visit = excluded.home_visit,
        visit_area = excluded.visit_area, visit_note = excluded.visit_note, day_and_night = excluded.day_and_night,
        end_of_life = excluded.end_of_life, new_patients = excluded.new_patients, new_patients_on = excluded.new_patients_on,
        vacancy = excluded.vacancy, vacancy_on = excluded.vacancy_on, languages = excluded.languages,
        wheelchair = excluded.wheelchair, source = excluded.source, verified_on = excluded.verified_on,
        verified_by = excluded.verified_by, updated_at = excluded.updated_at";
    SAVE_PROFESSIONAL = "INSERT INTO provider_professional (id, provider, tenant, treatments, conditions, direct_phone,
        direct_fax, liaison_name, liaison_hours, source, verified_on, verified_by, updated_at)
        VALUES (:row, :id, :tenant, :treatments, :conditions, :direct_phone, :direct_fax, :liaison_name, :liaison_hours, :source,
        :on, :by, :now) ON CONFLICT (provider) DO UPDATE SET treatments = excluded.treatments, conditions = excluded.conditions,
        direct_phone = excluded.direct_phone, direct_fax = excluded.direct_fax, liaison_name = excluded.liaison_name,
        liaison_hours = excluded.liaison_hours, source = excluded.source, verified_on = excluded.verified_on,
        verified_by = excluded.verified_by, updated_at = excluded.updated_at";
    SAVE_FIELD = "INSERT INTO provider_field (provider, field, value, entered, official, settled, source, verified_on, verified_by,
        updated_at) VALUES (:id, :field, :value, 1, :official, :official, :source, :on, :by, :now)
        ON CONFLICT (provider, field) DO UPDATE SET value = excluded.value, entered = 1,
        official = COALESCE(provider_field.official, excluded.official),
        settled = COALESCE(provider_field.official, excluded.official), source = excluded.source,
        verified_on = excluded.verified_on, verified_by = excluded.verified_by, updated_at = excluded.updated_at";
    GIVE_BACK = "DELETE FROM provider_field WHERE provider = :id AND field = :field AND official = :official";
    TOUCH = "UPDATE provider SET updated_at = :now, version = version + 1 WHERE id = :id";
    VERIFY = "UPDATE provider SET verified_on = :on, verified_by = :by, updated_at = :now, version = version + 1 WHERE id = :id";
    VERIFY_FIELDS = "UPDATE provider_field SET verified_on = :on, verified_by = :by WHERE provider = :id";
    VERIFY_CARE = "UPDATE provider_care SET verified_on = :on, verified_by = :by WHERE provider = :id";
    VERIFY_PROFESSIONAL = "UPDATE provider_professional SET verified_on = :on, verified_by = :by WHERE provider = :id";
    HISTORY = "INSERT INTO provider_history (id, provider, at, what, on_day, note, fields, by_name)
        VALUES (:row, :id, :now, :what, :on, :note, :fields, :by)";
}

/// Where values come from. `by` and `source` stand on public pages: offices, never people.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// In words: who said it, by which way.
    pub(crate) source: String,
    /// The day on which it was true.
    pub(crate) on: Date,
    /// The office that confirmed it.
    pub(crate) by: String,
    /// The municipality that keeps the fields for professionals.
    pub(crate) tenant: OrganisationId,
    /// Drawn before the write.
    pub(crate) rows: [Uuid; 3],
}

fn field_name(code: &str) -> &'static str {
    // Names in the audit trail are fixed words.
    const KNOWN: [&str; 12] = [
        "name",
        "kana",
        "phone",
        "fax",
        "postal",
        "address",
        "building",
        "url",
        "corporation",
        "vacancy",
        "new_patients",
        "hours",
    ];
    let stem = code.split(':').next().unwrap_or_default();
    KNOWN
        .iter()
        .find(|k| **k == stem)
        .copied()
        .unwrap_or("field")
}

/// Writes fields into a record. `present` are its values in this transaction; the fields of other places are not written.
pub(crate) fn apply(
    tx: &mut Tx,
    provider: &Provider,
    present: &Fields,
    catalogue: &[Field],
    fields: &Fields,
    origin: &Origin,
) -> Result<()> {
    let mut all = present.clone();
    all.extend(fields.iter().map(|(k, v)| (k.clone(), v.clone())));
    let text = |name: &str| all.get(name).cloned().unwrap_or_default();
    let number = |name: &str| text(name).parse::<i64>().ok();
    let some = |name: &str| Some(text(name)).filter(|t| !t.is_empty());
    let place = |code: &str| catalogue.iter().find(|f| f.code == code).map(|f| f.place);
    let touched = |wanted: Place| fields.keys().any(|code| place(code) == Some(wanted));
    let (id, now) = (provider.id, tx.now());
    if touched(Place::Record) {
        let values: Vec<String> = accept::FIELDS.iter().map(|n| text(n)).collect();
        accept::save_fields(tx, id.uuid(), &values, &provider.municipality, now)?;
    } else {
        tx.exec(&TOUCH, store::params! {"id" => id, "now" => now})?;
    }
    if touched(Place::Care) {
        tx.exec(
            &SAVE_CARE,
            store::params! {"id" => id, "house_call" => number("house_call"), "home_visit" => number("home_visit"),
                "visit_area" => text("visit_area"), "visit_note" => text("visit_note"), "day_and_night" => number("day_and_night"),
                "end_of_life" => number("end_of_life"), "new_patients" => some("new_patients"),
                "new_patients_on" => some("new_patients_on"), "vacancy" => number("vacancy"), "vacancy_on" => some("vacancy_on"),
                "languages" => text("languages"), "wheelchair" => number("wheelchair"), "source" => origin.source,
                "on" => origin.on, "by" => origin.by, "now" => now},
        )?;
    }
    if touched(Place::Professional) {
        tx.exec(
            &SAVE_PROFESSIONAL,
            store::params! {"row" => origin.rows[0], "id" => id, "tenant" => origin.tenant, "treatments" => text("treatments"),
                "conditions" => text("conditions"), "direct_phone" => text("direct_phone"), "direct_fax" => text("direct_fax"),
                "liaison_name" => text("liaison_name"), "liaison_hours" => text("liaison_hours"), "source" => origin.source,
                "on" => origin.on, "by" => origin.by, "now" => now},
        )?;
    }
    if touched(Place::Contact) {
        sql::save_contact(tx, origin.rows[1], id, origin.tenant, &text("mail"))?;
    }
    let (mut history, mut audit) = (Vec::new(), Vec::new());
    for (code, value) in fields {
        let old = present.get(code).cloned().unwrap_or_default();
        let public = matches!(
            place(code),
            Some(Place::Record | Place::Care | Place::Service)
        );
        // Who confirmed a field for professionals, and when, is no secret; what it says is not copied into open tables.
        let (kept, before) = if public {
            (value.as_str(), Some(old.as_str()))
        } else {
            ("", None)
        };
        if place(code) != Some(Place::Contact) {
            tx.exec(
                &SAVE_FIELD,
                store::params! {"id" => id, "field" => code, "value" => kept, "official" => before.filter(|b| !b.is_empty()),
                    "source" => origin.source, "on" => origin.on, "by" => origin.by, "now" => now},
            )?;
        }
        if public {
            history.push(serde_json::json!({"field": code, "old": old, "new": value}));
        }
        audit.push(FieldChange {
            name: field_name(code),
            old: Some(old),
            new: Some(value.clone()),
        });
    }
    let history = serde_json::Value::from(history).to_string();
    write_history(tx, origin, id, "changed", &history)?;
    record(tx, "directory.record.change", id, audit)
}

/// Confirms a record as it stands: every field of it was looked at.
pub(crate) fn confirm(tx: &mut Tx, id: ProviderId, origin: &Origin) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &VERIFY,
        store::params! {"id" => id, "on" => origin.on, "by" => origin.by, "now" => now},
    )?;
    for statement in [&VERIFY_FIELDS, &VERIFY_CARE, &VERIFY_PROFESSIONAL] {
        tx.exec(
            statement,
            store::params! {"id" => id, "on" => origin.on, "by" => origin.by},
        )?;
    }
    write_history(tx, origin, id, "confirmed", "[]")?;
    record(tx, "directory.record.confirm", id, Vec::new())
}

/// Lets a publication speak again about a field: what it says now becomes the value. False when it says something else by now.
pub(crate) fn give_back(
    tx: &mut Tx,
    provider: &Provider,
    present: &Fields,
    field: &str,
    official: &str,
    origin: &Origin,
) -> Result<bool> {
    let rows = tx.exec(
        &GIVE_BACK,
        store::params! {"id" => provider.id, "field" => field, "official" => official},
    )?;
    if rows != 1 {
        return Ok(false);
    }
    let mut all = present.clone();
    let old = all.insert(field.to_owned(), official.to_owned());
    let now = tx.now();
    if accept::FIELDS.contains(&field) {
        let values: Vec<String> = accept::FIELDS
            .iter()
            .map(|n| all.get(*n).cloned().unwrap_or_default())
            .collect();
        accept::save_fields(tx, provider.id.uuid(), &values, &provider.municipality, now)?;
    } else {
        tx.exec(&TOUCH, store::params! {"id" => provider.id, "now" => now})?;
    }
    let history = serde_json::json!([{"field": field, "old": old, "new": official}]).to_string();
    write_history(tx, origin, provider.id, "changed", &history)?;
    let change = FieldChange {
        name: field_name(field),
        old,
        new: Some(official.to_owned()),
    };
    record(
        tx,
        "directory.record.publication",
        provider.id,
        vec![change],
    )?;
    Ok(true)
}

fn write_history(
    tx: &mut Tx,
    origin: &Origin,
    id: ProviderId,
    what: &str,
    fields: &str,
) -> Result<()> {
    let now = tx.now();
    // A long list of changes is cut to what the column holds, as valid JSON.
    let fields = if fields.chars().count() > 20_000 {
        "[]"
    } else {
        fields
    };
    tx.exec(
        &HISTORY,
        store::params! {"row" => origin.rows[2], "id" => id, "now" => now, "what" => what, "on" => origin.on,
            "note" => origin.source, "fields" => fields, "by" => origin.by},
    )
    .map(|_| ())
}

fn record(
    tx: &mut Tx,
    action: &'static str,
    id: ProviderId,
    fields: Vec<FieldChange>,
) -> Result<()> {
    tx.audit(Audit {
        action,
        table: "provider",
        id: Some(id.uuid()),
        fields,
        result: Outcome::Done,
        ..Audit::default()
    })?;
    tx.changed("provider", id.uuid(), None)
}
