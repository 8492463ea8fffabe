//! Statements of keeping records: present values, proposals, settings, keepers.

use std::collections::HashMap;

use kernel::{Date, OrganisationId, Time, Uuid};
use store::{Conn, Editable, Result, Row, Tx};

use super::fields::{Fields, sorted};
use crate::model::{ItemId, Provider, ProviderId, STALE_DAYS, Service, UpdateId};

macro_rules! update_select {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.provider, p.name, p.municipality, u.tenant, u.by_org, u.by_name, u.channel, u.spoken_with, u.fields, ",
            "u.base, u.note, u.verified_on, u.state, u.outcome, u.round_item, u.created_at, u.decided_at, u.decided_by, u.reason, ",
            "u.version, u.level FROM visible_provider_update u JOIN public_provider p ON p.id = u.provider ",
            $rest
        )
    };
}

store::statements! {
    CARE = "SELECT house_call, home_visit, visit_area, visit_note, day_and_night, end_of_life, new_patients, new_patients_on,
        vacancy, vacancy_on, languages, wheelchair FROM provider_care WHERE provider = :id";
    PROFESSIONAL = "SELECT treatments, conditions, direct_phone, direct_fax, liaison_name, liaison_hours
        FROM visible_provider_professional WHERE provider = :id";
    PROFESSIONAL_PAST = "SELECT treatments, conditions, direct_phone, direct_fax, liaison_name, liaison_hours
        FROM provider_professional WHERE provider = :id";
    CONTACT = "SELECT mail FROM visible_provider_contact WHERE provider = :id";
    SAVE_CONTACT = "INSERT INTO provider_contact (id, provider, tenant, mail, saved_at) VALUES (:row, :id, :tenant, :mail, :now)
        ON CONFLICT (provider) DO UPDATE SET mail = excluded.mail, tenant = excluded.tenant, saved_at = excluded.saved_at";

    PROPOSE = "INSERT INTO provider_update (id, provider, tenant, by_org, by_name, channel, spoken_with, fields, base, note,
        verified_on, state, outcome, round_item, created_at, decided_at, decided_by, reason, version)
        VALUES (:id, :provider, :tenant, :by_org, :by_name, :channel, :spoken_with, :fields, :base, :note, :verified_on, :state,
        :outcome, :item, :now, :decided_at, '', '', 1)";
    WAITING = update_select!("WHERE u.state = 'pending' ORDER BY u.created_at, u.id LIMIT 200");
    DECIDED = update_select!("WHERE u.state <> 'pending' ORDER BY u.decided_at DESC, u.id LIMIT 30");
    UPDATE = update_select!("WHERE u.id = :id");
    UPDATE_EDITABLE = "SELECT id, level FROM visible_provider_update WHERE id = :id";
    DECIDE = "UPDATE provider_update SET state = :state, outcome = :outcome, decided_at = :now, decided_by = :by, reason = :reason,
        version = version + 1 WHERE id = :id AND state = 'pending' AND version = :version";
    WAITING_BY_TOWN = "SELECT tenant, COUNT(*) FROM visible_provider_update WHERE state = 'pending' AND level >= 2 GROUP BY tenant";
    RETURNED = "SELECT COUNT(*) FROM visible_provider_update WHERE state = 'rejected' AND by_org = :org AND decided_at > :since";

    SETTINGS = "SELECT stale_days, decides, at_once, version FROM upkeep_setting WHERE municipality = :code";
    SAVE_SETTINGS = "INSERT INTO upkeep_setting (municipality, stale_days, decides, at_once, saved_at, version)
        VALUES (:code, :days, :decides, :at_once, :now, 1) ON CONFLICT (municipality) DO UPDATE SET stale_days = excluded.stale_days,
        decides = excluded.decides, at_once = excluded.at_once, saved_at = excluded.saved_at, version = upkeep_setting.version + 1
        WHERE upkeep_setting.version = :version";
    STALE = "SELECT municipality, stale_days FROM upkeep_setting";

    KEPT = "SELECT p.id, p.name, p.municipality, p.verified_on FROM provider_keeper k JOIN public_provider p ON p.id = k.provider
        WHERE k.organisation = :org ORDER BY p.name, p.id LIMIT 200";
    KEEPERS = "SELECT organisation FROM provider_keeper WHERE provider = :id ORDER BY since";
    IS_KEEPER = "SELECT COUNT(*) FROM provider_keeper WHERE provider = :id AND organisation = :org";
    ADD_KEEPER = "INSERT INTO provider_keeper (provider, organisation, since) VALUES (:id, :org, :now)
        ON CONFLICT (provider, organisation) DO NOTHING";
    DROP_KEEPER = "DELETE FROM provider_keeper WHERE provider = :id AND organisation = :org";

    DIFFERENT = "SELECT f.provider, p.name, f.field, f.value, f.official, f.source, f.verified_on
        FROM provider_field f JOIN public_provider p ON p.id = f.provider
        WHERE p.municipality IN LIST_TEXT(:towns) AND f.entered = 1 AND f.official IS NOT NULL AND f.official <> ''
          AND f.official <> f.value AND (f.settled IS NULL OR f.settled <> f.official)
        ORDER BY p.municipality, p.name, f.provider, f.field LIMIT 200";
    SETTLE = "UPDATE provider_field SET settled = official WHERE provider = :id AND field = :field AND official = :official";
}

/// What a municipality decided about its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Days after which a confirmation is old.
    pub(crate) stale_days: i64,
    /// Editors decide too.
    pub(crate) editors_decide: bool,
    /// Vacancies and new patients are shown at once.
    pub(crate) at_once: bool,
    /// 0: never saved.
    pub(crate) version: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            stale_days: STALE_DAYS,
            editors_decide: false,
            at_once: true,
            version: 0,
        }
    }
}

pub(crate) fn settings(conn: &mut Conn, code: &str) -> Result<Settings> {
    let found = conn.opt(&SETTINGS, store::params! {"code" => code}, |r| {
        Ok(Settings {
            stale_days: r.get(0)?,
            editors_decide: r.get::<String>(1)? == "editor",
            at_once: r.get(2)?,
            version: r.get(3)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Saves the settings; false when somebody else did meanwhile.
pub(crate) fn save_settings(tx: &mut Tx, code: &str, s: &Settings) -> Result<bool> {
    let now = tx.now();
    let decides = if s.editors_decide {
        "editor"
    } else {
        "approver"
    };
    let rows = tx.exec(
        &SAVE_SETTINGS,
        store::params! {"code" => code, "days" => s.stale_days, "decides" => decides, "at_once" => i64::from(s.at_once),
            "now" => now, "version" => s.version},
    )?;
    Ok(rows == 1)
}

/// Days after which a confirmation is old, by municipality; those that have not decided are missing.
pub(crate) fn stale_days(conn: &mut Conn) -> Result<HashMap<String, i64>> {
    let rows = conn.all(&STALE, store::params! {}, |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

/// The present value of every field, for forms and comparisons. `past_views`: behind a link nobody is signed in.
pub(crate) fn present(
    conn: &mut Conn,
    provider: &Provider,
    services: &[Service],
    past_views: bool,
) -> Result<Fields> {
    let mut fields = Fields::new();
    let mut put = |name: &str, value: String| {
        fields.insert(name.to_owned(), value);
    };
    for (name, value) in [
        ("name", &provider.name),
        ("kana", &provider.kana),
        ("postal", &provider.postal),
        ("address", &provider.address),
        ("building", &provider.building),
        ("phone", &provider.phone),
        ("fax", &provider.fax),
        ("url", &provider.url),
        ("corporation", &provider.corporation),
        ("corporation_number", &provider.corporation_number),
    ] {
        put(name, value.clone());
    }
    for service in services.iter().rev() {
        put(&format!("hours:{}", service.kind), sorted(&service.hours));
        put(
            &format!("hours_note:{}", service.kind),
            service.hours_note.clone(),
        );
    }
    let id = provider.id;
    let flag = |v: Option<i64>| v.map(|n| n.to_string()).unwrap_or_default();
    let care = conn.opt(&CARE, store::params! {"id" => id}, |r| {
        Ok(vec![
            ("house_call", flag(r.get(0)?)),
            ("home_visit", flag(r.get(1)?)),
            ("visit_area", r.get(2)?),
            ("visit_note", r.get(3)?),
            ("day_and_night", flag(r.get(4)?)),
            ("end_of_life", flag(r.get(5)?)),
            (
                "new_patients",
                r.get::<Option<String>>(6)?.unwrap_or_default(),
            ),
            (
                "new_patients_on",
                r.get::<Option<String>>(7)?.unwrap_or_default(),
            ),
            ("vacancy", flag(r.get(8)?)),
            (
                "vacancy_on",
                r.get::<Option<String>>(9)?.unwrap_or_default(),
            ),
            ("languages", r.get(10)?),
            ("wheelchair", flag(r.get(11)?)),
        ])
    })?;
    let statement = if past_views {
        &PROFESSIONAL_PAST
    } else {
        &PROFESSIONAL
    };
    let professional = conn.opt(statement, store::params! {"id" => id}, |r| {
        Ok(vec![
            ("treatments", r.get::<String>(0)?),
            ("conditions", r.get(1)?),
            ("direct_phone", r.get(2)?),
            ("direct_fax", r.get(3)?),
            ("liaison_name", r.get(4)?),
            ("liaison_hours", r.get(5)?),
        ])
    })?;
    for (name, value) in care
        .into_iter()
        .flatten()
        .chain(professional.into_iter().flatten())
    {
        put(name, value);
    }
    if !past_views
        && let Some(mail) = conn.opt(&CONTACT, store::params! {"id" => id}, |r| r.get(0))?
    {
        put("mail", mail);
    }
    Ok(fields)
}

pub(super) fn save_contact(
    tx: &mut Tx,
    row: Uuid,
    id: ProviderId,
    tenant: OrganisationId,
    mail: &str,
) -> Result<()> {
    let now = tx.now();
    tx.exec(
        &SAVE_CONTACT,
        store::params! {"row" => row, "id" => id, "tenant" => tenant, "mail" => mail, "now" => now},
    )
    .map(|_| ())
}

/// A proposed change.
#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub(crate) id: UpdateId,
    pub(crate) provider: ProviderId,
    pub(crate) name: String,
    pub(crate) municipality: String,
    pub(crate) tenant: OrganisationId,
    pub(crate) by_org: Option<OrganisationId>,
    pub(crate) by_name: String,
    pub(crate) channel: String,
    pub(crate) spoken_with: String,
    pub(crate) fields: Fields,
    pub(crate) base: Fields,
    pub(crate) note: String,
    pub(crate) verified_on: Option<Date>,
    pub(crate) state: String,
    /// `live`, `accepted` or `returned` by field; a field without a word waits.
    pub(crate) outcome: Fields,
    pub(crate) item: Option<ItemId>,
    pub(crate) created_at: Time,
    pub(crate) decided_at: Option<Time>,
    pub(crate) decided_by: String,
    pub(crate) reason: String,
    pub(crate) version: i64,
    pub(crate) level: i64,
}

fn update(r: &Row<'_>) -> Result<Update> {
    let json = |at| {
        Ok::<Fields, store::Error>(serde_json::from_str(&r.get::<String>(at)?).unwrap_or_default())
    };
    Ok(Update {
        id: r.get(0)?,
        provider: r.get(1)?,
        name: r.get(2)?,
        municipality: r.get(3)?,
        tenant: r.get(4)?,
        by_org: r.get(5)?,
        by_name: r.get(6)?,
        channel: r.get(7)?,
        spoken_with: r.get(8)?,
        fields: json(9)?,
        base: json(10)?,
        note: r.get(11)?,
        verified_on: r.get(12)?,
        state: r.get(13)?,
        outcome: json(14)?,
        item: r.get(15)?,
        created_at: r.get(16)?,
        decided_at: r.get(17)?,
        decided_by: r.get(18)?,
        reason: r.get(19)?,
        version: r.get(20)?,
        level: r.get(21)?,
    })
}

/// What waits, oldest first; the newest of what was decided.
pub(crate) fn updates(conn: &mut Conn) -> Result<(Vec<Update>, Vec<Update>)> {
    let waiting = conn.all(&WAITING, store::params! {}, update)?;
    Ok((waiting, conn.all(&DECIDED, store::params! {}, update)?))
}

pub(crate) fn one_update(conn: &mut Conn, id: UpdateId) -> Result<Option<Update>> {
    conn.opt(&UPDATE, store::params! {"id" => id}, update)
}

/// Proof that this viewer may decide about a proposal.
pub(crate) fn update_editable(conn: &mut Conn, id: UpdateId) -> Result<Option<Editable<UpdateId>>> {
    store::token::editable(conn, &UPDATE_EDITABLE, store::params! {"id" => id})
}

/// Ends a proposal; false when somebody else did meanwhile.
pub(super) fn decide(
    tx: &mut Tx,
    proof: Editable<UpdateId>,
    version: i64,
    outcome: &Fields,
    by: &str,
    reason: &str,
) -> Result<bool> {
    let now = tx.now();
    let state = if outcome.is_empty() || outcome.values().any(|o| o != "returned") {
        "approved"
    } else {
        "rejected"
    };
    let outcome = serde_json::to_string(outcome).unwrap_or_default();
    let rows = tx.exec(
        &DECIDE,
        store::params! {"state" => state, "outcome" => outcome, "now" => now, "by" => by, "reason" => reason, "id" => proof.id(),
            "version" => version},
    )?;
    Ok(rows == 1)
}

/// A proposal on its way into the table.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub(crate) id: UpdateId,
    pub(crate) provider: ProviderId,
    pub(crate) tenant: OrganisationId,
    pub(crate) by_org: Option<OrganisationId>,
    pub(crate) by_name: String,
    pub(crate) channel: &'static str,
    pub(crate) spoken_with: String,
    pub(crate) fields: Fields,
    pub(crate) base: Fields,
    pub(crate) outcome: Fields,
    pub(crate) note: String,
    pub(crate) verified_on: Option<Date>,
    pub(crate) item: Option<ItemId>,
}

pub(super) fn propose(tx: &mut Tx, p: &Proposal) -> Result<()> {
    let json = |f: &Fields| serde_json::to_string(f).unwrap_or_default();
    let now = tx.now();
    let ended = !p.fields.is_empty() && p.fields.keys().all(|f| p.outcome.contains_key(f));
    let state = if ended { "approved" } else { "pending" };
    tx.exec(
        &PROPOSE,
        store::params! {"id" => p.id, "provider" => p.provider, "tenant" => p.tenant, "by_org" => p.by_org, "by_name" => p.by_name,
            "channel" => p.channel, "spoken_with" => p.spoken_with, "fields" => json(&p.fields), "base" => json(&p.base),
            "note" => p.note, "verified_on" => p.verified_on, "state" => state, "outcome" => json(&p.outcome), "item" => p.item,
            "now" => now, "decided_at" => ended.then_some(now)},
    )
    .map(|_| ())
}

/// Proposals that wait for this viewer's decision.
pub(crate) fn waiting_count(conn: &mut Conn) -> Result<i64> {
    let rows: Vec<i64> = conn.all(&WAITING_BY_TOWN, store::params! {}, |r| r.get(1))?;
    Ok(rows.iter().sum())
}

/// Proposals of an organisation that came back since a time.
pub(crate) fn returned_count(conn: &mut Conn, org: OrganisationId, since: Time) -> Result<i64> {
    conn.one(
        &RETURNED,
        store::params! {"org" => org, "since" => since},
        |r| r.get(0),
    )
}

/// A record that an organisation keeps: id, name, municipality, day of confirmation.
pub(crate) type Kept = (ProviderId, String, String, Option<Date>);

pub(crate) fn kept_by(conn: &mut Conn, org: OrganisationId) -> Result<Vec<Kept>> {
    conn.all(&KEPT, store::params! {"org" => org}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
    })
}

pub(crate) fn keepers(conn: &mut Conn, id: ProviderId) -> Result<Vec<OrganisationId>> {
    conn.all(&KEEPERS, store::params! {"id" => id}, |r| r.get(0))
}

pub(crate) fn is_keeper(conn: &mut Conn, id: ProviderId, org: OrganisationId) -> Result<bool> {
    conn.one(&IS_KEEPER, store::params! {"id" => id, "org" => org}, |r| {
        r.get::<i64>(0)
    })
    .map(|n| n > 0)
}

/// Lets an organisation keep a record, or no longer.
pub(crate) fn set_keeper(
    tx: &mut Tx,
    id: ProviderId,
    org: OrganisationId,
    keep: bool,
) -> Result<u64> {
    let now = tx.now();
    if keep {
        tx.exec(
            &ADD_KEEPER,
            store::params! {"id" => id, "org" => org, "now" => now},
        )
    } else {
        tx.exec(&DROP_KEEPER, store::params! {"id" => id, "org" => org})
    }
}

/// A field where the publication says something else than what was entered here.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) provider: ProviderId,
    pub(crate) name: String,
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) official: String,
    pub(crate) source: String,
    pub(crate) verified_on: Option<Date>,
}

pub(crate) fn differences(conn: &mut Conn, towns: &[String]) -> Result<Vec<Difference>> {
    conn.all(
        &DIFFERENT,
        store::params! {"towns" => store::texts(towns)},
        |r| {
            Ok(Difference {
                provider: r.get(0)?,
                name: r.get(1)?,
                field: r.get(2)?,
                value: r.get(3)?,
                official: r.get(4)?,
                source: r.get(5)?,
                verified_on: r.get(6)?,
            })
        },
    )
}

/// Keeps the own value although the publication says this. False when it says something else by now.
pub(super) fn settle(tx: &mut Tx, id: ProviderId, field: &str, official: &str) -> Result<bool> {
    let rows = tx.exec(
        &SETTLE,
        store::params! {"id" => id, "field" => field, "official" => official},
    )?;
    Ok(rows == 1)
}
