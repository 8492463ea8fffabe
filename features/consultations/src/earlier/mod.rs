//! Finding again: earlier calls about the same pseudonym or from the same number, and the search in the desk's own records.
//! Numbers and names are compared by keyed hashes, words by keyed marks; the texts themselves stay sealed in the database.

pub mod mark;
pub(crate) mod pages;
pub(crate) mod search;
pub mod store;

use web::Route;

pub use store::mark_missing;

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/search", &crate::READ, search::form),
        Route::post("/consultations/search", &crate::READ, search::run),
        Route::get("/consultations/{id}/earlier", &crate::READ, pages::fragment),
    ]
}
