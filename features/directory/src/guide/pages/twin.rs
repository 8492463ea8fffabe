//! The booklet and the maps on the screen: the same numbers, drawings and words, always as of today.

use axum::extract::Path;
use maud::{Markup, PreEscaped, html};
use web::{Ctx, ui};

use super::crumbs;
use crate::{
    guide::{
        content::{Chapter, KindTable, Part},
        gather::{Ask, Gathered, gather},
        paper::{self, Desk, Sheet},
    },
    i18n::t,
};

async fn read(cx: &Ctx, part: Part, scope: String) -> web::Result<Gathered> {
    let ask = Ask {
        part,
        scope,
        lang: cx.lang,
        day: cx.now.date_jst(),
        publisher: String::new(),
        base: cx.app.public_url(""),
        edition: None,
    };
    gather(cx.db(), &cx.viewer(), ask)
        .await?
        .ok_or(web::Error::NotFound)
}

/// `GET /directory/guide/{code}`
pub(crate) async fn guide(cx: Ctx, Path(code): Path<String>) -> web::Result {
    let found = read(&cx, Part::All, code).await?;
    let title = format!("{} {}", paper::title(cx.lang, Part::All), found.frame.place);
    let crumbs = crumbs(&cx, &title);
    let many = found.book.chapters.len() > 1;
    let body = html! {
        nav aria-label=(t!(cx, "guide-contents")) {
            ul.plain.columns {
                li { a href="#desks" { (t!(cx, "guide-desks")) } }
                @for chapter in &found.book.chapters {
                    li { a href={ "#t" (chapter.code) } { (chapter.name) } " " span.sub { (t!(cx, "guide-count", count = chapter.count)) } }
                }
                li { a href="#index" { (t!(cx, "guide-index")) } }
            }
        }
        h2 #desks { (t!(cx, "guide-desks")) }
        p { (t!(cx, "guide-desks-lead")) }
        (desks(&cx, &found.frame.desks))
        @for chapter in &found.book.chapters {
            // Maps of the whole area would be a very long page: they stand on each municipality's own.
            @let maps = if many { Vec::new() } else { paper::sheets(chapter, &found.frame, &found.words) };
            (town(&cx, chapter, &maps, many))
        }
        (index(&cx, &found))
        h2 { (t!(cx, "guide-sources")) }
        ul { @for source in &found.book.sources { li lang="ja" { (source) } } }
        p.sub { (t!(cx, "guide-sources-text")) }
    };
    Ok(cx
        .page(title)
        .nav("directory")
        .crumbs(&crumbs)
        .sub(t!(cx, "print-screen-text"))
        .wide()
        .body(body))
}

fn desks(cx: &Ctx, desks: &[Desk]) -> Markup {
    let head = [
        t!(cx, "guide-desks"),
        t!(cx, "guide-phone"),
        t!(cx, "guide-fax"),
        t!(cx, "guide-hours"),
        t!(cx, "guide-verified"),
    ];
    let or = |value: &str| html! { @if value.is_empty() { (ui::unknown(cx)) } @else { (value) } };
    let rows: Vec<Vec<Markup>> = desks
        .iter()
        .map(|desk| {
            vec![
                html! { strong { (desk.town) } " " (desk.audience) br; (or(&desk.name)) },
                html! { @if desk.phone.is_empty() { (ui::unknown(cx)) } @else { (ui::tel(cx, &desk.phone)) } },
                or(&desk.fax),
                or(&desk.hours),
                or(&desk.verified),
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "guide-desks"), &head, &rows)
}

fn town(cx: &Ctx, chapter: &Chapter, maps: &[Sheet], many: bool) -> Markup {
    html! {
        section.guide-town {
            h2 id={ "t" (chapter.code) } { (chapter.name) }
            p { (t!(cx, "guide-count", count = chapter.count))
                @if many { " " a href=(cx.url(&format!("/directory/guide/{}", chapter.code))) { (t!(cx, "print-with-map")) } } }
            @if chapter.tables.is_empty() { p.unknown { (t!(cx, "guide-nothing")) } }
            @for map in maps { (sheet(cx, map, &map.title, &chapter.name)) }
            @for table in &chapter.tables { (kind(cx, &chapter.name, table)) }
            @if !chapter.lacking.is_empty() {
                h3 { (t!(cx, "guide-lacking")) }
                p { (t!(cx, "guide-lacking-text")) }
                (ui::dl(&chapter.lacking.iter().map(|l| {
                    let near: Vec<String> = l.near.iter().map(|(name, n)| format!("{name} {n}")).collect();
                    (l.name.clone(), html! { (near.join(" / ")) })
                }).collect::<Vec<_>>()))
            }
        }
    }
}

/// A drawing with what its letters mean. The list below says the same in words.
fn sheet(cx: &Ctx, map: &Sheet, title: &str, place: &str) -> Markup {
    html! {
        h3 { (title) }
        figure.guide-figure role="img" aria-label=(format!("{title} {place}")) { (PreEscaped(&map.svg)) }
        @if !map.letters.is_empty() {
            (ui::details(t!(cx, "guide-letters"), html! {
                ul.plain.columns { @for (letter, town, numbers) in &map.letters {
                    li { strong { (letter) } " " @if !town.is_empty() { span.sub lang="ja" { (town) } " " } (numbers) }
                } }
            }))
        }
    }
}

fn kind(cx: &Ctx, town: &str, table: &KindTable) -> Markup {
    let head = [
        t!(cx, "guide-number"),
        t!(cx, "guide-name-address"),
        t!(cx, "guide-phone"),
        t!(cx, "guide-fax"),
        t!(cx, "guide-notes"),
    ];
    let rows: Vec<Vec<Markup>> = table
        .rows
        .iter()
        .map(|row| {
            vec![
                html! { strong id=[row.anchor.as_deref()] { (row.number) } },
                html! { a lang="ja" href=(cx.url(&format!("/directory/providers/{}", row.id))) { (row.name) } br; span.sub lang="ja" { (row.address) } },
                html! { @if row.phone.is_empty() { (ui::unknown(cx)) } @else { (ui::tel(cx, &row.phone)) } },
                html! { (row.fax) },
                html! { @for (n, fact) in row.facts.iter().enumerate() { @if n > 0 { br; } (fact) } },
            ]
        })
        .collect();
    html! {
        h3 { (PreEscaped(&table.pin)) " " (table.name) }
        p.sub { (table.plain) }
        (ui::table_rows(format!("{town} {}", table.name), &head, &rows))
    }
}

fn index(cx: &Ctx, found: &Gathered) -> Markup {
    html! {
        h2 #index { (t!(cx, "guide-index")) }
        @for (row, lines) in paper::index_rows(&found.book, &found.words) {
            h3 lang="ja" { (row) }
            ul.plain.columns { @for line in lines {
                li { a lang="ja" href={ "#" (line.anchor) } { (line.name) } " " span.sub { (line.town) " " (line.number) } }
            } }
        }
    }
}

/// `GET /directory/maps/{part}/{code}`
pub(crate) async fn map(cx: Ctx, Path((part, code)): Path<(String, String)>) -> web::Result {
    let part = Part::from_code(&part)
        .filter(|p| *p != Part::All)
        .ok_or(web::Error::NotFound)?;
    let found = read(&cx, part, code).await?;
    let name = paper::title(cx.lang, part);
    let title = format!("{name} {}", found.frame.place);
    let crumbs = crumbs(&cx, &title);
    let (map, lists) = paper::big_map(&found.book, &found.frame, &found.words);
    let head = [
        t!(cx, "guide-number"),
        t!(cx, "guide-name"),
        t!(cx, "guide-services"),
        t!(cx, "guide-phone"),
    ];
    let pins: Vec<(Markup, &str)> = found
        .frame
        .kinds
        .iter()
        .map(|k| {
            (
                html! { (PreEscaped(crate::guide::draw::sample(&k.tone, &k.shape))) },
                k.name(cx.lang),
            )
        })
        .collect();
    let body = html! {
        p { (t!(cx, "guide-how-map-text")) }
        (ui::legend(t!(cx, "guide-kinds"), &pins))
        @if let Some(map) = &map { h2 { (found.frame.place) } (sheet(&cx, map, &name, &found.frame.place)) } @else { p.unknown { (t!(cx, "guide-nothing")) } }
        @for (town, rows) in &lists {
            @if !rows.is_empty() {
                h2 { (town) }
                (ui::table_rows(town, &head, &rows.iter().map(|row| vec![
                    html! { strong { (row.number) } },
                    html! { span lang="ja" { (row.name) } },
                    html! { (row.kinds.join(" / ")) },
                    html! { @if row.phone.is_empty() { (ui::unknown(&cx)) } @else { (ui::tel(&cx, &row.phone)) } },
                ]).collect::<Vec<_>>()))
            }
        }
        p.sub { (t!(cx, "guide-sources-text")) }
    };
    Ok(cx
        .page(title)
        .nav("directory")
        .crumbs(&crumbs)
        .a3()
        .body(body))
}
