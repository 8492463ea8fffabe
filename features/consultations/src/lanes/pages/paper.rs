//! The paper twin: one A4 letter that goes out by FAX or post and comes back written on.

use axum::extract::Path;
use maud::html;
use web::{Ctx, ui};

use super::{one, words};
use crate::{i18n::t, lanes::model::Kind, list::parse};

/// `GET /consultations/handovers/{id}/paper`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let shown = one::read(&cx, parse(&id)?, "consultations.handover.print").await?;
    let handover = &shown.one;
    let path = format!("/consultations/handovers/{}", handover.id);
    let (title, lead) = match handover.kind {
        Kind::Handover => (
            t!(cx, "lanes-letter-handover"),
            t!(cx, "lanes-letter-handover-lead"),
        ),
        Kind::Joint => (
            t!(cx, "lanes-letter-joint"),
            t!(cx, "lanes-letter-joint-lead"),
        ),
    };
    let body = html! {
        p.no-print { button.btn type="button" data-print hidden { (web::t!(cx.lang, "print")) } " " a href=(cx.url(&path)) { (web::t!(cx.lang, "back")) } }
        @if handover.fictional { p { (ui::badge(ui::Tone::Warn, t!(cx, "lanes-fictional"))) } }
        (ui::dl(&[
            (t!(cx, "lanes-to"), html! { strong lang="ja" { (handover.receiver_name) } @if !handover.receiver_fax.is_empty() { " FAX " (handover.receiver_fax) } }),
            (t!(cx, "lanes-from"), html! { span lang="ja" { (handover.sender_name) } }),
            (t!(cx, "lanes-kind"), html! { (words::title(&cx, &shown.towns, handover)) }),
            (t!(cx, "lanes-due"), html! { strong { (ui::date(&cx, handover.due)) } }),
            (t!(cx, "lanes-code"), html! { strong { (handover.code) } }),
        ]))
        p { (lead) }
        @if !handover.reasons.is_empty() { h2 { (t!(cx, "lanes-reasons")) } (words::reasons(&cx, &handover.reasons)) }
        h2 { (t!(cx, "lanes-summary")) }
        p lang="ja" { (words::lines(&shown.summary)) }
        h2 { (t!(cx, "lanes-reply")) }
        p { (t!(cx, "lanes-reply-how")) }
        ul.boxes {
            li { span.box aria-hidden="true" {} " " (t!(cx, "lanes-reply-accept")) }
            li { span.box aria-hidden="true" {} " " (t!(cx, "lanes-reply-decline")) }
        }
        div.write-here { p.sub { (t!(cx, "lanes-reply-space")) } }
        (ui::dl(&[
            (t!(cx, "lanes-reply-name"), html! { "\u{a0}" }),
            (t!(cx, "lanes-reply-receipt"), html! { "\u{a0}" }),
        ]))
        p.sub { (t!(cx, "lanes-reply-person")) }
        (ui::qr(&cx, &path))
    };
    // The sheet carries the code of the hand-over itself, so the page's own is left out.
    Ok(cx.page(title).nav("consultations").no_qr().body(body))
}
