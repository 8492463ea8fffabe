//! The rows of each file, and what must agree between files.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{OrganisationId, codes::MunicipalityCode};

use super::{
    AliasRow, Bad, Batch, ClosedDayRow, ContactRow, CouncilRow, DistrictRow, MunicipalityRow,
    OrganisationRow,
    table::{Fields, Table},
};
use crate::{
    form::{is_phone, is_web_address},
    hours::{Hours, parse_minute},
    model::{Names, Organisation, Texts},
};

const REGIMES: [&str; 4] = ["private", "administrative", "public_hospital", "processor"];

/// What a row may point to.
#[derive(Default)]
struct Known {
    districts: BTreeSet<String>,
    /// 団体コード and, in the area, the district.
    municipalities: BTreeMap<String, Option<String>>,
    organisations: BTreeSet<OrganisationId>,
}

/// Reads all tables in the order of [`super::FILES`]; an absent file is an empty one.
pub(super) fn read(tables: &[Option<Table>; 8], bad: &mut Vec<Bad>) -> Batch {
    let mut known = Known::default();
    let mut batch = Batch::default();
    if let Some(table) = &tables[0] {
        let rows = table.rows(bad, district);
        batch.districts = unique(table, rows, |row| row.code.clone(), bad);
        known.districts = batch.districts.iter().map(|row| row.code.clone()).collect();
    }
    if let Some(table) = &tables[1] {
        let rows = table.rows(bad, |f| municipality(f, &known));
        batch.municipalities = unique(table, rows, |row| row.code.clone(), bad);
        known.municipalities = batch
            .municipalities
            .iter()
            .map(|row| {
                (
                    row.code.clone(),
                    row.in_area.then(|| row.district.clone()).flatten(),
                )
            })
            .collect();
    }
    if let Some(table) = &tables[2] {
        let rows = table.rows(bad, |f| organisation(f, &known));
        batch.organisations = unique(table, rows, |row| row.organisation.id, bad);
        known.organisations = batch
            .organisations
            .iter()
            .map(|row| row.organisation.id)
            .collect();
        one_body_per_municipality(table, &batch, bad);
    }
    if let Some(table) = &tables[3] {
        let rows = table.rows(bad, |f| alias(f, &known));
        batch.aliases = unique(
            table,
            rows,
            |row| (row.alias.clone(), row.organisation),
            bad,
        );
    }
    if let Some(table) = &tables[4] {
        let rows = table.rows(bad, |f| council(f, &known));
        batch.councils = unique(table, rows, |row| row.id, bad);
        for (row, sort) in batch.councils.iter_mut().zip(1..) {
            row.sort = sort;
        }
    }
    if let Some(table) = &tables[5] {
        let rows = table.rows(bad, |f| contact(f, &known));
        let rows = unique_rows(table, rows, |row| row.id, bad);
        batch.contacts = unique(
            table,
            rows,
            |row| (row.municipality.clone(), row.audience.clone()),
            bad,
        );
    }
    if let Some(table) = &tables[6] {
        let rows = table.rows(bad, |f| closed_day(f, &known));
        batch.closed_days = unique(table, rows, |row| (row.organisation, row.day), bad);
    }
    if let Some(table) = &tables[7] {
        let rows = table.rows(bad, |f| {
            Some(Names {
                ja: f.text("name_ja", 40)?,
                en: f.text("name_en", 40)?,
            })
        });
        batch.area = rows.into_iter().map(|(_, name)| name).next();
    }
    batch
}

fn unique_rows<T, K: Ord>(
    table: &Table,
    rows: Vec<(u64, T)>,
    key: impl Fn(&T) -> K,
    bad: &mut Vec<Bad>,
) -> Vec<(u64, T)> {
    let mut seen: BTreeMap<K, u64> = BTreeMap::new();
    for (line, row) in &rows {
        if let Some(first) = seen.insert(key(row), *line) {
            table.refuse(*line, format!("the same entry stands in line {first}"), bad);
        }
    }
    rows
}

fn unique<T, K: Ord>(
    table: &Table,
    rows: Vec<(u64, T)>,
    key: impl Fn(&T) -> K,
    bad: &mut Vec<Bad>,
) -> Vec<T> {
    unique_rows(table, rows, key, bad)
        .into_iter()
        .map(|(_, row)| row)
        .collect()
}

fn one_body_per_municipality(table: &Table, batch: &Batch, bad: &mut Vec<Bad>) {
    let mut seen = BTreeSet::new();
    for row in &batch.organisations {
        let body = &row.organisation;
        if body.kind == "municipality" && !seen.insert(body.municipality.clone()) {
            table.refuse(
                0,
                format!("{} is a second body of its municipality", body.name),
                bad,
            );
        }
    }
    for code in batch.organisations.iter().flat_map(|row| &row.acts_for) {
        if !seen.contains(&Some(code.clone())) {
            table.refuse(
                0,
                format!("acts_for {code}: that municipality has no body in this file"),
                bad,
            );
        }
    }
}

fn district(f: &mut Fields<'_>) -> Option<DistrictRow> {
    Some(DistrictRow {
        code: f.text("code", 40)?,
        name_ja: f.text("name_ja", 100)?,
        name_en: f.text("name_en", 100)?,
        tone: f.word("tone", &["sea", "hill"])?,
        sort: f.parse("sort")?,
    })
}

fn municipality(f: &mut Fields<'_>, known: &Known) -> Option<MunicipalityRow> {
    let code: MunicipalityCode = f.parse("code")?;
    let insurer = f.text("insurer", 6)?;
    if insurer != code.insurer().to_string() {
        f.refuse(format!(
            "insurer {insurer} does not fit {code}; {} is computed",
            code.insurer()
        ));
    }
    let district = f.opt("district");
    let in_area = f.flag("in_area");
    match &district {
        Some(name) if !known.districts.contains(name) => {
            f.refuse(format!("district {name} is not in districts.csv"))
        }
        None if in_area => f.refuse("a municipality of the area needs a district".to_owned()),
        _ => {}
    }
    Some(MunicipalityRow {
        code: code.to_string(),
        insurer,
        name_ja: f.text("name_ja", 100)?,
        name_kana: f.text("name_kana", 100)?,
        name_en: f.text("name_en", 100)?,
        district,
        prefecture: f.text("prefecture", 40)?,
        in_area,
        sort: f.parse("sort")?,
    })
}

fn organisation(f: &mut Fields<'_>, known: &Known) -> Option<OrganisationRow> {
    let municipality = f.opt("municipality");
    let acts_for = f.list("acts_for");
    for code in acts_for.iter().chain(&municipality) {
        need_municipality(f, code, known);
    }
    let kind = f.text("kind", 40)?;
    if kind == "municipality" && municipality.is_none() {
        f.refuse("a municipality needs its code in the column municipality".to_owned());
    }
    let organisation = Organisation {
        id: f.parse("id")?,
        kind,
        name: f.text("name", 200)?,
        short_name: f.text("short_name", 100)?,
        name_en: f.text("name_en", 200)?,
        regime: f.word("regime", &REGIMES)?,
        municipality,
        fictional: f.flag("fictional"),
        source: f.note("source", 500).unwrap_or_default(),
        verified_on: f.date("verified_on"),
    };
    Some(OrganisationRow {
        organisation,
        acts_for,
    })
}

fn need_municipality(f: &mut Fields<'_>, code: &str, known: &Known) {
    if !known.municipalities.contains_key(code) {
        f.refuse(format!("{code} is not in municipalities.csv"));
    }
}

fn need_organisation(f: &mut Fields<'_>, column: &str, known: &Known) -> Option<OrganisationId> {
    let id: OrganisationId = f.parse(column)?;
    if !known.organisations.contains(&id) {
        f.refuse(format!("{column} {id} is not in organisations.csv"));
    }
    Some(id)
}

fn alias(f: &mut Fields<'_>, known: &Known) -> Option<AliasRow> {
    let scope_district = f.opt("scope_district");
    if let Some(name) = scope_district
        .as_ref()
        .filter(|name| !known.districts.contains(*name))
    {
        f.refuse(format!("district {name} is not in districts.csv"));
    }
    Some(AliasRow {
        alias: f.text("alias", 200)?,
        organisation: need_organisation(f, "organisation", known)?,
        scope_district,
    })
}

/// `scope` is `area`, a district's code, or 団体コード; the municipalities that take part follow from it.
fn council(f: &mut Fields<'_>, known: &Known) -> Option<CouncilRow> {
    let scope = f.text("scope", 40)?;
    let in_area = known
        .municipalities
        .iter()
        .filter(|(_, district)| district.is_some());
    let takes_part: Vec<String> = match scope.as_str() {
        "area" => in_area.map(|(code, _)| code.clone()).collect(),
        name if known.districts.contains(name) => in_area
            .filter(|(_, district)| district.as_deref() == Some(name))
            .map(|(code, _)| code.clone())
            .collect(),
        code if known.municipalities.contains_key(code) => vec![code.to_owned()],
        other => {
            f.refuse(format!(
                "scope {other:?} is neither area nor a district nor a municipality of the files"
            ));
            Vec::new()
        }
    };
    Some(CouncilRow {
        id: f.parse("id")?,
        name: f.text("name", 200)?,
        name_en: f.text("name_en", 200)?,
        kind: f.text("kind", 40)?,
        scope,
        source: f.note("source", 500).unwrap_or_default(),
        sort: 0,
        municipalities: takes_part,
    })
}

fn contact(f: &mut Fields<'_>, known: &Known) -> Option<ContactRow> {
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

fn closed_day(f: &mut Fields<'_>, known: &Known) -> Option<ClosedDayRow> {
    let organisation = need_organisation(f, "organisation", known)?;
    let name = f.text("name", 100)?;
    let Some(day) = f.date("date") else {
        f.refuse("date is empty".to_owned());
        return None;
    };
    Some(ClosedDayRow {
        organisation,
        day,
        name,
    })
}
