//! `GET /directory/towns/{code}`: what one municipality has, by kind, and what it has to look for elsewhere.

use std::collections::BTreeMap;

use axum::extract::Path;
use maud::{Markup, html};
use search::Query;
use web::{Ctx, ui};

use super::{address, kinds, path, phone, search_url, sentences};
use crate::{
    find::{
        self, Loaded,
        asked::{Asked, View},
        results::COMMUNITY_KINDS,
    },
    i18n::t,
    model::Provider,
    store,
};

/// More rows than this of one group are left to the search.
const MOST: usize = 60;

/// `GET /directory/towns/{code}`
pub(crate) async fn show(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let loaded = find::loaded(cx.db(), cx.now).await?;
    let town = loaded.town(&code).ok_or(web::Error::NotFound)?.clone();
    let asked_code = code.clone();
    let providers = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            store::providers_of_municipality(conn, &asked_code)
        })
        .await?;
    let name = town.name(cx.lang).to_owned();
    let crumbs = [
        ("/", t!(cx, "find-home")),
        ("/directory", t!(cx, "find-title")),
        ("", name.clone()),
    ];
    let total = providers.len();
    let groups = grouped(&loaded, providers);
    let near = loaded.centre(&code);
    let body = html! {
        form.finder role="search" method="get" action=(cx.url("/directory")) {
            input type="hidden" name="town" value=(code);
            div.finder-main { div { label for="q" { (t!(cx, "find-what-in", town = name.as_str())) } input #q type="search" name="q" placeholder=(t!(cx, "find-example")); } button.btn type="submit" { (t!(cx, "find-search")) } }
        }
        nav.chips aria-label=(t!(cx, "find-by-family")) {
            @for family in sentences::FAMILIES { @if let Some(rows) = groups.get(family) { a.chip href={ "#" (family) } { (sentences::family(&cx, family)) " " (rows.len()) } } }
            a.chip href=(search_url(&cx, &Asked { town: code.clone(), view: View::Map, page: 1, ..Asked::default() })) { (t!(cx, "find-view-map")) }
            a.chip href=(cx.url(&format!("/municipalities/{code}"))) { (t!(cx, "find-town-desk")) }
        }
        @if total == 0 { (ui::empty(t!(cx, "find-town-empty"), t!(cx, "find-town-empty-text"), html! {})) }
        @for family in sentences::FAMILIES {
            @if let Some(rows) = groups.get(family) { (group(&cx, &loaded, &code, family, rows)) }
        }
        @if town.in_area { (missing(&cx, &loaded, &code, &name, near)) }
        (super::credit(&cx))
    };
    Ok(cx
        .page(t!(cx, "find-town-title", town = name.as_str()))
        .nav("directory")
        .crumbs(&crumbs)
        .sub(t!(cx, "find-count", count = total))
        .body(body))
}

/// Providers by group; one with several services stands in each of its groups.
fn grouped(
    loaded: &Loaded,
    providers: Vec<Provider>,
) -> BTreeMap<&str, Vec<std::rc::Rc<Provider>>> {
    let mut groups: BTreeMap<&str, Vec<std::rc::Rc<Provider>>> = BTreeMap::new();
    for provider in providers.into_iter().map(std::rc::Rc::new) {
        let mut families: Vec<&str> = provider
            .kinds
            .iter()
            .filter_map(|code| loaded.kind(code))
            .map(|kind| kind.family.as_str())
            .collect();
        families.sort_unstable();
        families.dedup();
        for family in families {
            groups
                .entry(family)
                .or_default()
                .push(std::rc::Rc::clone(&provider));
        }
    }
    for rows in groups.values_mut() {
        rows.sort_by(|a, b| {
            (a.kana.is_empty(), &a.kana, &a.name).cmp(&(b.kana.is_empty(), &b.kana, &b.name))
        });
    }
    groups
}

fn group(
    cx: &Ctx,
    loaded: &Loaded,
    code: &str,
    family: &str,
    rows: &[std::rc::Rc<Provider>],
) -> Markup {
    let head = [
        t!(cx, "find-column-name"),
        t!(cx, "find-phone"),
        t!(cx, "find-column-kinds"),
        t!(cx, "find-address"),
    ];
    let table: Vec<Vec<Markup>> = rows
        .iter()
        .take(MOST)
        .map(|provider| {
            vec![
                html! { a href=(cx.url(&path(provider.id))) lang="ja" { (provider.label(cx.lang)) } @if provider.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) } },
                phone(cx, provider),
                kinds(cx, loaded, &provider.kinds),
                html! { span lang="ja" { (address(loaded, provider)) } },
            ]
        })
        .collect();
    let all = Asked {
        town: code.to_owned(),
        family: family.to_owned(),
        page: 1,
        ..Asked::default()
    };
    html! {
        section {
            div.section-head { h2 id=(family) { (sentences::family(cx, family)) " " span.sub { (rows.len()) } } a href=(search_url(cx, &all)) { (t!(cx, "find-nearest-first")) } }
            div.town-table { (ui::table_rows(sentences::family(cx, family), &head, &table)) }
            @let rest = rows.len().saturating_sub(MOST);
            @if rest > 0 { p { a href=(search_url(cx, &all)) { (t!(cx, "find-more", count = rest)) } } }
        }
    }
}

/// Kinds that exist elsewhere in the area and not here: where the nearest is, and what that means (HK-18).
fn missing(
    cx: &Ctx,
    loaded: &Loaded,
    code: &str,
    name: &str,
    near: Option<search::Point>,
) -> Markup {
    let count = |filters: Vec<Vec<String>>| {
        let query = Query {
            filters,
            count: vec!["kind".to_owned()],
            limit: 0,
            ..Query::default()
        };
        loaded.search(&query).counts
    };
    let open = vec!["status:open".to_owned()];
    let here = count(vec![open.clone(), vec![format!("town:{code}")]]);
    let list: Vec<(&crate::model::Kind, bool)> = count(vec![open])
        .into_iter()
        .filter(|(mark, _)| !here.iter().any(|(other, _)| other == mark))
        .filter_map(|(mark, _)| loaded.kind(mark.strip_prefix("kind:")?))
        .map(|kind| (kind, COMMUNITY_KINDS.contains(&kind.code.as_str())))
        .collect();
    if list.is_empty() || near.is_none() {
        return html! {};
    }
    html! {
        h2 { (t!(cx, "find-missing", town = name)) }
        p { (t!(cx, "find-missing-text")) }
        ul {
            @for (kind, community) in list {
                @let asked = Asked { town: code.to_owned(), kind: kind.code.clone(), page: 1, ..Asked::default() };
                li { a href=(search_url(cx, &asked)) { (kind.name(cx.lang)) } @if community { " " (ui::badge(ui::Tone::Warn, t!(cx, "find-community-badge"))) } }
            }
        }
    }
}
