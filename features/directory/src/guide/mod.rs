//! The guide: 「医療・介護のサービスガイド」 as a booklet for binding, the two maps on A3, and the same on the screen (YG-6, AS-1).
//!
//! A clerk presses one button; a job reads, sets and keeps the PDF as an edition with a snapshot of what stood in it, so that
//! the next edition can say what changed. [`content`] puts things in order and [`draw`] draws maps; both are pure. [`paper`]
//! makes documents for the `print` crate, [`pages`] the screen.

pub mod actions;
pub mod big;
pub mod changes;
mod chapters;
pub mod content;
pub mod draw;
pub mod gather;
mod order;
pub mod outline;
mod pages;
pub mod paper;
mod pin;
pub mod store;
#[cfg(test)]
mod tests;
pub mod words;

use ::store::jobs::Handler;
use web::{Permission, Role, Route};

/// Ordering an edition.
pub const PRINT: Permission = Permission::roles(
    "directory.print",
    &[Role::Editor, Role::Approver, Role::Manager],
);

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/directory/print",
            &Permission::PUBLIC,
            pages::editions::list,
        ),
        Route::get("/directory/print/new", &PRINT, pages::order::form),
        Route::post("/directory/print/new", &PRINT, pages::order::send),
        Route::get(
            "/directory/print/{id}",
            &Permission::PUBLIC,
            pages::editions::one,
        ),
        Route::get(
            "/directory/print/{id}/file.pdf",
            &Permission::PUBLIC,
            pages::editions::file,
        ),
        Route::get(
            "/directory/guide/{code}",
            &Permission::PUBLIC,
            pages::twin::guide,
        ),
        Route::get(
            "/directory/maps/{part}/{code}",
            &Permission::PUBLIC,
            pages::twin::map,
        ),
    ]
}

/// The job that makes an edition.
pub(crate) const HANDLER: Handler = Handler {
    kind: actions::JOB,
    max_attempts: 2,
    run: |job| Box::pin(actions::make(job)),
};
