//! How long texts are kept, per kind of record: a job proposes, a person approves, the figures and the audit trail stay.

pub(crate) mod job;
pub(crate) mod pages;
pub(crate) mod store;

use web::{OrgKind, Permission, Role, Route};

/// Deciding how long, and approving that texts are destroyed.
pub const DECIDE: Permission =
    Permission::roles("consultations.retention", &[Role::Manager]).kinds(&[OrgKind::Desk]);

/// Kinds of record with a time of their own.
pub const KINDS: [&str; 3] = ["professional", "resident", "draft"];

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/retention", &crate::READ, pages::show),
        Route::post("/consultations/retention", &DECIDE, pages::save),
        Route::post("/consultations/disposals/{id}", &DECIDE, pages::decide),
        Route::post("/consultations/{id}/hold", &crate::WRITE, pages::hold),
    ]
}
