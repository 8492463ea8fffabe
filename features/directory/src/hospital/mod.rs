//! 「病院の方へ：担当ケアマネジャーの確認先」: a hospital's first question is who the care manager is. Each municipality says
//! which window answers, when, what it may answer and to whom; a sheet for FAX takes the question there and back.
//!
//! An editor proposes, an approver publishes and thereby confirms; an unknown value is shown as not confirmed.

mod pages;
mod sheet;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use web::{Permission, Role, Route};

pub use store::STATEMENTS;

/// Writing the window: editors propose, approvers and managers publish.
pub const EDIT: Permission = Permission::roles(
    "directory.hospital",
    &[Role::Editor, Role::Approver, Role::Manager],
);

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/directory/hospital/{code}",
            &Permission::PUBLIC,
            pages::show,
        ),
        Route::get(
            "/directory/hospital/{code}/inquiry.pdf",
            &Permission::PUBLIC,
            sheet::inquiry,
        ),
        Route::get("/directory/hospital/{code}/edit", &EDIT, pages::edit),
        Route::post("/directory/hospital/{code}/edit", &EDIT, pages::save),
    ]
}
