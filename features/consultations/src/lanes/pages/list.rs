//! Everything an office handed over or was handed: late first, then whose turn it is.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, ui};

use super::words::{self, Towns};
use crate::{
    i18n::t,
    lanes::store::{self as sql, Handover},
};

/// The question of `GET /consultations/handovers`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Listed {
    closed: String,
}

/// `GET /consultations/handovers`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Listed>) -> web::Result {
    let me = cx.require_me()?;
    let (office, closed) = (me.organisation, asked.closed == "1");
    let (list, towns) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            let list = if closed {
                sql::closed(conn, office)?
            } else {
                sql::open(conn, office)?
            };
            Ok((list, Towns::read(conn)?))
        })
        .await?;
    let today = cx.now.date_jst();
    let (late, rest): (Vec<&Handover>, Vec<&Handover>) =
        list.iter().partition(|one| one.late(today));
    let (ours, theirs): (Vec<&Handover>, Vec<&Handover>) =
        rest.into_iter().partition(|one| one.ours());
    let part = |title: String, list: &[&Handover]| {
        html! { @if !list.is_empty() { section { h2 { (title) } (table(&cx, &towns, list, &title)) } } }
    };
    let body = html! {
        @if list.is_empty() {
            (ui::empty(t!(cx, "lanes-empty"), t!(cx, "lanes-empty-text"), html! {}))
        }
        @if closed { (part(t!(cx, "lanes-list-closed"), &theirs)) }
        @else {
            (part(t!(cx, "lanes-list-late"), &late))
            (part(t!(cx, "lanes-list-ours"), &ours))
            (part(t!(cx, "lanes-list-theirs"), &theirs))
        }
        p.no-print {
            @if closed { a href=(cx.url("/consultations/handovers")) { (t!(cx, "lanes-show-open")) } }
            @else { a href=(cx.url("/consultations/handovers?closed=1")) { (t!(cx, "lanes-show-closed")) } }
            " · " a href=(cx.url("/consultations/deputies")) { (t!(cx, "deputies-title")) }
        }
    };
    Ok(cx
        .page(t!(cx, "lanes-title"))
        .nav("consultations")
        .sub(t!(cx, "lanes-lead"))
        .body(body))
}

/// A table of hand-overs.
pub(crate) fn table(cx: &Ctx, towns: &Towns, list: &[&Handover], label: &str) -> Markup {
    let head = [
        t!(cx, "lanes-col-what"),
        t!(cx, "lanes-from"),
        t!(cx, "lanes-to"),
        t!(cx, "lanes-due"),
        t!(cx, "lanes-stage"),
    ];
    let today = cx.now.date_jst();
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|one| {
            vec![
                html! { a href=(cx.url(&format!("/consultations/handovers/{}", one.id))) { (words::title(cx, towns, one)) }
                    br; span.sub { (words::kind(cx, one.kind)) " " (one.code) } },
                html! { span lang="ja" { (one.sender_name) } },
                html! { span lang="ja" { (one.receiver_name) } @if one.receiver.is_none() { br; span.sub { (t!(cx, "lanes-by-paper")) } } },
                ui::date(cx, one.due),
                words::badge(cx, one, today),
            ]
        })
        .collect();
    ui::table_rows(label, &head, &rows)
}
