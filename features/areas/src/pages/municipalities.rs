//! All municipalities: those of the area, and the neighbours its people use.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{district_badge, town_name};
use crate::{i18n::t, model::Municipality, store};

/// `GET /municipalities`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let towns = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), store::municipalities)
        .await?;
    let (inside, outside): (Vec<_>, Vec<_>) = towns.into_iter().partition(|town| town.in_area);
    let title = t!(cx, "areas-municipalities");
    let body = html! {
        (table(&cx, &t!(cx, "areas-in-area"), &inside))
        @if !outside.is_empty() {
            h2 { (t!(cx, "areas-out-of-area")) }
            p { (t!(cx, "areas-out-of-area-text")) }
            (table(&cx, &t!(cx, "areas-out-of-area"), &outside))
        }
        p { a href=(cx.url("/glossary")) { (t!(cx, "areas-glossary")) } }
    };
    let lead = t!(cx, "areas-municipalities-lead", count = inside.len());
    Ok(cx
        .page(title)
        .nav("municipalities")
        .sub(lead)
        .wide()
        .body(body))
}

fn table(cx: &Ctx, label: &str, towns: &[Municipality]) -> Markup {
    let head = [
        t!(cx, "areas-column-name"),
        t!(cx, "areas-column-kana"),
        t!(cx, "areas-column-district"),
        t!(cx, "areas-column-prefecture"),
        t!(cx, "areas-column-code"),
        t!(cx, "areas-column-insurer"),
        t!(cx, "areas-column-note"),
    ];
    let rows: Vec<Vec<Markup>> = towns.iter().map(|town| row(cx, town)).collect();
    ui::table_rows(label, &head, &rows)
}

fn row(cx: &Ctx, town: &Municipality) -> Vec<Markup> {
    vec![
        html! { a href=(cx.url(&format!("/municipalities/{}", town.code))) { (town_name(cx, town)) } },
        html! { span lang="ja" { (town.name_kana) } },
        district_badge(cx, town.district.as_ref()),
        html! { (super::prefecture(cx, town)) },
        html! { (town.code) },
        html! { (town.insurer) @if !town.insurer_verified { " " (ui::unknown(cx)) } },
        html! {
            @if town.code == town.insurer { (t!(cx, "areas-codes-same")) }
            @else if let Some(note) = &town.note { span lang="ja" { (note) } }
        },
    ]
}
