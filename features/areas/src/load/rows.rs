//! The rows of each file, and what must agree between files.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{OrganisationId, codes::MunicipalityCode};

use super::{
    AliasRow, Bad, Batch, ClosedDayRow, CouncilRow, DistrictRow, MunicipalityRow, NumberRow,
    OrganisationRow,
    table::{Fields, Table},
};
use crate::{
    form::is_phone,
    model::{Names, Organisation, UrgentNumber},
};

const REGIMES: [&str; 4] = ["private", "administrative", "public_hospital", "processor"];

/// What a row may point to.
#[derive(Default)]
pub(super) struct Known {
    districts: BTreeSet<String>,
    /// 団体コード and, in the area, the district.
    municipalities: BTreeMap<String, Option<String>>,
    organisations: BTreeSet<OrganisationId>,
}

/// Reads all tables in the order of [`super::FILES`]; an absent file is an empty one.
pub(super) fn read(tables: &[Option<Table>; 9], bad: &mut Vec<Bad>) -> Batch {
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
        let rows = table.rows(bad, |f| super::windows::contact(f, &known));
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
    if let Some(table) = &tables[8] {
        let rows = table.rows(bad, urgent_number);
        batch.numbers = unique(table, rows, |row| row.number.number.clone(), bad);
        for (row, sort) in batch.numbers.iter_mut().zip(1..) {
            row.sort = sort;
        }
    }
    batch
}

fn urgent_number(f: &mut Fields<'_>) -> Option<NumberRow> {
    let number = f.text("number", 40)?;
    if !is_phone(&number) {
        f.refuse(format!("number {number:?} is not a telephone number"));
    }
    let number = UrgentNumber {
        number,
        name: Names {
            ja: f.text("name_ja", 100)?,
            en: f.text("name_en", 100)?,
        },
        when: Names {
            ja: f.text("when_ja", 200)?,
            en: f.text("when_en", 200)?,
        },
        scope: f.note("scope", 200).unwrap_or_default(),
        verified: f.verified("verified"),
    };
    Some(NumberRow {
        number,
        source: f.note("source", 500).unwrap_or_default(),
        sort: 0,
    })
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
            f.refuse(format!("district {name} is not in districts.csv"));
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
        insurer_verified: f.verified("insurer_verified"),
        note: f.note("note", 500),
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
        verified: f.verified("verified"),
    };
    Some(OrganisationRow {
        organisation,
        acts_for,
    })
}

pub(super) fn need_municipality(f: &mut Fields<'_>, code: &str, known: &Known) {
    if !known.municipalities.contains_key(code) {
        f.refuse(format!("{code} is not in municipalities.csv"));
    }
}

pub(super) fn need_organisation(
    f: &mut Fields<'_>,
    column: &str,
    known: &Known,
) -> Option<OrganisationId> {
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
        source: f.note("source", 500).unwrap_or_default(),
        verified: f.verified("verified"),
    })
}

/// `scope` is `area`, a district's code, or one or several 団体コード; the municipalities that take part follow from it.
fn council(f: &mut Fields<'_>, known: &Known) -> Option<CouncilRow> {
    let scope = f.text("scope", 200)?;
    let mut takes_part: Vec<String> = Vec::new();
    for part in f.list("scope") {
        let of = |wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
            let all = known.municipalities.iter();
            all.filter(|(_, district)| district.as_deref().is_some_and(wanted))
                .map(|(code, _)| code.clone())
                .collect()
        };
        if part == "area" {
            takes_part.extend(of(&|_| true));
        } else if known.districts.contains(&part) {
            takes_part.extend(of(&|district| district == part));
        } else if known.municipalities.contains_key(&part) {
            takes_part.push(part);
        } else {
            f.refuse(format!(
                "scope {part:?} is neither area nor a district nor a municipality of the files"
            ));
        }
    }
    Some(CouncilRow {
        id: f.parse("id")?,
        name: f.text("name", 200)?,
        name_en: f.text("name_en", 200)?,
        kind: f.text("kind", 40)?,
        scope,
        source: f.note("source", 500).unwrap_or_default(),
        verified: f.verified("verified"),
        sort: 0,
        municipalities: takes_part,
    })
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
