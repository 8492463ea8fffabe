//! Areas: which municipality, district and organisation; whom to call.
//!
//! The room holds the area as dated facts (districts, municipalities with both of their codes, organisations and for whom they
//! act, councils, names people use), the one right window of each municipality for residents and for professionals, and each
//! office's own closed days. The public entrance of the installation is here, and the settings in which offices keep their
//! window right. Unknown values are stored as unknown and shown as such.
//!
//! Other rooms read through [`store`] (`municipalities`, `municipality`, `organisation`, `organisations`, `acts_for` …) and the
//! types of [`model`]; [`load()`] brings a folder of CSV files in. Opening hours are computed by [`hours`].

pub mod actions;
#[cfg(test)]
mod db_tests;
pub mod form;
pub mod hours;
mod i18n;
mod load;
pub mod model;
mod organisations;
#[cfg(test)]
mod page_tests;
mod pages;
pub mod rules;
pub mod store;
mod waiting;
pub mod words;

use web::{Feature, NavItem, Permission, Role, Route};

pub use load::{Bad, FILES, LoadError, Loaded, load};
pub use model::{
    Audience, Contact, ContactId, Council, CouncilId, District, Municipality, Organisation,
};
pub use organisations::ADMINISTER;

/// Writing a window and its 確認日; whose window it is, the query decides.
pub const EDIT_CONTACT: Permission = Permission::roles(
    "areas.contact.edit",
    &[Role::Editor, Role::Approver, Role::Manager],
);
/// Writing the closed days of one's own office.
pub const EDIT_CLOSED_DAYS: Permission = Permission::roles(
    "areas.closed_day.edit",
    &[Role::Editor, Role::Approver, Role::Manager],
);

/// Tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "areas",
    migrations: ::store::migrations!["20261122_1_areas"],
    statements: store::ALL_STATEMENTS,
};

const NAV: &[NavItem] = &[
    NavItem {
        href: "/municipalities",
        label: |lang| i18n::loader(lang).text("areas-municipalities").to_owned(),
        order: 40,
        permission: &Permission::PUBLIC,
        public: true,
    },
    NavItem {
        href: "/settings/contacts",
        label: |lang| {
            i18n::loader(lang)
                .text("areas-settings-contacts")
                .to_owned()
        },
        order: 80,
        permission: &EDIT_CONTACT,
        public: false,
    },
    NavItem {
        href: "/glossary",
        label: |lang| i18n::loader(lang).text("areas-glossary").to_owned(),
        order: web::FOOTER_ONLY,
        permission: &Permission::PUBLIC,
        public: true,
    },
];

/// What this room gives to the application.
#[must_use]
pub fn feature() -> Feature {
    Feature {
        name: "areas",
        schema: &SCHEMA,
        routes,
        nav: NAV,
        waiting: Some(waiting::waiting),
        jobs: &[],
    }
}

fn routes() -> Vec<Route> {
    let mut all = vec![
        Route::get("/", &Permission::PUBLIC, pages::home::show),
        Route::get(
            "/municipalities",
            &Permission::PUBLIC,
            pages::municipalities::show,
        ),
        Route::get(
            "/municipalities/{code}",
            &Permission::PUBLIC,
            pages::municipality::show,
        ),
        Route::get("/glossary", &Permission::PUBLIC, pages::glossary::show),
        Route::get("/settings/contacts", &EDIT_CONTACT, pages::contacts::show),
        Route::get(
            "/settings/contacts/{id}",
            &EDIT_CONTACT,
            pages::contact::show,
        ),
        Route::post(
            "/settings/contacts/{id}",
            &EDIT_CONTACT,
            pages::contact::save,
        ),
        Route::get(
            "/settings/closed-days",
            &EDIT_CLOSED_DAYS,
            pages::closed_days::show,
        ),
        Route::post(
            "/settings/closed-days",
            &EDIT_CLOSED_DAYS,
            pages::closed_days::add,
        ),
        Route::post(
            "/settings/closed-days/remove",
            &EDIT_CLOSED_DAYS,
            pages::closed_days::remove,
        ),
    ];
    all.extend(organisations::routes());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_public_changes_nothing_and_settings_ask_for_a_role() {
        for route in routes() {
            let settings =
                route.path.starts_with("/settings/") || route.path.starts_with("/admin/");
            assert_eq!(route.public, !settings, "{route:?}");
            assert!(settings || route.method == web::Method::Get, "{route:?}");
            if settings {
                assert!(!route.permission.roles.is_empty(), "{route:?}");
                assert!(!route.permission.roles.contains(&Role::Member), "{route:?}");
            }
        }
    }
}
