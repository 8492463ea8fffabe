//! Consultations: what a desk is asked, for which municipality, and what becomes of it.
//!
//! The desk (tenant) takes calls for several municipalities (controllers); each record names one. Texts, names, numbers and
//! pseudonyms are sealed ([`sealed`]); lists and figures read codes ([`codes`]) only. A record goes through states that can
//! refuse ([`model::State`]). Which modules are whose: `intake` one screen while on the phone, `list` list, detail and closing,
//! `beside` the directory beside a call, `unmet` needs that nothing met; `lanes`, `followup`, `earlier`, `retention`: hand-over,
//! today's work, earlier calls, disposal; `demo`, `tables`, `stories`, `callback`, `paper`: figures, cases, residents, sheets.
//!
//! Rules, states and who sees what: `docs/features/consultations.md`. Serves OD-3, HK-5, YG-2, YG-12, MZ-2, MZ-3, AS-4, AS-9.

pub mod actions;
pub(crate) mod agreement;
mod beside;
pub mod callback;
pub mod codes;
pub mod demo;
pub mod earlier;
pub(crate) mod followup;
pub mod i18n;
mod intake;
pub mod lanes;
mod list;
pub mod model;
pub(crate) mod paper;
pub(crate) mod retention;
pub mod sealed;
pub mod store;
pub mod stories;
pub mod tables;
mod unmet;

pub use demo::load_bench;

use web::{Feature, NavItem, OrgKind, Permission, Role, Route};

/// Reading the records of one's own desk; which ones, the query decides.
pub const READ: Permission = Permission::members("consultations.read").kinds(&[OrgKind::Desk]);

/// Taking calls, changing and closing records of one's own desk.
pub const WRITE: Permission = Permission::roles(
    "consultations.write",
    &[Role::Editor, Role::Approver, Role::Manager],
)
.kinds(&[OrgKind::Desk]);

/// Tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "consultations",
    migrations: ::store::migrations![
        "20261124_50_consultations",
        "20261124_60_lanes",
        "20261124_70_consultation_figures",
        "20261124_71_consultation_stories",
        "20261124_72_callbacks"
    ],
    statements: &[
        store::STATEMENTS,
        store::write::STATEMENTS,
        demo::STATEMENTS,
        lanes::store::STATEMENTS,
        lanes::deputies::STATEMENTS,
        followup::store::STATEMENTS,
        earlier::store::STATEMENTS,
        agreement::store::STATEMENTS,
        retention::store::STATEMENTS,
        callback::store::STATEMENTS,
        paper::STATEMENTS,
        stories::store::STATEMENTS,
        tables::count::STATEMENTS,
        tables::old::STATEMENTS,
        tables::store::STATEMENTS,
    ],
};

const NAV: &[NavItem] = &[
    NavItem {
        href: "/consultations",
        label: title,
        order: 25,
        permission: &READ,
        public: false,
    },
    NavItem {
        href: "/consultations/figures",
        label: |lang| i18n::loader(lang).text("figures-menu").to_owned(),
        order: 37,
        permission: &tables::FIGURES,
        public: false,
    },
    NavItem {
        href: "/consultations/stories",
        label: |lang| i18n::loader(lang).text("story-title").to_owned(),
        order: web::FOOTER_ONLY,
        permission: &stories::STORIES,
        public: false,
    },
    NavItem {
        href: "/call-back",
        label: |lang| i18n::loader(lang).text("callback-nav").to_owned(),
        order: web::FOOTER_ONLY,
        permission: &Permission::PUBLIC,
        public: true,
    },
];

/// What this room gives to the application.
#[must_use]
pub fn feature() -> Feature {
    inbox::register(&paper::RECEIVER);
    Feature {
        name: "consultations",
        schema: &SCHEMA,
        routes,
        nav: NAV,
        waiting: Some(waiting),
        jobs: &[
            lanes::watch::HANDLER,
            earlier::store::HANDLER,
            retention::job::PROPOSE,
            retention::job::DESTROY,
            callback::PROMISE,
            callback::DISPOSE,
        ],
    }
}

/// What waits: hand-overs and residents who wait to be called.
fn waiting(
    conn: &mut ::store::Conn,
    me: &web::SignedIn,
    lang: kernel::Lang,
) -> Result<Vec<web::Waiting>, ::store::Error> {
    let mut all = lanes::waiting::waiting(conn, me, lang)?;
    all.extend(callback::waiting(conn, me, lang)?);
    Ok(all)
}

/// The name of this room, for navigation and titles.
#[must_use]
pub fn title(lang: kernel::Lang) -> String {
    i18n::loader(lang).text("consultations-title").to_owned()
}

fn routes() -> Vec<Route> {
    let mut all = Vec::new();
    all.extend(lanes::pages::routes());
    all.extend(followup::routes());
    all.extend(earlier::routes());
    all.extend(agreement::routes());
    all.extend(retention::routes());
    all.extend(tables::routes());
    all.extend(unmet::routes());
    all.extend(intake::routes());
    all.extend(list::routes());
    all.extend(callback::routes());
    all.extend(stories::routes());
    all.extend(paper::routes());
    all
}
