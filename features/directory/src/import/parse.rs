//! Cells to a [`Record`]: every defect that live files have is either mended, or refused with its reason.

use super::{
    columns::{Columns, Layout},
    hours::{days, slots},
    keys::{code, phone, postal},
    place::{Places, Where},
    read::Line,
    record::{Fact, Record},
    words::{code_of, group, holds, kind_of, squeeze},
};

/// What became of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// Understood; the second part names what is odd: a code and a detail.
    Row(Box<Record>, Vec<(&'static str, String)>),
    /// Lies in a municipality that is none of ours.
    Outside,
    /// Refused: a code for the texts and the value.
    Refused(&'static str, String),
    /// An empty line.
    Blank,
}

/// What a row cannot say about itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Kind from the file's name or from the person who imports.
    pub kind: Option<String>,
    /// The day the file describes, ISO.
    pub as_of: String,
}

/// Reads one row.
#[must_use]
pub fn read(columns: &Columns, line: &Line, places: &Places, about: &About) -> Read {
    let cells = &line.cells;
    let get = |field: &str| columns.get(cells, field);
    if cells.iter().all(|c| c.trim().is_empty()) && line.formulas.is_empty() {
        return Read::Blank;
    }
    if columns.reads(&line.formulas) {
        return Read::Refused("formula", String::new());
    }
    if cells.len() < columns.width.min(3) || cells.len() > columns.width + 50 {
        return Read::Refused("columns", format!("{} / {}", cells.len(), columns.width));
    }
    let mut odd = Vec::new();
    let mut record = Record {
        as_of: about.as_of.clone(),
        ..Record::default()
    };
    if let Err((why, what)) = number(columns, cells, &mut record, &mut odd) {
        return Read::Refused(why, what);
    }
    if columns.layout == Layout::NaviiHours {
        slots(columns, cells, &mut record);
        record.departments = [get("department_name")]
            .into_iter()
            .filter(|d| !d.is_empty())
            .map(str::to_owned)
            .collect();
        return Read::Row(Box::new(record), odd);
    }
    record.name = clean(get("name"), 200);
    if !record.name.chars().any(char::is_alphabetic) {
        return Read::Refused("name", record.name);
    }
    let mut address = clean(get("address"), 300);
    if address.is_empty() {
        address = clean(
            &format!("{}{}", get("address_town"), get("address_rest")),
            300,
        );
    }
    match places.find(
        [get("code"), get("code_pref"), get("code_city")],
        get("pref"),
        get("city"),
        &address,
    ) {
        Where::Known(code, rest, _) => {
            record.municipality = code;
            record.address = rest;
        }
        Where::Outside => return Read::Outside,
        Where::Unknown => return Read::Refused("municipality", address),
    }
    match kind(columns, cells, &record, about) {
        Ok(code) => record.kind = code,
        Err(text) => return Read::Refused("kind", text),
    }
    record.kana = clean(get("kana"), 300);
    record.name_en = clean(get("name_en"), 300);
    record.building = clean(get("building"), 200);
    record.corporation = clean(get("corporation"), 200);
    if let Some(number) = code(get("corporation_number")).filter(|n| n.len() == 13) {
        record.corporation_number = number;
    }
    record.postal = postal(get("postal")).unwrap_or_default();
    for (field, into) in [("phone", &mut record.phone), ("fax", &mut record.fax)] {
        match (get(field), phone(get(field))) {
            ("", _) => {}
            (_, Some(good)) => *into = good,
            (bad, None) => odd.push((field, clean(bad, 60))),
        }
    }
    let url = get("url");
    if url.starts_with("http://") || url.starts_with("https://") {
        record.url = clean(url, 500);
    } else if !url.is_empty() && url.contains('.') {
        odd.push(("url", clean(url, 80)));
    }
    coordinates(get("lat"), get("lon"), &mut record, &mut odd);
    record.capacity = half(get("capacity"))
        .parse()
        .ok()
        .filter(|n| (1..=100_000).contains(n));
    days(columns, cells, &mut record, &mut odd);
    slots(columns, cells, &mut record);
    record.departments = get("departments")
        .split(['|', ';', '\u{ff1b}', '\u{3001}', ','])
        .map(|d| clean(d, 60))
        .filter(|d| !d.is_empty())
        .collect();
    beds(columns, cells, &mut record);
    facts(columns, cells, &mut record);
    Read::Row(Box::new(record), odd)
}

pub(super) fn half(text: &str) -> String {
    kernel::text::half_width(text).into_owned()
}

/// One line of text without marks of line breaks, at most so many characters.
pub(super) fn clean(text: &str, most: usize) -> String {
    let mut text = text.to_owned();
    for (_, mark) in group("break") {
        text = text.replace(mark.as_str(), " ");
    }
    let text = text.replace("\u{ff08}\u{6539}\u{884c}\u{ff09}", " ");
    let kept: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(most)
        .collect();
    kernel::text::trim(&kept).to_owned()
}

pub(super) type Odd = Vec<(&'static str, String)>;

fn number(
    columns: &Columns,
    cells: &[String],
    record: &mut Record,
    odd: &mut Odd,
) -> Result<(), (&'static str, String)> {
    let get = |field: &str| columns.get(cells, field);
    let digits = |text: &str, long: usize| {
        code(text)
            .filter(|c| c.bytes().all(|b| b.is_ascii_digit()))
            .map(|c| {
                if c.len() + 1 == long {
                    format!("0{c}")
                } else {
                    c
                }
            })
            .filter(|c| c.len() == long)
    };
    match columns.layout {
        Layout::Navii | Layout::NaviiHours => {
            let id = digits(get("navii_id"), 13)
                .ok_or_else(|| ("navii_id", get("navii_id").to_owned()))?;
            record.scheme = "navii".to_owned();
            record.number = id;
        }
        Layout::Insured => {
            let nine = digits(get("hoken_nine"), 9)
                .ok_or_else(|| ("hoken", get("hoken_nine").to_owned()))?;
            record.scheme = "hoken".to_owned();
            record.number = format!("{}1{}", &nine[..2], &nine[2..]);
        }
        Layout::Filings => {
            let seven = digits(get("hoken_seven"), 7)
                .ok_or_else(|| ("hoken", get("hoken_seven").to_owned()))?;
            let pref = digits(get("code_pref"), 2)
                .ok_or_else(|| ("hoken", get("code_pref").to_owned()))?;
            record.scheme = "hoken".to_owned();
            record.number = format!("{pref}1{seven}");
        }
        Layout::Beds | Layout::Medical => {
            // The number of the bed report looks like that of the bureau and is another.
            let scheme = if columns.layout == Layout::Beds {
                "beds"
            } else {
                "hoken"
            };
            if let Some(ten) = digits(get("hoken_ten"), 10) {
                record.scheme = scheme.to_owned();
                record.number = ten;
            }
        }
        Layout::Care | Layout::Sheet => {
            let typed = [get("kaigo_number"), get("no")]
                .into_iter()
                .find(|t| !t.is_empty())
                .unwrap_or_default();
            let number = code(typed)
                .map(|c| if c.len() == 9 { format!("0{c}") } else { c })
                .filter(|c| c.parse::<kernel::codes::ProviderNumber>().is_ok());
            match number {
                Some(number) => {
                    record.scheme = "kaigo".to_owned();
                    record.number = number;
                }
                None if typed.len() >= 7 => odd.push(("number", clean(typed, 40))),
                None => {}
            }
        }
    }
    Ok(())
}

fn kind(
    columns: &Columns,
    cells: &[String],
    record: &Record,
    about: &About,
) -> Result<String, String> {
    let get = |field: &str| columns.get(cells, field);
    match columns.layout {
        Layout::Navii | Layout::NaviiHours => code_of("class", get("kind_class"))
            .or_else(|| code_of("class", record.number.get(2..3).unwrap_or_default()))
            .map(str::to_owned)
            .ok_or_else(|| get("kind_class").to_owned()),
        Layout::Insured | Layout::Filings | Layout::Beds => {
            // Only a hospital may carry the word in its name (医療法第3条).
            let hospital = columns.layout == Layout::Beds || holds("hospital_name", &record.name);
            Ok(if hospital { "hospital" } else { "clinic" }.to_owned())
        }
        Layout::Care | Layout::Medical | Layout::Sheet => {
            let text = get("kind_text");
            kind_of(text)
                .or_else(|| {
                    text.split([';', '\u{ff1b}', '\u{3001}', '|'])
                        .find_map(kind_of)
                })
                .map(str::to_owned)
                .or_else(|| about.kind.clone().filter(|_| text.is_empty()))
                .ok_or_else(|| clean(text, 100))
        }
    }
}

fn coordinates(lat: &str, lon: &str, record: &mut Record, odd: &mut Odd) {
    let number = |text: &str| half(text).parse::<f64>().ok().filter(|n| n.is_finite());
    match (number(lat), number(lon)) {
        (Some(lat), Some(lon)) if lat == 0.0 && lon == 0.0 => {}
        (Some(lat), Some(lon)) => {
            let short = |n: f64| (n * 1e7).round() / 1e7;
            record.lat = Some(short(lat));
            record.lon = Some(short(lon));
        }
        _ if lat.is_empty() && lon.is_empty() => {}
        _ => odd.push(("coordinates", clean(&format!("{lat} {lon}"), 60))),
    }
}

fn beds(columns: &Columns, cells: &[String], record: &mut Record) {
    for field in [
        "beds_total",
        "beds_general",
        "beds_long",
        "beds_mental",
        "beds_tb",
        "beds_infection",
    ] {
        let number = half(columns.get(cells, field)).parse::<f64>().ok();
        if let Some(count) = number.filter(|n| (1.0..10_000.0).contains(n)) {
            #[expect(clippy::cast_possible_truncation, reason = "below 10,000")]
            record
                .beds
                .insert(field.trim_start_matches("beds_").to_owned(), count as i64);
        }
    }
}

fn facts(columns: &Columns, cells: &[String], record: &mut Record) {
    let get = |field: &str| columns.get(cells, field);
    if columns.layout == Layout::Filings && !get("filing_name").is_empty() {
        let day = kernel::wareki::parse_date(&squeeze(get("filed_on")));
        record.facts.push(Fact {
            scheme: "filing".to_owned(),
            class: clean(get("filing_name"), 200),
            number: clean(
                &format!("{} {}", get("filing_code"), get("filing_number")),
                60,
            ),
            value: String::new(),
            from: day.map(|d| d.to_string()).unwrap_or_default(),
        });
    }
    if columns.layout == Layout::Beds {
        for function in get("bed_functions").split([',', '\u{3001}', '|', ';']) {
            let class = clean(function, 100);
            if !class.is_empty() {
                record.facts.push(Fact {
                    scheme: "beds".to_owned(),
                    class,
                    ..Fact::default()
                });
            }
        }
    }
}
