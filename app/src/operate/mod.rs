//! What the administrator looks after: state, background jobs, the outbox. No person's record is reachable from here.

mod jobs;
mod outbox;
mod safety;
mod state;

use store::Schema;
use web::{Feature, NavItem, Permission, Role, Route};

use crate::i18n::loader;

/// Only who runs the installation.
pub const OPERATE: Permission = Permission::roles("operate", &[Role::Administrator]);

static SCHEMA: Schema = Schema {
    feature: "operate",
    migrations: ::store::migrations!["20261123_5_operate"],
    statements: &[crate::backups::rows::STATEMENTS],
};

const NAV: &[NavItem] = &[NavItem {
    href: "/admin",
    label: |lang| loader(lang).get("operate-nav"),
    order: 90,
    permission: &OPERATE,
    public: false,
}];

/// Routes and navigation of the administrator's pages.
#[must_use]
pub fn feature() -> Feature {
    Feature {
        name: "operate",
        schema: &SCHEMA,
        routes: || {
            vec![
                Route::get("/admin", &OPERATE, state::show),
                Route::get("/admin/jobs", &OPERATE, jobs::list),
                Route::post("/admin/jobs/retry", &OPERATE, jobs::retry),
                Route::get("/admin/outbox", &OPERATE, outbox::list),
            ]
        },
        nav: NAV,
        waiting: Some(safety::waiting),
        jobs: &[],
    }
}
