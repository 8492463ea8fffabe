//! Survey rounds: the prefecture asks from a field catalogue, municipalities answer, approve and submit; the answers are laid
//! before all of them (内容確認) and published into the collation.
//!
//! Reusable by other parts of this room inside their own write: [`actions::save_fields`], [`actions::ask`],
//! [`actions::approve`], [`actions::submit_outside`]; reading: [`store`]. Rules and who sees what: `docs/features/surveys.md`.

pub mod actions;
pub mod demo;
mod export;
pub mod model;
pub(crate) mod pages;
pub mod store;
pub(crate) mod waiting;

use web::{OrgKind, Permission, Role, Route};

use pages::{
    addressees, answer, approve, approve_steps, board, check, files, gathered, letter, list, new,
    questions, read, steps,
};

const WRITERS: &[Role] = &[Role::Editor, Role::Approver, Role::Manager];

/// Preparing, sending, deciding; whose round it is, the query decides.
pub const ASK: Permission =
    Permission::roles("surveys.round.ask", WRITERS).kinds(&[OrgKind::Prefecture]);
/// The list of rounds one asks or answers.
pub const SEE: Permission = Permission::members("surveys.round.see").kinds(&[
    OrgKind::Prefecture,
    OrgKind::Municipality,
    OrgKind::Desk,
]);
/// Reading one's own answer.
pub const READ: Permission =
    Permission::members("surveys.answer.read").kinds(&[OrgKind::Municipality, OrgKind::Desk]);
/// Writing an answer; for whom, the query decides.
pub const ANSWER: Permission = Permission::roles("surveys.answer.write", WRITERS)
    .kinds(&[OrgKind::Municipality, OrgKind::Desk]);
/// Approving and agreeing to publication: never by a desk.
pub const APPROVE: Permission =
    Permission::roles("surveys.answer.approve", &[Role::Approver, Role::Manager])
        .kinds(&[OrgKind::Municipality]);

/// The addresses of rounds.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/surveys/rounds", &SEE, list::show),
        Route::get("/surveys/rounds/new", &ASK, new::show),
        Route::post("/surveys/rounds/new", &ASK, new::save),
        Route::get("/surveys/rounds/{id}", &ASK, board::show),
        Route::post("/surveys/rounds/{id}/send", &ASK, steps::send),
        Route::post("/surveys/rounds/{id}/remind", &ASK, steps::remind),
        Route::post("/surveys/rounds/{id}/extend", &ASK, steps::extend),
        Route::post("/surveys/rounds/{id}/close", &ASK, steps::close),
        Route::post("/surveys/rounds/{id}/check", &ASK, steps::check),
        Route::post("/surveys/rounds/{id}/publish", &ASK, steps::publish),
        Route::get("/surveys/rounds/{id}/collation", &ASK, gathered::show),
        Route::get(
            "/surveys/rounds/{id}/collation/{file}",
            &ASK,
            gathered::file,
        ),
        Route::get("/surveys/rounds/{id}/letter", &ASK, letter::show),
        Route::post("/surveys/rounds/{id}/letter", &ASK, letter::save),
        Route::get("/surveys/rounds/{id}/questions", &ASK, questions::show),
        Route::post("/surveys/rounds/{id}/questions", &ASK, questions::save),
        Route::get("/surveys/rounds/{id}/addressees", &ASK, addressees::show),
        Route::post("/surveys/rounds/{id}/addressees", &ASK, addressees::save),
        Route::get("/surveys/rounds/{id}/answers/{reply}", &ASK, read::show),
        Route::post(
            "/surveys/rounds/{id}/answers/{reply}/return",
            &ASK,
            read::send_back,
        ),
        Route::post(
            "/surveys/rounds/{id}/answers/{reply}/accept",
            &ASK,
            read::accept,
        ),
        Route::post(
            "/surveys/rounds/{id}/answers/{reply}/consent",
            &ASK,
            read::record_consent,
        ),
        Route::get(
            "/surveys/rounds/{id}/answers/{reply}/files/{file}",
            &ASK,
            files::asked,
        ),
        Route::get("/surveys/replies/{id}", &READ, answer::show),
        Route::post("/surveys/replies/{id}", &ANSWER, answer::save),
        Route::post("/surveys/replies/{id}/autosave", &ANSWER, answer::autosave),
        Route::get("/surveys/replies/{id}/submit", &READ, approve::show),
        Route::post("/surveys/replies/{id}/ask", &ANSWER, approve_steps::ask),
        Route::post(
            "/surveys/replies/{id}/withdraw",
            &ANSWER,
            approve_steps::withdraw,
        ),
        Route::post(
            "/surveys/replies/{id}/approve",
            &APPROVE,
            approve_steps::approve,
        ),
        Route::post(
            "/surveys/replies/{id}/refuse",
            &APPROVE,
            approve_steps::refuse,
        ),
        Route::post(
            "/surveys/replies/{id}/outside",
            &ANSWER,
            approve_steps::outside,
        ),
        Route::post(
            "/surveys/replies/{id}/correct",
            &ANSWER,
            approve_steps::correct,
        ),
        Route::post("/surveys/replies/{id}/files", &ANSWER, files::add),
        Route::get("/surveys/replies/{id}/files/{file}", &READ, files::mine),
        Route::post(
            "/surveys/replies/{id}/files/{file}/remove",
            &ANSWER,
            files::remove,
        ),
        Route::get("/surveys/replies/{id}/check", &READ, check::show),
        Route::post("/surveys/replies/{id}/agree", &APPROVE, check::agree),
        Route::post("/surveys/replies/{id}/change", &ANSWER, check::change),
    ]
}
