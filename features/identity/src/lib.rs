//! Who is acting: accounts, how they prove themselves, where they belong, and what that lets them see.
//!
//! A person has one account and a membership in each office they work for. A membership gives a role, a profession and rows of
//! `access`, which the views of every guarded table join; they are brought up to date in the transaction that changes a membership.
//! Sign-in is a password and a second factor: an authenticator app, a printed sheet of numbered codes for offices without phones, or
//! a recovery code. Sessions, cookies and form tokens belong to `web`; organisations and their legal regime belong to `areas`.
//!
//! Managers invite and offboard the people of their own office; administrators invite managers and see no records of any office.
//! Every success, refusal and lockout is a row of the audit trail, and opening the trail is one too.

pub mod actions;
pub mod demo;
mod hashing;
pub mod i18n;
pub mod model;
mod pages;
pub mod permissions;
pub mod setup;
pub mod store;
#[cfg(test)]
mod tests;
mod waiting;

pub use pages::role_word;
pub use store::memberships::refresh as refresh_access_of;
pub use store::memberships::{accounts_of, addresses_of, has_people, of_office as members_of};

/// The tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "identity",
    migrations: ::store::migrations!["20261122_2_identity"],
    statements: &[
        store::accounts::STATEMENTS,
        store::attempts::STATEMENTS,
        store::audit::STATEMENTS,
        store::cast::STATEMENTS,
        store::factors::STATEMENTS,
        store::invitations::STATEMENTS,
        store::memberships::STATEMENTS,
    ],
};

/// What this room gives to the application.
#[must_use]
pub fn feature() -> web::Feature {
    web::Feature {
        name: "identity",
        schema: &SCHEMA,
        routes: pages::routes,
        nav: pages::NAV,
        waiting: Some(waiting::waiting),
        jobs: &[],
    }
}
