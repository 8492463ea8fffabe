//! Bringing an edition in: what it would add, change and no longer names is shown before anything changes.

use std::sync::LazyLock;

use axum::{extract::Path, http::StatusCode};
use maud::{Markup, html};
use serde::Deserialize;
use store::Conn;
use tokio::sync::Semaphore;
use web::{Ctx, FileKind, FlashKind, Form, Upload, ui};

use super::{FileReport, ImportError, Source, accept, labels::state_word, mapping, stage, undo};
use crate::i18n::t;

/// One file is read at a time.
static TURN: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// One edition as lists and its page show it.
#[derive(Clone, Debug)]
pub(crate) struct Edition {
    pub(super) number: i64,
    pub(super) title: String,
    pub(super) state: String,
    pub(super) counts: [i64; 8],
    pub(super) report: Vec<FileReport>,
    pub(super) by: String,
    pub(super) created: kernel::Time,
}

pub(super) fn edition_row(r: &store::Row) -> store::Result<Edition> {
    let report: String = r.get(12)?;
    let mut counts = [0; 8];
    for (at, slot) in counts.iter_mut().enumerate() {
        *slot = r.get(at + 4)?;
    }
    Ok(Edition {
        number: r.get(0)?,
        title: r.get(1)?,
        state: r.get(3)?,
        counts,
        report: serde_json::from_str(&report).unwrap_or_default(),
        by: r.get(13)?,
        created: r.get(14)?,
    })
}

/// No fields but the form's own.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

/// `GET /directory/imports`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    page(&cx, html! {}, false).await
}

async fn page(cx: &Ctx, notice: Markup, bad: bool) -> web::Result {
    let (editions, mappings) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), |c: &mut Conn| {
            let editions = c.all(&accept::EDITIONS, store::params! {}, edition_row)?;
            Ok((editions, mapping::all(c)?))
        })
        .await?;
    let mut columns = vec![ui::Choice::new("", t!(cx, "directory-import-auto"))];
    columns.extend(
        mappings
            .iter()
            .map(|m| ui::Choice::new(m.id.to_string(), m.name.as_str())),
    );
    let head = [
        t!(cx, "directory-edition-title"),
        t!(cx, "directory-edition-state"),
        t!(cx, "directory-added"),
        t!(cx, "directory-changed"),
        t!(cx, "directory-vanished"),
        t!(cx, "directory-refused"),
        t!(cx, "directory-edition-when"),
    ];
    let rows: Vec<Vec<Markup>> = editions
        .iter()
        .map(|e| {
            vec![
                html! { a href=(cx.url(&format!("/directory/imports/{}", e.number))) { (e.title) } },
                html! { (state_word(cx, &e.state)) },
                html! { (e.counts[1]) },
                html! { (e.counts[2]) },
                html! { (e.counts[4]) },
                html! { (e.counts[5]) },
                ui::moment(cx, e.created),
            ]
        })
        .collect();
    let form = html! {
        (ui::field(cx, &ui::Field::new("file", t!(cx, "directory-import-file")).kind(ui::Kind::File { accept: ".csv,.xlsx" })
            .hint(t!(cx, "directory-import-file-hint")).required()))
        (ui::field(cx, &ui::Field::new("as_of", t!(cx, "directory-import-day")).kind(ui::Kind::Date)
            .hint(t!(cx, "directory-import-day-hint"))))
        (ui::field(cx, &ui::Field::new("mapping", t!(cx, "directory-import-columns")).kind(ui::Kind::Select(columns))
            .hint(t!(cx, "directory-import-columns-hint"))))
        div.actions { (ui::button(t!(cx, "directory-import-send"))) " " (ui::link_button_second(cx.url("/directory/mappings"), t!(cx, "mapping-title"))) }
    };
    let title = t!(cx, "directory-imports");
    let body = html! {
        (notice)
        p { a href=(cx.url("/directory/pairs")) { (t!(cx, "pairs-title")) } }
        (ui::card(t!(cx, "directory-import-new"), ui::form_upload(cx, "/directory/imports", form)))
        @if rows.is_empty() {
            (ui::empty(t!(cx, "directory-imports-none"), t!(cx, "directory-imports-none-text"), html! {}))
        } @else {
            (ui::table_rows(title.as_str(), &head, &rows))
        }
    };
    let made = cx
        .page(title.as_str())
        .nav("directory")
        .sub(t!(cx, "directory-imports-lead"))
        .no_qr();
    Ok(if bad {
        made.status(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        made
    }
    .body(body))
}

/// `POST /directory/imports`
pub(crate) async fn send(cx: Ctx, upload: Upload) -> web::Result {
    let by = cx.require_me()?.organisation_name.clone();
    let (file, fields) = upload.require_file(cx.lang)?;
    let mapping = super::mapping_pages::chosen(&cx, &fields).await?;
    let day = kernel::wareki::parse_date(fields.text("as_of"))
        .ok()
        .map(|d| d.to_string());
    let wrong = |cx: &Ctx, text: String| {
        ui::notice(
            ui::Tone::Bad,
            t!(cx, "directory-import-refused"),
            html! { p { (text) } },
        )
    };
    if !matches!(file.kind, FileKind::Csv | FileKind::Xlsx) {
        let text = t!(cx, "directory-import-kind");
        return page(&cx, wrong(&cx, text), true).await;
    }
    let turn = TURN
        .acquire()
        .await
        .map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    let (db, title) = (cx.db().clone(), file.name.clone());
    let staged = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let source = Source {
            name: file.name,
            as_of: day,
            bytes: Some(file.bytes),
            ..mapping.map(Source::by).unwrap_or_default()
        };
        stage(&db, &[source], &title, &by, false)
    })
    .await
    .map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    match staged {
        Ok(staged) => Ok(cx.redirect(&format!("/directory/imports/{}", staged.number))),
        Err(ImportError::Store(error)) => Err(error.into()),
        Err(ImportError::Busy(number) | ImportError::State(number)) => {
            let text = t!(cx, "directory-import-busy", number = number);
            page(&cx, wrong(&cx, text), true).await
        }
    }
}

async fn act(
    cx: &Ctx,
    number: String,
    what: fn(&store::Db, &store::Viewer, i64) -> Result<(), ImportError>,
    done: String,
) -> web::Result {
    let number: i64 = number.parse().map_err(|_| web::Error::NotFound)?;
    let (db, viewer) = (cx.db().clone(), cx.viewer());
    let result = tokio::task::spawn_blocking(move || what(&db, &viewer, number))
        .await
        .map_err(|e| web::Error::Unexpected(Box::new(e)))?;
    match result {
        Ok(()) => cx.flash(FlashKind::Good, &done),
        Err(ImportError::Store(error)) => return Err(error.into()),
        Err(_) => cx.flash(FlashKind::Info, &t!(cx, "directory-decided")),
    }
    Ok(cx.redirect(&format!("/directory/imports/{number}")))
}

/// `POST /directory/imports/{number}/accept`
pub(crate) async fn accept_it(
    cx: Ctx,
    Path(number): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let done = t!(cx, "directory-accept-done");
    act(&cx, number, accept::accept, done).await
}

/// `POST /directory/imports/{number}/discard`
pub(crate) async fn discard_it(
    cx: Ctx,
    Path(number): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let done = t!(cx, "directory-discard-done");
    act(&cx, number, |db, _, number| undo::discard(db, number), done).await
}

/// `POST /directory/imports/{number}/undo`
pub(crate) async fn undo_it(
    cx: Ctx,
    Path(number): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let done = t!(cx, "directory-undo-done");
    act(&cx, number, undo::undo, done).await
}
