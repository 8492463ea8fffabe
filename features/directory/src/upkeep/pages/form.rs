//! The fields of a record as controls and as text, wherever they stand: page, link, sheet for FAX, comparison.

use maud::{Markup, html};
use web::{Ctx, Errors, ui};

use crate::{
    find::pages::sentences,
    i18n::t,
    model::{Kind, parse_hours},
    upkeep::fields::{self, Ask, Field, Group, Typed, Wrong},
};

/// What fields need to be shown: the kinds of service and the municipalities of the area, with their names.
pub(crate) struct Names {
    pub(crate) kinds: Vec<Kind>,
    /// 団体コード and name.
    pub(crate) towns: Vec<(String, String)>,
}

/// The name of a field.
pub(crate) fn label(cx: &Ctx, names: &Names, field: &Field) -> String {
    let of_kind = |label: String| {
        let kind = field.kind().unwrap_or_default();
        let name = names
            .kinds
            .iter()
            .find(|k| k.code == kind)
            .map_or(kind, |k| k.name(cx.lang));
        t!(cx, "upkeep-of-service", field = label, kind = name)
    };
    match field.stem() {
        "name" => t!(cx, "find-column-name"),
        "kana" => t!(cx, "find-kana"),
        "phone" => t!(cx, "find-phone"),
        "fax" => t!(cx, "find-fax"),
        "postal" => t!(cx, "upkeep-postal"),
        "address" => t!(cx, "find-address"),
        "building" => t!(cx, "upkeep-building"),
        "url" => t!(cx, "find-web"),
        "corporation" => t!(cx, "find-corporation"),
        "mail" => t!(cx, "upkeep-mail"),
        "new_patients_on" => t!(cx, "upkeep-new-patients-on"),
        "vacancy" => t!(cx, "upkeep-vacancy"),
        "vacancy_on" => t!(cx, "upkeep-vacancy-on"),
        "visit_area" => t!(cx, "upkeep-visit-area"),
        "visit_note" => t!(cx, "upkeep-visit-note"),
        "languages" => t!(cx, "find-language"),
        "liaison_name" => t!(cx, "upkeep-liaison"),
        "liaison_hours" => t!(cx, "upkeep-liaison-hours"),
        "direct_phone" => t!(cx, "find-direct"),
        "direct_fax" => t!(cx, "find-direct-fax"),
        "treatments" => t!(cx, "find-treats"),
        "conditions" => t!(cx, "find-column-conditions"),
        "hours" => of_kind(t!(cx, "find-hours")),
        "hours_note" => of_kind(t!(cx, "upkeep-hours-note")),
        "partners" => t!(cx, "partners-title"),
        other => sentences::ability(cx, other),
    }
}

/// A value in words; nothing for an empty one.
pub(crate) fn shown(cx: &Ctx, names: &Names, field: &Field, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let list = |name: &dyn Fn(&str) -> String| {
        value
            .split_whitespace()
            .map(name)
            .collect::<Vec<_>>()
            .join(" / ")
    };
    match field.ask {
        Ask::YesNo if value == "1" => t!(cx, "find-yes"),
        Ask::YesNo => t!(cx, "find-no"),
        Ask::NewPatients => match value {
            "yes" => t!(cx, "find-yes"),
            "no" => t!(cx, "find-no"),
            _ => t!(cx, "find-new-ask"),
        },
        Ask::Count => t!(cx, "find-people", count = value),
        Ask::Day => kernel::parse_date(value)
            .map_or_else(|_| value.to_owned(), |d| kernel::format_date(d, cx.lang)),
        Ask::Languages => list(&|code| sentences::language(cx, code)),
        Ask::Treatments => list(&|code| sentences::treatment(cx, code)),
        Ask::Towns => list(&|code| town(names, code)),
        Ask::Hours => {
            let hours = parse_hours(value);
            let line = |day: u8| {
                let line = fields::day_line(&hours, day);
                let line = if line.is_empty() {
                    t!(cx, "find-shut")
                } else {
                    line
                };
                format!("{} {line}", weekday(cx, day))
            };
            (1..=8).map(line).collect::<Vec<_>>().join("\n")
        }
        _ => value.to_owned(),
    }
}

/// The name of a municipality.
pub(crate) fn town(names: &Names, code: &str) -> String {
    names
        .towns
        .iter()
        .find(|(c, _)| c == code)
        .map_or_else(|| code.to_owned(), |(_, name)| name.clone())
}

pub(crate) fn weekday(cx: &Ctx, day: u8) -> String {
    match day {
        1 => t!(cx, "find-day-1"),
        2 => t!(cx, "find-day-2"),
        3 => t!(cx, "find-day-3"),
        4 => t!(cx, "find-day-4"),
        5 => t!(cx, "find-day-5"),
        6 => t!(cx, "find-day-6"),
        7 => t!(cx, "find-day-7"),
        _ => t!(cx, "find-day-8"),
    }
}

/// Text with its line breaks; a word when there is none.
pub(crate) fn lines(cx: &Ctx, text: &str) -> Markup {
    html! {
        @if text.is_empty() { span.unknown { (t!(cx, "upkeep-nothing")) } }
        @else { span lang="ja" { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } } }
    }
}

/// What is wrong, in words.
pub(crate) fn wrong(cx: &Ctx, wrong: Wrong) -> String {
    match wrong {
        Wrong::Phone => t!(cx, "upkeep-bad-phone"),
        Wrong::Postal => t!(cx, "upkeep-bad-postal"),
        Wrong::Url => t!(cx, "upkeep-bad-url"),
        Wrong::Mail => t!(cx, "upkeep-bad-mail"),
        Wrong::Day => t!(cx, "upkeep-bad-day"),
        Wrong::Number => t!(cx, "upkeep-bad-number"),
        Wrong::Choice => t!(cx, "upkeep-bad-choice"),
        Wrong::Hours => t!(cx, "upkeep-bad-hours"),
        Wrong::Long(most) => t!(cx, "hospital-too-long", count = most),
        Wrong::Name => t!(cx, "upkeep-bad-name"),
    }
}

/// The title of a part of the page.
pub(crate) fn group(cx: &Ctx, group: Group) -> String {
    match group {
        Group::Contact => t!(cx, "upkeep-group-contact"),
        Group::Hours => t!(cx, "upkeep-group-hours"),
        Group::Can => t!(cx, "upkeep-group-can"),
        Group::Professional => t!(cx, "upkeep-group-professional"),
    }
}

/// The parts in their order.
pub(crate) const GROUPS: [Group; 4] = [
    Group::Contact,
    Group::Hours,
    Group::Can,
    Group::Professional,
];

/// All fields as controls. What grows old soonest comes first.
pub(crate) fn controls(
    cx: &Ctx,
    names: &Names,
    catalogue: &[Field],
    typed: &Typed,
    errors: &Errors,
) -> Markup {
    const ORDER: [Group; 4] = [
        Group::Can,
        Group::Contact,
        Group::Hours,
        Group::Professional,
    ];
    html! {
        @for part in ORDER {
            @let list: Vec<&Field> = catalogue.iter().filter(|f| f.group == part).collect();
            @if !list.is_empty() {
                h2 { (group(cx, part)) }
                @if part == Group::Professional { p.sub { (t!(cx, "find-professionals-only")) } }
                @for field in list { (control(cx, names, field, typed, errors)) }
            }
        }
    }
}

fn control(cx: &Ctx, names: &Names, field: &Field, typed: &Typed, errors: &Errors) -> Markup {
    let label = label(cx, names, field);
    if field.ask == Ask::Hours {
        return hours(cx, field, &label, typed, errors);
    }
    let value = typed.get(&field.code).map_or("", String::as_str);
    let chosen: Vec<std::borrow::Cow<'_, str>> = value.split_whitespace().map(Into::into).collect();
    let choice = |(code, label): (&str, String)| ui::Choice::new(code.to_owned(), label);
    let base = ui::Field::new(&field.code, label)
        .value(value)
        .errors(errors);
    let not_stated = || ui::Choice::new("", t!(cx, "find-not-stated"));
    match field.ask {
        Ask::Languages => {
            let list: Vec<_> = fields::LANGUAGES
                .iter()
                .map(|c| choice((c, sentences::language(cx, c))))
                .collect();
            ui::check_group(cx, &base, &list, &chosen)
        }
        Ask::Treatments => {
            let list: Vec<_> = sentences::TREATMENTS
                .iter()
                .map(|c| choice((c, sentences::treatment(cx, c))))
                .collect();
            ui::check_group(cx, &base, &list, &chosen)
        }
        Ask::Towns => {
            let list: Vec<_> = names
                .towns
                .iter()
                .map(|(c, name)| choice((c, name.clone())))
                .collect();
            ui::check_group(cx, &base, &list, &chosen)
        }
        Ask::YesNo => {
            let list = [
                ui::Choice::new("1", t!(cx, "find-yes")),
                ui::Choice::new("0", t!(cx, "find-no")),
                not_stated(),
            ];
            ui::radio_group(cx, &base, &list)
        }
        Ask::NewPatients => {
            let list = [
                ui::Choice::new("yes", t!(cx, "find-yes")),
                ui::Choice::new("ask", t!(cx, "find-new-ask")),
                ui::Choice::new("no", t!(cx, "find-no")),
                not_stated(),
            ];
            ui::radio_group(cx, &base, &list)
        }
        other => {
            let most = u32::try_from(field.most.max(40)).unwrap_or(2000);
            let (kind, hint) = match other {
                Ask::Lines => (ui::Kind::Textarea { rows: 3 }, None),
                Ask::Phone => (ui::Kind::Tel, Some(t!(cx, "upkeep-hint-phone"))),
                Ask::Postal => (ui::Kind::Text, Some(t!(cx, "upkeep-hint-postal"))),
                Ask::Url => (ui::Kind::Url, None),
                Ask::Mail => (ui::Kind::Email, Some(t!(cx, "upkeep-hint-mail"))),
                Ask::Count => (ui::Kind::Number, Some(t!(cx, "upkeep-hint-vacancy"))),
                Ask::Day => (ui::Kind::Date, Some(t!(cx, "upkeep-hint-day"))),
                _ => (ui::Kind::Text, None),
            };
            let base = base.kind(kind).maxlength(most);
            ui::field(
                cx,
                &match hint {
                    Some(hint) => base.hint(hint),
                    None => base,
                },
            )
        }
    }
}

fn hours(cx: &Ctx, field: &Field, label: &str, typed: &Typed, errors: &Errors) -> Markup {
    let head = ui::Field::new(&field.code, label.to_owned());
    ui::fieldset(
        head.label.as_ref(),
        html! {
            p.hint { (t!(cx, "upkeep-hint-hours")) }
            @for day in 1..=8_u8 {
                @let name = format!("{}-{day}", field.code);
                (ui::field(cx, &ui::Field::new(&name, weekday(cx, day)).value(typed.get(&name).map_or("", String::as_str)).maxlength(100).errors(errors)))
            }
        },
    )
}
