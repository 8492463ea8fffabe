//! Directory: every provider of the area, what it offers, and who confirmed it when.

pub mod i18n;

/// The tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "directory",
    migrations: &[],
    statements: &[],
};

/// What this room gives to the application.
#[must_use]
pub fn feature() -> web::Feature {
    web::Feature {
        name: "directory",
        schema: &SCHEMA,
        routes: Vec::new,
        nav: &[],
        waiting: None,
        jobs: &[],
    }
}
