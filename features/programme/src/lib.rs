//! Programme: initiatives, issues, requests and strengths, from the sentence they came from to what became of them.
//!
//! An entry is somebody's: everything new is internal; a range shows it to the municipalities it names, to participants, and, once a
//! named municipality has approved the text, to everybody. Rules and states: `docs/features/programme.md`.
//!
//! Other rooms read through [`store`] and write through [`actions`] inside their own transaction.

pub mod actions;
pub mod i18n;
pub mod load;
pub mod model;
pub mod store;

pub use model::{Entry, EntryBrief, EntryId, Kind, NewEntry, NewIds, NewSource, Range, SourceId};

/// The tables and statements of this room.
pub static SCHEMA: ::store::Schema = ::store::Schema {
    feature: "programme",
    migrations: ::store::migrations!["20261123_40_programme"],
    statements: store::ALL_STATEMENTS,
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
