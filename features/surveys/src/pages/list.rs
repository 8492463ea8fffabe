//! All published surveys; for the office that imports, also what waits.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Decision, ui};

use super::{files, year};
use crate::{IMPORT, i18n::t, model::Survey, rounds::SEE, store};

const PER_PAGE: i64 = 50;

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    page: Option<u32>,
}

/// `GET /surveys`
pub(crate) async fn show(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let page = i64::from(asked.page.unwrap_or(1).max(1));
    let may_import = IMPORT.decide(cx.me.as_ref()) == Decision::Allow;
    let (list, count, drafts) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            let (list, count) = store::published(conn, PER_PAGE, (page - 1) * PER_PAGE)?;
            let drafts = if may_import {
                store::drafts(conn)?
            } else {
                Vec::new()
            };
            Ok((list, count, drafts))
        })
        .await?;
    let rounds = SEE.decide(cx.me.as_ref()) == Decision::Allow;
    let import = || ui::link_button(cx.url("/surveys/import"), t!(cx, "surveys-import"));
    let body = html! {
        @if rounds { p { (ui::link_button_second(cx.url("/surveys/rounds"), t!(cx, "surveys-rounds"))) } }
        @if !drafts.is_empty() {
            h2 { (t!(cx, "surveys-drafts")) }
            (table(&cx, &t!(cx, "surveys-drafts"), &drafts, false))
        }
        @if list.is_empty() {
            (ui::empty(t!(cx, "surveys-empty"), t!(cx, "surveys-empty-text"), html! { @if may_import { (import()) } }))
        } @else {
            @if !drafts.is_empty() { h2 { (t!(cx, "surveys-published")) } }
            (table(&cx, &t!(cx, "surveys-published"), &list, true))
        }
        (ui::pager(&cx, u64::try_from(page).unwrap_or(1), pages(count), |n| cx.url(&format!("/surveys?page={n}"))))
    };
    let made = cx
        .page(t!(cx, "surveys-title"))
        .nav("surveys")
        .sub(t!(cx, "surveys-lead"));
    Ok(if may_import && !list.is_empty() {
        made.actions(import())
    } else {
        made
    }
    .body(body))
}

fn pages(count: i64) -> u64 {
    u64::try_from((count + PER_PAGE - 1) / PER_PAGE).unwrap_or(1)
}

fn table(cx: &Ctx, label: &str, list: &[Survey], with_files: bool) -> Markup {
    let mut head = vec![
        t!(cx, "surveys-column-title"),
        t!(cx, "surveys-column-year"),
        t!(cx, "surveys-column-answers"),
    ];
    if with_files {
        head.push(t!(cx, "surveys-column-files"));
    }
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|survey| {
            let mut cells = vec![
                html! { a href=(cx.url(&format!("/surveys/{}", survey.head.slug))) { (survey.title(cx.lang)) } },
                html! { (year(cx, survey)) },
                html! { (t!(cx, "surveys-count", count = survey.responses)) },
            ];
            if with_files {
                cells.push(files(cx, survey));
            }
            cells
        })
        .collect();
    ui::table_rows(label, &head, &rows)
}
