//! `/directory/upkeep`: what waits, the own records, and what a municipality decided about them.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    own_towns,
    review::{channel, state},
};
use crate::{
    i18n::t,
    upkeep::{
        rounds::{self, store::OwnItem},
        store::{self as sql, Kept, Update},
    },
};

struct Seen {
    waiting: Vec<Update>,
    decided: Vec<Update>,
    kept: Vec<Kept>,
    own: Vec<OwnItem>,
    towns: Vec<areas::Municipality>,
}

/// `GET /directory/upkeep`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let me = cx.require_me()?.clone();
    let asks = rounds::ASK.decide(Some(&me)) == web::Decision::Allow;
    let seen = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let (waiting, decided) = sql::updates(conn)?;
            Ok::<_, store::Error>(Seen {
                waiting,
                decided,
                kept: sql::kept_by(conn, me.organisation)?,
                own: rounds::store::own_items(conn, me.organisation)?,
                towns: own_towns(conn, &me)?,
            })
        })
        .await?;
    let clerk = !seen.towns.is_empty();
    let body = html! {
        @if !seen.kept.is_empty() { (own(&cx, &seen)) }
        h2 { (t!(cx, "upkeep-waiting")) }
        @if seen.waiting.is_empty() { p { (t!(cx, "upkeep-waiting-none")) } } @else { (list(&cx, t!(cx, "upkeep-waiting"), &seen.waiting)) }
        @if clerk || asks {
            div.actions {
                @if asks { (ui::link_button_second(cx.url("/directory/rounds"), t!(cx, "upkeep-to-rounds"))) }
                @if clerk {
                    (ui::link_button_second(cx.url("/directory/upkeep/differences"), t!(cx, "upkeep-to-differences")))
                    (ui::link_button_second(cx.url("/directory/upkeep/settings"), t!(cx, "upkeep-to-settings")))
                }
            }
            p.sub { (t!(cx, "upkeep-how-behalf")) " " a href=(cx.url("/directory")) { (t!(cx, "find-title")) } }
        }
        @if !seen.decided.is_empty() { h2 { (t!(cx, "upkeep-decided-list")) } (list(&cx, t!(cx, "upkeep-decided-list"), &seen.decided)) }
    };
    Ok(cx
        .page(t!(cx, "upkeep-title"))
        .nav("directory")
        .crumbs(&[
            ("/directory".to_owned(), t!(cx, "find-title")),
            (String::new(), t!(cx, "upkeep-title")),
        ])
        .sub(t!(cx, "upkeep-lead"))
        .no_qr()
        .body(body))
}

fn own(cx: &Ctx, seen: &Seen) -> Markup {
    html! {
        h2 { (t!(cx, "upkeep-own")) }
        @for (id, name, _, verified) in &seen.kept {
            @let asked = seen.own.iter().find(|i| i.provider == *id && i.state == "waiting");
            @let body = html! {
                p { (t!(cx, "find-confirmed")) " " (ui::date_opt(cx, *verified)) }
                @if let Some(item) = asked { p { (ui::badge(ui::Tone::Warn, t!(cx, "upkeep-asked-until"))) " " (ui::date_opt(cx, item.due_on)) } }
                p { (ui::link_button(cx.url(&format!("/directory/providers/{id}/update")), t!(cx, "upkeep-open"))) }
            };
            @if asked.is_some() { (ui::card_waits(html! { span lang="ja" { (name) } }, body)) }
            @else { (ui::card(html! { span lang="ja" { (name) } }, body)) }
        }
    }
}

fn list(cx: &Ctx, title: String, updates: &[Update]) -> Markup {
    let head = [
        t!(cx, "find-column-name"),
        t!(cx, "upkeep-column-from"),
        t!(cx, "upkeep-column-fields"),
        t!(cx, "upkeep-column-when"),
        t!(cx, "upkeep-column-state"),
    ];
    let rows: Vec<Vec<Markup>> = updates
        .iter()
        .map(|u| {
            vec![
                html! { a lang="ja" href=(cx.url(&format!("/directory/upkeep/proposals/{}", u.id))) { (u.name) } },
                html! { span lang="ja" { (u.by_name) } " / " (channel(cx, &u.channel)) },
                html! { (u.fields.len()) },
                ui::moment(cx, u.created_at),
                state(cx, u),
            ]
        })
        .collect();
    ui::table_rows(title, &head, &rows)
}
