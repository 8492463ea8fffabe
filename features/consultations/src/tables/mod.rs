//! Figures: monthly and yearly tables of a desk, with small cells hidden on what leaves it, the basis of sharing costs (HK-5), and
//! last years' workbooks.

pub mod count;
mod export;
pub mod old;
mod pages;
pub mod report;
pub mod store;
pub mod suppress;

use web::{OrgKind, Permission, Route};

/// Reading figures: a desk its own, a municipality its own row.
pub const FIGURES: Permission =
    Permission::members("consultations.figures").kinds(&[OrgKind::Desk, OrgKind::Municipality]);

/// The addresses of figures.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/consultations/figures", &FIGURES, pages::show),
        Route::get("/consultations/figures.xlsx", &FIGURES, export::xlsx),
        Route::get("/consultations/figures.pdf", &FIGURES, export::pdf),
        Route::get("/consultations/figures/calls", &crate::READ, pages::calls),
        Route::get(
            "/consultations/figures/old",
            &crate::WRITE,
            old::pages::show,
        ),
        Route::post(
            "/consultations/figures/old",
            &crate::WRITE,
            old::pages::send,
        ),
        Route::get(
            "/consultations/figures/old/{id}",
            &crate::WRITE,
            old::pages::one,
        ),
        Route::post(
            "/consultations/figures/old/{id}/words",
            &crate::WRITE,
            old::pages::words,
        ),
        Route::post(
            "/consultations/figures/old/{id}/take",
            &crate::WRITE,
            old::pages::take,
        ),
    ]
}
