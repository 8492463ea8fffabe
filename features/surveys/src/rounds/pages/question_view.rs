//! The page of the questions: one form for all of them, or what was sent.

use axum::{http::StatusCode, response::Response};
use forms::{Catalogue, Cell, Choice, Column, Field, Kind};
use maud::{Markup, html};
use web::{Ctx, Errors, ui};

use super::{
    crumbs,
    questions::{KINDS, MOST_COLUMNS},
};
use crate::{i18n::t, rounds::model::Round};

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

pub(super) fn page(
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
                @match &field.kind {
                    Kind::One { choices } | Kind::Many { choices } => ul { @for choice in choices { li { (choice.label.get(cx.lang)) } } },
                    Kind::Table { columns, .. } => ul { @for column in columns { li { (column.label.get(cx.lang)) } } },
                    _ => {},
                }
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
            data-keep=(cx.keep_key("surveys.questions", round.id)) {
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
        section.card { (ui::fieldset(html! { (t!(cx, "rounds-question", number = (at + 1).to_string())) " " (ui::badge(ui::Tone::Plain, kind_word(cx, field.kind.code()))) }, html! {
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
        })) }
    }
}

fn limits(cx: &Ctx, at: usize, field: &Field) -> Markup {
    let text = |name: &str, label: String, value: String| {
        let name = format!("q{at}-{name}");
        ui::field(cx, &ui::Field::new(&name, label).value(value))
    };
    let area = |name: &str, label: String, value: String| {
        let name = format!("q{at}-{name}");
        let kind = ui::Kind::Textarea { rows: 4 };
        ui::field(cx, &ui::Field::new(&name, label).kind(kind).value(value))
    };
    let whole = |limit: &Option<i64>| limit.map(|l| l.to_string()).unwrap_or_default();
    match &field.kind {
        Kind::Short { most } | Kind::Long { most } => {
            text("most", t!(cx, "rounds-limit-chars"), most.to_string())
        }
        Kind::One { choices } | Kind::Many { choices } => {
            let of =
                |word: fn(&Choice) -> &str| choices.iter().map(word).collect::<Vec<_>>().join("\n");
            html! {
                (area("lines", t!(cx, "rounds-choices"), of(|c| &c.label.ja)))
                (ui::details(t!(cx, "rounds-choices-en"), area("lines_en", t!(cx, "rounds-choices-en-label"), of(|c| &c.label.en))))
            }
        }
        Kind::Number {
            unit,
            least,
            most,
            decimals,
        } => html! {
            (text("unit", t!(cx, "rounds-unit"), unit.ja.clone()))
            (text("unit_en", t!(cx, "rounds-unit-en"), unit.en.clone()))
            (text("least", t!(cx, "rounds-least"), whole(least)))
            (text("most", t!(cx, "rounds-most"), whole(most)))
            (text("decimals", t!(cx, "rounds-decimals"), decimals.to_string()))
        },
        Kind::Table { columns, rows } => html! {
            (columns_table(cx, at, columns))
            (text("most", t!(cx, "rounds-rows"), rows.to_string()))
        },
        Kind::Date | Kind::File => html! {},
    }
}

/// Empty rows below the columns that are there.
const SPARE: usize = 2;

/// The columns of a table: name, what a cell holds, English name. An empty name takes the column away.
fn columns_table(cx: &Ctx, at: usize, columns: &[Column]) -> Markup {
    let head = [
        t!(cx, "rounds-column-name"),
        t!(cx, "rounds-column-cell"),
        t!(cx, "rounds-column-en"),
    ];
    let kinds = [
        (Cell::Text, "text", t!(cx, "rounds-cell-text")),
        (Cell::Number, "number", t!(cx, "rounds-cell-number")),
        (Cell::Date, "date", t!(cx, "rounds-cell-date")),
    ];
    let rows = (columns.len() + SPARE).min(MOST_COLUMNS);
    html! {
        (ui::table(t!(cx, "rounds-columns"), &head, html! {
            @for n in 0..rows {
                @let column = columns.get(n);
                @let name = |part: &str| format!("q{at}-col{n}-{part}");
                @let label = |word: &str| t!(cx, "rounds-column-of", word = word, number = (n + 1).to_string());
                tr {
                    td { input type="text" name=(name("label")) value=(column.map_or("", |c| &c.label.ja)) aria-label=(label(&head[0])); }
                    td {
                        select name=(name("cell")) aria-label=(label(&head[1])) {
                            @for (cell, code, word) in &kinds { option value=(code) selected[column.is_some_and(|c| c.cell == *cell)] { (word) } }
                        }
                    }
                    td { input type="text" name=(name("en")) value=(column.map_or("", |c| &c.label.en)) aria-label=(label(&head[2])); }
                }
            }
        }))
        p.hint { (t!(cx, "rounds-columns-hint")) }
    }
}
