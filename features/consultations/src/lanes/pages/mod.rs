//! Pages of hand-overs and deputies.

pub(crate) mod deputies;
mod input;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod one;
pub(crate) mod paper;
pub(crate) mod words;

use web::{OrgKind, Permission, Role, Route};

pub(crate) use input::{Input, STATED, stated};

/// Reading what was handed over to or by one's own office; the query decides which.
pub const READ: Permission = Permission::members("consultations.handover.read").kinds(OFFICES);
/// Answering it.
pub const ANSWER: Permission = Permission::roles(
    "consultations.handover.answer",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(OFFICES);
/// Naming the deputies of one's own office.
pub const NAME: Permission =
    Permission::roles("consultations.deputies", &[Role::Manager]).kinds(OFFICES);

/// Offices that hand over or are handed something.
const OFFICES: &[OrgKind] = &[
    OrgKind::Desk,
    OrgKind::Municipality,
    OrgKind::Hospital,
    OrgKind::Provider,
];

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/handovers", &READ, list::show),
        Route::get("/consultations/handovers/{id}", &READ, one::show),
        Route::post("/consultations/handovers/{id}", &ANSWER, one::take),
        Route::get("/consultations/handovers/{id}/paper", &READ, paper::show),
        Route::get("/consultations/{id}/handover", &crate::WRITE, new::show),
        Route::post("/consultations/{id}/handover", &crate::WRITE, new::send),
        Route::get("/consultations/deputies", &READ, deputies::show),
        Route::post("/consultations/deputies", &NAME, deputies::save),
        Route::post("/consultations/absences", &NAME, deputies::add_absence),
        Route::post(
            "/consultations/absences/{id}/remove",
            &NAME,
            deputies::drop_absence,
        ),
    ]
}
