//! The desk's records: list with filters in the address, one record with its history, its steps.

mod detail;
mod show;
mod steps;
pub(crate) mod words;

use std::str::FromStr;

use kernel::OrganisationId;
use maud::{Markup, html};
use web::{Ctx, Route, ui};

use crate::{READ, WRITE, i18n::t};

/// Addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations", &READ, show::show),
        Route::get("/consultations/{id}", &READ, detail::show),
        Route::post("/consultations/{id}/close", &WRITE, steps::close),
        Route::post("/consultations/{id}/step", &WRITE, steps::step),
    ]
}

/// The desk's pages beside each other; `here` is the one that is shown.
pub(crate) fn tabs(cx: &Ctx, here: &str) -> Markup {
    let list: Vec<ui::Tab> = [
        ("/consultations", t!(cx, "tab-calls")),
        ("/consultations/follow-up", t!(cx, "follow-title")),
        ("/consultations/handovers", t!(cx, "lanes-title")),
        ("/consultations/search", t!(cx, "search-title")),
        ("/consultations/unmet", t!(cx, "unmet-title")),
        ("/consultations/figures", t!(cx, "tab-figures")),
    ]
    .into_iter()
    .map(|(path, label)| ui::Tab {
        href: cx.url(path),
        label,
        on: path == here,
    })
    .collect();
    ui::tabs(t!(cx, "consultations-title"), &list)
}

/// What else the desk does here, at the foot of its list.
fn others(cx: &Ctx) -> Markup {
    let links = [
        ("/consultations/callbacks", t!(cx, "callback-list-title")),
        ("/consultations/sheets", t!(cx, "sheet-title")),
        ("/consultations/stories", t!(cx, "story-title")),
        ("/consultations/issues", t!(cx, "list-issues")),
        ("/consultations/deputies", t!(cx, "deputies-title")),
        ("/consultations/agreements", t!(cx, "agreement-title")),
        ("/consultations/retention", t!(cx, "retention-title")),
    ];
    ui::card(
        t!(cx, "list-others"),
        html! { ul.links { @for (path, label) in links { li { a href=(cx.url(path)) { (label) } } } } },
    )
}

/// An id of an address; anything else is not there.
pub(crate) fn parse<T: FromStr>(id: &str) -> web::Result<T> {
    id.parse().map_err(|_| web::Error::NotFound)
}

/// The desk of the one who looks.
pub(crate) fn desk_of(cx: &Ctx) -> web::Result<OrganisationId> {
    Ok(cx.require_me()?.organisation)
}
