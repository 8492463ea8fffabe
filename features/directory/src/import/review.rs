//! One edition: what it would add, change and no longer names, before anything changes.

use axum::extract::Path;
use maud::{Markup, html};
use store::Conn;
use web::{Ctx, ui};

use super::{
    FileReport, Remark, accept,
    labels::{field_word, source_word, state_word, why},
    pages::{Edition, edition_row},
};
use crate::i18n::t;

store::statements! {
    ROWS = "SELECT outcome, line, kind, municipality, name, reason, payload, before, file FROM edition_row
        WHERE edition = :number AND outcome = :outcome AND (outcome <> 'added') ORDER BY seq LIMIT 300";
    ADDED = "SELECT s.kind, p.municipality, p.name, p.address, p.phone FROM provider_service s JOIN provider p ON p.id = s.provider
        WHERE s.edition = :number ORDER BY p.municipality, s.kind, p.name LIMIT 300";
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
            (ui::notice(ui::Tone::Bad, t!(cx, "directory-import-refused"), html! { p { (file.file) ": " (why(cx, &bad.why)) " " (bad.detail) }
                @if matches!(bad.why.as_str(), "header" | "columns") { p { a href=(cx.url("/directory/mappings")) { (t!(cx, "mapping-go")) } } } }))
        }
        @if file.refused + file.suspicious > 0 {
            (ui::details(summary, html! {
                (remarks(cx, t!(cx, "directory-refused"), &file.refusals))
                (remarks(cx, t!(cx, "directory-suspicious"), &file.remarks))
            }))
        }
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
