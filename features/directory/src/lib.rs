//! Directory: every provider of the area, what it offers, and who confirmed it when.
//!
//! A provider is an organisation at a place; it has several services. Publications (介護サービス情報公表, 医療情報ネット, lists of
//! the 地方厚生局, municipal open data, anybody's spreadsheet) come in as editions ([`import`]): staged, looked at, accepted by
//! moving one number, undone. What offices and desks enter lies over it and survives imports. Readers use [`store`] and the
//! views `public_provider` and `public_provider_service`.
//!
//! Rules, states and who sees what: `docs/features/directory.md`. Serves YG-6, AS-1, MZ-2, MZ-10, OD-11, OD-16, HK-15, HK-18, AS-13.

pub mod find;
pub mod guide;
pub mod hospital;
pub mod i18n;
pub mod import;
pub mod life;
mod load;
pub mod model;
mod outline;
pub mod partners;
pub mod store;
pub mod upkeep;

use web::{OrgKind, Permission, Role};

pub use load::{LoadError, distill, load};

/// Bringing editions of publications in, accepting and taking them back.
pub const IMPORT: Permission = Permission::roles(
    "directory.import",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Prefecture, OrgKind::Municipality, OrgKind::Desk]);

/// The tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "directory",
    migrations: ::store::migrations![
        "20261123_60_directory",
        "20261123_61_directory_import",
        "20261123_62_directory_upkeep",
        "20261123_80_directory_print",
        "20261123_81_directory_hospital",
        "20261123_82_directory_partners",
        "20261124_30_directory_rounds",
        "20261124_40_directory_life",
    ],
    statements: &[
        store::STATEMENTS,
        store::kinds::STATEMENTS,
        find::STATEMENTS,
        find::rows::STATEMENTS,
        find::export::STATEMENTS,
        find::near::STATEMENTS,
        guide::store::STATEMENTS,
        hospital::STATEMENTS,
        partners::STATEMENTS,
        life::STATEMENTS,
        life::TAKEN_STATEMENTS,
        upkeep::store::STATEMENTS,
        upkeep::apply::STATEMENTS,
        upkeep::rounds::store::STATEMENTS,
        upkeep::demo::STATEMENTS,
        find::bench::STATEMENTS,
        import::sql::STATEMENTS,
        import::accept::STATEMENTS,
        import::undo::STATEMENTS,
        load::STATEMENTS,
        import::review::STATEMENTS,
        import::mapping::STATEMENTS,
    ],
};

fn routes() -> Vec<web::Route> {
    let mut all = find::routes();
    all.extend(guide::routes());
    all.extend(hospital::routes());
    all.extend(partners::routes());
    all.extend(life::routes());
    all.extend(import::routes());
    all.extend(upkeep::routes());
    all
}

const SWEEP: ::store::jobs::Handler = ::store::jobs::Handler {
    kind: import::SWEEP,
    max_attempts: 5,
    run: import::sweep,
};

/// What this room gives to the application.
#[must_use]
pub fn feature() -> web::Feature {
    inbox::register(&upkeep::rounds::PAPERS);
    web::Feature {
        name: "directory",
        schema: &SCHEMA,
        routes,
        nav: find::NAV,
        waiting: Some(upkeep::waiting),
        jobs: &[guide::HANDLER, SWEEP, upkeep::HANDLER],
    }
}
