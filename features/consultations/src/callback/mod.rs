//! Residents ask to be called back: from the public page or on paper, without a word about illness. The desk of their town sees
//! the request with the promised time, and stamps it when it has called; a promise that is not kept is told to everybody at the desk.

pub mod actions;
pub mod model;
mod pages;
pub mod store;

use kernel::Lang;
use web::{Permission, Route, SignedIn, Waiting};

use crate::{READ, WRITE, i18n::tl};

/// The addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/call-back", &Permission::PUBLIC, pages::public::show),
        Route::post("/call-back", &Permission::PUBLIC, pages::public::send),
        Route::get("/call-back/sent", &Permission::PUBLIC, pages::public::sent),
        Route::get(
            "/call-back/paper.pdf",
            &Permission::PUBLIC,
            pages::public::paper,
        ),
        Route::get("/consultations/callbacks", &READ, pages::desk::list),
        Route::get("/consultations/callbacks/new", &WRITE, pages::desk::blank),
        Route::post("/consultations/callbacks/new", &WRITE, pages::desk::add),
        Route::post(
            "/consultations/callbacks/{id}/done",
            &WRITE,
            pages::desk::done,
        ),
    ]
}

/// A promise that was not kept is told.
pub(crate) const PROMISE: ::store::jobs::Handler = ::store::jobs::Handler {
    kind: actions::PROMISE,
    max_attempts: 5,
    run: |job| Box::pin(actions::escalate(job)),
};

/// A finished request is deleted.
pub(crate) const DISPOSE: ::store::jobs::Handler = ::store::jobs::Handler {
    kind: actions::DISPOSE,
    max_attempts: 5,
    run: |job| Box::pin(actions::dispose(job)),
};

/// Open requests of the desk on the home page; the first promise and how many there are, never a name.
pub(crate) fn waiting(
    conn: &mut ::store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> ::store::Result<Vec<Waiting>> {
    if READ.decide(Some(me)) != web::Decision::Allow {
        return Ok(Vec::new());
    }
    let now = conn.now();
    let open = store::open_promises(conn, me.organisation)?;
    let Some(first) = open.first() else {
        return Ok(Vec::new());
    };
    let late = open.iter().filter(|at| **at < now).count();
    Ok(vec![Waiting {
        title: tl!(lang, "callback-waiting", count = open.len()),
        detail: if late > 0 {
            tl!(lang, "callback-waiting-late", count = late)
        } else {
            tl!(
                lang,
                "callback-waiting-by",
                time = kernel::format_time(*first, lang)
            )
        },
        href: "/consultations/callbacks".to_owned(),
        urgent: late > 0,
    }])
}
