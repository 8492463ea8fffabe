//! `GET` and `POST /inbox`: the tray of an office, and files on their way in.

use maud::{Markup, html};
use web::{
    Ctx, FlashKind,
    ui::{self, Tone},
};

use super::{files::Files, office, reason};
use crate::{
    i18n::t,
    intake::{Brought, Taken, Via, take_in},
    model::{Paper, Scan, State},
    read, store as sql,
};

/// How long a refused file is listed.
const REFUSED_DAYS: i64 = 14;
/// Most rows of each list.
const MOST: i64 = 200;
/// Most filed papers that are listed; more are found at their records.
const MOST_FILED: i64 = 30;

struct Tray {
    scans: Vec<Scan>,
    waiting: Vec<Paper>,
    filed: Vec<Paper>,
    aside: Vec<Paper>,
}

pub(crate) async fn show(cx: Ctx) -> web::Result {
    let tenant = office(&cx)?;
    let since = cx.now.plus_days(-REFUSED_DAYS);
    let tray = cx
        .db()
        .read(&cx.viewer(), move |conn| {
            Ok::<_, store::Error>(Tray {
                scans: sql::scans(conn, tenant, since)?,
                waiting: sql::papers(conn, tenant, State::Waiting, MOST)?,
                filed: sql::papers(conn, tenant, State::Filed, MOST_FILED)?,
                aside: sql::papers(conn, tenant, State::Aside, MOST_FILED)?,
            })
        })
        .await?;
    Ok(page(&cx, &tray))
}

fn page(cx: &Ctx, tray: &Tray) -> axum::response::Response {
    let (refused, reading): (Vec<&Scan>, Vec<&Scan>) =
        tray.scans.iter().partition(|s| s.refused.is_some());
    let body = html! {
        p.lead { (t!(cx, "inbox-lead")) }
        (ui::card(t!(cx, "inbox-bring"), upload(cx)))
        @if !reading.is_empty() {
            (ui::notice(Tone::Info, t!(cx, "inbox-reading", count = { reading.len() }), html! {
                ul { @for scan in &reading { li { (scan.name) } } }
                p { a href=(cx.url("/inbox")) { (t!(cx, "inbox-look-again")) } }
            }))
        }
        @if !refused.is_empty() {
            section.card.danger {
                h2 { (t!(cx, "inbox-refused")) }
                p { (t!(cx, "inbox-refused-lead")) }
                (ui::table_rows(t!(cx, "inbox-refused"), &[t!(cx, "inbox-file"), t!(cx, "inbox-why"), t!(cx, "inbox-arrived")],
                    &refused.iter().map(|s| vec![html! { (s.name) },
                        html! { (s.refused.map(|r| reason(cx, r, s.page)).unwrap_or_default()) }, ui::moment(cx, s.arrived_at)]).collect::<Vec<_>>()))
            }
        }
        h2 { (t!(cx, "inbox-waiting", count = { tray.waiting.len() })) }
        @if tray.waiting.is_empty() {
            (ui::empty(t!(cx, "inbox-nothing-waits"), t!(cx, "inbox-nothing-waits-text"), html! {}))
        } @else {
            p { (t!(cx, "inbox-waiting-lead")) }
            (list(cx, &t!(cx, "inbox-waiting-list"), &tray.waiting))
        }
        @if !tray.filed.is_empty() {
            h2 { (t!(cx, "inbox-filed")) }
            (list(cx, &t!(cx, "inbox-filed"), &tray.filed))
        }
        @if !tray.aside.is_empty() {
            (ui::details(t!(cx, "inbox-aside", count = { tray.aside.len() }), list(cx, &t!(cx, "inbox-aside-list"), &tray.aside)))
        }
    };
    cx.page(t!(cx, "inbox-title"))
        .nav("inbox")
        .no_qr()
        .body(body)
}

fn upload(cx: &Ctx) -> Markup {
    ui::form_upload(
        cx,
        "/inbox",
        html! {
            div.field {
                label for="files" { (t!(cx, "inbox-files")) }
                span.hint id="files-hint" { (t!(cx, "inbox-files-hint", pages = { read::MOST_PAGES })) }
                input type="file" id="files" name="files" multiple aria-describedby="files-hint" required
                    accept=".pdf,.tif,.tiff,.jpg,.jpeg,.png,application/pdf,image/tiff,image/jpeg,image/png";
            }
            div.actions { (ui::button(t!(cx, "inbox-send"))) }
        },
    )
}

fn list(cx: &Ctx, label: &str, papers: &[Paper]) -> Markup {
    let rows: Vec<Vec<Markup>> = papers
        .iter()
        .map(|p| {
            vec![
                html! { a href=(cx.url(&format!("/inbox/{}", p.id))) { (p.scan_name) } },
                html! { (t!(cx, "inbox-pages", count = { p.pages })) },
                ui::moment(cx, p.arrived_at),
                html! {
                    @match (p.state, p.code.is_empty()) {
                        (State::Waiting, false) => { (ui::badge(Tone::Warn, t!(cx, "inbox-strange-code"))) }
                        (State::Waiting, true) => { (ui::badge(Tone::Warn, t!(cx, "inbox-uncoded"))) }
                        (State::Filed, _) => { (ui::badge(Tone::Key, t!(cx, "inbox-state-filed"))) }
                        (State::Aside, _) => { (ui::badge(Tone::Plain, t!(cx, "inbox-state-aside"))) }
                        (State::Gone, _) => { (ui::badge(Tone::Plain, t!(cx, "inbox-state-gone"))) }
                    }
                },
            ]
        })
        .collect();
    ui::table_rows(
        label,
        &[
            t!(cx, "inbox-file"),
            t!(cx, "inbox-page-count"),
            t!(cx, "inbox-arrived"),
            t!(cx, "inbox-state"),
        ],
        &rows,
    )
}

pub(crate) async fn bring(cx: Ctx, Files(files): Files) -> web::Result {
    let tenant = office(&cx)?;
    let me = cx.require_me()?.account;
    if files.is_empty() {
        return Err(web::Error::Invalid(t!(cx, "inbox-no-files")));
    }
    let (mut taken, mut known, mut refused) = (0, 0, 0);
    for (name, bytes) in files {
        let brought = Brought {
            tenant,
            by: Some(me),
            via: Via::Hand,
            name,
            bytes,
        };
        match take_in(cx.db(), &cx.viewer(), brought).await? {
            Taken::Reading(_) => taken += 1,
            Taken::Known => known += 1,
            Taken::Refused(_) => refused += 1,
        }
    }
    let kind = if refused + known > 0 {
        FlashKind::Warn
    } else {
        FlashKind::Good
    };
    cx.flash(
        kind,
        &t!(
            cx,
            "inbox-brought",
            taken = taken,
            known = known,
            refused = refused
        ),
    );
    Ok(cx.redirect("/inbox"))
}
