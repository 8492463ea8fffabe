//! Solved cases as stories without a person (YG-12), and issues of the programme proposed from calls.
//!
//! A closed case becomes a story by choice: written anew with the original beside it, looked at by the machine for names, numbers,
//! days and small towns, and read by a second person before anybody else sees it. Never public.

pub mod actions;
pub mod checks;
pub(crate) mod issue;
pub mod model;
mod pages;
pub mod store;

pub use pages::like;
use web::{Permission, Route};

use crate::WRITE;

/// Reading what is shared: everybody who works in an office.
pub const STORIES: Permission = Permission::members("consultations.stories.read");

/// The addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/stories", &STORIES, pages::list),
        Route::get("/consultations/stories/{id}", &STORIES, pages::show),
        Route::get("/consultations/stories/{id}/edit", &WRITE, pages::edit),
        Route::post("/consultations/stories/{id}/edit", &WRITE, pages::save),
        Route::post("/consultations/stories/{id}/step", &WRITE, pages::step),
        Route::get("/consultations/{id}/story", &WRITE, pages::blank),
        Route::post("/consultations/{id}/story", &WRITE, pages::create),
        Route::get("/consultations/{id}/issue", &WRITE, issue::blank),
        Route::post("/consultations/{id}/issue", &WRITE, issue::create),
        Route::get("/consultations/issues", &crate::READ, issue::list),
    ]
}
