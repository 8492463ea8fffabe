//! Programme: initiatives, issues, requests and strengths, from the sentence they came from to what became of them.

pub mod i18n;
pub mod load;

/// The tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "programme",
    migrations: &[],
    statements: &[],
};

/// What this room gives to the application.
#[must_use]
pub fn feature() -> web::Feature {
    web::Feature {
        name: "programme",
        schema: &SCHEMA,
        routes: Vec::new,
        nav: &[],
        waiting: None,
        jobs: &[],
    }
}
