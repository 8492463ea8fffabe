//! What was printed: the list, one edition with its progress, and its file.

use std::io::Read;

use axum::{
    body::{Body, Bytes},
    extract::Path,
    response::IntoResponse,
};
use futures_util::stream;
use kernel::Lang;
use maud::{Markup, html};
use web::{Ctx, Download, ui};

use super::{crumbs, part_word};
use crate::{
    guide::{
        PRINT,
        gather::place,
        store::{self as sql, Edition, PrintId},
    },
    i18n::t,
};

/// Editions on the page.
const MOST: i64 = 60;
/// Bytes of a file sent at once.
const PIECE: usize = 64 * 1024;

/// `GET /directory/print`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let lang = cx.lang;
    let (editions, names) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let editions = sql::editions(conn, MOST)?;
            let names = Names::read(conn, lang)?;
            Ok::<_, store::Error>((editions, names))
        })
        .await?;
    let clerk = may_print(&cx);
    let shown: Vec<&Edition> = editions
        .iter()
        .filter(|e| clerk || e.state == "done")
        .collect();
    let head = [
        t!(cx, "print-what"),
        t!(cx, "print-where"),
        t!(cx, "print-day"),
        t!(cx, "print-size"),
        t!(cx, "print-state"),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|e| {
            vec![
                html! { a href=(cx.url(&format!("/directory/print/{}", e.id))) { (part_word(lang_of(e), &e.kind)) }
                    @if !e.publisher.is_empty() { br; span.sub { (e.publisher) } } },
                html! { (names.of(&e.scope)) },
                html! { (kernel::format_date(e.ordered_at.date_jst(), cx.lang)) },
                html! { @if e.state == "done" { (t!(cx, "print-pages", count = e.pages)) " / " (size(e.bytes)) } },
                state(&cx, e),
            ]
        })
        .collect();
    let title = t!(cx, "print-title");
    let body = html! {
        (twins(&cx, &names))
        h2 { (t!(cx, "print-editions")) }
        div #editions data-live=[live(&cx)] {
            @if rows.is_empty() {
                (ui::empty(t!(cx, "print-none"), t!(cx, "print-none-text"), html! {
                    @if clerk { (ui::link_button(cx.url("/directory/print/new"), t!(cx, "print-new"))) }
                }))
            } @else { (ui::table_rows(t!(cx, "print-editions"), &head, &rows)) }
        }
        @if cx.me.is_some() {
            h2 { (t!(cx, "partners-title")) }
            p { (t!(cx, "partners-lead")) " " a href=(cx.url("/directory/partners")) { (t!(cx, "partners-title")) } }
        }
    };
    let actions = html! { @if clerk { (ui::link_button(cx.url("/directory/print/new"), t!(cx, "print-new"))) } };
    Ok(cx
        .page(title)
        .nav("directory")
        .sub(t!(cx, "print-lead"))
        .actions(actions)
        .body(body))
}

/// The same on the screen, always as it is today.
fn twins(cx: &Ctx, names: &Names) -> Markup {
    html! {
        h2 { (t!(cx, "print-screen")) }
        p { (t!(cx, "print-screen-text")) }
        ul.plain.columns {
            @for (code, name) in &names.0 {
                li {
                    a href=(cx.url(&format!("/directory/guide/{code}"))) { (name) }
                    span.sub {
                        " (" a href=(cx.url(&format!("/directory/maps/medical/{code}"))) aria-label=(format!("{} {name}", t!(cx, "print-map-medical"))) { (t!(cx, "print-map-medical")) }
                        " / " a href=(cx.url(&format!("/directory/maps/care/{code}"))) aria-label=(format!("{} {name}", t!(cx, "print-map-care"))) { (t!(cx, "print-map-care")) } ")"
                    }
                }
            }
        }
    }
}

/// Names of the area, districts and municipalities by code, in order.
pub(super) struct Names(pub(super) Vec<(String, String)>);

impl Names {
    pub(super) fn read(conn: &mut store::Conn, lang: Lang) -> store::Result<Self> {
        let all = areas::store::municipalities(conn)?;
        let area = areas::store::area_name(conn)?;
        let districts = areas::store::districts(conn)?;
        let codes = std::iter::once(crate::guide::gather::AREA.to_owned())
            .chain(districts.into_iter().map(|d| d.code))
            .chain(all.iter().filter(|m| m.in_area).map(|m| m.code.clone()));
        Ok(Self(
            codes
                .filter_map(|code| place(&all, &area, &code, lang).map(|(name, _)| (code, name)))
                .collect(),
        ))
    }

    pub(super) fn of<'a>(&'a self, code: &'a str) -> &'a str {
        self.0
            .iter()
            .find(|(c, _)| c == code)
            .map_or(code, |(_, name)| name)
    }
}

fn lang_of(edition: &Edition) -> Lang {
    crate::guide::gather::lang_of(&edition.lang)
}

pub(super) fn may_print(cx: &Ctx) -> bool {
    cx.me
        .as_ref()
        .is_some_and(|me| PRINT.roles.contains(&me.role))
}

fn size(bytes: i64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", (bytes + 999) / 1000)
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

fn state(cx: &Ctx, edition: &Edition) -> Markup {
    match edition.state.as_str() {
        "done" => {
            html! { a.nowrap href=(cx.url(&format!("/directory/print/{}/file.pdf", edition.id))) { (t!(cx, "print-download")) } }
        }
        "failed" => ui::badge(ui::Tone::Bad, t!(cx, "print-failed")),
        "making" => ui::badge(ui::Tone::Info, t!(cx, "print-making")),
        _ => ui::badge(ui::Tone::Plain, t!(cx, "print-waiting")),
    }
}

/// `GET /directory/print/{id}`
pub(crate) async fn one(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: PrintId = id.parse().map_err(|_| web::Error::NotFound)?;
    let lang = cx.lang;
    let (edition, names) = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            let edition = sql::edition(conn, id)?.ok_or(web::Error::NotFound)?;
            Ok::<_, web::Error>((edition, Names::read(conn, lang)?))
        })
        .await?;
    let clerk = may_print(&cx);
    if edition.state != "done" && !clerk {
        return Err(web::Error::NotFound);
    }
    let title = format!(
        "{} {}",
        part_word(lang_of(&edition), &edition.kind),
        names.of(&edition.scope)
    );
    let crumbs = crumbs(&cx, &title);
    let body = html! { div #edition data-live=[live(&cx)] { (view(&cx, &edition, clerk)) } };
    Ok(cx.page(title).nav("directory").crumbs(&crumbs).body(body))
}

fn view(cx: &Ctx, e: &Edition, clerk: bool) -> Markup {
    let at = match e.state.as_str() {
        "waiting" => 1,
        "making" => 2,
        _ => 3,
    };
    let steps = [
        t!(cx, "print-step-1"),
        t!(cx, "print-step-2"),
        t!(cx, "print-step-3"),
    ];
    html! {
        @if e.state == "failed" {
            (ui::notice(ui::Tone::Bad, t!(cx, "print-failed"), html! { p { (t!(cx, "print-failed-text")) } p.sub lang="en" { (e.error) }
                (ui::link_button(cx.url("/directory/print/new"), t!(cx, "print-again"))) }))
        } @else if e.state != "done" {
            (ui::steps(&steps, at - 1))
            p { (t!(cx, "print-wait-text")) }
        } @else {
            p { (ui::link_button(cx.url(&format!("/directory/print/{}/file.pdf", e.id)), t!(cx, "print-download-size", size = size(e.bytes)))) }
        }
        (ui::dl(&facts(cx, e)))
        @if clerk && !e.missing.is_empty() {
            (ui::notice(ui::Tone::Warn, t!(cx, "print-missing"), html! {
                p { (t!(cx, "print-missing-text")) }
                ul { @for line in e.missing.lines().take(100) { li lang="ja" { (line) } } }
            }))
        }
        @if e.state == "done" { p.sub { (t!(cx, "print-paper")) } }
    }
}

fn facts(cx: &Ctx, e: &Edition) -> Vec<(String, Markup)> {
    let mut facts = vec![
        (
            t!(cx, "print-day"),
            html! { (kernel::format_time(e.ordered_at, cx.lang)) },
        ),
        (
            t!(cx, "print-publisher"),
            html! { @if e.publisher.is_empty() { (ui::unknown(cx)) } @else { (e.publisher) } },
        ),
        (t!(cx, "print-by"), html! { (e.ordered_by) }),
    ];
    if e.state == "done" {
        facts.push((
            t!(cx, "print-size"),
            html! { (t!(cx, "print-pages", count = e.pages)) " / " (size(e.bytes)) },
        ));
        facts.push((
            t!(cx, "print-providers"),
            html! { (t!(cx, "guide-count", count = e.providers)) },
        ));
        facts.push((
            t!(cx, "print-changes"),
            html! { (t!(cx, "print-changes-text", added = e.added, changed = e.changed, gone = e.gone)) },
        ));
        facts.push((t!(cx, "print-took"), html! { (t!(cx, "print-seconds", seconds = format!("{:.1}", e.millis as f64 / 1000.0))) }));
    }
    facts
}

/// `GET /directory/print/{id}/file.pdf`
pub(crate) async fn file(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: PrintId = id.parse().map_err(|_| web::Error::NotFound)?;
    let edition = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            sql::edition(conn, id)?.ok_or(web::Error::NotFound)
        })
        .await?;
    let file = edition.file.ok_or(web::Error::NotFound)?;
    let reader = cx.db().blobs().open(file).await?;
    let day = kernel::Date::to_string(&edition.ordered_at.date_jst());
    let name = format!("{}-{}-{day}.pdf", edition.kind, edition.scope);
    let body = Body::from_stream(stream::try_unfold(reader, |mut reader| async move {
        let piece = tokio::task::spawn_blocking(move || {
            let mut bytes = vec![0; PIECE];
            let count = reader.read(&mut bytes)?;
            bytes.truncate(count);
            Ok::<_, std::io::Error>((bytes, reader))
        })
        .await
        .map_err(std::io::Error::other)??;
        let (bytes, reader) = piece;
        Ok::<_, std::io::Error>((!bytes.is_empty()).then(|| (Bytes::from(bytes), reader)))
    }));
    Ok(Download::new(name, "application/pdf", body).into_response())
}

/// Only who signed in has a stream to hear of a finished edition.
fn live(cx: &Ctx) -> Option<&'static str> {
    cx.me.is_some().then_some("directory.print")
}
