//! The desk's list of requests, with the promise, and the stamp.

use axum::extract::Path;
use axum::http::StatusCode;
use maud::{Markup, html};
use web::{Ctx, Errors, FlashKind, Form, Values, ui};

use super::{fields, hours_word, request, towns};
use crate::{
    WRITE,
    callback::{
        actions::{self, Refusal},
        model::{Callback, CallbackId, Channel, Outcome},
        store as sql,
    },
    i18n::{t, tl},
};

const LIST: &str = "/consultations/callbacks";

fn outcome_word(lang: kernel::Lang, code: &str) -> String {
    match Outcome::from_code(code) {
        Some(Outcome::Reached) => tl!(lang, "callback-reached"),
        Some(Outcome::NotReached) => tl!(lang, "callback-not-reached"),
        Some(Outcome::PassedOn) => tl!(lang, "callback-passed-on"),
        None => String::new(),
    }
}

/// `GET /consultations/callbacks`
pub(crate) async fn list(cx: Ctx) -> web::Result {
    let desk = cx.require_me()?.organisation;
    let key = cx.db().key().clone();
    let all = cx
        .db()
        .read::<_, ::store::Error>(&cx.viewer(), move |conn| sql::list(conn, &key, desk))
        .await?;
    // Names and numbers were opened: that is written down.
    let audit =
        ::store::Audit::new("consultations.callback.read", "callback_request").subject(desk.uuid());
    cx.db().audit(&cx.viewer(), audit).await?;
    let names = towns(&cx).await?;
    let writes = WRITE.decide(cx.me.as_ref()) == web::Decision::Allow;
    let (open, done): (Vec<&Callback>, Vec<&Callback>) = all.iter().partition(|c| c.done.is_none());
    let body = html! {
        @if open.is_empty() {
            (ui::empty(t!(cx, "callback-none"), t!(cx, "callback-none-text"), html! {}))
        } @else {
            @for one in &open { (card(&cx, one, &names, writes)) }
        }
        @if !done.is_empty() {
            section {
                h2 { (t!(cx, "callback-done-title")) }
                (ui::table_rows(t!(cx, "callback-done-title"), &[t!(cx, "callback-name"), t!(cx, "callback-town"), t!(cx, "callback-outcome"), t!(cx, "callback-stamp")], &done.iter().map(|one| row(&cx, one, &names)).collect::<Vec<_>>()))
                p.sub { (t!(cx, "callback-done-kept", days = super::super::model::KEPT_DAYS)) }
            }
        }
    };
    let actions = html! { @if writes { (ui::link_button_second(cx.url("/consultations/callbacks/new"), t!(cx, "callback-from-paper"))) } };
    Ok(cx
        .page(t!(cx, "callback-list-title"))
        .nav("consultations")
        .crumbs(&[
            ("/consultations", t!(cx, "figures-desk")),
            ("", t!(cx, "callback-list-title")),
        ])
        .actions(actions)
        .body(body))
}

fn town<'a>(names: &'a [(String, String)], code: &'a str) -> &'a str {
    names
        .iter()
        .find(|(c, _)| c == code)
        .map_or(code, |(_, n)| n.as_str())
}

fn card(cx: &Ctx, one: &Callback, names: &[(String, String)], writes: bool) -> Markup {
    let late = one.promised_by < cx.now;
    html! {
        section.card {
            h2 { span lang="ja" { (one.name) } " " (ui::tel(cx, &one.number)) }
            p {
                @if late { (ui::badge(ui::Tone::Bad, t!(cx, "callback-late"))) " " }
                @if one.fictional { (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) " " }
                strong { (t!(cx, "callback-promise", time = kernel::format_time(one.promised_by, cx.lang))) }
            }
            (ui::dl(&[
                (t!(cx, "callback-town"), html! { (town(names, &one.municipality)) }),
                (t!(cx, "callback-hours"), html! { (hours_word(cx.lang, &one.hours)) }),
                (t!(cx, "callback-received"), html! { (ui::moment(cx, one.received_at)) @if one.channel == "paper" { " " (t!(cx, "callback-by-paper")) } }),
                (t!(cx, "callback-words"), html! { @if one.words.is_empty() { (t!(cx, "callback-no-words")) } @else { span lang="ja" { (one.words) } } }),
            ]))
            @if writes {
                (ui::form(cx, &format!("{LIST}/{}/done", one.id), html! {
                    input type="hidden" name="version" value=(one.version);
                    div.actions { @for outcome in Outcome::ALL { (ui::button_second("outcome", outcome.code(), outcome_word(cx.lang, outcome.code()))) } }
                }))
            }
        }
    }
}

fn row(cx: &Ctx, one: &Callback, names: &[(String, String)]) -> Vec<Markup> {
    vec![
        html! { span lang="ja" { (one.name) } @if one.fictional { " " (ui::badge(ui::Tone::Plain, web::t!(cx.lang, "fictional"))) } },
        html! { (town(names, &one.municipality)) },
        html! { @if let Some(done) = &one.done { (outcome_word(cx.lang, &done.outcome)) } @if one.escalated_at.is_some() { " " (ui::badge(ui::Tone::Warn, t!(cx, "callback-was-late"))) } },
        html! { @if let Some(done) = &one.done { (ui::moment(cx, done.at)) " " span lang="ja" { (done.by) } } },
    ]
}

/// `GET /consultations/callbacks/new`: typing in a request that came on paper.
pub(crate) async fn blank(cx: Ctx) -> web::Result {
    form(&cx, &Values::default(), &Errors::new()).await
}

async fn form(cx: &Ctx, values: &Values, errors: &Errors) -> web::Result {
    let towns = towns(cx).await?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let body = html! {
        (ui::error_summary(cx, errors))
        (ui::form(cx, "/consultations/callbacks/new", html! {
            (fields(cx, &towns, values, errors))
            div.actions { (ui::button(t!(cx, "callback-add"))) a.btn.second href=(cx.url(LIST)) { (web::t!(cx.lang, "cancel")) } }
        }))
        p { a href=(cx.url("/call-back/paper.pdf")) { (t!(cx, "callback-paper-link")) } }
    };
    Ok(cx
        .page(t!(cx, "callback-from-paper"))
        .nav("consultations")
        .crumbs(&[
            (LIST, t!(cx, "callback-list-title")),
            ("", t!(cx, "callback-from-paper")),
        ])
        .status(status)
        .form(errors)
        .body(body))
}

/// `POST /consultations/callbacks/new`
pub(crate) async fn add(cx: Ctx, Form(values): Form<Values>) -> web::Result {
    let towns = towns(&cx).await?;
    let mut errors = Errors::new();
    let asked = request(&cx, &towns, &values, &mut errors);
    if !errors.is_empty() {
        return form(&cx, &values, &errors).await;
    }
    match actions::ask(&cx, asked, Channel::Paper).await {
        Ok(_) => {
            cx.flash(FlashKind::Good, &t!(cx, "callback-added"));
            Ok(cx.redirect(LIST))
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(::store::Error::NotFound.into()),
    }
}

/// `POST /consultations/callbacks/{id}/done`
pub(crate) async fn done(
    cx: Ctx,
    Path(id): Path<String>,
    Form(values): Form<Values>,
) -> web::Result {
    let id: CallbackId = id.parse().map_err(|_| ::store::Error::NotFound)?;
    let outcome = Outcome::from_code(values.text("outcome")).ok_or(::store::Error::NotFound)?;
    let seen = values.text("version").parse().unwrap_or(0);
    if actions::done(&cx, id, outcome, seen).await? {
        cx.flash(FlashKind::Good, &t!(cx, "callback-stamped"));
    } else {
        cx.flash(FlashKind::Bad, &t!(cx, "callback-faster"));
    }
    Ok(cx.redirect(LIST))
}
