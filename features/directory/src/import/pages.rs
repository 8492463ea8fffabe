//! Bringing an edition in: what it would add, change and no longer names is shown before anything changes.

use std::sync::LazyLock;

use axum::{extract::Path, http::StatusCode};
use maud::{Markup, html};
use serde::Deserialize;
use store::Conn;
use tokio::sync::Semaphore;
use web::{Ctx, FileKind, FlashKind, Form, Upload, ui};

use super::{FileReport, ImportError, Remark, Source, accept, stage, undo};
use crate::i18n::t;

/// One file is read at a time.
static TURN: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

store::statements! {
    ROWS = "SELECT outcome, line, kind, municipality, name, reason, payload, before, file FROM edition_row
        WHERE edition = :number AND outcome = :outcome AND (outcome <> 'added') ORDER BY seq LIMIT 300";
    ADDED = "SELECT s.kind, p.municipality, p.name, p.address, p.phone FROM provider_service s JOIN provider p ON p.id = s.provider
        WHERE s.edition = :number ORDER BY p.municipality, s.kind, p.name LIMIT 300";
}

/// One edition as lists and its page show it.
#[derive(Clone, Debug)]
pub(crate) struct Edition {
    number: i64,
    title: String,
    state: String,
    counts: [i64; 8],
    report: Vec<FileReport>,
    by: String,
    created: kernel::Time,
}

fn edition_row(r: &store::Row) -> store::Result<Edition> {
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

fn state_word(cx: &Ctx, state: &str) -> String {
    match state {
        "staging" => t!(cx, "directory-edition-staging"),
        "ready" => t!(cx, "directory-edition-ready"),
        "accepted" => t!(cx, "directory-edition-accepted"),
        "applied" => t!(cx, "directory-edition-applied"),
        "discarded" => t!(cx, "directory-edition-discarded"),
        _ => t!(cx, "directory-edition-undone"),
    }
}

/// `GET /directory/imports`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    page(&cx, html! {}, false).await
}

async fn page(cx: &Ctx, notice: Markup, bad: bool) -> web::Result {
    let editions = cx
        .db()
        .read(&cx.viewer(), |c: &mut Conn| {
            c.all(&accept::EDITIONS, store::params! {}, edition_row)
        })
        .await?;
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
        div.actions { (ui::button(t!(cx, "directory-import-send"))) }
    };
    let title = t!(cx, "directory-imports");
    let body = html! {
        (notice)
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
            ..Source::default()
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

/// What a remark's code means, for people.
fn why(cx: &Ctx, code: &str) -> String {
    match code {
        "name" => t!(cx, "directory-why-name"),
        "municipality" => t!(cx, "directory-why-municipality"),
        "kind" => t!(cx, "directory-why-kind"),
        "formula" => t!(cx, "directory-why-formula"),
        "columns" => t!(cx, "directory-why-columns"),
        "navii_id" | "hoken" | "number" => t!(cx, "directory-why-number"),
        "outside-municipality" => t!(cx, "directory-why-outside"),
        "swapped-coordinates" | "coordinates" => t!(cx, "directory-why-coordinates"),
        "same-number" => t!(cx, "directory-why-same-number"),
        "phone" | "fax" => t!(cx, "directory-why-phone"),
        "url" => t!(cx, "directory-why-url"),
        "days" => t!(cx, "directory-why-days"),
        "header" => t!(cx, "directory-why-header"),
        "encoding" | "zip" | "workbook" | "file" => t!(cx, "directory-why-unreadable"),
        "unpacks" | "cells" => t!(cx, "directory-why-large"),
        _ => t!(cx, "directory-why-empty"),
    }
}

struct Shown {
    edition: Edition,
    kinds: Vec<crate::model::Kind>,
    towns: Vec<areas::Municipality>,
    added: Vec<[String; 5]>,
    changed: Vec<[String; 5]>,
    vanished: Vec<[String; 5]>,
}

/// `GET /directory/imports/{number}`
pub(crate) async fn show(cx: Ctx, Path(number): Path<String>) -> web::Result {
    let number: i64 = number.parse().map_err(|_| web::Error::NotFound)?;
    let shown = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |c| {
            let edition = c.one(
                &accept::EDITION,
                store::params! {"number" => number},
                edition_row,
            )?;
            let list = |c: &mut Conn, outcome: &'static str| {
                c.all(
                    &ROWS,
                    store::params! {"number" => number, "outcome" => outcome},
                    |r| {
                        Ok([
                            r.get::<String>(2)?,
                            r.get(3)?,
                            r.get(4)?,
                            r.get(6)?,
                            r.get(7)?,
                        ])
                    },
                )
            };
            Ok(Shown {
                kinds: crate::store::kinds(c)?,
                towns: areas::store::municipalities(c)?,
                added: c.all(&ADDED, store::params! {"number" => number}, |r| {
                    Ok([
                        r.get::<String>(0)?,
                        r.get(1)?,
                        r.get(2)?,
                        r.get(3)?,
                        r.get(4)?,
                    ])
                })?,
                changed: list(c, "changed")?,
                vanished: list(c, "vanished")?,
                edition,
            })
        })
        .await?;
    let edition = &shown.edition;
    let crumb = t!(cx, "directory-imports");
    let figures = [
        (t!(cx, "directory-rows"), edition.counts[0]),
        (t!(cx, "directory-added"), edition.counts[1]),
        (t!(cx, "directory-changed"), edition.counts[2]),
        (t!(cx, "directory-unchanged"), edition.counts[3]),
        (t!(cx, "directory-vanished"), edition.counts[4]),
        (t!(cx, "directory-refused"), edition.counts[5]),
        (t!(cx, "directory-suspicious"), edition.counts[6]),
        (t!(cx, "directory-outside"), edition.counts[7]),
    ];
    let body = html! {
        (decide(&cx, edition))
        (ui::dl(&figures))
        @for file in &edition.report { (file_part(&cx, file)) }
        (services(&cx, &shown, &t!(cx, "directory-added"), &shown.added))
        (changes(&cx, &shown))
        (ui::details(format!("{} ({})", t!(cx, "directory-vanished"), shown.vanished.len()), html! {
            p { (t!(cx, "directory-vanished-text")) }
            (services(&cx, &shown, &t!(cx, "directory-vanished"), &shown.vanished))
        }))
    };
    Ok(cx
        .page(edition.title.as_str())
        .nav("directory")
        .crumbs(&[
            ("/directory/imports", crumb.as_str()),
            ("", edition.title.as_str()),
        ])
        .sub(format!(
            "{} · {}",
            state_word(&cx, &edition.state),
            edition.by
        ))
        .no_qr()
        .body(body))
}

fn decide(cx: &Ctx, edition: &Edition) -> Markup {
    let at = |what: &str| format!("/directory/imports/{}/{what}", edition.number);
    let unreadable = edition.report.iter().any(|f| f.unreadable.is_some());
    match edition.state.as_str() {
        "ready" => ui::card_waits(
            t!(cx, "directory-decide"),
            html! {
                p { (t!(cx, "directory-decide-text")) }
                @if !unreadable { (ui::form(cx, &at("accept"), html! { div.actions { (ui::button(t!(cx, "directory-accept"))) } })) }
                (ui::form(cx, &at("discard"), html! { div.actions { (ui::danger_button(t!(cx, "directory-discard"), t!(cx, "directory-discard-sure"))) } }))
            },
        ),
        "applied" => ui::details(
            t!(cx, "directory-undo"),
            ui::form(
                cx,
                &at("undo"),
                html! {
                    p { (t!(cx, "directory-undo-text")) }
                    div.actions { (ui::danger_button(t!(cx, "directory-undo"), t!(cx, "directory-undo-sure"))) }
                },
            ),
        ),
        _ => html! {},
    }
}

fn remarks(cx: &Ctx, label: String, list: &[Remark]) -> Markup {
    let head = [
        t!(cx, "directory-line"),
        t!(cx, "directory-reason"),
        t!(cx, "directory-value"),
    ];
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|r| {
            vec![
                html! { (r.line) },
                html! { (why(cx, &r.why)) },
                html! { (r.name) " " (r.detail) },
            ]
        })
        .collect();
    if rows.is_empty() {
        html! {}
    } else {
        ui::table_rows(label, &head, &rows)
    }
}

fn file_part(cx: &Ctx, file: &FileReport) -> Markup {
    let summary = format!("{} · {}", file.file, source_word(cx, &file.source));
    html! {
        @if let Some(bad) = &file.unreadable {
            (ui::notice(ui::Tone::Bad, t!(cx, "directory-import-refused"), html! { p { (file.file) ": " (why(cx, &bad.why)) " " (bad.detail) } }))
        }
        @if file.refused + file.suspicious > 0 {
            (ui::details(summary, html! {
                (remarks(cx, t!(cx, "directory-refused"), &file.refusals))
                (remarks(cx, t!(cx, "directory-suspicious"), &file.remarks))
            }))
        }
    }
}

/// The publication's name for people.
#[must_use]
pub fn source_word(cx: &Ctx, source: &str) -> String {
    match source {
        "mhlw-kaigo" => t!(cx, "directory-source-kaigo"),
        "mhlw-navii" => t!(cx, "directory-source-navii"),
        "kouseikyoku" => t!(cx, "directory-source-bureau"),
        "mhlw-beds" => t!(cx, "directory-source-beds"),
        "municipal" => t!(cx, "directory-source-municipal"),
        "sheet" => t!(cx, "directory-source-sheet"),
        other => other.to_owned(),
    }
}

fn names(cx: &Ctx, shown: &Shown, kind: &str, town: &str) -> (String, String) {
    let kind = shown
        .kinds
        .iter()
        .find(|k| k.code == kind)
        .map_or_else(|| kind.to_owned(), |k| k.name(cx.lang).to_owned());
    let town = shown
        .towns
        .iter()
        .find(|m| m.code == town)
        .map_or_else(|| town.to_owned(), |m| m.name(cx.lang).to_owned());
    (kind, town)
}

fn services(cx: &Ctx, shown: &Shown, label: &str, list: &[[String; 5]]) -> Markup {
    if list.is_empty() {
        return html! {};
    }
    let head = [
        t!(cx, "directory-kind"),
        t!(cx, "directory-town"),
        t!(cx, "directory-name"),
    ];
    let rows: Vec<Vec<Markup>> = list
        .iter()
        .map(|row| {
            let (kind, town) = names(cx, shown, &row[0], &row[1]);
            vec![html! { (kind) }, html! { (town) }, html! { (row[2]) }]
        })
        .collect();
    ui::details(
        format!("{label} ({})", list.len()),
        ui::table_rows(label, &head, &rows),
    )
}

fn changes(cx: &Ctx, shown: &Shown) -> Markup {
    if shown.changed.is_empty() {
        return html! {};
    }
    let head = [
        t!(cx, "directory-name"),
        t!(cx, "directory-field"),
        t!(cx, "directory-was"),
        t!(cx, "directory-is"),
    ];
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for row in &shown.changed {
        let (new, old): (serde_json::Value, serde_json::Value) = (
            serde_json::from_str(&row[3]).unwrap_or_default(),
            serde_json::from_str(&row[4]).unwrap_or_default(),
        );
        let old = old.get("service").unwrap_or(&old);
        let text = |v: Option<&serde_json::Value>| {
            v.map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                .unwrap_or_default()
        };
        for (field, value) in new.as_object().into_iter().flatten() {
            let before = text(old.get(field));
            if field != "as_of" && before != text(Some(value)) {
                rows.push(vec![
                    html! { (row[2]) },
                    html! { (field_word(cx, field)) },
                    html! { (before) },
                    html! { (text(Some(value))) },
                ]);
            }
        }
    }
    let label = t!(cx, "directory-changed");
    ui::details(
        format!("{label} ({})", shown.changed.len()),
        ui::table_rows(label.as_str(), &head, &rows),
    )
}

/// The name of a field for people.
#[must_use]
pub(crate) fn field_word(cx: &Ctx, field: &str) -> String {
    match field {
        "name" => t!(cx, "directory-name"),
        "kana" => t!(cx, "directory-kana"),
        "postal" => t!(cx, "directory-postal"),
        "address" => t!(cx, "directory-address"),
        "building" => t!(cx, "directory-building"),
        "phone" => t!(cx, "directory-phone"),
        "fax" => t!(cx, "directory-fax"),
        "url" => t!(cx, "directory-url"),
        "corporation" => t!(cx, "directory-corporation"),
        "corporation_number" => t!(cx, "directory-corporation-number"),
        "capacity" => t!(cx, "directory-capacity"),
        "days" | "hours" | "hours_note" | "closed_weeks" => t!(cx, "directory-days"),
        "departments" => t!(cx, "directory-departments"),
        "beds" => t!(cx, "directory-beds"),
        "lat" | "lon" => t!(cx, "directory-coordinates"),
        other => other.to_owned(),
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
