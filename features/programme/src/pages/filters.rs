//! What narrows the board and the table: kinds as chips, everything else as one form whose choices are the address.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    asked::{Asked, View},
    board::Page,
    words,
};
use crate::{
    i18n::t,
    model::{COMMON, Kind, Range, SCENES, items},
    store::Filter,
};

pub(super) fn kinds(cx: &Ctx, asked: &Asked, view: View) -> Markup {
    let chip = |kind: Option<Kind>, label: String| ui::Chip {
        href: cx.url(&asked.address(|a| {
            a.view = Some(view);
            a.filter.kind = kind;
            a.filter.status = None;
        })),
        label,
        on: asked.filter.kind == kind
            || (view == View::Goals && asked.filter.kind.is_none() && kind == Some(Kind::Issue)),
    };
    let mut chips: Vec<ui::Chip> = Kind::ALL
        .into_iter()
        .map(|kind| chip(Some(kind), words::kind(cx.lang, kind)))
        .collect();
    if view == View::Table {
        chips.insert(0, chip(None, t!(cx, "all-kinds")));
    }
    ui::chips(t!(cx, "kind-label"), &chips)
}

/// The filters as one form: every choice is part of the address.
pub(super) fn filters(cx: &Ctx, asked: &Asked, view: View, page: &Page) -> Markup {
    let f = &asked.filter;
    let select =
        |name: &'static str, label: String, value: Option<&str>, list: Vec<(String, String)>| {
            let mut choices = vec![ui::Choice::new("", t!(cx, "any"))];
            choices.extend(list.into_iter().map(|(v, l)| ui::Choice::new(v, l)));
            let field = ui::Field::new(name, label)
                .kind(ui::Kind::Select(choices))
                .value(value.unwrap_or_default().to_owned());
            ui::field(cx, &field)
        };
    let towns = page
        .towns
        .inside()
        .map(|t| (t.code.clone(), t.name(cx.lang).to_owned()))
        .collect();
    let districts = page
        .towns
        .districts()
        .into_iter()
        .map(|d| (d.code.clone(), d.name(cx.lang).to_owned()))
        .collect();
    let scenes = SCENES
        .iter()
        .map(|s| ((*s).to_owned(), words::scene(cx.lang, s)))
        .collect();
    let letters = items()
        .map(|c| (c.to_string(), words::item(cx.lang, &c.to_string())))
        .collect();
    let ranges = Range::ALL
        .iter()
        .map(|r| (r.code().to_owned(), words::range(cx.lang, *r)))
        .collect();
    let states: Vec<(String, String)> = f.kind.map_or_else(Vec::new, |kind| {
        kind.statuses()
            .iter()
            .map(|s| ((*s).to_owned(), words::status(cx.lang, s)))
            .collect()
    });
    html! {
        form.filters.no-print method="get" action=(cx.url("/programme")) data-autosubmit="" role="search" aria-label=(t!(cx, "filters-label")) {
            input type="hidden" name="view" value=(view.code());
            @if let Some(kind) = f.kind { input type="hidden" name="kind" value=(kind.code()); }
            @if let Some(goal) = &f.goal { input type="hidden" name="goal" value=(goal); }
            (select("scene", t!(cx, "scene-label"), f.scene.as_deref(), scenes))
            (select("m", t!(cx, "municipality-label"), f.municipality.as_deref(), towns))
            @if view == View::Table && !states.is_empty() { (select("status", t!(cx, "status-label"), f.status.as_deref(), states)) }
            details.more-filters open[f.district.is_some() || f.item.is_some() || f.range.is_some() || f.text.is_some()] {
                summary { (t!(cx, "filters-more")) }
                div.filters {
                    (select("d", t!(cx, "district-label"), f.district.as_deref(), districts))
                    (select("item", t!(cx, "item-label"), f.item.as_deref(), letters))
                    @if cx.me.is_some() { (select("range", t!(cx, "range-label"), f.range.map(Range::code), ranges)) }
                    (ui::field(cx, &ui::Field::new("q", t!(cx, "text-label")).kind(ui::Kind::Search).value(f.text.clone().unwrap_or_default()).maxlength(100)))
                }
            }
            div.actions {
                button.btn.second.small type="submit" { (t!(cx, "filter-now")) }
                @if asked.filtered() {
                    a href=(cx.url(&asked.address(|a| { a.view = Some(view); a.filter = Filter { kind: a.filter.kind, ..Filter::default() }; }))) { (t!(cx, "filter-clear")) }
                }
            }
        }
        @if f.scene.as_deref().is_some_and(|s| s != COMMON) { p.sub { (t!(cx, "scene-folds-common")) } }
    }
}
