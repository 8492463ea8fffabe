//! A kind page for every error, in the language of the request: what happened, what is safe, what to do now.

use crate::ctx::Ctx;
use crate::error::Error;
use crate::guard::with_next;
use crate::ui;
use crate::words::{w, wf};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// Seconds after which a busy or full server is asked again.
const BUSY_SECS: u64 = 5;
const FULL_SECS: u64 = 300;

pub(crate) fn render(cx: &Ctx, error: &Error) -> Response {
    let leads = match error {
        Error::SignIn => Some("/sign-in"),
        Error::SecondFactor => Some("/account/second-factor"),
        Error::Reauth => Some("/account/confirm"),
        _ => None,
    };
    if let Some(path) = leads {
        return lead(cx, path);
    }
    let (title, body, wait) = words(cx, error);
    let mut response = cx.page(title).no_qr().status(error.status()).body(body);
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// To another page, and back here afterwards. Streams cannot follow a redirect to a page: they get the bare status.
fn lead(cx: &Ctx, path: &str) -> Response {
    if cx.uri.path() == "/live" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let back = if cx.get { cx.here() } else { "/" };
    let target = if back == "/" {
        cx.url(path)
    } else {
        with_next(&cx.url(path), back)
    };
    let location = HeaderValue::try_from(target).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

fn words(cx: &Ctx, error: &Error) -> (&'static str, Markup, Option<u64>) {
    let l = cx.lang;
    let home = || ui::link_button(cx.url("/"), w!(l, "to-home"));
    let again = || {
        let here = if cx.get {
            cx.url(cx.here())
        } else {
            cx.url("/")
        };
        html! { (ui::link_button(here, w!(l, "try-again"))) (ui::link_button_second(cx.url("/"), w!(l, "to-home"))) }
    };
    let say = |text: &str, actions: Markup| html! { p { (text) } div.actions { (actions) } };
    match error {
        Error::NotFound => (w!(l, "e404-title"), say(w!(l, "e404-text"), home()), None),
        Error::Forbidden => (w!(l, "e403-title"), say(w!(l, "e403-text"), home()), None),
        Error::Stale => (
            w!(l, "stale-title"),
            say(w!(l, "stale-text"), again()),
            None,
        ),
        Error::Invalid(text) => (
            w!(l, "e422-title"),
            html! { (ui::notice(ui::Tone::Bad, w!(l, "e422-sub"), html! { p { (text) } })) p { (w!(l, "e422-text")) } div.actions { (home()) } },
            None,
        ),
        Error::Conflict(markup) => (
            w!(l, "e409-title"),
            html! { p { (w!(l, "e409-text")) } (markup) div.actions { (again()) } },
            None,
        ),
        Error::TooLarge(text) => (
            w!(l, "e413-title"),
            html! { p { (text) } p { (w!(l, "e413-text")) } div.actions { (home()) } },
            None,
        ),
        Error::RateLimited(seconds) => (
            w!(l, "e429-title"),
            html! { p { (wf!(l, "e429-text", seconds = { *seconds })) } div.actions { (again()) } },
            Some(*seconds),
        ),
        Error::Busy => (
            w!(l, "e503-title"),
            say(w!(l, "e503-text"), again()),
            Some(BUSY_SECS),
        ),
        Error::Full => (
            w!(l, "full-title"),
            say(w!(l, "full-text"), again()),
            Some(FULL_SECS),
        ),
        Error::Unexpected(_) | Error::SignIn | Error::SecondFactor | Error::Reauth => (
            w!(l, "e500-title"),
            html! {
                p { (w!(l, "e500-text")) }
                p.sub { (w!(l, "request-id")) " " code { (cx.request_id) } }
                div.actions { (again()) }
            },
            None,
        ),
    }
}
