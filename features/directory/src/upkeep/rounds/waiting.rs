//! `/directory/rounds/{id}/waiting`: the call list of those who have not answered, and the same as CSV.

use axum::{extract::Path, response::IntoResponse};
use maud::{Markup, html};
use store::{Audit, Outcome};
use web::{Ctx, Download, FlashKind, Form, Values, ui};

use super::{
    board::{crumbs, parse},
    store::{self as sql, Item, Part, Round},
};
use crate::{find::export::cell_text, i18n::t, model::ItemId};

/// Lines of a page.
const LINES: i64 = 25;

fn asked(cx: &Ctx, name: &str) -> Option<String> {
    let query = cx.uri.query().unwrap_or_default();
    let prefix = format!("{name}=");
    query
        .split('&')
        .find_map(|p| p.strip_prefix(&prefix))
        .map(str::to_owned)
}

struct Seen {
    round: Round,
    items: Vec<Item>,
    count: i64,
    towns: Vec<(String, String)>,
}

async fn read(cx: &Ctx, id: &str, part: Part) -> web::Result<Seen> {
    let id = parse(id)?;
    let lang = cx.lang;
    cx.db()
        .read(&cx.viewer(), move |conn| {
            let round = sql::round(conn, id)?.ok_or(web::Error::NotFound)?;
            let towns = crate::upkeep::pages::towns(conn)?;
            Ok::<_, web::Error>(Seen {
                items: sql::open_items(conn, id, &part)?,
                count: sql::open_count(conn, id, &part)?,
                towns: towns
                    .iter()
                    .filter(|m| round.towns.contains(&m.code))
                    .map(|m| (m.code.clone(), m.name(lang).to_owned()))
                    .collect(),
                round,
            })
        })
        .await
}

/// `GET /directory/rounds/{id}/waiting?town=&page=`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let town = asked(&cx, "town").filter(|t| !t.is_empty());
    let number: i64 = asked(&cx, "page")
        .and_then(|p| p.parse().ok())
        .filter(|p| (1..10_000).contains(p))
        .unwrap_or(1);
    let part = Part {
        town: town.clone(),
        fax_only: false,
        skip: (number - 1) * LINES,
        count: LINES,
    };
    let seen = read(&cx, &id, part).await?;
    let base = format!("/directory/rounds/{}/waiting", seen.round.id);
    let address = |town: Option<&str>, page: u64| {
        cx.url(&format!(
            "{base}?town={}&page={page}",
            town.unwrap_or_default()
        ))
    };
    let chips: Vec<ui::Chip> = std::iter::once((None, t!(cx, "upkeep-column-all")))
        .chain(
            seen.towns
                .iter()
                .map(|(code, name)| (Some(code.as_str()), name.clone())),
        )
        .map(|(code, label)| ui::Chip {
            href: address(code, 1),
            label,
            on: code == town.as_deref(),
        })
        .collect();
    let pages = u64::try_from((seen.count + LINES - 1) / LINES)
        .unwrap_or(1)
        .max(1);
    let body = html! {
        p { (t!(cx, "upkeep-call-text", count = seen.count)) }
        (ui::chips(t!(cx, "upkeep-column-town"), &chips))
        @if seen.items.is_empty() { (ui::empty(t!(cx, "upkeep-all-answered"), t!(cx, "upkeep-all-answered-text"), html! {})) }
        @else {
            (table(&cx, &seen, number))
            (ui::pager(&cx, u64::try_from(number).unwrap_or(1), pages, |page| address(town.as_deref(), page)))
        }
    };
    let title = t!(cx, "upkeep-call-list");
    Ok(cx
        .page(title.clone())
        .nav("directory")
        .crumbs(&crumbs(&cx, &seen.round, title))
        .no_qr()
        .wide()
        .body(body))
}

fn table(cx: &Ctx, seen: &Seen, page: i64) -> Markup {
    let head = [
        t!(cx, "find-column-name"),
        t!(cx, "find-phone"),
        t!(cx, "find-fax"),
        t!(cx, "upkeep-chased"),
        t!(cx, "upkeep-result"),
    ];
    let town = |code: &str| {
        seen.towns
            .iter()
            .find(|(c, _)| c == code)
            .map_or(code, |(_, name)| name.as_str())
            .to_owned()
    };
    let rows: Vec<Vec<Markup>> = seen
        .items
        .iter()
        .map(|i| {
            let answer = if seen.round.what == "partners" {
                format!("/directory/partners/{}", i.provider)
            } else {
                format!("/directory/providers/{}/update?item={}", i.provider, i.id)
            };
            vec![
                html! { a lang="ja" href=(cx.url(&answer)) { (i.name) } br; span.sub { (town(&i.municipality)) } },
                html! { @if i.phone.is_empty() { (ui::unknown(cx)) } @else { (ui::tel(cx, &i.phone)) } },
                html! { (i.fax) br; a href=(cx.url(&format!("/directory/rounds/{}/fax.pdf?item={}", seen.round.id, i.id))) download { (t!(cx, "upkeep-sheet")) } },
                html! { (t!(cx, "upkeep-times", count = i.chased)) @if let Some(day) = i.chased_on { br; (ui::date(cx, day)) } @if i.mailed > 0 { br; (ui::badge(ui::Tone::Plain, t!(cx, "upkeep-mailed"))) } },
                called(cx, seen, i, page),
            ]
        })
        .collect();
    ui::table_rows(t!(cx, "upkeep-call-list"), &head, &rows)
}

fn called(cx: &Ctx, seen: &Seen, item: &Item, page: i64) -> Markup {
    let id = format!("note-{}", item.id);
    html! {
        @if item.state == "unreachable" { (ui::badge(ui::Tone::Warn, t!(cx, "upkeep-unreachable"))) " " }
        @if !item.call_note.is_empty() { span lang="ja" { (item.call_note) } }
        @if seen.round.open {
            (ui::form(cx, &format!("/directory/rounds/{}/called", seen.round.id), html! {
                input type="hidden" name="item" value=(item.id);
                input type="hidden" name="page" value=(page);
                label.visually-hidden for=(id) { (t!(cx, "upkeep-call-note")) " " (item.name) }
                input type="text" id=(id) name="note" maxlength="200" placeholder=(t!(cx, "upkeep-call-note"));
                " " (ui::button_small(t!(cx, "upkeep-called")))
            }))
        }
    }
}

/// `POST /directory/rounds/{id}/called`
pub(crate) async fn call(
    cx: Ctx,
    Path(id): Path<String>,
    Form(typed): Form<Values>,
) -> web::Result {
    let round = parse(&id)?;
    let item: ItemId = typed
        .text("item")
        .parse()
        .map_err(|_| web::Error::NotFound)?;
    let note: String = kernel::text::trim(typed.text("note"))
        .chars()
        .take(200)
        .collect();
    let done = cx
        .db()
        .write::<_, store::Error>(&cx.viewer(), move |tx| {
            if !sql::called(tx, round, item, &note)? {
                return Ok(false);
            }
            tx.audit(Audit {
                action: "directory.round.called",
                table: "confirmation_item",
                id: Some(item.uuid()),
                result: Outcome::Done,
                ..Audit::default()
            })?;
            Ok(true)
        })
        .await?;
    if done {
        cx.flash(FlashKind::Good, &t!(cx, "upkeep-is-done"));
    } else {
        cx.flash(FlashKind::Info, &t!(cx, "upkeep-answered-meanwhile"));
    }
    let page: u32 = typed.text("page").parse().unwrap_or(1);
    Ok(cx.redirect(&format!("/directory/rounds/{round}/waiting?page={page}")))
}

/// `GET /directory/rounds/{id}/waiting.csv`
pub(crate) async fn csv(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let part = Part {
        count: 100_000,
        ..Part::default()
    };
    let seen = read(&cx, &id, part).await?;
    let head = [
        t!(cx, "upkeep-column-town"),
        t!(cx, "find-column-name"),
        t!(cx, "find-phone"),
        t!(cx, "find-fax"),
        t!(cx, "upkeep-chased"),
        t!(cx, "upkeep-chased-on"),
        t!(cx, "upkeep-result"),
    ];
    // A mark at the beginning, so that spreadsheets read Japanese.
    let mut text = String::from("\u{feff}");
    let mut line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|c| cell_text(c)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(&head);
    for i in &seen.items {
        let town = seen
            .towns
            .iter()
            .find(|(c, _)| *c == i.municipality)
            .map_or("", |(_, name)| name.as_str());
        let day = i.chased_on.map(|d| d.to_string()).unwrap_or_default();
        line(&[
            town.to_owned(),
            i.name.clone(),
            i.phone.clone(),
            i.fax.clone(),
            i.chased.to_string(),
            day,
            i.call_note.clone(),
        ]);
    }
    Ok(Download::new("waiting.csv", "text/csv; charset=utf-8", text).into_response())
}
