//! The paper twin: one A4 sheet that goes out by FAX or post and comes back written on.

use axum::extract::Path;
use maud::html;
use web::{Ctx, ui};

use super::{
    model::HandoffKind,
    pages::{kind_word, parse, read},
};
use crate::{i18n::t, pdca::pages::words};

/// `GET /programme/handoffs/{id}/paper`
pub(crate) async fn show(cx: Ctx, Path(id): Path<String>) -> web::Result {
    let (one, _) = read(&cx, parse(&id)?).await?;
    let path = format!("/programme/handoffs/{}", one.id);
    let accept = match one.kind {
        HandoffKind::Issue => t!(cx, "handoff-paper-accept"),
        HandoffKind::Question => t!(cx, "handoff-paper-take"),
    };
    let body = html! {
        p.no-print { button.btn type="button" data-print hidden { (web::t!(cx.lang, "print")) } " " a href=(cx.url(&path)) { (web::t!(cx.lang, "back")) } }
        (ui::dl(&[
            (t!(cx, "handoff-to"), html! { strong lang="ja" { (one.receiver_name) } }),
            (t!(cx, "handoff-from"), html! { span lang="ja" { (one.sender_name) } }),
            (t!(cx, "handoff-what"), html! { (kind_word(&cx, one.kind)) ": " span lang="ja" { (one.title) } }),
            (t!(cx, "handoff-due"), html! { strong { (ui::date(&cx, one.due)) } }),
            (t!(cx, "handoff-code"), html! { strong { (one.code) } }),
        ]))
        h2 { (t!(cx, "handoff-text")) }
        p lang="ja" { (words::lines(&one.body)) }
        h2 { (t!(cx, "handoff-paper-reply")) }
        p { (t!(cx, "handoff-paper-how")) }
        ul.boxes {
            li { span.box aria-hidden="true" {} " " (accept) }
            li { span.box aria-hidden="true" {} " " (t!(cx, "handoff-paper-answer")) }
            li { span.box aria-hidden="true" {} " " (t!(cx, "handoff-paper-return")) }
        }
        div.write-here { p.sub { (t!(cx, "handoff-paper-space")) } }
        (ui::dl(&[
            (t!(cx, "handoff-paper-name"), html! { "\u{a0}" }),
            (t!(cx, "handoff-paper-date"), html! { "\u{a0}" }),
        ]))
        p.sub { (t!(cx, "handoff-paper-no-person")) }
        (ui::qr(&cx, &path))
    };
    // The sheet carries the code of the hand-off itself, so the page's own is left out.
    Ok(cx
        .page(t!(cx, "handoff-paper-title"))
        .nav("programme")
        .no_qr()
        .body(body))
}
