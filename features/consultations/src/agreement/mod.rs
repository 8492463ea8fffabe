//! A desk and a municipality agree that the municipality sees its cases without names; without it the municipality sees figures only.

pub(crate) mod pages;
pub(crate) mod store;

use web::{OrgKind, Permission, Role, Route};

/// Reading one's own office's agreements and the cases they open.
pub const READ: Permission = Permission::members("consultations.agreement.read")
    .kinds(&[OrgKind::Desk, OrgKind::Municipality]);
/// Approving and ending them, each side for itself.
pub const DECIDE: Permission = Permission::roles(
    "consultations.agreement.decide",
    &[Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Desk, OrgKind::Municipality]);
/// Proposing is the desk's.
pub const PROPOSE: Permission = Permission::roles(
    "consultations.agreement.propose",
    &[Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Desk]);

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/agreements", &READ, pages::list),
        Route::post("/consultations/agreements", &PROPOSE, pages::propose),
        Route::post("/consultations/agreements/{id}", &DECIDE, pages::decide),
        Route::get("/consultations/cases", &READ, pages::cases),
        Route::get("/consultations/cases.csv", &READ, pages::csv),
    ]
}
