//! Copies for requests of disclosure: sentence by sentence, and what is hidden is not in the copy any more.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use kernel::Lang;
use maud::html;
use serde::Deserialize;
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{
    actions::{self, Refusal},
    model::{DisclosureId, pieces, redact},
    store::{self as sql, Disclosure},
};
use crate::{
    i18n::{t, tl},
    pdca::{
        input::{Input, STATED},
        model::MeasureId,
        pages::{form, measure::forums, words},
        store::{self as pdca, Measure},
        who,
    },
};

/// The question of `GET /programme/disclosure/new`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    measure: String,
}

async fn original(cx: &Ctx, id: MeasureId) -> web::Result<(Measure, String)> {
    let tenant = who::actor(cx)?.tenant;
    cx.db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            let one = pdca::one(conn, id)?
                .filter(|one| one.tenant == tenant)
                .ok_or(web::Error::NotFound)?;
            let forums = forums(conn, Lang::Ja)?;
            let mut lines = vec![tl!(
                Lang::Ja,
                "records-line",
                name = tl!(Lang::Ja, "report-issue"),
                text = one.title.as_str()
            )];
            let facts = form::facts(Lang::Ja, &one.plan, &forums);
            lines.extend(
                facts
                    .iter()
                    .filter(|(_, text)| !text.is_empty())
                    .map(|(name, text)| {
                        tl!(
                            Lang::Ja,
                            "records-line",
                            name = name.as_str(),
                            text = text.as_str()
                        )
                    }),
            );
            Ok((one, lines.join("\n")))
        })
        .await
}

/// `GET /programme/disclosure/new?measure=…`
pub(crate) async fn disclose(cx: Ctx, Query(wanted): Query<Wanted>) -> web::Result {
    let id = wanted.measure.parse().map_err(|_| web::Error::NotFound)?;
    disclose_page(&cx, id, &Values::default(), &Errors::new(), StatusCode::OK).await
}

async fn disclose_page(
    cx: &Ctx,
    id: MeasureId,
    values: &Values,
    errors: &Errors,
    status: StatusCode,
) -> web::Result<Response> {
    let (one, text) = original(cx, id).await?;
    let body = html! {
        (ui::error_summary(cx, errors))
        p { (t!(cx, "disclose-how")) }
        form.form method="post" action=(cx.url("/programme/disclosure")) novalidate {
            input type="hidden" name="_csrf" value=(cx.csrf());
            input type="hidden" name="measure" value=(id);
            input type="hidden" name="version" value=(one.version);
            (ui::field(cx, &ui::Field::new("title", t!(cx, "disclose-title")).hint(t!(cx, "disclose-title-hint")).value(values.get("title").unwrap_or_default()).errors(errors).required()))
            (ui::field(cx, &ui::Field::new("number", t!(cx, "disclose-number")).hint(t!(cx, "disclose-number-hint")).value(values.get("number").unwrap_or_default()).errors(errors)))
            fieldset.field {
                legend { (t!(cx, "disclose-hide")) }
                p.hint { (t!(cx, "disclose-hide-hint")) }
                @for (at, piece) in pieces(&text).iter().enumerate() {
                    @if !piece.trim().is_empty() {
                        div.choice {
                            input type="checkbox" id={ "hide-" (at) } name="hide" value=(at) checked[values.all("hide").contains(&at.to_string())];
                            label for={ "hide-" (at) } lang="ja" { (piece.trim()) }
                        }
                    }
                }
            }
            (ui::field(cx, &ui::Field::new("reason", t!(cx, "disclose-reason")).hint(t!(cx, "disclose-reason-hint")).kind(ui::Kind::Textarea { rows: 3 }).value(values.get("reason").unwrap_or_default()).errors(errors)))
            @if !errors.is_empty() { (web::statement_field(cx, STATED, false)) }
            div.actions { (ui::button(t!(cx, "disclose-make"))) (ui::link_button_second(cx.url(&format!("/programme/measures/{id}")), web::t!(cx.lang, "cancel"))) }
        }
        (areas::words::footnotes(cx.lang, &["disclosure"]))
    };
    let title = t!(cx, "disclose-new");
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("/programme/records", t!(cx, "records-title")),
        ("", title.clone()),
    ];
    Ok(cx
        .page(title)
        .nav("programme")
        .crumbs(&crumbs)
        .sub(t!(cx, "disclose-lead"))
        .no_qr()
        .status(status)
        .body(body))
}

/// `POST /programme/disclosure`
pub(crate) async fn make(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let id: MeasureId = values
        .text("measure")
        .parse()
        .map_err(|_| web::Error::NotFound)?;
    let mut input = Input::new(&cx, &values);
    let (title, number, reason) = (
        input.required("title", 300),
        input.text("number", 100),
        input.text("reason", 2000),
    );
    let seen = input.version();
    let hidden: Vec<usize> = values
        .all("hide")
        .iter()
        .filter_map(|at| at.parse().ok())
        .collect();
    if !hidden.is_empty() && reason.is_empty() {
        input
            .errors
            .add("reason", t!(cx, "disclose-problem-reason"));
    }
    let errors = std::mem::take(&mut input.errors);
    if !errors.is_empty() {
        return disclose_page(&cx, id, &values, &errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (one, text) = original(&cx, id).await?;
    let who = who::actor(&cx)?;
    let faster = || {
        web::Error::Conflict(
            html! { p { (t!(cx, "disclose-changed")) } p { a href=(cx.url(&format!("/programme/disclosure/new?measure={id}"))) { (t!(cx, "pdca-look-again")) } } },
        )
    };
    if one.version != seen {
        return Err(faster());
    }
    let (body, count) = redact(&text, &hidden);
    let copy = Disclosure {
        id: cx.env().id(),
        measure: id,
        measure_version: seen,
        title,
        number,
        body,
        hidden: i64::try_from(count).unwrap_or(i64::MAX),
        reason,
        by: who.by.clone(),
        at: cx.now,
    };
    let made = copy.id;
    match actions::disclose(cx.db(), &cx.viewer(), who, copy).await {
        Ok(()) => {
            cx.flash(FlashKind::Good, &t!(cx, "disclose-made"));
            Ok(cx.redirect(&format!("/programme/disclosure/{made}")))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(faster()),
    }
}

/// `GET /programme/disclosure/{id}`
pub(crate) async fn copy(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let id: DisclosureId = id.parse().map_err(|_| web::Error::NotFound)?;
    let one = cx
        .db()
        .read::<_, web::Error>(&cx.viewer(), move |conn| {
            sql::copy(conn, id)?.ok_or(web::Error::NotFound)
        })
        .await?;
    cx.db()
        .audit(
            &cx.viewer(),
            ::store::Audit::new("programme.disclosure.open", "disclosure").id(id.uuid()),
        )
        .await?;
    let body = html! {
        p.no-print { button.btn type="button" data-print hidden { (web::t!(cx.lang, "print")) } }
        (ui::dl(&[
            (t!(cx, "disclose-number"), html! { span lang="ja" { (one.number) } }),
            (t!(cx, "disclose-date"), ui::date(&cx, one.at.date_jst())),
            (t!(cx, "disclose-hidden"), html! { (t!(cx, "records-hidden", count = one.hidden)) }),
            (t!(cx, "disclose-reason"), html! { span lang="ja" { (words::lines(&one.reason)) } }),
        ]))
        section.card { h2 { (t!(cx, "disclose-copy")) } p lang="ja" { (words::lines(&one.body)) } }
        p.sub.no-print { (t!(cx, "disclose-original")) " " a href=(cx.url(&format!("/programme/measures/{}", one.measure))) { (t!(cx, "pdca-measure")) } " " (t!(cx, "pdca-version", number = one.measure_version.to_string())) " " span lang="ja" { (one.by) } }
    };
    let crumbs = [
        ("/programme", t!(cx, "pdca-programme")),
        ("/programme/records", t!(cx, "records-title")),
        ("", one.title.clone()),
    ];
    Ok(cx
        .page(one.title.clone())
        .nav("programme")
        .crumbs(&crumbs)
        .no_qr()
        .body(body))
}
