//! `/account/sessions`: where I am signed in, and ending what is not me.

use maud::html;
use web::ui::{self, Tone};
use web::{Ctx, Form, Values};

use crate::{actions::account, i18n::t};

pub(crate) async fn show(cx: Ctx) -> web::Result {
    let mine = account::mine(&cx).await?;
    let me = cx.require_me()?;
    let others = mine.sessions.len() > 1;
    Ok(cx.page(t!(cx, "sessions-title")).crumbs(&super::account_crumbs(&cx, t!(cx, "sessions-title"))).no_qr().body(html! {
        @if others {
            (ui::notice(Tone::Warn, t!(cx, "sessions-warn-title"), html! { p { (t!(cx, "sessions-warn")) } }))
        }
        (ui::table(t!(cx, "sessions-title"), &[
            t!(cx, "session-browser"), t!(cx, "session-address"), t!(cx, "session-started"), t!(cx, "session-seen"),
            web::t!(cx.lang, "organisation").to_owned(), t!(cx, "session-end-head"),
        ], html! {
            @for s in &mine.sessions {
                tr {
                    th scope="row" { (browser(&s.agent)) @if s.id == me.session { " " (ui::badge(Tone::Key, t!(cx, "session-this"))) } }
                    td { (s.address) }
                    td { (ui::moment(&cx, s.started_at)) }
                    td { (ui::moment(&cx, s.seen_at)) }
                    td { (s.organisation_name) }
                    td {
                        @if s.id != me.session {
                            form method="post" action=(cx.url("/account/sessions/end")) {
                                input type="hidden" name="_csrf" value=(cx.csrf());
                                input type="hidden" name="id" value=(s.id);
                                (ui::button_small(t!(cx, "session-end")))
                            }
                        }
                    }
                }
            }
        }))
        @if others {
            (ui::form(&cx, "/account/sessions/end", html! {
                div.actions { (ui::danger_button(t!(cx, "sessions-end-others"), t!(cx, "sessions-end-others-ask"))) }
            }))
            p.sub { (t!(cx, "sessions-not-me")) " " a href=(cx.url("/account/password")) { (t!(cx, "password-change")) } }
        }
    }))
}

/// The part of a browser's own description that people recognise.
fn browser(agent: &str) -> String {
    let name = ["Edg", "Firefox", "Chrome", "Safari"]
        .into_iter()
        .find(|n| agent.contains(n));
    let system = ["Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"]
        .into_iter()
        .find(|n| agent.contains(n));
    match (name, system) {
        (Some("Edg"), Some(system)) => format!("Edge / {system}"),
        (Some(name), Some(system)) => format!("{name} / {system}"),
        (Some(name), None) => name.to_owned(),
        _ => agent.chars().take(40).collect(),
    }
}

pub(crate) async fn end(cx: Ctx, Form(form): Form<Values>) -> web::Result {
    let only = match form.get("id") {
        Some(id) => Some(id.parse().map_err(|_| web::Error::NotFound)?),
        None => None,
    };
    account::end_sessions(&cx, only).await??;
    cx.flash(web::FlashKind::Good, &t!(cx, "sessions-ended"));
    Ok(cx.redirect("/account/sessions"))
}
