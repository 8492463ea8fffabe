//! Needs that nothing in the area met: service, where, why; each leads back to its call.

use axum::extract::Path;
use maud::{Markup, html};
use web::{Ctx, Decision, FlashKind, Form, Route, Values, ui};

use crate::{
    READ, WRITE, actions,
    codes::List,
    i18n::t,
    intake::{Town, towns},
    list::{desk_of, parse},
    model::{Unmet, UnmetId},
    store as sql,
};

/// Most entries on the page.
const MOST: i64 = 300;

/// Addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/unmet", &READ, show),
        Route::post("/consultations/unmet/{id}/undo", &WRITE, undo),
    ]
}

/// `GET /consultations/unmet`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let desk = desk_of(&cx)?;
    let (mut town, mut service) = (String::new(), String::new());
    for (name, value) in
        form_urlencoded::parse(cx.uri.query().unwrap_or_default().as_bytes()).take(20)
    {
        match &*name {
            "municipality" if value.len() == 6 => town = value.replace('\0', ""),
            "service" => service = List::Service.find(&value).map_or("", |c| c.code).to_owned(),
            _ => {}
        }
    }
    let (a, b) = (town.clone(), service.clone());
    let (needs, towns) = cx
        .db()
        .read(&cx.viewer(), move |c| {
            Ok::<_, store::Error>((sql::unmet(c, desk, &a, &b, MOST)?, towns(c, desk)?))
        })
        .await?;
    let narrowed = !(town.is_empty() && service.is_empty());
    let body = html! {
        (crate::list::tabs(&cx, "/consultations/unmet"))
        @if !needs.is_empty() || narrowed { (filters(&cx, &towns, &town, &service)) }
        @if needs.is_empty() { (ui::empty(t!(cx, "unmet-none"), t!(cx, "unmet-none-text"), html! {})) }
        @else { (table(&cx, &needs, &towns)) }
    };
    let title = t!(cx, "unmet-title");
    Ok(cx
        .page(title.clone())
        .nav("consultations")
        .crumbs(&[
            ("/consultations", t!(cx, "consultations-title")),
            ("", title),
        ])
        .sub(t!(cx, "unmet-lead"))
        .no_qr()
        .body(body))
}

fn filters(cx: &Ctx, towns: &[Town], town: &str, service: &str) -> Markup {
    html! {
        form.filters role="search" method="get" action=(cx.url("/consultations/unmet")) {
            div.field { label for="f-municipality" { (t!(cx, "list-municipality")) } select #f-municipality name="municipality" {
                option value="" { (t!(cx, "list-any")) }
                @for one in towns { option value=(one.code) selected[one.code == town] { (one.name(cx.lang)) } }
            } }
            div.field { label for="f-service" { (t!(cx, "unmet-service")) } select #f-service name="service" {
                option value="" { (t!(cx, "list-any")) }
                @for one in List::Service.all() { option value=(one.code) selected[one.code == service] { (one.word(cx.lang)) } }
            } }
            button.btn.small type="submit" { (t!(cx, "list-filter")) }
        }
    }
}

fn table(cx: &Ctx, needs: &[Unmet], towns: &[Town]) -> Markup {
    let may = WRITE.decide(cx.me.as_ref()) == Decision::Allow;
    let head = [
        t!(cx, "unmet-when"),
        t!(cx, "list-municipality"),
        t!(cx, "unmet-place"),
        t!(cx, "unmet-service"),
        t!(cx, "unmet-why"),
        t!(cx, "unmet-call"),
    ];
    let rows: Vec<Vec<Markup>> = needs
        .iter()
        .map(|n| {
            let town = towns.iter().find(|t| t.code == n.municipality).map_or(n.municipality.as_str(), |t| t.name(cx.lang));
            vec![
                html! { (ui::moment(cx, n.at)) @if n.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) } },
                html! { (town) },
                html! { span lang="ja" { (n.place) } },
                html! { (List::Service.word(&n.service, cx.lang)) },
                html! { (List::Why.word(&n.why, cx.lang)) },
                html! {
                    @if let Some(call) = n.consultation { a href=(cx.url(&format!("/consultations/{call}"))) { (t!(cx, "unmet-open")) } " " }
                    @if may { form.inline method="post" action=(cx.url(&format!("/consultations/unmet/{}/undo", n.id))) { input type="hidden" name="_csrf" value=(cx.csrf()); (ui::button_small(t!(cx, "beside-undo"))) } }
                },
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "unmet-title"), &head, &rows)
}

/// `POST /consultations/unmet/{id}/undo`
pub(crate) async fn undo(cx: Ctx, Path(id): Path<String>, Form(_): Form<Values>) -> web::Result {
    let id: UnmetId = parse(&id)?;
    let desk = desk_of(&cx)?;
    let done = cx
        .db()
        .write(&cx.viewer(), move |tx| actions::undo_unmet(tx, desk, id))
        .await;
    match done {
        Ok(()) => cx.flash(FlashKind::Good, &t!(cx, "unmet-undone")),
        Err(actions::Refusal::Store(error)) => return Err(error.into()),
        Err(other) => return Err(web::Error::unexpected(other.to_string())),
    }
    Ok(cx.redirect("/consultations/unmet"))
}
