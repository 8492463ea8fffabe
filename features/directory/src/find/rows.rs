//! What lists and pages read beside the providers themselves.

use std::collections::HashMap;

use kernel::{Date, Time};
use store::{Conn, Result, Row};

use crate::{
    model::{ProviderId, Service},
    store::rows::service_row,
};

macro_rules! care_select {
    ($rest:literal) => {
        concat!(
            "SELECT provider, house_call, home_visit, visit_area, visit_note, day_and_night, end_of_life, new_patients, ",
            "new_patients_on, vacancy, vacancy_on, languages, wheelchair, source, verified_on, verified_by FROM provider_care ",
            $rest
        )
    };
}

store::statements! {
    SERVICES = "SELECT s.id, s.provider, s.kind, s.number, s.capacity, s.days,
        COALESCE((SELECT f.value FROM provider_field f WHERE f.provider = s.provider AND f.entered = 1
          AND f.field = 'hours:' || s.kind), s.hours),
        COALESCE((SELECT f.value FROM provider_field f WHERE f.provider = s.provider AND f.entered = 1
          AND f.field = 'hours_note:' || s.kind), s.hours_note), s.departments, s.beds,
        s.source, s.source_date, s.absent_since, s.ended_on FROM public_provider_service s
        WHERE s.provider IN LIST_ID(:ids) AND s.ended_on IS NULL ORDER BY s.provider, s.kind, s.number";
    CARES = care_select!("WHERE provider IN LIST_ID(:ids)");
    PROFESSIONALS = "SELECT provider, treatments, conditions, direct_phone, direct_fax, liaison_name, liaison_hours, source,
        verified_on, verified_by FROM visible_provider_professional WHERE provider IN LIST_ID(:ids)";
    FACTS = "SELECT class, number, value, from_on, source, source_date FROM provider_fact
        WHERE provider = :id AND until_on IS NULL AND edition <= (SELECT current FROM directory_state WHERE id = 1)
        ORDER BY scheme, class, number LIMIT 200";
    FIELDS = "SELECT field, value, entered, official, source, verified_on, verified_by, updated_at FROM provider_field
        WHERE provider = :id ORDER BY field";
    HISTORY = "SELECT at, what, on_day, note FROM provider_history WHERE provider = :id ORDER BY at DESC, id DESC LIMIT 20";
    ALIASES = "SELECT alias, kind FROM provider_alias WHERE provider = :id ORDER BY alias LIMIT 20";
}

/// What a provider says it can do; `None` where it has not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Care {
    /// Comes when called (往診).
    pub house_call: Option<bool>,
    /// Comes regularly (訪問診療, visits).
    pub home_visit: Option<bool>,
    /// Codes of the municipalities it comes to.
    pub visit_area: Vec<String>,
    /// The area in words.
    pub visit_note: String,
    /// Reachable day and night.
    pub day_and_night: Option<bool>,
    /// Accompanies the dying.
    pub end_of_life: Option<bool>,
    /// `yes`, `no` or `ask`.
    pub new_patients: Option<String>,
    /// As of.
    pub new_patients_on: Option<Date>,
    /// Free places.
    pub vacancy: Option<i64>,
    /// As of.
    pub vacancy_on: Option<Date>,
    /// Codes of languages.
    pub languages: Vec<String>,
    /// A wheelchair gets in.
    pub wheelchair: Option<bool>,
    /// Where it comes from.
    pub source: String,
    /// When it was confirmed.
    pub verified_on: Option<Date>,
    /// By whom.
    pub verified_by: String,
}

/// What only professionals see.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Professional {
    /// Codes of treatments accepted.
    pub treatments: Vec<String>,
    /// Conditions in words.
    pub conditions: String,
    /// The line for colleagues.
    pub direct_phone: String,
    /// The FAX for colleagues.
    pub direct_fax: String,
    /// The window for other institutions.
    pub liaison_name: String,
    /// Its hours.
    pub liaison_hours: String,
    /// Where it comes from.
    pub source: String,
    /// When it was confirmed.
    pub verified_on: Option<Date>,
    /// By whom.
    pub verified_by: String,
}

/// A dated fact from an official list.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What.
    pub class: String,
    /// Its number.
    pub number: String,
    /// The figure, if there is one.
    pub value: String,
    /// Since when.
    pub from_on: Option<Date>,
    /// Which list.
    pub source: String,
    /// The day it describes.
    pub source_date: Option<Date>,
}

/// A field that somebody here entered or confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// Its name.
    pub field: String,
    /// Entered here, not only confirmed.
    pub entered: bool,
    /// What the publication says instead.
    pub official: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// When it was confirmed.
    pub verified_on: Option<Date>,
    /// By whom.
    pub verified_by: String,
    /// When it was written here.
    pub updated_at: Time,
}

/// One line of a provider's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When it was recorded.
    pub at: Time,
    /// What: `created`, `changed`, `closed` …
    pub what: String,
    /// The day it happened, if another.
    pub on: Option<Date>,
    /// In words.
    pub note: String,
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', ',', ';'])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Services that have not ended, by provider.
///
/// # Errors
/// What the database says.
pub fn services(conn: &mut Conn, ids: &[ProviderId]) -> Result<HashMap<ProviderId, Vec<Service>>> {
    let mut all: HashMap<ProviderId, Vec<Service>> = HashMap::new();
    for service in conn.all(
        &SERVICES,
        store::params! { "ids" => store::ids(ids) },
        service_row,
    )? {
        all.entry(service.provider).or_default().push(service);
    }
    Ok(all)
}

/// What providers say they can do.
///
/// # Errors
/// What the database says.
pub fn cares(conn: &mut Conn, ids: &[ProviderId]) -> Result<HashMap<ProviderId, Care>> {
    let rows = conn.all(&CARES, store::params! { "ids" => store::ids(ids) }, care)?;
    Ok(rows.into_iter().collect())
}

fn care(row: &Row<'_>) -> Result<(ProviderId, Care)> {
    Ok((
        row.get(0)?,
        Care {
            house_call: row.get(1)?,
            home_visit: row.get(2)?,
            visit_area: words(&row.get::<String>(3)?),
            visit_note: row.get(4)?,
            day_and_night: row.get(5)?,
            end_of_life: row.get(6)?,
            new_patients: row.get(7)?,
            new_patients_on: row.get(8)?,
            vacancy: row.get(9)?,
            vacancy_on: row.get(10)?,
            languages: words(&row.get::<String>(11)?),
            wheelchair: row.get(12)?,
            source: row.get(13)?,
            verified_on: row.get(14)?,
            verified_by: row.get(15)?,
        },
    ))
}

/// The fields for professionals; empty for everybody else, because the database shows them nothing.
///
/// # Errors
/// What the database says.
pub fn professionals(
    conn: &mut Conn,
    ids: &[ProviderId],
) -> Result<HashMap<ProviderId, Professional>> {
    let rows = conn.all(
        &PROFESSIONALS,
        store::params! { "ids" => store::ids(ids) },
        |row| {
            Ok((
                row.get(0)?,
                Professional {
                    treatments: words(&row.get::<String>(1)?),
                    conditions: row.get(2)?,
                    direct_phone: row.get(3)?,
                    direct_fax: row.get(4)?,
                    liaison_name: row.get(5)?,
                    liaison_hours: row.get(6)?,
                    source: row.get(7)?,
                    verified_on: row.get(8)?,
                    verified_by: row.get(9)?,
                },
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Dated facts of a provider.
///
/// # Errors
/// What the database says.
pub fn facts(conn: &mut Conn, id: ProviderId) -> Result<Vec<Fact>> {
    conn.all(&FACTS, store::params! { "id" => id }, |row| {
        Ok(Fact {
            class: row.get(0)?,
            number: row.get(1)?,
            value: row.get(2)?,
            from_on: row.get(3)?,
            source: row.get(4)?,
            source_date: row.get(5)?,
        })
    })
}

/// Fields that somebody here entered or confirmed.
///
/// # Errors
/// What the database says.
pub fn entered(conn: &mut Conn, id: ProviderId) -> Result<HashMap<String, Entered>> {
    let rows = conn.all(&FIELDS, store::params! { "id" => id }, |row| {
        Ok(Entered {
            field: row.get(0)?,
            entered: row.get(2)?,
            official: row.get(3)?,
            source: row.get(4)?,
            verified_on: row.get(5)?,
            verified_by: row.get(6)?,
            updated_at: row.get(7)?,
        })
    })?;
    Ok(rows
        .into_iter()
        .map(|entered| (entered.field.clone(), entered))
        .collect())
}

/// The newest events of a provider.
///
/// # Errors
/// What the database says.
pub fn history(conn: &mut Conn, id: ProviderId) -> Result<Vec<Event>> {
    conn.all(&HISTORY, store::params! { "id" => id }, |row| {
        Ok(Event {
            at: row.get(0)?,
            what: row.get(1)?,
            on: row.get(2)?,
            note: row.get(3)?,
        })
    })
}

/// Other names of a provider, each with its kind.
///
/// # Errors
/// What the database says.
pub fn aliases(conn: &mut Conn, id: ProviderId) -> Result<Vec<(String, String)>> {
    conn.all(&ALIASES, store::params! { "id" => id }, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
