//! The register of organisations for the administrator: found, added, corrected.
//!
//! The area's data brings municipalities, desks and associations; providers and hospitals are registered here before their
//! manager is invited. Nothing about persons is in it.

mod actions;
mod edit;
mod form;
mod list;
mod rows;

use web::{OrgKind, Permission, Role, Route};

pub(crate) use rows::STATEMENTS;

/// Keeping the register of organisations.
pub const ADMINISTER: Permission =
    Permission::roles("areas.organisation.administer", &[Role::Administrator])
        .kinds(&[OrgKind::Operator]);

/// The addresses of the register.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/organisations", &ADMINISTER, list::show),
        Route::get("/admin/organisations/new", &ADMINISTER, edit::new),
        Route::post("/admin/organisations/new", &ADMINISTER, edit::add),
        Route::get("/admin/organisations/{id}", &ADMINISTER, edit::show),
        Route::post("/admin/organisations/{id}", &ADMINISTER, edit::save),
    ]
}
