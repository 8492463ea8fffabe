//! `GET /directory`: what there is, for residents on a phone, for desks on the telephone, and on the map.

use maud::{Markup, html};
use web::{Ctx, ui};

use super::{
    hits::{self, Listed},
    search_url, sentences, shape, short, town_name,
};
use crate::{
    find::{
        self, Loaded,
        asked::{ABILITIES, Asked, View},
        map,
        results::{self, Found, PAGE},
    },
    i18n::t,
};

/// `GET /directory`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    let (asked, _) = Asked::read(cx.uri.query().unwrap_or_default());
    let loaded = find::loaded(cx.db(), cx.now).await?;
    let audience = find::audience(&cx);
    let found = results::find(&loaded, &asked, audience, PAGE);
    let wanted = found.hits.hits.clone();
    let professionals = cx.me.is_some();
    let empty = asked.is_empty() && asked.view == View::List;
    let listed = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            hits::read(conn, if empty { &[] } else { &wanted }, professionals)
        })
        .await?;
    let title = if asked.q.is_empty() {
        t!(cx, "find-title")
    } else {
        t!(cx, "find-title-of", q = asked.q.as_str())
    };
    let body = html! {
        (form(&cx, &loaded, &asked, &found))
        @if empty { (entrance(&cx, &loaded, &found)) } @else { (answer(&cx, &loaded, &asked, &found, &listed)) }
        (super::credit(&cx))
    };
    let page = cx.page(title).nav("directory");
    let page = if asked.view == View::List {
        page
    } else {
        page.wide()
    };
    let response = page.body(body);
    Ok(if asked.view == View::Map {
        map::allow(&cx, response)
    } else {
        response
    })
}

fn form(cx: &Ctx, loaded: &Loaded, asked: &Asked, found: &Found) -> Markup {
    html! {
        form.finder.compact[!asked.is_empty()] role="search" method="get" action=(cx.url("/directory")) {
            @if asked.view != View::List { input type="hidden" name="view" value=(asked.view.code()); }
            @if !asked.kind.is_empty() { input type="hidden" name="kind" value=(asked.kind); }
            @if !asked.family.is_empty() { input type="hidden" name="family" value=(asked.family); }
            div.finder-main {
                div { label for="q" { (t!(cx, "find-what")) } input #q type="search" name="q" value=(asked.q) placeholder=(t!(cx, "find-example")) enterkeyhint="search"; }
                div { label for="town" { (t!(cx, "find-where")) } (towns(cx, loaded, "town", &asked.town, &t!(cx, "find-anywhere"))) }
                button.btn type="submit" { (t!(cx, "find-search")) }
            }
            p.here hidden data-here { button.btn.second.small type="button" data-near=(t!(cx, "find-here-failed")) { (t!(cx, "find-here")) } " " span role="status" {} }
            @if let Some(near) = asked.near {
                input type="hidden" name="near" value=(format!("{:.4},{:.4}", near.lat, near.lon));
                p.sub { (t!(cx, "find-from-here")) " " a href=(search_url(cx, &asked.with(|a| a.near = None))) { (t!(cx, "find-from-here-off")) } }
            }
            details open[asked.is_narrowed()] {
                summary { (t!(cx, "find-narrow")) }
                (narrow(cx, loaded, asked, found))
                p { button.btn.small type="submit" { (t!(cx, "find-narrow-do")) } }
            }
        }
    }
}

fn towns(cx: &Ctx, loaded: &Loaded, name: &str, chosen: &str, all: &str) -> Markup {
    html! {
        select id=(name) name=(name) {
            option value="" selected[chosen.is_empty()] { (all) }
            @for town in &loaded.towns { option value=(town.code) selected[town.code == chosen] { (town.name(cx.lang)) @if !town.in_area { " (" (t!(cx, "find-outside")) ")" } } }
        }
    }
}

fn count<'a>(found: &'a Found, group: &'a str) -> impl Iterator<Item = (&'a str, u64)> {
    let own = move |(mark, count): &'a (String, u64)| {
        Some((mark.strip_prefix(group)?.strip_prefix(':')?, *count))
    };
    found.hits.counts.iter().filter_map(own)
}

fn number(found: &Found, group: &str, code: &str) -> Option<u64> {
    count(found, group)
        .find(|(value, _)| *value == code)
        .map(|(_, count)| count)
}

fn narrow(cx: &Ctx, loaded: &Loaded, asked: &Asked, found: &Found) -> Markup {
    let check = |name: &str, code: &str, label: String, on: bool, count: Option<u64>| {
        let id = format!("{name}-{code}");
        html! {
            div.choice { input id=(id) type="checkbox" name=(name) value=(code) checked[on]; label for=(id) { (label) @if let Some(count) = count { " " span.sub { (count) } } } }
        }
    };
    html! {
        fieldset.field { legend { (t!(cx, "find-can")) }
            div.checks { @for code in ABILITIES { (check("can", code, sentences::ability(cx, code), asked.can.iter().any(|c| c == code), number(found, "can", code))) } }
            p.hint { (t!(cx, "find-can-hint")) }
        }
        div.field { label for="covers" { (t!(cx, "find-covers-label")) } (towns(cx, loaded, "covers", &asked.covers, &t!(cx, "find-anywhere"))) }
        div.field { label for="lang" { (t!(cx, "find-language")) }
            select #lang name="lang" {
                option value="" { (t!(cx, "find-any-language")) }
                @for code in ["en", "zh", "ko", "pt", "es", "vi", "tl", "ne", "sign"] { option value=(code) selected[code == asked.language] { (sentences::language(cx, code)) } }
            }
        }
        @if cx.me.is_some() {
            fieldset.field { legend { (t!(cx, "find-treats")) }
                div.checks { @for code in sentences::TREATMENTS { (check("treats", code, sentences::treatment(cx, code), asked.treats.iter().any(|c| c == code), number(found, "treats", code))) } }
                p.hint { (t!(cx, "find-professionals-only")) }
            }
        }
    }
}

/// Nothing asked for yet: groups and towns to choose from.
fn entrance(cx: &Ctx, loaded: &Loaded, found: &Found) -> Markup {
    if found.hits.total == 0 {
        return ui::empty(t!(cx, "find-town-empty"), t!(cx, "find-none-yet"), html! {});
    }
    html! {
        h2 { (t!(cx, "find-by-family")) }
        ul.families {
            @for family in sentences::FAMILIES {
                @if let Some(count) = number(found, "family", family) {
                    @let asked = Asked { family: family.to_owned(), page: 1, ..Asked::default() };
                    li { a href=(search_url(cx, &asked)) {
                        @if let Some(kind) = loaded.kinds.iter().find(|kind| kind.family == family) { (shape(kind)) }
                        span { (sentences::family(cx, family)) } " " span.sub { (count) } } }
                }
            }
        }
        h2 { (t!(cx, "find-by-town")) }
        ul.towns {
            @for town in loaded.towns.iter().filter(|town| town.in_area) {
                li { a href=(cx.url(&format!("/directory/towns/{}", town.code))) { (town.name(cx.lang)) } " " span.sub { (number(found, "town", &town.code).unwrap_or(0)) } }
            }
        }
        p { a href=(search_url(cx, &Asked { view: View::Map, page: 1, ..Asked::default() })) { (t!(cx, "find-all-on-map")) } }
        p { a href=(cx.url("/directory/print")) { (t!(cx, "print-title")) } }
        (keeping(cx))
    }
}

/// Where those who keep the directory go on.
fn keeping(cx: &Ctx) -> Markup {
    let keeps = cx.me.as_ref().is_some_and(|me| {
        crate::IMPORT.decide_for(me.role, me.kind, me.second_factor) == web::Decision::Allow
    });
    html! {
        @if keeps {
            h2 { (t!(cx, "find-keeping")) }
            ul.plain {
                li { a href=(cx.url("/directory/imports")) { (t!(cx, "directory-imports")) } }
                li { a href=(cx.url("/directory/pairs")) { (t!(cx, "pairs-title")) } }
                li { a href=(cx.url("/directory/mappings")) { (t!(cx, "mapping-title")) } }
                li { a href=(cx.url("/directory/partners")) { (t!(cx, "partners-title")) } }
            }
        }
    }
}

fn answer(cx: &Ctx, loaded: &Loaded, asked: &Asked, found: &Found, listed: &Listed) -> Markup {
    let total = found.hits.total;
    let first = (asked.page - 1) * PAGE + 1;
    let pages = total.div_ceil(PAGE as u64);
    let views = [View::List, View::Map, View::Phone].map(|view| ui::Tab {
        href: search_url(cx, &asked.with(|a| a.view = view)),
        label: match view {
            View::List => t!(cx, "find-view-list"),
            View::Map => t!(cx, "find-view-map"),
            View::Phone => t!(cx, "find-view-phone"),
        },
        on: view == asked.view,
    });
    html! {
        (notes(cx, loaded, asked, found))
        (facets(cx, loaded, asked, found))
        (ui::tabs(t!(cx, "find-views"), &views))
        h2.count {
            @if found.across { (t!(cx, "find-count-across", count = total)) } @else { strong { (t!(cx, "find-count", count = total)) } }
            @if found.near.is_some() && asked.near.is_none() { @if let Some(town) = &found.town { " " span.sub { (t!(cx, "find-distance-from", town = town_name(cx, loaded, town))) } } }
        }
        @if total == 0 {
            (ui::empty(t!(cx, "find-nothing"), t!(cx, "find-nothing-text"), ui::link_button_second(cx.url("/directory"), t!(cx, "find-nothing-back"))))
        }
        @else {
            @match asked.view {
                View::List => { (hits::cards(cx, loaded, found, listed, first)) },
                View::Phone => { (hits::lines(cx, loaded, listed)) },
                View::Map => { (map::view(cx, loaded, asked, found, listed, first)) },
            }
        }
        (ui::pager(cx, asked.page as u64, pages, |page| search_url(cx, &asked.with(|a| a.page = usize::try_from(page).unwrap_or(1)))))
        @if cx.me.is_none() && total > 0 { p.sub { (t!(cx, "find-wrong")) } }
    }
}

/// What was left out, guessed, or has to be known before calling.
fn notes(cx: &Ctx, loaded: &Loaded, asked: &Asked, found: &Found) -> Markup {
    let town = found
        .town
        .as_deref()
        .map(|code| town_name(cx, loaded, code))
        .unwrap_or_default();
    html! {
        @if !found.hits.typos.is_empty() { p.sub { (t!(cx, "find-typo", words = found.hits.typos.join(" "))) } }
        @if found.ask { (ui::notice(ui::Tone::Info, t!(cx, "find-ask"), html! { p { (t!(cx, "find-ask-text")) } })) }
        @if found.across {
            (ui::notice(ui::Tone::Warn, t!(cx, "find-across", town = town.as_str()), html! {
                p { (t!(cx, "find-across-text")) }
                @if found.community {
                    p { strong { (t!(cx, "find-community", town = town.as_str())) } }
                    @if let Some(code) = &found.town { p { a href=(cx.url(&format!("/municipalities/{code}"))) { (t!(cx, "find-community-ask", town = town.as_str())) } } }
                }
            }))
        } @else if found.community && asked.town.is_empty() && found.town.is_none() && found.hits.total > 0 {
            (ui::notice(ui::Tone::Info, t!(cx, "find-community-title"), html! { p { (t!(cx, "find-community-any")) } }))
        }
        @if !asked.treats.is_empty() && cx.me.is_none() { (ui::notice(ui::Tone::Warn, t!(cx, "find-professionals-only"), html! {})) }
    }
}

fn facets(cx: &Ctx, loaded: &Loaded, asked: &Asked, found: &Found) -> Markup {
    let mut kinds: Vec<ui::Chip> = Vec::new();
    if !asked.family.is_empty() {
        let off = asked.with(|a| a.family.clear());
        kinds.push(ui::Chip {
            href: search_url(cx, &off),
            label: sentences::family(cx, &asked.family),
            on: true,
        });
    }
    let mut list: Vec<(&str, u64)> = count(found, "kind").collect();
    list.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (code, count) in list.into_iter().take(8) {
        let Some(kind) = loaded.kind(code) else {
            continue;
        };
        let on = asked.kind == code;
        let next = asked.with(|a| a.kind = if on { String::new() } else { code.to_owned() });
        kinds.push(ui::Chip {
            href: search_url(cx, &next),
            label: format!("{} {count}", short(kind, cx.lang)),
            on,
        });
    }
    let mut places: Vec<ui::Chip> = Vec::new();
    for town in &loaded.towns {
        let on = asked.town == town.code;
        let Some(count) = number(found, "town", &town.code).or(on.then_some(0)) else {
            continue;
        };
        let next = asked.with(|a| a.town = if on { String::new() } else { town.code.clone() });
        places.push(ui::Chip {
            href: search_url(cx, &next),
            label: format!("{} {count}", town.name(cx.lang)),
            on,
        });
    }
    html! {
        @if kinds.len() > 1 || !asked.kind.is_empty() || !asked.family.is_empty() { (ui::chips(t!(cx, "find-facet-kind"), &kinds)) }
        @if places.len() > 1 { details.facet open[!asked.town.is_empty()] { summary { (t!(cx, "find-facet-town")) } (ui::chips(t!(cx, "find-facet-town"), &places)) } }
    }
}
