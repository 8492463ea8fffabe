//! What the area does and what is hard, on one page.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    asked::{Asked, View},
    board::{self, Page},
    card, words,
};
use crate::{
    i18n::t,
    model::{EntryBrief, Kind},
};

pub(super) fn view(
    cx: &Ctx,
    asked: &Asked,
    page: &Page,
    parts: &[(Kind, Vec<EntryBrief>)],
) -> Markup {
    if parts.iter().all(|(_, list)| list.is_empty()) {
        return board::nothing(cx, asked);
    }
    html! {
        @for kind in [Kind::Issue, Kind::Initiative, Kind::Request, Kind::Strength] {
            @if let Some((_, list)) = parts.iter().find(|(k, _)| *k == kind) {
                @if !list.is_empty() {
                    div.section-head {
                        h2 id=(kind.code()) { (heading(cx, kind)) }
                        a href=(cx.url(&asked.address(|a| { a.view = Some(View::Table); a.filter.kind = Some(kind); }))) { (t!(cx, "see-table")) }
                    }
                    @if kind == Kind::Initiative { (by_item(cx, page, list)) }
                    @else { (card::cards(cx, &page.towns, list)) }
                }
            }
        }
    }
}

fn heading(cx: &Ctx, kind: Kind) -> String {
    match kind {
        Kind::Initiative => t!(cx, "overview-initiative"),
        Kind::Issue => t!(cx, "overview-issue"),
        Kind::Request => t!(cx, "overview-request"),
        Kind::Strength => t!(cx, "overview-strength"),
    }
}

/// Initiatives under the first of their items; each group unfolds.
fn by_item(cx: &Ctx, page: &Page, list: &[EntryBrief]) -> Markup {
    let mut letters: Vec<String> = crate::model::items().map(String::from).collect();
    letters.push(String::new());
    html! {
        @for letter in &letters {
            @let group: Vec<EntryBrief> = list.iter().filter(|e| e.items.first().map_or("", String::as_str) == letter).cloned().collect();
            @if !group.is_empty() {
                (ui::details(
                    html! { (words::item(cx.lang, letter)) " " span.sub { (t!(cx, "count", count = group.len())) } },
                    card::cards(cx, &page.towns, &group),
                ))
            }
        }
    }
}
