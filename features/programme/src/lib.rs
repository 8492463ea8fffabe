//! Programme: initiatives, issues, requests and strengths, from the sentence they came from to what became of them.
//!
//! An entry is somebody's: everything new is internal; a range shows it to the municipalities it names, to participants, and, once a
//! named municipality has approved the text, to everybody. Rules and states: `docs/features/programme.md`.
//!
//! Other rooms read through [`store`] and write through [`actions`] inside their own transaction.

pub mod actions;
mod bench;
pub mod calendar;
pub mod demo;
pub mod findable;
pub mod guide;
pub mod handoff;
pub mod i18n;
pub mod links;
pub mod load;
pub mod model;
pub mod pages;
pub mod pdca;
pub mod report;
pub mod store;
mod waiting;
mod work;
pub mod work_demo;

use web::{Feature, NavItem, Permission, Role, Route};

pub use work::{CLOSE, READ, WORK};

pub use bench::load_bench;
pub use model::{Entry, EntryBrief, EntryId, Kind, NewEntry, NewIds, NewSource, Range, SourceId};

/// Writing entries; whose entry it is, the query decides.
pub const WRITE: Permission = Permission::roles(
    "programme.entry.edit",
    &[Role::Editor, Role::Approver, Role::Manager],
);
/// Writing めざすべき姿.
pub const DECIDE: Permission =
    Permission::roles("programme.goals.edit", &[Role::Approver, Role::Manager]);
/// Naming views of the board.
pub const VIEWS: Permission = Permission::members("programme.views").without_second_factor();

/// The tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "programme",
    migrations: ::store::migrations![
        "20261123_40_programme",
        "20261123_48_entry_links",
        "20261123_50_pdca"
    ],
    statements: store::ALL_STATEMENTS,
};

const NAV: &[NavItem] = &[NavItem {
    href: "/programme",
    label: |lang| i18n::loader(lang).text("programme-title").to_owned(),
    order: 20,
    permission: &Permission::PUBLIC,
    public: true,
}];

/// What this room gives to the application.
#[must_use]
pub fn feature() -> Feature {
    Feature {
        name: "programme",
        schema: &SCHEMA,
        routes,
        nav: NAV,
        waiting: Some(work::waiting),
        jobs: &[],
    }
}

fn routes() -> Vec<Route> {
    use pages::{board, edit, entry, export, goals, json, sharing, views};
    let mut all = vec![
        Route::get("/programme", &Permission::PUBLIC, board::show),
        Route::get("/programme.json", &Permission::PUBLIC, json::send),
        Route::get("/programme.xlsx", &Permission::PUBLIC, export::send),
        Route::get("/programme/goals", &Permission::PUBLIC, goals::show),
        Route::get("/programme/goals/edit", &DECIDE, goals::edit),
        Route::post("/programme/goals/edit", &DECIDE, goals::save),
        Route::get("/programme/new", &WRITE, edit::blank),
        Route::post("/programme/new", &WRITE, edit::create),
        Route::post("/programme/views", &VIEWS, views::save),
        Route::post("/programme/views/{id}/remove", &VIEWS, views::remove),
        Route::get("/programme/entries/{id}", &Permission::PUBLIC, entry::show),
        Route::get("/programme/entries/{id}/edit", &WRITE, edit::show),
        Route::post("/programme/entries/{id}/edit", &WRITE, edit::save),
        Route::post("/programme/entries/{id}/range", &WRITE, sharing::range),
        Route::post("/programme/entries/{id}/approve", &WRITE, sharing::approve),
        Route::post(
            "/programme/entries/{id}/disapprove",
            &WRITE,
            sharing::disapprove,
        ),
        Route::post("/programme/entries/{id}/part", &WRITE, sharing::part),
        Route::post(
            "/programme/entries/{id}/step-back",
            &WRITE,
            sharing::step_back,
        ),
        Route::post(
            "/programme/entries/{id}/participants",
            &WRITE,
            sharing::participants,
        ),
        Route::post(
            "/programme/entries/{id}/rewritten",
            &WRITE,
            sharing::rewritten,
        ),
        Route::post(
            "/programme/entries/{id}/withdraw",
            &WRITE,
            sharing::withdraw,
        ),
        Route::post("/programme/entries/{id}/restore", &WRITE, sharing::restore),
        Route::get("/programme/entries/{id}/links", &WRITE, links::pages::show),
        Route::post("/programme/entries/{id}/links", &WRITE, links::pages::send),
    ];
    all.extend(work::routes());
    all
}
