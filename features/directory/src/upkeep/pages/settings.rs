//! `/directory/upkeep/settings`: what a municipality decides about its records.

use axum::{http::StatusCode, response::Response};
use maud::html;
use store::{Audit, Outcome};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{crumbs, own_towns};
use crate::{
    i18n::t,
    upkeep::store::{self as sql, Settings},
};

async fn read(cx: &Ctx) -> web::Result<(areas::Municipality, Settings)> {
    let me = cx.require_me()?.clone();
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let town = own_towns(conn, &me)?
                .into_iter()
                .next()
                .ok_or(web::Error::NotFound)?;
            let settings = sql::settings(conn, &town.code)?;
            Ok::<_, web::Error>((town, settings))
        })
        .await
}

/// `GET /directory/upkeep/settings`
pub(crate) async fn edit(cx: Ctx) -> web::Result {
    let (town, settings) = read(&cx).await?;
    Ok(page(
        &cx,
        &town,
        &settings,
        &settings.stale_days.to_string(),
        &Errors::new(),
        StatusCode::OK,
    ))
}

fn page(
    cx: &Ctx,
    town: &areas::Municipality,
    s: &Settings,
    days: &str,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let decides = vec![
        ui::Choice::new("approver", t!(cx, "upkeep-decides-approver")),
        ui::Choice::new("editor", t!(cx, "upkeep-decides-editor")),
    ];
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "upkeep-conflict"), html! { p { (t!(cx, "upkeep-conflict-text")) } })) }
        (ui::form(cx, "/directory/upkeep/settings", html! {
            input type="hidden" name="version" value=(s.version);
            (ui::field(cx, &ui::Field::new("stale_days", t!(cx, "upkeep-stale-days")).kind(ui::Kind::Number).hint(t!(cx, "upkeep-stale-days-hint")).value(days.to_owned()).required().errors(errors)))
            (ui::field(cx, &ui::Field::new("decides", t!(cx, "upkeep-decides")).kind(ui::Kind::Radio(decides)).value(if s.editors_decide { "editor" } else { "approver" })))
            (ui::field(cx, &ui::Field::new("at_once", t!(cx, "upkeep-at-once-setting")).kind(ui::Kind::Checkbox).value(if s.at_once { "1" } else { "" })))
            div.actions { (ui::button(t!(cx, "upkeep-save"))) }
        }))
    };
    cx.page(t!(cx, "upkeep-settings-title", town = town.name(cx.lang)))
        .nav("directory")
        .crumbs(&crumbs(cx, t!(cx, "upkeep-to-settings")))
        .no_qr()
        .status(status)
        .body(body)
}

/// `POST /directory/upkeep/settings`
pub(crate) async fn save(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let (town, _) = read(&cx).await?;
    let days = kernel::text::half_width(form.text("stale_days"))
        .parse::<i64>()
        .ok()
        .filter(|d| (30..=2000).contains(d));
    let settings = Settings {
        stale_days: days.unwrap_or(crate::model::STALE_DAYS),
        editors_decide: form.text("decides") == "editor",
        at_once: form.has("at_once"),
        version: form.text("version").parse().unwrap_or(-1),
    };
    let mut errors = Errors::new();
    if days.is_none() {
        errors.add("stale_days", t!(cx, "upkeep-bad-days"));
        return Ok(page(
            &cx,
            &town,
            &settings,
            form.text("stale_days"),
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let owner = town.organisation;
    let (code, new) = (town.code.clone(), settings.clone());
    let done = cx
        .db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            if !sql::save_settings(tx, &code, &new)? {
                return Ok(false);
            }
            tx.audit(Audit {
                action: "directory.upkeep.settings",
                table: "upkeep_setting",
                subject: owner.map(|o| o.uuid()),
                result: Outcome::Done,
                ..Audit::default()
            })?;
            // The search keeps these days with the municipalities it has read.
            tx.changed("directory", kernel::Uuid::nil(), None)?;
            Ok(true)
        })
        .await?;
    if !done {
        let (town, now) = read(&cx).await?;
        let kept = Settings {
            version: now.version,
            ..settings
        };
        return Ok(page(
            &cx,
            &town,
            &kept,
            form.text("stale_days"),
            &errors,
            StatusCode::CONFLICT,
        ));
    }
    cx.flash(FlashKind::Good, &t!(cx, "upkeep-settings-saved"));
    Ok(cx.redirect("/directory/upkeep"))
}
