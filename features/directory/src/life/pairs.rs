//! `/directory/pairs`: records that may be one office, both side by side, for a person to decide.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, ui};

use super::{
    actions::{self, Done, Two, Verdict},
    store::{self as sql, Pair, Row},
};
use crate::{
    find::{self, Loaded, pages as shown},
    i18n::t,
    model::{Provider, ProviderId, Service},
};

/// Which list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
}

/// The decision as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    verdict: String,
    first_version: String,
    second_version: String,
}

/// No fields but the form's own.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

const STATES: [&str; 3] = ["open", "same", "different"];

fn state_word(cx: &Ctx, state: &str) -> String {
    match state {
        "same" => t!(cx, "pairs-same"),
        "different" => t!(cx, "pairs-different"),
        _ => t!(cx, "pairs-open"),
    }
}

fn why(cx: &Ctx, code: &str) -> String {
    match code {
        "same-place" => t!(cx, "pairs-why-place"),
        _ => t!(cx, "pairs-why-name"),
    }
}

/// `GET /directory/pairs?state=open`
pub(crate) async fn list(cx: Ctx, Query(asked): Query<Asked>) -> web::Result {
    let state = STATES
        .into_iter()
        .find(|s| *s == asked.state)
        .unwrap_or("open");
    let (rows, counts, towns) = cx
        .db()
        .read::<_, store::Error>(&cx.viewer(), move |conn| {
            Ok((
                sql::pairs(conn, state)?,
                sql::pair_counts(conn)?,
                areas::store::municipalities(conn)?,
            ))
        })
        .await?;
    let tabs: Vec<ui::Tab> = STATES
        .into_iter()
        .map(|each| {
            let count = counts.iter().find(|(s, _)| s == each).map_or(0, |c| c.1);
            ui::Tab {
                href: cx.url(&format!("/directory/pairs?state={each}")),
                label: format!("{} ({count})", state_word(&cx, each)),
                on: each == state,
            }
        })
        .collect();
    let side = |row: &Row, at: usize| {
        let [name, code, address] = &row.sides[at];
        let town = towns.iter().find(|m| m.code == *code);
        html! { span lang="ja" { (name) } br; span.sub { (town.map_or(code.as_str(), |m| m.name(cx.lang))) " " span lang="ja" { (address) } } }
    };
    let head = [
        t!(cx, "pairs-first"),
        t!(cx, "pairs-second"),
        t!(cx, "pairs-why"),
        t!(cx, "pairs-look"),
    ];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            let href = cx.url(&format!("/directory/pairs/{}/{}", row.first, row.second));
            vec![
                side(row, 0),
                side(row, 1),
                html! { (why(&cx, &row.why)) @if !row.decided_by.is_empty() { br; span.sub lang="ja" { (row.decided_by) @if let Some(at) = row.decided_at { " " (ui::moment(&cx, at)) } } } },
                html! { a href=(href) aria-label=(format!("{}: {}", t!(cx, "pairs-look"), row.sides[0][0])) { (t!(cx, "pairs-look")) } },
            ]
        })
        .collect();
    let body = html! {
        (ui::tabs(t!(cx, "pairs-title"), &tabs))
        @if cells.is_empty() { (ui::empty(t!(cx, "pairs-none"), t!(cx, "pairs-none-text"), html! {})) }
        @else { (ui::table_rows(t!(cx, "pairs-title"), &head, &cells)) }
    };
    Ok(cx
        .page(t!(cx, "pairs-title"))
        .nav("directory")
        .crumbs(&[
            ("/directory/imports", t!(cx, "directory-imports")),
            ("", t!(cx, "pairs-title")),
        ])
        .sub(t!(cx, "pairs-lead"))
        .no_qr()
        .body(body))
}

/// A record with its services and official numbers.
type Side = (Provider, Vec<Service>, Vec<(String, String)>);

struct Both {
    pair: Pair,
    sides: [Side; 2],
    decides: bool,
}

async fn read(cx: &Ctx, first: &str, second: &str) -> web::Result<Both> {
    let parse = |id: &str| id.parse::<ProviderId>().map_err(|_| web::Error::NotFound);
    let ids = [parse(first)?, parse(second)?];
    let who = super::decider(cx).ok_or(web::Error::NotFound)?;
    cx.db()
        .read(&cx.viewer(), move |conn| -> web::Result<Both> {
            let pair = sql::pair(conn, ids[0], ids[1])?.ok_or(web::Error::NotFound)?;
            let mut side = |id: ProviderId| -> web::Result<_> {
                let provider = crate::store::provider(conn, id)?.ok_or(web::Error::NotFound)?;
                let decides = super::may(conn, &who, &provider)?;
                let services = crate::store::services_of(conn, id)?;
                let numbers = crate::store::identifiers_of(conn, id)?;
                Ok((decides, (provider, services, numbers)))
            };
            let (a, first) = side(ids[0])?;
            let (b, second) = side(ids[1])?;
            Ok(Both {
                pair,
                sides: [first, second],
                decides: a && b,
            })
        })
        .await
}

/// `GET /directory/pairs/{first}/{second}`
pub(crate) async fn show(cx: Ctx, Path((first, second)): Path<(String, String)>) -> web::Result {
    let both = read(&cx, &first, &second).await?;
    let loaded = find::loaded(cx.db(), cx.now).await?;
    Ok(page(&cx, &loaded, &both, &Errors::new(), StatusCode::OK))
}

/// Field by field; what differs is marked by a word, not by colour alone.
fn compared(cx: &Ctx, loaded: &Loaded, both: &Both) -> Markup {
    let [(a, a_services, a_numbers), (b, b_services, b_numbers)] = &both.sides;
    let kinds = |services: &[Service]| {
        let mut names: Vec<String> = services
            .iter()
            .map(|s| {
                loaded
                    .kind(&s.kind)
                    .map_or_else(|| s.kind.clone(), |k| k.name(cx.lang).to_owned())
            })
            .collect();
        names.sort();
        names.dedup();
        names.join(" / ")
    };
    let numbers = |list: &[(String, String)]| {
        list.iter()
            .map(|n| n.1.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let source = |p: &Provider| match p.source_date {
        Some(day) => format!("{} {}", p.source, kernel::format_date(day, cx.lang)),
        None => p.source.clone(),
    };
    let rows = [
        (t!(cx, "directory-name"), a.name.clone(), b.name.clone()),
        (t!(cx, "directory-kana"), a.kana.clone(), b.kana.clone()),
        (
            t!(cx, "directory-address"),
            shown::address(loaded, a),
            shown::address(loaded, b),
        ),
        (t!(cx, "directory-phone"), a.phone.clone(), b.phone.clone()),
        (t!(cx, "directory-fax"), a.fax.clone(), b.fax.clone()),
        (
            t!(cx, "directory-corporation"),
            a.corporation.clone(),
            b.corporation.clone(),
        ),
        (t!(cx, "pairs-kinds"), kinds(a_services), kinds(b_services)),
        (
            t!(cx, "find-number"),
            numbers(a_numbers),
            numbers(b_numbers),
        ),
        (t!(cx, "find-source"), source(a), source(b)),
    ];
    let head = [
        t!(cx, "find-field"),
        t!(cx, "pairs-first"),
        t!(cx, "pairs-second"),
        t!(cx, "pairs-compare"),
    ];
    let cell = |text: &str| html! { @if text.is_empty() { (ui::unknown(cx)) } @else { span lang="ja" { (text) } } };
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(label, one, other)| {
            let verdict = if one.is_empty() || other.is_empty() {
                html! {}
            } else if one == other {
                html! { (t!(cx, "pairs-equal")) }
            } else {
                ui::badge(ui::Tone::Warn, t!(cx, "pairs-differs"))
            };
            vec![html! { (label) }, cell(one), cell(other), verdict]
        })
        .collect();
    ui::table_rows(t!(cx, "pairs-compared"), &head, &cells)
}

fn page(cx: &Ctx, loaded: &Loaded, both: &Both, errors: &Errors, status: StatusCode) -> Response {
    let [(a, ..), (b, ..)] = &both.sides;
    let path = format!("/directory/pairs/{}/{}", a.id, b.id);
    let title = t!(cx, "pairs-one-title", name = a.name.as_str());
    let choices = vec![
        ui::Choice::new("first", t!(cx, "pairs-keep-first", name = a.name.as_str())),
        ui::Choice::new(
            "second",
            t!(cx, "pairs-keep-second", name = b.name.as_str()),
        ),
        ui::Choice::new("different", t!(cx, "pairs-are-different")),
    ];
    let link = |p: &Provider, label: String| {
        html! { a href=(cx.url(&format!("{}?own=1", shown::path(p.id)))) { (label) } (shown::standing(cx, p)) }
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        @if status == StatusCode::CONFLICT { (ui::notice(ui::Tone::Warn, t!(cx, "pairs-conflict"), html! { p { (t!(cx, "pairs-conflict-text")) } })) }
        p { (why(cx, &both.pair.why)) }
        (compared(cx, loaded, both))
        p { (link(a, t!(cx, "pairs-first-page"))) " · " (link(b, t!(cx, "pairs-second-page"))) }
        @if both.pair.state == "open" {
            @if both.decides {
                (ui::card_waits(t!(cx, "pairs-decide"), ui::form(cx, &path, html! {
                    input type="hidden" name="first_version" value=(a.version);
                    input type="hidden" name="second_version" value=(b.version);
                    (ui::field(cx, &ui::Field::new("verdict", t!(cx, "pairs-verdict")).kind(ui::Kind::Radio(choices)).hint(t!(cx, "pairs-verdict-hint")).required().errors(errors)))
                    div.actions { (ui::button(t!(cx, "pairs-save"))) }
                })))
            } @else { p { (t!(cx, "pairs-not-yours")) } }
        } @else {
            (ui::card(state_word(cx, &both.pair.state), html! {
                p { span lang="ja" { (both.pair.decided_by) } @if let Some(at) = both.pair.decided_at { " " (ui::moment(cx, at)) } }
                @if both.decides { (ui::form(cx, &format!("{path}/undo"), html! { div.actions { (ui::danger_button(t!(cx, "pairs-undo"), t!(cx, "pairs-undo-sure"))) } })) }
            }))
        }
    };
    cx.page(title.as_str())
        .nav("directory")
        .crumbs(&[
            ("/directory/pairs".to_owned(), t!(cx, "pairs-title")),
            (String::new(), title.clone()),
        ])
        .no_qr()
        .status(status)
        .body(body)
}

/// `POST /directory/pairs/{first}/{second}`
pub(crate) async fn decide(
    cx: Ctx,
    Path((first, second)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> web::Result {
    let both = read(&cx, &first, &second).await?;
    let loaded = find::loaded(cx.db(), cx.now).await?;
    let who = super::decider(&cx).ok_or(web::Error::NotFound)?;
    let ids = [both.sides[0].0.id, both.sides[1].0.id];
    let verdict = match typed.verdict.as_str() {
        "first" => Verdict::Same(ids[0]),
        "second" => Verdict::Same(ids[1]),
        "different" => Verdict::Different,
        _ => {
            let mut errors = Errors::new();
            errors.add("verdict", t!(cx, "pairs-bad-verdict"));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(page(&cx, &loaded, &both, &errors, status));
        }
    };
    let number = |text: &str| text.trim().parse().unwrap_or(-1);
    let two = Two {
        ids,
        seen: [number(&typed.first_version), number(&typed.second_version)],
    };
    match actions::decide(cx.db(), &cx.viewer(), who, two, verdict).await? {
        Done::NotYours => Err(web::Error::NotFound),
        Done::Conflict => {
            let both = read(&cx, &first, &second).await?;
            Ok(page(
                &cx,
                &loaded,
                &both,
                &Errors::new(),
                StatusCode::CONFLICT,
            ))
        }
        Done::Saved => {
            cx.flash(FlashKind::Good, &t!(cx, "pairs-saved"));
            Ok(cx.redirect("/directory/pairs"))
        }
    }
}

/// `POST /directory/pairs/{first}/{second}/undo`
pub(crate) async fn undo(
    cx: Ctx,
    Path((first, second)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let both = read(&cx, &first, &second).await?;
    let who = super::decider(&cx).ok_or(web::Error::NotFound)?;
    let ids = [both.sides[0].0.id, both.sides[1].0.id];
    match actions::undecide(cx.db(), &cx.viewer(), who, ids).await? {
        Done::NotYours => Err(web::Error::NotFound),
        done => {
            let text = if done == Done::Saved {
                t!(cx, "pairs-undone")
            } else {
                t!(cx, "pairs-conflict")
            };
            cx.flash(FlashKind::Info, &text);
            Ok(cx.redirect(&format!("/directory/pairs/{}/{}", ids[0], ids[1])))
        }
    }
}
