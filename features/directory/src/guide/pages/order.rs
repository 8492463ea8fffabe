//! One button: order an edition.

use axum::http::StatusCode;
use maud::html;
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, ui};

use super::{crumbs, editions::Names};
use crate::{
    guide::{
        actions,
        content::Part,
        gather::{Ask, gather, lang_code, lang_of},
        paper,
        store::NewEdition,
    },
    i18n::t,
};

/// The order as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Order {
    part: String,
    scope: String,
    lang: String,
    publisher: String,
}

/// `GET /directory/print/new`
pub(crate) async fn form(cx: Ctx) -> web::Result {
    let me = cx.require_me()?;
    let town = cx
        .uri
        .query()
        .and_then(|q| q.strip_prefix("scope="))
        .unwrap_or_default()
        .to_owned();
    let order = Order {
        part: "guide".to_owned(),
        scope: town,
        lang: lang_code(cx.lang).to_owned(),
        publisher: me.organisation_name.clone(),
    };
    page(&cx, &order, &Errors::new()).await
}

/// `POST /directory/print/new`
pub(crate) async fn send(cx: Ctx, Form(order): Form<Order>) -> web::Result {
    let me = cx.require_me()?;
    let mut errors = Errors::new();
    let part = Part::from_code(&order.part);
    if part.is_none() {
        errors.add("part", t!(cx, "print-choose"));
    }
    let lang = lang_of(&order.lang);
    let publisher = kernel::text::trim(&order.publisher).to_owned();
    if publisher.chars().count() > 200 {
        errors.add("publisher", t!(cx, "print-too-long"));
    }
    let names = names(&cx, lang).await?;
    let scope = names.0.iter().find(|(code, _)| *code == order.scope);
    if scope.is_none() {
        errors.add("scope", t!(cx, "print-choose"));
    }
    let (Some(part), Some((code, name)), true) = (part, scope, errors.is_empty()) else {
        return page(&cx, &order, &errors).await;
    };
    let new = NewEdition {
        id: cx.env().id(),
        kind: part.code(),
        scope: code.clone(),
        lang: lang_code(lang),
        title: format!("{} {name}", paper::title(lang, part))
            .chars()
            .take(200)
            .collect(),
        publisher,
        ordered_by: me.organisation,
    };
    let by = format!("{} {}", me.organisation_name, me.name);
    let id = actions::order(cx.db(), &cx.viewer(), new, by.chars().take(200).collect()).await?;
    cx.flash(FlashKind::Good, &t!(cx, "print-ordered"));
    Ok(cx.redirect(&format!("/directory/print/{id}")))
}

async fn names(cx: &Ctx, lang: kernel::Lang) -> web::Result<Names> {
    Ok(cx
        .db()
        .read(&cx.viewer(), move |conn| Names::read(conn, lang))
        .await?)
}

async fn page(cx: &Ctx, order: &Order, errors: &Errors) -> web::Result {
    let names = names(cx, cx.lang).await?;
    let missing = missing(cx).await?;
    let title = t!(cx, "print-new");
    let crumbs = crumbs(cx, &title);
    let parts = [Part::All, Part::Medical, Part::Care]
        .map(|p| ui::Choice::new(p.code(), paper::title(cx.lang, p)));
    let scopes: Vec<ui::Choice<'_>> = names
        .0
        .iter()
        .map(|(code, name)| ui::Choice::new(code.as_str(), name.as_str()))
        .collect();
    let langs = [
        ui::Choice::new("ja", t!(cx, "print-lang-ja")),
        ui::Choice::new("en", t!(cx, "print-lang-en")),
    ];
    let body = html! {
        (ui::error_summary(cx, errors))
        @if missing.is_empty() {
            p.sub { (t!(cx, "print-missing-none")) }
        } @else {
            (ui::notice(ui::Tone::Warn, t!(cx, "print-missing"), html! {
                p { (t!(cx, "print-missing-before")) }
                ul { @for (name, characters) in missing.iter().take(50) { li lang="ja" { (name) ": " (characters) } } }
            }))
        }
        (ui::form(cx, "/directory/print/new", html! {
            (ui::radio_group(cx, &ui::Field::new("part", t!(cx, "print-what")).value(order.part.as_str()).required().errors(errors), &parts))
            (ui::radio_group(cx, &ui::Field::new("scope", t!(cx, "print-where")).value(order.scope.as_str()).required().errors(errors), &scopes))
            (ui::radio_group(cx, &ui::Field::new("lang", t!(cx, "print-lang")).value(order.lang.as_str()).errors(errors), &langs))
            (ui::field(cx, &ui::Field::new("publisher", t!(cx, "print-publisher")).value(order.publisher.as_str())
                .hint(t!(cx, "print-publisher-hint")).maxlength(200).errors(errors)))
            div.actions { (ui::button(t!(cx, "print-make"))) }
        }))
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(cx
        .page(title)
        .nav("directory")
        .crumbs(&crumbs)
        .sub(t!(cx, "print-new-lead"))
        .no_qr()
        .status(status)
        .body(body))
}

/// What no font has, in the whole area: said before anything is printed.
async fn missing(cx: &Ctx) -> web::Result<Vec<(String, String)>> {
    let ask = Ask {
        part: Part::All,
        scope: crate::guide::gather::AREA.to_owned(),
        lang: cx.lang,
        day: cx.now.date_jst(),
        publisher: String::new(),
        base: String::new(),
        edition: None,
    };
    let found = gather(cx.db(), &cx.viewer(), ask).await?;
    Ok(found.map_or_else(Vec::new, |g| g.missing()))
}
