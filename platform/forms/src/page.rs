//! The controls of a field on a page: label, hint, error, the answer, and 該当なし / 把握していない beside it. Works without scripts.

use maud::{Markup, html};
use web::{Ctx, Errors, Values, ui};

use crate::{
    catalogue::{Cell, Choice, Column, Field, Kind},
    i18n::{loader, t},
};

/// Empty rows offered below those that are filled in.
const SPARE_ROWS: usize = 3;

/// A field with what was typed (`values`, see [`Field::write`]) and what is wrong with it, by [`Field::name`].
#[must_use]
pub fn field(cx: &Ctx, field: &Field, values: &Values, errors: &Errors) -> Markup {
    let name = field.name();
    let error = errors.of(&name);
    let hint = hint(cx, field);
    let described = match (hint.is_empty(), error) {
        (true, None) => None,
        (false, None) => Some(format!("{name}-hint")),
        (true, Some(_)) => Some(format!("{name}-error")),
        (false, Some(_)) => Some(format!("{name}-hint {name}-error")),
    };
    let label = html! {
        @if !field.number.is_empty() { span.num { (field.number) } " " }
        (field.label.get(cx.lang))
        @if field.required { " " (ui::badge(ui::Tone::Warn, web::t!(cx.lang, "required"))) }
    };
    let class = if error.is_some() {
        "field bad"
    } else {
        "field"
    };
    let notes = html! {
        @if !hint.is_empty() { p.hint id={ (name) "-hint" } { (hint) } }
        @if let Some(error) = error { p.error id={ (name) "-error" } { (error) } }
    };
    let grouped = matches!(
        field.kind,
        Kind::One { .. } | Kind::Many { .. } | Kind::Table { .. } | Kind::File
    );
    html! {
        @if grouped {
            fieldset id=(name) class=(class) aria-describedby=[described.as_deref()] {
                legend { (label) }
                (notes)
                (control(cx, field, values, None))
                (states(cx, field, values))
            }
        } @else {
            div class=(class) {
                label for=(name) { (label) }
                (notes)
                (control(cx, field, values, described.as_deref()))
                (states(cx, field, values))
            }
        }
    }
}

/// What to write, the limit and the unit in one line.
fn hint(cx: &Ctx, field: &Field) -> String {
    let mut parts = Vec::new();
    if !field.hint.is_empty() {
        parts.push(field.hint.get(cx.lang).to_owned());
    }
    match &field.kind {
        Kind::Short { most } | Kind::Long { most } => {
            parts.push(t!(cx, "forms-limit", most = most.to_string()));
        }
        Kind::Number { unit, .. } => {
            parts.push(t!(cx, "forms-number-hint"));
            if !unit.is_empty() {
                parts.push(t!(cx, "forms-unit", unit = unit.get(cx.lang)));
            }
        }
        Kind::Date => parts.push(t!(cx, "forms-date-hint")),
        Kind::File => parts.push(t!(cx, "forms-files-hint")),
        Kind::One { .. } | Kind::Many { .. } | Kind::Table { .. } => {}
    }
    parts.join(" ")
}

fn control(cx: &Ctx, field: &Field, values: &Values, described: Option<&str>) -> Markup {
    let name = field.name();
    let typed = values.get(&name).unwrap_or_default();
    match &field.kind {
        Kind::Long { .. } => {
            let rows = typed
                .lines()
                .map(|l| 1 + l.chars().count() / 45)
                .sum::<usize>();
            html! {
                textarea id=(name) name=(name) rows=(rows.clamp(4, 24)) aria-describedby=[described] { "\n" (typed) }
            }
        }
        Kind::Short { .. } => line(&name, typed, described, None),
        Kind::Number { .. } => line(&name, typed, described, Some("decimal")),
        Kind::Date => {
            // A stored day is shown as people read it; it is read back the same.
            let shown = typed.parse().map_or_else(
                |_| typed.to_owned(),
                |day| kernel::format_date(day, cx.lang),
            );
            line(&name, &shown, described, None)
        }
        Kind::One { choices } => group("radio", &name, choices, &[typed.to_owned()], cx),
        Kind::Many { choices } => group("checkbox", &name, choices, values.all(&name), cx),
        Kind::Table { columns, rows } => table(cx, field, columns, *rows, values),
        Kind::File => html! {},
    }
}

fn line(name: &str, typed: &str, described: Option<&str>, mode: Option<&str>) -> Markup {
    html! { input type="text" id=(name) name=(name) value=(typed) inputmode=[mode] aria-describedby=[described]; }
}

fn group(kind: &str, name: &str, choices: &[Choice], chosen: &[String], cx: &Ctx) -> Markup {
    html! {
        @for (at, choice) in choices.iter().enumerate() {
            div.choice {
                input type=(kind) id={ (name) "-c" (at) } name=(name) value=(choice.code) checked[chosen.contains(&choice.code)];
                label for={ (name) "-c" (at) } { (choice.label.get(cx.lang)) }
            }
        }
    }
}

fn table(cx: &Ctx, field: &Field, columns: &[Column], most: usize, values: &Values) -> Markup {
    let name = field.name();
    let filled = (0..most)
        .filter(|r| (0..columns.len()).any(|c| !values.text(&format!("{name}-{r}-{c}")).is_empty()))
        .max()
        .map_or(0, |r| r + 1);
    let head: Vec<&str> = columns.iter().map(|c| c.label.get(cx.lang)).collect();
    let rows = (filled + SPARE_ROWS).min(most);
    let label = field.label.get(cx.lang);
    ui::table(
        label,
        &head,
        html! {
            @for r in 0..rows {
                tr {
                    @for (c, column) in columns.iter().enumerate() {
                        @let cell = format!("{name}-{r}-{c}");
                        @let word = t!(cx, "forms-row", row = (r + 1).to_string(), column = column.label.get(cx.lang));
                        td {
                            input type="text" name=(cell) value=(values.get(&cell).unwrap_or_default()) aria-label=(word)
                                inputmode=[(column.cell == Cell::Number).then_some("decimal")];
                        }
                    }
                }
            }
        },
    )
}

/// 該当なし and 把握していない, and the way back to an answer.
fn states(cx: &Ctx, field: &Field, values: &Values) -> Markup {
    if !field.none && !field.unknown {
        return html! {};
    }
    let name = field.state_name();
    let chosen = values.text(&name);
    let texts = loader(cx.lang);
    let mut list = vec![("", texts.text("forms-answer"))];
    if field.none {
        list.push(("none", texts.text("forms-none")));
    }
    if field.unknown {
        list.push(("unknown", texts.text("forms-unknown")));
    }
    let label = t!(cx, "forms-state", label = field.brief(cx.lang));
    html! {
        div.states role="radiogroup" aria-label=(label) {
            @for (value, word) in list {
                span.choice {
                    input type="radio" id={ (name) "-" (value) } name=(name) value=(value) checked[chosen == value];
                    label for={ (name) "-" (value) } { (word) }
                }
            }
        }
    }
}
