//! Today's work: what is due, what is overdue, who has to answer; a note and a new day; reopening when the caller rings again.

pub(crate) mod pages;
pub(crate) mod store;

use web::Route;

/// The addresses of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/follow-up", &crate::READ, pages::list),
        Route::get("/consultations/{id}/note", &crate::WRITE, pages::note),
        Route::post("/consultations/{id}/note", &crate::WRITE, pages::save_note),
        Route::post(
            "/consultations/{id}/rang-again",
            &crate::WRITE,
            pages::rang_again,
        ),
    ]
}
