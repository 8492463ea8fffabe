//! Days and hours of a row.

use std::collections::BTreeMap;

use super::{
    columns::{Columns, Flag, Layout},
    parse::{Odd, clean, half},
    record::Record,
    words::code_of,
};

pub(super) fn days(columns: &Columns, cells: &[String], record: &mut Record, odd: &mut Odd) {
    let text = columns.get(cells, "days_text");
    let mut found: Vec<char> = Vec::new();
    let mut stated = false;
    for word in text
        .split([',', '\u{3001}', '\u{30fb}', ';', '\u{ff0c}', ' '])
        .filter(|w| !w.is_empty())
    {
        match code_of("days", word).or_else(|| code_of("day", word)) {
            Some(digits) => {
                stated = true;
                found.extend(digits.chars());
            }
            None => odd.push(("days", clean(word, 40))),
        }
    }
    for (at, flag) in &columns.flags {
        let value = cells.get(*at).map_or("", |c| kernel::text::trim(c));
        // The header speaks of closing, the value of opening: 1 is open, 0 closed, nothing is not stated.
        match (flag, half(value).as_str()) {
            (Flag::Weekly(day), "1") => {
                stated = true;
                found.extend(char::from_digit(u32::from(*day), 10));
            }
            (Flag::Holiday, "1") => {
                stated = true;
                found.push('8');
            }
            (Flag::Weekly(_) | Flag::Holiday, "0") => stated = true,
            (Flag::Nth(week, day), "0") => record.closed_weeks.push((*week, *day)),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    record.days = stated.then(|| found.into_iter().collect());
    let note = [
        columns.get(cells, "days_note"),
        columns.get(cells, "closed_note"),
    ];
    record.hours_note = clean(&note.join(" "), 2000);
}

/// Minutes after midnight; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let text = half(text);
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}

pub(super) fn slots(columns: &Columns, cells: &[String], record: &mut Record) {
    let mut times: BTreeMap<(u8, u8), (Option<u16>, Option<u16>)> = BTreeMap::new();
    for (at, flag) in &columns.flags {
        let time = cells.get(*at).and_then(|c| minutes(c.trim()));
        match flag {
            Flag::Opens(day, slot) => times.entry((*day, *slot)).or_default().0 = time,
            Flag::Closes(day, slot) => times.entry((*day, *slot)).or_default().1 = time,
            _ => {}
        }
    }
    let plain = minutes(columns.get(cells, "opens")).zip(minutes(columns.get(cells, "closes")));
    if let (Some((opens, closes)), Some(days)) = (plain, &record.days) {
        for day in days.chars().filter_map(|c| c.to_digit(10)) {
            let day = u8::try_from(day).unwrap_or(8);
            times.insert((day, 9), (Some(opens), Some(closes)));
        }
    }
    record.hours = times
        .into_iter()
        .filter_map(|((day, _), (opens, closes))| Some((day, opens?, closes?)))
        .filter(|(_, opens, closes)| opens < closes)
        .collect();
    record.hours.sort_unstable();
    record.hours.dedup();
    if record.days.is_none() && !record.hours.is_empty() && columns.layout != Layout::NaviiHours {
        let mut days: Vec<char> = record
            .hours
            .iter()
            .filter_map(|h| char::from_digit(u32::from(h.0), 10))
            .collect();
        days.dedup();
        record.days = Some(days.into_iter().collect());
    }
}
