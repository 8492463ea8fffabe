//! The questions of a round: texts, order, kind, what may be answered. One form holds them all and works without scripts.

use axum::{extract::Path, http::StatusCode};
use forms::{Catalogue, Cell, Choice, Column, Field, Kind, Words};
use web::{Ctx, Errors, Form, Values};

use super::{parse, question_view::page};
use crate::{
    i18n::t,
    rounds::{
        actions::{self, Refusal},
        model::{Round, RoundId, Side},
        store as sql,
    },
};

/// Columns of a table.
pub(super) const MOST_COLUMNS: usize = 20;

pub(super) const KINDS: [&str; 8] = [
    "long", "short", "one", "many", "number", "date", "table", "file",
];

async fn read(cx: &Ctx, id: RoundId) -> web::Result<Round> {
    let round = cx
        .db()
        .read(&cx.viewer(), move |c| sql::round(c, id))
        .await?;
    if round.side == Side::Asker {
        Ok(round)
    } else {
        Err(web::Error::NotFound)
    }
}

/// `GET /surveys/rounds/{id}/questions`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let round = read(&cx, parse(&id)?).await?;
    let catalogue = round.catalogue.clone();
    Ok(page(
        &cx,
        &round,
        &catalogue,
        &Errors::new(),
        StatusCode::OK,
    ))
}

/// `POST /surveys/rounds/{id}/questions`
pub(crate) async fn save(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let round = read(&cx, parse(&id)?).await?;
    let mut catalogue = typed(&values);
    let wanted = values.text("add");
    if KINDS.contains(&wanted) {
        let key = catalogue.free_key();
        let label = Words::ja(t!(cx, "rounds-first-question"));
        catalogue
            .fields
            .push(Field::new(key, label, empty_kind(&cx, wanted)));
    }
    if catalogue.check().is_err() {
        let mut errors = Errors::new();
        for (at, field) in catalogue.fields.iter().enumerate() {
            let alone = Catalogue {
                fields: vec![field.clone()],
            };
            if alone.check().is_err() {
                errors.add(
                    format!("q{at}-label"),
                    t!(cx, "rounds-error-question", number = (at + 1).to_string()),
                );
            }
        }
        if errors.is_empty() {
            errors.add("add", t!(cx, "rounds-missing-questions"));
        }
        return Ok(page(
            &cx,
            &round,
            &catalogue,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let seen = values.text("seen").parse().unwrap_or_default();
    let (id, kept) = (round.id, catalogue.clone());
    let saved = cx
        .db()
        .write(&cx.viewer(), move |tx| {
            actions::round::save_catalogue(tx, id, &kept, seen)
        })
        .await;
    if let Err(Refusal::Overtaken) = saved {
        let now = read(&cx, id).await?;
        return Ok(page(
            &cx,
            &now,
            &catalogue,
            &Errors::new(),
            StatusCode::CONFLICT,
        ));
    }
    super::done(
        &cx,
        saved,
        &t!(cx, "rounds-saved"),
        &format!("/surveys/rounds/{id}/questions"),
    )
}

fn empty_kind(cx: &Ctx, code: &str) -> Kind {
    let choice = |at: usize| Choice {
        code: format!("c{at}"),
        label: Words::ja(t!(cx, "rounds-choice", number = at.to_string())),
    };
    let choices = vec![choice(1), choice(2)];
    match code {
        "short" => Kind::Short { most: 200 },
        "one" => Kind::One { choices },
        "many" => Kind::Many { choices },
        "number" => Kind::Number {
            unit: Words::default(),
            least: Some(0),
            most: None,
            decimals: 0,
        },
        "date" => Kind::Date,
        "table" => Kind::Table {
            columns: vec![Column {
                label: Words::ja(t!(cx, "rounds-column", number = "1")),
                cell: Cell::Text,
            }],
            rows: 20,
        },
        "file" => Kind::File,
        _ => Kind::Long { most: 10_000 },
    }
}

/// The form as a catalogue: fields in the order of their numbers in `q<n>-sort`, without those that are to go.
fn typed(values: &Values) -> Catalogue {
    let mut list: Vec<(i64, usize, Field)> = Vec::new();
    for at in 0..forms::MOST_FIELDS {
        let get = |name: &str| values.text(&format!("q{at}-{name}")).to_owned();
        if !values.has(&format!("q{at}-key")) {
            break;
        }
        if get("drop") == "1" {
            continue;
        }
        let words = |name: &str| Words::new(get(name), get(&format!("{name}_en")));
        let mut field = Field::new(get("key"), words("label"), kind(&get));
        field.number = get("number");
        field.short = words("short");
        field.hint = words("hint");
        field.required = get("required") == "1";
        field.none = get("none") == "1";
        field.unknown = get("unknown") == "1";
        let sort = get("sort").parse().unwrap_or(at as i64 + 1);
        list.push((sort, at, field));
    }
    list.sort_by_key(|(sort, at, _)| (*sort, *at));
    Catalogue {
        fields: list.into_iter().map(|(_, _, field)| field).collect(),
    }
}

/// Lines that say something.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Choices, one a line; the English ones stand in the same order and may be missing.
fn choices(get: &impl Fn(&str) -> String) -> Vec<Choice> {
    let english: Vec<String> = get("lines_en")
        .lines()
        .map(|l| l.trim().to_owned())
        .collect();
    let choice = |(at, line): (usize, String)| Choice {
        code: format!("c{}", at + 1),
        label: Words::new(line, english.get(at).cloned().unwrap_or_default()),
    };
    lines(&get("lines"))
        .into_iter()
        .enumerate()
        .map(choice)
        .collect()
}

/// Columns: name, English name and what a cell holds; a column without a name is left out.
fn columns(get: &impl Fn(&str) -> String) -> Vec<Column> {
    let column = |at: usize| {
        let part = |name: &str| get(&format!("col{at}-{name}"));
        Column {
            label: Words::new(part("label"), part("en")),
            cell: match part("cell").as_str() {
                "number" => Cell::Number,
                "date" => Cell::Date,
                _ => Cell::Text,
            },
        }
    };
    (0..MOST_COLUMNS)
        .map(column)
        .filter(|c| !c.label.ja.is_empty())
        .collect()
}

fn kind(get: &impl Fn(&str) -> String) -> Kind {
    // Digits as people type them, full-width ones too.
    let number = |name: &str| digits(&get(name)).parse::<i64>().ok();
    let most = |otherwise: usize| digits(&get("most")).parse().unwrap_or(otherwise);
    match get("kind").as_str() {
        "short" => Kind::Short { most: most(200) },
        "one" => Kind::One {
            choices: choices(get),
        },
        "many" => Kind::Many {
            choices: choices(get),
        },
        "number" => Kind::Number {
            unit: Words::new(get("unit"), get("unit_en")),
            least: number("least"),
            most: number("most"),
            decimals: digits(&get("decimals")).parse().unwrap_or_default(),
        },
        "date" => Kind::Date,
        "table" => Kind::Table {
            columns: columns(get),
            rows: most(20),
        },
        "file" => Kind::File,
        _ => Kind::Long { most: most(10_000) },
    }
}

/// A number as typed, in plain digits.
fn digits(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| *c != ',' && *c != '\u{ff0c}')
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10).unwrap_or(c),
            '\u{ff0d}' | '\u{2212}' => '-',
            other => other,
        })
        .collect()
}
