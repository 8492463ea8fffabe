//! The entries as rows, page by page, by key.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    address,
    asked::Asked,
    board::{self, PER_PAGE, Page},
    card, words,
};
use crate::{i18n::t, model::EntryBrief, store::Key};

pub(super) fn view(cx: &Ctx, asked: &Asked, page: &Page, rows: &[EntryBrief]) -> Markup {
    let (rows, more) = board::cut(rows, PER_PAGE);
    if rows.is_empty() && asked.after.is_none() {
        return board::nothing(cx, asked);
    }
    let heads = [
        t!(cx, "column-title"),
        t!(cx, "column-kind"),
        t!(cx, "column-status"),
        t!(cx, "column-municipalities"),
        t!(cx, "column-marks"),
        t!(cx, "column-changed"),
    ];
    let next = rows.last().map(Key::after);
    html! {
        @if asked.after.is_some() { p.no-print { a href=(cx.url(&asked.address(|_| {}))) { (t!(cx, "to-first-page")) } } }
        div.scroll tabindex="0" role="region" aria-label=(t!(cx, "programme-title")) {
            table.data.stack {
                thead { tr { @for h in &heads { th scope="col" { (h) } } } }
                tbody { @for entry in rows { (row(cx, page, entry, &heads)) } }
            }
        }
        @if more && let Some(next) = next {
            p.no-print { a.btn.second href=(cx.url(&asked_next(asked, next))) rel="next" { (t!(cx, "next-page", count = PER_PAGE)) } }
        }
    }
}

fn asked_next(asked: &Asked, next: Key) -> String {
    asked.address(|a| a.after = Some(next))
}

fn row(cx: &Ctx, page: &Page, entry: &EntryBrief, heads: &[String; 6]) -> Markup {
    let date = kernel::wareki::format_short(entry.updated_at.date_jst());
    html! {
        tr {
            th scope="row" {
                a href=(cx.url(&address(entry.id))) lang="ja" { (entry.title) }
                @if entry.fictional { " " (ui::badge(ui::Tone::Plain, t!(cx, "fictional"))) }
            }
            td data-label=(heads[1]) { (words::kind(cx.lang, entry.kind)) }
            td data-label=(heads[2]) { (card::status_badge(cx, &entry.status)) " " (card::range_badge(cx, entry.range, entry.open)) }
            td data-label=(heads[3]) { (card::who(cx, &page.towns, &entry.municipalities)) }
            td data-label=(heads[4]) { (card::marks(cx, entry)) }
            td.nowrap data-label=(heads[5]) { (date) }
        }
    }
}
