//! The desk's records: list with filters in the address, one record with its history, its steps.

mod detail;
mod show;
mod steps;
pub(crate) mod words;

use std::str::FromStr;

use kernel::OrganisationId;
use web::{Ctx, Route};

use crate::{READ, WRITE};

/// Addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations", &READ, show::show),
        Route::get("/consultations/{id}", &READ, detail::show),
        Route::post("/consultations/{id}/close", &WRITE, steps::close),
        Route::post("/consultations/{id}/step", &WRITE, steps::step),
    ]
}

/// An id of an address; anything else is not there.
pub(crate) fn parse<T: FromStr>(id: &str) -> web::Result<T> {
    id.parse().map_err(|_| web::Error::NotFound)
}

/// The desk of the one who looks.
pub(crate) fn desk_of(cx: &Ctx) -> web::Result<OrganisationId> {
    Ok(cx.require_me()?.organisation)
}
