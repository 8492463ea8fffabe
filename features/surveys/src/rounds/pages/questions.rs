//! The questions of a round: texts, order, kind, what may be answered. One form holds them all and works without scripts.

use axum::{extract::Path, http::StatusCode, response::Response};
use forms::{Catalogue, Cell, Choice, Column, Field, Kind, Words};
use maud::{Markup, html};
use web::{Ctx, Errors, Form, Values, ui};

use super::{crumbs, parse};
use crate::{
    i18n::t,
    rounds::{
        actions::{self, Refusal},
        model::{Round, RoundId, Side},
        store as sql,
    },
};

const KINDS: [&str; 8] = [
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

fn kind(get: &impl Fn(&str) -> String) -> Kind {
    let number = |name: &str| get(name).parse::<i64>().ok();
    let most = |otherwise: usize| get("most").parse().unwrap_or(otherwise);
    let lines = || -> Vec<String> {
        get("lines")
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let choices = || {
        let choice = |(at, line): (usize, String)| Choice {
            code: format!("c{}", at + 1),
            label: Words::ja(line),
        };
        lines().into_iter().enumerate().map(choice).collect()
    };
    match get("kind").as_str() {
        "short" => Kind::Short { most: most(200) },
        "one" => Kind::One { choices: choices() },
        "many" => Kind::Many { choices: choices() },
        "number" => Kind::Number {
            unit: Words::ja(get("unit")),
            least: number("least"),
            most: number("most"),
            decimals: get("decimals").parse().unwrap_or_default(),
        },
        "date" => Kind::Date,
        "table" => Kind::Table {
            columns: lines()
                .into_iter()
                .map(|line| Column {
                    label: Words::ja(line),
                    cell: Cell::Text,
                })
                .collect(),
            rows: most(20),
        },
        "file" => Kind::File,
        _ => Kind::Long { most: most(10_000) },
    }
}

fn kind_word(cx: &Ctx, code: &str) -> String {
    match code {
        "short" => t!(cx, "rounds-kind-short"),
        "one" => t!(cx, "rounds-kind-one"),
        "many" => t!(cx, "rounds-kind-many"),
        "number" => t!(cx, "rounds-kind-number"),
        "date" => t!(cx, "rounds-kind-date"),
        "table" => t!(cx, "rounds-kind-table"),
        "file" => t!(cx, "rounds-kind-file"),
        _ => t!(cx, "rounds-kind-long"),
    }
}

fn page(
    cx: &Ctx,
    round: &Round,
    catalogue: &Catalogue,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let title = t!(cx, "rounds-questions");
    let draft = round.state.edit().is_ok();
    let kinds = KINDS.iter().map(|k| ui::Choice::new(*k, kind_word(cx, k)));
    let mut adds = vec![ui::Choice::new("", t!(cx, "rounds-add-none"))];
    adds.extend(kinds);
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT {
            (ui::notice(ui::Tone::Warn, t!(cx, "rounds-conflict-title"), html! { p { (t!(cx, "rounds-conflict-questions")) } }))
            (ui::card(t!(cx, "rounds-conflict-theirs"), html! {
                ol { @for field in &round.catalogue.fields { li { (field.number) " " (field.label.get(cx.lang)) } } }
            }))
        }
        @if !draft {
            (ui::notice(ui::Tone::Info, t!(cx, "rounds-sent-already"), html! { p { (t!(cx, "rounds-sent-already-text")) } }))
        }
        @if draft { (form(cx, round, catalogue, errors, adds)) } @else { (reading(cx, catalogue)) }
    };
    cx.page(title.clone())
        .nav("surveys")
        .crumbs(&crumbs(cx, round, &title))
        .sub(t!(cx, "rounds-questions-lead"))
        .no_qr()
        .status(status)
        .body(body)
}

/// The questions as they were sent.
fn reading(cx: &Ctx, catalogue: &Catalogue) -> Markup {
    html! {
        @for field in &catalogue.fields {
            section.card {
                h2 { span.num-question { (field.number) } " " (field.label.get(cx.lang)) }
                @if !field.hint.is_empty() { p { (field.hint.get(cx.lang)) } }
                p { (ui::badge(ui::Tone::Plain, kind_word(cx, field.kind.code()))) @if field.required { " " (ui::badge(ui::Tone::Warn, t!(cx, "rounds-question-required"))) } }
            }
        }
    }
}

fn form(
    cx: &Ctx,
    round: &Round,
    catalogue: &Catalogue,
    errors: &Errors,
    adds: Vec<ui::Choice<'_>>,
) -> Markup {
    html! {
        form.form method="post" action=(cx.url(&format!("/surveys/rounds/{}/questions", round.id))) novalidate
            data-keep={ "surveys.questions." (round.id) } {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="seen" value=(round.version);
            @for (at, field) in catalogue.fields.iter().enumerate() { (question(cx, at, field, errors)) }
            (ui::field(cx, &ui::Field::new("add", t!(cx, "rounds-add")).kind(ui::Kind::Select(adds)).errors(errors)))
            div.actions { (ui::button(t!(cx, "rounds-save"))) }
        }
    }
}

fn question(cx: &Ctx, at: usize, field: &Field, errors: &Errors) -> Markup {
    let text = |name: &str, label: String, value: &str| {
        let name = format!("q{at}-{name}");
        ui::field(
            cx,
            &ui::Field::new(&name, label)
                .value(value.to_owned())
                .errors(errors),
        )
    };
    let area = |name: &str, label: String, value: &str, rows: u32| {
        let name = format!("q{at}-{name}");
        ui::field(
            cx,
            &ui::Field::new(&name, label)
                .kind(ui::Kind::Textarea { rows })
                .value(value.to_owned())
                .errors(errors),
        )
    };
    let check = |name: &str, label: String, on: bool| {
        let name = format!("q{at}-{name}");
        ui::field(
            cx,
            &ui::Field::new(&name, label)
                .kind(ui::Kind::Checkbox)
                .value(if on { "1" } else { "" }),
        )
    };
    let hidden = |name: &str, value: &str| html! { input type="hidden" name={ "q" (at) "-" (name) } value=(value); };
    html! {
        (ui::fieldset(html! { (t!(cx, "rounds-question", number = (at + 1).to_string())) " " (ui::badge(ui::Tone::Plain, kind_word(cx, field.kind.code()))) }, html! {
            (hidden("key", &field.key))
            (hidden("kind", field.kind.code()))
            (area("label", t!(cx, "rounds-question-text"), &field.label.ja, 3))
            (text("number", t!(cx, "rounds-question-number"), &field.number))
            (limits(cx, at, field))
            (check("required", t!(cx, "rounds-question-required"), field.required))
            (check("none", t!(cx, "rounds-question-none"), field.none))
            (check("unknown", t!(cx, "rounds-question-unknown"), field.unknown))
            (ui::details(t!(cx, "rounds-question-more"), html! {
                (text("sort", t!(cx, "rounds-question-sort"), &(at + 1).to_string()))
                (text("short", t!(cx, "rounds-question-short"), &field.short.ja))
                (text("hint", t!(cx, "rounds-question-hint"), &field.hint.ja))
                (text("label_en", t!(cx, "rounds-question-en"), &field.label.en))
                (text("short_en", t!(cx, "rounds-question-short-en"), &field.short.en))
                (text("hint_en", t!(cx, "rounds-question-hint-en"), &field.hint.en))
                (check("drop", t!(cx, "rounds-question-drop"), false))
            }))
        }))
    }
}

fn limits(cx: &Ctx, at: usize, field: &Field) -> Markup {
    let text = |name: &str, label: String, value: String| {
        let name = format!("q{at}-{name}");
        ui::field(cx, &ui::Field::new(&name, label).value(value))
    };
    let lines = |label: String, value: Vec<&str>| {
        let name = format!("q{at}-lines");
        ui::field(
            cx,
            &ui::Field::new(&name, label)
                .kind(ui::Kind::Textarea { rows: 4 })
                .value(value.join("\n")),
        )
    };
    let whole = |limit: &Option<i64>| limit.map(|l| l.to_string()).unwrap_or_default();
    match &field.kind {
        Kind::Short { most } | Kind::Long { most } => {
            text("most", t!(cx, "rounds-limit-chars"), most.to_string())
        }
        Kind::One { choices } | Kind::Many { choices } => lines(
            t!(cx, "rounds-choices"),
            choices.iter().map(|c| c.label.ja.as_str()).collect(),
        ),
        Kind::Number {
            unit,
            least,
            most,
            decimals,
        } => html! {
            (text("unit", t!(cx, "rounds-unit"), unit.ja.clone()))
            (text("least", t!(cx, "rounds-least"), whole(least)))
            (text("most", t!(cx, "rounds-most"), whole(most)))
            (text("decimals", t!(cx, "rounds-decimals"), decimals.to_string()))
        },
        Kind::Table { columns, rows } => html! {
            (lines(t!(cx, "rounds-columns"), columns.iter().map(|c| c.label.ja.as_str()).collect()))
            (text("most", t!(cx, "rounds-rows"), rows.to_string()))
        },
        Kind::Date | Kind::File => html! {},
    }
}
