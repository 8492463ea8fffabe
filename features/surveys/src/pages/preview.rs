//! An import before publication: what it holds, and the two decisions.

use axum::extract::Path;
use kernel::decode::Encoding;
use maud::{Markup, html};
use serde::Deserialize;
use store::{Conn, Error};
use web::{Ctx, FlashKind, Form, ui};

use crate::{
    actions,
    i18n::t,
    model::{Batch, BatchId, Survey},
    store as sql,
};

/// A form that has a button and nothing else.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}

/// `GET /surveys/import/{id}`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id = parse(&id)?;
    let read = move |conn: &mut Conn| {
        let batch = sql::batch(conn, id)?;
        let survey = sql::by_id(conn, batch.survey)?;
        Ok::<_, Error>((batch, survey))
    };
    let (batch, survey) = cx.db().read(&cx.viewer(), read).await?;
    let published = batch.published_at.is_some();
    let address = format!("/surveys/{}", survey.head.slug);
    let body = html! {
        (facts(&cx, &batch, &survey))
        p { (ui::link_button_second(cx.url(&address), t!(cx, "preview-open"))) }
        @if !published { (decide(&cx, &batch)) }
    };
    let (crumb, title) = (t!(cx, "surveys-title"), t!(cx, "preview-title"));
    let lead = if published {
        t!(cx, "preview-lead-published")
    } else {
        t!(cx, "preview-lead")
    };
    Ok(cx
        .page(title.as_str())
        .nav("surveys")
        .crumbs(&[("/surveys", crumb.as_str()), ("", title.as_str())])
        .sub(lead)
        .no_qr()
        .body(body))
}

/// `POST /surveys/import/{id}/publish`
pub(crate) async fn publish(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    let id = parse(&id)?;
    actions::publish(cx.db(), &cx.viewer(), id).await?;
    cx.flash(FlashKind::Good, &t!(cx, "publish-done"));
    Ok(cx.redirect(&format!("/surveys/import/{id}")))
}

/// `POST /surveys/import/{id}/undo`
pub(crate) async fn undo(
    cx: Ctx,
    Path(id): Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> web::Result {
    actions::undo(cx.db(), &cx.viewer(), parse(&id)?).await?;
    cx.flash(FlashKind::Good, &t!(cx, "undo-done"));
    Ok(cx.redirect("/surveys/import"))
}

fn parse(id: &str) -> web::Result<BatchId> {
    id.parse().map_err(|_| web::Error::NotFound)
}

fn facts(cx: &Ctx, batch: &Batch, survey: &Survey) -> Markup {
    let unanswered = batch.responses * batch.questions - batch.written - batch.blank;
    let mut list = vec![
        (
            t!(cx, "preview-survey"),
            html! { (survey.title(cx.lang)) " (" (super::year(cx, survey)) ")" },
        ),
        (t!(cx, "preview-file"), html! { (batch.file_name) }),
    ];
    if !batch.encoding.is_empty() {
        let cp932 = batch.encoding == Encoding::Cp932.to_string();
        let note = html! { (batch.encoding) @if cp932 { " " (ui::badge(ui::Tone::Warn, t!(cx, "preview-encoding-cp932"))) } };
        list.push((t!(cx, "preview-encoding"), note));
    }
    list.push((t!(cx, "preview-time"), ui::moment(cx, batch.imported_at)));
    for (word, count) in [
        (t!(cx, "preview-responses"), batch.responses),
        (t!(cx, "preview-questions"), batch.questions),
        (t!(cx, "preview-written"), batch.written),
        (t!(cx, "preview-blank"), batch.blank),
        (t!(cx, "preview-unanswered"), unanswered),
    ] {
        list.push((word, html! { span.num { (count) } }));
    }
    ui::dl(&list)
}

fn decide(cx: &Ctx, batch: &Batch) -> Markup {
    let action = |step: &str| format!("/surveys/import/{}/{step}", batch.id);
    html! {
        (ui::card_call(t!(cx, "publish"), html! {
            p { (t!(cx, "publish-lead")) }
            (ui::form(cx, &action("publish"), html! { div.actions { (ui::button(t!(cx, "publish"))) } }))
        }))
        (ui::form(cx, &action("undo"), html! { div.actions { (ui::danger_button(t!(cx, "undo"), t!(cx, "undo-question"))) } }))
    }
}
