//! Figures: monthly and yearly tables of a desk, with small cells hidden on what leaves it, the basis of sharing costs (HK-5), and
//! last years' workbooks.

pub mod count;
mod export;
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
    ]
}
