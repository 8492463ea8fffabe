//! The fields that an office keeps up to date: one list makes the page, the sheet for FAX, the checks and the comparison.

use std::collections::BTreeMap;

use web::Values;

use crate::{
    find::pages::sentences,
    model::{Opening, Service, format_hours, parse_hours},
};

/// Values by field, in the form in which they are kept.
pub(crate) type Fields = BTreeMap<String, String>;

/// What a form holds, as typed: one entry a control.
pub(crate) type Typed = BTreeMap<String, String>;

/// Where a field is kept, which is also who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// With the record; public; imports leave it alone once it was entered.
    Record,
    /// What the office can do; public.
    Care,
    /// Days and hours of one service; public; lies over the publication.
    Service,
    /// For professionals only.
    Professional,
    /// For the municipality and its desk only.
    Contact,
    /// Words about the agreements with medical institutions: an approver enters them there.
    Partners,
}

/// How a field is asked for and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    Line,
    Lines,
    Phone,
    Postal,
    Url,
    Mail,
    YesNo,
    NewPatients,
    Count,
    Day,
    Languages,
    Treatments,
    Towns,
    Hours,
}

/// The part of the page on which a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Contact,
    Hours,
    Can,
    Professional,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name in tables and forms; fields of a service carry the kind: `hours:clinic`.
    pub(crate) code: String,
    pub(crate) ask: Ask,
    pub(crate) place: Place,
    pub(crate) group: Group,
    /// Most characters.
    pub(crate) most: usize,
}

impl Field {
    /// The name without the kind of service.
    pub(crate) fn stem(&self) -> &str {
        self.code.split(':').next().unwrap_or_default()
    }

    /// The kind of service, for fields of one service.
    pub(crate) fn kind(&self) -> Option<&str> {
        self.code.split_once(':').map(|(_, kind)| kind)
    }

    /// Several values, separated by spaces.
    fn many(&self) -> bool {
        matches!(self.ask, Ask::Languages | Ask::Treatments | Ask::Towns)
    }
}

const FIXED: [(&str, Ask, Place, Group, usize); 28] = {
    use Place::{Care, Contact, Professional, Record};
    [
        ("name", Ask::Line, Record, Group::Contact, 200),
        ("kana", Ask::Line, Record, Group::Contact, 300),
        ("phone", Ask::Phone, Record, Group::Contact, 40),
        ("fax", Ask::Phone, Record, Group::Contact, 40),
        ("postal", Ask::Postal, Record, Group::Contact, 8),
        ("address", Ask::Line, Record, Group::Contact, 300),
        ("building", Ask::Line, Record, Group::Contact, 200),
        ("url", Ask::Url, Record, Group::Contact, 500),
        ("corporation", Ask::Line, Record, Group::Contact, 200),
        ("mail", Ask::Mail, Contact, Group::Contact, 200),
        ("new_patients", Ask::NewPatients, Care, Group::Can, 3),
        ("new_patients_on", Ask::Day, Care, Group::Can, 10),
        ("vacancy", Ask::Count, Care, Group::Can, 5),
        ("vacancy_on", Ask::Day, Care, Group::Can, 10),
        ("house_call", Ask::YesNo, Care, Group::Can, 1),
        ("home_visit", Ask::YesNo, Care, Group::Can, 1),
        ("visit_area", Ask::Towns, Care, Group::Can, 400),
        ("visit_note", Ask::Lines, Care, Group::Can, 1000),
        ("day_and_night", Ask::YesNo, Care, Group::Can, 1),
        ("end_of_life", Ask::YesNo, Care, Group::Can, 1),
        ("languages", Ask::Languages, Care, Group::Can, 200),
        ("wheelchair", Ask::YesNo, Care, Group::Can, 1),
        (
            "liaison_name",
            Ask::Line,
            Professional,
            Group::Professional,
            200,
        ),
        (
            "liaison_hours",
            Ask::Line,
            Professional,
            Group::Professional,
            500,
        ),
        (
            "direct_phone",
            Ask::Phone,
            Professional,
            Group::Professional,
            40,
        ),
        (
            "direct_fax",
            Ask::Phone,
            Professional,
            Group::Professional,
            40,
        ),
        (
            "treatments",
            Ask::Treatments,
            Professional,
            Group::Professional,
            500,
        ),
        (
            "conditions",
            Ask::Lines,
            Professional,
            Group::Professional,
            2000,
        ),
    ]
};

/// Small facts that grow old within days: shown at once where the municipality has not decided otherwise.
pub(crate) const AT_ONCE: [&str; 4] = ["new_patients", "new_patients_on", "vacancy", "vacancy_on"];

/// Languages that can be ticked.
pub(crate) const LANGUAGES: [&str; 9] = ["en", "zh", "ko", "pt", "es", "vi", "tl", "ne", "sign"];

/// The field with words about agreements, for the yearly question to care facilities.
pub(crate) const PARTNERS: &str = "partners";

/// Every field of a record with these services. `mail`: whether the address for the yearly question is among them.
pub(crate) fn catalogue(services: &[Service], mail: bool) -> Vec<Field> {
    let fixed = |group: Group| {
        FIXED
            .iter()
            .filter(move |f| f.3 == group && (mail || f.2 != Place::Contact))
            .map(|(code, ask, place, group, most)| Field {
                code: (*code).to_owned(),
                ask: *ask,
                place: *place,
                group: *group,
                most: *most,
            })
    };
    let mut all: Vec<Field> = fixed(Group::Contact).collect();
    let mut kinds: Vec<&str> = Vec::new();
    for service in services {
        if !kinds.contains(&service.kind.as_str()) {
            kinds.push(&service.kind);
            for (stem, ask, most) in [("hours", Ask::Hours, 1500), ("hours_note", Ask::Lines, 500)]
            {
                all.push(Field {
                    code: format!("{stem}:{}", service.kind),
                    ask,
                    place: Place::Service,
                    group: Group::Hours,
                    most,
                });
            }
        }
    }
    all.extend(fixed(Group::Can));
    all.extend(fixed(Group::Professional));
    all
}

/// The words about agreements, as a field of its own.
pub(crate) fn partners() -> Field {
    Field {
        code: PARTNERS.to_owned(),
        ask: Ask::Lines,
        place: Place::Partners,
        group: Group::Can,
        most: 2000,
    }
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Phone,
    Postal,
    Url,
    Mail,
    Day,
    Number,
    Choice,
    Hours,
    Long(usize),
    Name,
}

/// The controls of a form from kept values.
pub(crate) fn typed(catalogue: &[Field], values: &Fields) -> Typed {
    let mut all = Typed::new();
    for field in catalogue {
        let value = values.get(&field.code).cloned().unwrap_or_default();
        if field.ask == Ask::Hours {
            let hours = parse_hours(&value);
            for day in 1..=8_u8 {
                all.insert(format!("{}-{day}", field.code), day_line(&hours, day));
            }
        } else {
            all.insert(field.code.clone(), value);
        }
    }
    all
}

/// The controls of a form as they came back.
pub(crate) fn returned(catalogue: &[Field], form: &Values) -> Typed {
    let mut all = Typed::new();
    for field in catalogue {
        if field.ask == Ask::Hours {
            for day in 1..=8_u8 {
                let name = format!("{}-{day}", field.code);
                let value = form.text(&name).to_owned();
                all.insert(name, value);
            }
        } else if field.many() {
            all.insert(field.code.clone(), form.all(&field.code).join(" "));
        } else {
            all.insert(field.code.clone(), form.text(&field.code).to_owned());
        }
    }
    all
}

/// Checks what was typed: the values in the form in which they are kept, and what is wrong by control.
pub(crate) fn check(catalogue: &[Field], typed: &Typed) -> (Fields, Vec<(String, Wrong)>) {
    let (mut values, mut wrong) = (Fields::new(), Vec::new());
    let text = |name: &str| typed.get(name).map_or("", |t| kernel::text::trim(t));
    for field in catalogue {
        if field.ask == Ask::Hours {
            let mut hours = Vec::new();
            for day in 1..=8_u8 {
                let name = format!("{}-{day}", field.code);
                match spans(text(&name)) {
                    Some(list) => hours.extend(list.into_iter().map(|(opens, closes)| Opening {
                        day,
                        opens,
                        closes,
                    })),
                    None => wrong.push((name, Wrong::Hours)),
                }
            }
            let value = if hours.is_empty() {
                String::new()
            } else {
                format_hours(&hours)
            };
            values.insert(field.code.clone(), value);
            continue;
        }
        match one(field, text(&field.code)) {
            Ok(value) => {
                values.insert(field.code.clone(), value);
            }
            Err(why) => wrong.push((field.code.clone(), why)),
        }
    }
    (values, wrong)
}

fn one(field: &Field, text: &str) -> Result<String, Wrong> {
    if text.chars().count() > field.most.max(40) {
        return Err(Wrong::Long(field.most));
    }
    if text.is_empty() {
        return if field.code == "name" {
            Err(Wrong::Name)
        } else {
            Ok(String::new())
        };
    }
    let value = match field.ask {
        Ask::Line | Ask::Lines => text.to_owned(),
        Ask::Phone => crate::import::keys::phone(text).ok_or(Wrong::Phone)?,
        Ask::Postal => crate::import::keys::postal(text).ok_or(Wrong::Postal)?,
        Ask::Url if text.starts_with("https://") || text.starts_with("http://") => text.to_owned(),
        Ask::Url => return Err(Wrong::Url),
        Ask::Mail => {
            let good = text.is_ascii() && !text.contains(char::is_whitespace);
            let parts = text
                .split_once('@')
                .filter(|(a, b)| !a.is_empty() && b.contains('.'));
            parts
                .filter(|_| good)
                .map(|_| text.to_owned())
                .ok_or(Wrong::Mail)?
        }
        Ask::YesNo if ["0", "1"].contains(&text) => text.to_owned(),
        Ask::NewPatients if ["yes", "no", "ask"].contains(&text) => text.to_owned(),
        Ask::YesNo | Ask::NewPatients => return Err(Wrong::Choice),
        Ask::Count => match kernel::text::half_width(text).parse::<u16>() {
            Ok(number) if number <= 10_000 => number.to_string(),
            _ => return Err(Wrong::Number),
        },
        Ask::Day => kernel::parse_date(text)
            .map_err(|_| Wrong::Day)?
            .to_string(),
        Ask::Languages => known(text, |code| LANGUAGES.contains(&code)),
        Ask::Treatments => known(text, |code| sentences::TREATMENTS.contains(&code)),
        Ask::Towns => known(text, |code| {
            code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())
        }),
        Ask::Hours => return Err(Wrong::Hours),
    };
    if value.chars().count() > field.most {
        return Err(Wrong::Long(field.most));
    }
    Ok(value)
}

fn known(text: &str, is: impl Fn(&str) -> bool) -> String {
    let mut list: Vec<&str> = text.split_whitespace().filter(|code| is(code)).collect();
    list.sort_unstable();
    list.dedup();
    list.join(" ")
}

/// `9:00-12:00 13:00-17:00`, also with Japanese signs; nothing for a closed day. `None`: not readable.
fn spans(text: &str) -> Option<Vec<(u16, u16)>> {
    let text = kernel::text::half_width(text);
    let text: String =
        text.chars()
            .map(|c| match c {
                '~' | '\u{301c}' | '\u{ff5e}' | '\u{2013}' | '\u{2014}' | '\u{2212}'
                | '\u{30fc}' => '-',
                '\u{6642}' => ':',
                ',' | '\u{3001}' | '/' | '\u{ff0f}' | '\u{30fb}' | '\u{3000}' => ' ',
                '\u{5206}' => '\u{0}',
                other => other,
            })
            .filter(|c| *c != '\u{0}')
            .collect();
    let text = text.replace(" - ", "-");
    let mut list = Vec::new();
    for span in text.split_whitespace().filter(|span| *span != "-") {
        let (from, to) = span.split_once('-')?;
        let (from, to) = (minute(from)?, minute(to)?);
        if from >= to || list.len() == 4 {
            return None;
        }
        list.push((from, to));
    }
    list.sort_unstable();
    Some(list)
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = match text.split_once(':') {
        Some((hour, "")) => (hour, 0),
        Some((hour, minute)) => (hour, minute.parse().ok().filter(|m: &u16| *m < 60)?),
        None => (text, 0),
    };
    let hour: u16 = hour.parse().ok()?;
    Some(hour * 60 + minute).filter(|all| hour <= 24 && *all <= 1440)
}

/// One day of hours as it is typed.
pub(crate) fn day_line(hours: &[Opening], day: u8) -> String {
    let mut list: Vec<(u16, u16)> = hours
        .iter()
        .filter(|h| h.day == day)
        .map(|h| (h.opens, h.closes))
        .collect();
    list.sort_unstable();
    list.dedup();
    let clock = crate::find::today::clock;
    let list: Vec<String> = list
        .iter()
        .map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)))
        .collect();
    list.join(" ")
}

/// Hours in the order in which they are compared.
pub(crate) fn sorted(hours: &[Opening]) -> String {
    let mut hours = hours.to_vec();
    hours.sort_unstable();
    hours.dedup();
    if hours.is_empty() {
        String::new()
    } else {
        format_hours(&hours)
    }
}

/// The fields whose value differs, with the new value.
pub(crate) fn changes(present: &Fields, new: &Fields) -> Fields {
    new.iter()
        .filter(|(code, value)| present.get(*code).map_or("", String::as_str) != value.as_str())
        .map(|(code, value)| (code.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn field(code: &str) -> Field {
        catalogue(&[], true)
            .into_iter()
            .find(|f| f.code == code)
            .unwrap()
    }

    #[test]
    fn values_are_brought_into_form_or_refused() {
        assert_eq!(
            one(&field("phone"), "０４６５-00-0001").unwrap(),
            "0465-00-0001"
        );
        assert_eq!(one(&field("phone"), "なし"), Err(Wrong::Phone));
        assert_eq!(one(&field("vacancy"), "３").unwrap(), "3");
        assert_eq!(
            one(&field("vacancy_on"), "令和8年11月1日").unwrap(),
            "2026-11-01"
        );
        assert_eq!(one(&field("name"), ""), Err(Wrong::Name));
        assert_eq!(one(&field("new_patients"), "maybe"), Err(Wrong::Choice));
        assert_eq!(one(&field("url"), "javascript:x"), Err(Wrong::Url));
        assert_eq!(one(&field("mail"), "a@example.jp").unwrap(), "a@example.jp");
        assert_eq!(one(&field("mail"), "a b@example.jp"), Err(Wrong::Mail));
        assert_eq!(
            one(&field("treatments"), "tpn oxygen evil tpn").unwrap(),
            "oxygen tpn"
        );
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        let day = vec![(540, 720), (780, 1020)];
        for text in [
            "9:00-12:00 13:00-17:00",
            "９：００～１２：００、１３：００〜１７：００",
            "9時-12時 13時-17時00分",
            "13-17,9-12",
        ] {
            assert_eq!(spans(text), Some(day.clone()), "{text}");
        }
        assert_eq!(spans(""), Some(Vec::new()));
        for bad in ["9-8", "25:00-26:00", "朝から", "9:70-10:00"] {
            assert_eq!(spans(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_what_is_read(mut list in prop::collection::vec((1_u8..=8, 0_u16..1400, 1_u16..40), 0..6)) {
            list.dedup_by_key(|h| h.0);
            let hours: Vec<Opening> = list.iter().map(|(day, from, long)| Opening { day: *day, opens: *from, closes: from + long }).collect();
            let fields = [Field { code: "hours:x".into(), ask: Ask::Hours, place: Place::Service, group: Group::Hours, most: 1500 }];
            let values = Fields::from([("hours:x".to_owned(), sorted(&hours))]);
            let (again, wrong) = check(&fields, &typed(&fields, &values));
            prop_assert!(wrong.is_empty());
            prop_assert_eq!(again, values);
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".{0,60}") {
            let _ = spans(&text);
            for field in catalogue(&[], true) {
                let _ = one(&field, &text);
            }
        }
    }
}
