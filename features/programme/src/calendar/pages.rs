//! The month and the year.

use axum::{extract::Query, http::StatusCode, response::Response};
use kernel::{Date, Lang};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions,
    model::{self, Item, Why, due, fixed_duty, place},
    store::{self as sql, Note},
};
use crate::{
    handoff::actions::short_code,
    i18n::t,
    pdca::{
        input::{Input, STATED},
        pages::words,
        store::{self as pdca, Measure},
        who,
    },
};

/// A duty's name in a language.
pub(crate) fn title(item: &Item, lang: Lang) -> String {
    if !item.title.is_empty() {
        return item.title.clone();
    }
    fixed_duty(&item.key).map_or_else(|| item.key.clone(), |one| one.title(lang).to_owned())
}

/// A month in words.
fn month_word(cx: &Ctx, month: i64) -> String {
    t!(cx, "calendar-month", month = month.to_string())
}

/// The question of `GET /programme/calendar`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    month: String,
}

/// `GET /programme/calendar?month=…`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    page(
        &cx,
        &asked.month,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
    )
    .await
}

async fn page(
    cx: &Ctx,
    asked: &str,
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let tenant = who::actor(cx)?.tenant;
    let today = cx.now.date_jst();
    let year = kernel::fiscal_year(today);
    let month = asked
        .parse::<i64>()
        .ok()
        .filter(|m| (1..=12).contains(m))
        .unwrap_or_else(|| i64::from(today.month()));
    let ((own, done), last, notes) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            Ok((
                sql::standing(conn, tenant, year)?,
                pdca::of_year(conn, tenant, year - 1)?,
                sql::all_notes(conn, tenant)?,
            ))
        })
        .await?;
    let items = model::build(year, model::fixed(), &own, &done);
    let now: Vec<&Item> = items.iter().filter(|item| item.month == month).collect();
    let left: Vec<&Item> = items
        .iter()
        .filter(|item| due(item, month) && item.month != month)
        .collect();
    let before: Vec<&Measure> = last
        .iter()
        .filter(|m| m.due.is_some_and(|day| i64::from(day.month()) == month))
        .collect();
    let chips: Vec<ui::Chip> = (0..12)
        .map(|at| (at + 3) % 12 + 1)
        .map(|m| ui::Chip {
            href: cx.url(&format!("/programme/calendar?month={m}")),
            label: month_word(cx, m),
            on: m == month,
        })
        .collect();
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::chips(t!(cx, "calendar-choose"), &chips))
        h2 { (t!(cx, "calendar-now", month = month_word(cx, month))) }
        @if now.is_empty() { p { (t!(cx, "calendar-nothing")) } }
        div.grid.g2 { @for item in &now { (card(cx, item, (year, month), &notes)) } }
        @if !left.is_empty() {
            h2 { (t!(cx, "calendar-left")) }
            div.grid.g2 { @for item in &left { (card(cx, item, (year, month), &notes)) } }
        }
        @if !before.is_empty() {
            h2 { (t!(cx, "calendar-last-year", month = month_word(cx, month))) }
            ul { @for one in &before { li { a href=(cx.url(&format!("/programme/measures/{}", one.id))) lang="ja" { (one.plan.body.lines().next().unwrap_or_default()) } " " (words::state_badge(cx, one.state)) } } }
        }
        (year_table(cx, &items))
        (add_form(cx, values, errors, month))
        (areas::words::footnotes(cx.lang, &["pdca", "countermeasure", "indicator", "rating", "council", "community-support", "freeze"]))
    };
    Ok(cx
        .page(t!(cx, "calendar-title"))
        .nav("programme")
        .crumbs(&[
            ("/programme", t!(cx, "pdca-programme")),
            ("", t!(cx, "calendar-title")),
        ])
        .sub(t!(cx, "calendar-lead", year = ui::fiscal_year(cx, year)))
        .status(status)
        .body(body))
}

fn card(cx: &Ctx, item: &Item, (year, month): (i32, i64), notes: &[Note]) -> Markup {
    let fixed = fixed_duty(&item.key);
    let late = item.done.is_none() && place(item.month) < place(month);
    let note = notes.iter().find(|note| note.key == item.key);
    html! {
        section.card {
            h3 { (title(item, cx.lang)) }
            p {
                (ui::badge(if late { ui::Tone::Warn } else { ui::Tone::Plain }, month_word(cx, item.month))) " "
                @match item.why { Why::Usual => (t!(cx, "calendar-why-usual")), Why::Office => (t!(cx, "calendar-why-office")), Why::LastYear => (t!(cx, "calendar-why-last")) }
                @if let Some(day) = item.last { " " span.sub { (t!(cx, "calendar-last-done")) " " (ui::date(cx, day)) } }
            }
            @if let Some(fixed) = fixed {
                p { (fixed.how(cx.lang)) }
                p { a href=(cx.url(&fixed.href)) { (t!(cx, "calendar-go")) span.visually-hidden { " " (title(item, cx.lang)) } } }
                p.sub { (t!(cx, "calendar-basis")) " " span lang="ja" { (fixed.basis) } }
            }
            p {
                a href=(cx.url(&format!("/programme/calendar/notes/{}", item.key))) { (t!(cx, "calendar-note")) span.visually-hidden { " " (title(item, cx.lang)) } } " "
                @match note { Some(note) => span.sub { span lang="ja" { (note.by) } " " (ui::date(cx, note.saved_at.date_jst())) }, None => span.sub { (t!(cx, "calendar-note-none")) } }
            }
            @if let Some(day) = item.done { p { (ui::badge(ui::Tone::Key, t!(cx, "calendar-done"))) " " (ui::date(cx, day)) } }
            (ui::form(cx, "/programme/calendar/done", html! {
                input type="hidden" name="key" value=(item.key);
                input type="hidden" name="year" value=(year);
                input type="hidden" name="month" value=(month);
                input type="hidden" name="undo" value=(if item.done.is_some() { "1" } else { "" });
                div.actions { (ui::button_small(if item.done.is_some() { t!(cx, "calendar-undo") } else { t!(cx, "calendar-mark") })) }
            }))
        }
    }
}

fn year_table(cx: &Ctx, items: &[Item]) -> Markup {
    let head = [
        t!(cx, "calendar-col-month"),
        t!(cx, "calendar-col-duty"),
        t!(cx, "calendar-col-last"),
        t!(cx, "calendar-col-done"),
        t!(cx, "calendar-col-move"),
    ];
    let rows: Vec<Vec<Markup>> = items
        .iter()
        .map(|item| {
            let shown = |day: Option<Date>| html! { @if let Some(day) = day { (ui::date(cx, day)) } @else { span.sub { (t!(cx, "pdca-dash")) } } };
            vec![
                html! { (month_word(cx, item.month)) },
                html! { (title(item, cx.lang)) },
                shown(item.last),
                shown(item.done),
                move_form(cx, item),
            ]
        })
        .collect();
    ui::details(
        t!(cx, "calendar-year"),
        ui::table_rows(t!(cx, "calendar-year"), &head, &rows),
    )
}

fn move_form(cx: &Ctx, item: &Item) -> Markup {
    let id = format!("move-{}", item.key);
    html! {
        div.no-print { (ui::form(cx, "/programme/calendar/duties", html! {
            input type="hidden" name="key" value=(item.key);
            input type="hidden" name="title" value=(item.title);
            label.visually-hidden for=(id) { (t!(cx, "calendar-move-label", duty = title(item, cx.lang))) }
            select id=(id) name="month" {
                @for at in 0..12_i64 { @let month = (at + 3) % 12 + 1; option value=(month) selected[month == item.month] { (month_word(cx, month)) } }
                @if item.why == Why::Office { option value="0" { (if item.title.is_empty() { t!(cx, "calendar-move-back") } else { t!(cx, "calendar-move-drop") }) } }
            }
            " " (ui::button_small(t!(cx, "calendar-move")))
        })) }
    }
}

fn add_form(cx: &Ctx, values: &Values, errors: &Errors, month: i64) -> Markup {
    let months: Vec<ui::Choice<'_>> = (0..12)
        .map(|at| (at + 3) % 12 + 1)
        .map(|m: i64| ui::Choice::new(m.to_string(), month_word(cx, m)))
        .collect();
    html! {
        section.no-print {
            h2 { (t!(cx, "calendar-add")) }
            (ui::form(cx, "/programme/calendar/duties", html! {
                (ui::field(cx, &ui::Field::new("title", t!(cx, "calendar-add-title")).hint(t!(cx, "calendar-add-hint")).value(values.get("title").unwrap_or_default()).errors(errors).required()))
                (ui::field(cx, &ui::Field::new("month", t!(cx, "calendar-col-month")).kind(ui::Kind::Select(months)).value(month.to_string())))
                @if !errors.is_empty() { (web::statement_field(cx, STATED, false)) }
                div.actions { (ui::button(web::t!(cx.lang, "add"))) }
            }))
        }
    }
}

/// `POST /programme/calendar/done`
pub(crate) async fn done(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let key = duty_key(values.text("key"))?;
    let today = cx.now.date_jst();
    // Only this fiscal year and the last one: a mark is made when something was done, not for the archive.
    let this = kernel::fiscal_year(today);
    let year = values
        .text("year")
        .parse::<i32>()
        .ok()
        .filter(|y| (this - 1..=this).contains(y))
        .unwrap_or(this);
    let day = (values.text("undo") != "1").then_some(today);
    actions::mark(cx.db(), &cx.viewer(), who::actor(&cx)?, (key, year), day).await?;
    cx.flash(FlashKind::Good, &t!(cx, "pdca-saved"));
    let month = values
        .text("month")
        .parse::<i64>()
        .ok()
        .filter(|m| (1..=12).contains(m));
    Ok(cx.redirect(&month.map_or_else(
        || "/programme/calendar".to_owned(),
        |m| format!("/programme/calendar?month={m}"),
    )))
}

/// `POST /programme/calendar/duties`
pub(crate) async fn duties(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let mut input = Input::new(&cx, &values);
    let fixed = fixed_duty(values.text("key")).is_some();
    let title = if fixed {
        String::new()
    } else {
        input.required("title", 200)
    };
    let month = values
        .text("month")
        .parse::<i64>()
        .ok()
        .filter(|m| (0..=12).contains(m));
    let errors = std::mem::take(&mut input.errors);
    let (Some(month), true) = (month, errors.is_empty()) else {
        return page(
            &cx,
            values.text("month"),
            &values,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let key = match values.text("key") {
        "" => format!("own-{}", short_code(cx.env())),
        key => duty_key(key)?,
    };
    actions::put(
        cx.db(),
        &cx.viewer(),
        who::actor(&cx)?,
        (key, title),
        (month > 0).then_some(month),
    )
    .await?;
    cx.flash(FlashKind::Good, &t!(cx, "pdca-saved"));
    Ok(cx.redirect("/programme/calendar"))
}

/// A word that can name a duty; anything else is not there.
pub(super) fn duty_key(text: &str) -> web::Result<String> {
    let own = text
        .strip_prefix("own-")
        .is_some_and(|rest| rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_alphanumeric()));
    if own || fixed_duty(text).is_some() {
        Ok(text.to_owned())
    } else {
        Err(web::Error::NotFound)
    }
}
