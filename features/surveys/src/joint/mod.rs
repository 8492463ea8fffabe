//! Joint answers: municipalities of a district answer a question with one text, each with its own differences.
//!
//! Any of them starts it, or the desk when they ask it to; each joins, sees the others' differences, types its own by
//! paragraph and takes the text into its own answer; a change of the common text asks again. The record says who wrote it and
//! who adopted it when. Rules: `docs/features/surveys.md`.

pub mod actions;
pub mod model;
mod pages;
pub mod store;

use kernel::Lang;
use web::{Decision, Route, SignedIn, Waiting};

use crate::{i18n::tl, returns::ANSWER};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/surveys/replies/{id}/joint", &ANSWER, pages::list),
        Route::post("/surveys/replies/{id}/joint", &ANSWER, pages::start),
        Route::get("/surveys/replies/{id}/joint/{joint}", &ANSWER, pages::show),
        Route::post(
            "/surveys/replies/{id}/joint/{joint}/join",
            &ANSWER,
            pages::join,
        ),
        Route::post(
            "/surveys/replies/{id}/joint/{joint}/leave",
            &ANSWER,
            pages::leave,
        ),
        Route::post(
            "/surveys/replies/{id}/joint/{joint}/base",
            &ANSWER,
            pages::base,
        ),
        Route::post(
            "/surveys/replies/{id}/joint/{joint}/own",
            &ANSWER,
            pages::own,
        ),
        Route::post(
            "/surveys/replies/{id}/joint/{joint}/adopt",
            &ANSWER,
            pages::adopt,
        ),
    ]
}

/// Invitations, and texts that changed after adoption.
pub(crate) fn waiting(
    conn: &mut ::store::Conn,
    me: &SignedIn,
    lang: Lang,
) -> Result<Vec<Waiting>, ::store::Error> {
    if ANSWER.decide(Some(me)) != Decision::Allow {
        return Ok(Vec::new());
    }
    let entry = |one: store::Asking| Waiting {
        title: tl!(lang, "joint-waiting-title", name = one.name.as_str()),
        detail: tl!(
            lang,
            "joint-waiting-detail",
            title = crate::model::pick(lang, &one.title, &one.title_en)
        ),
        href: format!("/surveys/replies/{}/joint/{}", one.reply, one.joint),
        urgent: false,
    };
    Ok(store::asking(conn)?.into_iter().map(entry).collect())
}
