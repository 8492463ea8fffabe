//! An office's own closed days, by fiscal year, with the national holidays beside them.

use std::collections::BTreeMap;

use axum::extract::Query;
use kernel::{Date, OrganisationId, fiscal_year, format_date, format_fiscal_year, holidays};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::contact_form::words;
use crate::{
    actions::{self, ClosedForm, fiscal_days},
    i18n::t,
    store,
};

/// `GET /settings/closed-days?year=2026`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Values>) -> web::Result {
    let year = asked
        .text("year")
        .parse()
        .unwrap_or_else(|_| fiscal_year(cx.now.date_jst()));
    view(&cx, year, &ClosedForm::default(), &Errors::new()).await
}

/// `POST /settings/closed-days`
pub(crate) async fn add(cx: Ctx, Form(form): Form<ClosedForm>) -> web::Result {
    let (office, _) = office(&cx).await?;
    match form.check() {
        Ok((days, name)) => {
            let (count, year) = (days.len(), days.first().map_or(0, |day| fiscal_year(*day)));
            actions::add_closed_days(cx.db(), &cx.viewer(), office, days, name).await?;
            cx.flash(
                FlashKind::Good,
                &t!(cx, "areas-closed-added", count = count),
            );
            Ok(cx.redirect(&format!("/settings/closed-days?year={year}")))
        }
        Err(problems) => {
            let mut errors = Errors::new();
            for (field, problem) in &problems {
                errors.add(*field, words(&cx, problem, &form.name));
            }
            view(&cx, fiscal_year(cx.now.date_jst()), &form, &errors).await
        }
    }
}

/// The day to take off the list.
#[derive(Debug, Deserialize)]
pub(crate) struct Removal {
    day: String,
}

/// `POST /settings/closed-days/remove`
pub(crate) async fn remove(cx: Ctx, Form(form): Form<Removal>) -> web::Result {
    let (office, _) = office(&cx).await?;
    let day: Date = form.day.parse().map_err(|_| web::Error::NotFound)?;
    let removed = actions::remove_closed_day(cx.db(), &cx.viewer(), office, day).await?;
    if removed {
        cx.flash(
            FlashKind::Good,
            &t!(cx, "areas-closed-removed", date = format_date(day, cx.lang)),
        );
    } else {
        cx.flash(FlashKind::Info, &t!(cx, "areas-closed-already"));
    }
    Ok(cx.redirect(&format!("/settings/closed-days?year={}", fiscal_year(day))))
}

/// Whose closed days: the municipality acted for, if that is declared, otherwise the own office.
async fn office(cx: &Ctx) -> web::Result<(OrganisationId, String)> {
    let me = cx.require_me()?;
    let Some(acting) = me.acting_for.clone() else {
        return Ok((me.organisation, me.organisation_name.clone()));
    };
    let own = me.organisation;
    let declared = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| store::acts_for(conn, own))
        .await?;
    if declared.iter().any(|body| body.id == acting.id) {
        Ok((acting.id, acting.name))
    } else {
        Err(web::Error::NotFound)
    }
}

async fn view(cx: &Ctx, year: i32, form: &ClosedForm, errors: &Errors) -> web::Result {
    let (office, name) = office(cx).await?;
    let (first, last) = fiscal_days(year).ok_or(web::Error::NotFound)?;
    let own = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            store::closed_days(conn, office, first, last)
        })
        .await?;
    let title = t!(cx, "areas-closed-days");
    let years: Vec<ui::Tab> = (year - 1..=year + 1)
        .map(|one| ui::Tab {
            href: cx.url(&format!("/settings/closed-days?year={one}")),
            label: format_fiscal_year(one, cx.lang),
            on: one == year,
        })
        .collect();
    let body = html! {
        (ui::tabs(t!(cx, "areas-closed-year-tabs"), &years))
        @if own.is_empty() {
            (ui::notice(
                ui::Tone::Info,
                t!(cx, "areas-closed-none-title", year = format_fiscal_year(year, cx.lang)),
                html! { p { (t!(cx, "areas-closed-none-text")) } },
            ))
        }
        (ui::error_summary(cx, errors))
        (ui::card(t!(cx, "areas-closed-add-title"), add_form(cx, form, errors)))
        (table(cx, &own, (first, last)))
    };
    let crumbs = [
        ("/settings/contacts", t!(cx, "areas-settings-contacts")),
        ("", title.clone()),
    ];
    let lead = t!(cx, "areas-closed-days-lead", organisation = name);
    Ok(cx
        .page(title)
        .nav("settings/contacts")
        .crumbs(&crumbs)
        .sub(lead)
        .form(errors)
        .no_qr()
        .body(body))
}

fn add_form(cx: &Ctx, form: &ClosedForm, errors: &Errors) -> Markup {
    let field = |name: &'static str, label: String, value: &str| {
        ui::Field::new(name, label)
            .value(value.to_owned())
            .errors(errors)
    };
    ui::form(
        cx,
        "/settings/closed-days",
        html! {
            (ui::field(cx, &field("first", t!(cx, "areas-closed-first"), &form.first).kind(ui::Kind::Date)
                .hint(t!(cx, "areas-closed-first-hint")).required()))
            (ui::field(cx, &field("last", t!(cx, "areas-closed-last"), &form.last).kind(ui::Kind::Date)))
            (ui::field(cx, &field("name", t!(cx, "areas-closed-name"), &form.name)
                .hint(t!(cx, "areas-closed-name-hint")).required()))
            div.actions { (ui::button(t!(cx, "areas-closed-add"))) }
        },
    )
}

/// Own days and national holidays of the year in one list; only own days can be taken off.
fn table(cx: &Ctx, own: &BTreeMap<Date, String>, (first, last): (Date, Date)) -> Markup {
    let head = [
        t!(cx, "areas-closed-date"),
        t!(cx, "areas-closed-name"),
        t!(cx, "areas-closed-kind"),
        t!(cx, "areas-closed-remove"),
    ];
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(|day| *day <= last);
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for day in days {
        if let Some(name) = own.get(&day) {
            let kind = ui::badge(ui::Tone::Warn, t!(cx, "areas-closed-kind-own"));
            rows.push(vec![
                ui::date(cx, day),
                html! { (name) },
                kind,
                remove_form(cx, day, name),
            ]);
        }
        if let Some(holiday) = holidays::name(day) {
            let kind = ui::badge(ui::Tone::Plain, t!(cx, "areas-closed-kind-holiday"));
            let name = html! { (cx.lang.pick(holiday.ja, holiday.en)) };
            rows.push(vec![ui::date(cx, day), name, kind, html! {}]);
        }
    }
    ui::table_rows(t!(cx, "areas-closed-days"), &head, &rows)
}

fn remove_form(cx: &Ctx, day: Date, name: &str) -> Markup {
    let label = t!(
        cx,
        "areas-closed-remove-label",
        date = format_date(day, cx.lang),
        name = name
    );
    html! {
        form method="post" action=(cx.url("/settings/closed-days/remove")) {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="day" value=(day);
            button.btn.second.small type="submit" aria-label=(label) { (t!(cx, "areas-closed-remove")) }
        }
    }
}
