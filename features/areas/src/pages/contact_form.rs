//! The form of a window, with its problems beside the fields and everything typed kept.

use maud::{Markup, html};
use web::{Ctx, Errors, ui};

use super::window::weekday;
use crate::{
    form::{ContactForm, Problem},
    i18n::t,
    model::Contact,
};

/// The form as typed. Scripts, where they run, keep the draft until it is accepted. `ask_statement` adds the box in which the
/// writer can say that a number is no マイナンバー.
pub(super) fn view(
    cx: &Ctx,
    contact: &Contact,
    form: &ContactForm,
    errors: &Errors,
    ask_statement: bool,
) -> Markup {
    let keep = cx.keep_key("areas.contact", contact.id);
    let text =
        |name: &'static str, value: &str, rows: Option<u32>| field(cx, name, value, rows, errors);
    html! {
        (ui::error_summary(cx, errors))
        form.form method="post" action=(cx.url(&format!("/settings/contacts/{}", contact.id))) novalidate data-keep=(keep) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="version" value=(form.version);
            (text("window_ja", &form.window_ja, None))
            (text("phone", &form.phone, None))
            (text("fax", &form.fax, None))
            (days(cx, form, errors))
            (text("opens", &form.opens, None))
            (text("closes", &form.closes, None))
            (text("hours_note_ja", &form.hours_note_ja, Some(2)))
            (text("outside_ja", &form.outside_ja, Some(4)))
            (text("url", &form.url, None))
            (ui::fieldset(t!(cx, "areas-form-english"), html! {
                (text("window_en", &form.window_en, None))
                (text("hours_note_en", &form.hours_note_en, Some(2)))
                (text("outside_en", &form.outside_en, Some(4)))
            }))
            @if ask_statement { (web::statement_field(cx, "texts", form.stated())) }
            div.actions {
                (ui::button(t!(cx, "areas-form-save")))
                (ui::link_button_second(cx.url("/settings/contacts"), web::t!(cx.lang, "cancel")))
            }
        }
    }
}

fn field(cx: &Ctx, name: &'static str, value: &str, rows: Option<u32>, errors: &Errors) -> Markup {
    let kind = match (name, rows) {
        (_, Some(rows)) => ui::Kind::Textarea { rows },
        ("phone" | "fax", None) => ui::Kind::Tel,
        ("url", None) => ui::Kind::Url,
        _ => ui::Kind::Text,
    };
    let mut field = ui::Field::new(name, label(cx, name))
        .kind(kind)
        .value(value)
        .errors(errors);
    if let Some(hint) = hint(cx, name) {
        field = field.hint(hint);
    }
    ui::field(cx, &field)
}

fn days(cx: &Ctx, form: &ContactForm, errors: &Errors) -> Markup {
    let chosen = form.days();
    let error = errors.of("days");
    html! {
        fieldset #days class=(if error.is_some() { "field bad" } else { "field" }) aria-describedby="days-hint" {
            legend { (t!(cx, "areas-form-days")) }
            p.hint #days-hint { (t!(cx, "areas-form-days-hint")) }
            @if let Some(error) = error { p.error #days-error { (error) } }
            div.chips {
                @for digit in '1'..='7' {
                    div.choice {
                        input type="checkbox" id={ "day" (digit) } name={ "day" (digit) } value="1" checked[chosen.contains(digit)];
                        label for={ "day" (digit) } { (weekday(cx, digit)) }
                    }
                }
            }
        }
    }
}

/// The words of a field.
pub(super) fn label(cx: &Ctx, name: &str) -> String {
    match name {
        "window_ja" => t!(cx, "areas-form-window-ja"),
        "window_en" => t!(cx, "areas-form-window-en"),
        "phone" => t!(cx, "areas-form-phone"),
        "fax" => t!(cx, "areas-form-fax"),
        "days" => t!(cx, "areas-form-days"),
        "opens" => t!(cx, "areas-form-opens"),
        "closes" => t!(cx, "areas-form-closes"),
        "hours_note_ja" => t!(cx, "areas-form-hours-note-ja"),
        "hours_note_en" => t!(cx, "areas-form-hours-note-en"),
        "outside_ja" => t!(cx, "areas-form-outside-ja"),
        "outside_en" => t!(cx, "areas-form-outside-en"),
        _ => t!(cx, "areas-form-url"),
    }
}

fn hint(cx: &Ctx, name: &str) -> Option<String> {
    Some(match name {
        "window_ja" => t!(cx, "areas-form-window-ja-hint"),
        "phone" => t!(cx, "areas-form-phone-hint"),
        "opens" => t!(cx, "areas-form-opens-hint"),
        "closes" => t!(cx, "areas-form-closes-hint"),
        "hours_note_ja" => t!(cx, "areas-form-hours-note-ja-hint"),
        "outside_ja" => t!(cx, "areas-form-outside-ja-hint"),
        "url" => t!(cx, "areas-form-url-hint"),
        _ => return None,
    })
}

/// A typed value as the comparison prints it: weekdays by name, everything else as it is.
pub(super) fn shown_value(cx: &Ctx, name: &str, value: &str) -> String {
    if name == "days" {
        let words: Vec<String> = value.chars().map(|digit| weekday(cx, digit)).collect();
        return words.join(&t!(cx, "areas-days-join"));
    }
    value.to_owned()
}

/// Problems in words, each at its field, in the order of the page.
pub(super) fn errors(cx: &Ctx, form: &ContactForm, problems: &[(&'static str, Problem)]) -> Errors {
    let mut errors = Errors::new();
    for (name, problem) in problems {
        let typed = form
            .columns()
            .into_iter()
            .find(|(column, _)| column == name)
            .map(|(_, text)| text);
        errors.add(
            *name,
            words(cx, problem, typed.as_deref().unwrap_or_default()),
        );
    }
    errors
}

/// A problem in words: what is wrong and how to put it right.
pub(super) fn words(cx: &Ctx, problem: &Problem, typed: &str) -> String {
    match problem {
        Problem::TooLong(max) => t!(cx, "areas-problem-long", max = max.to_string()),
        Problem::Phone => t!(cx, "areas-problem-phone"),
        Problem::Time => t!(cx, "areas-problem-time"),
        Problem::TimePair => t!(cx, "areas-problem-time-pair"),
        Problem::TimeOrder => t!(cx, "areas-problem-time-order"),
        Problem::Days => t!(cx, "areas-problem-days"),
        Problem::DaysOnly => t!(cx, "areas-problem-days-only"),
        Problem::Url => t!(cx, "areas-problem-url"),
        Problem::Required => t!(cx, "areas-problem-required"),
        Problem::Date => t!(cx, "areas-problem-date"),
        Problem::Range => t!(cx, "areas-problem-range"),
        Problem::NullByte => t!(cx, "areas-problem-null"),
        Problem::MyNumber => web::check_my_number(cx.lang, typed, false).unwrap_or_default(),
    }
}
