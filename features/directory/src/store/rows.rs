//! Rows to types.

use store::{Error, Result, Row};

use crate::model::{Kind, Precision, Provider, Service, Status, parse_hours};

/// A row of [`crate::provider_select!`].
///
/// # Errors
/// When a column holds what it cannot.
pub fn provider_row(r: &Row) -> Result<Provider> {
    let status: String = r.get(2)?;
    let stated: (Option<f64>, Option<f64>) = (r.get(16)?, r.get(17)?);
    let kinds: String = r.get(23)?;
    Ok(Provider {
        id: r.get(0)?,
        edition: r.get(1)?,
        status: Status::from_code(&status).ok_or_else(|| Error::Corrupt {
            table: "provider".to_owned(),
            column: "status".to_owned(),
            row: status,
        })?,
        status_on: r.get(3)?,
        successor: r.get(4)?,
        in_area: r.get(5)?,
        municipality: r.get(6)?,
        name: r.get(7)?,
        kana: r.get(8)?,
        name_en: r.get(9)?,
        postal: r.get(10)?,
        address: r.get(11)?,
        building: r.get(12)?,
        lat: r.get(13)?,
        lon: r.get(14)?,
        precision: Precision::from_code(&r.get::<String>(15)?),
        stated: stated.0.zip(stated.1),
        phone: r.get(18)?,
        fax: r.get(19)?,
        url: r.get(20)?,
        corporation: r.get(21)?,
        corporation_number: r.get(22)?,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        note: r.get(24)?,
        source: r.get(25)?,
        source_date: r.get(26)?,
        verified_on: r.get(27)?,
        verified_by: r.get(28)?,
        absent_since: r.get(29)?,
        fictional: r.get(30)?,
        updated_at: r.get(31)?,
        version: r.get(32)?,
    })
}

pub(crate) fn service_row(r: &Row) -> Result<Service> {
    let hours: Option<String> = r.get(6)?;
    Ok(Service {
        id: r.get(0)?,
        provider: r.get(1)?,
        kind: r.get(2)?,
        number: r.get(3)?,
        capacity: r.get(4)?,
        days: r.get(5)?,
        hours: hours.as_deref().map(parse_hours).unwrap_or_default(),
        hours_note: r.get(7)?,
        departments: r.get(8)?,
        beds: r.get(9)?,
        source: r.get(10)?,
        source_date: r.get(11)?,
        absent_since: r.get(12)?,
        ended_on: r.get(13)?,
    })
}

pub(super) fn kind_row(r: &Row) -> Result<Kind> {
    let words: String = r.get(7)?;
    Ok(Kind {
        code: r.get(0)?,
        family: r.get(1)?,
        name_ja: r.get(2)?,
        name_en: r.get(3)?,
        short_ja: r.get(4)?,
        plain_ja: r.get(5)?,
        plain_en: r.get(6)?,
        words: words.split_whitespace().map(str::to_owned).collect(),
        billing_code: r.get(8)?,
        tone: r.get(9)?,
        shape: r.get(10)?,
        valid_from: r.get(11)?,
        valid_until: r.get(12)?,
    })
}
