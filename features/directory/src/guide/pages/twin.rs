//! The booklet and the maps on the screen: the same numbers, drawings and words, always as of today.

use axum::extract::{Path, Query};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;
use web::{Ctx, ui};

use super::crumbs;
use crate::{
    guide::{
        big,
        content::{Chapter, IndexLine, KindTable, Part},
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

/// A chapter up to this many places is one page; of a larger one each kind is.
const SHORT: usize = 120;

/// Which part of the guide.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    /// One kind by its code.
    kind: String,
    /// One row of the index by its first kana; `-` for names that nobody knows how to read.
    index: String,
    /// One map by its place in the list, from 1.
    map: usize,
}

/// `GET /directory/guide/{code}?kind=…|index=…`
pub(crate) async fn guide(
    cx: Ctx,
    Path(code): Path<String>,
    Query(wish): Query<Wish>,
) -> web::Result {
    let found = read(&cx, Part::All, code.clone()).await?;
    let title = format!("{} {}", paper::title(cx.lang, Part::All), found.frame.place);
    let home = format!("/directory/guide/{code}");
    let body = if !wish.index.is_empty() {
        index(&cx, &found, &home, &wish.index)
    } else {
        match found.book.chapters.as_slice() {
            [chapter] if !wish.kind.is_empty() => {
                let table = chapter.tables.iter().find(|t| t.code == wish.kind);
                let table = table.ok_or(web::Error::NotFound)?;
                html! { (contents(&cx, chapter, &wish.kind)) (kind(&cx, &chapter.name, table)) }
            }
            [chapter] if wish.map > 0 => {
                let maps = paper::sheets(chapter, &found.frame, &found.words);
                let map = maps.get(wish.map - 1).ok_or(web::Error::NotFound)?;
                html! { (contents(&cx, chapter, "")) (sheet(&cx, map, &map.title, &chapter.name)) }
            }
            [chapter] => alone(&cx, &found, chapter, &home),
            _ => many(&cx, &found, &home),
        }
    };
    let part = !wish.kind.is_empty() || !wish.index.is_empty() || wish.map > 0;
    let trail: Vec<(String, String)> = if part {
        vec![
            ("/directory/print".to_owned(), t!(cx, "print-title")),
            (home, title.clone()),
            (String::new(), t!(cx, "guide-part")),
        ]
    } else {
        crumbs(&cx, &title)
            .map(|(path, word)| (path.to_owned(), word))
            .to_vec()
    };
    Ok(cx
        .page(title)
        .nav("directory")
        .crumbs(&trail)
        .sub(t!(cx, "print-screen-text"))
        .wide()
        .body(body))
}

/// Several municipalities: what each has, and where it is listed.
fn many(cx: &Ctx, found: &Gathered, home: &str) -> Markup {
    html! {
        nav aria-label=(t!(cx, "guide-contents")) {
            ul.plain.columns {
                li { a href="#desks" { (t!(cx, "guide-desks")) } }
                @for chapter in &found.book.chapters {
                    li { a href={ "#t" (chapter.code) } { (chapter.name) } " " span.sub { (t!(cx, "guide-count", count = chapter.count)) } }
                }
            }
        }
        (rows_of_index(cx, found, home, ""))
        h2 #desks { (t!(cx, "guide-desks")) }
        p { (t!(cx, "guide-desks-lead")) }
        (desks(cx, &found.frame.desks))
        @for chapter in &found.book.chapters {
            section.guide-town {
                h2 id={ "t" (chapter.code) } { (chapter.name) }
                p { (t!(cx, "guide-count", count = chapter.count)) " " a href=(cx.url(&format!("/directory/guide/{}", chapter.code))) { (t!(cx, "print-with-map")) span.visually-hidden { " " (chapter.name) } } }
                (kinds_of(cx, chapter, ""))
            }
        }
        (sources(cx, found))
    }
}

/// One municipality: maps, and its tables when they are short enough for one page.
fn alone(cx: &Ctx, found: &Gathered, chapter: &Chapter, home: &str) -> Markup {
    html! {
        (contents(cx, chapter, ""))
        (rows_of_index(cx, found, home, ""))
        h2 #desks { (t!(cx, "guide-desks")) }
        p { (t!(cx, "guide-desks-lead")) }
        (desks(cx, &found.frame.desks))
        section.guide-town {
            h2 id={ "t" (chapter.code) } { (chapter.name) }
            @if chapter.tables.is_empty() { p.unknown { (t!(cx, "guide-nothing")) } }
            // Each map is a large drawing: a page of its own.
            ul.plain { @for (n, map) in paper::sheets(chapter, &found.frame, &found.words).iter().enumerate() {
                li { a href=(cx.url(&format!("{home}?map={}", n + 1))) { (map.title) } }
            } }
            @if chapter.count <= SHORT { @for table in &chapter.tables { (kind(cx, &chapter.name, table)) } }
            (lacking(cx, chapter))
        }
        (sources(cx, found))
    }
}

/// The kinds of a municipality, each with its number and where it is listed.
fn contents(cx: &Ctx, chapter: &Chapter, on: &str) -> Markup {
    html! {
        nav aria-label=(t!(cx, "guide-contents")) {
            p { a href=(cx.url(&format!("/directory/guide/{}", chapter.code))) { (chapter.name) } " " span.sub { (t!(cx, "guide-count", count = chapter.count)) } }
            (kinds_of(cx, chapter, on))
        }
    }
}

fn kinds_of(cx: &Ctx, chapter: &Chapter, on: &str) -> Markup {
    html! {
        ul.plain.columns { @for table in &chapter.tables {
            li { a href=(cx.url(&format!("/directory/guide/{}?kind={}", chapter.code, table.code))) aria-current=[(table.code == on).then_some("page")] { (table.name) } " " span.sub { (table.rows.len()) } }
        } }
    }
}

fn sources(cx: &Ctx, found: &Gathered) -> Markup {
    html! {
        h2 { (t!(cx, "guide-sources")) }
        ul { @for source in &found.book.sources { li lang="ja" { (source) } } }
        p.sub { (t!(cx, "guide-sources-text")) }
    }
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

/// What it has not, and who near it has.
fn lacking(cx: &Ctx, chapter: &Chapter) -> Markup {
    html! {
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

/// The word of a row in the address.
fn row_code(line: &IndexLine) -> &str {
    if line.row.is_empty() { "-" } else { &line.row }
}

/// The rows of the index, each a page.
fn rows_of_index(cx: &Ctx, found: &Gathered, home: &str, on: &str) -> Markup {
    let chips: Vec<ui::Chip> = paper::index_rows(&found.book, &found.words)
        .into_iter()
        .filter_map(|(row, lines)| {
            let code = row_code(lines.first()?).to_owned();
            Some(ui::Chip {
                on: code == on,
                href: cx.url(&format!(
                    "{home}?index={}",
                    form_urlencoded::byte_serialize(code.as_bytes()).collect::<String>()
                )),
                label: row,
            })
        })
        .collect();
    html! { h2 #index { (t!(cx, "guide-index")) } (ui::chips(t!(cx, "guide-index"), &chips)) }
}

/// One row of the index; each name leads to where it is listed.
fn index(cx: &Ctx, found: &Gathered, home: &str, wanted: &str) -> Markup {
    html! {
        (rows_of_index(cx, found, home, wanted))
        @for (row, lines) in paper::index_rows(&found.book, &found.words) {
            @if lines.first().is_some_and(|line| row_code(line) == wanted) {
                h3 lang="ja" { (row) }
                ul.plain.columns { @for line in lines {
                    @let at = cx.url(&format!("/directory/guide/{}?kind={}", line.code, line.kind));
                    li { a lang="ja" href={ (at) "#" (line.anchor) } { (line.name) } " " span.sub { (line.town) " " (line.number) } }
                } }
            }
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
    let (map, lists) = big::big_map(&found.book, &found.frame, &found.words);
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
