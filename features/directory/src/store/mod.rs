//! Reading providers and services. Other parts of this room and other rooms read through here.

pub mod kinds;
pub mod rows;

use store::{Conn, Result};

use crate::model::{Kind, Provider, ProviderId, Service};
use rows::{kind_row, provider_row, service_row};

/// The columns that `provider_row` reads, from the view of accepted providers, aliased `p`.
#[macro_export]
macro_rules! provider_select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.edition, p.status, p.status_on, p.successor, p.in_area, p.municipality, p.name, p.kana, ",
            "p.name_en, p.postal, p.address, p.building, p.lat, p.lon, p.precision_code, p.stated_lat, p.stated_lon, ",
            "p.phone, p.fax, p.url, p.corporation, p.corporation_number, p.kinds, p.note, p.source, p.source_date, ",
            "p.verified_on, p.verified_by, p.absent_since, p.fictional, p.updated_at, p.version ",
            $rest
        )
    };
}

macro_rules! service_select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.provider, s.kind, s.number, s.capacity, s.days, ",
            // What the office itself said lies over the publication.
            "COALESCE((SELECT f.value FROM provider_field f WHERE f.provider = s.provider AND f.entered = 1 ",
            "AND f.field = 'hours:' || s.kind), s.hours), ",
            "COALESCE((SELECT f.value FROM provider_field f WHERE f.provider = s.provider AND f.entered = 1 ",
            "AND f.field = 'hours_note:' || s.kind), s.hours_note), s.departments, s.beds, ",
            "s.source, s.source_date, s.absent_since, s.ended_on FROM public_provider_service s ",
            $rest
        )
    };
}

store::statements! {
    pub PROVIDER = provider_select!("FROM public_provider p WHERE p.id = :id");
    pub PROVIDERS_OF_TOWN = provider_select!(
        "FROM public_provider p WHERE p.municipality = :code AND p.status IN ('open', 'suspended') ORDER BY p.name, p.id"
    );
    pub PROVIDERS_BY_ID = provider_select!("FROM public_provider p WHERE p.id IN LIST_ID(:ids)");
    pub EACH_PROVIDER = provider_select!(
        "FROM public_provider p WHERE p.status IN ('open', 'suspended') ORDER BY p.municipality, p.name, p.id"
    );
    pub SERVICES_OF = service_select!("WHERE s.provider = :provider AND s.ended_on IS NULL ORDER BY s.kind, s.number");
    pub SERVICES_OF_TOWN = service_select!(
        "JOIN public_provider p ON p.id = s.provider WHERE p.municipality = :code AND p.status IN ('open', 'suspended')
         AND s.ended_on IS NULL ORDER BY s.provider, s.kind"
    );
    pub EACH_SERVICE = service_select!(
        "JOIN public_provider p ON p.id = s.provider WHERE p.status IN ('open', 'suspended') AND s.ended_on IS NULL
         ORDER BY p.municipality, p.name, p.id, s.kind"
    );
    pub IDENTIFIERS_OF = "SELECT scheme, value FROM provider_identifier WHERE provider = :provider ORDER BY scheme, value";
    pub FACTS_OF = "SELECT scheme, class, number, value, from_on, source, source_date FROM public_provider_fact
        WHERE provider = :provider ORDER BY scheme, from_on DESC, class";
    pub BY_IDENTIFIER = "SELECT i.provider FROM provider_identifier i JOIN public_provider p ON p.id = i.provider
        WHERE i.scheme = :scheme AND i.value = :value";
    pub KINDS = "SELECT code, family, name_ja, name_en, short_ja, plain_ja, plain_en, words, billing_code, tone, shape,
        valid_from, valid_until FROM service_kind ORDER BY sort, code";
    pub COUNT_BY_TOWN_KIND = "SELECT p.municipality, s.kind, COUNT(DISTINCT s.provider) FROM public_provider_service s
        JOIN public_provider p ON p.id = s.provider WHERE p.status IN ('open', 'suspended') AND s.ended_on IS NULL
        GROUP BY p.municipality, s.kind ORDER BY p.municipality, s.kind";
}

/// One provider, whatever its status.
///
/// # Errors
/// When the database fails.
pub fn provider(conn: &mut Conn, id: ProviderId) -> Result<Option<Provider>> {
    conn.opt(&PROVIDER, store::params! {"id" => id}, provider_row)
}

/// Some providers by id, in no order.
///
/// # Errors
/// When the database fails.
pub fn providers(conn: &mut Conn, ids: &[ProviderId]) -> Result<Vec<Provider>> {
    conn.all(
        &PROVIDERS_BY_ID,
        store::params! {"ids" => store::ids(ids)},
        provider_row,
    )
}

/// The listed providers of a municipality, by name.
///
/// # Errors
/// When the database fails.
pub fn providers_of_municipality(conn: &mut Conn, code: &str) -> Result<Vec<Provider>> {
    conn.all(
        &PROVIDERS_OF_TOWN,
        store::params! {"code" => code},
        provider_row,
    )
}

/// Every listed provider, one at a time, so that a long list needs no memory.
///
/// # Errors
/// When the database or `take` fails.
pub fn each_provider(conn: &mut Conn, mut take: impl FnMut(Provider) -> Result<()>) -> Result<()> {
    conn.each(&EACH_PROVIDER, store::params! {}, |r| {
        take(provider_row(r)?)
    })
}

/// The services of a provider that have not ended.
///
/// # Errors
/// When the database fails.
pub fn services_of(conn: &mut Conn, provider: ProviderId) -> Result<Vec<Service>> {
    conn.all(
        &SERVICES_OF,
        store::params! {"provider" => provider},
        service_row,
    )
}

/// The services of a municipality's listed providers, ordered by provider.
///
/// # Errors
/// When the database fails.
pub fn services_of_municipality(conn: &mut Conn, code: &str) -> Result<Vec<Service>> {
    conn.all(
        &SERVICES_OF_TOWN,
        store::params! {"code" => code},
        service_row,
    )
}

/// Every service of listed providers, in the order of [`each_provider`].
///
/// # Errors
/// When the database or `take` fails.
pub fn each_service(conn: &mut Conn, mut take: impl FnMut(Service) -> Result<()>) -> Result<()> {
    conn.each(&EACH_SERVICE, store::params! {}, |r| take(service_row(r)?))
}

/// The official numbers of a provider: scheme and value.
///
/// # Errors
/// When the database fails.
pub fn identifiers_of(conn: &mut Conn, provider: ProviderId) -> Result<Vec<(String, String)>> {
    conn.all(
        &IDENTIFIERS_OF,
        store::params! {"provider" => provider},
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// The provider with this official number; schemes: `kaigo`, `navii`, `hoken`.
///
/// # Errors
/// When the database fails.
pub fn by_identifier(conn: &mut Conn, scheme: &str, value: &str) -> Result<Option<ProviderId>> {
    conn.opt(
        &BY_IDENTIFIER,
        store::params! {"scheme" => scheme, "value" => value},
        |r| r.get(0),
    )
}

/// All kinds of service in their order, also those that have ended.
///
/// # Errors
/// When the database fails.
pub fn kinds(conn: &mut Conn) -> Result<Vec<Kind>> {
    conn.all(&KINDS, store::params! {}, kind_row)
}

/// How many listed providers each municipality has of each kind: 団体コード, kind, number.
///
/// # Errors
/// When the database fails.
pub fn counts(conn: &mut Conn) -> Result<Vec<(String, String, i64)>> {
    conn.all(&COUNT_BY_TOWN_KIND, store::params! {}, |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?))
    })
}

/// A dated fact of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderFact {
    /// `filing` (届出) or `beds`.
    pub scheme: String,
    /// What was filed; the function of the beds.
    pub class: String,
    /// Number of the filing.
    pub number: String,
    /// The figure, if there is one.
    pub value: String,
    /// Since when.
    pub from_on: Option<kernel::Date>,
    /// Which publication.
    pub source: String,
    /// The day it describes.
    pub source_date: Option<kernel::Date>,
}

/// Dated facts of a provider: filings and functions of beds.
///
/// # Errors
/// When the database fails.
pub fn facts_of(conn: &mut Conn, provider: ProviderId) -> Result<Vec<ProviderFact>> {
    conn.all(&FACTS_OF, store::params! {"provider" => provider}, |r| {
        Ok(ProviderFact {
            scheme: r.get(0)?,
            class: r.get(1)?,
            number: r.get(2)?,
            value: r.get(3)?,
            from_on: r.get(4)?,
            source: r.get(5)?,
            source_date: r.get(6)?,
        })
    })
}
