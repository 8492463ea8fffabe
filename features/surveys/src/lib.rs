//! Surveys: what municipalities were asked and what they answered.
//!
//! The reading side. An office imports a file (JSON, CSV, XLSX: [`import`]), looks at it, and publishes it; everybody then
//! reads the collation in three views: equal and nearly equal answers together ([`grouping`]), one municipality at a time,
//! and the printed table. Files of the same content are written piece by piece ([`export`]). The texts are kept as typed.
//!
//! Rules, states and who sees what: `docs/features/surveys.md`.

pub mod actions;
mod bench;
pub mod cache;
pub mod citing;
pub mod escape;
pub mod export;
pub mod findable;
pub mod grouping;
pub mod i18n;
pub mod import;
pub mod joint;
pub mod model;
mod pages;
pub mod returns;
pub mod rounds;
pub mod segments;
pub mod store;
mod waiting;

use web::{Feature, NavItem, OrgKind, Permission, Role, Route};

pub use actions::load_bench;
pub use bench::bench_fixture;

/// Importing, publishing and undoing; whose import it is, the query decides.
pub const IMPORT: Permission = Permission::roles(
    "surveys.import",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Prefecture]);

/// Making entries of the programme from the sentences of an answer; which ones, the query decides.
pub const CITE: Permission = Permission::roles(
    "surveys.cite",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Prefecture, OrgKind::Municipality, OrgKind::Desk]);

/// Tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "surveys",
    migrations: ::store::migrations![
        "20261122_3_surveys",
        "20261123_10_rounds",
        "20261123_20_returns",
        "20261123_21_joint",
        "20261124_10_dismissals"
    ],
    statements: &[
        store::STATEMENTS,
        citing::store::STATEMENTS,
        citing::dismissal::STATEMENTS,
        rounds::demo::STATEMENTS,
        rounds::store::STATEMENTS,
        rounds::store::write::STATEMENTS,
        rounds::store::write::answer::STATEMENTS,
        returns::store::STATEMENTS,
        returns::store::link::STATEMENTS,
        joint::store::STATEMENTS,
        findable::STATEMENTS,
    ],
};

const NAV: &[NavItem] = &[NavItem {
    href: "/surveys",
    label: |lang| i18n::loader(lang).text("surveys-title").to_owned(),
    order: 30,
    permission: &Permission::PUBLIC,
    public: true,
}];

/// What this room gives to the application.
#[must_use]
pub fn feature() -> Feature {
    inbox::register(&returns::RECEIVER);
    Feature {
        name: "surveys",
        schema: &SCHEMA,
        routes,
        nav: NAV,
        waiting: Some(waits),
        jobs: &[],
    }
}

/// What waits for somebody, of all parts of this room.
fn waits(
    conn: &mut ::store::Conn,
    me: &web::SignedIn,
    lang: kernel::Lang,
) -> Result<Vec<web::Waiting>, ::store::Error> {
    let mut all = waiting::waiting(conn, me, lang)?;
    all.extend(returns::waiting(conn, me, lang)?);
    all.extend(joint::waiting(conn, me, lang)?);
    Ok(all)
}

fn routes() -> Vec<Route> {
    let mut routes = reading();
    routes.extend(rounds::routes());
    routes.extend(returns::routes());
    routes.extend(joint::routes());
    routes
}

fn reading() -> Vec<Route> {
    vec![
        Route::get("/surveys", &Permission::PUBLIC, pages::list::show),
        Route::get("/surveys/import", &IMPORT, pages::import::show),
        Route::post("/surveys/import", &IMPORT, pages::import::send),
        Route::get("/surveys/import/{id}", &IMPORT, pages::preview::show),
        Route::post(
            "/surveys/import/{id}/publish",
            &IMPORT,
            pages::preview::publish,
        ),
        Route::post("/surveys/import/{id}/undo", &IMPORT, pages::preview::undo),
        // `{slug}` also takes `2024-renkei.json`, `.csv` and `.xlsx`.
        Route::get(
            "/surveys/{slug}",
            &Permission::PUBLIC,
            pages::collation::show,
        ),
        Route::get(
            "/surveys/{slug}/answers/{code}/{question}",
            &Permission::PUBLIC,
            pages::answer::show,
        ),
        Route::get(
            "/surveys/{slug}/answers/{code}/{question}/entries",
            &CITE,
            pages::cite::show,
        ),
        Route::post(
            "/surveys/{slug}/answers/{code}/{question}/entries",
            &CITE,
            pages::cite::send,
        ),
        Route::post(
            "/surveys/{slug}/answers/{code}/{question}/entries/undo",
            &CITE,
            pages::cite::undo,
        ),
        Route::post(
            "/surveys/{slug}/answers/{code}/{question}/entries/dismiss",
            &CITE,
            pages::cite::dismiss,
        ),
    ]
}

#[cfg(test)]
mod tests;
