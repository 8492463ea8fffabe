//! 引継ぎノート: the note of one duty, with its earlier texts.

use axum::{extract::Path, http::StatusCode, response::Response};
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions,
    model::{self, fixed_duty},
    pages::{duty_key, title},
    store as sql,
};
use crate::{
    i18n::t,
    pdca::{
        input::{Input, STATED},
        pages::words,
        who,
    },
};
/// `GET /programme/calendar/notes/{slug}`
pub(crate) async fn note(cx: Ctx, Path(slug): Path<String>) -> web::Result {
    note_page(
        &cx,
        duty_key(&slug)?,
        &Values::default(),
        &Errors::new(),
        StatusCode::OK,
        &html! {},
    )
    .await
}

async fn note_page(
    cx: &Ctx,
    key: String,
    values: &Values,
    errors: &Errors,
    status: StatusCode,
    above: &Markup,
) -> web::Result<Response> {
    let tenant = who::actor(cx)?.tenant;
    let year = kernel::fiscal_year(cx.now.date_jst());
    let wanted = key.clone();
    let (notes, (own, done)) = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| {
            Ok((
                sql::notes(conn, tenant, &wanted)?,
                sql::standing(conn, tenant, year)?,
            ))
        })
        .await?;
    let items = model::build(year, model::fixed(), &own, &done);
    let item = items
        .iter()
        .find(|item| item.key == key)
        .ok_or(web::Error::NotFound)?;
    let name = title(item, cx.lang);
    let newest = notes.first();
    let text = values.get("body").map_or_else(
        || newest.map(|note| note.body.clone()).unwrap_or_default(),
        str::to_owned,
    );
    let seen = newest.map_or(0, |note| note.version);
    let works = crate::WORK.decide(cx.me.as_ref()) == web::Decision::Allow;
    let body = html! {
        (above)
        (ui::error_summary(cx, errors))
        @if let Some(note) = newest {
            div.print-only { p lang="ja" { (words::lines(&note.body)) } }
            p.sub { (t!(cx, "pdca-version", number = note.version.to_string())) " " span lang="ja" { (note.by) } " " (ui::moment(cx, note.saved_at)) }
        }
        @if works {
            form.form.no-print method="post" action=(cx.url(&format!("/programme/calendar/notes/{key}"))) novalidate data-keep=(cx.keep_key("programme.note", &key)) {
                input type="hidden" name="_csrf" value=(cx.csrf());
                input type="hidden" name="version" value=(seen);
                (ui::field(cx, &ui::Field::new("body", t!(cx, "calendar-note-text")).hint(t!(cx, "calendar-note-hint")).kind(ui::Kind::Textarea { rows: 14 }).value(text).errors(errors)))
                @if !errors.is_empty() { (web::statement_field(cx, STATED, false)) }
                div.actions { (ui::button(web::t!(cx.lang, "save"))) (ui::link_button_second(cx.url("/programme/calendar"), web::t!(cx.lang, "back"))) }
            }
        }
        @if notes.len() > 1 {
            section.no-print {
                h2 { (t!(cx, "pdca-history")) }
                @for note in notes.iter().skip(1) {
                    (ui::details(html! { (t!(cx, "pdca-version", number = note.version.to_string())) " " span lang="ja" { (note.by) } " " (ui::moment(cx, note.saved_at)) }, html! { p lang="ja" { (words::lines(&note.body)) } }))
                }
            }
        }
        @if let Some(fixed) = fixed_duty(&key) { (areas::words::footnotes(cx.lang, &[fixed.word.as_str()])) }
    };
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("/programme/calendar", t!(cx, "calendar-title")),
        ("", t!(cx, "calendar-note")),
    ];
    Ok(cx
        .page(t!(cx, "calendar-note-title", duty = name))
        .nav("programme")
        .crumbs(&crumbs)
        .sub(t!(cx, "calendar-note-lead"))
        .status(status)
        .body(body))
}

/// `POST /programme/calendar/notes/{slug}`
pub(crate) async fn save_note(
    cx: Ctx,
    Path(slug): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let key = duty_key(&slug)?;
    let mut input = Input::new(&cx, &values);
    let body = input.text("body", 20_000);
    let seen = input.version();
    let errors = std::mem::take(&mut input.errors);
    if !errors.is_empty() {
        return note_page(
            &cx,
            key,
            &values,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
            &html! {},
        )
        .await;
    }
    match actions::note(
        cx.db(),
        &cx.viewer(),
        who::actor(&cx)?,
        (key.clone(), seen),
        body,
    )
    .await?
    {
        None => {
            cx.flash(FlashKind::Good, &t!(cx, "pdca-saved"));
            Ok(cx.redirect(&format!("/programme/calendar/notes/{key}")))
        }
        Some(theirs) => {
            let above = ui::notice(
                ui::Tone::Warn,
                t!(cx, "pdca-conflict-title"),
                html! {
                    p { (t!(cx, "guide-conflict")) }
                    p.sub lang="ja" { (theirs.by) }
                    blockquote.quote lang="ja" { (words::lines(&theirs.body)) }
                },
            );
            note_page(
                &cx,
                key,
                &values,
                &Errors::new(),
                StatusCode::CONFLICT,
                &above,
            )
            .await
        }
    }
}
