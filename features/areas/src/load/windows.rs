//! The rows of contacts.csv.

use super::{
    ContactRow,
    rows::{Known, need_municipality, need_organisation},
    table::Fields,
};
use crate::{
    form::{is_phone, is_web_address},
    hours::{Hours, parse_minute},
    model::Texts,
};

/// A row of contacts.csv. Empty cells are unknown values.
pub(super) fn contact(f: &mut Fields<'_>, known: &Known) -> Option<ContactRow> {
    let municipality = f.text("municipality", 6)?;
    need_municipality(f, &municipality, known);
    let mut phone = |column: &str| {
        let number = f.note(column, 40)?;
        if !is_phone(&number) {
            f.refuse(format!("{column} {number:?} is not a telephone number"));
        }
        Some(number)
    };
    let (phone, fax) = (phone("phone"), phone("fax"));
    let url = f.note("url", 500);
    if let Some(url) = url.as_ref().filter(|url| !is_web_address(url)) {
        f.refuse(format!("url {url:?} is not a web address"));
    }
    let texts = Texts {
        window_ja: f.note("window_ja", 200),
        window_en: f.note("window_en", 200),
        phone,
        fax,
        hours: hours(f),
        hours_note_ja: f.note("hours_note_ja", 500),
        hours_note_en: f.note("hours_note_en", 500),
        outside_ja: f.note("outside_ja", 1000),
        outside_en: f.note("outside_en", 1000),
        url,
    };
    let verified_by = match f.opt("verified_by") {
        Some(_) => Some(need_organisation(f, "verified_by", known)?),
        None => None,
    };
    Some(ContactRow {
        id: f.parse("id")?,
        municipality,
        audience: f.word("audience", &["resident", "professional"])?,
        owner: need_organisation(f, "owner", known)?,
        texts,
        verified_on: f.date("verified_on"),
        verified_by,
        source: f.note("source", 500).unwrap_or_default(),
    })
}

/// `days` (digits 1 to 7), `opens` and `closes`: all three or none.
fn hours(f: &mut Fields<'_>) -> Option<Hours> {
    let (days, opens, closes) = (f.opt("days"), f.opt("opens"), f.opt("closes"));
    if days.is_none() && opens.is_none() && closes.is_none() {
        return None;
    }
    let minutes = (
        opens.as_deref().and_then(parse_minute),
        closes.as_deref().and_then(parse_minute),
    );
    let digits =
        days.filter(|days| days.len() <= 7 && days.bytes().all(|b| (b'1'..=b'7').contains(&b)));
    match (digits, minutes) {
        (Some(days), (Some(opens), Some(closes))) if opens < closes => Some(Hours {
            days,
            opens,
            closes,
        }),
        _ => {
            f.refuse(
                "days (digits 1 to 7), opens and closes (such as 8:30) belong together".to_owned(),
            );
            None
        }
    }
}
