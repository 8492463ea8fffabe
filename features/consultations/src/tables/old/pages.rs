//! `/consultations/figures/old`: bringing a workbook in, looking at what it says, taking it.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use kernel::Lang;
use maud::{Markup, html};
use store::Error;
use web::{Ctx, FlashKind, Form, Upload, Values, ui};

use super::{
    actions::{self, Body, field},
    file,
    model::{self, Field},
    store::{self as sql, OldFileId},
};
use crate::{
    i18n::{t, tl},
    list::parse,
    tables::report::Period,
};

const HERE: &str = "/consultations/figures/old";

fn field_word(lang: Lang, code: &str) -> String {
    match code {
        "date" => tl!(lang, "figures-when"),
        "town" => tl!(lang, "figures-town"),
        "caller" => tl!(lang, "figures-by-caller"),
        "category" => tl!(lang, "figures-by-category"),
        "scene" => tl!(lang, "figures-by-scene"),
        "result" => tl!(lang, "figures-by-result"),
        _ => tl!(lang, "figures-minutes"),
    }
}

fn reason_word(lang: Lang, code: &str) -> String {
    match code {
        "date" => tl!(lang, "old-reason-date"),
        "town" => tl!(lang, "old-reason-town"),
        "word" => tl!(lang, "old-reason-word"),
        _ => tl!(lang, "old-reason-minutes"),
    }
}

/// `GET /consultations/figures/old`
pub(crate) async fn show(cx: Ctx) -> web::Result {
    page(&cx, None).await
}

async fn page(cx: &Ctx, problem: Option<String>) -> web::Result {
    let desk = cx.require_me()?.organisation;
    let files = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| sql::list(conn, desk))
        .await?;
    let head = [t!(cx, "old-file"), t!(cx, "old-read"), t!(cx, "old-taken")];
    let rows: Vec<Vec<Markup>> = files
        .iter()
        .map(|(id, name, by, read, taken)| {
            vec![
                html! { a href=(cx.url(&format!("{HERE}/{id}"))) lang="ja" { (name) } },
                html! { (ui::moment(cx, *read)) " " span lang="ja" { (by) } },
                html! { @match taken { Some(at) => (ui::moment(cx, *at)), None => (t!(cx, "old-not-taken")) } },
            ]
        })
        .collect();
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let body = html! {
        @if let Some(text) = problem { (ui::notice(ui::Tone::Bad, t!(cx, "old-problem"), html! { p { (text) } })) }
        p { (t!(cx, "old-lead")) }
        (ui::form_upload(cx, HERE, html! {
            (ui::field(cx, &ui::Field::new("file", t!(cx, "old-choose")).hint(t!(cx, "old-choose-hint")).kind(ui::Kind::File { accept: ".xlsx,.csv" }).required()))
            div.actions { (ui::button(t!(cx, "old-send"))) }
        }))
        @if !rows.is_empty() { section { h2 { (t!(cx, "old-files")) } (ui::table_rows(t!(cx, "old-files"), &head, &rows)) } }
    };
    Ok(cx
        .page(t!(cx, "old-title"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations/figures", t!(cx, "figures-nav")),
            ("", t!(cx, "old-title")),
        ])
        .status(status)
        .body(body))
}

/// `POST /consultations/figures/old`
pub(crate) async fn send(cx: Ctx, upload: Upload) -> web::Result {
    let desk = cx.require_me()?.organisation;
    let (sent, _) = upload.require_file(cx.lang)?;
    let (kind, name, bytes) = (sent.kind, sent.name, sent.bytes);
    let (mapping, towns) = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| {
            let mapping = sql::mapping(conn, desk)?;
            let acts: Vec<String> = areas::store::acts_for(conn, desk)?
                .into_iter()
                .filter_map(|o| o.municipality)
                .collect();
            let towns: Vec<(String, String)> = areas::store::municipalities(conn)?
                .into_iter()
                .filter(|t| acts.contains(&t.code))
                .map(|t| (t.code, t.name_ja))
                .collect();
            Ok((mapping, towns))
        })
        .await?;
    let read = tokio::task::spawn_blocking(move || {
        let lines = file::lines(kind, &bytes)?;
        let sheet = model::sheet(&lines, &mapping)?;
        let read = model::read(&sheet, &mapping, &towns);
        Some(Body::of(sheet.columns, &read))
    })
    .await
    .map_err(|error| web::Error::unexpected(error.to_string()))?;
    let Some(body) = read else {
        return page(&cx, Some(t!(cx, "old-unreadable"))).await;
    };
    let id = actions::keep(&cx, &name, &body).await?;
    Ok(cx.redirect(&format!("{HERE}/{id}")))
}

/// `GET /consultations/figures/old/{id}`
pub(crate) async fn one(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id = parse(&id)?;
    let desk = cx.require_me()?.organisation;
    let (file, (old, live)) = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| {
            Ok((sql::one(conn, id)?, sql::months(conn, desk)?))
        })
        .await?;
    let (old, live): (BTreeMap<String, i64>, BTreeMap<String, i64>) =
        (old.into_iter().collect(), live.into_iter().collect());
    let body = html! {
        (ui::dl(&[
            (t!(cx, "old-rows"), html! { (file.body.rows) }),
            (t!(cx, "old-refused"), html! { (file.body.refused.len()) }),
            (t!(cx, "old-columns"), html! { @for (field, head) in &file.body.columns { (field_word(cx.lang, field)) " = " span lang="ja" { (head) } br; } }),
            (t!(cx, "old-read"), html! { (ui::moment(&cx, file.read_at)) " " span lang="ja" { (file.by) } }),
        ]))
        (unknown(&cx, id, &file.body))
        (months(&cx, &file.body, &old, &live))
        (refused(&cx, &file.body))
        @if let Some(at) = file.applied_at {
            (ui::notice(ui::Tone::Info, t!(cx, "old-is-taken"), html! { p { (ui::moment(&cx, at)) } }))
        } @else if file.body.rows > 0 {
            section.card {
                h2 { (t!(cx, "old-take-title")) }
                p { (t!(cx, "old-take-text")) }
                (ui::form(&cx, &format!("{HERE}/{id}/take"), html! {
                    input type="hidden" name="version" value=(file.version);
                    div.actions { (ui::button(t!(cx, "old-take"))) a.btn.second href=(cx.url(HERE)) { (web::t!(cx.lang, "cancel")) } }
                }))
            }
        }
    };
    Ok(cx
        .page(t!(cx, "old-one"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations/figures", t!(cx, "figures-nav")),
            (HERE, t!(cx, "old-title")),
            ("", t!(cx, "old-one")),
        ])
        .sub(html! { span lang="ja" { (file.name) } })
        .body(body))
}

fn unknown(cx: &Ctx, id: OldFileId, body: &Body) -> Markup {
    let fields = body.unknown.iter().enumerate().filter_map(|(at, (code, word))| {
        let list = field(code).and_then(Field::list)?;
        let mut choices = vec![ui::Choice::new("", t!(cx, "old-choose-code"))];
        choices.extend(list.all().iter().map(|c| ui::Choice::new(c.code, c.word(cx.lang))));
        let name = format!("word{at}");
        let label = format!("{}: {word}", field_word(cx.lang, code));
        Some(html! { (ui::field(cx, &ui::Field::new(&name, label).kind(ui::Kind::Select(choices)))) })
    });
    html! {
        @if !body.unknown.is_empty() {
            section.card {
                h2 { (t!(cx, "old-unknown")) }
                p { (t!(cx, "old-unknown-text")) }
                (ui::form(cx, &format!("{HERE}/{id}/words"), html! {
                    @for field in fields { (field) }
                    div.actions { (ui::button(t!(cx, "old-keep-words"))) }
                }))
            }
        }
    }
}

fn months(
    cx: &Ctx,
    body: &Body,
    old: &BTreeMap<String, i64>,
    live: &BTreeMap<String, i64>,
) -> Markup {
    let head = [
        t!(cx, "figures-month"),
        t!(cx, "old-now"),
        t!(cx, "old-new"),
        t!(cx, "old-difference"),
        t!(cx, "old-live"),
    ];
    let rows: Vec<Vec<Markup>> = body
        .months()
        .into_iter()
        .map(|(month, calls)| {
            let before = old.get(&month).copied().unwrap_or(0);
            let name = Period::from_code(&month).map_or_else(|| month.clone(), |p| p.name(cx.lang));
            let both = live.get(&month).copied().unwrap_or(0);
            vec![
                html! { (name) },
                html! { (before) },
                html! { (calls) },
                html! { strong { @if calls >= before { "+" } (calls - before) } },
                html! { (both) @if both > 0 { " " (ui::badge(ui::Tone::Warn, t!(cx, "old-twice"))) } },
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { section { h2 { (t!(cx, "old-months")) } (ui::table_rows(t!(cx, "old-months"), &head, &rows)) } } }
}

fn refused(cx: &Ctx, body: &Body) -> Markup {
    let head = [
        t!(cx, "old-line"),
        t!(cx, "old-column"),
        t!(cx, "old-reason"),
    ];
    let rows: Vec<Vec<Markup>> = body
        .refused
        .iter()
        .take(300)
        .map(|(line, field, reason)| {
            vec![
                html! { (line) },
                html! { (field_word(cx.lang, field)) },
                html! { (reason_word(cx.lang, reason)) },
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { section { h2 { (t!(cx, "old-refused")) } (ui::table_rows(t!(cx, "old-refused"), &head, &rows)) } } }
}

/// `POST /consultations/figures/old/{id}/words`
pub(crate) async fn words(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let file = cx
        .db()
        .read::<_, Error>(&cx.viewer(), move |conn| sql::one(conn, id))
        .await?;
    let said: Vec<(String, String)> = file
        .body
        .unknown
        .iter()
        .enumerate()
        .filter_map(|(at, (code, word))| {
            let chosen = values.text(&format!("word{at}"));
            let known = field(code).and_then(Field::list)?.find(chosen)?;
            Some((format!("{code}:{word}"), known.code.to_owned()))
        })
        .collect();
    actions::words(&cx, said).await?;
    cx.flash(FlashKind::Good, &t!(cx, "old-words-kept"));
    Ok(cx.redirect(HERE))
}

/// `POST /consultations/figures/old/{id}/take`
pub(crate) async fn take(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id = parse(&id)?;
    let seen = values.text("version").parse().unwrap_or(0);
    if actions::apply(&cx, id, seen).await? {
        cx.flash(FlashKind::Good, &t!(cx, "old-done"));
    } else {
        cx.flash(FlashKind::Bad, &t!(cx, "old-faster"));
    }
    Ok(cx.redirect(&format!("{HERE}/{id}")))
}
